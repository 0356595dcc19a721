// Who does a shared piece of work for a while, for economy alone: correctness rests on the ledger's unique keys.
import type { Database } from './sql';

export interface Leases {
  /** Takes or renews the lease; undefined when another holds it. The fence grows with every change of holder. */
  acquire(boardId: string, name: string, holder: string, seconds: number): Promise<number | undefined>;
  release(boardId: string, name: string, holder: string): Promise<void>;
}

/** Leases run on the database's own clock, the same for all instances. */
export function createLeases(db: Database): Leases {
  return {
    async acquire(boardId, name, holder, seconds) {
      const [row] = await db.query<{ fence: number }>(
        `insert into leases (board_id, name, holder, until_at)
         values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4::float8))
         on conflict (board_id, name) do update set
           fence = leases.fence + case when leases.holder = excluded.holder then 0 else 1 end,
           holder = excluded.holder,
           until_at = excluded.until_at
         where leases.holder = excluded.holder or leases.until_at < clock_timestamp()
         returning fence`,
        [boardId, name, holder, seconds],
      );
      return row?.fence;
    },

    async release(boardId, name, holder) {
      await db.query(
        `update leases set until_at = clock_timestamp() - interval '1 second'
         where board_id = $1 and name = $2 and holder = $3`,
        [boardId, name, holder],
      );
    },
  };
}
