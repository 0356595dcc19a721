// The one retry rule towards Graph: GET and 429 only, what the service asks for obeyed in full, tries and time capped.

export interface RetryLimits {
  /** Tries in all, the first included. */
  readonly tries: number;
  /** No try starts later than this after the first. */
  readonly totalMs: number;
}

export const defaultRetryLimits: RetryLimits = { tries: 5, totalMs: 100_000 };

/** What came back from one try; `network` when no answer came at all. */
export interface TryResult {
  readonly method: string;
  readonly status: number | 'network';
  readonly headers?: Headers;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly elapsedMs: number;
  readonly nowMs: number;
  /** 0 to 1, spreads waits that the service did not set. */
  readonly random: number;
}

const backoffBaseMs = 400;
const passing = new Set<number | 'network'>([500, 502, 503, 504, 'network']);

/** Milliseconds to wait before the next try; undefined when there must be none. */
export function waitBeforeRetryMs(result: TryResult, limits: RetryLimits): number | undefined {
  const readOnly = result.method === 'GET' || result.method === 'HEAD';
  // Anything but a read may have been carried out; 429 says that it was not.
  if (result.status !== 429 && !(readOnly && passing.has(result.status))) return undefined;
  if (result.attempt >= limits.tries) return undefined;
  const backoffMs = backoffBaseMs * 2 ** (result.attempt - 1) * (0.75 + result.random / 2);
  const askedMs = result.headers === undefined ? undefined : askedWaitMs(result.headers, result.nowMs);
  const waitMs = askedMs ?? backoffMs;
  return result.elapsedMs + waitMs > limits.totalMs ? undefined : Math.ceil(waitMs);
}

/** The greater of Retry-After and RateLimit-Reset, in milliseconds; undefined when neither can be read. */
export function askedWaitMs(headers: Headers, nowMs: number): number | undefined {
  const waits = [retryAfterMs(headers, nowMs), secondsMs(headers.get('RateLimit-Reset'))];
  const asked = waits.filter((one) => one !== undefined);
  return asked.length === 0 ? undefined : Math.max(...asked);
}

/** Retry-After as seconds, whole or fractional, or as an HTTP date (RFC 9110, 10.2.3). */
function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('Retry-After');
  const seconds = secondsMs(value);
  if (seconds !== undefined || value === null) return seconds;
  const atMs = Date.parse(value);
  if (Number.isNaN(atMs)) return undefined;
  // The service's own clock tells how long it means; ours may run ahead of it.
  const sentMs = Date.parse(headers.get('Date') ?? '');
  const waitMs = Math.max(atMs - nowMs, Number.isNaN(sentMs) ? 0 : atMs - sentMs);
  return waitMs > 0 ? waitMs : undefined;
}

function secondsMs(value: string | null): number | undefined {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) * 1000 : undefined;
}
