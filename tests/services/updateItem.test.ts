// One answer, however often and whenever it arrives: written once, merged or refused, and finished after a crash.
import type { BoardSnapshot } from '../../bot/board/model';
import { UpstreamError } from '../../bot/errors';
import { createSeenVersions } from '../../bot/services/seenVersions';
import { createUpdateItem, type AnswerRequest, type AnswerResult } from '../../bot/services/updateItem';
import { aMitigation, anAction, anUpdate, aPerson, aQuietBoard, aRequest, aRisk } from '../fixtures/builders';
import {
  createFixedClock,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';

const boardId = 'northam';

function setUp(over: Partial<BoardSnapshot> = {}) {
  const records = createMemoryRecords({
    [boardId]: aQuietBoard({
      actions: [anAction()],
      risks: [aRisk()],
      mitigations: [aMitigation()],
      requests: [aRequest()],
      updates: [],
      ...over,
    }),
  });
  const operations = createMemoryOperations();
  const clock = createFixedClock('2025-06-10T09:00:00.000Z');
  const logger = createMemoryLogger();
  const seen = createSeenVersions();
  const watched = seen.watch(records);
  const updateItem = createUpdateItem({ records: watched, operations, clock, logger, seen });
  const board = () => records.snapshot(boardId);
  return { records, watched, operations, clock, logger, updateItem, board };
}

function request(over: Partial<AnswerRequest> = {}): AnswerRequest {
  return {
    boardId,
    actor: { personRef: 'P1', route: 'chat card' },
    nonce: 'nonce-0001',
    answer: { kind: 'action', ref: 'A1.01', percentComplete: 70, narrative: 'The draft is agreed.' },
    ...over,
  };
}

const changed = (result: AnswerResult) => (result.kind === 'saved' ? result.receipt.changed : result.kind);

describe('an answer', () => {
  test('changes the item, adds the history row and closes the request in one operation', async () => {
    const { updateItem, records, operations, board } = setUp();
    const result = await updateItem.answer(request());
    expect(result).toEqual({
      kind: 'saved',
      receipt: {
        ref: 'A1.01',
        title: 'Publish the standard',
        changed: ['Percentage: 60 → 70', 'What happened'],
        noChange: false,
        savedAt: '2025-06-10T09:00:00.000Z',
        recordedAs: 'answered',
        updateKey: expect.stringMatching(/^answer-[0-9a-f]{40}\/update$/) as unknown,
        undoUntil: '2025-06-10T09:10:00.000Z',
      },
    });
    const after = await board();
    expect(after.actions[0]).toMatchObject({ percentComplete: 70 });
    expect(after.requests[0]).toMatchObject({ state: 'answered', answeredByRef: 'P1', route: 'chat card' });
    expect(after.updates).toHaveLength(1);
    expect(after.updates[0]).toMatchObject({
      byRef: 'P1',
      route: 'chat card',
      narrative: 'The draft is agreed.',
      before: { percentComplete: 60 },
      after: { percentComplete: 70 },
    });
    expect(records.operations).toHaveLength(1);
    expect(operations.open.size).toBe(0);
  });

  test('adds a reading with a key of its own', async () => {
    const { updateItem, board, records } = setUp();
    const answer = { kind: 'measure', ref: 'K1', period: '2025-06', value: 71 } as const;
    await updateItem.answer(request({ answer }));
    expect((await board()).readings.at(-1)).toMatchObject({ period: '2025-06', value: 71, reportedOn: '2025-06-10' });
    const keys = records.operations[0]?.writes.map((one) => (one.kind === 'add' ? one.operationKey.split('/')[1] : ''));
    expect(keys).toEqual(['reading', 'update']);
  });

  test('refused, or with a warning not confirmed, leaves no trace', async () => {
    const { updateItem, records, operations } = setUp();
    const refused = await updateItem.answer(
      request({ answer: { kind: 'action', ref: 'A1.01', percentComplete: 140 } }),
    );
    expect(refused).toEqual({
      kind: 'refused',
      issues: [{ field: 'percentComplete', message: 'The percentage must be a whole number from 0 to 100.' }],
    });
    const answer = { kind: 'action', ref: 'A1.01', narrative: 'We met 3 families on Monday.' } as const;
    const warned = await updateItem.answer(request({ answer }));
    expect(warned.kind).toBe('confirm');
    expect(records.operations).toEqual([]);
    expect(operations.open.size).toBe(0);
    const confirmed = await updateItem.answer(request({ answer, confirmedWarnings: true }));
    expect(confirmed.kind).toBe('saved');
  });

  test('leaves no words that people wrote in the log', async () => {
    const { updateItem, logger } = setUp();
    await updateItem.answer(request());
    await updateItem.answer(request({ answer: { kind: 'action', ref: 'A1.01', percentComplete: 140 } }));
    expect(JSON.stringify(logger.lines)).not.toContain('agreed');
    expect(logger.lines.map((one) => one.event)).toEqual(['answer saved', 'answer not taken']);
  });
});

describe('the same answer', () => {
  test('again gets the recorded receipt, and nothing is written twice', async () => {
    const { updateItem, records, clock, board } = setUp();
    const first = await updateItem.answer(request());
    clock.set('2025-06-11T09:00:00.000Z');
    const again = await updateItem.answer(request({ seenVersion: 'v1' }));
    expect(again).toEqual(first);
    expect(records.operations).toHaveLength(1);
    expect((await board()).updates).toHaveLength(1);
  });

  test('twice at once is one answer', async () => {
    const { updateItem, records } = setUp();
    const [first, second] = await Promise.all([updateItem.answer(request()), updateItem.answer(request())]);
    expect(second).toEqual(first);
    expect(records.operations).toHaveLength(1);
  });

  test('with other inputs, or from another form, is a new answer', async () => {
    const { updateItem, board } = setUp();
    await updateItem.answer(request());
    await updateItem.answer(request({ answer: { kind: 'action', ref: 'A1.01', percentComplete: 75 } }));
    await updateItem.answer(
      request({ nonce: 'nonce-0002', answer: { kind: 'action', ref: 'A1.01', percentComplete: 75 } }),
    );
    const { updates } = await board();
    expect(updates.map((one) => [one.after, one.noChange])).toEqual([
      [{ percentComplete: 70 }, false],
      [{ percentComplete: 75 }, false],
      [{}, true],
    ]);
  });

  test('after its reply was lost is recognised, not written again', async () => {
    const { updateItem, records, board } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'The answer did not arrive.'), 'after');
    await expect(updateItem.answer(request())).rejects.toThrow('The answer did not arrive.');
    const again = await updateItem.answer(request());
    expect(changed(again)).toEqual(['Percentage: 60 → 70', 'What happened']);
    const after = await board();
    expect(after.updates.map((one) => one.before)).toEqual([{ percentComplete: 60 }]);
  });
});

