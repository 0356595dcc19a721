// An answer on an older form, on the real adapters: what others changed meanwhile stays, what both changed is asked about.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { BoardSnapshot, Stamped } from '../../bot/board/model';
import type { Answer } from '../../bot/board/update';
import { createSeenVersions } from '../../bot/services/seenVersions';
import { createSiteEdits } from '../../bot/services/siteEdits';
import { createUpdateItem } from '../../bot/services/updateItem';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { localBoardId, localGraph, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { addFault } from '../fixtures/localSite';
import { createMemoryOperations } from '../fixtures/memoryPorts';
import { editByHand } from '../fixtures/siteEditing';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(120_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

/** The service as it is composed: it remembers what it showed and records what people edit. */
function start() {
  const { boards, clock, logger } = board;
  const graph = localGraph(board.local.url, {
    timing: { now: () => 0, random: () => 0, wait: () => Promise.resolve() },
  });
  const site = createBoardRecords({ graph, boards, clock, logger });
  const seen = createSeenVersions();
  const records = seen.watch(createSiteEdits({ history: site.history, logger }).watch(site));
  const operations = createMemoryOperations();
  const updateItem = createUpdateItem({ records, operations, seen, clock, logger });
  return {
    records,
    answer: (answer: Answer, form: Stamped | undefined) =>
      updateItem.answer({
        boardId: localBoardId,
        actor: { personRef: 'P10', route: 'tab' },
        nonce: `form of ${answer.ref}`,
        answer,
        seenVersion: form?.stamp?.version ?? '',
        confirmedWarnings: true,
      }),
  };
}

const edit = (list: string, seen: Stamped, fields: Readonly<Record<string, unknown>>, editor = 'P10') =>
  editByHand(board.local.url, list, seen, editor, fields);

const actionOf = (one: BoardSnapshot) => one.actions.find((row) => row.ref === 'APA1.04');
const riskOf = (one: BoardSnapshot) => one.risks.find((row) => row.ownerRef === 'P10');
const mitigationOf = (one: BoardSnapshot) => one.mitigations.find((row) => row.ownerRef === 'P10');

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('the sample has changed');
  return value;
}

describe('an answer about an action that was edited in SharePoint since', () => {
  test('keeps what the other changed, when this person left it as they saw it', async () => {
    const service = start();
    const form = must(actionOf(await service.records.refresh(localBoardId)));
    await edit('Actions', form, { ForecastOn: '2025-08-01T12:00:00Z' });
    const narrative = 'The second feed came through.';
    const answer = {
      kind: 'action',
      ref: form.ref,
      percentComplete: 81,
      forecastOn: form.forecastOn ?? null,
      narrative,
    } as const;
    expect((await service.answer(answer, form)).kind).toBe('saved');
    const then = must(actionOf(await service.records.refresh(localBoardId)));
    expect(then).toMatchObject({ percentComplete: 81, forecastOn: '2025-08-01' });
  });

  test('gives both versions of what both changed, and is saved when given again on what is there now', async () => {
    const service = start();
    const form = must(actionOf(await service.records.refresh(localBoardId)));
    await edit('Actions', form, { PercentComplete: 33 }, 'P15');
    const answer = { kind: 'action', ref: form.ref, percentComplete: 44, narrative: 'Counted once more.' } as const;
    const result = await service.answer(answer, form);
    expect(result).toMatchObject({
      kind: 'conflict',
      ref: form.ref,
      changed: [
        {
          ...{ field: 'percentComplete', theirs: '33', yours: '44' },
          ...{ by: 'Marlow Finchley', atWords: expect.stringMatching(/^\w+ \d+ \w+ \d{4}, \d\d:\d\d$/) },
        },
      ],
    });
    expect(actionOf(await service.records.refresh(localBoardId))?.percentComplete).toBe(33);
    const currentVersion = result.kind === 'conflict' ? result.currentVersion : '';
    const again = await service.answer(answer, { stamp: { itemId: '', version: currentVersion } });
    expect(again.kind).toBe('saved');
    const then = await service.records.refresh(localBoardId);
    expect(actionOf(then)?.percentComplete).toBe(44);
    const rows = then.updates.filter((one) => one.subjectRef === form.ref).slice(-2);
    expect(rows.map((one) => [one.route, one.after])).toEqual([
      ['SharePoint', { percentComplete: 33 }],
      ['tab', { percentComplete: 44 }],
    ]);
  });
});

describe('an answer about a risk and its mitigation edited in SharePoint since', () => {
  test('merges different fields and asks about the same one', async () => {
    const service = start();
    const first = await service.records.refresh(localBoardId);
    const [form, step] = [must(riskOf(first)), must(mitigationOf(first))];
    const likelihood = (form.current.likelihood % 5) + 1;
    await edit('Risks', form, { CurrentLikelihood: likelihood });
    const impact = (form.current.impact % 5) + 1;
    const reason = 'The provider has written to us.';
    const merged = { kind: 'risk', ref: form.ref, likelihood: form.current.likelihood, impact, reason } as const;
    expect((await service.answer(merged, form)).kind).toBe('saved');
    expect(riskOf(await service.records.refresh(localBoardId))?.current).toEqual({ likelihood, impact });
    const other = (likelihood % 5) + 1;
    expect(await service.answer({ ...merged, likelihood: other }, form)).toMatchObject({
      kind: 'conflict',
      changed: expect.arrayContaining([
        expect.objectContaining({ field: 'likelihood', theirs: String(likelihood), by: 'You' }),
      ]),
    });

    const [mine, theirs] =
      step.status === 'in-progress'
        ? (['complete', 'not-started'] as const)
        : (['in-progress', step.status === 'complete' ? 'not-started' : 'complete'] as const);
    await edit('Mitigations', step, { Status: theirs });
    expect(
      await service.answer(
        { kind: 'mitigation', ref: step.ref, status: mine, narrative: 'Seen with the provider.' },
        step,
      ),
    ).toMatchObject({
      kind: 'conflict',
      changed: [expect.objectContaining({ field: 'status' })],
    });
    expect(mitigationOf(await service.records.refresh(localBoardId))?.status).toBe(theirs);
  });
});

describe('a reading beside one that was added in SharePoint since', () => {
  test('is a revision: both stay on record', async () => {
    const service = start();
    const first = await service.records.refresh(localBoardId);
    const measure = must(first.measures.find((one) => one.ownerRef === 'P10' && !one.computed));
    const path = `sites/hertland.sharepoint.example:/sites/send-board:/lists/Readings/items`;
    const fields = { MeasureRef: measure.ref, Period: '2024-12', ReadingValue: 41, ReportedOn: '2025-01-06T12:00:00Z' };
    await board.graph.post(path, { fields });
    const given = { kind: 'measure', ref: measure.ref, period: '2024-12', value: 42, source: 'Dashboard' } as const;
    await service.records.refresh(localBoardId);
    expect((await service.answer(given, measure)).kind).toBe('saved');
    const then = await service.records.refresh(localBoardId);
    const values = then.readings.filter((one) => one.measureRef === measure.ref && one.period === '2024-12');
    expect(values.slice(-2).map(({ value, revises }) => ({ value, revises }))).toEqual([
      { value: 41, revises: false },
      { value: 42, revises: true },
    ]);
  });
});

describe('an answer whose reply was lost', () => {
  test('is recognised though somebody edited the item right after', async () => {
    const service = start();
    const form = must(actionOf(await service.records.refresh(localBoardId)));
    const percentComplete = ((form.percentComplete ?? 0) % 90) + 1;
    const answer = { kind: 'action', ref: form.ref, percentComplete, narrative: 'The reply to this is lost.' } as const;
    // The change is made and its reply lost; before the service can look, it is cut off, and somebody edits.
    await addFault(board.local.url, { method: 'PATCH' }, 1, { kind: 'reset', afterCommit: true });
    await addFault(board.local.url, { method: 'GET', pathIncludes: `/items/${form.stamp?.itemId}` }, 9, {
      kind: 'status',
      status: 400,
    });
    await expect(service.answer(answer, form)).rejects.toMatchObject({ kind: 'upstream' });
    await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
    const site = createBoardRecords({ ...board });
    const written = must(actionOf(await site.refresh(localBoardId)));
    expect(written.percentComplete).toBe(percentComplete);
    await edit('Actions', written, { ForecastOn: '2025-09-01T12:00:00Z' });
    const repeated = await service.answer(answer, form);
    expect(repeated.kind).toBe('saved');
    const then = await service.records.refresh(localBoardId);
    expect(actionOf(then)).toMatchObject({ percentComplete, forecastOn: '2025-09-01' });
    const rows = then.updates.filter((one) => one.narrative === answer.narrative);
    expect(rows).toHaveLength(1);
    const versions = await site.history.versions(localBoardId, 'action', form.stamp?.itemId ?? '');
    expect(
      versions?.filter((one) => one.fields['percentComplete'] === percentComplete && one.editor.kind === 'program'),
    ).toHaveLength(1);
  });
});
