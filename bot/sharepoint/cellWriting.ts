// One column's value on its way out to SharePoint, by the column types of lists.ts.
import type { BoundColumn } from './binding';
import { withPart } from './cellParts';
import { readerOf } from './cellReaders';
import { dateAsText, numberAs, serialOf } from './cellStyles';
import { fieldNameOf } from './columnNames';
import type { ValueContext } from './columnNames';
import { choicesOf, doesNotFit } from './decoded';
import { isCivilDate, isInstant } from './instants';
import { listSeparator } from './lists';
import type { ColumnSchema, ListSchema } from './lists';
import { encodePeople, lookupIdsIn, personText } from './peopleCells';
import { plainText } from './plainText';

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
  const decoded = readerOf(list, column, context)(raw);
  return encode(list, column, decoded.kind === 'value' ? decoded.value : null, context);
}