describe('an item that somebody else changed meanwhile', () => {
  test('in another field takes both changes', async () => {
    const { updateItem, records, watched, board } = setUp();
    await watched.snapshot(boardId);
    records.editInSharePoint(boardId, 'action', 'A1.01', { deliveryStatus: 'at-risk' });
    await watched.refresh(boardId);
    const result = await updateItem.answer(request({ seenVersion: 'v1' }));
    expect(result.kind).toBe('saved');
    expect((await board()).actions[0]).toMatchObject({ deliveryStatus: 'at-risk', percentComplete: 70 });
  });

  test('in the same field shows both, and the answer with the new version wins if the person says so', async () => {
    const { updateItem, records, watched, board } = setUp();
    await watched.snapshot(boardId);
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 65 });
    const { actions } = await watched.refresh(boardId);
    const conflict = await updateItem.answer(request({ seenVersion: 'v1' }));
    expect(conflict).toEqual({
      kind: 'conflict',
      ref: 'A1.01',
      changed: [{ field: 'percentComplete', theirs: '65', yours: '70' }],
      currentVersion: actions[0]?.stamp?.version,
    });
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 65 });
    const chosen = await updateItem.answer(request({ seenVersion: actions[0]?.stamp?.version ?? '' }));
    expect(changed(chosen)).toEqual(['Percentage: 65 → 70', 'What happened']);
  });

  test.each([
    ['P2', 'Sam Northfield'],
    ['V1', 'Northam Parent Carer Forum'],
    ['Alex Visitor', 'Alex Visitor'],
    ['P1', 'You'],
  ])('by %s is said to be by %s, with the time', async (byRef, by) => {
    const people = [
      aPerson(),
      aPerson({ ref: 'P2', name: 'Sam Northfield' }),
      aPerson({ ref: 'V1', name: 'Kim Hartley', body: 'Northam Parent Carer Forum', volunteer: true }),
    ];
    const theirs = anUpdate({ byRef, at: '2025-06-09T14:30:00.000Z', after: { percentComplete: 65 } });
    const { updateItem } = setUp({ people, actions: [anAction({ percentComplete: 65 })], updates: [theirs] });
    expect(await updateItem.answer(request({ seenVersion: 'v0' }))).toMatchObject({
      kind: 'conflict',
      changed: [{ field: 'percentComplete', theirs: '65', yours: '70', by, atWords: 'Monday 9 June 2025, 15:30' }],
    });
  });

  test('is not shown to who may not answer', async () => {
    const { updateItem } = setUp({ people: [aPerson(), aPerson({ ref: 'P9' })] });
    const actor = { personRef: 'P9', route: 'tab' } as const;
    expect(await updateItem.answer(request({ actor, seenVersion: 'v0' }))).toMatchObject({
      kind: 'refused',
      issues: [{ field: 'byRef' }],
    });
  });

  test('unknown to the service until it writes is met by reading again and deciding anew', async () => {
    const { updateItem, records, board } = setUp();
    await board();
    records.editInSharePoint(boardId, 'action', 'A1.01', { deliveryStatus: 'at-risk' });
    const merged = await updateItem.answer(request());
    expect(merged.kind).toBe('saved');
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 90 });
    const answer = { kind: 'action', ref: 'A1.01', percentComplete: 80 } as const;
    const conflict = await updateItem.answer(request({ answer }));
    expect(conflict).toMatchObject({ kind: 'conflict', changed: [{ theirs: '90', yours: '80' }] });
    expect((await board()).actions[0]).toMatchObject({ deliveryStatus: 'at-risk', percentComplete: 90 });
  });

  test('before the service was restarted asks the person rather than guess', async () => {
    const { updateItem } = setUp();
    const result = await updateItem.answer(request({ seenVersion: 'v0' }));
    expect(result).toMatchObject({ kind: 'conflict', changed: [{ theirs: '60', yours: '70' }], currentVersion: 'v1' });
  });

  test('loses nothing when many answer at once', async () => {
    const { updateItem, board } = setUp();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        updateItem.answer(
          request({
            nonce: `nonce-${index}`,
            answer: { kind: 'action', ref: 'A1.01', narrative: `News number ${index} of the day.` },
          }),
        ),
      ),
    );
    expect(results.every((one) => one.kind === 'saved')).toBe(true);
    const narratives = (await board()).updates.map((one) => one.narrative);
    expect(new Set(narratives).size).toBe(20);
    expect(narratives).toHaveLength(20);
  });

  test('is answered in turn within the service: of two at once the second sees the first', async () => {
    const { updateItem, board } = setUp();
    const answer = (percentComplete: number) =>
      updateItem.answer(
        request({ nonce: `nonce-${percentComplete}`, answer: { kind: 'action', ref: 'A1.01', percentComplete } }),
      );
    const [first, second] = await Promise.all([answer(70), answer(80)]);
    expect([changed(first), changed(second)]).toEqual([['Percentage: 60 → 70'], ['Percentage: 70 → 80']]);
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 80 });
  });

  test('does not hold up the next answer when one fails', async () => {
    const { updateItem, records } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    const results = await Promise.allSettled([
      updateItem.answer(request()),
      updateItem.answer(request({ nonce: 'nonce-0002' })),
    ]);
    expect(results.map((one) => one.status)).toEqual(['rejected', 'fulfilled']);
  });

  test('again and again gives up with an error that says so, and leaves nothing open', async () => {
    const { records, operations, clock, logger } = setUp();
    const busy = { ...records, write: () => Promise.resolve({ kind: 'conflict' as const, ref: 'A1.01' }) };
    const updateItem = createUpdateItem({ records: busy, operations, clock, logger });
    await expect(updateItem.answer(request())).rejects.toThrow('The item A1.01 changed 8 times while it was written.');
    expect(operations.open.size).toBe(0);
  });
});

