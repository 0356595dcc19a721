// An answer of many writes is finished or refused, never half, whatever SharePoint does in the middle and wherever the
// service ends: scripts of faults on the real adapters over the local Microsoft 365.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { BoardSnapshot } from '../../bot/board/model';
import type { Answer } from '../../bot/board/update';
import type { BoardRecords, Operations } from '../../bot/services/ports';
import { createUpdateItem } from '../../bot/services/updateItem';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { localBoardId, localGraph, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { addFault } from '../fixtures/localSite';
import { createMemoryOperations } from '../fixtures/memoryPorts';
import { editByHand } from '../fixtures/siteEditing';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(180_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());
let operations: Operations;
beforeEach(() => {
  operations = createMemoryOperations();
});
afterEach(() => fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' }));

/** The service after a start: nothing in memory, waits that pass at once. */
function start() {
  const { boards, clock, logger } = board;
  const graph = localGraph(board.local.url, {
    timing: { now: () => 0, random: () => 0, wait: () => Promise.resolve() },
  });
  const records: BoardRecords = createBoardRecords({ graph, boards, clock, logger });
  return { records, updateItem: createUpdateItem({ records, operations, clock, logger }) };
}

let asked = 0;
/** Another nonce and other words each time, so that each run is an answer of its own. */
function ask(service: ReturnType<typeof start>, answer: Answer, nonce: string) {
  return service.updateItem.answer({
    boardId: localBoardId,
    actor: { personRef: 'P10', route: 'chat card' },
    nonce,
    answer,
    confirmedWarnings: true,
  });
}

interface Case {
  readonly name: string;
  /** An answer that changes something as the board is now, and how its changes are seen. */
  readonly make: (now: BoardSnapshot) => {
    readonly answer: Answer;
    readonly seen: (then: BoardSnapshot) => readonly unknown[];
  };
}

const cases: readonly Case[] = [
  {
    name: 'an action with a milestone, forecast, blocker and request',
    make: (now) => {
      const action = now.actions.find((one) => one.ref === 'APA1.04');
      const milestone = now.milestones.find((one) => one.actionRef === 'APA1.04' && one.completedOn === undefined);
      const percentComplete = ((action?.percentComplete ?? 0) % 90) + 1;
      return {
        answer: {
          kind: 'action',
          ref: 'APA1.04',
          percentComplete,
          ...(milestone ? { milestonesCompleted: [milestone.ref] } : {}),
          narrative: `What happened, run ${(asked += 1)}.`,
        },
        seen: (then) => [
          then.actions.find((one) => one.ref === 'APA1.04')?.percentComplete,
          ...(milestone ? [then.milestones.find((one) => one.ref === milestone.ref)?.completedOn !== undefined] : []),
        ],
      };
    },
  },
  {
    name: 'a risk with a mitigation',
    make: (now) => {
      const risk = now.risks.find((one) => one.ownerRef === 'P10');
      const mitigation = now.mitigations.find((one) => one.riskRef === risk?.ref);
      if (!risk || !mitigation) throw new TypeError('the sample has changed');
      const status = mitigation.status === 'complete' ? 'in-progress' : 'complete';
      return {
        answer: {
          kind: 'risk',
          ref: risk.ref,
          likelihood: (risk.current.likelihood % 5) + 1,
          impact: (risk.current.impact % 5) + 1,
          reason: `Why it moved, run ${(asked += 1)}.`,
          mitigations: [{ ref: mitigation.ref, status }],
        },
        seen: (then) => [
          then.risks.find((one) => one.ref === risk.ref)?.current.likelihood,
          then.mitigations.find((one) => one.ref === mitigation.ref)?.status,
        ],
      };
    },
  },
  {
    name: 'a reading of a measure',
    make: (now) => {
      const measure = now.measures.find((one) => one.ownerRef === 'P10' && !one.computed);
      if (!measure) throw new TypeError('the sample has changed');
      const value = 10 + ((asked += 1) % 80);
      const of = (one: BoardSnapshot) =>
        one.readings.filter((row) => row.measureRef === measure.ref && row.note === note);
      const note = `A reading with a note, run ${asked}.`;
      return {
        answer: { kind: 'measure', ref: measure.ref, period: '2024-12', value, source: 'Dashboard', note },
        seen: (then) => [of(then).length],
      };
    },
  },
];

const faults = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 504 },
  { kind: 'statusAfterCommit', status: 504 },
  { kind: 'statusAfterCommit', status: 503 },
  { kind: 'reset' },
  { kind: 'reset', afterCommit: true },
] as const;
const methods = ['PATCH', 'POST', 'GET'] as const;

