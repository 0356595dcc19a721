// A person who leaves takes many rows with them: finished or refused, never half, wherever the service ends. On the real
// adapters over the local Microsoft 365.
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cycleDeputies } from '../../bot/board/cycleDeputies';
import type { BoardSnapshot } from '../../bot/board/model';
import { ownedItems } from '../../bot/board/manageOwned';
import type { Ledger, Operations } from '../../bot/services/ports';
import { startService } from '../fixtures/cutService';
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createMemoryOperations } from '../fixtures/memoryPorts';
import { editByHand } from '../fixtures/siteEditing';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(180_000);

let board: LocalBoard;
let operations: Operations;
let ledger: Ledger;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());
beforeEach(() => {
  operations = createMemoryOperations();
  ledger = createMemoryLedger();
});

/** Each of the secretary's decisions has a moment of its own, as it has where the clock runs. */
let minutes = 0;
const clock = { now: () => new Date(Date.parse('2025-01-06T09:00:00.000Z') + minutes * 60_000) };
const start = (passes?: () => boolean) => startService({ ...board, clock }, { operations, ledger }, passes);

const actor = { personRef: 'P15', route: 'chat card' } as const;
let turn = 0;

/** Everything goes from the one to the other, and back the next time. */
function leave(service: ReturnType<typeof start>, from: string, to: string) {
  minutes += 1;
  return service.manageItems.leave({
    boardId: localBoardId,
    actor,
    nonce: `leaving-${turn}`,
    leaving: { personRef: from, lastDayOn: '2025-12-31', toRef: to },
    named: [],
    takeOverNow: true,
  });
}

const openOf = (now: BoardSnapshot, person: string): readonly string[] =>
  ownedItems(now)
    .filter((one) => one.open && one.ownerRef === person)
    .map((one) => one.ref);

describe('a person who leaves', () => {
  test.each([0, 3, 12, 33])('is gone from every row after the service ended behind write %i', async (passing) => {
    turn += 1;
    const [from, to] = turn % 2 === 1 ? (['P08', 'P07'] as const) : (['P07', 'P08'] as const);
    const before = await start().records.refresh(localBoardId);
    const theirs = openOf(before, from);
    expect(theirs.length).toBeGreaterThan(2);
    let left = passing;
    await expect(
      leave(
        start(() => (left -= 1) >= 0),
        from,
        to,
      ),
    ).rejects.toThrow('ended');
    expect(await start().manageItems.resume(localBoardId)).toBe(1);
    const after = await start().records.refresh(localBoardId);
    expect(openOf(after, from)).toEqual([]);
    expect([...openOf(after, to)].sort()).toEqual([...new Set([...theirs, ...openOf(before, to)])].sort());
    const rows = after.updates.filter((one) => !before.updates.some((known) => known.key === one.key));
    expect(
      rows
        .filter((one) => Object.hasOwn(one.after, 'ownerRef'))
        .map((one) => one.subjectRef)
        .sort(),
    ).toEqual([...theirs].sort());
    // The same press again is the recorded answer.
    expect((await leave(start(), from, to)).kind).toBe('done');
    expect((await start().records.refresh(localBoardId)).updates).toHaveLength(after.updates.length);
    expect(await operations.unfinished(localBoardId)).toEqual([]);
  });

  test('is refused whole when somebody changed one of the rows meanwhile, and done by the same press again', async () => {
    turn += 1;
    const [from, to] = turn % 2 === 1 ? (['P08', 'P07'] as const) : (['P07', 'P08'] as const);
    const before = await start().records.refresh(localBoardId);
    let left = 3;
    await expect(
      leave(
        start(() => (left -= 1) >= 0),
        from,
        to,
      ),
    ).rejects.toThrow('ended');
    const last = before.actions.filter((one) => openOf(before, from).includes(one.ref)).at(-1);
    await editByHand(board.local.url, 'Actions', last ?? {}, 'P15', { Description: 'Written by hand since' });
    expect(await start().manageItems.resume(localBoardId)).toBe(0);
    const between = await start().records.refresh(localBoardId);
    expect(openOf(between, from)).toEqual(openOf(before, from));
    expect((await leave(start(), from, to)).kind).toBe('done');
    const after = await start().records.refresh(localBoardId);
    expect(openOf(after, from)).toEqual([]);
    expect(after.actions.find((one) => one.ref === last?.ref)?.description).toBe('Written by hand since');
  });

  test.each([4])(
    'is back whole with who answered for them, after the service ended behind write %i of taking it back',
    async (passing) => {
      // They have everything again afterwards, so that the next one goes the same way.
      turn += 2;
      const service = start();
      const before = await service.records.refresh(localBoardId);
      const [from, to] = openOf(before, 'P08').length > 0 ? (['P08', 'P07'] as const) : (['P07', 'P08'] as const);
      const [ref = ''] = openOf(before, from);
      await service.acts.delegate.delegate({
        ...{ boardId: localBoardId, actor: { ...actor, personRef: from }, nonce: `let-${turn}`, ref, toRef: 'P10' },
      });
      const deputies = async () =>
        cycleDeputies(await start().records.refresh(localBoardId), clock.now().toISOString()).get(ref)?.deputyRef;
      expect((await leave(service, from, to)).kind).toBe('done');
      expect(await deputies()).toBeUndefined();
      minutes += 1;
      let left = passing;
      const back = (one: ReturnType<typeof start>) =>
        one.manageItems.takeBack({ boardId: localBoardId, actor }).then(
          (result) => result.kind,
          () => 'ended',
        );
      expect(await back(start(() => (left -= 1) >= 0))).toBe('ended');
      expect(await start().manageItems.resume(localBoardId)).toBe(1);
      const after = await start().records.refresh(localBoardId);
      expect(openOf(after, from)).toEqual(openOf(before, from));
      expect(openOf(after, to)).toEqual(openOf(before, to));
      expect(await deputies()).toBe('P10');
      expect(after.people.find((one) => one.ref === from)?.leavesOn).toBeUndefined();
      expect(after.people.map((one) => one.deputyRefs)).toEqual(before.people.map((one) => one.deputyRefs));
      expect(after.findings.filter((one) => one.ref.startsWith('left'))).toEqual([]);
      expect(await back(start())).toBe('refused');
      expect(await operations.unfinished(localBoardId)).toEqual([]);
    },
  );
});

