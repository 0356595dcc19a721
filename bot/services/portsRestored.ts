// The port of a ledger that came back from a copy: what waited in it may have been sent since.

/** Throws UpstreamError (storage). */
export interface Restored {
  /** Every message of the board that is planned, claimed or being sent becomes uncertain; returns how many. */
  settle(boardId: string, detail: string): Promise<number>;
}
