// One cell of a plan as the value of a field: read, in doubt, or not understood, each in words that name no person's text.
import type { Person } from './model';
import { readDate, readMonth, monthNumber } from './planDates';
import type { PlanField } from './planFields';
import { personNamed } from './planPeople';
import type { PlanValue } from './planRecords';
import {
  areaKindTable,
  deliveryTable,
  effectTable,
  flagTable,
  frequencyTable,
  polarityTable,
  riskStatusTable,
  scoreTable,
  stepTable,
  wordIn,
  type StatusWord,
} from './planWords';
import { listed, plain } from './wording';

export type ReadValue =
  | { readonly kind: 'empty' }
  /** `doubt`: taken, and a finding says what the cell left open. `note`: taken, worth knowing. */
  | { readonly kind: 'value'; readonly value: unknown; readonly doubt?: string; readonly note?: string }
  /** Not taken; the rule of the finding and its words. */
  | { readonly kind: 'misfit'; readonly rule: string; readonly why: string };

const empty: ReadValue = { kind: 'empty' };
const value = (one: unknown): ReadValue => ({ kind: 'value', value: one });
const misfit = (why: string, rule = 'import-not-understood'): ReadValue => ({ kind: 'misfit', rule, why });

/** What people write where there is nothing to write. */
const nothing = /^(?:-+|–|—|n\/?a|not applicable|none|nil|tbc|tbd|to be confirmed|to be decided|\?+|\.+)$/iu;

export function readValue(field: PlanField, cell: PlanValue, people: readonly Person[]): ReadValue {
  if (cell.kind === 'error')
    return misfit(`shows the error ${cell.code}; mend the formula or write the value.`, 'import-cell-error');
  const text = cellText(cell);
  if (text === '') return empty;
  switch (field.type) {
    case 'text':
    case 'ref':
      return value(text);
    case 'refs':
      return value(parts(text, /[;,\n]|\s\/\s/u));
    case 'words':
      return value(parts(text, /[;\n]/u));
    case 'person':
      return readPerson(text, people);
    case 'people':
      return readPeople(text, people);
    case 'date':
      return readDateCell(cell, text);
    case 'month':
      return readMonthCell(cell, text);
    case 'months':
      return readMonths(text);
    case 'number':
      return readNumber(cell, text);
    case 'percent':
      return readPercent(cell, text);
    case 'score':
      return readScore(cell, text);
    case 'trajectory':
      return readTrajectory(text);
    case 'flag':
      return cell.kind === 'flag' ? value(cell.value) : fromTable(flagTable, text);
    case 'polarity':
      return cell.kind === 'flag' ? value(cell.value) : fromTable(polarityTable, text);
    case 'delivery':
      return fromTable(deliveryTable, text);
    case 'effect':
      return fromTable(effectTable, text);
    case 'areaKind':
      return fromTable(areaKindTable, text);
    case 'riskStatus':
      return fromTable(riskStatusTable, text);
    case 'stepStatus':
      return fromTable(stepTable, text);
    case 'frequency':
      return fromTable(frequencyTable, text);
  }
}

/** A cell as a text of one form: no spaces at its ends, line ends as `\n`. */
export function cellText(cell: PlanValue): string {
  switch (cell.kind) {
    case 'text':
      return cell.text.replace(/\r\n?/gu, '\n').trim();
    case 'number':
      return cell.shown ?? String(cell.value);
    case 'date':
      return cell.on;
    case 'flag':
      return cell.value ? 'yes' : 'no';
    case 'colour':
      return cell.colour;
    case 'error':
      return '';
  }
}

function parts(text: string, separator: RegExp): readonly string[] {
  // Before it is split: `n/a` is nothing, and no two things.
  if (nothing.test(text)) return [];
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !nothing.test(part));
}

function fromTable<T>(table: readonly StatusWord<T>[], text: string): ReadValue {
  const found = wordIn(table, text);
  if (!found) {
    if (nothing.test(text)) return empty;
    const first = [...new Set(table.flatMap((one) => one.words.slice(0, 1)))];
    return misfit(
      `says "${short(text)}", which is not understood. Known are ${listed(first)} and other words for them.`,
      'import-unknown-word',
    );
  }
  return {
    kind: 'value',
    value: found.value,
    ...(found.doubt ? { doubt: `says "${short(text)}", which ${found.doubt}.` } : {}),
  };
}

