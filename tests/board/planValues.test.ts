// Cells of a plan read by field: each way people write a share, a score, a status or a name, and what is refused.
import { describe, expect, test } from '@jest/globals';
import { planField } from '../../bot/board/planFields';
import type { PlanValue } from '../../bot/board/planRecords';
import { cellText, readValue } from '../../bot/board/planValues';
import { deliveryTable, effectTable, flagTable, wordIn } from '../../bot/board/planWords';
import { aPerson } from '../fixtures/builders';

const people = [aPerson(), aPerson({ ref: 'P2', name: 'Sam O’Neill', role: 'Designated Doctor' })];
const text = (one: string): PlanValue => ({ kind: 'text', text: one });
const figure = (value: number, percent = false): PlanValue => ({ kind: 'number', value, percent });
const day = (on: string): PlanValue => ({ kind: 'date', on });
const flag = (value: boolean): PlanValue => ({ kind: 'flag', value });

function readWhole(kind: Parameters<typeof planField>[0], name: string, cell: PlanValue): ReturnType<typeof readValue> {
  const field = planField(kind, name);
  if (!field) throw new TypeError(`no field ${name}`);
  return readValue(field, cell, people);
}

function read(kind: Parameters<typeof planField>[0], name: string, cell: PlanValue): unknown {
  const result = readWhole(kind, name, cell);
  return result.kind === 'value' ? result.value : result.kind;
}

describe('a cell', () => {
  test.each([
    [figure(0.6, true), 60],
    [figure(0.6), 60],
    [figure(60), 60],
    [figure(1), 1],
    [text('60%'), 60],
    [text('60 per cent'), 60],
    [figure(101), 'misfit'],
    [text('nearly'), 'misfit'],
    [text('TBC'), 'empty'],
  ])('%j as a percentage is %s', (cell, value) => {
    expect(read('action', 'percentComplete', cell)).toBe(value);
  });

  test.each([
    [figure(4), 4],
    [text('4 - Likely'), 4],
    [text('Likely (4)'), 4],
    [text('Almost certain'), 5],
    [figure(6), 'misfit'],
    [figure(2.5), 'misfit'],
    [text('perhaps'), 'misfit'],
  ])('%j as a score is %s', (cell, value) => {
    expect(read('risk', 'current.likelihood', cell)).toBe(value);
  });

  test('with an error is not taken for what it shows', () => {
    expect(read('action', 'title', { kind: 'error', code: '#REF!' })).toBe('misfit');
  });

  test('with a ref keeps the nought that the number has lost', () => {
    expect(read('action', 'ref', { kind: 'number', value: 1.1, percent: false, shown: '1.10' })).toBe('1.10');
  });

  test('with several values is a list', () => {
    expect(read('action', 'measureRefs', text('K1, K2; K3'))).toEqual(['K1', 'K2', 'K3']);
    expect(read('measure', 'trajectory', text('2024-Q3: 55; 2024-Q4: 60.5'))).toEqual([
      { quarter: '2024-Q3', value: 55 },
      { quarter: '2024-Q4', value: 60.5 },
    ]);
    expect(read('measure', 'readingMonths', text('Feb, May; 08'))).toEqual(['02', '05', '08']);
  });

  test.each([
    ['   ', 'empty'],
    ['\n', 'empty'],
    [' two\r\nlines ', 'two\nlines'],
  ])('with the text %j is %j', (cell, value) => {
    expect(read('action', 'title', text(cell))).toBe(value);
  });

  test.each([
    [day('2025-03-31'), '2025-03-31'],
    [flag(true), 'yes'],
    [flag(false), 'no'],
    [figure(7), '7'],
    [{ kind: 'colour', colour: 'amber' } as const, 'amber'],
    [{ kind: 'error', code: '#REF!' } as const, ''],
  ])('%j says %j', (cell, value) => {
    expect(cellText(cell)).toBe(value);
  });

  test.each([
    [day('2025-03-31'), '2025-03-31'],
    [text('31 March 2025'), '2025-03-31'],
    [text('to be confirmed'), 'empty'],
    [text('soon'), 'misfit'],
    [figure(45_747), 'misfit'],
  ])('%j as a date is %s', (cell, value) => {
    expect(read('action', 'dueOn', cell)).toBe(value);
  });

  test('with a month alone is its last day, and says so', () => {
    expect(readWhole('action', 'dueOn', text('March 2025'))).toEqual({
      kind: 'value',
      value: '2025-03-31',
      doubt: 'says "March 2025" alone; the last day of the month is taken.',
    });
  });

  test.each([
    [day('2025-03-31'), '2025-03'],
    [text('March 2025'), '2025-03'],
    [text('14/03/2025'), '2025-03'],
    [text('spring'), 'misfit'],
  ])('%j as a month is %s', (cell, value) => {
    expect(read('reading', 'period', cell)).toBe(value);
  });

  test.each([
    [figure(0.07, true), 7],
    [figure(0.07), 0.07],
    [text('1,234.5'), 1234.5],
    [text('n/a'), 'empty'],
    [text('about 60'), 'misfit'],
  ])('%j as a number is %s', (cell, value) => {
    expect(read('reading', 'value', cell)).toBe(value);
  });

  test.each([
    [flag(true), true],
    [text('✓'), true],
    [text('-'), false],
    [text('✗'), 'misfit'],
  ])('%j as yes or no is %s', (cell, value) => {
    expect(read('body', 'volunteer', cell)).toBe(value);
  });

  test.each([
    [flag(false), false],
    [text('Lower is better'), true],
  ])('%j as what is better is %s', (cell, value) => {
    expect(read('measure', 'lowerIsBetter', cell)).toBe(value);
  });

  test.each(['n/a', 'None'])('with %s where a list may stand is an empty list', (nothing) => {
    expect(read('measure', 'readingMonths', text(nothing))).toEqual([]);
    expect(read('action', 'partnerBodies', text(nothing))).toEqual([]);
  });

  test('of nothing yet is no score', () => {
    expect(read('risk', 'current.impact', text('TBC'))).toBe('empty');
  });

  test.each([
    ['trajectory', 'Q3: 55'],
    ['trajectory', '2024-Q3: 55; rising'],
    ['readingMonths', 'May, Smarch'],
    ['readingMonths', '13'],
  ])('with a part of a list (%s) that says something else is refused whole: %s', (name, cell) => {
    expect(read('measure', name, text(cell))).toBe('misfit');
  });
});

