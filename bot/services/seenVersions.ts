// Remembers the last snapshots of each board, so that an answer can be compared with what its writer saw.
import type { BoardSnapshot } from '../board/model';
import type { BoardRecords } from './ports';

export interface SeenVersions {
  /** The same records; every snapshot they give is remembered. */
  watch(records: BoardRecords): BoardRecords;
  keep(boardId: string, snapshot: BoardSnapshot): void;
  /** The newest remembered snapshot that fits; undefined when it is too long ago or the service was restarted since. */
  find(boardId: string, fits: (snapshot: BoardSnapshot) => boolean): BoardSnapshot | undefined;
}

/** `limit` snapshots a board are remembered; they share the records that did not change. */
export function createSeenVersions(limit = 24): SeenVersions {
  const boards = new Map<string, BoardSnapshot[]>();
  function keep(boardId: string, snapshot: BoardSnapshot): void {
    const kept = boards.get(boardId) ?? [];
    if (kept.at(-1) === snapshot) return;
    boards.set(boardId, [...kept, snapshot].slice(-limit));
  }
  async function kept(boardId: string, reading: Promise<BoardSnapshot>): Promise<BoardSnapshot> {
    const snapshot = await reading;
    keep(boardId, snapshot);
    return snapshot;
  }
  return {
    keep,
    find: (boardId, fits) => boards.get(boardId)?.findLast(fits),
    watch: (records) => ({
      boardIds: () => records.boardIds(),
      snapshot: (boardId, maxAgeMs) => kept(boardId, records.snapshot(boardId, maxAgeMs)),
      freshness: (boardId) => records.freshness(boardId),
      refresh: (boardId) => kept(boardId, records.refresh(boardId)),
      write: (operation) => records.write(operation),
    }),
  };
}
