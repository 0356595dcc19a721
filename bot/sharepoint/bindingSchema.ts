// What a board may say about its own lists: the form of the setting "binding", and what in it does not fit, in words.
import { z } from 'zod';
import { lists } from './lists';
import type { ColumnSchema, ColumnType, ListSchema } from './lists';

/**
 * How a cell is written where it differs from ours. Dates: text in the form named, or the day number of Excel;
 * numbers: as text, 0.6 for 60 per cent, or "60%"; people: a column of several, or their name or address as text;
 * text: kept in a number, the time of a date with a time, or the address of a link; lists of words: a choice of several.
 */
export const cellStyles = [
  'dd/mm/yyyy',
  'd/m/yyyy',
  'd mmm yyyy',
  'd mmmm yyyy',
  'yyyy-mm-dd',
  'excel serial',
  'number as text',
  'fraction',
  'percent as text',
  'people',
  'name',
  'e-mail',
  'number',
  'time',
  'link',
  'choices',
] as const;
export type CellStyle = (typeof cellStyles)[number];

const dateStyles: readonly CellStyle[] = [
  'dd/mm/yyyy',
  'd/m/yyyy',
  'd mmm yyyy',
  'd mmmm yyyy',
  'yyyy-mm-dd',
  'excel serial',
];
const peopleStyles: readonly CellStyle[] = ['people', 'name', 'e-mail'];
/** The styles that a column of each type may have. */
const stylesOf: Readonly<Record<ColumnType, readonly CellStyle[]>> = {
  text: ['number', 'time', 'link', ...peopleStyles],
  note: ['link'],
  number: ['number as text', 'fraction', 'percent as text'],
  boolean: [],
  date: dateStyles,
  instant: [],
  choice: [],
  person: peopleStyles,
  refs: ['choices', ...peopleStyles],
  words: ['choices'],
  json: [],
};

const filled = z.string().min(1);
const separators = z.union([filled, z.array(filled).min(1)]);
/** One of the parts that a cell falls into, counted from 0, or all from one on. */
const step = z.union([
  z.strictObject({ separator: separators, at: z.int().min(0) }),
  z.strictObject({ separator: separators, from: z.int().min(0) }),
]);

const column = z.union([
  filled.describe('The internal name of the column in this site, such as Due_x0020_Date'),
  z.null().describe('The council does not keep it: never read, never written, never created'),
  z.strictObject({
    name: filled.describe('The internal name of the column in this site'),
    as: z.enum(cellStyles).optional().describe('How its cells are written'),
    part: z
      .union([step, z.array(step).min(1)])
      .optional()
      .describe('Where one column holds several things: which part is meant'),
    separator: separators.optional().describe('What stands between the entries of a list of words or people'),
    empty: z.array(filled).optional().describe('Words that mean an empty cell, such as TBC'),
  }),
]);

const simple = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const condition = z.union([
  z.literal('empty'),
  z.literal('filled'),
  z.strictObject({ is: z.array(filled).min(1) }),
  z.strictObject({ startsWith: z.array(filled).min(1) }),
]);

const list = z.strictObject({
  title: filled.optional().describe('The title of the list in this site'),
  columns: z.record(z.string(), column).optional().describe('Our column name -> the column of this site'),
  words: z
    .record(z.string(), z.record(z.string(), z.string()))
    .optional()
    .describe('Our column name -> word of this site -> our word; of several, the first is written'),
  defaults: z
    .record(z.string(), z.union([simple, z.strictObject({ from: filled })]))
    .optional()
    .describe('Our column name -> what holds where the cell is empty, or the column that it is taken from'),
  leaveOut: z
    .array(z.record(z.string(), condition))
    .optional()
    .describe('Rows that are no records, such as headings: a row is left out when all conditions of one entry hold'),
});

export const bindingSchema = z
  .strictObject({
    lists: z
      .record(z.string(), z.union([list, z.null()]))
      .optional()
      .describe('Our list name -> the list of this site; null: the council does not keep it'),
  })
  .describe("How the names and words of this site's lists stand for ours");

export type BindingInput = z.infer<typeof bindingSchema>;
export type ListBinding = NonNullable<NonNullable<BindingInput['lists']>[string]>;
export type ColumnBinding = NonNullable<ListBinding['columns']>[string];
export type PartStep = z.infer<typeof step>;
export type RowCondition = z.infer<typeof condition>;

