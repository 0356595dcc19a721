// The places of the pace in memory and on both databases: one row for all instances, no place given to two.
import { createLocalPlaces, createPlaces, holdPlaces, nothingShared, slowed } from '../../bot/services/places';
import { placeRestsMs, placesLeaseMs, type SendPlaces } from '../../bot/services/portsPace';
import { createSendPlaces } from '../../bot/storage/sendPlaces';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';

const count = 50;

describe.each(['embedded', 'server', 'memory'] as const)('the places of the pace (%s)', (kind) => {
  let opened: TestDatabase | undefined;
  let tenants = 0;
  /** As many instances of one tenant as are asked for. */
  let instances: (number: number) => readonly SendPlaces[];
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
      const one = createLocalPlaces(count, { nowMs: () => Date.now() + movedMs });
      instances = (number) => Array.from({ length: number }, () => one);
      ago = async (ms) => void (movedMs += ms);
      return;
    }
    const { db } = opened;
    instances = (number) => Array.from({ length: number }, () => createPlaces(createSendPlaces(db, tenant), count));
    ago = async (ms) =>
      void (await db.query('update send_pace set slowed_at_ms = slowed_at_ms - $2::float8 where tenant = $1', [
        tenant,
        ms,
      ]));
  });
  const one = (): SendPlaces => {
    const [places] = instances(1);
    if (places === undefined) throw new Error('no places in this test');
    return places;
  };

  test('gives one instance alone every place, free at once', async () => {
    const held = await one().hold('a', []);
    expect(held.map((each) => each.place).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
    expect(held.every((each) => each.freeInMs === 0)).toBe(true);
  });

  test('gives no place to two, however many ask at once', async () => {
    const all = instances(3);
    const names = ['a', 'b', 'c'];
    const answers = await Promise.all(all.map(async (each, at) => each.hold(names[at] ?? '', [])));
    const given = answers.flat().map((each) => each.place);
    expect(new Set(given).size).toBe(given.length);
    expect(given.length).toBeGreaterThan(0);
  });

  test('splits the places when others come, and hands them over when they have rested', async () => {
    const places = one();
    const first = await places.hold('a', []);
    expect(await places.hold('b', [])).toEqual([]);
    const kept = (await places.hold('a', [])).map((each) => each.place);
    expect(kept).toHaveLength(count / 2);
    // Not given back yet: it may still be in use.
    expect(await places.hold('b', [])).toEqual([]);
    const back = first.map((each) => each.place).filter((place) => !kept.includes(place));
    expect(await places.hold('a', back)).toHaveLength(count / 2);
    const taken = await places.hold('b', []);
    expect(taken.map((each) => each.place).sort((a, b) => a - b)).toEqual(back.sort((a, b) => a - b));
    expect(Math.min(...taken.map((each) => each.freeInMs))).toBeGreaterThan(placeRestsMs / 4);
    expect(Math.max(...taken.map((each) => each.freeInMs))).toBeLessThanOrEqual(placeRestsMs);
  });

  test('leaves the places of who has nothing to send to the others, when they have rested', async () => {
    const places = one();
    await places.hold('a', []);
    expect(await places.hold('b', [])).toEqual([]);
    await places.leave('a');
    const taken = await places.hold('b', []);
    expect(taken).toHaveLength(count);
    expect(Math.max(...taken.map((each) => each.freeInMs))).toBeLessThanOrEqual(placeRestsMs);
  });

  test('has nine tenths of the places in play after a refusal that stands alone', async () => {
    const places = one();
    await places.hold('a', []);
    await places.slowDown();
    await places.slowDown();
    const left = (await places.hold('a', [])).length;
    expect(left).toBeGreaterThanOrEqual(count * 0.8);
    expect(left).toBeLessThanOrEqual(count);
  });

  test('has half the places in play after one that follows, counts refusals of the same moment once, and recovers', async () => {
    const places = one();
    await places.hold('a', []);
    await places.slowDown();
    await ago(1000);
    await places.slowDown();
    await places.slowDown();
    const half = (await places.hold('a', [])).length;
    expect(half).toBeGreaterThanOrEqual(count / 2);
    expect(half).toBeLessThan(count * 0.8);
    await ago(10_000);
    expect(await places.hold('a', [])).toHaveLength(count);
  });

  test('never stops altogether', async () => {
    const places = one();
    await places.hold('a', []);
    for (let refusal = 0; refusal < 12; refusal += 1) {
      await ago(1000);
      await places.slowDown();
    }
    expect((await places.hold('a', [])).length).toBeGreaterThanOrEqual(1);
  });

  test('admits seven messages to a conversation at once, then makes it wait', async () => {
    const places = one();
    const conversation = `often-${tenants}`;
    const fromMs = performance.now();
    for (let turn = 0; turn < 7; turn += 1) expect(await places.admit([conversation])).toEqual([]);
    const [eighth] = await places.admit([conversation]);
    expect(eighth?.conversation).toBe(conversation);
    // From the first of them on, however slow the machine was with the others.
    expect(eighth?.inMs).toBeGreaterThan(1990 - (performance.now() - fromMs));
    expect(eighth?.inMs).toBeLessThanOrEqual(2000);
  });

  test('refuses the conversation that had enough, not the others', async () => {
    const places = one();
    const [often, other] = [`often-${tenants}`, `other-${tenants}`];
    for (let turn = 0; turn < 7; turn += 1) await places.admit([often]);
    expect((await places.admit([other, often])).map((each) => each.conversation)).toEqual([often]);
    expect(await places.admit([])).toEqual([]);
  });
});

describe('the sharing of places', () => {
  const start = 1_700_000_000_000;

  test.each([2, 3, 7, 50, 60])(
    'never gives more places than there are to %i instances, and nobody none for ever',
    (number) => {
      const names = Array.from({ length: number }, (_, at) => `i${at}`);
      let sharing = nothingShared();
      const holding = new Map<string, readonly number[]>();
      for (let round = 0; round < 6; round += 1) {
        for (const [at, name] of names.entries()) {
          const before = holding.get(name) ?? [];
          const answer = holdPlaces(sharing, name, [], start + round * 500 + at);
          const held = answer.held.map((each) => each.place);
          const back = before.filter((place) => !held.includes(place));
          sharing = holdPlaces(answer.sharing, name, back, start + round * 500 + at).sharing;
          holding.set(name, held);
        }
      }
      const all = [...holding.values()].flat();
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBe(50);
      const sizes = [...holding.values()].map((one) => one.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    },
  );

  test('frees the places of an instance that died when its lease is over and they have rested', () => {
    const { sharing } = holdPlaces(nothingShared(), 'dead', [], start);
    expect(holdPlaces(sharing, 'b', [], start + placesLeaseMs - 1).held).toEqual([]);
    const { held } = holdPlaces(sharing, 'b', [], start + placesLeaseMs);
    expect(held).toHaveLength(50);
    expect(held[0]?.freeInMs).toBe(placeRestsMs);
  });

  test('is not held up by leases and refusals of a clock that was set back', () => {
    const later = holdPlaces(nothingShared(), 'a', [], start + 3_600_000).sharing;
    const { held } = holdPlaces(slowed(later, start + 3_600_000), 'b', [], start);
    expect(held).toHaveLength(45);
    expect(Math.max(...held.map((each) => each.freeInMs))).toBeLessThanOrEqual(placeRestsMs);
    expect(slowed(slowed(later, start + 3_600_000), start).share).toBe(0.45);
  });
});
