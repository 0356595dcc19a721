// A plan written as a workbook and read back is the same plan: nothing added, nothing changed, nothing in doubt.
import { describe, expect, jest, test } from '@jest/globals';
import { decideImport } from '../../bot/board/planImport';
import type { BoardSnapshot } from '../../bot/board/model';
import { readPlanWorkbook } from '../../bot/papers/planWorkbook';
import { renderPlanWorkbook } from '../../bot/papers/planWorkbookExport';
import { sampleSnapshot } from '../fixtures/samplePlan';

jest.setTimeout(60_000);

const at = '2025-01-06T17:30:00.000Z';

async function backAndForth(snapshot: BoardSnapshot, against = snapshot) {
  const { xlsx } = await renderPlanWorkbook(snapshot, 'The plan', at);
  const read = await readPlanWorkbook(xlsx);
  if (read.kind === 'refused') throw new TypeError(read.why);
  const decision = decideImport({
    snapshot: against,
    plan: read.workbook,
    on: '2025-01-06',
    blank: false,
    textsConfirmed: false,
  });
  return { ...decision, workbook: read.workbook };
}

describe('the sample plan', () => {
  test('is written with a sheet for each kind of record, each told for what it is', async () => {
    const { workbook } = await backAndForth(sampleSnapshot());
    expect(workbook.sheets.map((one) => [one.name, one.kind, one.unused])).toEqual([
      ['Actions', 'action', []],
      ['Milestones', 'milestone', []],
      ['Risks', 'risk', []],
      ['Mitigations', 'mitigation', []],
      ['Measures', 'measure', []],
      ['Readings', 'reading', []],
      ['Areas', 'area', []],
      ['Bodies', 'body', []],
      ['People', 'person', []],
    ]);
  });

  test('comes back without a change', async () => {
    const snapshot = sampleSnapshot();
    const { items, findings } = await backAndForth(snapshot);
    expect(items.filter((one) => one.outcome !== 'same')).toEqual([]);
    expect(findings).toEqual([]);
    expect(items.filter((one) => one.kind === 'action')).toHaveLength(snapshot.actions.length);
    expect(items.filter((one) => one.kind === 'reading')).toHaveLength(snapshot.readings.length);
  });

  test('fills an empty board with the same records', async () => {
    const full = sampleSnapshot();
    const bare = {
      ...full,
      areas: [],
      bodies: [],
      actions: [],
      milestones: [],
      risks: [],
      mitigations: [],
      measures: [],
      readings: [],
      updates: [],
    };
    const { items, findings } = await backAndForth(full, bare);
    expect(items.filter((one) => one.outcome !== 'add')).toEqual([]);
    const [first] = full.actions;
    expect(items.find((one) => one.kind === 'action' && one.ref === first?.ref)?.values).toMatchObject({
      ref: first?.ref,
      areaRef: first?.areaRef,
      title: first?.title,
      ownerRef: first?.ownerRef,
      dueOn: first?.dueOn,
      deliveryStatus: first?.deliveryStatus,
    });
    expect(findings.filter((one) => one.rule === 'import-unknown-person')).toEqual([]);
  });
});
