// What is resumed, and what is not: work under way here is left alone, and what was never to be written never is.
import { describe, expect, test } from '@jest/globals';
import type { Operations } from '../../bot/services/ports';
import { createUpdateItem, type AnswerRequest } from '../../bot/services/updateItem';
import { createWriteOnce, type Decided, type WriteOncePorts } from '../../bot/services/writeOnce';
import { anAction, aQuietBoard } from '../fixtures/builders';
import {
  createFixedClock,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';

const boardId = 'northam';

function setUp() {
  const records = createMemoryRecords({ [boardId]: aQuietBoard({ actions: [anAction()], updates: [], requests: [] }) });
  const operations = createMemoryOperations();
  const logger = createMemoryLogger();
  const ports = { records, operations, clock: createFixedClock('2025-06-10T09:00:00.000Z'), logger };
  return { ...ports, ports, board: () => records.snapshot(boardId) };
}

const answer = (percentComplete: number, over: Partial<AnswerRequest> = {}): AnswerRequest => ({
  boardId,
  actor: { personRef: 'P1', route: 'chat card' },
  nonce: 'nonce-0001',
  answer: { kind: 'action', ref: 'A1.01', percentComplete, narrative: 'The draft is agreed.' },
  ...over,
});

/** Writes wait until they are let through; `begun` is there once one waits. */
function held(ports: WriteOncePorts) {
  let letThrough = (): void => undefined;
  let begin = (): void => undefined;
  const open = new Promise<void>((resolve) => (letThrough = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const write: WriteOncePorts['records']['write'] = async (operation) => {
    begin();
    await open;
    return ports.records.write(operation);
  };
  return { begun, letThrough: () => letThrough(), ports: { ...ports, records: { ...ports.records, write } } };
}

/** The process ends where it would say that an operation is not to be carried out. */
function endsBeforeAbandoning(operations: Operations): Operations {
  return { ...operations, abandon: () => Promise.reject(new TypeError('the process has ended')) };
}

describe('an answer under way in this instance', () => {
  test('is left alone by resuming, and written once', async () => {
    const { ports, records, operations, board } = setUp();
    const slow = held(ports);
    const updateItem = createUpdateItem(slow.ports);
    const saved = updateItem.answer(answer(70));
    await slow.begun;
    expect(operations.open.size).toBe(1);
    expect(await updateItem.resume(boardId)).toBe(0);
    expect(operations.open.size).toBe(1);
    expect(records.operations).toEqual([]);
    slow.letThrough();
    expect((await saved).kind).toBe('saved');
    expect(await updateItem.resume(boardId)).toBe(0);
    expect(records.operations).toHaveLength(1);
    expect((await board()).updates).toHaveLength(1);
  });

  test('that another instance takes for left behind is written once all the same', async () => {
    const { ports, board } = setUp();
    const slow = held(ports);
    const saved = createUpdateItem(slow.ports).answer(answer(70));
    await slow.begun;
    expect(await createUpdateItem(ports).resume(boardId)).toBe(1);
    slow.letThrough();
    expect((await saved).kind).toBe('saved');
    expect((await board()).updates).toHaveLength(1);
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 70 });
  });

  test('does not keep others from being resumed', async () => {
    const { ports, operations, board } = setUp();
    const left = createUpdateItem({
      ...ports,
      records: { ...ports.records, write: () => Promise.reject(new TypeError('the process has ended')) },
    });
    await expect(left.answer(answer(60, { nonce: 'nonce-left' }))).rejects.toThrow('ended');
    const slow = held(ports);
    // Only the first write of this instance waits.
    let first = true;
    const write: typeof ports.records.write = (operation) => {
      const mine = first;
      first = false;
      return mine ? slow.ports.records.write(operation) : ports.records.write(operation);
    };
    const updateItem = createUpdateItem({ ...ports, records: { ...ports.records, write } });
    const saved = updateItem.answer(answer(70, { nonce: 'nonce-here' }));
    await slow.begun;
    expect(await updateItem.resume(boardId)).toBe(1);
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 60 });
    slow.letThrough();
    // Theirs is merged with what was resumed meanwhile.
    expect((await saved).kind).not.toBe('refused');
    expect(operations.open.size).toBe(0);
  });
});

describe('after the service ended between beginning and giving up', () => {
  test('a refused answer is not written, and is refused again', async () => {
    const { ports, operations, records, board } = setUp();
    const before = await board();
    const ended = createUpdateItem({ ...ports, operations: endsBeforeAbandoning(operations) });
    const wrong = answer(170);
    await expect(ended.answer(wrong)).rejects.toThrow('ended');
    expect(operations.open.size).toBe(1);
    const next = createUpdateItem(ports);
    expect(await next.resume(boardId)).toBe(0);
    expect(operations.open.size).toBe(0);
    expect(records.operations).toEqual([]);
    expect(await board()).toEqual(before);
    expect((await next.answer(wrong)).kind).toBe('refused');
  });

  test('an answer that was to be confirmed is written only when it is', async () => {
    const { ports, operations, records, board } = setUp();
    const named = { kind: 'action', ref: 'A1.01', narrative: 'Two children were seen by the new team.' } as const;
    const ended = createUpdateItem({ ...ports, operations: endsBeforeAbandoning(operations) });
    await expect(ended.answer(answer(70, { answer: named }))).rejects.toThrow('ended');
    // Not resumed yet: the same answer, confirmed now, is what is kept and written.
    const cut = { ...ports.records, write: () => Promise.reject(new TypeError('ended again')) };
    const confirmed = answer(70, { answer: named, confirmedWarnings: true });
    await expect(createUpdateItem({ ...ports, records: cut }).answer(confirmed)).rejects.toThrow('ended again');
    expect(records.operations).toEqual([]);
    expect(await createUpdateItem(ports).resume(boardId)).toBe(1);
    expect((await board()).updates).toMatchObject([{ narrative: 'Two children were seen by the new team.' }]);
  });

  test('an answer that somebody overtook is not written over theirs', async () => {
    const { ports, operations, records, logger, board } = setUp();
    await board();
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 90 });
    const ended = createUpdateItem({ ...ports, operations: endsBeforeAbandoning(operations) });
    await expect(ended.answer(answer(70))).rejects.toThrow('ended');
    expect(operations.open.size).toBe(1);
    expect(await createUpdateItem(ports).resume(boardId)).toBe(0);
    await records.refresh(boardId);
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 90 });
    expect((await board()).updates).toEqual([]);
    expect(operations.open.size).toBe(0);
    expect(logger.lines.at(-1)).toMatchObject({ level: 'warn', facts: { ref: 'A1.01' } });
  });

  test('a task of any kind that was not taken leaves nothing', async () => {
    const { ports, operations, records } = setUp();
    type Said = 'yes' | 'no';
    const kind = { kind: 'test', isResult: (one: unknown): one is Said => one === 'yes', facts: () => ({}) };
    const decide = (): Decided<Said> => ({ kind: 'not', result: 'no' });
    const task = { boardId, name: 'one', turn: 'turn', decide };
    const ended = createWriteOnce<Said>({ ...ports, operations: endsBeforeAbandoning(operations) }, kind);
    await expect(ended.run(task)).rejects.toThrow('ended');
    const next = createWriteOnce<Said>(ports, kind);
    expect(await next.resume(boardId)).toBe(0);
    expect(operations.open.size).toBe(0);
    expect(records.operations).toEqual([]);
    expect(await next.run(task)).toBe('no');
  });
});
