// How fast messages leave: never more in any second than the limit, on their slot or on a later one, slower when asked.
import { createPace } from '../../bot/services/pace';
import type { RealTime } from '../../bot/services/portsPace';
import type { SendSlots } from '../../bot/services/portsPace';
import { createLocalSlots } from '../../bot/services/slots';
import { createTestTime } from '../fixtures/memoryDelivery';

/** The moments at which `count` messages leave, each to another conversation, asked for one after the other. */
async function leave(pace: ReturnType<typeof createPace>, time: RealTime, count: number): Promise<number[]> {
  const moments: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    await (
      await pace.turn(`to-${moments.length}-${time.nowMs()}`)
    )();
    moments.push(time.nowMs());
  }
  return moments;
}

function mostInAnySecond(moments: readonly number[]): number {
  return Math.max(...moments.map((from) => moments.filter((one) => one >= from && one < from + 1000).length));
}

function paceOf(time: RealTime, perSecond?: number): ReturnType<typeof createPace> {
  return createPace(createLocalSlots(perSecond, time), time);
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

describe('the pace of sending', () => {
  test('lets the first message leave at once', async () => {
    const time = createTestTime();
    const startMs = time.nowMs();
    await leave(paceOf(time, 50), time, 1);
    expect(time.nowMs()).toBe(startMs);
  });

  test('lets no window of a second hold more than the limit, and uses nearly all of it', async () => {
    const time = createTestTime();
    const moments = await leave(paceOf(time), time, 500);
    expect(mostInAnySecond(moments)).toBeLessThanOrEqual(50);
    const seconds = ((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / 1000;
    expect(499 / seconds).toBeGreaterThanOrEqual(49);
  });

  test('saves nothing up while nothing is sent', async () => {
    const time = createTestTime();
    const pace = paceOf(time);
    await leave(pace, time, 1);
    await time.wait(60_000);
    expect(mostInAnySecond(await leave(pace, time, 200))).toBeLessThanOrEqual(50);
  });

  test('gives the turn shortly before the slot, and the slot to one message alone', async () => {
    const time = createManualTime();
    const pace = paceOf(time, 50);
    const turns: number[] = [];
    const departures: number[] = [];
    const sending = Array.from({ length: 4 }, async (_, at) => {
      const departure = await pace.turn(`to-${at}`);
      turns.push(time.nowMs());
      await departure();
      departures.push(time.nowMs());
    });
    await time.runTo(1000);
    await Promise.all(sending);
    expect(departures).toEqual([0, 20, 40, 60]);
    expect(turns).toEqual([0, 0, 20, 40]);
  });

  test('gives the turn earlier where noting takes long, so that the slots are not missed', async () => {
    const time = createManualTime();
    const slots = createLocalSlots(50, time);
    let taken = 0;
    const counting: SendSlots = { ...slots, take: async (count) => ((taken += count), slots.take(count)) };
    const pace = createPace(counting, time);
    const send = async (at: number): Promise<void> => {
      const departure = await pace.turn(`to-${at}`);
      await time.wait(60);
      await departure();
    };
    const sending = Array.from({ length: 16 }, async (_, lane) => {
      for (let number = 0; number < 10; number += 1) await send(lane * 10 + number);
    });
    await time.runTo(20_000);
    await Promise.all(sending);
    // The first ones miss theirs, until it is known how long it takes.
    expect(taken).toBeLessThan(160 + 30);
  });

  test('asks once for the slots of all who wait, in small lots', async () => {
    const asked: number[] = [];
    const time = createTestTime();
    const slots = createLocalSlots(50, time);
    const counting: SendSlots = { ...slots, take: async (count) => (asked.push(count), slots.take(count)) };
    const pace = createPace(counting, time);
    await Promise.all(Array.from({ length: 30 }, async (_, at) => pace.turn(`to-${at}`)));
    expect(asked.reduce((sum, one) => sum + one, 0)).toBe(30);
    expect(Math.max(...asked)).toBe(16);
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  test('gives a message that missed its slot another one, so that late ones do not bunch up', async () => {
    const time = createManualTime();
    const pace = paceOf(time, 50);
    const departures: number[] = [];
    const sending = Array.from({ length: 6 }, async (_, at) => {
      await (
        await pace.turn(`to-${at}`)
      )();
      departures.push(time.nowMs());
    });
    // The process stands still for 50 ms when the second message is due.
    await time.runTo(1, 0);
    await time.runTo(1000, 60);
    await Promise.all(sending);
    const gaps = departures.slice(1).map((one, at) => one - (departures[at] ?? 0));
    expect(departures).toHaveLength(6);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20 - 8);
  });

  test('sends on a machine that is always late, too', async () => {
    const time = createTestTime();
    const late: RealTime = { nowMs: time.nowMs, wait: async (ms) => time.wait(ms + 70) };
    const startMs = time.nowMs();
    await leave(paceOf(late, 50), late, 20);
    expect(time.nowMs() - startMs).toBeLessThan(20 * 1000);
  });

  test('halves when the channel asks us to wait, and is back above 95 percent within five seconds', async () => {
    const time = createTestTime();
    const pace = paceOf(time, 50);
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
    const pace = paceOf(time, 50);
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
    const pace = paceOf(time, 50);
    const departures: { readonly to: string; readonly atMs: number }[] = [];
    const send = async (to: string): Promise<void> => {
      await (
        await pace.turn(to)
      )();
      departures.push({ to, atMs: time.nowMs() });
    };
    const sending = [...Array.from({ length: 20 }, () => send('often')), ...['a', 'b', 'c'].map(send)];
    await time.runTo(20_000);
    await Promise.all(sending);
    const often = departures.filter((one) => one.to === 'often').map((one) => one.atMs);
    expect(often).toHaveLength(20);
    expect(mostInAnySecond(often)).toBeLessThanOrEqual(7);
    expect(Math.max(...often.map((from) => often.filter((one) => one >= from && one < from + 2000).length))).toBe(8);
    expect(Math.max(...departures.filter((one) => one.to !== 'often').map((one) => one.atMs))).toBeLessThan(100);
  });

  test('tells every message that waits when the slots cannot be had, and asks again for the next', async () => {
    const time = createTestTime();
    const slots = createLocalSlots(50, time);
    let fails = true;
    const broken: SendSlots = {
      ...slots,
      take: async (count) => (fails ? Promise.reject(new TypeError('the database is gone')) : slots.take(count)),
    };
    const pace = createPace(broken, time);
    const turns = await Promise.allSettled(['a', 'b'].map((to) => pace.turn(to)));
    expect(turns.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    fails = false;
    await expect(pace.turn('c')).resolves.toBeInstanceOf(Function);
  });

  test('goes by the clock of the slots, however far it is from ours', async () => {
    const time = createTestTime();
    const slots = createLocalSlots(50, { nowMs: () => time.nowMs() - 3_600_000 });
    const moments = await leave(createPace(slots, time), time, 60);
    expect(mostInAnySecond(moments)).toBeLessThanOrEqual(50);
    expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeLessThan(1300);
  });
});
