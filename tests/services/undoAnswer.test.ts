// An answer taken back: within its minutes, once, only where nobody wrote since, whatever fails in between.
import { UpstreamError } from '../../bot/errors';
import { standingUpdates } from '../../bot/board/takenBack';
import { createUndoAnswer, type UndoResult } from '../../bot/services/undoAnswer';
import { createUpdateItem, type AnswerRequest, type Receipt } from '../../bot/services/updateItem';
import type { Answer } from '../../bot/board/update';
import { aMilestone, aMitigation, anAction, aQuietBoard, aRequest, aRisk } from '../fixtures/builders';
import {
  createFixedClock,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';

const boardId = 'northam';

function setUp() {
  const records = createMemoryRecords({
    [boardId]: aQuietBoard({
      actions: [anAction({ blocker: { text: 'No room', waitingOnBody: 'Northam ICB', accepted: true } })],
      milestones: [aMilestone()],
      risks: [aRisk()],
      mitigations: [aMitigation()],
      requests: [aRequest(), aRequest({ subjectKind: 'risk', subjectRef: 'R1' })],
      updates: [],
    }),
  });
  const operations = createMemoryOperations();
  const clock = createFixedClock('2025-06-10T09:00:00.000Z');
  const logger = createMemoryLogger();
  const ports = { records, operations, clock, logger };
  const updateItem = createUpdateItem(ports);
  let undoAnswer = createUndoAnswer(ports);
  let nonce = 0;
  const say = async (answer: Answer, over: Partial<AnswerRequest> = {}): Promise<Receipt> => {
    nonce += 1;
    const result = await updateItem.answer({
      boardId,
      actor: { personRef: 'P1', route: 'chat card' },
      nonce: `nonce-${nonce}`,
      answer,
      ...over,
    });
    if (result.kind !== 'saved') throw new TypeError(`not saved: ${JSON.stringify(result)}`);
    return result.receipt;
  };
  const undo = (updateKey: string, personRef = 'P1'): Promise<UndoResult> =>
    undoAnswer.undo({ boardId, actor: { personRef, route: 'chat card' }, updateKey });
  const restart = () => {
    undoAnswer = createUndoAnswer(ports);
    return undoAnswer.resume(boardId);
  };
  return { records, operations, clock, logger, say, undo, restart, board: () => records.snapshot(boardId) };
}

const everything: Answer = {
  kind: 'action',
  ref: 'A1.01',
  deliveryStatus: 'complete',
  forecastOn: '2025-07-01',
  milestonesCompleted: ['A1.01-1'],
  narrative: 'The draft is agreed.',
  effectStatus: 'some-evidence',
  blocker: { text: 'No time', waitingOnBody: 'Northam Council' },
};

describe('taking an answer back', () => {
  test('puts everything back as it was, opens the request and keeps both rows of the history', async () => {
    const { say, undo, board } = setUp();
    const before = await board();
    const { updateKey } = await say(everything);
    const result = await undo(updateKey);
    expect(result).toMatchObject({ kind: 'undone', ref: 'A1.01', kept: [], reopened: true });
    const after = await board();
    const plain = (one: { readonly actions: readonly object[]; readonly milestones: readonly object[] }) =>
      [...one.actions, ...one.milestones].map((row) => ({ ...row, stamp: undefined }));
    expect(plain(after)).toEqual(plain(before));
    expect(after.requests[0]).toMatchObject({ state: 'open', noChange: false });
    expect(after.requests[0]).not.toHaveProperty('answeredOn');
    expect(after.requests[0]).not.toHaveProperty('answeredByRef');
    expect(after.updates.map((one) => one.takesBack)).toEqual([undefined, updateKey]);
    expect(standingUpdates(after)).toEqual([]);
  });

  test('says in words what is as before, without what people wrote', async () => {
    const { say, undo } = setUp();
    const { updateKey } = await say(everything);
    const result = await undo(updateKey);
    expect(result.kind === 'undone' && [...result.restored].sort()).toEqual([
      'Effect: some evidence of effect → too early to say',
      'Forecast: Tuesday 1 July 2025 → none',
      'Milestone A1.01-1: Tuesday 10 June 2025 → open',
      'Percentage: 100 → 60',
      'Status: complete → on track',
      'What is in the way: as before',
      'Who could help: Northam Council → Northam ICB',
    ]);
  });

  test('takes a risk with its mitigations back', async () => {
    const { say, undo, board } = setUp();
    const before = await board();
    const answer: Answer = {
      kind: 'risk',
      ref: 'R1',
      likelihood: 4,
      reason: 'Two posts fell empty again.',
      mitigations: [{ ref: 'R1.1', status: 'complete' }],
    };
    const result = await undo((await say(answer)).updateKey);
    expect(result).toMatchObject({ restored: ['Likelihood: 4 → 2', 'Mitigation R1.1: complete → in progress'] });
    const after = await board();
    expect({ ...after.risks[0], stamp: 0 }).toEqual({ ...before.risks[0], stamp: 0 });
    expect({ ...after.mitigations[0], stamp: 0 }).toEqual({ ...before.mitigations[0], stamp: 0 });
    expect(after.requests[1]).toMatchObject({ state: 'open' });
  });

  test('marks a reading and never deletes it', async () => {
    const { say, undo, board } = setUp();
    const { updateKey } = await say({ kind: 'measure', ref: 'K1', period: '2025-05', value: 71 });
    expect(await undo(updateKey)).toMatchObject({ restored: ['Reading for May 2025: 71 → 65'] });
    const { readings } = await board();
    expect(readings.at(-1)).toMatchObject({ value: 71, withdrawn: true });
    const again = await say({ kind: 'measure', ref: 'K1', period: '2025-05', value: 71 });
    expect(again.changed).toEqual(['Reading for May 2025: 65 revised to 71%']);
  });

  test('of "no change" opens the request again', async () => {
    const { say, undo, board } = setUp();
    const { updateKey } = await say({ kind: 'action', ref: 'A1.01', noChange: true });
    expect((await board()).requests[0]?.state).toBe('answered');
    expect(await undo(updateKey)).toMatchObject({ restored: [], reopened: true });
    expect((await board()).requests[0]?.state).toBe('open');
  });

  test('leaves what somebody changed since, and says who and when', async () => {
    const { say, undo, board, clock } = setUp();
    const { updateKey } = await say({ kind: 'action', ref: 'A1.01', percentComplete: 70, deliveryStatus: 'complete' });
    clock.set('2025-06-10T09:03:00.000Z');
    const secretary = { actor: { personRef: 'P8', route: 'chat card' } } as const;
    await say({ kind: 'action', ref: 'A1.01', percentComplete: 75 }, secretary);
    const result = await undo(updateKey);
    expect(result).toMatchObject({
      restored: ['Status: complete → on track'],
      kept: ['Percentage stays 75: Sam Orchard changed it at 10:03.'],
      reopened: false,
    });
    const { actions, requests } = await board();
    expect(actions[0]).toMatchObject({ percentComplete: 75, deliveryStatus: 'on-track' });
    expect(requests[0]).toMatchObject({ state: 'answered', answeredByRef: 'P8' });
  });

  test('meets an edit in SharePoint that it had not seen', async () => {
    const { say, undo, board, records } = setUp();
    const { updateKey } = await say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    records.editInSharePoint(boardId, 'action', 'A1.01', { deliveryStatus: 'at-risk', percentComplete: 90 });
    await say({ kind: 'risk', ref: 'R1', noChange: true });
    expect(await undo(updateKey)).toMatchObject({
      kept: ['Percentage stays 90: it was changed in SharePoint since.'],
      reopened: true,
    });
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 90, deliveryStatus: 'at-risk' });
  });

  test('of the second answer leaves the first one standing, and the other way round', async () => {
    const one = setUp();
    await one.say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    const second = await one.say({ kind: 'action', ref: 'A1.01', percentComplete: 80 });
    expect(await one.undo(second.updateKey)).toMatchObject({ restored: ['Percentage: 80 → 70'], reopened: false });
    expect((await one.board()).requests[0]?.state).toBe('answered');
    const other = setUp();
    const first = await other.say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    await other.say({ kind: 'action', ref: 'A1.01', percentComplete: 80 });
    expect(await other.undo(first.updateKey)).toMatchObject({
      restored: [],
      kept: ['Percentage stays 80: Robin Ashdown changed it at 10:00.'],
      reopened: false,
    });
  });

  test('in time makes the answer that came after the deadline the late one it is', async () => {
    const { say, undo, board, clock } = setUp();
    clock.set('2025-06-16T15:58:00.000Z');
    const first = await say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    clock.set('2025-06-16T16:02:00.000Z');
    expect((await say({ kind: 'action', ref: 'A1.01', percentComplete: 80 })).recordedAs).toBe('late');
    await undo(first.updateKey);
    expect((await board()).requests[0]).toMatchObject({ state: 'late', answeredByRef: 'P1' });
  });
});

