// Keeps what people see young: reads the board again when the snapshot in memory is older than a limit and somebody asks.
import { isKnownError } from '../errors';
import type { Logger } from '../logger';
import type { BoardRecords } from './ports';

export interface Freshness {
  readonly maxAgeMs: number;
  /** Real time, not the clock of the rules. */
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/**
 * The same records, at most `maxAgeMs` old when SharePoint answers.
 * When it does not, what was read before is given: writes are still checked against the versions in SharePoint.
 */
export function freshRecords(records: BoardRecords, freshness: Freshness): BoardRecords {
  const readAtMs = new Map<string, number>();
  const refresh: BoardRecords['refresh'] = async (boardId) => {
    const snapshot = await records.refresh(boardId);
    readAtMs.set(boardId, freshness.nowMs());
    return snapshot;
  };
  return {
    boardIds: () => records.boardIds(),
    freshness: (boardId) => records.freshness(boardId),
    write: (operation) => records.write(operation),
    refresh,
    async snapshot(boardId) {
      const before = readAtMs.get(boardId);
      if (before !== undefined && freshness.nowMs() - before < freshness.maxAgeMs) return records.snapshot(boardId);
      try {
        return await refresh(boardId);
      } catch (error) {
        const isPassing = isKnownError(error) && (error.kind === 'upstream' || error.kind === 'throttled');
        if (before === undefined || !isPassing) throw error;
        freshness.logger.warn('board.stale', { boardId, ageMs: freshness.nowMs() - before }, error);
        return records.snapshot(boardId);
      }
    },
  };
}
