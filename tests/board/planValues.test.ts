// Cells of a plan read by field: each way people write a date, a share, a score, a status or a name, and what is refused.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDate, readMonth } from '../../bot/board/planDates';
import { planField } from '../../bot/board/planFields';
import { personNamed } from '../../bot/board/planPeople';
import type { PlanValue } from '../../bot/board/planRecords';
import { readValue } from '../../bot/board/planValues';
import { deliveryTable, effectTable, wordIn } from '../../bot/board/planWords';
import { aPerson } from '../fixtures/builders';

const people = [
  aPerson(),
  aPerson({ ref: 'P2', name: 'Dr Sam O’Neill', role: 'Designated Doctor', email: 'sam.oneill@northam.example' }),
  aPerson({ ref: 'P3', name: 'Kim Lee', role: 'Teacher', email: 'kim.lee@one.example' }),
  aPerson({ ref: 'P4', name: 'Kim Lee', role: 'Teacher', email: 'kim.lee@two.example' }),
];

describe('a date', () => {
  test.each([
    ['31/03/2025', '2025-03-31'],
    ['1.2.25', '2025-02-01'],
    ['31-03-2025', '2025-03-31'],
    ['Mon 31st March 2025', '2025-03-31'],
    ['by 3 Sept 2025', '2025-09-03'],
    ['2025-03-31', '2025-03-31'],
    ['29 February 2024', '2024-02-29'],
  ])('%s is %s', (text, on) => {
    expect(readDate(text)).toEqual({ on, monthAlone: false });
  });

  test.each([
    ['March 2025', '2025-03-31'],
    ['Feb-24', '2024-02-29'],
    ['end of June 2025', '2025-06-30'],
  ])('%s is the last day of the month', (text, on) => {
    expect(readDate(text)).toEqual({ on, monthAlone: true });
  });

  test.each([
    '31/02/2025',
    '13/13/2025',
    '29 February 2025',
    'Spring term',
    'Q3 2025',
    'soon',
    '',
    '31 Marvember 2025',
  ])('%j is none', (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  test('is the day before the month, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (days) => {
        const on = new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
        const [year = '', month = '', day = ''] = on.split('-');
        expect(readDate(`${day}/${month}/${year}`)?.on).toBe(on);
      }),
      { numRuns: 100 },
    );
  });
});

test.each([
  ['September 2024', '2024-09'],
  ["Sep '24", '2024-09'],
  ['09/2024', '2024-09'],
  ['Smarch 2024', undefined],
])('the month %s is %s', (text, month) => {
  expect(readMonth(text)).toBe(month);
});

describe('a name', () => {
  test.each([
    ['P2', 'P2'],
    ['Robin Ashdown', 'P1'],
    ['ashdown, robin', 'P1'],
    ['Robin Ashdown (Head of Plans)', 'P1'],
    ['Robin Ashdown - Head of Plans', 'P1'],
    ["Sam O'Neill", 'P2'],
    ['robin.ashdown@northam.example', 'P1'],
    ['Kim Lee <kim.lee@two.example>', 'P4'],
    ['Designated Doctor', 'P2'],
  ])('%s is %s', (text, ref) => {
    const named = personNamed(people, text);
    expect(named.kind === 'known' ? named.person.ref : named.why).toBe(ref);
  });

  test.each([
    ['Kim Lee', 'P3 and P4'],
    ['Teacher', 'nobody of the list People'],
    ['Robin Ashdwon', 'Is Robin Ashdown meant?'],
    ['Robin Ashdown / Sam O’Neill', 'names 2 people'],
    ['Robin', 'nobody of the list People'],
  ])('%s is nobody for certain', (text, why) => {
    expect(personNamed(people, text)).toMatchObject({ kind: 'unknown', why: expect.stringContaining(why) });
  });
});

const text = (one: string): PlanValue => ({ kind: 'text', text: one });
const figure = (value: number, percent = false): PlanValue => ({ kind: 'number', value, percent });

function read(kind: Parameters<typeof planField>[0], name: string, cell: PlanValue): unknown {
  const field = planField(kind, name);
  if (!field) throw new TypeError(`no field ${name}`);
  const result = readValue(field, cell, people);
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
});