describe('a status in a cell', () => {
  test('that is not known is told with those that are', () => {
    expect(readWhole('risk', 'status', text('brewing'))).toEqual({
      kind: 'misfit',
      rule: 'import-unknown-word',
      why: 'says "brewing", which is not understood. Known are open and closed and other words for them.',
    });
  });

  test('is shown by the beginning of its first line alone', () => {
    expect(readWhole('risk', 'status', text(`${'x'.repeat(41)}\nmore`))).toMatchObject({
      why: expect.stringContaining(`says "${'x'.repeat(40)}…", which`),
    });
    expect(readWhole('risk', 'status', text(`${'x'.repeat(40)}\nmore`))).toMatchObject({
      why: expect.stringContaining(`says "${'x'.repeat(40)}", which`),
    });
  });

  test.each([
    ['action', 'effectStatus', 'partial', 'some-evidence'],
    ['area', 'kind', 'AFI', 'improvement'],
    ['mitigation', 'status', 'In place', 'complete'],
    ['risk', 'status', 'Retired', 'closed'],
    ['measure', 'frequency', 'Termly', 'quarterly'],
  ] as const)('of %s (%s) written as %s is %s', (kind, name, word, value) => {
    expect(read(kind, name, text(word))).toBe(value);
  });

  test('that is still to be decided is empty', () => {
    expect(read('action', 'deliveryStatus', text('TBD'))).toBe('empty');
  });

  test('is taken with the doubt that its word leaves', () => {
    expect(readWhole('action', 'deliveryStatus', text('Ongoing'))).toEqual({
      kind: 'value',
      value: 'on-track',
      doubt: 'says "Ongoing", which says that it is under way, not whether it is on track.',
    });
    expect(readWhole('action', 'deliveryStatus', text('Green'))).toEqual({ kind: 'value', value: 'on-track' });
  });
});

describe('people in a cell', () => {
  test('are found by name, and by post with a note of who holds it', () => {
    expect(readWhole('action', 'ownerRef', text('Robin Ashdown'))).toEqual({ kind: 'value', value: 'P1' });
    expect(readWhole('action', 'ownerRef', text('Designated Doctor'))).toEqual({
      kind: 'value',
      value: 'P2',
      note: 'names a post, held by Sam O’Neill.',
    });
  });

  test('are none where nothing is written yet', () => {
    expect(read('action', 'ownerRef', text('TBC'))).toBe('empty');
    expect(read('action', 'deputyRefs', text('n/a'))).toBe('empty');
    expect(read('action', 'deputyRefs', text('none; TBC'))).toBe('empty');
  });

  test('are several where several may stand', () => {
    expect(read('action', 'deputyRefs', text('Sam O’Neill / Robin Ashdown'))).toEqual(['P2', 'P1']);
  });

  test('are refused when one of them is not known, who is told', () => {
    const why = '"Ann Other" is nobody of the list People.';
    const refused = { kind: 'misfit', rule: 'import-unknown-person', why };
    expect(readWhole('action', 'ownerRef', text('Ann Other'))).toEqual(refused);
    expect(readWhole('action', 'deputyRefs', text('Robin Ashdown; Ann Other'))).toEqual(refused);
  });
});

describe('the tables of words', () => {
  test.each([
    ['RED', 'off-track'],
    ['amber', 'at-risk'],
    ['Green', 'on-track'],
    ['Blue', 'complete'],
    ['Slipped', 'off-track'],
    ['Not started', 'not-started'],
  ])('%s is %s', (word, status) => {
    expect(wordIn(deliveryTable, word)?.value).toBe(status);
  });

  test('never give one word to two values', () => {
    for (const table of [deliveryTable, effectTable]) {
      const words = table.flatMap((one) => one.words);
      expect(new Set(words).size).toBe(words.length);
    }
  });

  test('say that work under way is not for certain on track', () => {
    expect(wordIn(deliveryTable, 'in progress')).toMatchObject({
      value: 'on-track',
      doubt: expect.stringContaining('under way'),
    });
  });

  test('know marks that are no letters', () => {
    expect(wordIn(flagTable, ' ✔ ')?.value).toBe(true);
    expect(wordIn(flagTable, '✗')).toBeUndefined();
  });
});
