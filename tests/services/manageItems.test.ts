// The secretary's words over records in memory: what is written, asked, told, recorded, and how often.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot, HandOverMove, Leaving } from '../../bot/board/model';
import { ConflictError, UpstreamError } from '../../bot/errors';
import { createRunCycle } from '../../bot/services/runCycle';
import { memoryManaging } from '../fixtures/managing';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import {
  createFixedClock,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const boardId = 'send';
const secretary = { personRef: 'P15', route: 'chat card' } as const;
const nonce = 'nonce-of-a-form';

function office(snapshot: BoardSnapshot = sampleSnapshot(), at = '2025-01-06T09:30:00.000Z') {
  const records = createMemoryRecords({ [boardId]: snapshot });
  const clock = createFixedClock(at);
  const ledger = createMemoryLedger();
  const operations = createMemoryOperations();
  const logger = createMemoryLogger();
  const managing = memoryManaging({ records, clock, ledger, operations, logger });
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  return {
    ...managing,
    records,
    clock,
    runCycle,
    now: () => records.snapshot(boardId),
    action: async (ref: string) => (await records.snapshot(boardId)).actions.find((one) => one.ref === ref),
    notices: async () =>
      (await ledger.entries(boardId, 'B09'))
        .filter((one) => one.step.startsWith('notice:'))
        .map((one) => [one.personRef, one.subjectRefs]),
    handOver: (moves: readonly HandOverMove[], more: { fromOn?: string; nonce?: string; by?: string } = {}) =>
      managing.manageItems.handOver({
        boardId,
        actor: { ...secretary, personRef: more.by ?? 'P15' },
        nonce: more.nonce ?? nonce,
        moves,
        ...(more.fromOn === undefined ? {} : { fromOn: more.fromOn }),
      }),
    leave: (leaving: Leaving, named: readonly HandOverMove[] = [], takeOverNow = false) =>
      managing.manageItems.leave({ boardId, actor: secretary, nonce, leaving, named, takeOverNow }),
  };
}

/** Open in B09 and owned by P10. */
const ref = 'APA1.04';
const toSol: HandOverMove = { kind: 'action', ref, toRef: 'P17' };

describe('handing over', () => {
  test('changes the owner, records it, tells both, and asks the new owner instead', async () => {
    const { handOver, now, action, notices } = office();
    const result = await handOver([toSol]);
    expect(result).toMatchObject({ kind: 'done', receipt: { subjectRef: ref } });
    expect((await action(ref))?.ownerRef).toBe('P17');
    const board = await now();
    const last = board.updates.at(-1);
    expect(last).toMatchObject({
      subjectRef: ref,
      byRef: 'P15',
      before: { ownerRef: 'P10' },
      after: { ownerRef: 'P17' },
    });
    expect(await notices()).toEqual([
      ['P10', [ref]],
      ['P17', [ref]],
    ]);
    const asked = board.requests.filter((one) => one.subjectRef === ref && one.meetingRef === 'B09');
    expect(asked.map((one) => [one.ownerRef, one.state])).toEqual([
      ['P10', 'cancelled'],
      ['P17', 'open'],
    ]);
  });

  test('the same press five times is one hand-over and the same reply', async () => {
    const { handOver, records } = office();
    const replies = await Promise.all(Array.from({ length: 5 }, () => handOver([toSol])));
    expect(new Set(replies.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(records.operations.length).toBe(1);
  });

  test('is no answer: the new owner is still asked for one', async () => {
    const { handOver, runCycle } = office();
    await handOver([toSol]);
    const plan = await runCycle.plan(boardId, 'B09');
    const of = (person: string) => plan.messages.find((one) => one.personRef === person)?.subjectRefs ?? [];
    expect(of('P17')).toContain(ref);
    expect(of('P10')).not.toContain(ref);
  });

  test.each([
    ['a person who is not the secretary', { by: 'P10' }, [toSol], 'byRef'],
    ['an adviser as the owner', {}, [{ ...toSol, toRef: 'ADV-DFE' }], 'toRef'],
    ['an item that is not there', {}, [{ ...toSol, ref: 'APA9.99' }], 'APA9.99'],
    ['what is theirs already', {}, [{ ...toSol, toRef: 'P10' }], 'ref'],
  ])('refuses %s', async (_name, more, moves, field) => {
    const { handOver, records } = office();
    const result = await handOver(moves as HandOverMove[], more);
    expect(result.kind === 'refused' && result.issues.map((one) => one.field)).toEqual([field]);
    expect(records.operations).toEqual([]);
  });

  test('goes back with a word, once, and the first request is asked again', async () => {
    const { handOver, manageItems, action, now, clock } = office();
    await handOver([toSol]);
    clock.set('2025-01-06T09:31:00.000Z');
    expect((await manageItems.takeBack({ boardId, actor: secretary })).kind).toBe('done');
    expect((await action(ref))?.ownerRef).toBe('P10');
    const asked = (await now()).requests.filter((one) => one.subjectRef === ref && one.meetingRef === 'B09');
    expect(asked.map((one) => [one.ownerRef, one.state])).toEqual([
      ['P10', 'open'],
      ['P17', 'cancelled'],
    ]);
    expect((await manageItems.takeBack({ boardId, actor: secretary })).kind).toBe('refused');
    expect((await action(ref))?.ownerRef).toBe('P10');
  });

  test('on a coming day waits for it, is made then, and once', async () => {
    const { handOver, manageItems, action, now, clock } = office();
    await handOver([toSol], { fromOn: '2025-02-03' });
    expect((await action(ref))?.ownerRef).toBe('P10');
    expect((await now()).running?.planned).toHaveLength(1);
    expect(await manageItems.carryOutDue(boardId)).toBe(0);
    clock.set('2025-02-03T06:00:00.000Z');
    expect(await manageItems.carryOutDue(boardId)).toBe(1);
    expect((await action(ref))?.ownerRef).toBe('P17');
    expect(await manageItems.carryOutDue(boardId)).toBe(0);
    expect((await now()).running?.planned).toEqual([]);
  });

  test('one that is planned is taken back', async () => {
    const { handOver, manageItems, now, clock, action } = office();
    await handOver([toSol], { fromOn: '2025-02-03' });
    const key = (await now()).running?.planned[0]?.key ?? '';
    expect((await manageItems.dropPlanned({ boardId, actor: { ...secretary, personRef: 'P01' }, key })).kind).toBe(
      'refused',
    );
    expect((await manageItems.dropPlanned({ boardId, actor: secretary, key })).kind).toBe('done');
    clock.set('2025-02-03T06:00:00.000Z');
    expect(await manageItems.carryOutDue(boardId)).toBe(0);
    expect((await action(ref))?.ownerRef).toBe('P10');
  });

  test('is finished after a lost answer of SharePoint, by the same press or by resuming', async () => {
    const { handOver, manageItems, records, operations, notices } = office();
    records.failNextWrite(new UpstreamError('SharePoint', 'lost', { mayHaveHappened: true }), 'after');
    await expect(handOver([toSol])).rejects.toThrow('lost');
    expect(await manageItems.resume(boardId)).toBe(1);
    expect((await handOver([toSol])).kind).toBe('done');
    expect(await operations.unfinished(boardId)).toEqual([]);
    expect(await notices()).toHaveLength(2);
  });
});

describe('a person leaves', () => {
  const leaving: Leaving = { personRef: 'P10', lastDayOn: '2025-01-31', toRef: 'P17' };

  test('everything of theirs goes over in one operation, deputies too, and their last day is kept', async () => {
    const { leave, now, records, notices } = office();
    const before = await now();
    expect((await leave(leaving, [], true)).kind).toBe('done');
    expect(records.operations).toHaveLength(1);
    const board = await now();
    const open = [
      ...board.actions.filter((one) => one.completedOn === undefined),
      ...board.measures,
      ...board.mitigations.filter((one) => one.status !== 'complete'),
    ];
    expect(open.filter((one) => one.ownerRef === 'P10')).toEqual([]);
    expect(board.risks.filter((one) => one.status === 'open' && one.ownerRef === 'P10')).toEqual([]);
    expect(board.people.filter((one) => one.deputyRefs.includes('P10'))).toEqual([]);
    expect(board.people.find((one) => one.ref === 'P10')?.leavesOn).toBe('2025-01-31');
    const moved = before.actions.filter((one) => one.ownerRef === 'P10').length;
    expect(moved).toBeGreaterThan(1);
    expect((await notices()).map(([person]) => person)).toEqual(['P17']);
  });

  test('what is set apart goes to somebody else, or to nobody, and the finding says so', async () => {
    const { leave, action, now } = office();
    const result = await leave(leaving, [{ kind: 'action', ref }], true);
    expect(result.kind === 'done' && result.receipt.findings.join(' ')).toContain(ref);
    expect((await action(ref))?.ownerRef).toBeUndefined();
    expect((await now()).risks.some((one) => one.ownerRef === 'P17')).toBe(true);
  });

  test('after their last day nothing is planned for them', async () => {
    const { leave, manageItems, clock, runCycle, now } = office();
    await leave(leaving);
    clock.set('2025-02-01T09:00:00.000Z');
    expect(await manageItems.carryOutDue(boardId)).toBe(1);
    expect((await now()).actions.filter((one) => one.ownerRef === 'P10' && one.completedOn === undefined)).toEqual([]);
    clock.set('2025-02-03T10:00:00.000Z');
    const plan = await runCycle.plan(boardId);
    expect(plan.messages.map((one) => one.personRef)).not.toContain('P10');
  });

  test('refuses the leaver as their own successor', async () => {
    const { leave } = office();
    expect(await leave({ ...leaving, toRef: 'P10' })).toMatchObject({ kind: 'refused', issues: [{ field: 'toRef' }] });
  });
});

describe('adding', () => {
  const item = { kind: 'action', areaRef: 'APA1', title: 'Agree the shared data set' } as const;

  test('an action gets the next free ref, is recorded, and the findings say what it lacks', async () => {
    const { manageItems, now } = office();
    const result = await manageItems.addItem({ boardId, actor: secretary, nonce, item });
    const board = await now();
    const added = board.actions.at(-1);
    expect(added?.ref).toMatch(/^APA1\.\d\d$/);
    expect(board.actions.filter((one) => one.ref === added?.ref)).toHaveLength(1);
    expect(result).toMatchObject({
      kind: 'done',
      receipt: { findings: ['It has no owner, no due date, no linked measure and no partner body yet.'] },
    });
    expect(board.updates.at(-1)).toMatchObject({ byRef: 'P15', subjectRef: added?.ref, after: { row: 'added' } });
  });

  test('takes the next ref when somebody took this one meanwhile', async () => {
    const { manageItems, records, now } = office();
    records.failNextWrite(new ConflictError('Actions', 'duplicate'), 'before');
    expect((await manageItems.addItem({ boardId, actor: secretary, nonce, item })).kind).toBe('done');
    expect((await now()).actions.at(-1)?.title).toBe(item.title);
  });

  test('two at once get two refs', async () => {
    const { manageItems, now } = office();
    await Promise.all(
      ['one', 'two'].map((n) => manageItems.addItem({ boardId, actor: secretary, nonce: `nonce-${n}-long`, item })),
    );
    const refs = (await now()).actions.slice(-2).map((one) => one.ref);
    expect(new Set(refs).size).toBe(2);
  });

  test('a text that may identify a child is confirmed, an identifier is refused', async () => {
    const { manageItems, records } = office();
    const add = (title: string) => manageItems.addItem({ boardId, actor: secretary, nonce, item: { ...item, title } });
    expect((await add('Call 01632 960 123 about plans')).kind).toBe('confirm');
    expect((await add('Look at 943 476 5919')).kind).toBe('refused');
    expect(records.operations).toEqual([]);
  });

  test('a risk comes with its scores', async () => {
    const { manageItems, now } = office();
    const risk = {
      kind: 'risk',
      title: 'Posts stay empty',
      ownerRef: 'P10',
      current: { likelihood: 4, impact: 3 },
      target: { likelihood: 2, impact: 3 },
      reviewOn: '2025-03-03',
    } as const;
    expect((await manageItems.addItem({ boardId, actor: secretary, nonce, item: risk })).kind).toBe('done');
    expect((await now()).risks.at(-1)).toMatchObject({ ref: 'R15', current: risk.current, inherent: risk.current });
  });
});

describe('pausing', () => {
  const pause = (sending: ReturnType<typeof office>['pauseSending'], by = 'P15') =>
    sending.pause({
      boardId,
      actor: { ...secretary, personRef: by },
      nonce,
      why: 'The board is between two secretaries',
    });

  test('nothing is planned while it holds, and the plan says why', async () => {
    const { pauseSending, runCycle, ledger } = office();
    expect((await pause(pauseSending)).kind).toBe('done');
    const reminded = await runCycle.remind(boardId, 'B09');
    expect([reminded.planned, reminded.plan?.why]).toEqual([
      0,
      'Sending is paused since Monday 6 January 2025, 09:30, by Marlow Finchley, until somebody resumes it. Why: The board is between two secretaries',
    ]);
    expect(await ledger.entries(boardId, 'B09')).toEqual([]);
  });

  test('after it what is right now is planned', async () => {
    const { pauseSending, runCycle } = office();
    await pause(pauseSending);
    expect((await pauseSending.resume({ boardId, actor: secretary, nonce: 'another-nonce' })).kind).toBe('done');
    expect((await runCycle.remind(boardId, 'B09')).planned).toBeGreaterThan(0);
  });

  test('is for the secretary alone, and says why', async () => {
    const { pauseSending } = office();
    expect(await pause(pauseSending, 'P01')).toMatchObject({ kind: 'refused', issues: [{ field: 'byRef' }] });
    expect(await pauseSending.pause({ boardId, actor: secretary, nonce, why: ' ' })).toMatchObject({
      kind: 'refused',
      issues: [{ field: 'why' }],
    });
  });

  test('ends by itself on its day', async () => {
    const { pauseSending, runCycle, clock } = office();
    const untilAt = '2025-01-06T10:00:00.000Z';
    await pauseSending.pause({ boardId, actor: secretary, nonce, why: 'One hour', untilAt });
    expect((await runCycle.remind(boardId, 'B09')).planned).toBe(0);
    clock.set(untilAt);
    expect((await runCycle.remind(boardId, 'B09')).planned).toBeGreaterThan(0);
  });

  test('a late repeat of the press does not pause again', async () => {
    const { pauseSending, now } = office();
    await pause(pauseSending);
    await pauseSending.resume({ boardId, actor: secretary, nonce: 'another-nonce' });
    expect((await pause(pauseSending)).kind).toBe('done');
    expect((await now()).running?.sending?.pause).toBeUndefined();
  });
});
