// The unit budget: never above its share in any minute, people first, and what SharePoint asks for obeyed.
import fc from 'fast-check';
import { ThrottledError } from '../../bot/errors';
import { UnitBudget } from '../../bot/sharepoint/unitBudget';
import { UnitMeter } from '../../bot/sharepoint/unitMeter';

/** Time that passes only when everybody waits: the next to wake wakes. */
function fakeTime() {
  let nowMs = 1_000_000;
  const sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
  return {
    now: () => nowMs,
    wait: (ms: number) => new Promise<void>((wake) => sleepers.push({ atMs: nowMs + ms, wake })),
    pass: (ms: number) => (nowMs += ms),
    /** Lets all that can go on go on, then wakes the next sleeper, until nobody sleeps. */
    async run(): Promise<void> {
      for (;;) {
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
        sleepers.sort((one, other) => one.atMs - other.atMs);
        const next = sleepers.shift();
        if (!next) return;
        nowMs = Math.max(nowMs, next.atMs);
        next.wake();
      }
    },
  };
}

function budgetOf(unitsPerMinute: number | undefined, longestWaitMs = 600_000) {
  const time = fakeTime();
  return { time, budget: new UnitBudget(new UnitMeter(), { unitsPerMinute, longestWaitMs }, time) };
}

test('stays under four fifths of the limit in any minute, whatever is asked', async () => {
  const asked = fc.array(
    fc.record({ units: fc.integer({ min: 1, max: 40 }), isUrgent: fc.boolean(), afterMs: fc.nat(9000) }),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  await fc.assert(
    fc.asyncProperty(asked, async (requests) => {
      const { time, budget } = budgetOf(200, Infinity);
      const gone: { readonly atMs: number; readonly units: number }[] = [];
      const all = requests.map(async ({ units, isUrgent, afterMs }) => {
        await time.wait(afterMs);
        await budget.take(units, isUrgent);
        gone.push({ atMs: time.now(), units });
      });
      await time.run();
      await Promise.all(all);
      expect(gone).toHaveLength(requests.length);
      for (const { atMs } of gone) {
        const minute = gone.filter((one) => one.atMs > atMs - 60_000 && one.atMs <= atMs);
        expect(minute.reduce((sum, one) => sum + one.units, 0)).toBeLessThanOrEqual(160);
      }
    }),
    { numRuns: 100 },
  );
});

test('lets a person pass while a reading waits', async () => {
  const { time, budget } = budgetOf(100);
  const order: string[] = [];
  await budget.take(40, false);
  time.pass(10_000);
  await budget.take(30, false);
  const reading = budget.take(30, false).then(() => order.push('reading'));
  const person = budget.take(20, true).then(() => order.push('person'));
  expect(budget.usage()).toMatchObject({ waiting: 2, waitingSinceMs: time.now(), lastMinute: 70, mostPerMinute: 80 });
  await time.run();
  await Promise.all([reading, person]);
  expect(order).toEqual(['person', 'reading']);
  expect(budget.usage()).not.toHaveProperty('waitingSinceMs');
});

test('keeps the order of those who wait alike', async () => {
  const { time, budget } = budgetOf(100);
  await budget.take(70, false);
  const order: number[] = [];
  const all = [5, 4, 3].map((units) => budget.take(units, false).then(() => order.push(units)));
  await time.run();
  await Promise.all(all);
  expect(order).toEqual([5, 4, 3]);
});

test('lets one pass that is larger than a whole minute, when the minute is empty', async () => {
  const { time, budget } = budgetOf(100);
  const large = budget.take(300, false);
  await time.run();
  await expect(large).resolves.toBeUndefined();
});

test('holds everybody for the greater of Retry-After and RateLimit-Reset', async () => {
  const { time, budget } = budgetOf(undefined);
  const before = time.now();
  budget.heed(429, new Headers({ 'Retry-After': '7.5', 'RateLimit-Reset': '21' }));
  expect(budget.usage().heldForMs).toBe(21_000);
  const person = budget.take(2, true);
  await time.run();
  await person;
  expect(time.now() - before).toBe(21_000);
});

test('holds readings alone when the service says that little is left', async () => {
  const { time, budget } = budgetOf(1250);
  budget.heed(200, new Headers({ 'RateLimit-Limit': '1250', 'RateLimit-Remaining': '200', 'RateLimit-Reset': '30' }));
  await budget.take(2, true);
  const before = time.now();
  const reading = budget.take(2, false);
  await time.run();
  await reading;
  expect(time.now() - before).toBe(30_000);
});

test('refuses at once, with the time left, who would wait too long', async () => {
  const { budget } = budgetOf(undefined, 100_000);
  budget.heed(503, new Headers({ 'Retry-After': '600' }));
  const refused = budget.take(1, true);
  await expect(refused).rejects.toBeInstanceOf(ThrottledError);
  await expect(refused).rejects.toMatchObject({ retryAfterSeconds: 600 });
  expect(budget.usage().waiting).toBe(0);
});

test('without a limit nobody waits', async () => {
  const { budget } = budgetOf(undefined);
  for (let at = 0; at < 50; at += 1) await budget.take(1000, false);
  expect(budget.usage()).toMatchObject({ total: 50_000, waiting: 0 });
});
