// How fast messages leave: each on one of the tenant's places in a second, which then rests for a second. A message that is
// late loses nothing: whichever is ready takes the next place, so no second ever holds more than the channel's limit.
import { randomUUID } from 'node:crypto';
import { createLocalPlaces } from './places';
import { placeRestsMs, placesLeaseMs, type RealTime, type SendPlaces } from './portsPace';

export interface Departure {
  /** Waits for a place; to be called right before the message goes to the network. Throws UpstreamError. */
  readonly leave: () => Promise<void>;
  /** To be called when the answer is there: a message that was slow on its way arrived later than it left. */
  readonly answered: () => void;
}

export interface Pace {
  /**
   * Resolves shortly before a message to this conversation may leave, with time to note that it is being sent.
   * Throws UpstreamError when nobody tells whether it may.
   */
  turn(conversation: string): Promise<Departure>;
  /** The channel refused for going too fast. Throws UpstreamError. */
  slowDown(): Promise<void>;
  /** Messages may come within so long: until then places are asked for, so that the first one finds them free. */
  getReady(forMs: number): void;
}

export const realTime: RealTime = {
  nowMs: () => Date.now(),
  wait: async (ms) =>
    new Promise((resolve) => {
      // Node drops fractions, and a timer that fires early breaks the pace.
      setTimeout(resolve, Math.ceil(ms));
    }),
};

/** Conversations asked for at once: one statement of the database for so many messages. */
const mostAtOnce = 16;
/** They are asked for when no more than this are left that may have their turn. */
const fewAdmitted = 8;
/** Places are asked for again long before the lease ends, so that a slow database does not stop the sending. */
const holdEveryMs = 500;
/** How soon an instance that has no place asks again. */
const noPlaceMs = 100;
/** After a standstill messages leave closer to each other, but not all at once: of the even distance, at least. */
const closest = 0.75;
/** Messages being noted or ready to leave: enough that one is ready whenever a place is, few enough that a crash leaves few in doubt. */
const noting = { readyAtLeast: 2, firstMs: 40, margin: 1.5, forgets: 0.98 };
/** The shortest time to an answer is forgotten slowly; a place rests no longer than this for an answer that was late. */
const answers = { forgets: 1.002, mostLateMs: 100 };
/** Who had a turn and has not come to leave by then will not. */
const goneMs = 2000;

interface Waiter<T> {
  take(given: T): void;
  refuse(error: unknown): void;
}

interface Talker extends Waiter<void> {
  readonly conversation: string;
}

/** On which place a message left, and when. */
interface Left {
  readonly place: number;
  readonly atMs: number;
}