describe('after a crash', () => {
  test('an answer that was not written yet is written', async () => {
    const { updateItem, records, operations, board } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    await expect(updateItem.answer(request())).rejects.toThrow('Gone away.');
    expect(operations.open.size).toBe(1);
    await expect(updateItem.resume(boardId)).resolves.toBe(1);
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 70 });
    await expect(updateItem.resume(boardId)).resolves.toBe(0);
    const again = await updateItem.answer(request());
    expect(again).toMatchObject({ kind: 'saved', receipt: { savedAt: '2025-06-10T09:00:00.000Z' } });
  });

  test('an answer that was written is only finished', async () => {
    const { updateItem, records, board } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'after');
    await expect(updateItem.answer(request())).rejects.toThrow('Gone away.');
    await expect(updateItem.resume(boardId)).resolves.toBe(1);
    expect((await board()).updates).toHaveLength(1);
  });

  test('an answer that somebody overtook is given up and said so', async () => {
    const { updateItem, records, operations, logger, board } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    await expect(updateItem.answer(request())).rejects.toThrow('Gone away.');
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 90 });
    await records.refresh(boardId);
    await expect(updateItem.resume(boardId)).resolves.toBe(0);
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 90 });
    expect(operations.open.size).toBe(0);
    expect(logger.lines.at(-1)).toMatchObject({ level: 'warn', facts: { ref: 'A1.01' } });
  });

  test('the same answer again takes up what was prepared', async () => {
    const { updateItem, records, board } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    await expect(updateItem.answer(request())).rejects.toThrow('Gone away.');
    const again = await updateItem.answer(request());
    expect(changed(again)).toEqual(['Percentage: 60 → 70', 'What happened']);
    expect((await board()).updates).toHaveLength(1);
  });

  test('an answer that is still refused stays open and holds up no other', async () => {
    const { updateItem, records, operations, logger, board } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    await expect(updateItem.answer(request())).rejects.toThrow('Gone away.');
    const answer = { kind: 'risk', ref: 'R1', narrative: 'The workshop was held.', noChange: true } as const;
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    await expect(updateItem.answer(request({ answer }))).rejects.toThrow('Gone away.');
    records.failNextWrite(new UpstreamError('SharePoint', 'Not taken.'), 'before');
    await expect(updateItem.resume(boardId)).resolves.toBe(1);
    expect((await board()).updates).toHaveLength(1);
    expect(operations.open.size).toBe(1);
    expect(logger.lines.find((one) => one.level === 'error')?.facts).toMatchObject({ ref: 'A1.01' });
    await expect(updateItem.resume(boardId)).resolves.toBe(1);
    expect(operations.open.size).toBe(0);
  });

  test('what cannot be read, or is not ours, is left or cleared', async () => {
    const { updateItem, operations } = setUp();
    await operations.begin(boardId, 'answer-broken', { operation: null });
    await operations.begin(boardId, 'answer-empty', null);
    await operations.begin(boardId, 'other-work', { operation: null });
    await expect(updateItem.resume(boardId)).resolves.toBe(0);
    expect([...operations.open.keys()]).toEqual(['northam/other-work']);
  });
});