test('an action whose ref another instance took meanwhile gets the next one', async () => {
  const [one, other] = [start(), start()];
  await one.records.refresh(localBoardId);
  const add = (service: ReturnType<typeof start>, title: string) =>
    service.manageItems.addItem({
      boardId: localBoardId,
      actor,
      nonce: `nonce of ${title}`,
      item: { kind: 'action', areaRef: 'AFI5', title },
    });
  const results = await Promise.all([add(one, 'The first'), add(other, 'The second')]);
  expect(results.map((result) => result.kind)).toEqual(['done', 'done']);
  const added = (await start().records.refresh(localBoardId)).actions.filter((row) =>
    /^The (first|second)$/.test(row.title),
  );
  expect(new Set(added.map((row) => row.ref)).size).toBe(2);
});

test('a pause made by one instance holds in another, and ends there too', async () => {
  const [one, other] = [start(), start()];
  const asked = { boardId: localBoardId, actor };
  expect((await one.pauseSending.pause({ ...asked, nonce: 'pause-1234', why: 'Between two secretaries' })).kind).toBe(
    'done',
  );
  const seen = await other.records.refresh(localBoardId);
  expect(seen.running?.sending?.pause?.why).toBe('Between two secretaries');
  expect(seen.findings.filter((finding) => finding.ref.startsWith('sending'))).toEqual([]);
  expect((await other.pauseSending.resume({ ...asked, nonce: 'resume-1234' })).kind).toBe('done');
  expect((await one.records.refresh(localBoardId)).running?.sending?.pause).toBeUndefined();
});

test('a planned hand-over is kept in SharePoint, and nothing of ours is a finding there', async () => {
  const service = start();
  const moves = [{ kind: 'action', ref: 'AFI1.01', toRef: 'P17' }] as const;
  const planned = await service.manageItems.handOver({
    boardId: localBoardId,
    actor,
    nonce: 'planned-1234',
    moves,
    fromOn: '2026-02-02',
  });
  expect(planned.kind).toBe('done');
  const seen = await start().records.refresh(localBoardId);
  expect(seen.running?.planned).toMatchObject([{ fromOn: '2026-02-02', moves: [moves[0]] }]);
  expect(seen.findings.filter((finding) => finding.ref.startsWith('planned'))).toEqual([]);
});
