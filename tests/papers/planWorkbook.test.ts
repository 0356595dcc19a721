// Plans out of awkward workbooks: where the header is, what each column is, which rows are records, and what is refused.
import { describe, expect, jest, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { decideImport, type ImportDecision } from '../../bot/board/planImport';
import type { BoardSnapshot } from '../../bot/board/model';
import type { PlanWorkbook } from '../../bot/board/planRecords';
import { readPlanWorkbook } from '../../bot/papers/planWorkbook';
import { actionPlanWorkbook, measuresWorkbook, riskRegisterWorkbook } from '../fixtures/awkwardPlans';
import { anArea, aPerson, aQuietBoard } from '../fixtures/builders';

jest.setTimeout(30_000);

const board = aQuietBoard({
  areas: [anArea()],
  people: [aPerson()],
  actions: [],
  milestones: [],
  risks: [],
  mitigations: [],
  measures: [],
  readings: [],
  updates: [],
});

async function read(xlsx: Uint8Array): Promise<PlanWorkbook> {
  const plan = await readPlanWorkbook(xlsx);
  if (plan.kind === 'refused') throw new TypeError(plan.why);
  return plan.workbook;
}

async function decide(xlsx: Uint8Array, snapshot: BoardSnapshot = board): Promise<ImportDecision> {
  return decideImport({ snapshot, plan: await read(xlsx), on: '2025-06-10', blank: false, textsConfirmed: false });
}

const told = ({ findings }: ImportDecision) => findings.map((one) => `${one.rule} ${one.where} ${one.ref}`);
const outcomes = ({ items }: ImportDecision) => items.map((one) => `${one.outcome} ${one.kind} ${one.ref}`);
const valuesOf = ({ items }: ImportDecision, ref: string) => items.find((one) => one.ref === ref)?.values;

describe('an action plan as a council keeps it', () => {
  test('is read from the sheet that holds it, its header found under the titles', async () => {
    const { sheets } = await read(await actionPlanWorkbook());
    expect(sheets.map((one) => [one.name, one.kind ?? one.whyNot])).toEqual([
      ['Read me', 'no row names the columns of a plan, a risk register or measures'],
      ['Lists', 'it is hidden'],
      ['SEND plan v12', 'action'],
    ]);
    expect(sheets[2]).toMatchObject({ headerRows: [4], hiddenRows: [12], unused: [{ column: 'K', header: 'Budget' }] });
  });

  test('shows what each column was taken for', async () => {
    const [, , plan] = (await read(await actionPlanWorkbook())).sheets;
    expect(plan?.columns.map((one) => `${one.column} ${one.kind}.${one.field}`)).toEqual([
      'A action.ref',
      'B action.title',
      'C action.ownerRef',
      'D action.partnerBodies',
      'E action.dueOn',
      'F action.deliveryStatus',
      'G action.percentComplete',
      'H milestone.title',
      'I milestone.dueOn',
      'J action.successMeasure',
    ]);
  });

  test('brings actions and the milestones beside and under them', async () => {
    expect(outcomes(await decide(await actionPlanWorkbook()))).toEqual([
      'add action A1.01',
      'add action A1.02',
      'refused action A7.01',
      'add action A1.03',
      'add milestone A1.01-1',
      'add milestone A1.01-2',
    ]);
  });

  test('is read cell by cell: names, dates, shares and status words', async () => {
    const decision = await decide(await actionPlanWorkbook());
    expect(valuesOf(decision, 'A1.01')).toMatchObject({
      areaRef: 'A1',
      ownerRef: 'P1',
      partnerBodies: ['Northam ICB'],
      dueOn: '2025-09-30',
      originalDueOn: '2025-09-30',
      deliveryStatus: 'at-risk',
      percentComplete: 60,
      successMeasure: 'Plans meet the standard',
    });
    expect(valuesOf(decision, 'A1.02')).toMatchObject({
      ownerRef: 'P1',
      dueOn: '2025-12-31',
      deliveryStatus: 'off-track',
      percentComplete: 25,
    });
    expect(valuesOf(decision, 'A1.03')).toMatchObject({
      title: '=HYPERLINK("https://evil.example")',
      dueOn: '2025-11-30',
      deliveryStatus: 'complete',
    });
    expect(valuesOf(decision, 'A1.01-2')).toMatchObject({
      actionRef: 'A1.01',
      title: 'Standard published',
      dueOn: '2025-09-30',
    });
  });

  test('has each doubt told with its cell', async () => {
    const decision = await decide(await actionPlanWorkbook());
    expect(told(decision)).toEqual(
      expect.arrayContaining([
        'import-in-doubt Sheet "SEND plan v12", cell E8 A1.02',
        'import-colour-alone Sheet "SEND plan v12", cell F8 A1.02',
        'import-unknown-person Sheet "SEND plan v12", cell C10 A7.01',
        'import-unknown-word Sheet "SEND plan v12", cell F10 A7.01',
        'import-not-understood Sheet "SEND plan v12", cell G10 A7.01',
        'import-no-parent Sheet "SEND plan v12", row 10 A7.01',
        'import-cell-error Sheet "SEND plan v12", cell G12 A1.03',
        'no-linked-measure Sheet "SEND plan v12", row 6 A1.01',
        'import-hidden-rows Sheet "SEND plan v12" SEND plan v12',
      ]),
    );
  });

  test('brings an area that a heading names with ref and kind', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Plan');
    sheet.addRow(['Ref', 'Action', 'Owner', 'Deadline', 'RAG']);
    sheet.addRow(['AFI3: Advice from health on time']);
    sheet.mergeCells('A2:E2');
    sheet.addRow(['AFI3.01', 'Recruit', 'Robin Ashdown', '31 March 2026', 'G']);
    const decision = await decide(new Uint8Array(await workbook.xlsx.writeBuffer()));
    expect(outcomes(decision)).toEqual(['add area AFI3', 'add action AFI3.01']);
    expect(valuesOf(decision, 'AFI3')).toMatchObject({ title: 'Advice from health on time', kind: 'improvement' });
  });
});

