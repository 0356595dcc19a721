// Takes what SharePoint tells of changes: proves the address, checks the secret, wakes the board, answers at once.
// Nothing in a notification is believed but that something changed; what did is read from SharePoint.
import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import type { Logger } from '../logger';
import type { NotificationKeys } from '../services/ports';
import { createLimiter } from './limits';
import { invalid, sendProblem, tooOften } from './problems';
import { secretCheck } from './secretCheck';

export const notificationsPath = '/api/notifications';

export interface NotificationSettings {
  readonly boardIds: readonly string[];
  readonly keys: NotificationKeys;
  /** Called for each board that a genuine notification is about; must not take long. */
  readonly changed: (boardId: string) => void;
  readonly logger: Logger;
  /** For one board; real ones are far fewer. */
  readonly requestsPerMinute?: number;
}

interface KnownBoard {
  readonly boardId: string;
  readonly isSecret: (given: string) => boolean;
}

/** Graph's own tokens are far shorter. */
const longestToken = 2_000;
/** Ignored notifications are counted, and told in the log at most so often. */
const tellEveryMs = 60_000;

const notifications = z.object({
  value: z.array(z.object({ clientState: z.string().nullish() })).max(1_000),
});

/** Microsoft Graph proves an address by a POST whose body is empty text. */
export function isHandshake(request: Request): boolean {
  return request.path.startsWith(`${notificationsPath}/`) && typeof request.query['validationToken'] === 'string';
}

/** POST /api/notifications/:address. Source: Microsoft Graph, "Receive change notifications through webhooks". */
export function notificationsRouter(settings: NotificationSettings): Router {
  const router = express.Router();
  const limiter = createLimiter(settings.requestsPerMinute ?? 600, () => performance.now());
  const ignored = createCount(settings.logger);
  const boards = readOnce(settings);

  // Who does not know an address of ours costs nothing: no body is read.
  router.use('/:address', async (request, response, next) => {
    const board = (await boards()).get(request.params.address);
    if (board === undefined) {
      ignored('unknownAddress');
      return next('router');
    }
    const waitSeconds = limiter.take(board.boardId);
    if (waitSeconds !== undefined) {
      ignored('tooOften');
      return sendProblem(response, tooOften(waitSeconds));
    }
    response.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.post('/:address', (request, response, next) => {
    const token = request.query['validationToken'];
    if (token === undefined) return next();
    if (typeof token !== 'string' || token.length > longestToken) {
      response.status(400).type('text/plain').send('The validation token is not one of Microsoft Graph.');
      return;
    }
    response.status(200).type('text/plain').send(escaped(token));
  });

  router.post('/:address', express.json({ limit: '256kb' }), async (request, response) => {
    const board = (await boards()).get(request.params.address);
    const parsed = notifications.safeParse(request.body);
    if (!parsed.success) {
      ignored('malformed');
      return sendProblem(response, invalid(parsed.error));
    }
    const states = new Set(parsed.data.value.map((one) => one.clientState ?? ''));
    const genuine = [...states].filter((state) => board?.isSecret(state) === true);
    if (states.size > genuine.length) ignored('wrongClientState');
    if (board !== undefined && genuine.length > 0) settings.changed(board.boardId);
    // The same answer whatever it was: a forger learns nothing.
    response.status(202).end();
  });
  return router;
}

/** The boards by their addresses, read when first needed and again after a failure. */
function readOnce({ boardIds, keys }: NotificationSettings): () => Promise<ReadonlyMap<string, KnownBoard>> {
  let reading: Promise<ReadonlyMap<string, KnownBoard>> | undefined;
  const read = async (): Promise<ReadonlyMap<string, KnownBoard>> => {
    const boards = new Map<string, KnownBoard>();
    for (const boardId of boardIds) {
      const { address, clientState } = await keys.keysOf(boardId);
      boards.set(address, { boardId, isSecret: secretCheck(clientState) });
    }
    return boards;
  };
  return async () => {
    reading ??= read().catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

type IgnoredFor = 'unknownAddress' | 'tooOften' | 'malformed' | 'wrongClientState';

function createCount(logger: Logger): (reason: IgnoredFor) => void {
  const counts = { unknownAddress: 0, tooOften: 0, malformed: 0, wrongClientState: 0 };
  let toldMs = -Infinity;
  return (reason) => {
    counts[reason] += 1;
    const nowMs = performance.now();
    if (nowMs - toldMs < tellEveryMs) return;
    toldMs = nowMs;
    logger.warn('notifications.ignored', { ...counts });
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A browser that took the answer for a page would find nothing to run in it. */
function escaped(token: string): string {
  return token.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
