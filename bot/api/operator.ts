// The operator's commands over loopback: a token from a file only its user can read, JSON in and out.
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { NotFoundError } from '../errors';
import { invalid, sendProblem } from './problems';
import { secretCheck } from './secretCheck';

/** A command by name: parsed arguments in, a JSON value out; it throws the errors of bot/errors.ts. */
export type OperatorCommand = (args: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface OperatorSettings {
  readonly token: string;
  readonly commands: ReadonlyMap<string, OperatorCommand>;
}

const args = z.record(z.string(), z.unknown());
/** A workbook of 10 MB in base64, with what goes beside it. */
const largestBody = '15mb';
const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** POST /operator/:command */
export function operatorRouter(settings: OperatorSettings): Router {
  const router = express.Router();
  const isToken = secretCheck(`Bearer ${settings.token}`);

  router.use((request: Request, response: Response, next: NextFunction) => {
    const forwarded = request.headers['forwarded'] ?? request.headers['x-forwarded-for'];
    const isNear = loopback.has(request.socket.remoteAddress ?? '') && forwarded === undefined;
    const holds = isToken(request.headers.authorization ?? '');
    if (isNear && holds) {
      next();
      return;
    }
    sendProblem(response, {
      kind: isNear ? 'signed-out' : 'not-allowed',
      status: isNear ? 401 : 403,
      title: 'Operator commands are refused here',
      detail: 'They run on the computer of the service, with the token of the running service.',
    });
  });

  router.post('/:command', express.json({ limit: largestBody }), async (request, response) => {
    const command = settings.commands.get(request.params.command);
    if (!command) throw new NotFoundError('command', request.params.command);
    const parsed = args.safeParse(request.body ?? {});
    if (!parsed.success) {
      sendProblem(response, invalid(parsed.error));
      return;
    }
    response.json((await command(parsed.data)) ?? null);
  });
  return router;
}
