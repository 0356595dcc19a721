// The slots of the pace in memory and on both databases: one row for all instances, each slot given once.
import { createLocalSlots } from '../../bot/services/slots';
import type { SendSlots } from '../../bot/services/portsPace';
import { createSendSlots } from '../../bot/storage/sendSlots';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';

const perSecond = 50;

describe.each(['embedded', 'server', 'memory'] as const)('the slots of the pace (%s)', (kind) => {
  let opened: TestDatabase | undefined;
  let tenants = 0;
  /** As many instances of one tenant as are asked for. */
  let instances: (count: number) => readonly SendSlots[];
  /** The last refusal of the tenant was so long ago. */
  let ago: (ms: number) => Promise<void>;

  beforeAll(async () => {
    if (kind !== 'memory') opened = await openTestDatabase(kind);
  }, 120_000);
  afterAll(async () => opened?.remove());
  beforeEach(() => {
    tenants += 1;
    const tenant = `tenant-${tenants}`;
    if (opened === undefined) {
      let movedMs = 0;
      const one = createLocalSlots(perSecond, { nowMs: () => Date.now() + movedMs });
      instances = (count) => Array.from({ length: count }, () => one);
      ago = async (ms) => void (movedMs += ms);
      return;
    }
    const { db } = opened;
    instances = (count) => Array.from({ length: count }, () => createSendSlots(db, tenant, perSecond));
    ago = async (ms) =>
      void (await db.query('update send_pace set slowed_at_ms = slowed_at_ms - $2::float8 where tenant = $1', [
        tenant,
        ms,
      ]));
  });
  const one = (): SendSlots => {
    const [slots] = instances(1);
    if (slots === undefined) throw new Error('no slots in this test');
    return slots;
  };

  test('gives slots that follow each other, from now on', async () => {
    const slots = one();
    const first = await slots.take(3);
    const second = await slots.take(1);
    expect(first.everyMs).toBeCloseTo(20, 3);
    expect(first.firstAtMs).toBeGreaterThanOrEqual(first.nowMs - 0.01);
    expect(first.firstAtMs).toBeLessThan(first.nowMs + 1);
    expect(second.firstAtMs).toBeCloseTo(Math.max(first.firstAtMs + 60, second.nowMs), 1);
  });

  test('gives each slot to one instance alone', async () => {
    const all = instances(3);
    const taken = await Promise.all(Array.from({ length: 30 }, async (_, at) => all[at % 3]?.take(4)));
    const moments = taken
      .flatMap((lot) => (lot ? Array.from({ length: 4 }, (_, at) => lot.firstAtMs + at * lot.everyMs) : []))
      .sort((a, b) => a - b);
    expect(moments).toHaveLength(120);
    const gaps = moments.slice(1).map((moment, at) => moment - (moments[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(19.9);
  });

  test('halves for all instances after a refusal, once for those of the same moment, and comes back', async () => {
    const [left, right] = instances(2);
    if (left === undefined || right === undefined) throw new Error('no slots in this test');
    await left.take(1);
    await Promise.all([left.slowDown(), right.slowDown(), left.slowDown()]);
    const slow = (await right.take(1)).everyMs;
    // Part of the rate is back by the time of the next statement.
    expect(slow).toBeLessThanOrEqual(40);
    expect(slow).toBeGreaterThan(33);
    await ago(1000);
    expect((await left.take(1)).everyMs).toBeLessThan(33);
    await ago(4000);
    expect((await left.take(1)).everyMs).toBeLessThan(20 / 0.95);
  });

  test('never goes below one message a second', async () => {
    const slots = one();
    await slots.take(1);
    for (let refusal = 0; refusal < 60; refusal += 1) {
      await slots.slowDown();
      await ago(1000);
    }
    await slots.slowDown();
    expect((await slots.take(1)).everyMs).toBeLessThanOrEqual(1000);
    expect((await slots.take(1)).everyMs).toBeGreaterThan(100);
  });

  test('admits one conversation seven times in a second and eight times in two', async () => {
    const slots = one();
    const conversation = `often-${kind}`;
    const { nowMs } = await slots.take(1);
    for (let turn = 0; turn < 7; turn += 1)
      expect(await slots.admit([{ conversation, atMs: nowMs + turn }])).toEqual([]);
    const [eighth] = await slots.admit([{ conversation, atMs: nowMs + 7 }]);
    expect(eighth?.atMs).toBeCloseTo(nowMs + 1100, 1);
    expect(await slots.admit([{ conversation, atMs: nowMs + 1101 }])).toEqual([]);
    const [ninth] = await slots.admit([{ conversation, atMs: nowMs + 1102 }]);
    expect(ninth?.atMs).toBeCloseTo(nowMs + 2100, 1);
  });

  test('admits sixty in half a minute, and forgets what is older than the longest limit', async () => {
    const slots = one();
    const conversation = `long-${kind}`;
    const startMs = 1_000_000;
    for (let turn = 0; turn < 60; turn += 1)
      expect(await slots.admit([{ conversation, atMs: startMs + turn * 400 }])).toEqual([]);
    const [next] = await slots.admit([{ conversation, atMs: startMs + 24_000 }]);
    expect(next?.atMs).toBe(startMs + 30_100);
    expect(await slots.admit([{ conversation, atMs: startMs + 4_000_000 }])).toEqual([]);
    expect(await slots.admit([{ conversation, atMs: startMs + 4_000_100 }])).toEqual([]);
  });

  test('admits the others when one conversation has had enough', async () => {
    const slots = one();
    const often = `one-${kind}`;
    for (let turn = 0; turn < 7; turn += 1) await slots.admit([{ conversation: often, atMs: 5000 }]);
    const refused = await slots.admit([
      { conversation: `two-${kind}`, atMs: 5000 },
      { conversation: often, atMs: 5000 },
      { conversation: `three-${kind}`, atMs: 5000 },
    ]);
    expect(refused.map((one) => one.conversation)).toEqual([often]);
    expect(await slots.admit([])).toEqual([]);
  });
});