describe('a risk register', () => {
  test('is read under two header rows', async () => {
    const [sheet] = (await read(await riskRegisterWorkbook())).sheets;
    expect(sheet?.headerRows).toEqual([3, 4]);
    expect(sheet?.columns.map((one) => `${one.column} ${one.kind}.${one.field}`)).toEqual([
      'A risk.ref',
      'B risk.title',
      'C risk.ownerRef',
      'D risk.inherent.likelihood',
      'E risk.inherent.impact',
      'F risk.inherent.score',
      'G risk.current.likelihood',
      'H risk.current.impact',
      'I risk.current.score',
      'J mitigation.text',
      'K mitigation.ownerRef',
      'L mitigation.dueOn',
      'M mitigation.status',
      'N risk.reviewOn',
    ]);
  });
});

describe('the rows of a risk register', () => {
  test('bring risks and the mitigations beside and under them', async () => {
    const decision = await decide(await riskRegisterWorkbook());
    expect(outcomes(decision)).toEqual([
      'add risk R1',
      'refused risk R2',
      'add mitigation R1.1',
      'add mitigation R1.2',
    ]);
    expect(valuesOf(decision, 'R1')).toMatchObject({
      title: 'Too few advisers',
      ownerRef: 'P1',
      'inherent.likelihood': 5,
      'inherent.impact': 4,
      'current.likelihood': 4,
      'target.likelihood': 4,
      status: 'open',
      reviewOn: '2025-10-01',
    });
    expect(valuesOf(decision, 'R1.1')).toMatchObject({
      riskRef: 'R1',
      ownerRef: 'P1',
      dueOn: '2025-08-31',
      status: 'in-progress',
    });
    expect(valuesOf(decision, 'R1.2')).toMatchObject({
      riskRef: 'R1',
      text: 'Share posts with the ICB',
      status: 'complete',
    });
  });

  test('have their scores checked and what is missing told', async () => {
    expect(told(await decide(await riskRegisterWorkbook()))).toEqual(
      expect.arrayContaining([
        'import-score-differs Sheet "Risk register", cell I5 R1',
        'import-no-target-score Sheet "Risk register", row 5 R1',
        'import-not-understood Sheet "Risk register", cell G7 R2',
        'import-incomplete Sheet "Risk register", row 7 R2',
      ]),
    );
  });
});

describe('measures with a column a month', () => {
  test('bring their readings, shares as percentages', async () => {
    const decision = await decide(await measuresWorkbook());
    expect(outcomes(decision)).toEqual([
      'add measure K9',
      'add reading K9 March 2025',
      'add reading K9 April 2025',
      'refused reading K9 May 2025',
    ]);
    expect(valuesOf(decision, 'K9')).toMatchObject({
      lowerIsBetter: false,
      frequency: 'monthly',
      'baseline.value': 41,
      'target.value': 90,
      'target.on': '2025-12-31',
    });
    expect(valuesOf(decision, 'K9 March 2025')).toMatchObject({
      measureRef: 'K9',
      period: '2025-03',
      value: 52,
      revises: false,
    });
  });
});

describe('a file', () => {
  const refusal = async (xlsx: Uint8Array) => {
    const plan = await readPlanWorkbook(xlsx);
    return plan.kind === 'refused' ? plan.why : 'taken';
  };

  test('that merges a whole sheet is refused before a cell is made', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('Plan').addRow(['Ref', 'Action', 'Owner']);
    workbook.worksheets[0]?.mergeCells('A5:CV1005');
    expect(await refusal(new Uint8Array(await workbook.xlsx.writeBuffer()))).toContain('merges whole rows or columns');
  });

  test('that is no archive, or not a workbook, is refused in words', async () => {
    expect(await refusal(new Uint8Array())).toContain('no .xlsx workbook');
    expect(await refusal(new TextEncoder().encode('PK nothing'))).toContain('no .xlsx workbook');
  });

  test('that is cut short is refused', async () => {
    const whole = await riskRegisterWorkbook();
    expect(await refusal(whole.subarray(0, whole.byteLength - 400))).toContain('no .xlsx workbook');
  });

  test('that is too large is not opened', async () => {
    expect(await refusal(new Uint8Array(10 * 1024 * 1024 + 1))).toContain('larger than 10 MB');
  });
});
