// Claims under way in the delivery ledger: renewed by the living, counted down for who waits for those that are given up.
import { z } from 'zod';
import type { Claims } from '../services/portsClaims';
import type { Database } from './sql';

const lapseSchema = z.array(z.object({ lapse_ms: z.number().nullable() }));

/** Leases run on the database's own clock, the same for all instances. */
export function createClaims(db: Database): Claims {
  return {
    async renew(boardId, worker) {
      // A lease that has run out is another's to take: it is not woken up.
      await db.query(
        `update ledger set lease_until = clock_timestamp() + make_interval(secs => lease_seconds)
         where board_id = $1 and state in ('claimed', 'sending') and worker = $2 and lease_until > clock_timestamp()`,
        [boardId, worker],
      );
    },

    async nextLapseMs(boardId, worker) {
      const rows = await db.query(
        `select extract(epoch from min(lease_until) - clock_timestamp())::float8 * 1000 as lapse_ms from ledger
         where board_id = $1 and state in ('claimed', 'sending')
           and (worker is distinct from $2 or lease_until <= clock_timestamp())`,
        [boardId, worker],
      );
      const lapseMs = lapseSchema.parse(rows)[0]?.lapse_ms ?? undefined;
      return lapseMs === undefined ? undefined : Math.max(0, lapseMs);
    },
  };
}