/** The pace of one process on places that it may share with others. */
export function createPace(places: SendPlaces = createLocalPlaces(), time: RealTime = realTime): Pace {
  const holder = randomUUID();
  let waiting: Talker[] = [];
  const admitted: Talker[] = [];
  /** Since when each message that had its turn is being noted. */
  const preparing = new Set<{ readonly sinceMs: number }>();
  const leaving: Waiter<Left>[] = [];
  let isAdmitting = false;
  let isLeaving = false;
  let isWatching = false;
  /** What noting takes at the moment: up at once when it takes longer, down slowly. */
  let noteMs = noting.firstMs;
  let held: readonly number[] = [];
  let givenBack: readonly number[] = [];
  let heldUntilMs = Number.NEGATIVE_INFINITY;
  let askAgainAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  let isLettingGo = false;
  const restUntilMs = new Map<number, number>();
  const lastOn = new Map<number, Left>();
  let lastLeftMs = Number.NEGATIVE_INFINITY;
  let shortestMs = Number.POSITIVE_INFINITY;

  const evenMs = (): number => placeRestsMs / Math.max(1, held.length);

  /** One question at a time; whoever comes meanwhile is part of the next one. */
  async function admit(): Promise<void> {
    if (isAdmitting) return;
    isAdmitting = true;
    while (waiting.length > 0 && admitted.length <= fewAdmitted) {
      const asked = nextOf(waiting);
      waiting = waiting.filter((one) => !asked.includes(one));
      try {
        const refused = new Map(
          (await places.admit(asked.map((one) => one.conversation))).map((one) => [one.conversation, one.inMs]),
        );
        for (const one of asked) {
          const inMs = refused.get(one.conversation);
          if (inMs === undefined) admitted.push(one);
          else void later(one, inMs);
        }
        giveTurns();
      } catch (error) {
        for (const one of asked) one.refuse(error);
      }
    }
    isAdmitting = false;
  }

  /** A conversation that has had enough for now waits without holding up the others. */
  async function later(one: Talker, ms: number): Promise<void> {
    await time.wait(ms);
    waiting.push(one);
    void admit();
  }

  function giveTurns(): void {
    const nowMs = time.nowMs();
    for (const one of preparing) if (nowMs - one.sinceMs >= goneMs) preparing.delete(one);
    const ahead = noting.readyAtLeast + Math.ceil((noteMs * noting.margin) / evenMs());
    let room = ahead - preparing.size - leaving.length;
    for (; room > 0 && admitted.length > 0; room -= 1) admitted.shift()?.take();
    if (admitted.length > 0) void watch();
    void admit();
  }

  /** Where those that had a turn never come to leave, the others must not wait for ever. */
  async function watch(): Promise<void> {
    const [oldest] = preparing;
    if (isWatching || oldest === undefined || leaving.length > 0) return;
    isWatching = true;
    await time.wait(oldest.sinceMs + goneMs - time.nowMs());
    isWatching = false;
    giveTurns();
  }

  async function letLeave(): Promise<void> {
    if (isLeaving) return;
    isLeaving = true;
    while (leaving.length > 0) {
      try {
        const place = await nextPlace();
        lastLeftMs = time.nowMs();
        const left = { place, atMs: lastLeftMs };
        lastOn.set(place, left);
        restUntilMs.set(place, lastLeftMs + placeRestsMs);
        leaving.shift()?.take(left);
        giveTurns();
      } catch (error) {
        for (const one of leaving.splice(0)) one.refuse(error);
        giveTurns();
      }
    }
    isLeaving = false;
    void letGo();
  }

  /** It arrived before its answer left: earlier than the answer came by at least the shortest way there is. */
  function answered(left: Left): void {
    const tookMs = time.nowMs() - left.atMs;
    shortestMs = Math.min(tookMs, shortestMs * answers.forgets);
    if (lastOn.get(left.place) !== left) return;
    const lateMs = Math.min(answers.mostLateMs, tookMs - shortestMs);
    restUntilMs.set(left.place, left.atMs + lateMs + placeRestsMs);
  }

  /** Leaves the places to other instances when there is nothing to send. What fails here ends with the lease. */
  async function letGo(): Promise<void> {
    const open = waiting.length + admitted.length + preparing.size + leaving.length;
    if (open > 0 || asking !== undefined || held.length === 0) return;
    held = [];
    givenBack = [];
    heldUntilMs = Number.NEGATIVE_INFINITY;
    isLettingGo = true;
    asking = places.leave(holder).finally(() => {
      asking = undefined;
      isLettingGo = false;
    });
    await asking.catch(() => undefined);
  }

  /** The place that has rested longest, when it may be used. */
  async function nextPlace(): Promise<number> {
    for (;;) {
      let nowMs = time.nowMs();
      if (nowMs >= heldUntilMs) await hold();
      // What fails here is asked again, at the end of the lease in earnest.
      else if (nowMs >= askAgainAtMs) hold().catch(() => undefined);
      const [next] = held
        .map((place) => ({ place, atMs: Math.max(restUntilMs.get(place) ?? nowMs, lastLeftMs + evenMs() * closest) }))
        .sort((a, b) => a.atMs - b.atMs);
      nowMs = time.nowMs();
      if (nowMs >= heldUntilMs) continue;
      if (next !== undefined && next.atMs <= nowMs) return next.place;
      if (next === undefined) askAgainAtMs = nowMs + noPlaceMs;
      // Places that come with the next answer may be free earlier.
      await time.wait(Math.min(noPlaceMs, (next?.atMs ?? Infinity) - nowMs));
    }
  }

  /** What fails here is asked again by the message itself. */
  async function getReady(forMs: number): Promise<void> {
    const untilMs = time.nowMs() + forMs;
    for (let leftMs = forMs; leftMs > 0; leftMs = untilMs - time.nowMs()) {
      await hold().catch(() => undefined);
      await time.wait(Math.min(leftMs, holdEveryMs));
    }
  }

  async function hold(): Promise<void> {
    // Who has just let go asks when that is done.
    if (isLettingGo) await asking?.catch(() => undefined);
    asking ??= ask().finally(() => (asking = undefined));
    await asking;
  }

  async function ask(): Promise<void> {
    const askedAtMs = time.nowMs();
    askAgainAtMs = askedAtMs + holdEveryMs;
    const given = await places.hold(holder, givenBack);
    const nowMs = time.nowMs();
    const before = nowMs < heldUntilMs ? held : [];
    const added = given
      .filter((one) => !before.includes(one.place))
      .map(({ place, freeInMs }) => ({ place, atMs: Math.max(restUntilMs.get(place) ?? nowMs, nowMs + freeInMs) }))
      .sort((a, b) => a.atMs - b.atMs);
    // Spread over the second, so that messages leave at an even distance.
    for (const [at, { place, atMs }] of added.entries())
      restUntilMs.set(place, Math.max(atMs, nowMs + (at * placeRestsMs) / given.length));
    held = given.map((one) => one.place);
    givenBack = before.filter((place) => !held.includes(place));
    if (givenBack.length > 0) askAgainAtMs = nowMs;
    heldUntilMs = askedAtMs + placesLeaseMs;
  }

  return {
    async turn(conversation) {
      const mine = { sinceMs: 0 };
      await new Promise<void>((resolve, refuse) => {
        const take = (): void => {
          mine.sinceMs = time.nowMs();
          preparing.add(mine);
          resolve();
        };
        waiting.push({ conversation, take, refuse });
        void admit();
      });
      let left: Left | undefined;
      return {
        async leave() {
          noteMs = Math.max(time.nowMs() - mine.sinceMs, noteMs * noting.forgets);
          preparing.delete(mine);
          left = await new Promise<Left>((take, refuse) => {
            leaving.push({ take, refuse });
            void letLeave();
          });
        },
        answered() {
          if (left !== undefined) answered(left);
        },
      };
    },
    async slowDown() {
      await places.slowDown();
      await hold();
    },
    getReady: (forMs) => void getReady(forMs),
  };
}

/** The next ones in turn, each of another conversation. */
function nextOf(waiting: readonly Talker[]): readonly Talker[] {
  const next = new Map<string, Talker>();
  for (const one of waiting) if (next.size < mostAtOnce && !next.has(one.conversation)) next.set(one.conversation, one);
  return [...next.values()];
}
