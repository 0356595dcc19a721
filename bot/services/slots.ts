// The arithmetic of slots: the rate after a refusal, the limits of a conversation, and slots for a process that sends alone.
import {
  conversationLimits,
  conversationMarginMs,
  fullRate,
  oneRefusalMs,
  recoveryPerSecond,
  type PlannedTurn,
  type RealTime,
  type SendSlots,
} from './portsPace';

interface Slowed {
  readonly atMs: number;
  /** Of the full rate, at that moment. */
  readonly share: number;
}

/** Part of the full rate at a moment, 1 at most. */
function shareAt(slowed: Slowed | undefined, nowMs: number): number {
  return slowed === undefined ? 1 : Math.min(1, slowed.share + ((nowMs - slowed.atMs) / 1000) * recoveryPerSecond);
}

/** After a refusal: half of what there was, never less than one message a second. */
function slowedAt(slowed: Slowed | undefined, nowMs: number, perSecond: number): Slowed {
  if (slowed !== undefined && nowMs - slowed.atMs < oneRefusalMs) return slowed;
  return { atMs: nowMs, share: Math.max(shareAt(slowed, nowMs) / 2, 1 / perSecond) };
}

/** The earliest moment for one more message after those at `times`, which rise. */
function earliestIn(times: readonly number[]): number {
  return Math.max(
    ...conversationLimits.map(({ messages, withinMs }) => {
      const first = times.at(-messages);
      return first === undefined ? Number.NEGATIVE_INFINITY : first + withinMs + conversationMarginMs;
    }),
  );
}

/** Slots in memory: for one process that sends alone, as in tests. */
export function createLocalSlots(perSecond: number = fullRate, time?: Pick<RealTime, 'nowMs'>): SendSlots {
  const clock = (): number => time?.nowMs() ?? Date.now();
  const longestMs = Math.max(...conversationLimits.map((one) => one.withinMs));
  let nextAtMs = 0;
  let slowed: Slowed | undefined;
  const sent = new Map<string, readonly number[]>();
  return {
    take: async (count) => {
      const nowMs = clock();
      const everyMs = 1000 / (perSecond * shareAt(slowed, nowMs));
      const firstAtMs = Math.max(nextAtMs, nowMs);
      nextAtMs = firstAtMs + count * everyMs;
      return { nowMs, firstAtMs, everyMs };
    },
    admit: async (turns) =>
      turns.flatMap(({ conversation, atMs }): PlannedTurn[] => {
        const times = (sent.get(conversation) ?? []).filter((one) => one > atMs - longestMs);
        const earliestMs = earliestIn(times);
        if (earliestMs > atMs) return [{ conversation, atMs: earliestMs }];
        sent.set(conversation, [...times, atMs]);
        return [];
      }),
    slowDown: async () => {
      slowed = slowedAt(slowed, clock(), perSecond);
    },
  };
}
