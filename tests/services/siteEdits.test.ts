// Edits made in the lists themselves become answers in the history: on the real adapters over the local Microsoft 365.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { assess } from '../../bot/board/assess';
import type { BoardSnapshot, Stamped, Update } from '../../bot/board/model';
import type { BoardRecords } from '../../bot/services/ports';
import { createSiteEdits } from '../../bot/services/siteEdits';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { localBoardId, localGraph, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { addFault, deleteByHand, listPathOf } from '../fixtures/localSite';
import { createMemoryLogger } from '../fixtures/memoryPorts';
import { editByHand } from '../fixtures/siteEditing';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(120_000);

let board: LocalBoard;
beforeEach(async () => {
  board = await startLocalBoard();
});
afterEach(() => board.close());

/** An instance of the service, with nothing in memory. */
function newInstance(): BoardRecords & { readonly lines: () => readonly string[] } {
  const { boards, clock } = board;
  const logger = createMemoryLogger();
  const site = createBoardRecords({ graph: board.graph, boards, clock, logger });
  return {
    ...createSiteEdits({ history: site.history, logger }).watch(site),
    lines: () => logger.lines.map((one) => one.event),
  };
}

const fromSharePoint = (snapshot: BoardSnapshot): readonly Update[] =>
  snapshot.updates.filter((one) => one.route === 'SharePoint' && one.key.startsWith('site-edit:'));

function found<T extends Stamped & { readonly ref: string }>(records: readonly T[], ref: string): T {
  const record = records.find((one) => one.ref === ref);
  if (!record) throw new TypeError(`there is no ${ref}`);
  return record;
}

/** A minute later somebody saves a row. */
async function edit(list: string, seen: Stamped, editor: string, fields: Readonly<Record<string, unknown>>) {
  await fetch(`${board.local.url}/_local/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ advanceBy: { minutes: 1 } }),
  });
  expect(await editByHand(board.local.url, list, seen, editor, fields)).toBe(true);
}

/** Somebody with an account here who may not answer for an item. */
function bystander(snapshot: BoardSnapshot, ownerRef: string | undefined): string {
  const owner = snapshot.people.find((one) => one.ref === ownerRef);
  const person = snapshot.people.find(
    (one) => !one.external && one.boardRole === 'member' && one !== owner && !owner?.deputyRefs.includes(one.ref),
  );
  if (!person) throw new TypeError('the sample has changed');
  return person.ref;
}

const assessed = (snapshot: BoardSnapshot) => assess(snapshot, { at: '2025-01-06T10:00:00.000Z', meetingRef: 'B09' });

describe('an edit by the owner in SharePoint', () => {
  test('is an answer: in the history with who, when, before and after, on the request, and in readiness', async () => {
    const records = newInstance();
    const first = await records.refresh(localBoardId);
    expect(fromSharePoint(first)).toEqual([]);
    const action = found(first.actions, 'APA1.04');
    expect(first.requests.find((one) => one.meetingRef === 'B09' && one.subjectRef === 'APA1.04')?.state).toBe('open');
    await edit('Actions', action, 'P10', { PercentComplete: 75, DeliveryStatus: 'at-risk' });
    const snapshot = await records.refresh(localBoardId);
    const [update, ...others] = fromSharePoint(snapshot);
    expect(others).toEqual([]);
    expect(update).toMatchObject({
      key: `site-edit:action:${action.stamp?.itemId}:2`,
      subjectKind: 'action',
      subjectRef: 'APA1.04',
      byRef: 'P10',
      route: 'SharePoint',
      before: { percentComplete: action.percentComplete, deliveryStatus: action.deliveryStatus },
      after: { percentComplete: 75, deliveryStatus: 'at-risk' },
      noChange: false,
    });
    expect(update?.at).toMatch(/^2025-01-06T09:/);
    expect(update).not.toHaveProperty('forOwnerRef');
    expect(snapshot.requests.find((one) => one.meetingRef === 'B09' && one.subjectRef === 'APA1.04')).toMatchObject({
      state: 'answered',
      answeredByRef: 'P10',
      route: 'SharePoint',
    });
    expect(assessed(snapshot).readiness?.answers.outstandingRefs).not.toContain('APA1.04');
  });

  test('of a milestone, a mitigation and a new reading answers for the action, the mitigation and the measure', async () => {
    const records = newInstance();
    const first = await records.refresh(localBoardId);
    const inTenant = new Set(first.people.filter((one) => !one.external).map((one) => one.ref));
    const hasOwner = (one: { readonly ownerRef?: string } | undefined) => inTenant.has(one?.ownerRef ?? '');
    const milestone = first.milestones.find(
      (one) => one.completedOn === undefined && hasOwner(first.actions.find((other) => other.ref === one.actionRef)),
    );
    const action = found(first.actions, milestone?.actionRef ?? '');
    const mitigation = first.mitigations.find((one) => one.status !== 'complete' && hasOwner(one));
    const measure = first.measures.find((one) => !one.computed && hasOwner(one));
    if (!milestone || !mitigation || !measure) throw new TypeError('the sample has changed');
    await edit('Milestones', milestone, action.ownerRef ?? '', { CompletedOn: '2025-01-06T12:00:00Z' });
    await edit('Mitigations', mitigation, mitigation.ownerRef ?? '', { Status: 'complete' });
    const snapshot = await records.refresh(localBoardId);
    expect(
      fromSharePoint(snapshot).map(({ subjectKind, subjectRef, after }) => ({ subjectKind, subjectRef, after })),
    ).toEqual(
      expect.arrayContaining([
        { subjectKind: 'action', subjectRef: action.ref, after: { [`${milestone.ref}.completedOn`]: '2025-01-06' } },
        { subjectKind: 'mitigation', subjectRef: mitigation.ref, after: { status: 'complete' } },
      ]),
    );
  });

  test('made several times is several rows, each with its own before and after', async () => {
    const records = newInstance();
    const action = found((await records.refresh(localBoardId)).actions, 'APA1.04');
    await edit('Actions', action, 'P10', { PercentComplete: 71 });
    const second = createBoardRecords({ ...board });
    for (const percent of [72, 73])
      await edit('Actions', found((await second.refresh(localBoardId)).actions, 'APA1.04'), 'P10', {
        PercentComplete: percent,
      });
    const rows = fromSharePoint(await records.refresh(localBoardId));
    expect(rows.map((one) => [one.before['percentComplete'], one.after['percentComplete']])).toEqual([
      [action.percentComplete, 71],
      [71, 72],
      [72, 73],
    ]);
  });

  test('made while the service was down is found at its next start, and only once', async () => {
    const before = newInstance();
    const action = found((await before.refresh(localBoardId)).actions, 'APA1.04');
    await edit('Actions', action, 'P10', { PercentComplete: 75 });
    const after = newInstance();
    expect(fromSharePoint(await after.refresh(localBoardId))).toHaveLength(1);
    const again = newInstance();
    expect(fromSharePoint(await again.refresh(localBoardId))).toHaveLength(1);
    expect(again.lines()).not.toContain('siteEdits.recorded');
  });

  test('seen by three instances at once is one row', async () => {
    const instances = [newInstance(), newInstance(), newInstance()];
    const [first] = await Promise.all(instances.map((one) => one.refresh(localBoardId)));
    await edit('Actions', found(first?.actions ?? [], 'APA1.04'), 'P10', { PercentComplete: 75 });
    await Promise.all(instances.map((one) => one.refresh(localBoardId)));
    const last = await newInstance().refresh(localBoardId);
    expect(fromSharePoint(last)).toHaveLength(1);
    expect(last.requests.filter((one) => one.meetingRef === 'B09' && one.subjectRef === 'APA1.04')).toHaveLength(1);
  });

  test('whose row was written and the reply lost is not written again', async () => {
    const records = newInstance();
    const action = found((await records.refresh(localBoardId)).actions, 'APA1.04');
    await edit('Actions', action, 'P10', { PercentComplete: 75 });
    await addFault(board.local.url, { method: 'POST', pathIncludes: '/items' }, 1, {
      kind: 'statusAfterCommit',
      status: 504,
    });
    expect(fromSharePoint(await records.refresh(localBoardId))).toHaveLength(1);
  });
});

describe('the first reading of a board', () => {
  test('tells nothing of its past', async () => {
    const site = createBoardRecords({ ...board });
    const action = found((await site.refresh(localBoardId)).actions, 'APA1.04');
    await edit('Actions', action, 'P10', { PercentComplete: 75 });
    const records = newInstance();
    expect(fromSharePoint(await records.refresh(localBoardId))).toEqual([]);
    expect(fromSharePoint(await newInstance().refresh(localBoardId))).toEqual([]);
  });

  test('costs eight lists, and a reading without edits nothing', async () => {
    const records = newInstance();
    await records.refresh(localBoardId);
    const site = createBoardRecords({ ...board });
    const units = () => board.graph.usage().total;
    let start = units();
    await site.refresh(localBoardId);
    await site.refresh(localBoardId);
    start = units();
    await site.refresh(localBoardId);
    const plain = units() - start;
    await records.refresh(localBoardId);
    start = units();
    await records.refresh(localBoardId);
    expect(units() - start).toBe(plain);
  });
});

describe("the service's own writes", () => {
  test('never count as made in SharePoint, whoever looks', async () => {
    const records = newInstance();
    const other = newInstance();
    const action = found((await records.refresh(localBoardId)).actions, 'APA1.04');
    await other.refresh(localBoardId);
    const { itemId = '', version = '' } = action.stamp ?? {};
    await records.write({
      boardId: localBoardId,
      operationId: 'answer-1',
      writes: [
        { kind: 'change', record: 'action', ref: action.ref, itemId, version, changes: { percentComplete: 80 } },
      ],
    });
    for (const one of [records, other, newInstance()])
      expect(fromSharePoint(await one.refresh(localBoardId))).toEqual([]);
  });

  test('on top of an edit do not hide it', async () => {
    const records = newInstance();
    const action = found((await records.refresh(localBoardId)).actions, 'APA1.04');
    await edit('Actions', action, 'P10', { PercentComplete: 75 });
    // Another instance that does not look writes over what it has read.
    const blind = createBoardRecords({ ...board });
    const { itemId = '', version = '' } = found((await blind.refresh(localBoardId)).actions, 'APA1.04').stamp ?? {};
    await blind.write({
      boardId: localBoardId,
      operationId: 'answer-2',
      writes: [
        { kind: 'change', record: 'action', ref: action.ref, itemId, version, changes: { percentComplete: 80 } },
      ],
    });
    const rows = fromSharePoint(await records.refresh(localBoardId));
    expect(rows.map((one) => one.after)).toEqual([{ percentComplete: 75 }]);
  });
});

describe('an edit by somebody who may not', () => {
  test('is in the history, answers nothing, and is a finding until it is put back', async () => {
    const records = newInstance();
    const first = await records.refresh(localBoardId);
    const action = found(first.actions, 'APA1.04');
    const other = bystander(first, action.ownerRef);
    await edit('Actions', action, other, { PercentComplete: 5 });
    const snapshot = await records.refresh(localBoardId);
    expect(fromSharePoint(snapshot)).toMatchObject([{ byRef: other, forOwnerRef: action.ownerRef }]);
    expect(snapshot.requests.find((one) => one.meetingRef === 'B09' && one.subjectRef === 'APA1.04')?.state).toBe(
      'open',
    );
    const judged = assessed(snapshot);
    expect(judged.readiness?.answers.outstandingRefs).toContain('APA1.04');
    const finding = judged.findings.find((one) => one.rule === 'edit-by-other');
    expect(finding).toMatchObject({ ref: 'APA1.04', level: 'finding' });
    expect(finding?.text).toContain(`Percent complete from ${action.percentComplete} to 5`);
    await edit('Actions', found(snapshot.actions, 'APA1.04'), 'P10', { PercentComplete: action.percentComplete });
    expect(assessed(await records.refresh(localBoardId)).findings.map((one) => one.rule)).not.toContain(
      'edit-by-other',
    );
  });

  test('that deletes a row is told', async () => {
    const records = newInstance();
    const mitigation = (await records.refresh(localBoardId)).mitigations[0];
    if (!mitigation) throw new TypeError('the sample has changed');
    const path = `${await listPathOf(board.graph, 'Mitigations')}/items/${mitigation.stamp?.itemId}`;
    await deleteByHand(board.local.url, path);
    const snapshot = await records.refresh(localBoardId);
    expect(fromSharePoint(snapshot)).toMatchObject([{ subjectRef: mitigation.ref, after: { row: 'deleted' } }]);
    const finding = assessed(snapshot).findings.find((one) => one.rule === 'row-deleted');
    expect(finding).toMatchObject({ ref: mitigation.ref });
    expect(fromSharePoint(await newInstance().refresh(localBoardId))).toHaveLength(1);
  });
});

describe('a row of the update history', () => {
  const findingsOf = (snapshot: BoardSnapshot) => snapshot.findings.filter((one) => one.rule.startsWith('history-'));

  test('that somebody changes is a finding, also after a restart, until it is restored', async () => {
    const records = newInstance();
    const first = await records.refresh(localBoardId);
    const row = first.updates.find((one) => one.narrative !== undefined);
    if (!row) throw new TypeError('the sample has changed');
    await edit('Updates', row, bystander(first, undefined), { Narrative: 'All is well.' });
    for (const one of [records, newInstance()])
      expect(findingsOf(await one.refresh(localBoardId))).toMatchObject([
        { rule: 'history-row-changed', ref: row.subjectRef },
      ]);
    const changed = (await records.refresh(localBoardId)).updates.find((one) => one.key === row.key);
    await edit('Updates', changed ?? {}, bystander(first, undefined), { Narrative: row.narrative });
    expect(findingsOf(await records.refresh(localBoardId))).toEqual([]);
  });

  test('that somebody deletes is a finding, also when the service was down', async () => {
    const records = newInstance();
    const row = (await records.refresh(localBoardId)).updates[2];
    await deleteByHand(board.local.url, `${await listPathOf(board.graph, 'Updates')}/items/${row?.stamp?.itemId}`);
    for (const one of [records, newInstance()]) {
      const [finding] = findingsOf(await one.refresh(localBoardId));
      expect(finding?.rule).toBe('history-row-deleted');
      expect(finding?.text).toContain(`Row number ${row?.stamp?.itemId} was deleted`);
    }
  });

  test('that somebody adds is a finding, also after a restart, and none once it is deleted', async () => {
    const records = newInstance();
    const before = await records.refresh(localBoardId);
    const path = `${await listPathOf(board.graph, 'Updates')}/items`;
    const fields = {
      ...{ SubjectKind: 'action', SubjectRef: 'APA1.04', ByRef: 'P10', Route: 'tab' },
      ...{ AnsweredAt: '2025-01-06T09:00:00Z', Narrative: 'All is well.' },
    };
    const { id } = z.object({ id: z.string() }).parse(await board.graph.post(path, { fields }));
    for (const one of [records, newInstance()]) {
      const [finding, ...others] = findingsOf(await one.refresh(localBoardId));
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ rule: 'history-row-added', ref: 'APA1.04', level: 'finding' });
      expect(finding?.text).toContain(
        `A row about APA1.04 (number ${id}) was added to the update history in SharePoint by`,
      );
      expect(finding?.text).toContain('delete it from the list Updates');
    }
    await deleteByHand(board.local.url, `${path}/${id}`);
    for (const one of [records, newInstance()]) {
      const after = await one.refresh(localBoardId);
      expect(findingsOf(after)).toEqual([]);
      expect(after.updates).toHaveLength(before.updates.length);
    }
  });
});

describe('a board that cannot keep the history', () => {
  test('is still read, and says so', async () => {
    const { boards, clock, logger } = board;
    const site = createBoardRecords({ graph: localGraph(board.local.url), boards, clock, logger });
    const history = { ...site.history, mark: () => site.history.mark('another board') };
    const records = createSiteEdits({ history, logger }).watch(site);
    const snapshot = await records.refresh(localBoardId);
    expect(snapshot.findings.map((one) => one.rule)).toContain('site-edits-not-recorded');
    expect((await records.snapshot(localBoardId)).findings).toEqual(snapshot.findings);
  });

  test('gives an error that may pass to those who ask, so that nobody is reminded for nothing', async () => {
    const records = newInstance();
    const action = found((await records.refresh(localBoardId)).actions, 'APA1.04');
    await edit('Actions', action, 'P10', { PercentComplete: 75 });
    await addFault(board.local.url, { method: 'GET', pathIncludes: '/versions' }, 9, { kind: 'status', status: 500 });
    await expect(records.refresh(localBoardId)).rejects.toMatchObject({ kind: 'upstream' });
    await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
    expect(fromSharePoint(await records.refresh(localBoardId))).toHaveLength(1);
  });
});
