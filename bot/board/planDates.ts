// Dates and months as people write them in a plan, the day before the month; what leaves a doubt is no date.
import type { CivilDate, Month } from './terms';
import { monthName } from './wording';

export interface ReadDate {
  readonly on: CivilDate;
  /** Only a month was written: its last day is taken. */
  readonly monthAlone: boolean;
}

const monthWords = Array.from({ length: 12 }, (_, at) =>
  monthName(`2000-${two(at + 1)}`)
    .split(' ')[0]
    ?.toLowerCase(),
);

/** `31/03/2025`, `31.3.25`, `Mon 31st March 2025`, `2025-03-31`, `March 2025`, `Mar-25`, `end of March 2025`. */
export function readDate(text: string): ReadDate | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^(?:by|on|due|before)\s+/u, '')
    .replace(/^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+/u, '');
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[t ].*)?$/u.exec(plain);
  if (iso) return day(iso[1], Number(iso[2]), iso[3]);
  const figures = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/u.exec(plain);
  if (figures) return day(figures[3], Number(figures[2]), figures[1]);
  const words = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]+)\.?,?[\s-]+(\d{2}|\d{4})$/u.exec(plain);
  if (words) return day(words[3], monthNumber(words[2]), words[1]);
  const month = readMonth(plain.replace(/^(?:the )?end (?:of )?/u, ''));
  return month === undefined ? undefined : { on: lastDay(month), monthAlone: true };
}

/** `September 2024`, `Sep-24`, `Sept 24`, `09/2024`, `2024-09`. */
export function readMonth(text: string): Month | undefined {
  const plain = text.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{2})$/u.exec(plain);
  if (iso) return monthOf(iso[1], Number(iso[2]));
  const figures = /^(\d{1,2})\/(\d{4})$/u.exec(plain);
  if (figures) return monthOf(figures[2], Number(figures[1]));
  const words = /^([a-z]+)\.?[\s,'’-]*(\d{2}|\d{4})$/u.exec(plain);
  return words ? monthOf(words[2], monthNumber(words[1])) : undefined;
}

/** The number of a month by its name or the beginning of it, 0 when it is none. */
export function monthNumber(word: string | undefined): number {
  if (word === undefined || word.length < 3) return 0;
  return monthWords.findIndex((one) => one?.startsWith(word) === true || (word === 'sept' && one === 'september')) + 1;
}

function day(year: string | undefined, month: number, date: string | undefined): ReadDate | undefined {
  const on = `${fullYear(year)}-${two(month)}-${two(Number(date))}`;
  const at = new Date(`${on}T00:00:00Z`);
  const real = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(on);
  return real ? { on, monthAlone: false } : undefined;
}

function monthOf(year: string | undefined, month: number): Month | undefined {
  return month >= 1 && month <= 12 ? `${fullYear(year)}-${two(month)}` : undefined;
}

/** A plan speaks of this century: `25` is 2025. */
function fullYear(year: string | undefined): string {
  return String(year).padStart(4, '20');
}

function lastDay(month: Month): CivilDate {
  const first = new Date(`${month}-01T00:00:00Z`);
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
