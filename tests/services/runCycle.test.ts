// A step of the cycle on the sample board: who is asked, what is put on record, and that a second run adds nothing.
import { NotFoundError } from '../../bot/errors';
import type { BoardSnapshot } from '../../bot/board/model';
import { createRunCycle } from '../../bot/services/runCycle';
import { aDecision, aPerson, aQuietBoard, aRequest, aRisk, anAction } from '../fixtures/builders';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const board = 'northam';
/** Working days of M4 (Wednesday 25 June 2025): request 4 June, reminder 11 June, owners' deadline 16 June. */
const requestAt = '2025-06-04T09:00:00.000Z';
const reminderAt = '2025-06-11T09:00:00.000Z';

/** P1 owns an action and a risk, P3 (outside) an action; nothing is asked or answered yet. */
const unasked = (over: Partial<BoardSnapshot> = {}): BoardSnapshot => {
  const quiet = aQuietBoard();
  return {
    ...quiet,
    people: [...quiet.people, aPerson({ ref: 'P3', name: 'Dale Winter', external: true, body: 'Northam ICB' })],
    actions: [anAction(), anAction({ ref: 'A1.02', ownerRef: 'P3' })],
    risks: [aRisk()],
    measures: [],
    readings: [],
    requests: [],
    updates: [],
    ...over,
  };
};

function setUp(snapshot: BoardSnapshot, at: string) {
  const records = createMemoryRecords({ [board]: snapshot });
  const ledger = createMemoryLedger();
  const clock = createFixedClock(at);
  const runCycle = createRunCycle({ records, ledger, clock, logger: createMemoryLogger() });
  return { runCycle, records, ledger, clock };
}