describe('the button', () => {
  test('pressed one to five times, at once or late, has one effect and one reply', async () => {
    const { say, undo, records, clock, board } = setUp();
    const { updateKey } = await say(everything);
    const first = await Promise.all([undo(updateKey), undo(updateKey), undo(updateKey)]);
    clock.set('2025-06-11T09:00:00.000Z');
    const later = [await undo(updateKey), await undo(updateKey)];
    expect(new Set([...first, ...later].map((one) => JSON.stringify(one))).size).toBe(1);
    expect(records.operations).toHaveLength(2);
    expect((await board()).updates).toHaveLength(2);
  });

  test('works up to the last second and says so after it', async () => {
    const { say, undo, clock, board } = setUp();
    const one = await say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    expect(one.undoUntil).toBe('2025-06-10T09:10:00.000Z');
    clock.set('2025-06-10T09:10:00.001Z');
    expect(await undo(one.updateKey)).toEqual({ kind: 'late', ref: 'A1.01', until: one.undoUntil });
    expect((await board()).actions[0]).toMatchObject({ percentComplete: 70 });
    clock.set('2025-06-10T09:10:00.000Z');
    expect(await undo(one.updateKey)).toMatchObject({ kind: 'undone' });
  });

  test('is for the person who answered alone, whatever their part', async () => {
    const { say, undo, board } = setUp();
    const { updateKey } = await say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    for (const other of ['P2', 'P8', 'P9', 'X1', 'nobody'])
      expect(await undo(updateKey, other)).toEqual({
        kind: 'refused',
        message: 'Only the person who gave an answer may take it back. Nothing was changed.',
      });
    expect((await board()).updates).toHaveLength(1);
  });

  test('of an answer that is not in the history changes nothing', async () => {
    const { undo, records } = setUp();
    expect((await undo('answer-unknown/update')).kind).toBe('refused');
    expect(records.operations).toEqual([]);
  });

  test('from another form after it was taken back says so', async () => {
    const { say, undo, records, clock } = setUp();
    const { updateKey } = await say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    await undo(updateKey);
    clock.set('2025-06-10T09:04:00.000Z');
    // Another instance whose database does not know the first press.
    const operations = createMemoryOperations();
    const other = createUndoAnswer({ records, operations, clock, logger: createMemoryLogger() });
    const result = await other.undo({ boardId, actor: { personRef: 'P1', route: 'chat card' }, updateKey });
    expect(result).toEqual({ kind: 'already', ref: 'A1.01', at: '2025-06-10T09:00:00.000Z' });
  });
});

describe('a failure', () => {
  test.each([
    ['before', 'press', 0],
    ['before', 'start', 1],
    ['after', 'press', 0],
    ['after', 'start', 1],
  ] as const)('%s the writing is finished by the same %s', async (when, how, resumed) => {
    const { say, undo, records, operations, restart, board } = setUp();
    const { updateKey } = await say({ kind: 'action', ref: 'A1.01', percentComplete: 70 });
    records.failNextWrite(new UpstreamError('SharePoint', 'No answer came.'), when);
    await expect(undo(updateKey)).rejects.toThrow('No answer came.');
    expect(how === 'start' ? await restart() : 0).toBe(resumed);
    expect(await undo(updateKey)).toMatchObject({ kind: 'undone', restored: ['Percentage: 70 → 60'] });
    expect((await board()).updates).toHaveLength(2);
    expect(operations.open.size).toBe(0);
  });

  test('leaves no words that people wrote in the log', async () => {
    const { say, undo, logger } = setUp();
    await undo((await say(everything)).updateKey);
    expect(JSON.stringify(logger.lines)).not.toMatch(/agreed|No room|No time/);
    expect(logger.lines.map((one) => one.event)).toEqual(['answer saved', 'undo saved']);
  });
});
