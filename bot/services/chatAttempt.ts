// One attempt to write into a chat or a channel: for how long it is waited for, and what each outcome means for the ledger.
import type { Attempted } from './mailRoom';
import type { SendOutcome } from './ports';

/** Longer than the messenger's own deadline. */
const sendDeadlineMs = 25_000;

export async function withDeadline(sending: Promise<SendOutcome>): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'uncertain', detail: 'Teams did not answer in time.' }), sendDeadlineMs);
  });
  return Promise.race([sending, late]).finally(() => clearTimeout(timer));
}

/** What is no reason to try another way. */
export type Settled = Exclude<SendOutcome, { kind: 'notInstalled' | 'blocked' }>;

/** What is recorded for each outcome; `where`: beside what was sent. Source: docs/operations.md, delivery. */
export function attemptedInChat(outcome: Settled, where?: string): Attempted {
  switch (outcome.kind) {
    case 'delivered': {
      const { activityId } = outcome;
      const detail = where === undefined ? {} : { detail: where };
      return { result: 'sent', outcome: { state: 'sent', route: 'chat', activityId, ...detail } };
    }
    case 'throttled':
      return { detail: 'Teams asked us to wait.', afterMs: outcome.retryAfterSeconds * 1000, isThrottled: true };
    case 'failed':
      return outcome.mayRetry
        ? { detail: outcome.detail }
        : { result: 'failed', outcome: { state: 'failed', detail: outcome.detail, route: 'chat' } };
    case 'uncertain':
      return { result: 'uncertain', outcome: { state: 'uncertain', detail: outcome.detail, route: 'chat' } };
  }
}
