// What went wrong at Graph, in the product's own words: translated here and nowhere else.
import { z } from 'zod';
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
  if (status === 401 || status === 403) return new NotAuthorisedError(text, 'serviceRefused');
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

interface GraphErrorBody {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly inner?: unknown;
}

// Documents and services spell the inner error both ways.
const errorBody = z
  .object({
    code: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
    innerError: z.unknown(),
    innererror: z.unknown(),
  })
  .partial()
  .transform(({ code, message, innerError, innererror }): GraphErrorBody => ({
    code,
    message,
    inner: innerError ?? innererror,
  }));
const errorAnswer = z.object({ error: errorBody });

function graphErrorIn(text: string): { codes: readonly string[]; message: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A gateway's HTML page: the status says all there is.
    parsed = undefined;
  }
  const answer = errorAnswer.safeParse(parsed);
  if (!answer.success) return { codes: [], message: 'no error in the expected form' };
  const codes: string[] = [];
  let body: GraphErrorBody | undefined = answer.data.error;
  // The depth is bounded against a made-up body.
  for (let depth = 0; body && depth < 10; depth += 1) {
    if (body.code) codes.push(body.code);
    const inner = errorBody.safeParse(body.inner);
    body = inner.success ? inner.data : undefined;
  }
  return { codes, message: answer.data.error.message?.slice(0, 300) ?? '' };
}
