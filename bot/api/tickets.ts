// Tickets for a connection that cannot carry a token: unguessable, for one use within seconds, kept in memory alone.
import { createHash, randomBytes } from 'node:crypto';

/** Who the ticket was given to, and for which board. */
export interface TicketHolder {
  readonly entraObjectId: string;
  readonly boardId: string;
}

export interface Tickets {
  give(holder: TicketHolder): string;
  /** Whose it is, once; undefined for one that is unknown, used or too old. */
  take(ticket: string): TicketHolder | undefined;
}

export const ticketSeconds = 30;
/** Those of a person who asks again and again push out the oldest. */
const mostKept = 5_000;

export function createTickets(nowMs: () => number = () => performance.now()): Tickets {
  const kept = new Map<string, TicketHolder & { readonly untilMs: number }>();
  const nameOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');
  const forgetOld = (): void => {
    for (const [name, { untilMs }] of kept) {
      if (untilMs > nowMs() && kept.size < mostKept) return;
      kept.delete(name);
    }
  };
  return {
    give(holder) {
      forgetOld();
      const ticket = randomBytes(32).toString('base64url');
      kept.set(nameOf(ticket), { ...holder, untilMs: nowMs() + ticketSeconds * 1000 });
      return ticket;
    },
    take(ticket) {
      const name = nameOf(ticket);
      const found = kept.get(name);
      kept.delete(name);
      if (!found || found.untilMs <= nowMs()) return undefined;
      return { entraObjectId: found.entraObjectId, boardId: found.boardId };
    },
  };
}
