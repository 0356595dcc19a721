// One person's data: found on the board and in the database, taken out when they have left, the rest untouched.
import { createPersonData } from '../../bot/services/personData';
import { createRetention } from '../../bot/services/retention';
import { runPerson } from '../../bot/commands/person';
import type { CommandDeps } from '../../bot/commands';
import { createConversations } from '../../bot/storage/conversations';
import { createOperations } from '../../bot/storage/operations';
import { createLedger } from '../../bot/storage/outbox';
import { createPersonalData } from '../../bot/storage/personalData';
import { createSendPlaces } from '../../bot/storage/sendPlaces';
import { aPerson, aQuietBoard, anAction, anUpdate } from '../fixtures/builders';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';

const boardId = 'northam';
const address = 'ines.carrow@northam.example';
const oid = '12121212-1212-4212-8212-121212121212';
const at = '2025-06-11T09:00:00.000Z';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase('embedded');
}, 120_000);
afterAll(() => opened?.remove(), 60_000);

function board(leavesOn: string | undefined, ownerRef = 'P1') {
  const quiet = aQuietBoard();
  const ines = aPerson({
    ...{ ref: 'P77', name: 'Ines Carrow', email: address, entraObjectId: oid, deputyRefs: [] },
    ...(leavesOn === undefined ? {} : { leavesOn }),
  });
  return {
    ...quiet,
    people: [...quiet.people, ines],
    actions: [
      anAction({ ref: 'A1.01', ownerRef }),
      anAction({ ref: 'A1.02', description: 'Agreed with Ines Carrow.' }),
    ],
    updates: [anUpdate({ byRef: 'P77', subjectRef: 'A1.01' })],
  };
}

async function setUp(leavesOn: string | undefined, ownerRef?: string) {
  const { db } = opened;
  for (const table of ['conversations', 'ledger', 'operations', 'send_times']) await db.query(`delete from ${table}`);
  const conversations = createConversations(db);
  const ledger = createLedger(db);
  const operations = createOperations(db);
  await conversations.keep({
    entraObjectId: oid,
    reference: { user: { name: 'Ines' }, conversation: { id: 'a:ines' } },
  });
  await conversations.keep({ entraObjectId: 'other', reference: { conversation: { id: 'a:other' } } });
  // The pace of a sending is kept by the person's account, as it stands in the list People.
  await createSendPlaces(db, 'tenant').admit([oid.toUpperCase(), 'other']);
  const draft = { boardId, meetingRef: 'M3', step: 'request', subjectRefs: ['A1.01'] } as const;
  await ledger.plan(
    [
      { ...draft, personRef: 'P77' },
      { ...draft, personRef: 'P1' },
    ],
    at,
  );
  for (const entry of await ledger.claim(boardId, 'worker', 9, 60)) {
    await ledger.sending(entry, entry.fence, 'e-mail');
    const detail = `Sent to ${address}.`;
    await ledger.record(entry, entry.fence, { state: 'sent', route: 'e-mail', activityId: 'id-1', detail }, at);
  }
  await operations.begin(boardId, 'op-1', null);
  await operations.finish(boardId, 'op-1', { by: 'P77', title: 'x' });
  await operations.begin(boardId, 'op-2', null);
  await operations.finish(boardId, 'op-2', { by: 'P7', title: 'P770' });
  await operations.begin(boardId, 'op-3', { by: 'P77' });
  const records = createMemoryRecords({ [boardId]: board(leavesOn, ownerRef) });
  const [clock, logger] = [createFixedClock(at), createMemoryLogger()];
  const personal = createPersonalData(db);
  const personData = createPersonData({ records, personal, clock, logger });
  return { conversations, ledger, operations, records, personal, personData, clock, logger };
}

const run = async (it: Awaited<ReturnType<typeof setUp>>, args: Record<string, unknown>) =>
  runPerson({ personData: it.personData } as unknown as CommandDeps, args);

test.each([address, address.toUpperCase(), 'P77', 'ines carrow'])(
  'finds by %s what is held, and changes nothing',
  async (who) => {
    const it = await setUp('2025-05-30');
    const found = await run(it, { find: who });
    expect(found.exitCode).toBe(0);
    expect(found.data).toMatchObject([
      {
        ...{ boardId, personRef: 'P77', database: { conversations: 1, messages: 1, operations: 1 } },
        ...{ rows: { updates: 1 }, named: ['actions A1.02'] },
      },
    ]);
    const dry = await run(it, { forget: who });
    expect(dry.text).toContain('this is a dry run');
    expect(it.records.operations).toHaveLength(0);
    expect(await it.conversations.find(oid)).toBeDefined();
  },
);

