// What went wrong at Graph, in the product's own words: translated here and nowhere else.
import { ConflictError, NotAuthorisedError, NotFoundError, ThrottledError, UpstreamError } from '../errors';
import { askedWaitMs } from './retryRule';

export const graphService = 'Microsoft Graph';

/** No answer came: whether the request may have been carried out nevertheless decides who may repeat it. */
export function networkError(error: unknown, method: string, requestId: string): UpstreamError {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : undefined;
  const neverSent = code === 'ECONNREFUSED' || code === 'ENOTFOUND';
  return new UpstreamError(graphService, 'Microsoft Graph did not answer.', {
    cause: error,
    requestId,
    mayHaveHappened: method !== 'GET' && !neverSent,
    ...(code === undefined ? {} : { code }),
  });
}

/** Graph's answer in our words; the most specific inner code wins, the message is only for operators. */
export async function errorOf(answer: Response, method: string, url: URL, requestId: string, nowMs: number) {
  const { codes, message } = graphErrorIn(await answer.text());
  const code = codes.at(-1);
  const { status } = answer;
  const id = answer.headers.get('request-id') ?? requestId;
  const path = decodeURIComponent(url.pathname.replace('/v1.0/', ''));
  const text = `Microsoft Graph answered ${status}${code ? ` (${code})` : ''} to ${method} ${path}: ${message} [${id}]`;
  if (status === 401) return new NotAuthorisedError(text, 'unknownCaller');
  if (status === 403) return new NotAuthorisedError(text, 'notAllowed');
  if (status === 404) return new NotFoundError('SharePoint resource', path, { cause: text });
  if (status === 412 || (status === 409 && codes.includes('resourceModified'))) return new ConflictError(path, text);
  if (status === 429) return new ThrottledError(text, (askedWaitMs(answer.headers, nowMs) ?? 60_000) / 1000);
  return new UpstreamError(graphService, text, {
    status,
    requestId: id,
    mayHaveHappened: method !== 'GET' && status >= 500,
    ...(code ? { code } : {}),
  });
}

function graphErrorIn(text: string): { codes: readonly string[]; message: string } {
  try {
    const { error } = JSON.parse(text) as { error?: GraphErrorBody };
    const codes: string[] = [];
    // Documents and services spell it both ways; the depth is bounded against a made-up body.
    for (let body = error; body && codes.length < 10; body = body.innerError ?? body.innererror) {
      codes.push(typeof body.code === 'string' ? body.code : '');
    }
    const message = typeof error?.message === 'string' ? error.message.slice(0, 300) : '';
    return { codes: codes.filter((one) => one !== ''), message };
  } catch {
    // A gateway's HTML page: the status says all there is.
    return { codes: [], message: 'no error in the expected form' };
  }
}

interface GraphErrorBody {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly innerError?: GraphErrorBody;
  readonly innererror?: GraphErrorBody;
}
