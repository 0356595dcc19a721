// One column's value on its way in from SharePoint and out to it, by the column types of lists.ts.
import { absent, doesNotFit, misfit, value } from './decoded';
import type { Decoded } from './decoded';
import { folded } from './binding';
import type { Binding, BoundColumn } from './binding';
import { partOf, withPart } from './cellParts';
import { dateAsText, dateFromSerial, dateFromText, numberAs, numberFrom, serialOf } from './cellStyles';
import type { ColumnSchema, ListSchema } from './lists';
import { listSeparator } from './lists';
import type { SitePeople } from './people';
import {
  decodeNames,
  decodePeople,
  decodePerson,
  encodePeople,
  lookupIdsIn,
  personText,
  splitList,
} from './peopleCells';
import { plainText } from './plainText';

/** What a column's words and dates depend on. */
export interface ValueContext {
  readonly binding: Binding;
  readonly people: SitePeople;
  /** IANA name of the site's zone: a date without a time is kept as local midnight in it. */
  readonly timeZone: string;
}

/** The name under which Graph gives a column: one person is read and written as its LookupId. */
export function fieldNameOf(list: ListSchema, column: ColumnSchema, binding: Binding): string {
  const { name, as } = binding.of(list, column);
  return column.type === 'person' && as === undefined ? `${name}LookupId` : name;
}

/** The columns to ask Graph for, without those that the site's list lacks. */
export function selectedFields(list: ListSchema, binding: Binding, missing: ReadonlySet<string>): readonly string[] {
  const columns = list.columns.filter((one) => !missing.has(one.name) && binding.of(list, one).kept);
  const names = columns.map((one) => fieldNameOf(list, one, binding));
  // Several of ours may be parts of one column of theirs.
  return [...new Set([...names, ...binding.ruleColumnsOf(list)])];
}

/** What SharePoint holds as the model's value. Empty columns are left out by Graph; an empty text is empty too. */
export function decode(list: ListSchema, column: ColumnSchema, raw: unknown, context: ValueContext): Decoded {
  if (raw === undefined || raw === null || raw === '') return absent;
  const bound = context.binding.of(list, column);
  const { steps, empty } = bound;
  const isPlain = bound.as === undefined && steps.length === 0 && empty.size === 0;
  if (isPlain) return decodeOwn(list, column, raw, context);
  if (bound.as === 'people') return decodePeople(column, raw, bound, context.people);
  if (typeof raw !== 'string') return decodeStyled(list, column, raw, bound, context);
  const whole = plainText(raw);
  const part = steps.length === 0 ? whole : partOf(whole, steps);
  if (part === undefined || part === '' || empty.has(folded(part))) return absent;
  return decodeStyled(list, column, part, bound, context);
}

/** A cell, or a part of one, in the council's own style. */
function decodeStyled(
  list: ListSchema,
  column: ColumnSchema,
  raw: unknown,
  bound: BoundColumn,
  context: ValueContext,
): Decoded {
  const { as } = bound;
  if (as === undefined) return decodeOwn(list, column, raw, context);
  switch (as) {
    case 'number as text':
    case 'fraction':
    case 'percent as text':
      return orMisfit(numberFrom(raw, as), 'a number');
    case 'excel serial':
      return orMisfit(dateFromSerial(raw), 'a date as a day number of Excel');
    case 'name':
    case 'e-mail':
      return decodeNames(column, raw, bound, context.people);
    case 'people':
      return decodePeople(column, raw, bound, context.people);
    case 'number':
      return typeof raw === 'number' ? value(String(raw)) : decodeOwn(list, column, raw, context);
    case 'time':
      return orMisfit(
        typeof raw === 'string' && isInstant(raw) ? timeIn(new Date(raw), context.timeZone) : undefined,
        'a date with a time',
      );
    case 'link':
      return decodeLink(raw);
    case 'choices':
      return Array.isArray(raw) && raw.every((one) => typeof one === 'string')
        ? value(raw.map((one) => context.binding.wordIn(list, column, String(one))))
        : misfit('a choice of several words');
    default: {
      const written = typeof raw === 'string' ? dateFromText(raw) : undefined;
      // A column that was text once may hold true dates by now.
      return written === undefined && typeof raw === 'string'
        ? decodeDate(raw, context.timeZone)
        : orMisfit(written, 'a date');
    }
  }
}

