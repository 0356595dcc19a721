// A ledger restored from a copy: what it holds as still to be sent may have been sent since the copy was taken.
import type { Restored } from '../services/portsRestored';
import type { Database } from './sql';

export function createRestored(db: Database): Restored {
  return {
    async settle(boardId, detail) {
      const rows = await db.query(
        `update ledger set state = 'uncertain', detail = $2, not_before = null, worker = null, session = null,
           lease_until = null, lease_seconds = null
         where board_id = $1 and state in ('planned', 'claimed', 'sending') returning step`,
        [boardId, detail],
      );
      return rows.length;
    },
  };
}
