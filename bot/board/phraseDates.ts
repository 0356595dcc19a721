// A date as people say it in chat, at the beginning of a text: the day meant, or what to ask when more than one may be.
// Longer than most: the ways of saying a date are tried in turn, and each must know which come before it.
import type { Calendar } from './calendar';
import { oneSlip } from './phraseRefs';
import { monthNumber } from './planDates';
import type { CivilDate } from './terms';
import { listed, monthName } from './wording';

/** What a reader of dates found at the beginning of a text. */
export interface SpeltDate {
  readonly length: number;
  readonly day: number;
  readonly month: number;
  /** Absent: no year was said. */
  readonly year?: number;
  /** 0 for Sunday; absent: none was said. */
  readonly weekday?: number;
}

export interface DateFacts {
  readonly todayOn: CivilDate;
  readonly calendar: Calendar;
  /** Reads a day and a month in words or figures. */
  readonly spell: (text: string) => SpeltDate | undefined;
}

/** A day, or why none is sure; `length` is that of the words it was read from. */
export type DateReading =
  | { readonly kind: 'date'; readonly on: CivilDate; readonly length: number }
  | { readonly kind: 'ask'; readonly text: string; readonly length: number };

const days =
  'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r?s?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?';
const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const numbers = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const numberPattern = `\\d{1,3}|an?|${numbers.slice(1).join('|')}`;

interface Rule {
  readonly pattern: RegExp;
  /** Undefined: not this rule after all. */
  readonly read: (found: RegExpExecArray, facts: DateFacts, lead: string) => Meant | undefined;
}
type Meant = { readonly on: CivilDate } | { readonly ask: string };

