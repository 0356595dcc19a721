// One row of a list as a record of the board, or findings that say why not: nothing is dropped unseen and nothing guessed.
import type { Finding } from '../board/model';
import { shownName } from '../board/siteNames';
import type { ValueContext } from './columnNames';
import type { ListItem } from './listItem';
import type { ColumnSchema, ListSchema } from './lists';
import { refused } from './recordMaking';
import { recordShapes } from './recordShapes';
import type { RecordOf, ShapeName } from './recordShapes';
import { planRows } from './rowPlan';
import type { RowPlan } from './rowPlan';

/** Columns that the site's list does not have: their absence is one finding elsewhere, not one a row. */
export type MissingColumns = ReadonlySet<string>;

export interface RowRead<K extends ShapeName> {
  /** None where the row cannot be used; the findings say why. */
  readonly record: RecordOf<K> | undefined;
  readonly reference: unknown;
  readonly findings: readonly Finding[];
}

/** The row that is being read. */
interface Row {
  readonly item: ListItem;
  /** By slot. */
  readonly values: unknown[];
  /** Columns that hold something that does not fit, with what was expected. */
  readonly misfits: ReadonlyMap<ColumnSchema, string>;
  readonly findings: Finding[];
}

const noMisfits: ReadonlyMap<ColumnSchema, string> = new Map();

export class RowParser<K extends ShapeName> {
  private readonly kind: K;
  private readonly plan: RowPlan;
  private readonly missing: MissingColumns;
  private readonly known = new WeakMap<ListItem, RowRead<K>>();

  constructor(kind: K, list: ListSchema, context: ValueContext, missing: MissingColumns) {
    this.kind = kind;
    this.plan = planRows(kind, list, context);
    this.missing = missing;
  }

  /** Each version of a row is read once; undefined for a row that the binding says is no record. */
  read(item: ListItem): RowRead<K> | undefined {
    if (this.plan.binding.leavesOut(this.plan.list, item.fields)) return undefined;
    const read = this.known.get(item) ?? this.readAnew(item);
    this.known.set(item, read);
    return read;
  }

  /** A second row with a reference that is taken. */
  repeated(item: ListItem, reference: unknown): Finding {
    const { key } = this.plan;
    const what = `has the same ${key ? this.theirName(key.column) : ''} as another row; it is left out`;
    return this.notUnderstood(item, reference, what);
  }

  private readAnew(item: ListItem): RowRead<K> {
    const { cells, slots, key } = this.plan;
    const values = new Array<unknown>(slots).fill(undefined);
    let misfits: Map<ColumnSchema, string> | undefined;
    for (const { name, read, slot, column } of cells) {
      const raw = item.fields[name];
      if (raw === undefined) continue;
      const decoded = read(raw);
      // Two columns may feed one field (Owner, OwnerRef): the first that holds something wins.
      if (decoded.kind === 'value') values[slot] = values[slot] === undefined ? decoded.value : values[slot];
      else if (decoded.kind === 'misfit') (misfits ??= new Map()).set(column, decoded.expected);
    }
    const row: Row = { item, values, misfits: misfits ?? noMisfits, findings: [] };
    this.fillDefaults(row);
    const record = this.recordOf(row);
    return { record, reference: key && values[key.slot], findings: row.findings };
  }

  private fillDefaults({ values, misfits }: Row): void {
    for (const { field, slot, value, from } of this.plan.defaults) {
      // What is there and is not understood stays a finding; a default stands for an empty cell alone.
      if (values[slot] !== undefined || [...misfits.keys()].some((one) => one.field === field)) continue;
      values[slot] = from === undefined ? value : values[from];
    }
  }