/** Without these nothing can be judged, asked or recorded. */
export const neededLists: ReadonlySet<string> = new Set([
  'People',
  'Actions',
  'Meetings',
  'Requests',
  'Updates',
  'Settings',
]);
/** Without these a repeated write could not be recognised. */
export const operationColumns: ReadonlySet<string> = new Set(['OperationKey', 'LastOpId']);

export interface BindingIssue {
  /** Where in the binding: `lists.Actions.columns.DueOn`. */
  readonly path: string;
  /** One sentence for people. */
  readonly text: string;
}

/** What a binding of the right form says of lists, columns and words that we do not have. */
export function bindingIssues(input: BindingInput): readonly BindingIssue[] {
  return Object.entries(input.lists ?? {}).flatMap(([name, entry]) => {
    const path = `lists.${name}`;
    const known = lists.find((one) => one.name === name);
    if (!known) return [{ path, text: `it names a list ${name} that the board does not use.` }];
    if (entry === null) {
      return neededLists.has(name) ? [{ path, text: `the list ${name} is needed and cannot be left out.` }] : [];
    }
    if (name === 'Settings') return [{ path, text: 'the list Settings keeps its own name and columns.' }];
    return [
      ...unknownColumns(known, entry, path),
      ...Object.entries(entry.columns ?? {}).flatMap(([our, bound]) => columnIssues(known, our, bound, entry, path)),
      ...wordIssues(known, entry, path),
    ];
  });
}

function unknownColumns(known: ListSchema, entry: ListBinding, path: string): readonly BindingIssue[] {
  const issues: BindingIssue[] = [];
  const text = (our: string) => `it names a column ${our} that the list ${known.name} does not have.`;
  for (const part of ['columns', 'words', 'defaults'] as const) {
    for (const our of Object.keys(entry[part] ?? {})) {
      if (!columnOf(known, our)) issues.push({ path: `${path}.${part}.${our}`, text: text(our) });
    }
  }
  for (const [our, given] of Object.entries(entry.defaults ?? {})) {
    const from = typeof given === 'object' && !Array.isArray(given) ? given.from : undefined;
    if (from !== undefined && !columnOf(known, from)) {
      issues.push({ path: `${path}.defaults.${our}.from`, text: text(from) });
    }
  }
  return issues;
}

function columnIssues(
  known: ListSchema,
  our: string,
  bound: ColumnBinding,
  entry: ListBinding,
  listPath: string,
): readonly BindingIssue[] {
  const column = columnOf(known, our);
  if (!column) return [];
  const path = `${listPath}.columns.${our}`;
  if (bound === null) {
    if (operationColumns.has(our)) {
      return [{ path, text: `the column ${our} of the list ${known.name} is the assistant's own and is needed.` }];
    }
    const stands = known.columns.some((one) => one !== column && one.field === column.field);
    if (!column.required || stands || entry.defaults?.[our] !== undefined) return [];
    return [{ path, text: `the column ${our} of the list ${known.name} is needed: name one, or give it a default.` }];
  }
  const as = typeof bound === 'string' ? undefined : bound.as;
  if (as === undefined || stylesOf[column.type].includes(as)) return [];
  const may = stylesOf[column.type];
  const instead = may.length === 0 ? 'takes no style' : `takes ${may.join(', ')}`;
  return [{ path: `${path}.as`, text: `the column ${our} of the list ${known.name} ${instead}; not "${as}".` }];
}

function wordIssues(known: ListSchema, entry: ListBinding, path: string): readonly BindingIssue[] {
  return Object.entries(entry.words ?? {}).flatMap(([our, words]) => {
    const column = columnOf(known, our);
    const isNumber = column?.type === 'number';
    const may = isNumber ? ['a number'] : column?.type === 'boolean' ? ['true', 'false'] : column?.choices;
    if (!may) return [];
    return Object.entries(words)
      .filter(([, word]) => !(isNumber ? /^-?\d+(\.\d+)?$/.test(word) : may.includes(word)))
      .map(([theirs, word]) => ({
        path: `${path}.words.${our}.${theirs}`,
        text: `"${word}" is not a word of the column ${our}; it takes ${may.join(', ')}.`,
      }));
  });
}

export function columnOf(list: ListSchema, name: string): ColumnSchema | undefined {
  return list.columns.find((one) => one.name === name);
}
