// Working days as the board of the local tenant counts them: bank holidays, and the quiet days of its list Settings.
import Holidays from 'date-holidays';

interface Quiet {
  readonly fromOn: string;
  readonly toOn: string;
}

/** A board's own list replaces Christmas, even an empty one. */
export type QuietDays = readonly Quiet[] | 'default';

const bankHolidays = new Map<string, ReadonlySet<string>>();

function bankHolidaysOf(year: string): ReadonlySet<string> {
  const known = bankHolidays.get(year);
  if (known) return known;
  const days = new Holidays('GB', 'ENG').getHolidays(Number(year)).filter((one) => one.type === 'public');
  const found = new Set(days.map((one) => one.date.slice(0, 10)));
  bankHolidays.set(year, found);
  return found;
}

export interface WorkingDays {
  isWorked(on: string): boolean;
  /** So many working days later, or earlier when negative. */
  step(on: string, workingDays: number): string;
  /** Working days after the one up to and including the other; negative when that is earlier. */
  between(fromOn: string, toOn: string): number;
  /** Quiet days of two or more that end at most so many working days before. */
  quietJustBefore(on: string, workingDays: number): Quiet | undefined;
}

export function workingDays(quiet: QuietDays, more: readonly Quiet[] = []): WorkingDays {
  const periods = (on: string): readonly Quiet[] => {
    if (quiet !== 'default') return [...quiet, ...more];
    const year = Number(on.slice(0, 4));
    const christmas = [year - 1, year].map((one) => ({ fromOn: `${one}-12-24`, toOn: `${one + 1}-01-01` }));
    return [...christmas, ...more];
  };
  const isWorked = (on: string): boolean => {
    const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
    if (weekday === 0 || weekday === 6 || bankHolidaysOf(on.slice(0, 4)).has(on)) return false;
    return !periods(on).some((one) => one.fromOn <= on && on <= one.toOn);
  };
  const step = (on: string, count: number): string => {
    const day = new Date(`${on}T00:00:00Z`);
    for (let left = Math.abs(count); left > 0;) {
      day.setUTCDate(day.getUTCDate() + Math.sign(count));
      if (isWorked(day.toISOString().slice(0, 10))) left -= 1;
    }
    return day.toISOString().slice(0, 10);
  };
  const between = (fromOn: string, toOn: string): number => {
    if (toOn < fromOn) return -between(toOn, fromOn);
    let count = 0;
    for (let on = step(fromOn, 1); on <= toOn; on = step(on, 1)) count += 1;
    return count;
  };
  return {
    isWorked,
    step,
    between,
    quietJustBefore(on, count) {
      const ended = periods(on).filter((one) => one.toOn < on);
      const [last] = [...ended].sort((a, b) => (a.toOn > b.toOn ? -1 : 1));
      return last && last.fromOn < last.toOn && between(last.toOn, on) <= count ? last : undefined;
    },
  };
}
