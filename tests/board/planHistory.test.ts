// What an imported row leaves in the history of its record: whose it is, and its fields before and after.
import { describe, expect, test } from '@jest/globals';
import { importUpdate } from '../../bot/board/planHistory';
import type { ImportItem } from '../../bot/board/planWork';
import { aMeasure, aMilestone, aMitigation, anAction, anArea, aRisk, aSnapshot } from '../fixtures/builders';

const at = '2025-06-10T08:00:00.000Z';
const board = aSnapshot({
  areas: [anArea()],
  actions: [anAction({ ref: 'A1.02', title: 'Another' }), anAction()],
  milestones: [aMilestone()],
  risks: [aRisk()],
  mitigations: [aMitigation()],
  measures: [aMeasure()],
});

function item(over: Partial<ImportItem>): ImportItem {
  return {
    kind: 'action',
    ref: 'A1.01',
    where: 'Sheet "Plan", row 2',
    key: 'Plan!2 action',
    outcome: 'change',
    values: {},
    changes: [],
    ...over,
  };
}

const updateOf = (over: Partial<ImportItem>): ReturnType<typeof importUpdate> =>
  importUpdate(item(over), board, 'P8', at);

describe('a changed record', () => {
  test('keeps each changed field as it was and as it is', () => {
    expect(updateOf({ values: { percentComplete: 80, leadBody: 'Northam ICB', forecastOn: null } })).toEqual({
      subjectKind: 'action',
      subjectRef: 'A1.01',
      byRef: 'P8',
      at,
      before: { percentComplete: 60, leadBody: 'Northam Council', forecastOn: null },
      after: { percentComplete: 80, leadBody: 'Northam ICB', forecastOn: null },
      noChange: false,
    });
  });

  test.each([
    ['risk', 'R1', 'current.impact', 4, 3],
    ['mitigation', 'R1.1', 'status', 'complete', 'in-progress'],
    ['measure', 'K1', 'lowerIsBetter', true, false],
  ] as const)('is kept under a %s itself', (kind, ref, name, after, before) => {
    expect(updateOf({ kind, ref, values: { [name]: after } })).toMatchObject({
      subjectKind: kind,
      subjectRef: ref,
      before: { [name]: before },
      after: { [name]: after },
    });
  });

  test('is kept under its action when it is a milestone, its fields named by its ref', () => {
    const values = { completedOn: '2025-06-01' };
    expect(updateOf({ kind: 'milestone', ref: 'A1.01-1', parentRef: 'A1.01', values })).toMatchObject({
      subjectKind: 'action',
      subjectRef: 'A1.01',
      before: { 'A1.01-1.completedOn': null },
      after: { 'A1.01-1.completedOn': '2025-06-01' },
    });
  });

  test('gives lists in one line and the points of a trajectory whole', () => {
    expect(updateOf({ values: { measureRefs: ['K1', 'K2'] } })?.after).toEqual({ measureRefs: 'K1; K2' });
    const trajectory = [{ quarter: '2025-Q1', value: 55 }];
    expect(updateOf({ kind: 'measure', ref: 'K1', values: { trajectory } })?.after).toEqual({
      trajectory: '{"quarter":"2025-Q1","value":55}',
    });
  });

  test('gives no more than 1,000 characters of a text', () => {
    expect(updateOf({ values: { description: 'x'.repeat(1001) } })?.after).toEqual({ description: 'x'.repeat(1000) });
  });
});

test('a new record leaves its name and what is judged, and no text beside', () => {
  const values = { ref: 'A1.03', title: 'New', description: 'Long', leadBody: 'Council', dueOn: '2025-09-30' };
  expect(updateOf({ outcome: 'add', ref: 'A1.03', values })).toMatchObject({
    before: {},
    after: { ref: 'A1.03', title: 'New', dueOn: '2025-09-30' },
  });
  expect(Object.keys(updateOf({ outcome: 'add', values })?.after ?? {})).toEqual(['ref', 'title', 'dueOn']);
});

describe('a reading', () => {
  const reading: Partial<ImportItem> = { kind: 'reading', ref: 'K1 May 2025', parentRef: 'K1', outcome: 'add' };

  test('is kept under its measure by its month', () => {
    expect(updateOf({ ...reading, values: { measureRef: 'K1', period: '2025-05', value: 65 } })).toMatchObject({
      subjectKind: 'measure',
      subjectRef: 'K1',
      before: {},
      after: { '2025-05': 65 },
    });
  });

  test('of a locality that revises another keeps the figure it revises', () => {
    const changes = [{ field: 'value', title: 'Reading for May 2025', before: '62.5', after: '65' }];
    expect(updateOf({ ...reading, values: { period: '2025-05', locality: 'East', value: 65 }, changes })).toMatchObject(
      { before: { '2025-05 East': 62.5 }, after: { '2025-05 East': 65 } },
    );
  });
});

test('what is told of progress is kept in its words', () => {
  expect(updateOf({ narrative: 'The draft is out.' })).toMatchObject({ narrative: 'The draft is out.', after: {} });
});

test('another owner is named, and one who imports for themselves is not', () => {
  expect(updateOf({ ownerRef: 'P1' })).toMatchObject({ byRef: 'P8', forOwnerRef: 'P1' });
  expect(updateOf({ ownerRef: 'P8' })).not.toHaveProperty('forOwnerRef');
});

test.each([
  ['an area', { kind: 'area', ref: 'A1', values: { title: 'Plans' } }],
  ['a body', { kind: 'body', ref: 'Northam ICB', values: { volunteer: true } }],
  ['a milestone of no known action', { kind: 'milestone', ref: 'A1.01-1', values: { title: 'Agreed' } }],
] as const)('%s leaves nothing', (_, over) => {
  expect(updateOf(over)).toBeUndefined();
});

test('a request to move a date is a record of its own and leaves nothing here', () => {
  expect(updateOf({ kind: 'dateChange', ref: 'A1.01-DC1', outcome: 'add' })).toBeUndefined();
});
