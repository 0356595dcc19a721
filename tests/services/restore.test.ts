// A copy of the database taken in the middle of a sending, restored into a fresh database and carried on: nobody gets twice.
import { createAfterRestore } from '../../bot/services/afterRestore';
import { createDeliver } from '../../bot/services/deliver';
import { createPace } from '../../bot/services/pace';
import { createPlaces } from '../../bot/services/places';
import type { Messenger } from '../../bot/services/ports';
import { createRunCycle } from '../../bot/services/runCycle';
import { createClaims } from '../../bot/storage/claims';
import { createConversations } from '../../bot/storage/conversations';
import { createOperations } from '../../bot/storage/operations';
import { createLedger } from '../../bot/storage/outbox';
import { createRestored } from '../../bot/storage/restored';
import { createSendPlaces } from '../../bot/storage/sendPlaces';
import type { Database } from '../../bot/storage/sql';
import { aPerson, aQuietBoard, anAction } from '../fixtures/builders';
import { copyOf, openTestDatabase } from '../fixtures/databases';
import { createTestTime } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';

const boardId = 'northam';
const owners = Array.from({ length: 12 }, (_, number) => `P${number + 20}`);
const copyAt = '2025-06-11T09:00:30.000Z';

function board() {
  const quiet = aQuietBoard();
  return {
    ...quiet,
    people: [
      ...quiet.people,
      ...owners.map((ref) => aPerson({ ref, name: ref, entraObjectId: `id-${ref}`, deputyRefs: [], external: false })),
    ],
    actions: owners.map((ownerRef) => anAction({ ref: `A1.${ownerRef}`, ownerRef })),
    measures: [],
    requests: [],
    updates: [],
  };
}

/** One life of the service over a database; the people and SharePoint are the same for all. */
function service(db: Database, world: World, restoredFrom?: string) {
  const { records, clock, logger } = world;
  const operations = createOperations(db);
  const after = createAfterRestore({
    ...{ ledger: createLedger(db), restored: createRestored(db), operations, restoredFrom, logger },
  });
  const { ledger } = after;
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  const time = createTestTime();
  const deliver = createDeliver({
    ...{ records, ledger, clock, logger, time, messenger: world.messenger },
    conversations: createConversations(db),
    cards: ({ personRef, step }) => ({ card: { type: 'AdaptiveCard' }, summary: `${step} ${personRef}` }),
    pace: createPace(createPlaces(createSendPlaces(db, 'tenant')), time),
    claims: createClaims(db),
  });
  return { ledger, runCycle, deliver, settle: () => after.settle([boardId], runCycle) };
}

type World = ReturnType<typeof newWorld>;

function newWorld() {
  const got = new Map<string, number>();
  let during: (sent: number) => Promise<void> = () => Promise.resolve();
  let sent = 0;
  const messenger: Messenger = {
    send: async (_to, { summary }, departure) => {
      await departure?.();
      sent += 1;
      await during(sent);
      got.set(summary, (got.get(summary) ?? 0) + 1);
      return { kind: 'delivered', activityId: `activity-${sent}` };
    },
  };
  return {
    ...{ got, messenger, records: createMemoryRecords({ [boardId]: board() }) },
    ...{ clock: createFixedClock('2025-06-11T09:00:00.000Z'), logger: createMemoryLogger() },
    meanwhile: (act: typeof during) => (during = act),
    twice: () => [...got].filter(([, times]) => times > 1).map(([message]) => message),
  };
}

/** Everybody is reminded; `copied`: when the copy is taken on which the service then carries on. */
async function lost(kind: Database['kind'], copied: 'whilePlanned' | 'whileSending') {
  const world = newWorld();
  const original = await openTestDatabase(kind);
  const conversations = createConversations(original.db);
  for (const ref of owners) await conversations.keep({ entraObjectId: `id-${ref}`, reference: { of: ref } });
  const before = service(original.db, world);
  await before.runCycle.remind(boardId);
  let copying = copied === 'whilePlanned' ? copyOf(original) : undefined;
  await copying;
  world.meanwhile(async (sent) => {
    if (sent < 6) return;
    copying ??= copyOf(original);
    await copying;
  });
  await before.deliver.drain(boardId);
  await original.remove();
  if (copying === undefined) throw new Error('no copy was taken');
  const copy = await copying;
  const states = (await createLedger(copy.db).entries(boardId, 'M4')).map((one) => one.state);
  expect([...world.got.keys()].sort()).toEqual(owners.map((ref) => `reminder ${ref}`));
  world.clock.set('2025-06-11T12:00:00.000Z');
  return { world, copy, states };
}

test.each([
  ['embedded', 'whilePlanned'],
  ['server', 'whileSending'],
] as const)(
  'a copy of the %s database, taken %s, sends nobody again and lists whom it is not sure of',
  async (kind, when) => {
    const { world, copy, states } = await lost(kind, when);
    expect(states).toContain(when === 'whilePlanned' ? 'planned' : 'sending');
    const restored = service(copy.db, world, copyAt);
    // A wake before all is settled sends nothing.
    expect(await restored.deliver.drain(boardId)).toMatchObject({ sent: 0 });
    await restored.settle();
    await restored.runCycle.remind(boardId);
    expect(await restored.deliver.drain(boardId)).toMatchObject({ sent: 0 });
    expect(world.twice()).toEqual([]);
    const unsure = states.filter((state) => state !== 'sent').length;
    const listed = await restored.ledger.uncertain(boardId);
    expect(listed).toHaveLength(unsure);
    expect(listed.filter((one) => !/may have (been sent|arrived)/.test(one.detail ?? ''))).toEqual([]);

    // The next step goes to all; a second start with the setting changes nothing.
    world.clock.set('2025-06-13T09:00:00.000Z');
    const next = service(copy.db, world, copyAt);
    await next.runCycle.remind(boardId);
    await next.settle();
    await next.deliver.drain(boardId);
    const final = [...world.got.keys()].filter((one) => one.startsWith('final-reminder'));
    expect(final).toHaveLength(owners.length);
    expect(world.twice()).toEqual([]);
    await copy.remove();
  },
  180_000,
);

test('without the setting the same copy would send twice', async () => {
  const { world, copy } = await lost('embedded', 'whilePlanned');
  await service(copy.db, world).deliver.drain(boardId);
  expect(world.twice()).toHaveLength(owners.length);
  await copy.remove();
}, 180_000);
