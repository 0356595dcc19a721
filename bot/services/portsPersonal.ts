// The port of what the database holds of one person, and of what has become old.
import type { Instant, Ref } from '../board/model';

/** By what a person is known: the board's reference, and the account where there is one. */
export interface PersonIds {
  readonly boardId: string;
  readonly personRef: Ref;
  readonly entraObjectId?: string;
}

/** How many rows. */
export interface PersonalRows {
  /** The way to their chat, and when it was last written to; shared by all boards. */
  readonly conversations: number;
  /** Rows of the delivery ledger: that, when and how they were written to. */
  readonly messages: number;
  /** Finished operations whose record names them. */
  readonly operations: number;
}

/** Throws UpstreamError (storage). */
export interface PersonalData {
  count(who: PersonIds): Promise<PersonalRows>;
  /**
   * Deletes the way to the chat and the finished operations; of the ledger keeps which message of which meeting came to
   * what, without its words and ids. Returns what was touched. `alsoChat`: they are on no other board.
   */
  forget(who: PersonIds, alsoChat: boolean): Promise<PersonalRows>;
  /** Deletes finished operations and settled messages from before `before`; nothing that is still to be done. */
  deleteOlder(before: Instant): Promise<{ readonly operations: number; readonly messages: number }>;
}
