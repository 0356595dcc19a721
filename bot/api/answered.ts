// Tells the log of every request: by which route, with what status, how long; the route as a pattern, without what stands in it.
import type { NextFunction, Request, Response } from 'express';
import { correlated, type Logger } from '../logger';
import { requestIdOf } from './problems';

/** Where routes are mounted: words of the program alone. */
const mounts = ['', '/health', '/api/notifications', '/api/v1', '/api/v1/boards', '/api/v1/manage', '/operator'];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Comes before everything that answers. */
export function tellAnswered(logger: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedMs = performance.now();
    response.once('close', () => {
      const requestId = requestIdOf(response);
      correlated(requestId, () =>
        logger.debug('api.answered', {
          requestId,
          method: methods.includes(request.method) ? request.method : '_OTHER',
          route: routeOf(request),
          // Who went away before the answer has seen none.
          ...(response.headersSent ? { status: response.statusCode } : {}),
          tookMs: Math.round((performance.now() - startedMs) * 10) / 10,
        }),
      );
    });
    next();
  };
}

/** `/api/v1/actions/:ref`; of what no route took, no more than the mount: `/api/v1/*`. */
function routeOf(request: Request): string {
  const parts = request.originalUrl.split('?')[0]?.split('/').filter(Boolean) ?? [];
  const route: unknown = request.route;
  const pattern = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  if (typeof pattern === 'string') {
    // Failed requests have left the routers: the mount is what stands before the parts of the pattern.
    const length = pattern.split('/').filter(Boolean).length;
    const mount = parts.slice(0, parts.length - length).map((part) => `/${part}`);
    if (mounts.includes(mount.join(''))) return `${mount.join('')}${pattern}`;
  }
  const first = [...mounts, '/tab'].filter((one) => one !== '' && `/${parts.join('/')}/`.startsWith(`${one}/`));
  return `${first.sort((a, b) => b.length - a.length)[0] ?? ''}/*`;
}
