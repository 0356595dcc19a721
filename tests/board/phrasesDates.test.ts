import { createCalendar } from '../../bot/board/calendar';
import { dateAt } from '../../bot/board/phraseDates';
import { readPhrases } from '../../bot/board/phrases';
import { sampleSnapshot } from '../fixtures/samplePlan';

const snapshot = sampleSnapshot();
const calendar = createCalendar({ timeZone: 'Europe/London', quietDays: [] });

/** The forecast read, or what was asked, or the person's own words. */
function forecast(words: string, todayOn = '2025-01-06'): string {
  const [item] = readPhrases({
    text: `APA1.06 ${words}`,
    snapshot,
    calendar,
    todayOn,
    openRefs: [],
    ownRefs: [],
    readingDue: () => undefined,
  }).items;
  return (
    item?.fields['forecastOn'] ??
    item?.questions.find((one) => one.field === 'forecastOn')?.text ??
    item?.fields['narrative'] ??
    ''
  );
}

describe('a forecast said on Monday 6 January 2025', () => {
  test.each([
    ['forecast 14 February', '2025-02-14'],
    ['forecast 14/2', '2025-02-14'],
    ['forecast 5/12', '2025-12-05'],
    ['forecast 31/3/25', '2025-03-31'],
    ['forecast 31.3.2025', '2025-03-31'],
    ['forecast 2025-02-14', '2025-02-14'],
    ['forecast: Friday 14 Feb', '2025-02-14'],
    ['forecast Feb 14', '2025-02-14'],
    ['forecast February 14th 2026', '2026-02-14'],
    ['forecast the 14th of february', '2025-02-14'],
    ['forecast 14th Februry', '2025-02-14'],
    ['forecast 28 febuary', '2025-02-28'],
    ['forecast 14 Febraury', '2025-02-14'],
    ['forecast 12 Septmbr', '2025-09-12'],
    ['forecast 12 december', '2025-12-12'],
    ['eta tomorrow', '2025-01-07'],
    ['eta today', '2025-01-06'],
    ['eta tomorrow week', '2025-01-14'],
    ['should land tuesday week', '2025-01-14'],
    ['should land a week on friday', '2025-01-17'],
    ['should land a week today', '2025-01-13'],
    ['should land a fortnight tomorrow', '2025-01-21'],
    ['should land friday fortnight', '2025-01-24'],
    ['by friday', '2025-01-10'],
    ['done by COP friday', 'Done by COP friday.'],
    ['expected this thursday', '2025-01-09'],
    ['expected in 3 weeks', '2025-01-27'],
    ["expected in two weeks' time", '2025-01-20'],
    ['expected within a fortnight', '2025-01-20'],
    ['expected within the next 10 days', '2025-01-16'],
    ['expected in 5 working days', '2025-01-13'],
    ['expected in 2 months', '2025-03-06'],
    ['expected 3 weeks from now', '2025-01-27'],
    ['in a fortnight', '2025-01-20'],
    ['by end of the month', '2025-01-31'],
    ['by month end', '2025-01-31'],
    ['by the end of next month', '2025-02-28'],
    ['by end of the week', '2025-01-10'],
    ['by end of next week', '2025-01-17'],
    ['by the end of March', '2025-03-31'],
    ['by march end', '2025-03-31'],
    ['by end feb 2026', '2026-02-28'],
    ['by end of the financial year', '2025-03-31'],
    ['ready in march', '2025-03-31'],
    ['ready in may', '2025-05-31'],
    ['by the 20th', '2025-01-20'],
    ['by the 3rd', '2025-02-03'],
    ['slipped to 14 march', '2025-03-14'],
    ['pushed back to 28 feb', '2025-02-28'],
    ['14 Feb', '2025-02-14'],
    ['on track for 14 Feb', '2025-02-14'],
  ])('%j is %s', (words, expected) => {
    expect(forecast(words)).toBe(expected);
  });

  test.each([
    ['by next friday', '"next friday" may be Friday 10 January 2025 or Friday 17 January 2025: choose the date.'],
    ['by monday', '"monday" may be Monday 6 January 2025 or Monday 13 January 2025: choose the date.'],
    [
      'should land monday week',
      '"monday week" may be Monday 13 January 2025 or Monday 20 January 2025: choose the date.',
    ],
    ['by end of Q1', '"end of Q1" may be Monday 31 March 2025 or Monday 30 June 2025: choose the date.'],
    ['by Q4', '"Q4" may be Wednesday 31 December 2025 or Monday 31 March 2025: choose the date.'],
    ['ready by march', '"by march" may be Saturday 1 March 2025 or Monday 31 March 2025: choose the date.'],
    ['forecast March 25', '"March 25" may be a day or a year: choose the date.'],
    ['forecast 3 January', '"3 January" may be Friday 3 January 2025 or Saturday 3 January 2026: choose the date.'],
    ['forecast Friday 15 Feb', '"Friday 15 Feb" does not fit: 15 February 2025 is a Saturday. Choose the date.'],
    ['forecast 30 Feb', '"30 Feb" is no day of the calendar: choose the date.'],
    ['forecast 2/14', '"2/14" is no date with the day before the month: choose the date.'],
    ['forecast Feb 30', '"Feb 30" may be a day or a year: choose the date.'],
    ['forecast Feb 30th', 'There is no "Feb 30th" in the calendar: choose the date.'],
    ['by the 45th', '"the 45th" is no day of this month or the next: choose the date.'],
    ['forecast 14 Feb 2024', 'Wednesday 14 February 2024 has passed. The forecast is a day to come: choose the date.'],
    ['early march', '"early march" is no single day: choose the date.'],
    ['forecast w/c 10 Feb', '"w/c 10 Feb" is no single day: choose the date.'],
    ['should land by easter', '"easter" is no single day: choose the date.'],
    ['by end of term', '"end of term" is no single day: choose the date.'],
    ['by half term', '"half term" is no single day: choose the date.'],
    ['by the end of the year', '"the end of the year" is no single day: choose the date.'],
    ['by next week', '"next week" is no single day: choose the date.'],
    ['in a couple of weeks', '"in a couple of weeks" is no single day: choose the date.'],
  ])('%j is asked', (words, expected) => {
    expect(forecast(words)).toBe(expected);
  });

  test.each([
    ['may finish early', 'May finish early.'],
    ['2 weeks late', '2 weeks late.'],
    ['by the team', 'By the team.'],
  ])('%j is no date', (words, expected) => {
    expect(forecast(words)).toBe(expected);
  });
});

test.each([
  ['by end of march', '2025-04-02', '2026-03-31'],
  ['by end of the financial year', '2025-04-02', '2026-03-31'],
  ['forecast 2 January', '2025-12-20', '2026-01-02'],
  ['forecast 29 Feb', '2025-12-20', '"29 Feb" is no day of the calendar: choose the date.'],
  ['by the 31st', '2025-02-10', '2025-03-31'],
  ['by friday', '2025-01-05', '2025-01-10'],
  ['by end of the week', '2025-01-05', '2025-01-03'],
])('%j said on %s', (words, todayOn, expected) => {
  const read = forecast(words, todayOn);
  expect(words.includes('the week') ? read.slice(0, 22) : read).toBe(
    words.includes('the week') ? 'Friday 3 January 2025 ' : expected,
  );
});

test('a reader of dates that knows none leaves the words as they are', () => {
  const facts = { todayOn: '2025-01-06', calendar, spell: () => undefined };
  expect(dateAt('the day after the fair', facts)).toBeUndefined();
  expect(dateAt('14 March', facts)).toMatchObject({ kind: 'ask' });
  expect(dateAt('?', facts)).toBeUndefined();
});
