// Dates and months of a plan: each way people write them, and what is none.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { monthNumber, readDate, readMonth } from '../../bot/board/planDates';

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
  ['2024-09', '2024-09'],
  ['Sept 24', '2024-09'],
  ['13/2024', undefined],
  ['Smarch 2024', undefined],
  ['September', undefined],
])('the month %s is %s', (text, month) => {
  expect(readMonth(text)).toBe(month);
});
test.each([
  ['mar', 3],
  ['sept', 9],
  ['december', 12],
  ['ma', 0],
  ['smarch', 0],
  [undefined, 0],
])('the month called %s has the number %s', (word, number) => {
  expect(monthNumber(word)).toBe(number);
});
