// How fast messages leave: never more in any second than the limit, each on a place that has rested, slower when asked.
import { createPace } from '../../bot/services/pace';
import type { RealTime } from '../../bot/services/portsPace';
import type { SendPlaces } from '../../bot/services/portsPace';
import { createLocalPlaces } from '../../bot/services/places';
import { createTestTime } from '../fixtures/memoryDelivery';

/** The moments at which `count` messages leave, each to another conversation, asked for one after the other. */
async function leave(pace: ReturnType<typeof createPace>, time: RealTime, count: number): Promise<number[]> {
  const moments: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    await (await pace.turn(`to-${moments.length}-${time.nowMs()}`)).leave();
    moments.push(time.nowMs());
  }
  return moments;
}

function mostInAnySecond(moments: readonly number[]): number {
  return Math.max(...moments.map((from) => moments.filter((one) => one >= from && one < from + 1000).length));
}

function paceOf(time: RealTime): ReturnType<typeof createPace> {
  return createPace(createLocalPlaces(undefined, time), time);
}

/** Time that only the test moves; who waits is woken in the order of the moments. */
function createManualTime() {
  let nowMs = 0;
  let sleepers: { readonly atMs: number; wake(): void }[] = [];
  return {
    nowMs: () => nowMs,
    wait: async (ms: number) =>
      new Promise<void>((resolve) => sleepers.push({ atMs: nowMs + ms, wake: () => resolve() })),
    /** Lets everything up to `untilMs` happen; with `lateMs` whoever wakes first in it does so late. */
    async runTo(untilMs: number, lateMs = 0): Promise<void> {
      let late = lateMs;
      for (;;) {
        for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
        const [next] = sleepers.filter((one) => one.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        sleepers = sleepers.filter((one) => one !== next);
        nowMs = Math.max(nowMs, next.atMs + late);
        late = 0;
        next.wake();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}

describe('places that another instance holds', () => {
  /** Another sends without end; a message of ours comes after three seconds: how long it waits for a place. */
  async function waits(expected: boolean): Promise<number> {
    const time = createManualTime();
    const places = createLocalPlaces(undefined, time);
    void leave(createPace(places, time), time, 500);
    await time.runTo(500);
    const pace = createPace(places, time);
    if (expected) pace.getReady(3000);
    await time.runTo(3500);
    let leftMs: number | undefined;
    void pace.turn('one').then(async (departure) => {
      await departure.leave();
      leftMs = time.nowMs();
    });
    await time.runTo(8000);
    return (leftMs ?? Infinity) - 3500;
  }

  test('are waited for by the first message, and in hand where messages were expected', async () => {
    expect(await waits(false)).toBeGreaterThan(1000);
    expect(await waits(true)).toBeLessThan(100);
  });
});

describe('the pace of sending', () => {
  test('lets the first message leave at once', async () => {
    const time = createTestTime();
    const startMs = time.nowMs();
    await leave(paceOf(time), time, 1);
    expect(time.nowMs()).toBe(startMs);
  });

  test('lets no window of a second hold more than the limit, and uses nearly all of it', async () => {
    const time = createTestTime();
    const moments = await leave(paceOf(time), time, 500);
    expect(mostInAnySecond(moments)).toBeLessThanOrEqual(50);
    const seconds = ((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / 1000;
    expect(499 / seconds).toBeGreaterThanOrEqual(49);
  });

  test('lets a place rest longer after a late answer, by no more than a tenth of a second', async () => {
    const time = createTestTime();
    const pace = createPace(createLocalPlaces(1, time), time);
    const moments: number[] = [];
    for (const answerMs of [40, 100, 900, 40]) {
      const departure = await pace.turn(`to-${moments.length}`);
      departure.answered();
      await departure.leave();
      moments.push(time.nowMs());
      await time.wait(answerMs);
      departure.answered();
    }
    const rests = moments.slice(1).map((one, at) => Math.round(one - (moments[at] ?? 0)));
    expect(rests).toEqual([1010, 1070, 1110]);
  });

  test('saves nothing up while nothing is sent', async () => {
    const time = createTestTime();
    const pace = paceOf(time);
    await leave(pace, time, 1);
    await time.wait(60_000);
    expect(mostInAnySecond(await leave(pace, time, 200))).toBeLessThanOrEqual(50);
  });

  test('gives turns to as many as are needed for one to be ready at every place, and leaves at an even distance', async () => {
    const time = createManualTime();
    const pace = paceOf(time);
    const departures: number[] = [];
    let turned = 0;
    let mostAhead = 0;
    const sending = Array.from({ length: 40 }, async (_, at) => {
      const departure = await pace.turn(`to-${at}`);
      turned += 1;
      mostAhead = Math.max(mostAhead, turned - departures.length);
      await time.wait(30);
      await departure.leave();
      departures.push(time.nowMs());
    });
    await time.runTo(5000);
    await Promise.all(sending);
    const gaps = departures.slice(1).map((one, at) => one - (departures[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(15);
    expect(Math.max(...gaps)).toBeLessThan(25);
    expect(mostAhead).toBeLessThanOrEqual(6);
  });

  test('is at the full pace where noting takes long and now and then very long', async () => {
    const time = createManualTime();
    const pace = paceOf(time);
    const departures: number[] = [];
    const sending = Array.from({ length: 32 }, async (_, lane) => {
      for (let number = 0; number < 20; number += 1) {
        const departure = await pace.turn(`to-${lane}-${number}`);
        await time.wait(number % 7 === 3 ? 180 : 60);
        await departure.leave();
        departures.push(time.nowMs());
      }
    });
    await time.runTo(30_000);
    await Promise.all(sending);
    const steady = departures.filter((one) => one >= 1000);
    expect(((steady.length - 1) * 1000) / ((steady.at(-1) ?? 0) - (steady[0] ?? 0))).toBeGreaterThan(49);
    expect(mostInAnySecond(departures)).toBeLessThanOrEqual(50);
  });

  test('asks once for the conversations of all who wait, in small lots', async () => {
    const asked: number[] = [];
    const time = createManualTime();
    const places = createLocalPlaces(undefined, time);
    const counting: SendPlaces = { ...places, admit: async (all) => (asked.push(all.length), places.admit(all)) };
    const pace = createPace(counting, time);
    const sending = Array.from({ length: 30 }, async (_, at) => (await pace.turn(`to-${at}`)).leave());
    await time.runTo(2000);
    await Promise.all(sending);
    expect(asked.reduce((sum, one) => sum + one, 0)).toBe(30);
    expect(Math.max(...asked)).toBe(16);
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  test('loses nothing when the process stands still, and does not send what is late all at once', async () => {
    const time = createManualTime();
    const pace = paceOf(time);
    const departures: number[] = [];
    const sending = Array.from({ length: 200 }, async (_, at) => {
      await (await pace.turn(`to-${at}`)).leave();
      departures.push(time.nowMs());
    });
    for (let second = 0; second < 6; second += 1) await time.runTo(second * 1000, 200);
    await time.runTo(10_000);
    await Promise.all(sending);
    expect(departures).toHaveLength(200);
    expect(mostInAnySecond(departures)).toBeLessThanOrEqual(50);
    const gaps = departures.slice(1).map((one, at) => one - (departures[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(14);
    // 200 messages take 3.98 seconds; standing still five times for a fifth of one costs less than half of that time.
    expect(departures.at(-1)).toBeLessThan(4480);
  });

  test('goes on when messages that had their turn never leave', async () => {
    const time = createManualTime();
    const pace = paceOf(time);
    const turns = Array.from({ length: 12 }, async (_, at) => pace.turn(`to-${at}`));
    await time.runTo(1500);
    const left: number[] = [];
    const last = pace.turn('last').then(async (departure) => departure.leave().then(() => left.push(time.nowMs())));
    await time.runTo(20_000);
    await Promise.all([...turns, last]);
    expect(left).toHaveLength(1);
    expect(left[0]).toBeLessThan(10_000);
  });

  test('sends on a machine that is always late, too', async () => {
    const time = createTestTime();
    const late: RealTime = { nowMs: time.nowMs, wait: async (ms) => time.wait(ms + 70) };
    const startMs = time.nowMs();
    await leave(paceOf(late), late, 20);
    expect(time.nowMs() - startMs).toBeLessThan(20 * 1000);
  });

  test('goes on nearly as fast after one refusal that stands alone', async () => {
    const time = createTestTime();
    const pace = paceOf(time);
    await leave(pace, time, 50);
    await pace.slowDown();
    const startMs = time.nowMs();
    const moments = await leave(pace, time, 200);
    const within = moments.filter((one) => one - startMs < 1000).length;
    expect(within).toBeGreaterThanOrEqual(43);
    expect(within).toBeLessThanOrEqual(50);
  });

  test('halves when refusals go on, and is back above 95 percent within five seconds', async () => {
    const time = createTestTime();
    const pace = paceOf(time);
    await leave(pace, time, 50);
    await pace.slowDown();
    await leave(pace, time, 50);
    await pace.slowDown();
    const startMs = time.nowMs();
    const moments = await leave(pace, time, 300);
    const within = (fromMs: number, toMs: number): number =>
      moments.filter((one) => one - startMs >= fromMs && one - startMs < toMs).length;
    expect(within(0, 1000)).toBeLessThanOrEqual(32);
    expect(within(5000, 6000)).toBeGreaterThanOrEqual(47);
  });

  test('counts refusals of the same moment once, and never stops altogether', async () => {
    const time = createTestTime();
    const pace = paceOf(time);
    for (let refusal = 0; refusal < 12; refusal += 1) await pace.slowDown();
    const startMs = time.nowMs();
    await leave(pace, time, 11);
    expect(time.nowMs() - startMs).toBeLessThan(500);
    for (let refusal = 0; refusal < 30; refusal += 1) {
      await time.wait(1000);
      await pace.slowDown();
    }
    await leave(pace, time, 1);
    const slowestMs = time.nowMs();
    await leave(pace, time, 1);
    expect(time.nowMs() - slowestMs).toBeLessThanOrEqual(1000);
  });

  test('keeps to the limits of one conversation, and does not hold up the others', async () => {
    const time = createManualTime();
    const pace = paceOf(time);
    const departures: { readonly to: string; readonly atMs: number }[] = [];
    const send = async (to: string): Promise<void> => {
      await (await pace.turn(to)).leave();
      departures.push({ to, atMs: time.nowMs() });
    };
    const sending = [...Array.from({ length: 20 }, () => send('often')), ...['a', 'b', 'c'].map(send)];
    await time.runTo(20_000);
    await Promise.all(sending);
    const often = departures.filter((one) => one.to === 'often').map((one) => one.atMs);
    expect(often).toHaveLength(20);
    expect(mostInAnySecond(often)).toBeLessThanOrEqual(7);
    expect(
      Math.max(...often.map((from) => often.filter((one) => one >= from && one < from + 2000).length)),
    ).toBeLessThanOrEqual(8);
    expect(Math.max(...departures.filter((one) => one.to !== 'often').map((one) => one.atMs))).toBeLessThan(100);
  });

  test('tells every message that waits when nobody answers, and asks again for the next', async () => {
    const time = createTestTime();
    const places = createLocalPlaces(undefined, time);
    let fails = true;
    const gone = async (): Promise<never> => Promise.reject(new TypeError('the database is gone'));
    const broken: SendPlaces = {
      ...places,
      admit: async (all) => (fails ? gone() : places.admit(all)),
      hold: async (...asked) => (fails ? gone() : places.hold(...asked)),
    };
    const pace = createPace(broken, time);
    const turns = await Promise.allSettled(['a', 'b'].map((to) => pace.turn(to)));
    expect(turns.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    fails = false;
    const departure = await pace.turn('c');
    fails = true;
    await expect(departure.leave()).rejects.toThrow('the database is gone');
    fails = false;
    await (await pace.turn('d')).leave();
  });

  test('sends on for as long as its places are its own when the database does not answer, and no longer', async () => {
    const time = createManualTime();
    const places = createLocalPlaces(undefined, time);
    let answers = true;
    const failing: SendPlaces = {
      ...places,
      hold: async (...asked) =>
        answers ? places.hold(...asked) : Promise.reject(new TypeError('the database is gone')),
    };
    const pace = createPace(failing, time);
    const departures: number[] = [];
    const sending = Array.from({ length: 300 }, async (_, at) => {
      await (await pace.turn(`to-${at}`)).leave();
      departures.push(time.nowMs());
    });
    const ends = Promise.allSettled(sending);
    await time.runTo(1000);
    answers = false;
    await time.runTo(8000);
    expect(departures.at(-1)).toBeGreaterThan(2000);
    expect(departures.at(-1)).toBeLessThan(3100);
    answers = true;
    await time.runTo(30_000);
    expect((await ends).filter((one) => one.status === 'rejected').length).toBeGreaterThan(0);
  });

  test('shares the places with other instances, at any time no more in all than the limit, and takes them over', async () => {
    const time = createManualTime();
    const places = createLocalPlaces(undefined, time);
    const departures: { readonly by: number; readonly atMs: number }[] = [];
    const send = async (by: number, count: number): Promise<void> => {
      const pace = createPace(places, time);
      await Promise.all(
        Array.from({ length: count }, async (_, at) => {
          await (await pace.turn(`to-${by}-${at}`)).leave();
          departures.push({ by, atMs: time.nowMs() });
        }),
      );
    };
    const sending = [send(0, 400)];
    await time.runTo(2000);
    sending.push(send(1, 150), send(2, 150));
    await time.runTo(40_000);
    await Promise.all(sending);
    const moments = departures.map((one) => one.atMs);
    expect(departures).toHaveLength(700);
    expect(mostInAnySecond(moments)).toBeLessThanOrEqual(50);
    const of = (by: number, fromMs: number, toMs: number): number =>
      departures.filter((one) => one.by === by && one.atMs >= fromMs && one.atMs < toMs).length;
    for (const by of [0, 1, 2]) expect(of(by, 5000, 8000)).toBeGreaterThanOrEqual(46);
    // When the others are done their places come back.
    expect(moments.at(-1)).toBeLessThan(18_500);
  });
});
