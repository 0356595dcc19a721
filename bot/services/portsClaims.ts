// The port of claims under way: kept while a worker lives, and known to whoever waits for those of a dead one.

/** Throws UpstreamError (storage). */
export interface Claims {
  /** Every claim of this worker on the board, also of what is being sent now, holds for its lease again from now. */
  renew(boardId: string, worker: string): Promise<void>;
  /**
   * In how many milliseconds the next claim of another worker runs out unless it is renewed; 0 when one has run out,
   * this worker's own among them; undefined when there is none.
   */
  nextLapseMs(boardId: string, worker: string): Promise<number | undefined>;
}
