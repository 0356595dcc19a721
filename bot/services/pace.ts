// How fast messages leave: each in a slot of its own, so that no window of a second holds more than the channel's limit.
import type { RealTime, SendSlots } from './portsPace';
import { createLocalSlots } from './slots';

/** Waits for the exact moment of a slot; to be called right before the message goes to the network. */
export type Departure = () => Promise<void>;

export interface Pace {
  /**
   * Resolves shortly before a message to this conversation may leave, with time to note that it is being sent.
   * Throws UpstreamError when the slots cannot be asked for.
   */
  turn(conversation: string): Promise<Departure>;
  /** The channel refused for going too fast. Throws UpstreamError. */
  slowDown(): Promise<void>;
}

export const realTime: RealTime = {
  nowMs: () => Date.now(),
  wait: async (ms) =>
    new Promise((resolve) => {
      // Node drops fractions, and a timer that fires early breaks the pace.
      setTimeout(resolve, Math.ceil(ms));
    }),
};

/** Slots taken at once: one statement of the database for so many messages. */
const mostAtOnce = 16;
/** Slots are taken when the last one in hand is no further off than this. */
const aheadMs = 300;
/** From the turn to the slot: time to note in the ledger that the message is being sent, and to make it ready. */
const noting = { leastMs: 20, mostMs: 250, margin: 1.5, forgets: 0.98 };
/**
 * A message later than this gives its slot up and takes another: late ones would bunch up with those behind them. Each time it may
 * be later twice as long, so that a machine that is always late still sends.
 */
const latestMs = 8;
/** Comparisons of the two clocks that are remembered; the quickest answer says best how far they are apart. */
const clockReadings = 20;

interface Waiter {
  readonly conversation: string;
  take(atMs: number): void;
  refuse(error: unknown): void;
}

/** The pace of one process in slots that it may share with others. */
export function createPace(slots: SendSlots = createLocalSlots(), time: RealTime = realTime): Pace {
  let waiting: Waiter[] = [];
  let isAsking = false;
  /** When the last slot in hand is, by our clock. */
  let coveredToMs = Number.NEGATIVE_INFINITY;
  const offsets: number[] = [];
  /** What noting takes at the moment: up at once when it takes longer, down slowly. */
  let noteMs = noting.leastMs;

  /** Our clock minus that of the slots: an answer is never early, so the least is the nearest to the truth. */
  function offsetMs(slotsNowMs: number): number {
    offsets.push(time.nowMs() - slotsNowMs);
    if (offsets.length > clockReadings) offsets.shift();
    return Math.min(...offsets);
  }

  async function slotFor(conversation: string, isUrgent: boolean): Promise<number> {
    return new Promise((take, refuse) => {
      const waiter = { conversation, take, refuse };
      if (isUrgent) waiting.unshift(waiter);
      else waiting.push(waiter);
      void ask();
    });
  }

  /** One question at a time; whoever comes meanwhile is part of the next one. */
  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    while (waiting.length > 0) {
      await until(coveredToMs - aheadMs);
      const asked = nextOf(waiting);
      waiting = waiting.filter((one) => !asked.includes(one));
      try {
        await giveSlots(asked);
      } catch (error) {
        for (const one of asked) one.refuse(error);
      }
    }
    isAsking = false;
  }

  async function giveSlots(asked: readonly Waiter[]): Promise<void> {
    const { nowMs, firstAtMs, everyMs } = await slots.take(asked.length);
    const offset = offsetMs(nowMs);
    coveredToMs = firstAtMs + (asked.length - 1) * everyMs + offset;
    const turns = asked.map(({ conversation }, at) => ({ conversation, atMs: firstAtMs + at * everyMs }));
    const refused = new Map((await slots.admit(turns)).map((one) => [one.conversation, one.atMs]));
    for (const [at, waiter] of asked.entries()) {
      const earliestMs = refused.get(waiter.conversation);
      if (earliestMs === undefined) waiter.take(firstAtMs + at * everyMs + offset);
      else void later(waiter, earliestMs + offset);
    }
  }

  /** A conversation that has had enough for now waits without a slot. */
  async function later(waiter: Waiter, atMs: number): Promise<void> {
    await until(atMs);
    waiting.push(waiter);
    void ask();
  }

  async function until(atMs: number): Promise<void> {
    const ms = atMs - time.nowMs();
    if (ms > 0) await time.wait(ms);
  }

  return {
    async turn(conversation) {
      let atMs = await slotFor(conversation, false);
      await until(atMs - noteMs);
      const turnedAtMs = time.nowMs();
      return async () => {
        const tookMs = (time.nowMs() - turnedAtMs) * noting.margin;
        noteMs = Math.min(noting.mostMs, Math.max(noting.leastMs, tookMs, noteMs * noting.forgets));
        await until(atMs);
        for (let mayBeMs = latestMs; time.nowMs() > atMs + mayBeMs; mayBeMs *= 2) {
          atMs = await slotFor(conversation, true);
          await until(atMs);
        }
      };
    },
    slowDown: () => slots.slowDown(),
  };
}

/** The next ones in turn, each of another conversation. */
function nextOf(waiting: readonly Waiter[]): readonly Waiter[] {
  const next = new Map<string, Waiter>();
  for (const one of waiting) if (next.size < mostAtOnce && !next.has(one.conversation)) next.set(one.conversation, one);
  return [...next.values()];
}
