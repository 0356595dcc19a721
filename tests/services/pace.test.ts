// How fast messages leave: never more in any second than the limit, slower when asked, soon back.
import { createPace } from '../../bot/services/pace';
import { createTestTime } from '../fixtures/memoryDelivery';

/** The moments at which `count` messages leave, asked for all at once. */
async function leave(pace: ReturnType<typeof createPace>, time: { nowMs(): number }, count: number): Promise<number[]> {
  const moments: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    await pace.turn();
    moments.push(time.nowMs());
  }
  return moments;
}

function mostInAnySecond(moments: readonly number[]): number {
  return Math.max(...moments.map((from) => moments.filter((one) => one >= from && one < from + 1000).length));
}

describe('the pace of sending', () => {
  test('lets the first message leave at once', async () => {
    const time = createTestTime();
    const startMs = time.nowMs();
    await createPace(50, time).turn();
    expect(time.nowMs()).toBe(startMs);
  });

  test('lets no window of a second hold more than the limit, and uses nearly all of it', async () => {
    const time = createTestTime();
    const moments = await leave(createPace(undefined, time), time, 500);
    expect(mostInAnySecond(moments)).toBeLessThanOrEqual(50);
    const seconds = ((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / 1000;
    expect(499 / seconds).toBeGreaterThanOrEqual(48.9);
  });

  test('saves nothing up while nothing is sent', async () => {
    const time = createTestTime();
    const pace = createPace(50, time);
    await pace.turn();
    await time.wait(60_000);
    expect(mostInAnySecond(await leave(pace, time, 200))).toBeLessThanOrEqual(50);
  });

  test('spaces messages that ask at the same moment', async () => {
    const waits: number[] = [];
    const pace = createPace(50, { nowMs: () => 0, wait: async (ms) => void waits.push(ms) });
    await Promise.all(Array.from({ length: 4 }, async () => pace.turn()));
    expect(waits).toEqual([20, 40, 60]);
  });

  test('halves when the channel asks us to wait, and is back above 95 percent within five seconds', async () => {
    const time = createTestTime();
    const pace = createPace(50, time);
    await leave(pace, time, 50);
    pace.slowDown();
    const startMs = time.nowMs();
    const moments = await leave(pace, time, 300);
    const within = (fromMs: number, toMs: number): number =>
      moments.filter((one) => one - startMs >= fromMs && one - startMs < toMs).length;
    expect(within(0, 1000)).toBeLessThanOrEqual(30);
    expect(within(5000, 6000)).toBeGreaterThanOrEqual(47);
  });

  test('counts refusals of the same moment once, and never stops altogether', async () => {
    const time = createTestTime();
    const pace = createPace(50, time);
    for (let refusal = 0; refusal < 12; refusal += 1) pace.slowDown();
    const startMs = time.nowMs();
    await leave(pace, time, 11);
    expect(time.nowMs() - startMs).toBeLessThan(500);
    for (let refusal = 0; refusal < 30; refusal += 1) {
      await time.wait(1000);
      pace.slowDown();
    }
    await pace.turn();
    const slowestMs = time.nowMs();
    await pace.turn();
    expect(time.nowMs() - slowestMs).toBeLessThanOrEqual(1000);
  });
});
