// Who may speak to the local Microsoft 365: programs and pages of this machine alone.
import type { NextFunction, Request, Response } from 'express';

/** Names under which Microsoft's clients reach us through our own transport. */
const forwardedHosts = ['graph.microsoft.com', 'login.microsoftonline.com'];
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackNames.includes(host.toLowerCase().replace(/:\d+$/, ''));
}

function isLoopbackOrigin(origin: string): boolean {
  const match = /^https?:\/\/([^/]+)$/i.exec(origin);
  return match !== null && isLoopbackHost(match[1]);
}

/** Refuses with 403 what does not come from this machine, with 415 a body that is neither JSON nor a message. */
export function gate(request: Request, response: Response, next: NextFunction): void {
  const refuse = (status: number, message: string): void => {
    response.status(status).json({ error: { code: status === 403 ? 'accessDenied' : 'invalidRequest', message } });
  };
  const origin = request.header('origin');
  if (!isLoopbackHost(request.header('host')))
    return refuse(403, 'The local Microsoft 365 answers on loopback addresses only.');
  if (origin !== undefined && !isLoopbackOrigin(origin))
    return refuse(403, 'The local Microsoft 365 does not answer pages of other sites.');
  const forwarded = Object.keys(request.headers).filter((one) => one === 'forwarded' || one.startsWith('x-forwarded-'));
  const foreign = forwarded.some(
    (one) => one !== 'x-forwarded-host' || !forwardedHosts.includes(request.header(one) ?? ''),
  );
  if (foreign) return refuse(403, 'The local Microsoft 365 is not to be reached through a proxy.');
  if (origin !== undefined) allowPages(response, origin);
  if (request.method === 'OPTIONS') {
    response.status(204).end();
    return;
  }
  const type = request.header('content-type') ?? '';
  const hasBody =
    Number(request.header('content-length') ?? 0) > 0 || request.header('transfer-encoding') !== undefined;
  const isForm = /\/oauth2\/(v2\.0\/(token|devicecode)|deviceauth)$/.test(request.path);
  if (isForm && !type.startsWith('application/x-www-form-urlencoded'))
    return refuse(415, 'The token endpoint takes form data.');
  // A message as MIME is text; without its token, which no form of a page can add, it is refused all the same.
  const isMime = /^\/v1\.0\/users\/[^/]+\/sendMail$/.test(request.path) && /^text\/plain\b/i.test(type);
  if (
    ['POST', 'PATCH'].includes(request.method) &&
    !isForm &&
    !isMime &&
    hasBody &&
    !/^application\/json\b/i.test(type)
  )
    return refuse(415, 'The body of this request must be JSON.');
  // A POST without a body could come from any page's form: the JSON type is asked for all the same.
  if (request.method === 'POST' && !isForm && !hasBody && !request.path.startsWith('/v1.0/') && !/json/i.test(type))
    return refuse(415, 'The body of this request must be JSON.');
  next();
}

/** Pages on loopback may sign in and read answers: the tab runs on another port. */
function allowPages(response: Response, origin: string): void {
  response.set({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, PATCH, PUT, DELETE',
    'Access-Control-Allow-Headers': 'authorization, content-type, if-match, prefer',
    Vary: 'Origin',
  });
}