  private recordOf(row: Row): RecordOf<K> | undefined {
    const { list, required, nested, maker, makerSlots, stampSlot, nameSlot } = this.plan;
    const { item, values, misfits } = row;
    for (const { column, slot } of required) {
      if (values[slot] === undefined) return this.withoutNeeded(row, column);
    }
    for (const [column, expected] of misfits) {
      this.say(row, `the column ${this.theirName(column)} does not hold ${expected}; it is left empty`);
    }
    for (const one of nested) this.nest(row, one);
    values[stampSlot] = { itemId: item.id, version: item.eTag };
    if (nameSlot !== undefined) values[nameSlot] ??= `${list.name} #${item.id}`;
    const made = maker.make((at) => values[makerSlots[at] ?? -1]);
    // Made field by field as the shape asks.
    return made === refused ? this.withoutUnfit(row) : (made as RecordOf<K>);
  }

  private withoutNeeded(row: Row, column: ColumnSchema): undefined {
    const { list, binding } = this.plan;
    // A column that the list lacks, or that the council does not keep, has a finding of its own.
    const isKept = binding.of(list, column).kept;
    const asked = isKept ? column : binding.defaultsOf(list).find((one) => one.column === column)?.from;
    if (asked === undefined || this.missing.has(asked.name)) return;
    const expected = row.misfits.get(asked);
    const what = expected === undefined ? 'is empty and is needed' : `does not hold ${expected}`;
    this.say(row, `the column ${this.theirName(asked)} ${what}; the row is left out`);
  }

  private nest(row: Row, { name, slot, parts, main, dated }: RowPlan['nested'][number]): void {
    const { values } = row;
    if (main !== undefined && values[main] === undefined) return;
    if (dated && values[dated.value] !== undefined && values[dated.on] === undefined) {
      return this.say(row, `the ${name} has a value and no date; it is left empty`);
    }
    let whole: Record<string, unknown> | undefined;
    for (const one of parts) {
      const value = values[one.slot];
      if (value !== undefined) (whole ??= {})[one.part] = value;
    }
    values[slot] = whole;
  }

  /** Once more without the optional fields that do not fit. */
  private withoutUnfit(row: Row): RecordOf<K> | undefined {
    const { list, maker, makerSlots } = this.plan;
    const shape = recordShapes[this.kind];
    const given = maker.fields.map((field, at) => [field, row.values[makerSlots[at] ?? -1]] as const);
    const candidate = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    const first = shape.safeParse(candidate);
    const unfit = first.success ? [] : first.error.issues.map((issue) => String(issue.path[0]));
    for (const field of new Set(unfit)) {
      const columns = list.columns.filter((column) => column.field === field || column.field.startsWith(`${field}.`));
      const names = columns.map((column) => this.theirName(column)).join(' and ');
      if (columns.length === 0 || columns.some((column) => column.required)) {
        this.say(row, `${names || 'it'} has not the expected form; the row is left out`);
        return undefined;
      }
      this.say(row, `${names} has not the expected form; it is left empty`);
      delete candidate[field];
    }
    const second = shape.safeParse(candidate);
    if (second.success) return second.data as RecordOf<K>;
    this.say(row, 'it has not the expected form; the row is left out');
    return undefined;
  }

  private say({ item, values, findings }: Row, what: string): void {
    const { key } = this.plan;
    findings.push(this.notUnderstood(item, key && values[key.slot], what));
  }

  private notUnderstood(item: ListItem, reference: unknown, what: string): Finding {
    const { list, binding } = this.plan;
    const isNamed = typeof reference === 'string';
    const ref = isNamed ? reference : `${list.name} #${item.id}`;
    const text = `List ${binding.titleOf(list)}, row ${isNamed ? reference : `number ${item.id}`}: ${what}.`;
    return { rule: 'row-not-understood', level: 'finding', ref, text, records: [ref] };
  }

  /** The site's own name for a column, with ours beside it where they differ. */
  private theirName(column: ColumnSchema): string {
    const name = this.plan.binding.columnOf(this.plan.list, column);
    return name === column.name ? name : `${shownName(name)} (${column.name})`;
  }
}