function decodeOwn(list: ListSchema, column: ColumnSchema, raw: unknown, context: ValueContext): Decoded {
  if (column.type === 'number') {
    const given = typeof raw === 'string' ? numberIn(list, column, raw, context.binding) : raw;
    return typeof given === 'number' && Number.isFinite(given) ? value(given) : misfit('a number');
  }
  if (column.type === 'boolean') return decodeYesNo(list, column, raw, context.binding);
  if (column.type === 'person') return decodePerson(raw, context.people);
  if (typeof raw !== 'string') return misfit(column.type === 'choice' ? choicesOf(column) : 'text');
  const text = plainText(raw);
  if (text === '') return absent;
  switch (column.type) {
    case 'date':
      return decodeDate(text, context.timeZone);
    case 'instant':
      return isInstant(text) ? value(new Date(text).toISOString()) : misfit('a date with a time');
    case 'choice': {
      const word = context.binding.wordIn(list, column, text);
      return (column.choices ?? []).includes(word) ? value(word) : misfit(choicesOf(column));
    }
    case 'refs':
    case 'words':
      return value(
        entriesOf(text, context.binding.of(list, column)).map((one) => context.binding.wordIn(list, column, one)),
      );
    case 'json':
      return decodeJson(text);
    default:
      return value(context.binding.wordIn(list, column, text));
  }
}

/**
 * The model's value as SharePoint takes it; null empties the column. Throws InvalidInputError for what does not fit.
 * `current` holds the row's cells as they are, where a column holds several things of which only one changes.
 */
export function encode(
  list: ListSchema,
  column: ColumnSchema,
  given: unknown,
  context: ValueContext,
  current?: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const bound = context.binding.of(list, column);
  const { as, steps } = bound;
  if (!bound.kept) return {};
  if (as === 'people') return encodePeople(list, column, given, bound, context.people, current);
  const name = fieldNameOf(list, column, context.binding);
  const whole = encodeWhole(list, column, given, bound, context);
  if (steps.length === 0) return { [name]: whole };
  const before = current?.[name];
  const text = withPart(
    typeof before === 'string' ? plainText(before) : '',
    steps,
    whole === null ? '' : String(whole),
  );
  if (text === undefined) {
    throw doesNotFit(list, column, 'nothing yet: the cell that it shares lacks what comes before it');
  }
  return { [name]: text === '' ? null : text };
}

/** Throws InvalidInputError for what does not fit. */
function encodeWhole(
  list: ListSchema,
  column: ColumnSchema,
  given: unknown,
  bound: BoundColumn,
  context: ValueContext,
): unknown {
  if (given === null || given === undefined) return null;
  const fits = (ok: boolean, out: unknown, expected: string) => {
    if (ok) return out;
    throw doesNotFit(list, column, expected);
  };
  const { as } = bound;
  if (as === 'time' || as === 'link') throw doesNotFit(list, column, 'its value from SharePoint alone');
  switch (column.type) {
    case 'number': {
      const isNumber = typeof given === 'number' && Number.isFinite(given);
      const word = bound.wordsOut.get(String(given));
      return fits(isNumber, word ?? (isNumber && as !== undefined ? numberAs(given, as) : given), 'a number');
    }
    case 'boolean':
      return fits(typeof given === 'boolean', bound.wordsOut.get(String(given)) ?? given, 'yes or no');
    case 'date': {
      if (typeof given !== 'string' || !isCivilDate(given)) throw doesNotFit(list, column, 'a date');
      if (as === 'excel serial') return serialOf(given);
      // Noon: the same civil date in every zone a board may sit in.
      return as === undefined ? `${given}T12:00:00Z` : dateAsText(given, as);
    }
    case 'instant':
      return fits(typeof given === 'string' && isInstant(given), given, 'a date with a time');
    case 'choice': {
      const word = typeof given === 'string' ? given : '';
      return fits(
        (column.choices ?? []).includes(word),
        context.binding.wordOut(list, column, word),
        choicesOf(column),
      );
    }
    case 'refs':
    case 'words':
      return encodeWords(list, column, given, bound, context);
    case 'json':
      return JSON.stringify(given);
    case 'person': {
      const ref = typeof given === 'string' ? given : '';
      if (as !== undefined) return personText(list, column, ref, as, context.people);
      const lookupId = context.people.lookupIdOf(ref);
      return fits(lookupId !== undefined, lookupId, 'a person whom the site knows');
    }
    default: {
      if (typeof given !== 'string') throw doesNotFit(list, column, 'text');
      if (as === 'name' || as === 'e-mail') return personText(list, column, given, as, context.people);
      if (as === 'number') return fits(/^\d+$/.test(given), Number(given), 'a number as text');
      return context.binding.wordOut(list, column, given);
    }
  }
}

