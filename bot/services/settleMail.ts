// Looks up in Sent Items what may have been mailed: an uncertain e-mail becomes sent, definitely not sent, or stays as it is.
import type { Logger } from '../logger';
import { mailKeyOf } from './mailRoom';
import type { RealTime } from './portsPace';
import type { Clock, Ledger, LedgerEntry } from './ports';
import type { Mailer } from './portsMail';

/** The mailbox files what it sends within moments; after this what is not there will not come. */
const filedWithinMs = 15 * 60_000;
/** From one look at the same message to the next. */
const lookEveryMs = 60_000;

export interface SettleMail {
  /** Looks again at the uncertain e-mails of a board, each at most once a minute. Returns how many are settled now. */
  settle(boardId: string): Promise<number>;
  /** Looks at one now. True when it is settled: sent, or definitely not. */
  settleOne(entry: LedgerEntry): Promise<boolean>;
}

export function createSettleMail(ports: {
  readonly ledger: Ledger;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly time: RealTime;
}): SettleMail {
  const { ledger, mailer, clock, logger, time } = ports;
  /** When this process first and last looked; after a restart the wait begins anew, which is on the safe side. */
  const looks = new Map<string, { readonly firstAtMs: number; readonly lastAtMs: number }>();

  async function settleOne(entry: LedgerEntry): Promise<boolean> {
    if (entry.state !== 'uncertain' || entry.route !== 'e-mail') return false;
    const key = mailKeyOf(entry);
    const nowMs = time.nowMs();
    const firstAtMs = looks.get(key)?.firstAtMs ?? nowMs;
    looks.set(key, { firstAtMs, lastAtMs: nowMs });
    // A mail of the round before has the same Message-ID: finding it would prove nothing about this one.
    if (entry.earlier?.some((one) => one.route === 'e-mail') === true) return false;
    const found = await mailer.find(key);
    if (found === undefined) return false;
    if (found !== 'notFound') {
      const detail = 'The mailbox did not say so, but it lies in its Sent Items.';
      const outcome = { state: 'sent', route: 'e-mail', activityId: found.messageId, detail } as const;
      return done(entry, await ledger.record(entry, entry.fence, outcome, found.sentAt));
    }
    if (nowMs - firstAtMs < filedWithinMs || !(await keepsMessageIds(entry))) return false;
    const detail = 'Not sent: it does not lie in the Sent Items of the mailbox, where other e-mails of ours do.';
    const outcome = { state: 'failed', route: 'e-mail', detail } as const;
    return done(entry, await ledger.record(entry, entry.fence, outcome, clock.now().toISOString()));
  }

  /** That a mail is not found proves something only when one that was taken is found by the Message-ID that we gave it. */
  async function keepsMessageIds(entry: LedgerEntry): Promise<boolean> {
    const sent = (await ledger.entries(entry.boardId, entry.meetingRef)).filter(
      (one) => one.state === 'sent' && one.route === 'e-mail',
    );
    const control = sent.at(-1);
    if (control === undefined) return false;
    const found = await mailer.find(mailKeyOf(control));
    return found !== undefined && found !== 'notFound';
  }

  function done(entry: LedgerEntry, isRecorded: boolean): boolean {
    looks.delete(mailKeyOf(entry));
    if (isRecorded) logger.info('mail.settled', { boardId: entry.boardId, personRef: entry.personRef });
    return isRecorded;
  }

  return {
    settleOne,
    async settle(boardId) {
      let settled = 0;
      for (const entry of await ledger.uncertain(boardId)) {
        const lastAtMs = looks.get(mailKeyOf(entry))?.lastAtMs;
        if (lastAtMs !== undefined && time.nowMs() - lastAtMs < lookEveryMs) continue;
        if (await settleOne(entry)) settled += 1;
      }
      return settled;
    },
  };
}
