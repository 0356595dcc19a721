// Civil dates, working days, quiet days and clock times in the board's zone; the only owner of luxon and date-holidays.
import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import type { CivilDate, Instant, QuietPeriod } from './terms';
import { monthName } from './wording';

/** Dates and working days of one board. Working days are Monday to Friday less bank holidays of England and quiet days. */
export interface Calendar {
  isWorkingDay(on: CivilDate): boolean;
  /** Why a day is not worked; undefined for a working day. */
  dayOff(on: CivilDate): 'weekend' | 'bank holiday' | 'quiet day' | undefined;
  /** Steps `n` working days forwards, or back when negative; 0 gives `on` itself. */
  addWorkingDays(on: CivilDate, n: number): CivilDate;
  /** Working days after `fromOn` up to and including `toOn`; negative when `toOn` is earlier. */
  workingDaysBetween(fromOn: CivilDate, toOn: CivilDate): number;
  addDays(on: CivilDate, n: number): CivilDate;
  /** The same day of another month, or that month's last day. */
  addMonths(on: CivilDate, n: number): CivilDate;
  /** Calendar days from `fromOn` to `toOn`. */
  daysBetween(fromOn: CivilDate, toOn: CivilDate): number;
  /** The civil date of a moment in the board's zone. */
  on(at: Instant): CivilDate;
  /** `HH:mm` of a moment in the board's zone. */
  timeOf(at: Instant): string;
  /** The moment of a local time; a time that a clock change leaves out is read an hour later. */
  at(on: CivilDate, time: string): Instant;
  /** `Wednesday`. */
  weekday(on: CivilDate): string;
  /** `Wednesday 15 January 2025`. */
  longDate(on: CivilDate): string;
  /** `Wednesday 15 January 2025, 10:00`. */
  longDateTime(at: Instant): string;
  /** The last quiet period that ended before `on` and within a year of it. */
  quietPeriodBefore(on: CivilDate): QuietPeriod | undefined;
}

const dayMs = 86_400_000;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const hourMs = 3_600_000;
/** No clock is changed by more, nor are two changes so near. */
const changeMs = 2 * hourMs;
const localTime = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d$/;
const utcInstant = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;
/** What is proclaimed after the library's release: days added to, or taken from, what it computes. */
const proclaimed: { readonly added: readonly CivilDate[]; readonly removed: readonly CivilDate[] } = {
  added: [],
  removed: [],
};

let england: Holidays | undefined;
const bankHolidaysByYear = new Map<number, ReadonlySet<CivilDate>>();

/** Bank holidays of England in a year, computed once. Source: date-holidays, GB-ENG, public days. */
function bankHolidays(year: number): ReadonlySet<CivilDate> {
  const known = bankHolidaysByYear.get(year);
  if (known) return known;
  england ??= new Holidays('GB', 'ENG');
  const days = england
    .getHolidays(year)
    .filter((one) => one.type === 'public')
    .map((one) => one.date.slice(0, 10));
  const result = new Set([...days, ...proclaimed.added].filter((on) => !proclaimed.removed.includes(on)));
  bankHolidaysByYear.set(year, result);
  return result;
}

function yearOf(on: CivilDate): number {
  return Number(on.slice(0, 4));
}

const dayNumbers = new Map<CivilDate, number>();
/** Those of a century. */
const mostDayNumbers = 40_000;

/** Days since 1970-01-01. A board speaks of few days, and of each many times. */
function dayNumber(on: CivilDate): number {
  const known = dayNumbers.get(on);
  if (known !== undefined) return known;
  const day = Date.UTC(yearOf(on), Number(on.slice(5, 7)) - 1, Number(on.slice(8, 10))) / dayMs;
  if (dayNumbers.size >= mostDayNumbers) dayNumbers.clear();
  dayNumbers.set(on, day);
  return day;
}

