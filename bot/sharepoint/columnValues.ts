// One column's value on its way in from SharePoint and out to it, by the column types of lists.ts.
import { InvalidInputError } from '../errors';
import type { Binding } from './binding';
import type { ColumnSchema, ListSchema } from './lists';
import { listSeparator } from './lists';
import type { SitePeople } from './people';

/** What a column's words and dates depend on. */
export interface ValueContext {
  readonly binding: Binding;
  readonly people: SitePeople;
  /** IANA name of the site's zone: a date without a time is kept as local midnight in it. */
  readonly timeZone: string;
}

/** `absent`: the column is empty; `misfit`: what it should have held, in words. */
export type Decoded =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'misfit'; readonly expected: string };

const absent: Decoded = { kind: 'absent' };
const value = (one: unknown): Decoded => ({ kind: 'value', value: one });
const misfit = (expected: string): Decoded => ({ kind: 'misfit', expected });

/** The name under which Graph gives a column: a person is read and written as its LookupId. */
export function fieldNameOf(list: ListSchema, column: ColumnSchema, binding: Binding): string {
  const name = binding.columnOf(list, column);
  return column.type === 'person' ? `${name}LookupId` : name;
}

/** The columns to ask Graph for, without those that the site's list lacks. */
export function selectedFields(list: ListSchema, binding: Binding, missing: ReadonlySet<string>): readonly string[] {
  return list.columns.filter((one) => !missing.has(one.name)).map((one) => fieldNameOf(list, one, binding));
}

/** What SharePoint holds as the model's value. Empty columns are left out by Graph; an empty text is empty too. */
export function decode(list: ListSchema, column: ColumnSchema, raw: unknown, context: ValueContext): Decoded {
  if (raw === undefined || raw === null || raw === '') return absent;
  if (column.type === 'number')
    return typeof raw === 'number' && Number.isFinite(raw) ? value(raw) : misfit('a number');
  if (column.type === 'boolean') return typeof raw === 'boolean' ? value(raw) : misfit('yes or no');
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
        text
          .split(/[;\n]/)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      );
    case 'json':
      return decodeJson(text);
    default:
      return value(text);
  }
}

/** The model's value as SharePoint takes it; null empties the column. Throws InvalidInputError for what does not fit. */
export function encode(
  list: ListSchema,
  column: ColumnSchema,
  given: unknown,
  context: ValueContext,
): Readonly<Record<string, unknown>> {
  const name = fieldNameOf(list, column, context.binding);
  if (given === null || given === undefined) return { [name]: null };
  const fits = (ok: boolean, out: unknown, expected: string) => {
    if (ok) return { [name]: out };
    const message = `${column.name} of the list ${list.name} takes ${expected}.`;
    throw new InvalidInputError(message, [{ field: column.field, message }]);
  };
  switch (column.type) {
    case 'number':
      return fits(typeof given === 'number' && Number.isFinite(given), given, 'a number');
    case 'boolean':
      return fits(typeof given === 'boolean', given, 'yes or no');
    case 'date':
      // Noon: the same civil date in every zone a board may sit in.
      return fits(typeof given === 'string' && isCivilDate(given), `${String(given)}T12:00:00Z`, 'a date');
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
    case 'words': {
      const parts: readonly unknown[] = Array.isArray(given) ? given : [];
      const ok = Array.isArray(given) && parts.every((one) => typeof one === 'string' && !/[;\n]/.test(one));
      return fits(ok, parts.length === 0 ? null : parts.join(listSeparator), 'a list of words without semicolons');
    }
    case 'json':
      return { [name]: JSON.stringify(given) };
    case 'person': {
      const lookupId = typeof given === 'string' ? context.people.lookupIdOf(given) : undefined;
      return fits(lookupId !== undefined, lookupId, 'a person whom the site knows');
    }
    default:
      return fits(typeof given === 'string', given, 'text');
  }
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
  return isInstant(text) ? value(civilDateIn(new Date(text), timeZone)) : misfit('a date');
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

function decodePerson(raw: unknown, people: SitePeople): Decoded {
  // A single person comes as a string, but a number has been seen.
  const lookupId = typeof raw === 'number' ? String(raw) : raw;
  if (typeof lookupId !== 'string') return misfit('one person');
  const ref = people.refOf(lookupId);
  if (ref !== undefined) return value(ref);
  return misfit(
    people.knows(lookupId)
      ? 'a person of the list People (nobody there has this e-mail address)'
      : 'a person whom the site knows',
  );
}

function choicesOf(column: ColumnSchema): string {
  return `one of ${(column.choices ?? []).join(', ')}`;
}

const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Text as a person reads it. Only SharePoint's own rich text, which is always one block of HTML, is reduced;
 * plain text that happens to hold a `<` stays as it was written.
 */
export function plainText(text: string): string {
  const trimmed = text.trim();
  if (!/^<(div|p)\b[^>]*>[^]*<\/(div|p)>$/i.test(trimmed)) return trimmed;
  return trimmed
    .replace(/<(style|script)\b[^]*?<\/\1>/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => entityOf(name) ?? whole)
    .replace(/[\u200B\uFEFF]/g, '')
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function entityOf(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
