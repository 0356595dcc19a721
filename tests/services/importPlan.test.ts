// A plan from a workbook in SharePoint: created once however often it is tried, changed by ref, gone on with after a fault.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { createImportPlan, type ImportReport } from '../../bot/services/importPlan';
import { renderPlanWorkbook } from '../../bot/papers/planWorkbookExport';
import { addFault, listPathOf } from '../fixtures/localSite';
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryOperations } from '../fixtures/memoryPorts';

// Each test has a Microsoft 365 of its own.
jest.setTimeout(30_000);

let board: LocalBoard;
let operations = createMemoryOperations();
beforeEach(async () => {
  board = await startLocalBoard();
  operations = createMemoryOperations();
});
afterEach(() => board.close());

const header = ['Ref', 'Area', 'Action', 'Owner', 'Due date', 'RAG', '% complete', 'Progress update'];

async function workbook(rows: readonly (readonly (string | number)[])[]): Promise<Uint8Array> {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('Action plan');
  sheet.addRow(header);
  for (const row of rows) sheet.addRow([...row]);
  return new Uint8Array(await made.xlsx.writeBuffer());
}

const importer = () =>
  createImportPlan({ records: board.records, operations, clock: board.clock, logger: board.logger });

async function importAll(
  file: Uint8Array,
  dryRun = false,
  more: { readonly dateReason?: string } = {},
): Promise<readonly ImportReport[]> {
  const parts: ImportReport[] = [];
  const tried: string[] = [];
  for (;;) {
    const part = await importer().import({
      boardId: localBoardId,
      file,
      blank: false,
      textsConfirmed: false,
      dryRun,
      tried,
      ...more,
    });
    parts.push(part);
    tried.push(...part.tried);
    if (part.left === 0) return parts;
  }
}

const written = (parts: readonly ImportReport[]) =>
  parts.flatMap((part) =>
    part.rows.filter((one) => part.tried.includes(one.key)).map((one) => `${one.outcome} ${one.ref}`),
  );

async function someone(): Promise<string> {
  const { people } = await board.records.snapshot(localBoardId);
  return people.find((one) => one.boardRole === 'owner')?.name ?? '';
}

const added = async (): Promise<Uint8Array> =>
  workbook([
    [
      'APA1.90',
      'APA1',
      'Agree the joint standard',
      await someone(),
      '31 March 2025',
      'Green',
      40,
      'The draft is with partners.',
    ],
    ['APA1.91', 'APA1', 'Train the panels', await someone(), '30/04/2025', 'Amber', 10, ''],
  ]);