function civil(day: number): CivilDate {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Saturday and Sunday; day 0 of the epoch, 1970-01-01, was a Thursday. */
function isWeekend(day: number): boolean {
  return (((day + 3) % 7) + 7) % 7 >= 5;
}

/** Mondays to Fridays from a fixed Monday up to and including `day`. */
function weekdaysUntil(day: number): number {
  const weeks = Math.floor((day + 3) / 7);
  return weeks * 5 + Math.min(day + 3 - weeks * 7 + 1, 5);
}

/** What is no date is told as it stands. */
function weekday(on: CivilDate): string {
  return weekdays[(((dayNumber(on) + 3) % 7) + 7) % 7] ?? on;
}

function longDate(on: CivilDate): string {
  const name = weekday(on);
  return name === on ? on : `${name} ${Number(on.slice(8, 10))} ${monthName(on)}`;
}

function quietTest(quietDays: readonly QuietPeriod[] | 'default'): (on: CivilDate) => boolean {
  if (quietDays === 'default') return (on) => on.slice(5) >= '12-24' || on.slice(5) === '01-01';
  return (on) => quietDays.some((period) => period.fromOn <= on && on <= period.toOn);
}

/** The calendar of a board; cheap to create, years are computed when first asked for. */
export function createCalendar(settings: {
  readonly timeZone: string;
  readonly quietDays: readonly QuietPeriod[] | 'default';
  /** Quiet beside those, for the people of one body. */
  readonly alsoQuiet?: readonly QuietPeriod[];
}): Calendar {
  const zone = settings.timeZone;
  const { alsoQuiet = [] } = settings;
  const isQuietForAll = quietTest(settings.quietDays);
  const isQuietToo = quietTest(alsoQuiet);
  const isQuiet = (on: CivilDate): boolean => isQuietForAll(on) || isQuietToo(on);
  const daysOffByYear = new Map<number, readonly CivilDate[]>();

  const workingDays = new Map<number, boolean>();

  function isWorking(day: number): boolean {
    if (isWeekend(day)) return false;
    const known = workingDays.get(day);
    if (known !== undefined) return known;
    const on = civil(day);
    const isWorked = !bankHolidays(yearOf(on)).has(on) && !isQuiet(on);
    workingDays.set(day, isWorked);
    return isWorked;
  }

  /** Mondays to Fridays of a year that are not worked. */
  function daysOff(year: number): readonly CivilDate[] {
    const known = daysOffByYear.get(year);
    if (known) return known;
    const found: CivilDate[] = [];
    const end = Date.UTC(year + 1, 0, 1) / dayMs;
    for (let day = Date.UTC(year, 0, 1) / dayMs; day < end; day += 1)
      if (!isWeekend(day) && !isWorking(day)) found.push(civil(day));
    daysOffByYear.set(year, found);
    return found;
  }

  function workingDaysBetween(fromOn: CivilDate, toOn: CivilDate): number {
    if (toOn < fromOn) return 0 - workingDaysBetween(toOn, fromOn);
    let sum = weekdaysUntil(dayNumber(toOn)) - weekdaysUntil(dayNumber(fromOn));
    for (let year = yearOf(fromOn); year <= yearOf(toOn); year += 1)
      sum -= daysOff(year).filter((on) => fromOn < on && on <= toOn).length;
    return sum;
  }

  function addWorkingDays(on: CivilDate, n: number): CivilDate {
    const step = n < 0 ? -1 : 1;
    let day = dayNumber(on);
    for (let left = Math.abs(n); left > 0;) {
      day += step;
      if (isWorking(day)) left -= 1;
    }
    return civil(day);
  }

  function local(at: Instant): DateTime {
    return DateTime.fromISO(at, { zone });
  }

  const offsets = new Map<string, number | undefined>();
  /** Minutes from UTC throughout a day of UTC; undefined on a day in which the clocks change. */
  function offsetOf(utcDay: string): number | undefined {
    if (offsets.has(utcDay)) return offsets.get(utcDay);
    const first = local(`${utcDay}T00:00:00Z`).offset;
    const offset = local(`${utcDay}T23:59:59Z`).offset === first ? first : undefined;
    offsets.set(utcDay, offset);
    return offset;
  }

  /** The civil date of a moment and `HH:mm`, in the board's zone. */
  function localOf(at: Instant): { readonly on: CivilDate; readonly time: string } {
    const offset = utcInstant.test(at) ? offsetOf(at.slice(0, 10)) : undefined;
    if (offset === undefined) return { on: local(at).toFormat('yyyy-MM-dd'), time: local(at).toFormat('HH:mm') };
    const written = new Date(Date.parse(at) + offset * 60_000).toISOString();
    return { on: written.slice(0, 10), time: written.slice(11, 16) };
  }

  /** Milliseconds since the epoch; undefined near a change of the clocks and for what is no date. */
  function quickly(written: string): number | undefined {
    if (!localTime.test(written)) return undefined;
    const asUtc = Date.parse(`${written}:00Z`);
    const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    const day = written.slice(0, 10);
    const offset = dayOf(asUtc) === day ? offsetOf(day) : undefined;
    if (offset === undefined) return undefined;
    const ms = asUtc - offset * 60_000;
    return offsetOf(dayOf(ms - changeMs)) === offset && offsetOf(dayOf(ms + changeMs)) === offset ? ms : undefined;
  }

  function momentOf(on: CivilDate, time: string): Instant {
    const written = `${on}T${time}`;
    return new Date(quickly(written) ?? DateTime.fromISO(written, { zone }).toMillis()).toISOString();
  }

  function quietPeriods(on: CivilDate): readonly QuietPeriod[] {
    if (settings.quietDays !== 'default') return [...settings.quietDays, ...alsoQuiet];
    const year = yearOf(on);
    return [{ fromOn: `${year - 1}-12-24`, toOn: `${year}-01-01` }, ...alsoQuiet];
  }

  return {
    isWorkingDay: (on) => isWorking(dayNumber(on)),
    dayOff: (on) => {
      if (isWeekend(dayNumber(on))) return 'weekend';
      if (bankHolidays(yearOf(on)).has(on)) return 'bank holiday';
      return isQuiet(on) ? 'quiet day' : undefined;
    },
    addWorkingDays,
    workingDaysBetween,
    addDays: (on, n) => civil(dayNumber(on) + n),
    addMonths: (on, n) => DateTime.fromISO(on, { zone: 'utc' }).plus({ months: n }).toFormat('yyyy-MM-dd'),
    daysBetween: (fromOn, toOn) => dayNumber(toOn) - dayNumber(fromOn),
    on: (at) => localOf(at).on,
    timeOf: (at) => localOf(at).time,
    at: momentOf,
    weekday,
    longDate,
    longDateTime: (at) => {
      const { on, time } = localOf(at);
      return `${longDate(on)}, ${time}`;
    },
    quietPeriodBefore: (on) => {
      const ended = quietPeriods(on).filter((one) => one.toOn < on && dayNumber(on) - dayNumber(one.toOn) <= 366);
      return ended.reduce<QuietPeriod | undefined>(
        (latest, one) => (latest && latest.toOn >= one.toOn ? latest : one),
        undefined,
      );
    },
  };
}
