// After the database was restored from a copy: nothing leaves before what may have been sent since is uncertain.
import type { Logger } from '../logger';
import type { Instant } from '../board/model';
import type { Ledger, Operations } from './ports';
import type { Restored } from './portsRestored';
import type { RunCycle } from './runCycle';

export interface AfterRestore {
  /** The ledger for everybody else: gives out nothing to send until `settle` is done. */
  readonly ledger: Ledger;
  /**
   * Plans what is due now and makes all that waits uncertain, once for a copy: it may have been sent before the database
   * was lost, which nobody can look up. Throws UpstreamError; then nothing is sent.
   */
  settle(boardIds: readonly string[], runCycle: Pick<RunCycle, 'remind'>): Promise<void>;
}

/** `restoredFrom`: when the copy was taken; absent in a database that was not restored. */
export function createAfterRestore(ports: {
  readonly ledger: Ledger;
  readonly restored: Restored;
  readonly operations: Operations;
  readonly restoredFrom: Instant | undefined;
  readonly logger: Logger;
}): AfterRestore {
  const { ledger, restored, operations, restoredFrom, logger } = ports;
  let isHeld = restoredFrom !== undefined;

  async function settleBoard(boardId: string, copyAt: Instant, runCycle: Pick<RunCycle, 'remind'>): Promise<void> {
    const operationId = `restored-${copyAt}`;
    if ((await operations.begin(boardId, operationId, null)).state === 'done') return;
    await runCycle.remind(boardId);
    const uncertain = await restored.settle(boardId, `${uncertainSince} ${copyAt}.`);
    await operations.finish(boardId, operationId, { uncertain });
    logger.warn('restore.settled', { boardId, uncertain });
  }

  return {
    ledger: {
      ...ledger,
      claim: async (...asked) => (isHeld ? [] : ledger.claim(...asked)),
    },
    async settle(boardIds, runCycle) {
      if (restoredFrom === undefined) return;
      for (const boardId of boardIds) await settleBoard(boardId, restoredFrom, runCycle);
      isHeld = false;
    },
  };
}

const uncertainSince = 'It may have been sent before the database was lost: this is a copy of';
