// The two clocks of the service: real time, and the local Microsoft 365's settable one in local mode.

export interface ServiceClock {
  now(): Date;
  stop(): void;
}

export const realClock: ServiceClock = { now: () => new Date(), stop: () => undefined };

const pollMs = 500;
const answerWithinMs = 2_000;
/** Without the first answer there is no clock at all: a busy computer is given its time. */
const firstAnswerWithinMs = 20_000;
/** A jump forward of more than this is somebody advancing the clock, not the clock running on. */
const jumpMs = 30_000;

/**
 * Follows the clock of the local Microsoft 365, asked twice a second; `advanced` is called after a jump forward.
 * While it does not answer, the clock runs on from what was last known. Throws when it never answered.
 */
export async function followLocalClock(
  microsoft365Url: string,
  advanced: () => void = () => undefined,
): Promise<ServiceClock> {
  let offsetMs = await readOffset(microsoft365Url, firstAnswerWithinMs);
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    readOffset(microsoft365Url, answerWithinMs)
      .then((next) => {
        const jumped = next - offsetMs > jumpMs;
        offsetMs = next;
        if (jumped) advanced();
      })
      // The local Microsoft 365 is stopping or busy: the last offset holds, and it is asked again.
      .catch(() => undefined)
      .finally(() => (isAsking = false));
  }, pollMs);
  timer.unref();
  return { now: () => new Date(Date.now() + offsetMs), stop: () => clearInterval(timer) };
}

async function readOffset(microsoft365Url: string, withinMs: number): Promise<number> {
  const response = await fetch(`${microsoft365Url}/_local/clock`, { signal: AbortSignal.timeout(withinMs) });
  const body: unknown = await response.json();
  const offset: unknown = typeof body === 'object' && body !== null && 'offsetMs' in body ? body.offsetMs : undefined;
  if (typeof offset !== 'number') throw new TypeError('The local Microsoft 365 did not tell its clock.');
  return offset;
}
