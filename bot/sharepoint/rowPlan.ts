// What reading a row of a list comes to, worked out once a list: which cells, where their values go, what they make up.
import type { Binding } from './binding';
import { readerOf } from './cellReaders';
import type { CellReader } from './cellReaders';
import { fieldNameOf } from './columnNames';
import type { ValueContext } from './columnNames';
import type { ColumnSchema, ListSchema } from './lists';
import { recordMaker } from './recordMaking';
import type { RecordMaker } from './recordMaking';
import { recordShapes } from './recordShapes';
import type { ShapeName } from './recordShapes';

/** Each field, and each part of a nested one, has a slot: its place among the values of the row being read. */
export interface RowPlan {
  readonly list: ListSchema;
  readonly binding: Binding;
  readonly slots: number;
  readonly cells: readonly PlannedCell[];
  readonly defaults: readonly PlannedDefault[];
  readonly required: readonly { readonly column: ColumnSchema; readonly slot: number }[];
  readonly nested: readonly NestedField[];
  readonly maker: RecordMaker;
  /** For each field of the maker. */
  readonly makerSlots: readonly number[];
  readonly stampSlot: number;
  /** The field that holds the row's own name in the list where it is empty. */
  readonly nameSlot: number | undefined;
  /** What rows of the list are told apart by. */
  readonly key: { readonly column: ColumnSchema; readonly slot: number } | undefined;
}

export interface PlannedCell {
  readonly column: ColumnSchema;
  /** The name in Graph. */
  readonly name: string;
  readonly read: CellReader;
  readonly slot: number;
}

/** Stands for an empty cell: a value, or that of another field. */
interface PlannedDefault {
  readonly field: string;
  readonly slot: number;
  readonly value: unknown;
  readonly from: number | undefined;
}

/** A value kept in several columns, such as `blocker.text` and `blocker.accepted`. */
interface NestedField {
  readonly name: string;
  readonly slot: number;
  readonly parts: readonly { readonly part: string; readonly slot: number }[];
  /** Without this part there is no value. */
  readonly main: number | undefined;
  /** A value that means nothing without its date. */
  readonly dated: { readonly value: number; readonly on: number } | undefined;
}

const mainParts: Readonly<Record<string, string>> = { blocker: 'text', baseline: 'value', target: 'value' };

export function planRows(kind: ShapeName, list: ListSchema, context: ValueContext): RowPlan {
  const { binding } = context;
  const slots = new Map<string, number>();
  const slotOf = (field: string): number => {
    const slot = slots.get(field) ?? slots.size;
    slots.set(field, slot);
    return slot;
  };
  const kept = list.columns.filter((column) => binding.of(list, column).kept);
  const cells = kept.map((column) => ({
    column,
    name: fieldNameOf(list, column, binding),
    read: readerOf(list, column, context),
    slot: slotOf(column.field),
  }));
  const defaults = binding.defaultsOf(list).map(({ column, value, from }) => ({
    field: column.field,
    slot: slotOf(column.field),
    value,
    from: from && slotOf(from.field),
  }));
  const key = list.columns.find((column) => column.unique === true && column.required === true);
  const maker = recordMaker(recordShapes[kind]);
  // An update is known by its operation key, and one without by its place.
  const keySlot = kind === 'update' ? slotOf('operationKey') : undefined;
  return {
    ...{ list, binding, cells, defaults, maker },
    required: list.columns
      .filter((column) => column.required === true)
      .map((column) => ({ column, slot: slotOf(column.field) })),
    nested: nestedFields(list, slotOf),
    makerSlots: maker.fields.map((field) => (field === 'key' ? keySlot : undefined) ?? slotOf(field)),
    stampSlot: slotOf('stamp'),
    nameSlot: keySlot,
    key: key && { column: key, slot: slotOf(key.field) },
    slots: slots.size,
  };
}

function nestedFields(list: ListSchema, slotOf: (field: string) => number): readonly NestedField[] {
  const fields = [...new Set(list.columns.map((column) => column.field))].filter((field) => field.includes('.'));
  const names = [...new Set(fields.map((field) => field.split('.')[0] ?? ''))];
  return names.map((name) => {
    const parts = fields
      .filter((field) => field.startsWith(`${name}.`))
      .map((field) => ({ part: field.slice(name.length + 1), slot: slotOf(field) }));
    const slotOfPart = (part: string | undefined) => parts.find((one) => one.part === part)?.slot;
    const [value, on] = [slotOfPart('value'), slotOfPart('on')];
    return {
      ...{ name, parts, slot: slotOf(name) },
      // The target of a risk has no main part: both of its columns are needed anyway.
      main: slotOfPart(mainParts[name]),
      dated: value === undefined || on === undefined ? undefined : { value, on },
    };
  });
}
