// An adviser who left is forgotten in the lists of the local Microsoft 365, through the real adapters.
import { createPersonData } from '../../bot/services/personData';
import { localBoardId as boardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
}, 120_000);
afterAll(() => board?.close(), 60_000);

test('their row and the addresses of their invitations are anonymised, and what they noted stays', async () => {
  const { records, clock, logger } = board;
  const before = await records.refresh(boardId);
  const adviser = before.people.find((one) => one.ref === 'X01');
  if (adviser?.stamp === undefined || adviser.email === undefined) throw new Error('the sample has no adviser X01');
  const left = {
    kind: 'change',
    record: 'person',
    ref: 'X01',
    ...adviser.stamp,
    changes: { leavesOn: '2024-12-31' },
  } as const;
  expect(await records.write({ boardId, operationId: 'left-1', writes: [left] })).toMatchObject({ kind: 'written' });
  const nothing = { conversations: 0, messages: 0, operations: 0 };
  const personal = {
    count: () => Promise.resolve(nothing),
    forget: () => Promise.resolve(nothing),
    deleteOlder: () => Promise.resolve({ operations: 0, messages: 0 }),
  };
  const personData = createPersonData({ records, personal, clock, logger });
  const found = await personData.find(adviser.email);
  expect(found).toMatchObject([{ personRef: 'X01', name: adviser.name }]);
  expect(Object.keys(found[0]?.rows ?? {})).toEqual(expect.arrayContaining(['invitations', 'adviserNotes']));
  await personData.forget(adviser.email);
  const after = await records.refresh(boardId);
  const row = after.people.find((one) => one.ref === 'X01');
  expect(row).toMatchObject({ name: 'Former member X01', role: 'Former member', body: adviser.body });
  expect(row).not.toHaveProperty('email');
  expect(after.invitations.filter((one) => one.personRef === 'X01' && one.sentTo !== undefined)).toEqual([]);
  const kept = (one: typeof before) =>
    [one.invitations.filter((row) => row.personRef === 'X01'), one.adviserNotes].map((rows) => rows.length);
  expect(kept(after)).toEqual(kept(before));
  expect(Math.min(...kept(after))).toBeGreaterThan(0);
  expect(await personData.find(adviser.email)).toEqual([]);
}, 120_000);
