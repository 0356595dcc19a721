// A board's own names for lists, columns and status words, mapped onto our fields; nothing mapped means our own names.
import { z } from 'zod';
import type { Finding } from '../board/model';
import type { ColumnSchema, ListSchema } from './lists';
import { lists } from './lists';

const bindingSchema = z.strictObject({
  lists: z
    .record(
      z.string(),
      z.strictObject({
        title: z.string().min(1).optional(),
        /** Our column name -> the internal name in this site. */
        columns: z.record(z.string(), z.string().min(1)).optional(),
        /** Our column name -> word in this site -> our word. */
        words: z.record(z.string(), z.record(z.string(), z.string())).optional(),
      }),
    )
    .optional(),
});

/** How the names of one board's site stand for ours. */
export interface Binding {
  titleOf(list: ListSchema): string;
  columnOf(list: ListSchema, column: ColumnSchema): string;
  /** The word of ours that a word of the site stands for; itself when nothing is mapped. */
  wordIn(list: ListSchema, column: ColumnSchema, word: string): string;
  /** The site's word for a word of ours: the first mapped onto it, else itself. */
  wordOut(list: ListSchema, column: ColumnSchema, word: string): string;
}

type BindingInput = z.infer<typeof bindingSchema>;

export const ownNames: Binding = bind({});

/** The binding kept in the board's Settings; what does not fit is a finding and our own names hold. */
export function parseBinding(input: unknown): { binding: Binding; findings: readonly Finding[] } {
  const parsed = bindingSchema.safeParse(input ?? {});
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
    return { binding: ownNames, findings: [misfit(`The setting "binding" cannot be used (${where}).`)] };
  }
  const findings = Object.entries(parsed.data.lists ?? {}).flatMap(([name, entry]) => {
    const list = lists.find((one) => one.name === name);
    if (!list) return [misfit(`The setting "binding" names a list ${name} that the board does not use.`)];
    return [...Object.keys(entry.columns ?? {}), ...Object.keys(entry.words ?? {})]
      .filter((column) => !list.columns.some((one) => one.name === column))
      .map((column) => misfit(`The setting "binding" names a column ${column} that the list ${name} does not have.`));
  });
  return { binding: bind(parsed.data), findings };
}

function misfit(text: string): Finding {
  return { rule: 'binding-not-understood', level: 'finding', ref: 'binding', text, records: ['binding'] };
}

function bind(input: BindingInput): Binding {
  const entryOf = (list: ListSchema) => input.lists?.[list.name];
  const wordsOf = (list: ListSchema, column: ColumnSchema) => Object.entries(entryOf(list)?.words?.[column.name] ?? {});
  return {
    titleOf: (list) => entryOf(list)?.title ?? list.name,
    columnOf: (list, column) => entryOf(list)?.columns?.[column.name] ?? column.name,
    wordIn: (list, column, word) => wordsOf(list, column).find(([theirs]) => sameWord(theirs, word))?.[1] ?? word,
    wordOut: (list, column, word) => wordsOf(list, column).find(([, ours]) => ours === word)?.[0] ?? word,
  };
}

function sameWord(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