const at = (pattern: string): RegExp => new RegExp(`^(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu');

const rules: readonly Rule[] = [
  { pattern: at('(today|tomorrow|tmrw|tomoz)( week)?'), read: near },
  {
    pattern: at(`(?:a )?(week|fortnight) (?:on |from |this )?(${days}|today|tomorrow)`),
    read: (f, facts) => weeksOn(f[2], f[1], facts),
  },
  { pattern: at(`(?:this )?(${days}) (week|fortnight)`), read: (f, facts) => weeksOn(f[1], f[2], facts) },
  { pattern: at(`next (${days})(?!,? (?:the )?\\d)`), read: (f, facts) => doubtful(f[0], nextTwo(f[1], facts), facts) },
  { pattern: at(`(?:this |coming |this coming )?(${days})(?!,? (?:the )?\\d)`), read: weekdayAlone },
  {
    pattern: at(
      `(?:(in|within|in the next|within the next) )?(?:about |around )?(${numberPattern}) (working days?|days?|weeks?|wks?|fortnights?|months?)('?s?'? time| from (?:now|today))?`,
    ),
    read: ahead,
  },
  {
    pattern: at('(?:the )?end (?:of )?(?:the |this )?(month|week)|(?:this )?month end'),
    read: (f, facts) => endOf(f[1], 0, facts),
  },
  { pattern: at('(?:the )?end (?:of )?next (month|week)'), read: (f, facts) => endOf(f[1], 1, facts) },
  {
    pattern: at('(?:the )?end (?:of )?(?:the |this )?financial year|financial year end'),
    read: (_, facts) => ({ on: upcoming(31, 3, facts) }),
  },
  {
    pattern: at(`(?:the )?end (?:of )?(${months})(?:,? (20\\d\\d))?|(${months}) end`),
    read: (f, facts) => ({ on: monthEnd(f[1] ?? f[3], f[2], facts) }),
  },
  {
    pattern: at('(?:the )?(?:end (?:of )?)?(?:the )?(?:q|quarter )([1-4])(?: 20\\d\\d(?:/\\d\\d)?)?'),
    read: (f, facts) => quarterEnd(f, facts),
  },
  {
    pattern: at(
      `(?:the )?(?:early|mid|late|(?:the )?(?:start|beginning|middle|first half|second half) of)[- ](?:${months})`,
    ),
    read: (f) => vague(f[0]),
  },
  {
    pattern: at(
      '(?:the )?(?:w/c|wc|w/b|w/e|week (?:commencing|beginning|starting|ending|of))(?: [\\p{L}\\p{N}/]+){0,3}',
    ),
    read: (f) => vague(f[0]),
  },
  { pattern: at(`(${months})(?:,? ((?:20)\\d\\d))?(?! \\d)`), read: monthAlone },
  { pattern: at(`(${months}) (\\d{1,2})(st|nd|rd|th)?(?:,? (20\\d\\d))?`), read: monthFirst },
  {
    pattern: at('(?:the )?(\\d{1,2})(?:st|nd|rd|th)(?! (?:of )?[a-z]{3,9}uary| (?:of )?(?:' + months + '))'),
    read: dayAlone,
  },
  {
    pattern: at('\\d{1,2}[/.](\\d{1,2})(?:[/.]\\d{2,4})?'),
    read: (f) =>
      Number(f[1]) > 12 ? { ask: `"${f[0]}" is no date with the day before the month: choose the date.` } : undefined,
  },
  {
    pattern: at(
      '(?:before |after |the end of |end of |by |early |late |next |this |the |a |in )*(?:easter|christmas|xmas|new year|half[- ]?term|(?:spring|summer|autumn|winter)(?: term| holidays?)?|term|school year|academic year|calendar year|year(?:[- ]?end)?|the year|quarter|weekend|week|month|soon|shortly|asap|end|few (?:days|weeks|months)|couple of (?:days|weeks|months)|coming (?:days|weeks|months)|next (?:few|couple of) (?:days|weeks|months)|next (?:board|meeting)|next year)(?: (?:break|holidays?|term|time|20\\d\\d))?',
    ),
    read: (f) => vague(f[0]),
  },
];

/** What is spelt like a day and is none: `30 February`. */
const noDay = at(`(?:the )?\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${months})|\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?`);

/** The day said at the beginning of `text`; `lead` is the word before it. Undefined: no date begins here. */
export function dateAt(text: string, facts: DateFacts, lead = ''): DateReading | undefined {
  const spelt = withRightMonth(text.slice(0, 60));
  const slips = spelt.length - Math.min(text.length, 60);
  for (const { pattern, read } of rules) {
    const found = pattern.exec(spelt);
    const meant = found && read(found, facts, lead);
    if (found && meant) return reading(meant, found[0].length - slips);
  }
  // "Now" says how things stand, not when they end.
  if (!/^(?!now\b)(?:the )?[\p{L}\d]/iu.test(spelt)) return undefined;
  const known = facts.spell(spelt);
  if (known) return reading(speltDay(known, spelt.slice(0, known.length), facts), known.length - slips);
  const none = noDay.exec(spelt);
  return none
    ? reading({ ask: `"${none[0]}" is no day of the calendar: choose the date.` }, none[0].length - slips)
    : undefined;
}

function reading(meant: Meant, length: number): DateReading {
  return 'on' in meant ? { kind: 'date', on: meant.on, length } : { kind: 'ask', text: meant.ask, length };
}

/** A month with one slip of the finger beside a day is that month: `14 Februry`. */
function withRightMonth(text: string): string {
  return text.replace(
    /^((?:[a-z]+,? )?(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? )([a-z]{5,10})(?![a-z])/iu,
    (whole, before: string, word: string) => {
      if (monthList.includes(word.toLowerCase())) return whole;
      const month = monthList.find((one) => oneSlip(one, word.toLowerCase()) || twoSlips(one, word.toLowerCase()));
      return month === undefined ? whole : `${before}${month}`;
    },
  );
}

const monthList = Array.from({ length: 12 }, (_, index) =>
  monthName(`2000-${two(index + 1)}`)
    .replace(' 2000', '')
    .toLowerCase(),
);

/** Two letters less in a long month: `febuary`, `Septmbr`. */
function twoSlips(month: string, word: string): boolean {
  if (month.length < 7 || word.length < 5 || month.slice(0, 3) !== word.slice(0, 3)) return false;
  return [...word].some((_, index) =>
    oneSlip(month, `${word.slice(0, index)}${month.charAt(index)}${word.slice(index)}`),
  );
}

function near(found: RegExpExecArray, { todayOn, calendar }: DateFacts): Meant {
  const day = found[1]?.toLowerCase() === 'today' ? 0 : 1;
  return { on: calendar.addDays(todayOn, day + (found[2] === undefined ? 0 : 7)) };
}

function weeksOn(day: string | undefined, span: string | undefined, facts: DateFacts): Meant {
  const word = String(day).toLowerCase();
  const more = span?.toLowerCase() === 'week' ? 7 : 14;
  if (word === 'today' || word === 'tomorrow')
    return { on: facts.calendar.addDays(facts.todayOn, more + (word === 'today' ? 0 : 1)) };
  const [first, second] = nextTwo(word, facts);
  if (weekdayOf(facts.todayOn) === weekdayOf(first))
    return doubtful(
      `${word} ${String(span)}`,
      [facts.calendar.addDays(facts.todayOn, more), facts.calendar.addDays(second, more - 7)],
      facts,
    );
  return { on: facts.calendar.addDays(first, more) };
}

/** The next two days of this name, today left out. */
function nextTwo(day: string | undefined, { todayOn, calendar }: DateFacts): readonly [CivilDate, CivilDate] {
  const wanted = dayNames.indexOf(String(day).toLowerCase().slice(0, 3));
  const ahead = (wanted - weekdayOf(todayOn) + 7) % 7 || 7;
  return [calendar.addDays(todayOn, ahead), calendar.addDays(todayOn, ahead + 7)];
}

function weekdayAlone(found: RegExpExecArray, facts: DateFacts): Meant {
  const [first] = nextTwo(found[1], facts);
  if (weekdayOf(first) === weekdayOf(facts.todayOn)) return doubtful(found[0], [facts.todayOn, first], facts);
  return { on: first };
}

function ahead(found: RegExpExecArray, { todayOn, calendar }: DateFacts, lead: string): Meant | undefined {
  const [, prefix, amount, unit, suffix] = found;
  if (prefix === undefined && suffix === undefined && !/^(?:in|within)$/iu.test(lead)) return undefined;
  const word = String(amount).toLowerCase();
  const n = /^\d/u.test(word) ? Number(word) : Math.max(1, numbers.indexOf(word));
  const what = String(unit).toLowerCase();
  if (what.startsWith('working')) return { on: calendar.addWorkingDays(todayOn, n) };
  if (what.startsWith('month')) return { on: calendar.addMonths(todayOn, n) };
  return { on: calendar.addDays(todayOn, n * (what.startsWith('day') ? 1 : what.startsWith('f') ? 14 : 7)) };
}

/** A week ends on its Friday. */
function endOf(span: string | undefined, further: number, { todayOn, calendar }: DateFacts): Meant {
  if (span?.toLowerCase() === 'week') {
    const monday = calendar.addDays(todayOn, -((weekdayOf(todayOn) + 6) % 7));
    return { on: calendar.addDays(monday, 4 + 7 * further) };
  }
  return { on: lastDay(calendar, calendar.addMonths(`${todayOn.slice(0, 7)}-01`, further)) };
}

function monthEnd(month: string | undefined, year: string | undefined, facts: DateFacts): CivilDate {
  const number = monthNumber(month?.toLowerCase());
  if (year !== undefined) return lastDay(facts.calendar, `${year}-${two(number)}-01`);
  const thisYear = lastDay(facts.calendar, `${facts.todayOn.slice(0, 4)}-${two(number)}-01`);
  return thisYear >= facts.todayOn
    ? thisYear
    : lastDay(facts.calendar, `${Number(facts.todayOn.slice(0, 4)) + 1}-${two(number)}-01`);
}

/** Councils count quarters from April, calendars from January: nobody can tell which is meant. */
function quarterEnd(found: RegExpExecArray, facts: DateFacts): Meant {
  const quarter = Number(found[1]);
  const ends = [quarter, (quarter % 4) + 1].map((one) => monthEnd(monthList[one * 3 - 1], undefined, facts));
  return doubtful(found[0], ends, facts);
}

function monthAlone(found: RegExpExecArray, facts: DateFacts, lead: string): Meant | undefined {
  const end = monthEnd(found[1], found[2], facts);
  if (/^(?:by|before|until|till)$/iu.test(lead))
    return doubtful(`${lead} ${found[0]}`, [`${end.slice(0, 7)}-01`, end], facts);
  // "may" is a month only where a month is asked for.
  if (found[1]?.toLowerCase() === 'may' && !/^(?:in|for|forecast|eta|during)$/iu.test(lead)) return undefined;
  return { on: end };
}

/** `March 25` may be a day or a year; `Feb 14` is a day. */
function monthFirst(found: RegExpExecArray, facts: DateFacts): Meant {
  const [words, month, day, suffix, year] = found;
  const thisYear = Number(facts.todayOn.slice(2, 4));
  const asYear = suffix === undefined && year === undefined && Number(day) >= thisYear && Number(day) <= thisYear + 6;
  if (asYear) return { ask: `"${words}" may be a day or a year: choose the date.` };
  const spelt = { length: words.length, day: Number(day), month: monthNumber(String(month).toLowerCase()) };
  return speltDay(year === undefined ? spelt : { ...spelt, year: Number(year) }, words, facts);
}

function dayAlone(found: RegExpExecArray, { todayOn, calendar }: DateFacts): Meant {
  const day = two(Number(found[1]));
  const next = calendar.addMonths(`${todayOn.slice(0, 7)}-01`, 1).slice(0, 8);
  const on = [`${todayOn.slice(0, 8)}${day}`, `${next}${day}`].find((one) => isDay(one) && one >= todayOn);
  return on === undefined ? { ask: `"${found[0]}" is no day of this month or the next: choose the date.` } : { on };
}

/** Days that passed so lately that a year ahead is hardly meant. */
const justPassedDays = 14;

function speltDay(spelt: SpeltDate, words: string, facts: DateFacts): Meant {
  const { todayOn, calendar } = facts;
  const inYear = (year: number): CivilDate => `${year}-${two(spelt.month)}-${two(spelt.day)}`;
  const thisYear = Number(todayOn.slice(0, 4));
  const years = spelt.year === undefined ? [thisYear, thisYear + 1] : [spelt.year];
  const real = years.map(inYear).filter(isDay);
  const last = [...real, inYear(thisYear - 1)]
    .filter((one) => isDay(one) && one < todayOn)
    .sort()
    .at(-1);
  const next = spelt.year === undefined ? real.find((one) => one >= todayOn) : real[0];
  if (next === undefined) return { ask: `There is no "${words.trim()}" in the calendar: choose the date.` };
  if (spelt.year === undefined && last !== undefined && calendar.daysBetween(last, todayOn) <= justPassedDays)
    return doubtful(words, [last, next], facts);
  if (spelt.weekday !== undefined && spelt.weekday !== weekdayOf(next))
    return {
      ask: `"${words.trim()}" does not fit: ${calendar.longDate(next).replace(/^(\S+) (.*)$/u, '$2 is a $1')}. Choose the date.`,
    };
  return { on: next };
}

function upcoming(day: number, month: number, { todayOn }: DateFacts): CivilDate {
  const on = `${todayOn.slice(0, 4)}-${two(month)}-${two(day)}`;
  return on >= todayOn ? on : `${Number(todayOn.slice(0, 4)) + 1}${on.slice(4)}`;
}

function doubtful(words: string, candidates: readonly CivilDate[], { calendar }: DateFacts): Meant {
  const dates = candidates.map((on) => calendar.longDate(on));
  return {
    ask: `"${words.trim()}" may be ${listed(dates).replace(/ and (?=[^ ]+ \d+ [^ ]+ \d+$)/u, ' or ')}: choose the date.`,
  };
}

function vague(words: string): Meant {
  return { ask: `"${words.trim()}" is no single day: choose the date.` };
}

function lastDay(calendar: Calendar, on: CivilDate): CivilDate {
  return calendar.addDays(calendar.addMonths(`${on.slice(0, 7)}-01`, 1), -1);
}

function isDay(on: CivilDate): boolean {
  const time = Date.parse(`${on}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(on);
}

/** 0 for Sunday. */
function weekdayOf(on: CivilDate): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay();
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
