// One row of a plan with its cells read: what it gives, what it leaves empty, what is refused and what is said about it.
import { describe, expect, test } from '@jest/globals';
import type { PlanCell, PlanKind, PlanValue } from '../../bot/board/planRecords';
import { interpretRow, type GivenRow } from '../../bot/board/planRows';
import type { ImportFinding } from '../../bot/board/planWork';
import { aPerson } from '../fixtures/builders';

const text = (words: string): PlanValue => ({ kind: 'text', text: words });

/** Reads a row whose cells stand in row 2 from column A. */
function read(
  kind: PlanKind,
  cells: Readonly<Record<string, PlanValue | undefined>>,
): GivenRow & { readonly findings: readonly ImportFinding[] } {
  const findings: ImportFinding[] = [];
  const placed = Object.entries(cells).map(([name, value], index): [string, PlanCell] => [
    name,
    { at: `${'ABCDEF'.charAt(index)}2`, value },
  ]);
  const row = { kind, sheet: 'Plan', row: 2, cells: Object.fromEntries(placed) };
  const work = { input: { snapshot: { people: [aPerson()] } }, findings };
  return { ...interpretRow(work, kind, row), findings };
}

test('gives what can be read, and tells empty cells from columns that are not there', () => {
  const row = read('action', { ref: text('A1.01'), title: text('Publish'), leadBody: undefined });
  expect([...row.values]).toEqual([
    ['ref', 'A1.01'],
    ['title', 'Publish'],
  ]);
  expect([...row.blanks]).toEqual(['leadBody']);
  expect(row.findings).toEqual([]);
  expect(row).not.toHaveProperty('refused');
});

test('leaves out a cell that is no field of its kind', () => {
  expect(read('action', { title: text('Publish'), locality: text('East') }).values.has('locality')).toBe(false);
});

test('takes a dash neither as a value nor as an empty cell', () => {
  const row = read('action', { ownerRef: text('-') });
  expect(row).toMatchObject({ values: new Map(), blanks: new Set(), findings: [] });
});

describe('a cell that is not understood', () => {
  test('is a finding at its place and keeps the other cells', () => {
    const row = read('action', { ref: text('A1.01'), dueOn: text('soon'), title: text('Publish') });
    expect(row.findings).toEqual([
      {
        rule: 'import-unknown-date',
        level: 'finding',
        ref: 'A1.01',
        records: ['A1.01'],
        where: 'Sheet "Plan", cell B2',
        text: 'Due date says "soon", which is no date. Write it as 31 March 2025.',
      },
    ]);
    expect([...row.values.keys()]).toEqual(['ref', 'title']);
  });

  test('refuses the row when a record needs it, for the first such reason', () => {
    const row = read('reading', { period: text('Smarch'), value: text('many') });
    expect(row.refused).toEqual({
      rule: 'import-unknown-date',
      why: 'Period says "Smarch", which is no month. Write it as March 2025.',
    });
    expect(row.findings).toEqual([]);
  });
});

describe('a cell that is taken says', () => {
  test.each([
    [
      'what it leaves open',
      { dueOn: text('March 2025') },
      'import-in-doubt',
      'finding',
      'Due date says "March 2025" alone; the last day of the month is taken.',
    ],
    [
      'that it names a post',
      { ownerRef: text('Head of Plans') },
      'import-note',
      'information',
      'Owner names a post, held by Robin Ashdown.',
    ],
    [
      'that a colour alone tells it',
      { deliveryStatus: { kind: 'colour', colour: 'green' } },
      'import-colour-alone',
      'information',
      'Delivery status is told by the colour green alone.',
    ],
  ] as const)('%s', (_, cells, rule, level, words) => {
    const row = read('action', cells);
    expect(row.findings).toMatchObject([{ rule, level, text: words }]);
    expect([...row.values.keys()]).toEqual(Object.keys(cells));
  });
});

describe('a finding calls the row', () => {
  const dueOn = text('soon');
  test.each([
    ['by its ref', { ref: text('A1.01'), title: text('Publish'), dueOn }, 'A1.01'],
    ['by its name when the ref is empty', { ref: undefined, title: text('Publish'), dueOn }, 'Publish'],
    ['by 60 characters of a long name', { title: text('x'.repeat(80)), dueOn }, 'x'.repeat(60)],
    ['by its sheet when it has neither', { dueOn }, 'Plan'],
  ])('%s', (_, cells, ref) => {
    expect(read('action', cells).findings).toMatchObject([{ ref }]);
  });
});