test('forgets somebody who has left: row, address, chat; what happened stays under the reference', async () => {
  const it = await setUp('2025-05-30');
  const done = await run(it, { forget: address, carryOut: true });
  expect(done.text).toContain('1 chats forgotten, 1 messages without words and ids now, 1 operations deleted');
  const { people, updates } = await it.records.snapshot(boardId);
  const row = people.find((one) => one.ref === 'P77');
  expect(row).toMatchObject({ name: 'Former member P77', role: 'Former member' });
  expect(JSON.stringify(row)).not.toMatch(/Ines|carrow|1212/i);
  expect(updates[0]?.byRef).toBe('P77');
  expect(await it.conversations.find(oid)).toBeUndefined();
  expect(await it.conversations.find('other')).toBeDefined();
  const entries = await it.ledger.entries(boardId, 'M3');
  expect(entries.find((one) => one.personRef === 'P77')).not.toHaveProperty('detail');
  expect(entries.map((one) => [one.personRef, one.state])).toEqual([
    ['P1', 'sent'],
    ['P77', 'sent'],
  ]);
  expect(entries.find((one) => one.personRef === 'P1')?.detail).toContain('Sent to');
  expect((await it.operations.unfinished(boardId)).map((one) => one.operationId)).toEqual(['op-3']);
  expect(await opened.db.query('select conversation from send_times')).toEqual([{ conversation: 'other' }]);
  const tables = ['conversations', 'send_times'].map((table) => opened.db.query(`select * from ${table}`));
  expect(JSON.stringify(await Promise.all(tables))).not.toMatch(/Ines|carrow@|12121212/i);
  const again = await run(it, { find: 'P77' });
  expect(again.data).toMatchObject([{ name: 'Former member P77', database: { conversations: 0, operations: 0 } }]);
  expect((await run(it, { find: address })).exitCode).toBe(1);
  expect(JSON.stringify(it.logger.lines)).not.toMatch(/Ines|northam\.example/);
});

test.each([
  ['on the board', undefined, 'P1', /they are on the board/],
  ['on the board until tomorrow', '2025-06-12', 'P1', /they are on the board/],
  ['the owner of something open', '2025-05-30', 'P77', /they still own A1\.01/],
])('does not forget who is still %s', async (_what, leavesOn, ownerRef, why) => {
  const it = await setUp(leavesOn, ownerRef);
  const dry = await run(it, { forget: address });
  expect(dry.exitCode).toBe(1);
  expect(dry.text).toMatch(why);
  await expect(run(it, { forget: address, carryOut: true })).rejects.toThrow(why);
  expect(it.records.operations).toHaveLength(0);
  expect(await it.conversations.find(oid)).toBeDefined();
});

test('wants either one or the other', async () => {
  const it = await setUp(undefined);
  await expect(run(it, {})).rejects.toThrow(/either --find or --forget/);
  await expect(run(it, { find: 'P77', forget: 'P77' })).rejects.toThrow(/either/);
});

test('deletes what is older than the settings say, and nothing that is still to be done', async () => {
  const it = await setUp(undefined);
  await it.ledger.plan(
    [{ boardId, meetingRef: 'M2', step: 'request', personRef: 'P9', subjectRefs: [] }],
    '2020-01-01T00:00:00.000Z',
  );
  const retention = (days: number) => createRetention({ ...it, days });
  await retention(400).keep();
  expect(await it.ledger.entries(boardId, 'M3')).toHaveLength(2);
  it.clock.set('2099-01-01T09:00:00.000Z');
  await retention(400).keep();
  expect(await it.ledger.entries(boardId, 'M3')).toEqual([]);
  expect(await it.ledger.entries(boardId, 'M2')).toHaveLength(1);
  expect((await it.operations.unfinished(boardId)).map((one) => one.operationId)).toEqual(['op-3']);
  expect(it.logger.lines.at(-1)).toMatchObject({ event: 'retention.deleted', facts: { operations: 2, rows: 2 } });
});