function encodeWords(
  list: ListSchema,
  column: ColumnSchema,
  given: unknown,
  bound: BoundColumn,
  context: ValueContext,
): unknown {
  const entries: readonly unknown[] = Array.isArray(given) ? given : [];
  const separators = bound.separators.length === 0 ? [';', '\n'] : bound.separators;
  const apart = (one: string) => bound.as === 'choices' || separators.every((separator) => !one.includes(separator));
  const texts = entries.map((one) => {
    if (typeof one !== 'string') return undefined;
    if (bound.as === 'name' || bound.as === 'e-mail') return personText(list, column, one, bound.as, context.people);
    return context.binding.wordOut(list, column, one);
  });
  const words = texts.filter((one) => one !== undefined).filter(apart);
  if (!Array.isArray(given) || words.length < entries.length) {
    throw doesNotFit(list, column, 'a list of words without semicolons');
  }
  if (words.length === 0) return null;
  if (bound.as === 'choices') return words;
  return words.join(bound.separators[0] ?? listSeparator);
}

/** The raw cell of an item put back as it was. */
export function restoredCell(
  list: ListSchema,
  column: ColumnSchema,
  raw: unknown,
  context: ValueContext,
): Readonly<Record<string, unknown>> {
  const { as, name: own } = context.binding.of(list, column);
  const name = fieldNameOf(list, column, context.binding);
  if (as === 'people') {
    const key = `${own}LookupId`;
    return { [`${key}@odata.type`]: 'Collection(Edm.Int32)', [key]: lookupIdsIn(raw) };
  }
  if (column.type === 'person' && as === undefined) return { [name]: raw === undefined ? null : Number(raw) };
  if (column.type !== 'date' || as !== undefined) return { [name]: raw ?? null };
  const decoded = decode(list, column, raw, context);
  return encode(list, column, decoded.kind === 'value' ? decoded.value : null, context);
}

/** The entries of a list of words, by the board's own separators or by semicolons and lines. */
function entriesOf(text: string, bound: BoundColumn): readonly string[] {
  return splitList(text, bound.separators.length === 0 ? [';', '\n'] : bound.separators);
}

function orMisfit(one: unknown, expected: string): Decoded {
  return one === undefined ? misfit(expected) : value(one);
}

/** The number that a word of the site stands for, such as 4 for "Likely". */
function numberIn(list: ListSchema, column: ColumnSchema, raw: string, binding: Binding): number | undefined {
  const word = binding.of(list, column).wordsIn.get(folded(raw));
  return word === undefined ? undefined : Number(word);
}

function decodeYesNo(list: ListSchema, column: ColumnSchema, raw: unknown, binding: Binding): Decoded {
  if (typeof raw === 'boolean') return value(raw);
  const word = typeof raw === 'string' ? binding.wordIn(list, column, raw) : undefined;
  const mapped = binding.of(list, column).wordsIn.size > 0 && (word === 'true' || word === 'false');
  return mapped ? value(word === 'true') : misfit('yes or no');
}

/** The address of a link column, which SharePoint gives as an object; text is taken as it is. */
function decodeLink(raw: unknown): Decoded {
  const url = typeof raw === 'object' && raw !== null && 'Url' in raw ? raw.Url : raw;
  return orMisfit(typeof url === 'string' && url !== '' ? url : undefined, 'a link');
}

/** The time of day in a zone, `HH:mm`. */
function timeIn(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant);
}

/** The civil date of an instant in a zone, `YYYY-MM-DD`. */
function civilDateIn(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(instant);
}
const formats = new Map<string, Intl.DateTimeFormat>();

function decodeDate(text: string, timeZone: string): Decoded {
  if (isCivilDate(text)) return value(text);
  if (isInstant(text)) return value(civilDateIn(new Date(text), timeZone));
  return misfit('a date');
}

function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
}

function decodeJson(text: string): Decoded {
  try {
    return value(JSON.parse(text));
  } catch {
    // JSON.parse throws for nothing but text that is no JSON.
    return misfit('data in the form of JSON');
  }
}

function choicesOf(column: ColumnSchema): string {
  return `one of ${(column.choices ?? []).join(', ')}`;
}
