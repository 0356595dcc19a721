// The tenant's slots for messages in the database, so that all instances together keep to the channel's limits.
import { z } from 'zod';
import {
  conversationLimits,
  conversationMarginMs,
  fullRate,
  oneRefusalMs,
  recoveryPerSecond,
  type SendSlots,
} from '../services/portsPace';
import type { Database } from './sql';

const takenSchema = z.tuple([z.object({ next_at_ms: z.number(), every_ms: z.number(), taken_at_ms: z.number() })]);
/** The pace is the tenant's, not one board's; the column keeps every key led by board_id. */
const allBoards = '*';
const nowMs = 'extract(epoch from clock_timestamp())::float8 * 1000';
/** $3 is the full rate; the share of it at `now.ms`. */
const share = `least(1, pace.share + (now.ms - pace.slowed_at_ms) / 1000 * ${recoveryPerSecond})`;
const longestMs = Math.max(...conversationLimits.map((one) => one.withinMs));
/** The earliest moment for one more message after those in an array of times, which rise. */
const earliest = (times: string): string =>
  `greatest(0, ${conversationLimits
    .map(
      ({ messages, withinMs }) =>
        `${times}[array_length(${times}, 1) - ${messages - 1}] + ${withinMs + conversationMarginMs}`,
    )
    .join(', ')})`;
const earliestSchema = z.object({ conversation: z.string(), earliest_ms: z.number() });

/** Moments are those of the database's own clock, the same for all instances. `tenant` is the one the app sends in. */
export function createSendSlots(db: Database, tenant: string, perSecond: number = fullRate): SendSlots {
  return {
    async take(count) {
      const rows = await db.query(
        `insert into send_pace as pace (board_id, tenant, share, slowed_at_ms, taken_at_ms, next_at_ms, every_ms)
         select $1, $2, 1, 0, now.ms, now.ms + $4::float8 * 1000 / $3::float8, 1000 / $3::float8
         from (select ${nowMs} as ms) as now
         on conflict (board_id, tenant) do update set (taken_at_ms, next_at_ms, every_ms) = (
           select one.ms, greatest(pace.next_at_ms, one.ms) + $4::float8 * one.every_ms, one.every_ms
           from (select now.ms, 1000 / ($3::float8 * ${share}) as every_ms
                 from (select ${nowMs} as ms offset 0) as now offset 0) as one)
         returning taken_at_ms, next_at_ms, every_ms`,
        [allBoards, tenant, perSecond, count],
      );
      const [{ taken_at_ms, next_at_ms, every_ms }] = takenSchema.parse(rows);
      return { nowMs: taken_at_ms, firstAtMs: next_at_ms - count * every_ms, everyMs: every_ms };
    },

    async admit(turns) {
      if (turns.length === 0) return [];
      // In one order, so that two instances never wait for each other's rows.
      const inOrder = [...turns].sort((a, b) => (a.conversation < b.conversation ? -1 : 1));
      const names = inOrder.map((one) => one.conversation);
      const admitted = await db.query<{ conversation: string }>(
        `insert into send_times as sent (board_id, conversation, times)
         select $1, due.conversation, array[due.at_ms]
         from unnest($2::text[], $3::float8[]) with ordinality as due (conversation, at_ms, place) order by place
         on conflict (board_id, conversation) do update
           set times = array(select at_ms from unnest(sent.times) as at_ms
                             where at_ms > excluded.times[1] - ${longestMs}) || excluded.times
           where ${earliest('sent.times')} <= excluded.times[1]
         returning conversation`,
        [allBoards, names, inOrder.map((one) => String(one.atMs))],
      );
      if (admitted.length === turns.length) return [];
      const known = new Set(admitted.map((one) => one.conversation));
      const refused = await db.query(
        `select conversation, ${earliest('times')} as earliest_ms from send_times
         where board_id = $1 and conversation = any ($2::text[])`,
        [allBoards, names.filter((one) => !known.has(one))],
      );
      return earliestSchema
        .array()
        .parse(refused)
        .map((one) => ({ conversation: one.conversation, atMs: one.earliest_ms }));
    },

    async slowDown() {
      await db.query(
        `update send_pace as pace set share = greatest(${share} / 2, 1 / $3::float8), slowed_at_ms = now.ms
         from (select ${nowMs} as ms offset 0) as now
         where board_id = $1 and tenant = $2 and now.ms - pace.slowed_at_ms >= ${oneRefusalMs}`,
        [allBoards, tenant, perSecond],
      );
    },
  };
}
