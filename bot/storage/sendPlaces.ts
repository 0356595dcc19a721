// The tenant's places in a second in the database, so that all instances together keep to the channel's limits.
import { z } from 'zod';
import { conversationLimits, conversationMarginMs, type SharingStore } from '../services/portsPace';
import type { Database } from './sql';

/** The pace is the tenant's, not one board's; the column keeps every key led by board_id. */
const allBoards = '*';
const nowMs = 'extract(epoch from clock_timestamp())::float8 * 1000';
const sharingSchema = z.object({
  now_ms: z.number(),
  share: z.number(),
  slowed_at_ms: z.number(),
  places: z.array(z.object({ holder: z.string(), untilMs: z.number() })),
  sharers: z.record(z.string(), z.number()),
});
const longestMs = Math.max(...conversationLimits.map((one) => one.withinMs)) + conversationMarginMs;
/** The earliest moment for one more message after those in an array of times, which rise. */
const earliest = (times: string): string =>
  `greatest(0, ${conversationLimits
    .map(
      ({ messages, withinMs }) =>
        `${times}[array_length(${times}, 1) - ${messages - 1}] + ${withinMs + conversationMarginMs}`,
    )
    .join(', ')})`;
const refusedSchema = z.array(z.object({ conversation: z.string(), in_ms: z.number() }));

/** Moments are those of the database's own clock, the same for all instances. `tenant` is the one the app sends in. */
export function createSendPlaces(db: Database, tenant: string): SharingStore {
  return {
    change: async (work) =>
      db.transaction(async (sql) => {
        await sql.query(
          `insert into send_pace (board_id, tenant, share, slowed_at_ms) values ($1, $2, 1, 0) on conflict do nothing`,
          [allBoards, tenant],
        );
        const rows = await sql.query(
          `select ${nowMs} as now_ms, share, slowed_at_ms, places, sharers from send_pace
           where board_id = $1 and tenant = $2 for update`,
          [allBoards, tenant],
        );
        const [{ now_ms, share, slowed_at_ms, places, sharers }] = z.tuple([sharingSchema]).parse(rows);
        const before = places.length === 0 ? undefined : { places, sharers, share, slowedAtMs: slowed_at_ms };
        const [after, result] = work(before, now_ms);
        await sql.query(
          `update send_pace set share = $3::float8, slowed_at_ms = $4::float8, places = $5::jsonb, sharers = $6::jsonb
           where board_id = $1 and tenant = $2`,
          [
            allBoards,
            tenant,
            after.share,
            after.slowedAtMs,
            JSON.stringify(after.places),
            JSON.stringify(after.sharers),
          ],
        );
        return result;
      }),

    async admit(conversations) {
      if (conversations.length === 0) return [];
      // In one order, so that two instances never wait for each other's rows.
      const inOrder = [...conversations].sort();
      const admitted = await db.query<{ conversation: string }>(
        `insert into send_times as sent (board_id, conversation, times)
         select $1, due.conversation, array[now.ms]
         from (select ${nowMs} as ms offset 0) as now,
              unnest($2::text[]) with ordinality as due (conversation, place) order by place
         on conflict (board_id, conversation) do update
           set times = array(select at_ms from unnest(sent.times) as at_ms
                             where at_ms > excluded.times[1] - ${longestMs}) || excluded.times
           where ${earliest('sent.times')} <= excluded.times[1]
         returning conversation`,
        [allBoards, inOrder],
      );
      if (admitted.length === conversations.length) return [];
      const known = new Set(admitted.map((one) => one.conversation));
      const refused = await db.query(
        `select conversation, greatest(1, ${earliest('times')} - ${nowMs}) as in_ms from send_times
         where board_id = $1 and conversation = any ($2::text[])`,
        [allBoards, inOrder.filter((one) => !known.has(one))],
      );
      return refusedSchema.parse(refused).map((one) => ({ conversation: one.conversation, inMs: one.in_ms }));
    },
  };
}