/** A status word may be shown; a long text in a status column may be anything, and only its beginning is. */
function short(text: string): string {
  const line = text.split('\n', 1).join('');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

function readPerson(text: string, people: readonly Person[]): ReadValue {
  if (nothing.test(text)) return empty;
  const named = personNamed(people, text);
  if (named.kind === 'unknown') return misfit(`"${short(text)}" ${named.why}`, 'import-unknown-person');
  const note = named.by === 'post' ? { note: `names a post, held by ${named.person.name}.` } : {};
  return { kind: 'value', value: named.person.ref, ...note };
}

function readPeople(text: string, people: readonly Person[]): ReadValue {
  const named = parts(text, /[;\n/]/u).map((part) => ({ part, found: personNamed(people, part) }));
  const refs = named.flatMap(({ found }) => (found.kind === 'known' ? [found.person.ref] : []));
  const unknown = named.flatMap(({ part, found }) =>
    found.kind === 'unknown' ? [`"${short(part)}" ${found.why}`] : [],
  );
  if (named.length === 0) return empty;
  return unknown.length === 0 ? value(refs) : misfit(unknown.join(' '), 'import-unknown-person');
}

function readDateCell(cell: PlanValue, text: string): ReadValue {
  if (cell.kind === 'date') return value(cell.on);
  if (nothing.test(text)) return empty;
  const date = cell.kind === 'text' ? readDate(text) : undefined;
  if (!date)
    return misfit(`says "${short(text)}", which is no date. Write it as 31 March 2025.`, 'import-unknown-date');
  const doubt = `says "${short(text)}" alone; the last day of the month is taken.`;
  return date.monthAlone ? { kind: 'value', value: date.on, doubt } : value(date.on);
}

function readMonthCell(cell: PlanValue, text: string): ReadValue {
  const month = cell.kind === 'date' ? cell.on.slice(0, 7) : (readMonth(text) ?? readDate(text)?.on.slice(0, 7));
  return month === undefined
    ? misfit(`says "${short(text)}", which is no month. Write it as March 2025.`, 'import-unknown-date')
    : value(month);
}

/** `February, May, August, November` or `02; 05; 08; 11`. */
function readMonths(text: string): ReadValue {
  const months = parts(text, /[;,\n/]/u).map((part) =>
    /^\d{1,2}$/u.test(part) ? Number(part) : monthNumber(part.toLowerCase()),
  );
  if (months.some((one) => one < 1 || one > 12)) return misfit('names a month that there is not.');
  return value(months.map((one) => String(one).padStart(2, '0')));
}

function readNumber(cell: PlanValue, text: string): ReadValue {
  if (cell.kind === 'number') return value(cell.percent ? tidy(cell.value * 100) : cell.value);
  if (nothing.test(text)) return empty;
  const number = numberIn(text);
  return number === undefined ? misfit(`says "${short(text)}", which is no number.`) : value(number);
}

/** `1,234.5`, `63%`, `63 per cent`; anything else beside the figures leaves a doubt. */
function numberIn(text: string): number | undefined {
  const [, figures] =
    /^(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:%|per cent|days?|weeks?|months?)?$/iu.exec(text) ?? [];
  return figures === undefined ? undefined : Number(figures.replaceAll(',', ''));
}

function readPercent(cell: PlanValue, text: string): ReadValue {
  if (nothing.test(text)) return empty;
  const isShare = cell.kind === 'number' && (cell.percent || (cell.value > 0 && cell.value < 1));
  const number = cell.kind === 'number' ? (isShare ? tidy(cell.value * 100) : cell.value) : numberIn(text);
  if (number === undefined) return misfit(`says "${short(text)}", which is no percentage.`);
  if (number < 0 || number > 100) return misfit(`says ${plain(number)}%; it must lie between 0 and 100.`);
  return value(number);
}

/** `4`, `4 - Likely`, `Likely (4)` or the word alone. */
function readScore(cell: PlanValue, text: string): ReadValue {
  if (nothing.test(text)) return empty;
  const [figure] = cell.kind === 'number' ? [text] : (/(?<![\d.])\d+(?![\d.])/u.exec(text) ?? []);
  const number = figure === undefined ? wordIn(scoreTable, text)?.value : Number(figure);
  if (number === undefined)
    return misfit(`says "${short(text)}", which is no score. Write 1 to 5.`, 'import-unknown-word');
  return Number.isInteger(number) && number >= 1 && number <= 5
    ? value(number)
    : misfit(`says ${plain(number)}; a score is a whole number from 1 to 5.`);
}

/** `2024-Q3: 55; 2024-Q4: 60`. */
function readTrajectory(text: string): ReadValue {
  const written = parts(text, /[;\n]/u);
  const points = written
    .flatMap((part) => [...part.matchAll(/^(\d{4})[\s-]?Q([1-4])\s*[:=]\s*(-?\d+(?:\.\d+)?)$/giu)])
    .map(([, year, quarter, figure]) => ({ quarter: `${year}-Q${quarter}`, value: Number(figure) }));
  return points.length === written.length
    ? value(points)
    : misfit('is no trajectory. Write it as 2024-Q3: 55; 2024-Q4: 60.');
}

/** Takes away what binary fractions add: 0.07 x 100 is 7. */
function tidy(number: number): number {
  return Number(number.toPrecision(12));
}
