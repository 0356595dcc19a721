// A board's own names for lists, columns and words, mapped onto our fields; nothing mapped means our own names.
import type { Finding } from '../board/model';
import { bindingIssues, bindingSchema, columnOf as schemaColumn } from './bindingSchema';
import type { BindingInput, CellStyle, ColumnBinding, ListBinding, PartStep, RowCondition } from './bindingSchema';
import type { ColumnSchema, ListSchema } from './lists';

/** Where one of our columns is in the site, and how its cells are written there. */
export interface BoundColumn {
  /** False where the council does not keep it. */
  readonly kept: boolean;
  /** The internal name. */
  readonly name: string;
  readonly as: CellStyle | undefined;
  /** Which part of the cell is meant, from the outside in; none: the whole. */
  readonly steps: readonly PartStep[];
  readonly separators: readonly string[];
  /** Words that mean an empty cell, in lower case. */
  readonly empty: ReadonlySet<string>;
  /** Words of the site in lower case -> ours. */
  readonly wordsIn: ReadonlyMap<string, string>;
  /** Our words -> the site's. */
  readonly wordsOut: ReadonlyMap<string, string>;
}

/** What holds where a cell is empty: a value, or the value of another of our columns. */
export interface BoundDefault {
  readonly column: ColumnSchema;
  readonly value?: unknown;
  readonly from?: ColumnSchema;
}

/** How the names of one board's site stand for ours. */
export interface Binding {
  /** False where the council does not keep the list: it is not read, and it is not missing. */
  keeps(list: ListSchema): boolean;
  titleOf(list: ListSchema): string;
  of(list: ListSchema, column: ColumnSchema): BoundColumn;
  columnOf(list: ListSchema, column: ColumnSchema): string;
  /** The word of ours that a word of the site stands for; itself when nothing is mapped. */
  wordIn(list: ListSchema, column: ColumnSchema, word: string): string;
  /** The site's word for a word of ours: the first mapped onto it, else itself. */
  wordOut(list: ListSchema, column: ColumnSchema, word: string): string;
  defaultsOf(list: ListSchema): readonly BoundDefault[];
  /** Columns of the site that only the rules about rows need. */
  ruleColumnsOf(list: ListSchema): readonly string[];
  /** True for a row that the board has said is no record: a heading, a blank. */
  leavesOut(list: ListSchema, fields: Readonly<Record<string, unknown>>): boolean;
}

export const ownNames: Binding = bind({});

/** The binding kept in the board's Settings; what does not fit is a finding and our own names hold. */
export function parseBinding(input: unknown): { binding: Binding; findings: readonly Finding[] } {
  const parsed = bindingSchema.safeParse(input ?? {});
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
    return { binding: ownNames, findings: [misfit(`The setting "binding" cannot be used (${where}).`)] };
  }
  const findings = bindingIssues(parsed.data).map((one) =>
    misfit(`The setting "binding" does not fit at ${one.path}: ${one.text}`),
  );
  return { binding: bind(parsed.data), findings };
}

function misfit(text: string): Finding {
  return { rule: 'binding-not-understood', level: 'finding', ref: 'binding', text, records: ['binding'] };
}

interface BoundList {
  readonly columns: ReadonlyMap<ColumnSchema, BoundColumn>;
  readonly defaults: readonly BoundDefault[];
  readonly rules: readonly (readonly (readonly [string, RowCondition])[])[];
}

function bind(input: BindingInput): Binding {
  // Worked out once a list: every cell of every row asks.
  const known = new Map<ListSchema, BoundList>();
  const boundList = (list: ListSchema): BoundList => {
    let bound = known.get(list);
    if (!bound) known.set(list, (bound = bindList(list, input.lists?.[list.name] ?? {})));
    return bound;
  };
  const of = (list: ListSchema, column: ColumnSchema): BoundColumn =>
    boundList(list).columns.get(column) ?? bindColumn(column, undefined, {});
  return {
    keeps: (list) => input.lists?.[list.name] !== null,
    titleOf: (list) => input.lists?.[list.name]?.title ?? list.name,
    of,
    columnOf: (list, column) => of(list, column).name,
    wordIn: (list, column, word) => of(list, column).wordsIn.get(folded(word)) ?? word,
    wordOut: (list, column, word) => of(list, column).wordsOut.get(word) ?? word,
    defaultsOf: (list) => boundList(list).defaults,
    ruleColumnsOf: (list) => boundList(list).rules.flatMap((rule) => rule.map(([name]) => name)),
    leavesOut: (list, fields) =>
      boundList(list).rules.some(
        (rule) => rule.length > 0 && rule.every(([name, condition]) => holds(condition, fields[name])),
      ),
  };
}

function bindList(list: ListSchema, entry: ListBinding): BoundList {
  return {
    columns: new Map(
      list.columns.map((column) => [
        column,
        bindColumn(column, entry.columns?.[column.name], entry.words?.[column.name] ?? {}),
      ]),
    ),
    defaults: Object.entries(entry.defaults ?? {}).flatMap(([our, given]): readonly BoundDefault[] => {
      const column = schemaColumn(list, our);
      if (!column) return [];
      if (typeof given !== 'object' || Array.isArray(given)) return [{ column, value: given }];
      const from = schemaColumn(list, given.from);
      return from ? [{ column, from }] : [];
    }),
    rules: (entry.leaveOut ?? []).map((rule) => Object.entries(rule)),
  };
}

function bindColumn(
  column: ColumnSchema,
  given: ColumnBinding | undefined,
  words: Readonly<Record<string, string>>,
): BoundColumn {
  const full = typeof given === 'string' ? { name: given } : (given ?? { name: column.name });
  const entries = Object.entries(words);
  const steps = full.part === undefined ? [] : Array.isArray(full.part) ? full.part : [full.part];
  return {
    kept: given !== null,
    name: full.name,
    as: full.as,
    steps,
    separators: full.separator === undefined ? [] : [full.separator].flat(),
    empty: new Set((full.empty ?? []).map(folded)),
    wordsIn: new Map(entries.map(([theirs, ours]) => [folded(theirs), ours])),
    // Of several words for one of ours the first is written.
    wordsOut: new Map([...entries].reverse().map(([theirs, ours]) => [ours, theirs])),
  };
}

/** Words are compared without regard to case and the spaces around them. */
export function folded(text: string): string {
  return text.trim().toLowerCase();
}

function holds(condition: RowCondition, raw: unknown): boolean {
  const text = raw === undefined || raw === null ? '' : folded(String(raw));
  if (condition === 'empty') return text === '';
  if (condition === 'filled') return text !== '';
  if ('is' in condition) return condition.is.some((one) => folded(one) === text);
  return condition.startsWith.some((one) => text.startsWith(folded(one)));
}