test('a record that was read without its version cannot be written', async () => {
  const { records, operations, clock, logger } = setUp();
  const bare = { ...(await records.snapshot(boardId)), actions: [anAction()] };
  const updateItem = createUpdateItem({
    records: { ...records, snapshot: () => Promise.resolve(bare) },
    operations,
    clock,
    logger,
  });
  await expect(updateItem.answer(request())).rejects.toThrow('The action A1.01 was read without its version.');
});

test('a recorded result that cannot be read is an error, never a receipt', async () => {
  const { records, operations, clock, logger } = setUp();
  const odd = { ...operations, begin: () => Promise.resolve({ state: 'done' as const, recorded: 'nothing' }) };
  const updateItem = createUpdateItem({ records, operations: odd, clock, logger });
  await expect(updateItem.answer(request())).rejects.toThrow('cannot be read');
});

test('what was seen is remembered up to a limit', async () => {
  const { records } = setUp();
  const seen = createSeenVersions(2);
  const watched = seen.watch(records);
  for (const percentComplete of [61, 62, 63]) {
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete });
    await watched.refresh(boardId);
  }
  const find = (percent: number) => seen.find(boardId, (one) => one.actions[0]?.percentComplete === percent);
  expect([find(61), find(62), find(63)].map((one) => one !== undefined)).toEqual([false, true, true]);
  expect(seen.find('other', () => true)).toBeUndefined();
  expect(watched.boardIds()).toEqual([boardId]);
  await expect(watched.write({ boardId, operationId: 'x', writes: [] })).resolves.toMatchObject({ kind: 'written' });
});
