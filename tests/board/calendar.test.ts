// The calendar: England's working days, quiet days, both clock changes, and words for dates.
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { createCalendar } from '../../bot/board/calendar';

const london = createCalendar({ timeZone: 'Europe/London', quietDays: [] });
const christmas = createCalendar({ timeZone: 'Europe/London', quietDays: 'default' });
const halfTerm = createCalendar({
  timeZone: 'Europe/London',
  quietDays: [
    { fromOn: '2025-02-17', toOn: '2025-02-21' },
    { fromOn: '2024-10-28', toOn: '2024-11-01' },
  ],
});

/** Bank holidays of England as proclaimed, days off on weekdays alone. Source: gov.uk/bank-holidays. */
const proclaimed: Readonly<Record<string, readonly string[]>> = {
  2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
  2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
  2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
};

const civilDate = fc.integer({ min: 0, max: 365 * 8 }).map((n) => london.addDays('2021-06-01', n));
const anyCalendar = fc.constantFrom(london, christmas, halfTerm);

describe('working days', () => {
  test.each(Object.entries(proclaimed))('leave out the bank holidays of England in %s', (year, days) => {
    const off: string[] = [];
    for (let on = `${year}-01-01`; on.startsWith(year); on = london.addDays(on, 1)) {
      const weekend = ['Saturday', 'Sunday'].includes(london.weekday(on));
      if (!weekend && !london.isWorkingDay(on)) off.push(on.slice(5));
    }
    expect(off).toEqual(days);
  });

  test.each([
    ['2025-01-15', -5, '2025-01-08'],
    ['2025-01-15', -7, '2025-01-06'],
    ['2025-01-15', -15, '2024-12-20'],
    ['2024-05-29', -5, '2024-05-21'],
    ['2024-03-28', 1, '2024-04-02'],
    ['2025-01-04', 1, '2025-01-06'],
    ['2025-01-04', -1, '2025-01-03'],
    ['2025-01-04', 0, '2025-01-04'],
    ['2023-12-29', 2, '2024-01-03'],
  ])('%s and %i working days is %s', (on, n, expected) => {
    expect(london.addWorkingDays(on, n)).toBe(expected);
  });

  test('are counted after the first day up to and including the last', () => {
    expect(london.workingDaysBetween('2025-01-06', '2025-01-15')).toBe(7);
    expect(london.workingDaysBetween('2025-01-06', '2025-01-06')).toBe(0);
    expect(london.workingDaysBetween('2025-01-15', '2025-01-06')).toBe(-7);
    expect(london.workingDaysBetween('2024-12-20', '2025-01-15')).toBe(15);
    // 782 Mondays to Fridays less 24 bank holidays.
    expect(london.workingDaysBetween('2023-06-01', '2026-06-01')).toBe(758);
  });

  test('stepping forwards is undone by stepping back, from any working day', () => {
    fc.assert(
      fc.property(anyCalendar, civilDate, fc.integer({ min: 0, max: 60 }), (calendar, on, n) => {
        fc.pre(calendar.isWorkingDay(on));
        expect(calendar.addWorkingDays(calendar.addWorkingDays(on, n), -n)).toBe(on);
      }),
      { numRuns: 150 },
    );
  });

  test('counting agrees with stepping from any day', () => {
    fc.assert(
      fc.property(anyCalendar, civilDate, fc.integer({ min: 0, max: 300 }), (calendar, on, n) => {
        expect(calendar.workingDaysBetween(on, calendar.addWorkingDays(on, n))).toBe(n);
      }),
      { numRuns: 150 },
    );
  });

  test('counting adds up over a day in between, and is reversed by its sign', () => {
    fc.assert(
      fc.property(anyCalendar, civilDate, civilDate, civilDate, (calendar, a, b, c) => {
        expect(calendar.workingDaysBetween(a, b) + calendar.workingDaysBetween(b, c)).toBe(
          calendar.workingDaysBetween(a, c),
        );
        expect(calendar.workingDaysBetween(a, b) + calendar.workingDaysBetween(b, a)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('land on a working day wherever they start', () => {
    fc.assert(
      fc.property(anyCalendar, civilDate, fc.integer({ min: 1, max: 40 }), (calendar, on, n) => {
        expect(calendar.isWorkingDay(calendar.addWorkingDays(on, n))).toBe(true);
        expect(calendar.isWorkingDay(calendar.addWorkingDays(on, -n))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('quiet days', () => {
  test('default to 24 December to 1 January', () => {
    expect(christmas.addWorkingDays('2025-12-23', 1)).toBe('2026-01-02');
    expect(london.addWorkingDays('2025-12-23', 1)).toBe('2025-12-24');
    expect(christmas.workingDaysBetween('2024-12-20', '2025-01-15')).toBe(11);
  });

  test('of a board replace the default', () => {
    expect(halfTerm.isWorkingDay('2024-12-24')).toBe(true);
    expect(halfTerm.isWorkingDay('2025-02-19')).toBe(false);
    expect(halfTerm.addWorkingDays('2025-02-14', 1)).toBe('2025-02-24');
  });

  test('that ended last are found from a day after them', () => {
    expect(christmas.quietPeriodBefore('2025-01-03')).toEqual({ fromOn: '2024-12-24', toOn: '2025-01-01' });
    expect(christmas.quietPeriodBefore('2025-12-30')).toEqual({ fromOn: '2024-12-24', toOn: '2025-01-01' });
    expect(halfTerm.quietPeriodBefore('2025-02-24')).toEqual({ fromOn: '2025-02-17', toOn: '2025-02-21' });
    expect(halfTerm.quietPeriodBefore('2025-02-21')).toEqual({ fromOn: '2024-10-28', toOn: '2024-11-01' });
    expect(halfTerm.quietPeriodBefore('2024-10-01')).toBeUndefined();
    expect(halfTerm.quietPeriodBefore('2026-06-01')).toBeUndefined();
    const inOrder = createCalendar({
      timeZone: 'Europe/London',
      quietDays: [
        { fromOn: '2024-10-28', toOn: '2024-11-01' },
        { fromOn: '2025-02-17', toOn: '2025-02-21' },
      ],
    });
    expect(inOrder.quietPeriodBefore('2025-03-01')).toEqual({ fromOn: '2025-02-17', toOn: '2025-02-21' });
  });
});

describe('calendar days', () => {
  test('cross month ends, leap days and year ends', () => {
    expect(london.addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(london.addDays('2025-01-01', -1)).toBe('2024-12-31');
    expect(london.daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(london.daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
  });

  test('months end where the shorter month ends', () => {
    expect(london.addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(london.addMonths('2024-01-15', 6)).toBe('2024-07-15');
    expect(london.addMonths('2024-01-15', -1)).toBe('2023-12-15');
  });
});

describe('moments', () => {
  test.each([
    ['2025-03-29', '09:00', '2025-03-29T09:00:00.000Z'],
    ['2025-03-30', '09:00', '2025-03-30T08:00:00.000Z'],
    ['2025-03-30', '01:30', '2025-03-30T01:30:00.000Z'],
    ['2025-10-25', '17:00', '2025-10-25T16:00:00.000Z'],
    ['2025-10-26', '17:00', '2025-10-26T17:00:00.000Z'],
  ])('%s at %s in London is %s', (on, time, expected) => {
    expect(london.at(on, time)).toBe(expected);
  });

  test('belong to the civil day of the zone, not of UTC', () => {
    expect(london.on('2025-06-30T23:30:00.000Z')).toBe('2025-07-01');
    expect(london.timeOf('2025-06-30T23:30:00.000Z')).toBe('00:30');
    expect(london.on('2025-01-31T23:30:00.000Z')).toBe('2025-01-31');
  });

  test.each([
    ['Europe/London', '2025-03-30T00:59:00.000Z', '2025-03-30'],
    ['Europe/London', '2025-10-26T23:59:00Z', '2025-10-26'],
    ['Europe/London', '2025-06-30T23:30:00+01:00', '2025-06-30'],
    ['Europe/London', '2025-06-30T23:30:00-01:00', '2025-07-01'],
    ['Asia/Kolkata', '2025-06-30T18:29:59.9Z', '2025-06-30'],
    ['Asia/Kolkata', '2025-06-30T18:30:00Z', '2025-07-01'],
    ['America/New_York', '2025-03-09T04:59:00Z', '2025-03-08'],
    ['America/New_York', '2025-03-10T03:59:00Z', '2025-03-09'],
    ['America/New_York', '2025-03-10T04:00:00Z', '2025-03-10'],
  ])('in %s, %s is on %s', (timeZone, at, on) => {
    expect(createCalendar({ timeZone, quietDays: [] }).on(at)).toBe(on);
  });

  test('what is no moment and no date is not guessed', () => {
    expect(london.on('2025-06-30T25:00:00Z')).toBe('Invalid DateTime');
    expect(london.on('2025-02-30T10:00:00Z')).toBe('Invalid DateTime');
    expect(london.timeOf('2025-02-30T10:00:00Z')).toBe('Invalid DateTime');
    expect([london.weekday('soon'), london.longDate('soon')]).toEqual(['soon', 'soon']);
  });

  test('the date is that of the local clock at any moment, in any zone', () => {
    const zones = ['Europe/London', 'Pacific/Auckland', 'America/St_Johns', 'Australia/Lord_Howe'];
    const moment = fc.date({ min: new Date('2023-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (timeZone, at) => {
        const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
        expect(createCalendar({ timeZone, quietDays: [] }).on(at.toISOString())).toBe(parts.format(at));
      }),
      { numRuns: 100 },
    );
  });

  test('the moment of a local time is that of the zone, near a change of the clocks, too', () => {
    // Changes at one in the morning of Greenwich, at midnight of the place, and by half an hour.
    const zones = ['Europe/London', 'Asia/Beirut', 'America/Havana', 'Australia/Lord_Howe', 'Pacific/Auckland'];
    const times = ['00:00', '00:30', '01:30', '02:15', '09:00', '22:45', '23:30'];
    for (const timeZone of zones) {
      const calendar = createCalendar({ timeZone, quietDays: [] });
      for (let day = 0; day < 366; day += 1)
        for (const time of times) {
          const on = london.addDays('2025-01-01', day);
          const expected = DateTime.fromISO(`${on}T${time}`, { zone: timeZone }).toUTC().toISO();
          expect([timeZone, on, time, calendar.at(on, time)]).toEqual([timeZone, on, time, expected]);
        }
    }
  });

  test.each([
    ['2025-02-30', '10:00'],
    ['soon', '10:00'],
    ['2025-02-03', '25:00'],
  ])('there is no moment of %s, %s', (on, time) => {
    expect(() => london.at(on, time)).toThrow(RangeError);
  });

  test('a local time read back is the same on every day, clock changes included', () => {
    fc.assert(
      fc.property(civilDate, fc.constantFrom('08:00', '09:00', '10:00', '17:00', '23:59'), (on, time) => {
        const at = london.at(on, time);
        expect([london.on(at), london.timeOf(at)]).toEqual([on, time]);
      }),
      { numRuns: 150 },
    );
  });

  test('and dates are written in full', () => {
    expect(london.longDate('2025-01-15')).toBe('Wednesday 15 January 2025');
    expect(london.weekday('1969-12-31')).toBe('Wednesday');
    expect(london.longDateTime('2025-07-01T09:00:00.000Z')).toBe('Tuesday 1 July 2025, 10:00');
  });
});

test('more days than are remembered are counted right', () => {
  for (let day = 0; day <= 45_000; day += 1) london.daysBetween('1990-01-01', london.addDays('1990-01-01', day));
  expect(london.daysBetween('2025-01-01', '2026-01-01')).toBe(365);
});
