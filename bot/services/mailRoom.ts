// E-mails of the ledger: sent a few at a time, and what is uncertain looked up in Sent Items before anything else.
import type { Ledger, LedgerEntry, LedgerKey, LedgerOutcome } from './ports';
import type { MailAddress, Mailer, MailOutcome, OutgoingMail } from './portsMail';

/** What became of one attempt: an end, or words for another attempt, `afterMs` from now where the service said so. */
export type Attempted =
  | { readonly result: 'sent' | 'failed' | 'uncertain'; readonly outcome: LedgerOutcome }
  | { readonly detail: string; readonly afterMs?: number; readonly isThrottled?: boolean };

/** Source: Microsoft Graph, Outlook service limits: four requests at once for an app and a mailbox. */
const mailsAtOnce = 4;
/** Longer than one request may take, shorter than the deadline of the chat. */
const sendDeadlineMs = 25_000;

/** By which a message is known in the mailbox: the same for a resend, so that a mailbox that drops repeats drops it. */
export function mailKeyOf({ boardId, meetingRef, step, personRef }: LedgerKey): string {
  return [boardId, meetingRef, step, personRef].join('/');
}

export function createMailRoom({ mailer, ledger }: { readonly mailer: Mailer; readonly ledger: Ledger }) {
  const turns = createTurns(mailsAtOnce);
  return {
    /** Undefined when the claim was lost while it waited for its turn. `why`: why not by chat. */
    async send(entry: LedgerEntry, to: MailAddress, mail: OutgoingMail, why: string): Promise<Attempted | undefined> {
      return turns(async () => {
        if (!(await ledger.sending(entry, entry.fence, 'e-mail'))) return undefined;
        return attemptedByMail(await withDeadline(mailer.send(to, mail, mailKeyOf(entry))), why);
      });
    },
  };
}

function attemptedByMail(outcome: MailOutcome, why: string): Attempted {
  switch (outcome.kind) {
    case 'accepted':
      return {
        result: 'sent',
        outcome: { state: 'sent', route: 'e-mail', activityId: outcome.messageId, detail: why },
      };
    case 'throttled':
      return { detail: 'The mailbox asked us to wait.', afterMs: outcome.retryAfterSeconds * 1000, isThrottled: true };
    case 'failed':
      return outcome.mayRetry
        ? { detail: outcome.detail }
        : { result: 'failed', outcome: { state: 'failed', detail: `${why} ${outcome.detail}`, route: 'e-mail' } };
    case 'uncertain':
      return { result: 'uncertain', outcome: { state: 'uncertain', detail: outcome.detail, route: 'e-mail' } };
  }
}

async function withDeadline(sending: Promise<MailOutcome>): Promise<MailOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<MailOutcome>((resolve) => {
    const detail = 'The mailbox did not answer in time; it may have gone out.';
    timer = setTimeout(() => resolve({ kind: 'uncertain', detail }), sendDeadlineMs);
  });
  return Promise.race([sending, late]).finally(() => clearTimeout(timer));
}

/** Lets so many pieces of work run at once, in the order of asking. */
function createTurns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
