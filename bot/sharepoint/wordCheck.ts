// Words in the lists of a board that stand for none of ours, counted, with the nearest that we know; pure.
import type { Finding } from '../board/model';
import { shownName } from '../board/siteNames';
import { folded } from './binding';
import type { Binding } from './binding';
import { partOf } from './cellParts';
import type { ColumnSchema, ListSchema } from './lists';
import { plainText } from './plainText';
import { nearestWord } from './synonyms';

export interface UnknownWord {
  readonly list: ListSchema;
  readonly column: ColumnSchema;
  /** As the site writes it. */
  readonly word: string;
  readonly rows: number;
  /** Our word that it is most like; none where only a person can say. */
  readonly nearest?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** More words than this are no status but what people write: their rows have findings of their own. */
const mostWords = 15;

export function unknownWords(list: ListSchema, binding: Binding, rows: readonly Fields[]): readonly UnknownWord[] {
  const records = rows.filter((one) => !binding.leavesOut(list, one));
  return list.columns.flatMap((column) => {
    if (!binding.of(list, column).kept) return [];
    const counts = new Map<string, { readonly word: string; rows: number }>();
    for (const fields of records) {
      const word = unknownIn(list, column, binding, fields);
      if (word === undefined) continue;
      const known = counts.get(folded(word));
      if (known) known.rows += 1;
      else counts.set(folded(word), { word, rows: 1 });
    }
    if (counts.size > mostWords) return [];
    return [...counts.values()].map(({ word, rows: count }): UnknownWord => {
      const nearest = nearestWord(list, column, word);
      return { list, column, word, rows: count, ...(nearest === undefined ? {} : { nearest }) };
    });
  });
}

function unknownIn(list: ListSchema, column: ColumnSchema, binding: Binding, fields: Fields): string | undefined {
  const { name, as, steps, empty, wordsIn } = binding.of(list, column);
  const raw = fields[name];
  if (typeof raw !== 'string' || as !== undefined) return undefined;
  const whole = plainText(raw).trim();
  const word = steps.length === 0 ? whole : partOf(whole, steps);
  if (word === undefined || word === '' || empty.has(folded(word)) || wordsIn.has(folded(word))) return undefined;
  if (column.type === 'choice') return (column.choices ?? []).includes(word) ? undefined : word;
  // A figure that cannot be read is no word.
  if (column.type === 'number') return /\d/.test(word) ? undefined : word;
  return column.type === 'boolean' ? word : undefined;
}

export function wordFinding({ list, column, word, rows, nearest }: UnknownWord, binding: Binding): Finding {
  const title = binding.titleOf(list);
  const name = binding.columnOf(list, column);
  const theirs = name === column.name ? name : `${shownName(name)} (${column.name})`;
  const where = `"${word}" in the column ${theirs} stands in ${rows === 1 ? '1 row' : `${rows} rows`} of the list ${title} and for none of our words.`;
  const how =
    nearest === undefined
      ? `Say what it stands for: on the page Settings, or under words.${column.name} of the binding.`
      : `The nearest that is known is ${nearest}: choose it on the page Settings, or let "npm run board -- doctor --propose FILE" write a binding that says so.`;
  return { rule: 'word-unknown', level: 'finding', ref: title, text: `${where} ${how}`, records: [] };
}
