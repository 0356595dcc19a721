// Writing to a board's lists in the local Microsoft 365: conditional, repeatable, whole or not at all.
import type { Action, BoardSnapshot, Stamped } from '../../bot/board/model';
import { InvalidInputError, NotFoundError } from '../../bot/errors';
import type { BoardRecords, FieldChanges, RecordKind, RecordWrite, WriteOperation } from '../../bot/services/ports';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import type { Graph } from '../../bot/sharepoint/graphClient';
import { localBoardId, localGraph, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { addFault, deleteByHand, listPathOf } from '../fixtures/localSite';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());
afterEach(() => fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' }));

/** A second instance, for what another process of the service would do. */
let second: BoardRecords;
beforeAll(() => {
  second = newInstance();
});

let operations = 0;

function operation(writes: readonly RecordWrite[], operationId = `op-${(operations += 1)}`): WriteOperation {
  return { boardId: localBoardId, operationId, writes };
}

function change(record: RecordKind, one: Stamped & { readonly ref: string }, changes: FieldChanges): RecordWrite {
  const { itemId = '', version = '' } = one.stamp ?? {};
  return { kind: 'change', record, ref: one.ref, itemId, version, changes };
}

function historyRow(key: string, subjectRef = 'APA1.04'): RecordWrite {
  return {
    kind: 'add',
    record: 'update',
    operationKey: key,
    values: {
      key,
      subjectKind: 'action',
      subjectRef,
      byRef: 'P10',
      at: '2025-01-06T09:05:00.000Z',
      route: 'chat card',
      before: { percentComplete: 60 },
      after: { percentComplete: 70 },
      narrative: 'Two of <six> feeds wait & a "split".',
      noChange: false,
    },
  };
}

async function actionOf(ref: string, records = board.records): Promise<Action> {
  const action = (await records.refresh(localBoardId)).actions.find((one) => one.ref === ref);
  if (!action) throw new TypeError(`no action ${ref}`);
  return action;
}

async function itemPathOf(list: string, one: Stamped): Promise<string> {
  return `${await listPathOf(board.graph, list)}/items/${one.stamp?.itemId ?? ''}`;
}

/** Another instance of the service, whose waits pass at once. */
function newInstance(): BoardRecords {
  const graph = localGraph(board.local.url, {
    timing: { now: () => 0, random: () => 0, wait: () => Promise.resolve() },
  });
  const { boards, clock, logger } = board;
  return createBoardRecords({ graph, boards, clock, logger });
}

function keysOf(snapshot: BoardSnapshot): readonly string[] {
  return snapshot.updates.map((one) => one.key);
}

describe('a write', () => {
  it('changes the item, adds to the history, and shows in the next snapshot without reading all again', async () => {
    const before = await actionOf('APA1.04');
    const outcome = await board.records.write(
      operation([
        historyRow('row-1'),
        change('action', before, {
          deliveryStatus: 'at-risk',
          percentComplete: 70,
          forecastOn: '2025-07-01',
          blocker: { text: 'No split by locality', waitingOnBody: 'Hertland ICB', accepted: true },
          partnerBodies: ['Hertland ICB', 'Schools'],
        }),
      ]),
    );
    const calls = board.graph.usage().calls;
    const snapshot = await board.records.snapshot(localBoardId);
    expect(board.graph.usage().calls).toBe(calls);
    const after = snapshot.actions.find((one) => one.ref === 'APA1.04');
    expect(after).toMatchObject({
      deliveryStatus: 'at-risk',
      percentComplete: 70,
      forecastOn: '2025-07-01',
      blocker: { text: 'No split by locality', waitingOnBody: 'Hertland ICB', accepted: true },
      partnerBodies: ['Hertland ICB', 'Schools'],
      title: before.title,
    });
    expect(snapshot.updates.find((one) => one.key === 'row-1')).toMatchObject({
      byRef: 'P10',
      at: '2025-01-06T09:05:00.000Z',
      after: { percentComplete: 70 },
      narrative: 'Two of <six> feeds wait & a "split".',
    });
    expect(outcome).toEqual({ kind: 'written', items: [expect.anything(), after?.stamp] });
    expect(await actionOf('APA1.04')).toEqual(after);
  });

  it('empties what is set to null, a blocker with all its parts', async () => {
    const before = await actionOf('APA1.04');
    await board.records.write(operation([change('action', before, { forecastOn: null, blocker: null })]));
    const after = await actionOf('APA1.04');
    expect(after).not.toHaveProperty('forecastOn');
    expect(after).not.toHaveProperty('blocker');
  });

  it('names an owner in the person column, one without an account in the text beside it', async () => {
    const before = await actionOf('APA1.05');
    await board.records.write(operation([change('action', before, { ownerRef: 'X01' })]));
    const external = await actionOf('APA1.05');
    expect(external.ownerRef).toBe('X01');
    await board.records.write(operation([change('action', external, { ownerRef: 'P10' })]));
    expect((await actionOf('APA1.05')).ownerRef).toBe('P10');
  });

  it('of a setting or a person makes the next snapshot read everything', async () => {
    const records = second;
    const person = (await records.snapshot(localBoardId)).people.find((one) => one.ref === 'P11');
    if (!person) throw new TypeError('no P11');
    await records.write(operation([change('person', person, { deputyRefs: ['P10'] })]));
    expect((await records.snapshot(localBoardId)).people.find((one) => one.ref === 'P11')?.deputyRefs).toEqual(['P10']);
  });

  it('while a reading is under way is not lost to the older rows it read', async () => {
    const inner = localGraph(board.local.url);
    const gate = { isRead: () => {}, open: () => {}, held: false };
    const isRead = new Promise<void>((resolve) => (gate.isRead = resolve));
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    const batch: Graph['batch'] = async (parts) => {
      const answers = await inner.batch(parts);
      if (!gate.held) return answers;
      gate.isRead();
      await opened;
      return answers;
    };
    const records = createBoardRecords({ ...board, graph: { ...inner, batch } });
    const before = await actionOf('APA2.01', records);
    gate.held = true;
    const reading = records.refresh(localBoardId);
    await isRead;
    await records.write(operation([change('action', before, { percentComplete: 99 })]));
    gate.open();
    await reading;
    expect((await records.snapshot(localBoardId)).actions.find((one) => one.ref === 'APA2.01')?.percentComplete).toBe(
      99,
    );
  });

  it.each([
    ['a field that is not kept', { colour: 'red' }],
    ['a word that is not known', { deliveryStatus: 'finished' }],
    ['a number in words', { percentComplete: 'seventy' }],
    ['a part for the whole', { blocker: 'No split' }],
  ])('of %s is refused before anything is sent', async (_what, changes) => {
    const action = await actionOf('APA1.05');
    const calls = board.graph.usage().calls;
    await expect(board.records.write(operation([change('action', action, changes)]))).rejects.toBeInstanceOf(
      InvalidInputError,
    );
    expect(board.graph.usage().calls).toBe(calls);
  });

  it('of many rows adds each once, and all of them show', async () => {
    const keys = Array.from({ length: 30 }, (_, at) => `many-${at}`);
    const asked = operation(keys.map((key) => historyRow(key)));
    const outcome = await board.records.write(asked);
    expect(await board.records.write(asked)).toEqual(outcome);
    const shown = keysOf(await board.records.snapshot(localBoardId)).filter((key) => key.startsWith('many-'));
    expect([...shown].sort()).toEqual([...keys].sort());
  });

  it('for a board that is not ours is refused', async () => {
    await expect(board.records.write({ boardId: 'x', operationId: 'o', writes: [] })).rejects.toBeInstanceOf(
      NotFoundError,
    );
  });
});

describe('a conflict', () => {
  it('leaves the item as the other wrote it, adds nothing, and shows theirs', async () => {
    const seen = await actionOf('AFI1.01');
    await board.graph.patch(await itemPathOf('Actions', seen), { fields: { PercentComplete: 33 } });
    const outcome = await board.records.write(
      operation([change('action', seen, { percentComplete: 80 }), historyRow('row-conflict')]),
    );
    expect(outcome).toEqual({ kind: 'conflict', ref: 'AFI1.01' });
    const snapshot = await board.records.snapshot(localBoardId);
    expect(snapshot.actions.find((one) => one.ref === 'AFI1.01')?.percentComplete).toBe(33);
    expect(keysOf(await board.records.refresh(localBoardId))).not.toContain('row-conflict');
  });

  it('is found in any of several items before the first is written', async () => {
    const [first, second] = [await actionOf('AFI1.02'), await actionOf('AFI1.03')];
    await board.graph.patch(await itemPathOf('Actions', second), { fields: { PercentComplete: 12 } });
    const outcome = await board.records.write(
      operation([change('action', first, { percentComplete: 91 }), change('action', second, { percentComplete: 92 })]),
    );
    expect(outcome).toEqual({ kind: 'conflict', ref: 'AFI1.03' });
    expect((await actionOf('AFI1.02')).stamp).toEqual(first.stamp);
  });

  it('with somebody who deleted the item is a conflict too', async () => {
    const records = second;
    const evidence = (await records.refresh(localBoardId)).evidence[0];
    if (!evidence) throw new TypeError('no evidence');
    await deleteByHand(board.local.url, await itemPathOf('Evidence', evidence));
    const outcome = await records.write(operation([change('evidence', evidence, { strength: 'strong' })]));
    expect(outcome).toEqual({ kind: 'conflict', ref: evidence.ref });
    expect((await records.snapshot(localBoardId)).evidence.map((one) => one.ref)).not.toContain(evidence.ref);
  });
});

describe('a lost answer', () => {
  it.each([
    ['a status after the work was done', { kind: 'statusAfterCommit', status: 504 }],
    ['a broken connection after the work was done', { kind: 'reset', afterCommit: true }],
    ['a status before any work', { kind: 'status', status: 503 }],
    ['a broken connection before any work', { kind: 'reset' }],
  ])('to a change (%s) ends with it written once', async (_what, fault) => {
    const records = second;
    const before = await actionOf('AFI2.01', records);
    const percentComplete = ((before.percentComplete ?? 0) + 1) % 100;
    await addFault(board.local.url, { method: 'PATCH' }, 1, fault);
    const outcome = await records.write(operation([change('action', before, { percentComplete })]));
    expect(outcome.kind).toBe('written');
    const after = await actionOf('AFI2.01', records);
    expect(after.percentComplete).toBe(percentComplete);
    expect(numberOf(after)).toBe(numberOf(before) + 1);
  });

  it.each([
    ['a status after the work was done', { kind: 'statusAfterCommit', status: 503 }],
    ['a broken connection after the work was done', { kind: 'reset', afterCommit: true }],
    ['a status before any work', { kind: 'status', status: 504 }],
    ['a broken connection before any work', { kind: 'reset' }],
  ])('to a new row (%s) ends with one row', async (what, fault) => {
    const records = second;
    await records.snapshot(localBoardId);
    await addFault(board.local.url, { method: 'POST', pathIncludes: '/items' }, 1, fault);
    const outcome = await records.write(operation([historyRow(`lost ${what}`)]));
    expect(outcome.kind).toBe('written');
    expect(keysOf(await records.refresh(localBoardId)).filter((key) => key === `lost ${what}`)).toHaveLength(1);
  });

  it('that never comes leaves the operation to be repeated', async () => {
    const records = second;
    const before = await actionOf('AFI2.02', records);
    await addFault(board.local.url, { method: 'PATCH' }, 9, { kind: 'status', status: 503 });
    const asked = operation([change('action', before, { percentComplete: 71 }), historyRow('row-again')]);
    await expect(records.write(asked)).rejects.toMatchObject({ kind: 'upstream', status: 503 });
    await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
    expect((await records.write(asked)).kind).toBe('written');
    expect((await actionOf('AFI2.02', records)).percentComplete).toBe(71);
  });
});

function numberOf(one: Stamped): number {
  return Number(/,(\d+)"$/.exec(one.stamp?.version ?? '')?.[1]);
}

describe('the same operation again', () => {
  it('changes and adds nothing more', async () => {
    const before = await actionOf('AFI2.03');
    const asked = operation([change('action', before, { percentComplete: 55 }), historyRow('row-once')]);
    const first = await board.records.write(asked);
    expect(await second.write(asked)).toEqual(first);
    const after = await board.records.refresh(localBoardId);
    expect(keysOf(after).filter((key) => key === 'row-once')).toHaveLength(1);
    expect(numberOf(await actionOf('AFI2.03'))).toBe(numberOf(before) + 1);
  });

  it.each([1, 2, 3])('after a crash behind write %i of 4 ends complete', async (done) => {
    const [action, milestone, risk] = await subjects(done);
    const asked = operation([
      change('action', action, { percentComplete: 40 + done }),
      change('milestone', milestone, { completedOn: '2025-01-06' }),
      change('risk', risk, { current: { likelihood: 2, impact: 2 } }),
      historyRow(`row-crash-${done}`),
    ]);
    await crashAfter(asked, done);
    expect((await second.write(asked)).kind).toBe('written');
    const after = await board.records.refresh(localBoardId);
    expect(after.actions.find((one) => one.ref === action.ref)?.percentComplete).toBe(40 + done);
    expect(after.milestones.find((one) => one.ref === milestone.ref)?.completedOn).toBe('2025-01-06');
    expect(after.risks.find((one) => one.ref === risk.ref)?.current).toEqual({ likelihood: 2, impact: 2 });
    expect(keysOf(after).filter((key) => key === `row-crash-${done}`)).toHaveLength(1);
  });

  it('after a crash and a change by somebody else is taken back whole, and their words stay', async () => {
    const [action, milestone, risk] = await subjects(4);
    const asked = operation([
      change('action', action, { percentComplete: 44, forecastOn: '2025-08-01' }),
      change('milestone', milestone, { completedOn: '2025-01-06' }),
      change('risk', risk, { current: { likelihood: 1, impact: 1 } }),
      historyRow('row-refused'),
    ]);
    await crashAfter(asked, 2);
    // Theirs: on top of our action, and on the risk that we have not reached.
    await board.graph.patch(await itemPathOf('Actions', action), { fields: { ForecastOn: '2025-09-09T12:00:00Z' } });
    await board.graph.patch(await itemPathOf('Risks', risk), { fields: { Proximity: 'near' } });
    expect(await second.write(asked)).toEqual({ kind: 'conflict', ref: risk.ref });
    const after = await board.records.refresh(localBoardId);
    const actionAfter = after.actions.find((one) => one.ref === action.ref);
    expect(actionAfter?.percentComplete).toBe(action.percentComplete);
    expect(actionAfter?.forecastOn).toBe('2025-09-09');
    expect(after.milestones.find((one) => one.ref === milestone.ref)).not.toHaveProperty('completedOn');
    expect(after.risks.find((one) => one.ref === risk.ref)).toMatchObject({ proximity: 'near', current: risk.current });
    expect(keysOf(after)).not.toContain('row-refused');
    // Refused is refused: the same again finds nothing of its own.
    expect(await second.write(asked)).toEqual({ kind: 'conflict', ref: action.ref });
  });

  it('whose item somebody has since changed is known by the version history', async () => {
    const before = await actionOf('AFI3.01');
    const asked = operation([change('action', before, { percentComplete: 61 })]);
    await board.records.write(asked);
    await board.graph.patch(await itemPathOf('Actions', before), {
      fields: { LastOpId: 'other', PercentComplete: 62 },
    });
    expect((await second.write(asked)).kind).toBe('written');
    expect((await actionOf('AFI3.01')).percentComplete).toBe(62);
  });
});

/** An action with an open milestone and a risk of their own for each case. */
async function subjects(at: number) {
  const snapshot = await board.records.refresh(localBoardId);
  const milestone = snapshot.milestones.filter((one) => one.completedOn === undefined)[at];
  const action = snapshot.actions.find((one) => one.ref === milestone?.actionRef);
  const risk = snapshot.risks[at];
  if (!milestone || !action || !risk) throw new TypeError('too few subjects');
  return [action, milestone, risk] as const;
}

/** Carries out the first writes as the operation would and no more. */
async function crashAfter(asked: WriteOperation, done: number): Promise<void> {
  const records = second;
  for (const write of asked.writes.slice(0, done)) await records.write({ ...asked, writes: [write] });
}

describe('many who write at once', () => {
  it('lose nothing: every accepted edit is there, and every other one is a conflict', async () => {
    const workers = [newInstance(), newInstance(), newInstance(), newInstance()];
    const refs = ['AFI4.01', 'AFI4.02'];
    const accepted = new Map(refs.map((ref) => [ref, 0]));
    const firsts = new Map(await Promise.all(refs.map(async (ref) => [ref, await actionOf(ref)] as const)));
    for (const [ref, action] of firsts) {
      await board.records.write(operation([change('action', action, { description: '0' })]));
      firsts.set(ref, await actionOf(ref));
    }
    await Promise.all(
      workers.map(async (records, worker) => {
        for (let edit = 0; edit < 10; edit += 1) {
          const ref = refs[(edit + worker) % refs.length] ?? '';
          for (;;) {
            const seen = (await records.snapshot(localBoardId)).actions.find((one) => one.ref === ref);
            if (!seen) throw new TypeError(`no action ${ref}`);
            const description = String(Number(seen.description) + 1);
            const outcome = await records.write(operation([change('action', seen, { description })]));
            if (outcome.kind === 'written') break;
          }
          accepted.set(ref, (accepted.get(ref) ?? 0) + 1);
        }
      }),
    );
    for (const ref of refs) {
      const after = await actionOf(ref);
      const first = firsts.get(ref);
      expect(Number(after.description)).toBe(accepted.get(ref));
      expect(numberOf(after) - (first ? numberOf(first) : 0)).toBe(accepted.get(ref));
    }
    expect([...accepted.values()].reduce((sum, one) => sum + one, 0)).toBe(40);
  });

  it('with the same key make one row', async () => {
    const workers = [newInstance(), newInstance(), newInstance()];
    const outcomes = await Promise.all(workers.map((one) => one.write(operation([historyRow('row-race')]))));
    expect(new Set(outcomes.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(keysOf(await board.records.refresh(localBoardId)).filter((key) => key === 'row-race')).toHaveLength(1);
  });
});