describe('a step of the cycle', () => {
  test('puts one message a person into the ledger, and what is asked on the record', async () => {
    const { runCycle, records, ledger } = setUp(unasked(), requestAt);
    const reminded = await runCycle.remind(board);
    expect(reminded).toMatchObject({ planned: 2, reopened: 0, requested: 3, plan: { step: 'request' } });
    expect(await ledger.entries(board, 'M4')).toMatchObject([
      { personRef: 'P1', step: 'request', state: 'planned', plannedAt: requestAt },
      { personRef: 'P3', subjectRefs: ['A1.02'] },
    ]);
    const { requests } = await records.snapshot(board);
    expect(requests.map((one) => [one.subjectKind, one.subjectRef, one.ownerRef, one.state, one.route])).toEqual([
      ['action', 'A1.01', 'P1', 'open', 'chat card'],
      ['risk', 'R1', 'P1', 'open', 'chat card'],
      ['action', 'A1.02', 'P3', 'open', 'e-mail'],
    ]);
    expect(requests[0]).toMatchObject({ meetingRef: 'M4', requestedOn: '2025-06-04', dueOn: '2025-06-16' });
  });

  test('adds nothing when it runs again', async () => {
    const { runCycle, records, ledger } = setUp(unasked(), requestAt);
    await runCycle.remind(board);
    const before = [await ledger.entries(board, 'M4'), (await records.snapshot(board)).requests];
    expect(await runCycle.remind(board, 'M4')).toMatchObject({ planned: 0, requested: 0 });
    expect([await ledger.entries(board, 'M4'), (await records.snapshot(board)).requests]).toEqual(before);
  });

  test('adds each request once when its answer was lost and it runs again', async () => {
    const { runCycle, records } = setUp(unasked(), requestAt);
    records.failNextWrite(new TypeError('the answer was lost'), 'after');
    await expect(runCycle.remind(board)).rejects.toThrow('the answer was lost');
    expect(await runCycle.remind(board)).toMatchObject({ planned: 2 });
    expect((await records.snapshot(board)).requests).toHaveLength(3);
  });

  test('keeps requests that are on the record already', async () => {
    const { runCycle, records } = setUp(unasked({ requests: [aRequest()] }), requestAt);
    expect((await runCycle.remind(board)).requested).toBe(2);
    expect((await records.snapshot(board)).requests.filter((one) => one.subjectRef === 'A1.01')).toHaveLength(1);
  });

  test('asks in the place of a request that was missed', async () => {
    const { runCycle, records } = setUp(unasked(), reminderAt);
    expect(await runCycle.remind(board)).toMatchObject({ planned: 2, requested: 3, plan: { step: 'reminder' } });
    expect((await records.snapshot(board)).requests[0]).toMatchObject({ requestedOn: '2025-06-11' });
  });

  test('plans nothing, writes nothing and says why when nothing is due', async () => {
    const { runCycle, records, ledger } = setUp(unasked(), '2025-06-02T09:00:00.000Z');
    const { plan, planned } = await runCycle.remind(board);
    expect(planned).toBe(0);
    expect(plan?.step).toBeUndefined();
    expect(plan?.why).toContain('Wednesday 4 June 2025');
    expect(await ledger.entries(board, 'M4')).toEqual([]);
    expect(records.operations).toEqual([]);
  });

  test('changes nothing in a dry run, which may look at another moment', async () => {
    const { runCycle, records, ledger } = setUp(unasked(), '2025-06-02T09:00:00.000Z');
    const plan = await runCycle.plan(board, 'M4', requestAt);
    expect(plan).toMatchObject({ step: 'request', messages: [{ personRef: 'P1' }, { personRef: 'P3' }] });
    expect(await ledger.entries(board, 'M4')).toEqual([]);
    expect(records.operations).toEqual([]);
  });

  test('takes account of what was edited in SharePoint a moment ago', async () => {
    const { runCycle, records, ledger } = setUp(unasked(), requestAt);
    await records.snapshot(board);
    records.editInSharePoint(board, 'action', 'A1.02', { ownerRef: 'P1' });
    await runCycle.remind(board);
    expect((await ledger.entries(board, 'M4')).map((one) => one.personRef)).toEqual(['P1']);
  });

  test('reads a board anew only when something is due on what is in memory', async () => {
    const read: string[] = [];
    const watched = (at: string) => {
      const { runCycle, records } = setUp(unasked(), at);
      const { snapshot, refresh } = records;
      records.snapshot = (boardId, maxAgeMs) => {
        read.push(`snapshot ${maxAgeMs}`);
        return snapshot(boardId);
      };
      records.refresh = (boardId) => {
        read.push('refresh');
        return refresh(boardId);
      };
      return runCycle.remind(board, undefined, { maxAgeMs: 900_000 });
    };
    expect(await watched('2025-06-02T09:00:00.000Z')).toMatchObject({ planned: 0, requested: 0 });
    expect(read.splice(0)).toEqual(['snapshot 900000']);
    expect(await watched(requestAt)).toMatchObject({ planned: 2, requested: 3 });
    expect(read).toEqual(['snapshot 900000', 'refresh']);
  });

  test('tries again what failed only when a person asks for it', async () => {
    const { runCycle, ledger } = setUp(unasked(), requestAt);
    await runCycle.remind(board);
    for (const one of await ledger.claim(board, 'worker', 10, 30)) {
      await ledger.record(one, one.fence, { state: 'failed', detail: 'No chat yet.' }, requestAt);
    }
    expect(await runCycle.remind(board)).toMatchObject({ planned: 0, reopened: 0 });
    expect(await runCycle.remind(board, 'M4', { retryFailed: true })).toMatchObject({ planned: 0, reopened: 2 });
    expect((await ledger.entries(board, 'M4')).map((one) => one.state)).toEqual(['planned', 'planned']);
  });

  test('names a meeting that does not exist', async () => {
    const { runCycle } = setUp(unasked(), requestAt);
    await expect(runCycle.plan(board, 'M99')).rejects.toThrow(NotFoundError);
    await expect(runCycle.remind(board, 'M99')).rejects.toThrow('There is no meeting M99.');
  });

  test('tells what the last meeting left though none is ahead, then nothing more', async () => {
    const decisions = [aDecision({ meetingRef: 'M4', ownerRef: 'P1' })];
    const { runCycle, ledger } = setUp(unasked({ decisions }), '2025-06-26T09:00:00.000Z');
    const told = await runCycle.remind(board, undefined, { maxAgeMs: 900_000 });
    expect(told).toMatchObject({ planned: 1 });
    expect(told.plan).toBeUndefined();
    expect(await ledger.entries(board, 'M4')).toMatchObject([{ personRef: 'P1', step: 'arising' }]);
    expect(await runCycle.remind(board, undefined, { maxAgeMs: 900_000 })).toMatchObject({ planned: 0 });
    await expect(runCycle.remind(board, 'M99', { maxAgeMs: 900_000 })).rejects.toThrow(NotFoundError);
  });

  test("asks on the sample board's deadline day only those with something open, and adds no request twice", async () => {
    const snapshot = sampleSnapshot();
    const { runCycle, records } = setUp(snapshot, '2025-01-06T09:30:00.000Z');
    const { plan, planned, requested } = await runCycle.remind(board, 'B09');
    const open = snapshot.requests.filter((one) => one.meetingRef === 'B09' && one.state === 'open');
    const owners = new Set(open.map((one) => one.ownerRef));
    expect(plan?.step).toBe('deadline-day');
    expect(planned).toBe(plan?.messages.length);
    expect(requested).toBe(0);
    expect(plan?.messages.map((one) => one.personRef)).toEqual(expect.arrayContaining([...owners]));
    expect((await records.snapshot(board)).requests).toHaveLength(snapshot.requests.length);
  });
});
