// A list item as a record of the board, or a finding that says why not: nothing is dropped unseen and nothing guessed.
import { z } from 'zod';
import type { Finding } from '../board/model';
import { UpstreamError } from '../errors';
import { shownName } from './binding';
import type { Binding } from './binding';
import { decode, fieldNameOf } from './columnValues';
import type { ValueContext } from './columnValues';
import type { ColumnSchema, ListSchema } from './lists';
import { recordShapes } from './recordShapes';
import type { RecordOf, ShapeName } from './recordShapes';

/** A list item as Graph gives it, with the columns that were asked for. */
export interface ListItem {
  readonly id: string;
  readonly eTag: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const itemShape = z.object({
  id: z.string(),
  eTag: z.string().optional(),
  '@odata.etag': z.string().optional(),
  fields: z.record(z.string(), z.unknown()),
});

/** The envelope of an item. Throws UpstreamError: without id, version and fields there is no item to speak of. */
export function parseItem(raw: unknown): ListItem {
  const parsed = itemShape.safeParse(raw);
  const eTag = parsed.success ? (parsed.data.eTag ?? parsed.data['@odata.etag']) : undefined;
  if (!parsed.success || eTag === undefined) {
    throw new UpstreamError('Microsoft Graph', 'A list item came without its id, version or fields.');
  }
  return { id: parsed.data.id, eTag, fields: parsed.data.fields };
}

export interface ParsedList<K extends ShapeName> {
  readonly records: readonly RecordOf<K>[];
  readonly findings: readonly Finding[];
  /** Rows that the binding says are no records. */
  readonly leftOut: number;
}

/** Columns that the site's list does not have: their absence is one finding elsewhere, not one a row. */
export type MissingColumns = ReadonlySet<string>;

/** All rows of one list, in the order of their ids; of two rows with one reference the older is kept. */
export function parseList<K extends ShapeName>(
  kind: K,
  list: ListSchema,
  items: Iterable<ListItem>,
  context: ValueContext,
  missing: MissingColumns,
): ParsedList<K> {
  const records: RecordOf<K>[] = [];
  const findings: Finding[] = [];
  let leftOut = 0;
  const taken = new Set<unknown>();
  const key = list.columns.find((column) => column.unique === true && column.required === true);
  for (const item of [...items].sort((one, other) => Number(one.id) - Number(other.id))) {
    if (context.binding.leavesOut(list, item.fields)) {
      leftOut += 1;
      continue;
    }
    const row = readColumns(list, item, context, missing);
    const record = shape(kind, list, item, row, findings);
    const reference = key ? row.flat.get(key.field) : undefined;
    if (reference !== undefined && taken.has(reference)) {
      findings.push(
        notUnderstood(
          list,
          item,
          row,
          `has the same ${key ? theirName(list, key, row) : ''} as another row; it is left out`,
        ),
      );
    } else if (record !== undefined) {
      taken.add(reference);
      records.push(record);
    }
  }
  return { records, findings, leftOut };
}

interface Row {
  /** Values by the column's field, dotted for nested ones. */
  readonly flat: Map<string, unknown>;
  /** Columns that hold something that does not fit, with what was expected. */
  readonly misfits: Map<ColumnSchema, string>;
  readonly missing: MissingColumns;
  readonly binding: Binding;
}

function readColumns(list: ListSchema, item: ListItem, context: ValueContext, missing: MissingColumns): Row {
  const flat = new Map<string, unknown>();
  const misfits = new Map<ColumnSchema, string>();
  for (const column of list.columns) {
    if (!context.binding.of(list, column).kept) continue;
    const decoded = decode(list, column, item.fields[fieldNameOf(list, column, context.binding)], context);
    if (decoded.kind === 'misfit') misfits.set(column, decoded.expected);
    // Two columns may feed one field (Owner, OwnerRef): the first that holds something wins.
    else if (decoded.kind === 'value' && !flat.has(column.field)) flat.set(column.field, decoded.value);
  }
  for (const { column, value, from } of context.binding.defaultsOf(list)) {
    // What is there and is not understood stays a finding; a default stands for an empty cell alone.
    if (flat.has(column.field) || [...misfits.keys()].some((one) => one.field === column.field)) continue;
    const given = from === undefined ? value : flat.get(from.field);
    if (given !== undefined) flat.set(column.field, given);
  }
  return { flat, misfits, missing, binding: context.binding };
}

function shape<K extends ShapeName>(
  kind: K,
  list: ListSchema,
  item: ListItem,
  row: Row,
  findings: Finding[],
): RecordOf<K> | undefined {
  const { flat, misfits } = row;
  for (const column of list.columns) {
    if (column.required && !flat.has(column.field)) {
      // A column that the list lacks, or that the council does not keep, has a finding of its own.
      const asked = row.binding.of(list, column).kept ? column : sourceOf(list, column, row.binding);
      if (asked && !row.missing.has(asked.name)) findings.push(leftOut(list, item, row, asked));
      return undefined;
    }
  }
  for (const [column, expected] of misfits) {
    findings.push(
      notUnderstood(
        list,
        item,
        row,
        `the column ${theirName(list, column, row)} does not hold ${expected}; it is left empty`,
      ),
    );
  }
  const stamp = { itemId: item.id, version: item.eTag };
  let candidate: Record<string, unknown> = { ...nest(flat, row, list, item, findings), stamp };
  if (kind === 'update') candidate = { key: flat.get('operationKey') ?? `${list.name} #${item.id}`, ...candidate };
  const first = recordShapes[kind].safeParse(candidate);
  if (first.success) return first.data as RecordOf<K>;
  // Once more without the optional fields that do not fit.
  for (const field of new Set(first.error.issues.map((issue) => String(issue.path[0])))) {
    const columns = list.columns.filter((column) => column.field === field || column.field.startsWith(`${field}.`));
    const names = columns.map((column) => theirName(list, column, row)).join(' and ');
    if (columns.length === 0 || columns.some((column) => column.required)) {
      findings.push(notUnderstood(list, item, row, `${names || 'it'} has not the expected form; the row is left out`));
      return undefined;
    }
    findings.push(notUnderstood(list, item, row, `${names} has not the expected form; it is left empty`));
    delete candidate[field];
  }
  const second = recordShapes[kind].safeParse(candidate);
  if (second.success) return second.data as RecordOf<K>;
  findings.push(notUnderstood(list, item, row, 'it has not the expected form; the row is left out'));
  return undefined;
}

/** The column that a column which the council does not keep is taken from. */
function sourceOf(list: ListSchema, column: ColumnSchema, binding: Binding): ColumnSchema | undefined {
  return binding.defaultsOf(list).find((one) => one.column === column)?.from;
}

/** The main part of a value kept in several columns: without it there is no value. */
const mainParts: Readonly<Record<string, string>> = { blocker: 'text', baseline: 'value', target: 'value' };

function nest(flat: Row['flat'], row: Row, list: ListSchema, item: ListItem, findings: Finding[]) {
  const record: Record<string, unknown> = {};
  for (const [field, value] of flat) {
    const [name, part] = field.split('.');
    if (name === undefined || part === undefined) {
      record[field] = value;
      continue;
    }
    const main = mainParts[name];
    // The target of a risk has no main part: both of its columns are needed anyway.
    const partsOf = list.columns.filter((column) => column.field.startsWith(`${name}.`));
    const hasMain = main === undefined || !partsOf.some((column) => column.field === `${name}.${main}`);
    if (!hasMain && !flat.has(`${name}.${main}`)) continue;
    const whole = record[name];
    record[name] = { ...(typeof whole === 'object' ? whole : {}), [part]: value };
  }
  for (const name of ['baseline', 'target'] as const) {
    if (!flat.has(`${name}.value`) || flat.has(`${name}.on`)) continue;
    delete record[name];
    findings.push(notUnderstood(list, item, row, `the ${name} has a value and no date; it is left empty`));
  }
  return record;
}

function leftOut(list: ListSchema, item: ListItem, row: Row, column: ColumnSchema): Finding {
  const expected = row.misfits.get(column);
  const what =
    expected === undefined
      ? `the column ${theirName(list, column, row)} is empty and is needed; the row is left out`
      : `the column ${theirName(list, column, row)} does not hold ${expected}; the row is left out`;
  return notUnderstood(list, item, row, what);
}

function notUnderstood(list: ListSchema, item: ListItem, row: Row, what: string): Finding {
  const field = list.columns.find((column) => column.unique === true && column.required === true)?.field;
  const reference = field === undefined ? undefined : row.flat.get(field);
  const ref = typeof reference === 'string' ? reference : `${list.name} #${item.id}`;
  const text = `List ${row.binding.titleOf(list)}, row ${typeof reference === 'string' ? reference : `number ${item.id}`}: ${what}.`;
  return { rule: 'row-not-understood', level: 'finding', ref, text, records: [ref] };
}

/** The site's own name for a column, with ours beside it where they differ. */
function theirName(list: ListSchema, column: ColumnSchema, row: Row): string {
  const name = row.binding.columnOf(list, column);
  return name === column.name ? name : `${shownName(name)} (${column.name})`;
}
