// How the cells of one column are read, worked out once a column: what is left to do for each cell is little.
import { folded } from './binding';
import type { BoundColumn } from './binding';
import { partOf } from './cellParts';
import { dateFromSerial, dateFromText, numberFrom } from './cellStyles';
import type { ValueContext } from './columnNames';
import { absent, choicesOf, misfit, value } from './decoded';
import type { Decoded } from './decoded';
import { civilDateIn, isCivilDate, isInstant, timeIn } from './instants';
import type { ColumnSchema, ListSchema } from './lists';
import { decodeNames, decodePeople, decodePerson, splitList } from './peopleCells';
import { plainText } from './plainText';

/** What SharePoint holds as the model's value. Empty columns are left out by Graph; an empty text is empty too. */
export type CellReader = (raw: unknown) => Decoded;

export function readerOf(list: ListSchema, column: ColumnSchema, context: ValueContext): CellReader {
  const bound = context.binding.of(list, column);
  const { as, steps, empty } = bound;
  const own = ownReader(column, bound, context);
  if (as === undefined && steps.length === 0 && empty.size === 0) return filled(own);
  if (as === 'people') return filled((raw) => decodePeople(column, raw, bound, context.people));
  const styled = as === undefined ? own : styledReader(column, bound, context, own);
  const part = (raw: unknown): Decoded => {
    if (typeof raw !== 'string') return styled(raw);
    const whole = plainText(raw);
    const meant = steps.length === 0 ? whole : partOf(whole, steps);
    return meant === undefined || meant === '' || empty.has(folded(meant)) ? absent : styled(meant);
  };
  return filled(column.type === 'json' ? part : remembered(part));
}

function filled(read: CellReader): CellReader {
  return (raw) => (raw === undefined || raw === null || raw === '' ? absent : read(raw));
}

/** So many texts of a column are remembered: dates, words and names come again and again. */
const mostRemembered = 2_000;
/** A longer text is hardly there twice. */
const longestRemembered = 100;

/** Reads each text once. Only for what nobody can change afterwards: texts, numbers, frozen lists. */
function remembered(read: CellReader): CellReader {
  const known = new Map<string, Decoded>();
  return (raw) => {
    if (typeof raw !== 'string' || raw.length > longestRemembered) return read(raw);
    const before = known.get(raw);
    if (before !== undefined) return before;
    const decoded = read(raw);
    if (known.size >= mostRemembered) known.clear();
    known.set(raw, decoded);
    return decoded;
  };
}

/** A cell, or a part of one, in the council's own style. */
function styledReader(column: ColumnSchema, bound: BoundColumn, context: ValueContext, own: CellReader): CellReader {
  const { as } = bound;
  const { people, timeZone } = context;
  switch (as) {
    case 'number as text':
    case 'fraction':
    case 'percent as text':
      return (raw) => orMisfit(numberFrom(raw, as), 'a number');
    case 'excel serial':
      return (raw) => orMisfit(dateFromSerial(raw), 'a date as a day number of Excel');
    case 'name':
    case 'e-mail':
      return (raw) => decodeNames(column, raw, bound, people);
    case 'number':
      return (raw) => (typeof raw === 'number' ? value(String(raw)) : own(raw));
    case 'time':
      return (raw) =>
        orMisfit(
          typeof raw === 'string' && isInstant(raw) ? timeIn(new Date(raw), timeZone) : undefined,
          'a date with a time',
        );
    case 'link':
      return decodeLink;
    case 'choices':
      return (raw) =>
        Array.isArray(raw) && raw.every((one) => typeof one === 'string')
          ? value(Object.freeze(raw.map((one) => wordIn(bound, String(one)))))
          : misfit('a choice of several words');
    default:
      return (raw) => {
        const written = typeof raw === 'string' ? dateFromText(raw) : undefined;
        // A column that was text once may hold true dates by now.
        return written === undefined && typeof raw === 'string'
          ? decodeDate(raw, timeZone)
          : orMisfit(written, 'a date');
      };
  }
}

const yes = value(true);
const no = value(false);

function ownReader(column: ColumnSchema, bound: BoundColumn, context: ValueContext): CellReader {
  switch (column.type) {
    case 'number':
      return (raw) => {
        const given = typeof raw === 'string' ? numberIn(bound, raw) : raw;
        return typeof given === 'number' && Number.isFinite(given) ? value(given) : misfit('a number');
      };
    case 'boolean':
      return (raw) => (typeof raw === 'boolean' ? (raw ? yes : no) : wordOfYesNo(bound, raw));
    case 'person':
      return remembered((raw) => decodePerson(raw, context.people));
    case 'date':
      return remembered(textReader('text', (text) => decodeDate(text, context.timeZone)));
    case 'instant':
      return textReader('text', (text) =>
        isInstant(text) ? value(new Date(text).toISOString()) : misfit('a date with a time'),
      );
    case 'choice': {
      const choices = column.choices ?? [];
      const expected = choicesOf(column);
      return remembered(
        textReader(expected, (text) => {
          const word = wordIn(bound, text);
          return choices.includes(word) ? value(word) : misfit(expected);
        }),
      );
    }
    case 'refs':
    case 'words':
      return remembered(
        textReader('text', (text) => value(Object.freeze(entriesOf(text, bound).map((one) => wordIn(bound, one))))),
      );
    case 'json':
      return textReader('text', decodeJson);
    default:
      return textReader('text', (text) => value(wordIn(bound, text)));
  }
}

function textReader(expected: string, read: (text: string) => Decoded): CellReader {
  const none = misfit(expected);
  return (raw) => {
    if (typeof raw !== 'string') return none;
    const text = plainText(raw);
    return text === '' ? absent : read(text);
  };
}

function wordIn({ wordsIn }: BoundColumn, word: string): string {
  return wordsIn.size === 0 ? word : (wordsIn.get(folded(word)) ?? word);
}

/** The entries of a list of words, by the board's own separators or by semicolons and lines. */
function entriesOf(text: string, { separators }: BoundColumn): readonly string[] {
  return splitList(text, separators.length === 0 ? [';', '\n'] : separators);
}

function orMisfit(one: unknown, expected: string): Decoded {
  return one === undefined ? misfit(expected) : value(one);
}

/** The number that a word of the site stands for, such as 4 for "Likely". */
function numberIn({ wordsIn }: BoundColumn, raw: string): number | undefined {
  const word = wordsIn.get(folded(raw));
  return word === undefined ? undefined : Number(word);
}

function wordOfYesNo(bound: BoundColumn, raw: unknown): Decoded {
  const word = typeof raw === 'string' ? wordIn(bound, raw) : undefined;
  if (bound.wordsIn.size === 0 || (word !== 'true' && word !== 'false')) return misfit('yes or no');
  return word === 'true' ? yes : no;
}

/** The address of a link column, which SharePoint gives as an object; text is taken as it is. */
function decodeLink(raw: unknown): Decoded {
  const url = typeof raw === 'object' && raw !== null && 'Url' in raw ? raw.Url : raw;
  return orMisfit(typeof url === 'string' && url !== '' ? url : undefined, 'a link');
}

function decodeDate(text: string, timeZone: string): Decoded {
  if (isCivilDate(text)) return value(text);
  if (isInstant(text)) return value(civilDateIn(new Date(text), timeZone));
  return misfit('a date');
}

function decodeJson(text: string): Decoded {
  try {
    return value(JSON.parse(text));
  } catch {
    // JSON.parse throws for nothing but text that is no JSON.
    return misfit('data in the form of JSON');
  }
}
