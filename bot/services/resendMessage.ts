// The secretary has a message sent again: what is uncertain is looked up first, and may arrive twice only with their word.
import { secretaryOnly } from '../board/manageHandOver';
import { isSecretary } from '../board/mayAnswer';
import type { Ref } from '../board/model';
import { recipientName } from '../board/recipients';
import { heldWords } from '../board/sendingHours';
import type { Logger } from '../logger';
import { messageWords } from './deliveryLines';
import type { BoardRecords, Clock, Ledger, LedgerEntry, LedgerKey } from './ports';
import type { SettleMail } from './settleMail';

export interface ResendRequest {
  readonly boardId: string;
  readonly meetingRef: Ref;
  readonly step: string;
  readonly personRef: Ref;
  readonly byRef: Ref;
  /** They were told that it may arrive twice, and want it sent all the same. */
  readonly mayArriveTwice?: boolean;
}

export type ResendResult =
  | { readonly kind: 'resent'; readonly words: string }
  /** Asked again with `mayArriveTwice`, it is sent. */
  | { readonly kind: 'confirm'; readonly words: string }
  | { readonly kind: 'refused'; readonly reason: 'notAllowed' | 'notNeeded'; readonly words: string };

export interface ResendMessage {
  /** Throws UpstreamError. The sending itself goes on afterwards. */
  resend(request: ResendRequest): Promise<ResendResult>;
}

export function createResendMessage(ports: {
  readonly records: BoardRecords;
  readonly ledger: Ledger;
  readonly settleMail?: Pick<SettleMail, 'settleOne'>;
  /** Sends what the ledger holds. */
  readonly drain: (boardId: string) => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}): ResendMessage {
  const { records, ledger, clock, logger } = ports;

  return {
    async resend(request) {
      const { boardId, byRef } = request;
      const snapshot = await records.snapshot(boardId);
      if (!isSecretary(snapshot, byRef)) return { kind: 'refused', reason: 'notAllowed', words: secretaryOnly };
      const name = recipientName(snapshot, request.personRef) ?? request.personRef;
      const what = `The ${messageWords(request.step)} to ${name}`;
      const first = await find(request);
      if (first?.state === 'uncertain') await ports.settleMail?.settleOne(first);
      const entry = first?.state === 'uncertain' ? await find(request) : first;
      if (entry?.state !== 'failed' && entry?.state !== 'uncertain')
        return { kind: 'refused', reason: 'notNeeded', words: notNeeded(what, entry) };
      if (entry.state === 'uncertain' && request.mayArriveTwice !== true)
        return {
          kind: 'confirm',
          words: `${what} may have arrived: nobody can tell. Sent again, it may arrive twice. The next message of the cycle covers it, too.`,
        };
      const at = clock.now().toISOString();
      if ((await ledger.resend([entry], byRef, at)).length === 0)
        return { kind: 'refused', reason: 'notNeeded', words: `${what} is being sent already.` };
      logger.info('delivery.resent', { boardId, personRef: entry.personRef, step: entry.step, byRef });
      ports.drain(boardId).catch((error: unknown) => logger.warn('delivery.notResentYet', { boardId }, error));
      const waits = heldWords(snapshot, at);
      return {
        kind: 'resent',
        words: `${what} is sent again.${entry.state === 'uncertain' ? ' It may arrive twice.' : ''}${waits === undefined ? '' : ` It waits: ${waits}`}`,
      };
    },
  };

  async function find({ boardId, meetingRef, step, personRef }: ResendRequest): Promise<LedgerEntry | undefined> {
    const entries = await ledger.entries(boardId, meetingRef);
    const isIt = (one: LedgerKey): boolean => one.step === step && one.personRef === personRef;
    return entries.find(isIt);
  }
}

function notNeeded(what: string, entry: LedgerEntry | undefined): string {
  if (entry === undefined) return `${what} was never planned.`;
  if (entry.state === 'sent') return `${what} was sent, so it is not sent again.`;
  if (entry.state === 'cancelled') return `${what} is not needed any more. ${entry.detail ?? ''}`.trim();
  return `${what} is on its way already.`;
}