/** Wherever it was cut: after the next start all of the answer is there once, or nothing of it. */
async function expectWhole(
  made: ReturnType<Case['make']>,
  before: BoardSnapshot,
  words: string,
): Promise<'whole' | 'nothing'> {
  await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
  const next = start();
  await next.updateItem.resume(localBoardId);
  const then = await next.records.refresh(localBoardId);
  const rows = then.updates.filter((one) => JSON.stringify(one).includes(words));
  const [was, is] = [made.seen(before), made.seen(then)];
  const changed = is.filter((one, at) => one !== was[at]).length;
  expect(rows.length).toBeLessThanOrEqual(1);
  expect({ rows: rows.length, changed }).toEqual(
    rows.length === 1 ? { rows: 1, changed: was.length } : { rows: 0, changed: 0 },
  );
  expect(await operations.unfinished(localBoardId)).toEqual([]);
  return rows.length === 1 ? 'whole' : 'nothing';
}

function wordsOf(answer: Answer): string {
  const words = answer.kind === 'action' ? answer.narrative : answer.kind === 'risk' ? answer.reason : undefined;
  return words ?? (answer.kind === 'measure' ? (answer.note ?? '') : '');
}

describe.each(cases)('$name', ({ make }) => {
  test.each([0, 2, 4])('is whole after the service ended behind request %i of its writes', async (passing) => {
    const service = start();
    const before = await service.records.refresh(localBoardId);
    const made = make(before);
    // The first writes pass; from then on nothing comes through, as if the process had ended there.
    let left = passing;
    const cut = createUpdateItem({
      records: { ...service.records, write: (operation) => cutWriter(() => (left -= 1) >= 0).write(operation) },
      operations,
      clock: board.clock,
      logger: board.logger,
    });
    const ended = await ask({ ...service, updateItem: cut }, made.answer, `cut-${asked}`).then(
      (result) => result.kind,
      () => 'ended',
    );
    expect(['saved', 'ended']).toContain(ended);
    expect(await expectWhole(made, before, wordsOf(made.answer))).toBe('whole');
  });

  test('is whole or not there after any script of faults', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            fault: fc.constantFrom(...faults),
            method: fc.constantFrom(...methods),
            times: fc.integer({ min: 1, max: 4 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        async (script) => {
          const service = start();
          const before = await service.records.refresh(localBoardId);
          const made = make(before);
          for (const { fault, method, times } of script) await addFault(board.local.url, { method }, times, fault);
          const nonce = `script-${asked}`;
          const result = await ask(service, made.answer, nonce).then(
            (one) => one.kind,
            () => 'ended',
          );
          const outcome = await expectWhole(made, before, wordsOf(made.answer));
          expect(result === 'saved' ? outcome : 'whole').toBe('whole');
          // The same answer again is the recorded one, or the one that resuming finished.
          expect((await ask(start(), made.answer, nonce)).kind).toBe('saved');
          expect(await expectWhole(made, before, wordsOf(made.answer))).toBe('whole');
        },
      ),
      {
        numRuns: Number(process.env['FAULT_RUNS'] ?? 5),
        ...(process.env['FAULT_SEED'] ? { seed: Number(process.env['FAULT_SEED']) } : {}),
      },
    );
  });
});

/** Writes as the service does, over a connection that ends for good when `passes` says no. */
function cutWriter(passes: () => boolean): BoardRecords {
  const { boards, clock, logger } = board;
  const inner = localGraph(board.local.url);
  const ended = (): Promise<never> => Promise.reject(new TypeError('the process has ended'));
  return createBoardRecords({
    graph: {
      ...inner,
      patch: (...sent) => (passes() ? inner.patch(...sent) : ended()),
      post: (...sent) => (passes() ? inner.post(...sent) : ended()),
    },
    boards,
    clock,
    logger,
  });
}

describe('an answer cut short whose item somebody has changed since', () => {
  test('is refused whole: theirs stays, nothing of ours does', async () => {
    const service = start();
    const before = await service.records.refresh(localBoardId);
    const made = cases[1]?.make(before);
    if (!made) throw new TypeError('no case');
    let left = 1;
    const cut = createUpdateItem({
      records: { ...service.records, write: (operation) => cutWriter(() => (left -= 1) >= 0).write(operation) },
      operations,
      clock: board.clock,
      logger: board.logger,
    });
    await expect(ask({ ...service, updateItem: cut }, made.answer, 'refused')).rejects.toThrow('ended');
    const mitigation = before.mitigations.find(
      (one) => made.answer.kind === 'risk' && one.ref === made.answer.mitigations?.[0]?.ref,
    );
    await editByHand(board.local.url, 'Mitigations', mitigation ?? {}, 'P10', {
      MitigationText: 'Written by hand since',
    });
    const next = start();
    expect(await next.updateItem.resume(localBoardId)).toBe(0);
    const then = await next.records.refresh(localBoardId);
    expect(made.seen(then)).toEqual(made.seen(before));
    expect(then.mitigations.find((one) => one.ref === mitigation?.ref)?.text).toBe('Written by hand since');
    expect(then.updates.filter((one) => JSON.stringify(one).includes(wordsOf(made.answer)))).toEqual([]);
  });
});
