// The doors of local mode: only this computer, only our own pages, only JSON. Mounted in no other mode.
import type { NextFunction, Request, Response } from 'express';
import { isHandshake } from './notifications';
import { sendProblem } from './problems';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Refuses a foreign Host (DNS rebinding), a foreign Origin, forwarded requests and a POST that is not JSON. */
export function localGuard(allowedOrigins: readonly string[] = []) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const why = refusal(request, allowedOrigins);
    if (why === undefined) {
      next();
      return;
    }
    sendProblem(response, {
      kind: 'not-allowed',
      status: 403,
      title: 'Local mode is for this computer alone',
      detail: why,
    });
  };
}

function refusal(request: Request, allowedOrigins: readonly string[]): string | undefined {
  const host = request.headers.host ?? '';
  if (!loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase())) return 'The address must be 127.0.0.1 or localhost.';
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}` && !allowedOrigins.includes(origin))
    return 'The request comes from a page of another site.';
  if (Object.keys(request.headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-')))
    return 'Forwarded requests are not taken in local mode.';
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  if (changes && !isHandshake(request) && !/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return 'A request that changes something must be JSON.';
  return undefined;
}
