// Tells those who look at a board that it changed: one look for all of them, at once when something was read or written here.
import type { BoardSnapshot } from '../board/model';
import { sameRecords } from '../board/sameRecords';
import type { Logger } from '../logger';
import type { BoardRecords } from './ports';

/** Real time; replaced in tests. */
export interface WatchTiming {
  every(ms: number, run: () => void): () => void;
}

export interface WatchBoards {
  /** `told` is called after each change, until what this gives is called. */
  follow(boardId: string, told: () => void): () => void;
  /** Something was read or written here: those who follow the board are told when it differs. */
  look(boardId: string): void;
  /** Nobody is told any more. */
  stop(): void;
}

/** A board may be 45 seconds old for who looks: with these, nobody looks for over a minute at what has changed. */
const lookEveryMs = 15_000;

interface Followed {
  readonly listeners: Set<() => void>;
  last: BoardSnapshot | undefined;
  isLooking: boolean;
  readonly callOff: () => void;
}

export function watchBoards(ports: {
  readonly records: Pick<BoardRecords, 'snapshot'>;
  readonly logger: Logger;
  readonly timing?: WatchTiming;
}): WatchBoards {
  const { records, logger, timing = realTiming } = ports;
  const boards = new Map<string, Followed>();

  async function look(boardId: string): Promise<void> {
    const board = boards.get(boardId);
    if (!board || board.isLooking) return;
    board.isLooking = true;
    try {
      const snapshot = await records.snapshot(boardId);
      const before = board.last;
      board.last = snapshot;
      if (before === undefined || sameRecords(before, snapshot)) return;
      for (const told of [...board.listeners]) told();
    } catch (error) {
      // What was shown stays; the next look tries again.
      logger.info('watch.notRead', { boardId }, error);
    } finally {
      board.isLooking = false;
    }
  }

  function begin(boardId: string): Followed {
    const board: Followed = {
      listeners: new Set(),
      last: undefined,
      isLooking: false,
      callOff: timing.every(lookEveryMs, () => void look(boardId)),
    };
    boards.set(boardId, board);
    void look(boardId);
    return board;
  }

  return {
    follow(boardId, told) {
      const board = boards.get(boardId) ?? begin(boardId);
      board.listeners.add(told);
      return () => {
        board.listeners.delete(told);
        if (board.listeners.size > 0 || boards.get(boardId) !== board) return;
        board.callOff();
        boards.delete(boardId);
      };
    },
    look: (boardId) => void look(boardId),
    stop() {
      for (const one of boards.values()) one.callOff();
      boards.clear();
    },
  };
}

const realTiming: WatchTiming = {
  every(ms, run) {
    const timer = setInterval(run, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