describe('an import', () => {
  test('shows in a dry run what it would do, and writes nothing', async () => {
    const before = (await board.records.snapshot(localBoardId)).actions.length;
    const [report] = await importAll(await added(), true);
    expect(report?.rows.map((one) => `${one.outcome} ${one.ref}`)).toEqual(['to add APA1.90', 'to add APA1.91']);
    expect((await board.records.refresh(localBoardId)).actions).toHaveLength(before);
  });

  test('creates what is new with a row of the history each, told in words', async () => {
    expect(written(await importAll(await added()))).toEqual(['added APA1.90', 'added APA1.91']);
    const snapshot = await board.records.refresh(localBoardId);
    expect(snapshot.actions.find((one) => one.ref === 'APA1.90')).toMatchObject({
      areaRef: 'APA1',
      title: 'Agree the joint standard',
      dueOn: '2025-03-31',
      originalDueOn: '2025-03-31',
      deliveryStatus: 'on-track',
      percentComplete: 40,
    });
    const update = snapshot.updates.find((one) => one.subjectRef === 'APA1.90');
    expect(update).toMatchObject({
      route: 'import',
      byRef: snapshot.facts.secretaryRef,
      narrative: 'The draft is with partners.',
    });
  });

  test('of the same workbook again changes nothing', async () => {
    const file = await added();
    await importAll(file);
    const [again] = await importAll(file);
    expect(again?.rows.map((one) => one.outcome)).toEqual(['same', 'same']);
    expect(operations.open.size).toBe(0);
  });

  test('changes by ref what differs, and leaves the agreed date', async () => {
    await importAll(await added());
    const file = await workbook([
      ['APA1.90', 'APA1', 'Agree the joint standard', await someone(), '30 June 2025', 'Red', '', ''],
    ]);
    const [report] = await importAll(file);
    expect(report?.rows[0]).toMatchObject({
      outcome: 'changed',
      changes: [{ title: 'Delivery status', before: 'On track', after: 'Off track' }],
    });
    expect(report?.findings.map((one) => one.rule)).toContain('import-agreed-date');
    const snapshot = await board.records.refresh(localBoardId);
    expect(snapshot.actions.find((one) => one.ref === 'APA1.90')).toMatchObject({
      dueOn: '2025-03-31',
      deliveryStatus: 'off-track',
      percentComplete: 40,
    });
    expect(snapshot.updates.filter((one) => one.subjectRef === 'APA1.90')).toHaveLength(2);
  });

  test('asks for a due date that it moves, once, and leaves the agreed one', async () => {
    await importAll(await added());
    const file = await workbook([['APA1.90', 'APA1', 'Agree the joint standard', '', '30 June 2025', '', '', '']]);
    const asked = { dateReason: 'The health partners sign later.' };
    const [planned] = await importAll(file, true, asked);
    expect(planned?.rows.map((one) => [one.outcome, one.kind, one.ref])).toEqual([
      ['to add', 'dateChange', 'APA1.90-DC1'],
      ['same', 'action', 'APA1.90'],
    ]);
    expect(written(await importAll(file, false, asked))).toEqual(['added APA1.90-DC1']);
    const snapshot = await board.records.refresh(localBoardId);
    const { secretaryRef } = snapshot.facts;
    expect(snapshot.actions.find((one) => one.ref === 'APA1.90')?.dueOn).toBe('2025-03-31');
    expect(snapshot.dateChanges.find((one) => one.subjectRef === 'APA1.90')).toMatchObject({
      ...{ ref: 'APA1.90-DC1', actionRef: 'APA1.90', fromOn: '2025-03-31', toOn: '2025-06-30' },
      ...{ reason: asked.dateReason, requestedByRef: secretaryRef, decision: 'pending' },
    });
    const [again] = await importAll(file, false, asked);
    expect(again?.rows.map((one) => one.outcome)).toEqual(['same', 'same']);
    expect(again?.tried).toEqual([]);
  });

  test('of many rows comes in parts, each of which says what is left', async () => {
    const owner = await someone();
    const rows = Array.from({ length: 45 }, (_, at) => [
      `APA1.${100 + at}`,
      'APA1',
      `Action ${at}`,
      owner,
      '31 March 2025',
      'Green',
      0,
      '',
    ]);
    const parts = await importAll(await workbook(rows));
    expect(parts.map((one) => [one.tried.length, one.left])).toEqual([
      [20, 25],
      [20, 5],
      [5, 0],
    ]);
    expect(
      (await board.records.refresh(localBoardId)).actions.filter((one) => /^APA1\.1\d\d$/.test(one.ref)),
    ).toHaveLength(45);
  });

  test('that stopped in the middle is gone on with, and no row is there twice', async () => {
    const file = await added();
    const path = await listPathOf(board.graph, 'Updates');
    // The actions are written; their history is refused until the fault is over.
    await addFault(board.local.url, { method: 'POST', pathIncludes: path.split('/').at(-1) ?? '' }, 1, {
      kind: 'status',
      status: 403,
    });
    await expect(importAll(file)).rejects.toThrow();
    expect(operations.open.size).toBe(1);
    expect(await importer().resume(localBoardId)).toBe(1);
    const snapshot = await board.records.refresh(localBoardId);
    expect(snapshot.actions.filter((one) => /^APA1\.9\d$/.test(one.ref))).toHaveLength(2);
    expect(snapshot.updates.filter((one) => one.route === 'import')).toHaveLength(2);
    expect((await importAll(file))[0]?.rows.map((one) => one.outcome)).toEqual(['same', 'same']);
  });

  test('does not write over what somebody changed meanwhile', async () => {
    await importAll(await added());
    const file = await workbook([['APA1.90', 'APA1', 'Agree the joint standard', await someone(), '', 'Red', '', '']]);
    const held = await board.records.refresh(localBoardId);
    const stale = { ...board.records, refresh: () => Promise.resolve(held) };
    const action = held.actions.find((one) => one.ref === 'APA1.90');
    const path = await listPathOf(board.graph, 'Actions');
    await board.graph.patch(`${path}/items/${action?.stamp?.itemId}`, { fields: { PercentComplete: 55 } });
    const plan = createImportPlan({ records: stale, operations, clock: board.clock, logger: board.logger });
    const report = await plan.import({
      boardId: localBoardId,
      file,
      blank: false,
      textsConfirmed: false,
      dryRun: false,
      tried: [],
    });
    expect(report.rows[0]?.outcome).toBe('conflict');
    expect(report.findings.map((one) => one.rule)).toContain('import-conflict');
    const now = await board.records.refresh(localBoardId);
    expect(now.actions.find((one) => one.ref === 'APA1.90')).toMatchObject({
      percentComplete: 55,
      deliveryStatus: 'on-track',
    });
  });

  test('by nobody of the board is refused', async () => {
    const plan = importer().import({
      boardId: localBoardId,
      file: await added(),
      byRef: 'P999',
      blank: false,
      textsConfirmed: false,
      dryRun: true,
      tried: [],
    });
    await expect(plan).rejects.toThrow('There is no person P999 in the list People.');
  });

  test('of bytes that are no workbook is refused in words', async () => {
    const file = new TextEncoder().encode('Ref,Action\nA1,Do it');
    const plan = importer().import({
      boardId: localBoardId,
      file,
      blank: false,
      textsConfirmed: false,
      dryRun: true,
      tried: [],
    });
    await expect(plan).rejects.toThrow('The file is no .xlsx workbook.');
  });
});

test('what is exported from SharePoint comes back without a change', async () => {
  const snapshot = await board.records.snapshot(localBoardId);
  const { xlsx } = await renderPlanWorkbook(snapshot, 'The plan', snapshot.readAt);
  const [report] = await importAll(xlsx, true);
  expect(report?.rows.filter((one) => one.outcome !== 'same')).toEqual([]);
  expect(report?.findings).toEqual([]);
});
