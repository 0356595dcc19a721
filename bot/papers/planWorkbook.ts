// Reads an action plan, a risk register or measures out of a workbook as councils keep them.
import { childKind, nameField, planField } from '../board/planFields';
import type { PlanCell, PlanKind, PlanRow, PlanSheet, PlanValue, PlanWorkbook } from '../board/planRecords';
import { cellText } from '../board/planValues';
import { columnLetters, openWorkbook, type Grid, type GridCell } from './planWorkbookCells';
import { findHeader, type SheetColumnMatch, type SheetHeader } from './planWorkbookHeaders';

export { largestPlanBytes } from './planWorkbookCells';

export type ReadPlan =
  { readonly kind: 'read'; readonly workbook: PlanWorkbook } | { readonly kind: 'refused'; readonly why: string };

/** Every sheet that holds plan records, with what each column was taken for. */
export async function readPlanWorkbook(xlsx: Uint8Array): Promise<ReadPlan> {
  const opened = await openWorkbook(xlsx);
  if (opened.kind === 'refused') return opened;
  const rows: PlanRow[] = [];
  const sheets = opened.grids.map((grid) => readSheet(grid, rows));
  return { kind: 'read', workbook: { sheets, rows } };
}

function readSheet(grid: Grid, rows: PlanRow[]): PlanSheet {
  const nothing = { name: grid.name, headerRows: [], columns: [], unused: [], rows: 0, hiddenRows: [] };
  if (grid.hidden) return { ...nothing, whyNot: 'it is hidden' };
  if (grid.rows.size === 0) return { ...nothing, whyNot: 'it is empty' };
  const header = findHeader(grid);
  if (!header) return { ...nothing, whyNot: 'no row names the columns of a plan, a risk register or measures' };
  const before = rows.length;
  const reading = new SheetReading(grid, header, rows);
  for (const number of [...grid.rows.keys()].sort((a, b) => a - b))
    if (number > Math.max(...header.rows)) reading.take(number);
  const taken = rows.slice(before);
  const hidden = new Set(taken.filter((one) => grid.hiddenRows.has(one.row)).map((one) => one.row));
  return {
    name: grid.name,
    kind: header.kind,
    headerRows: header.rows,
    columns: header.columns.map(({ column, header: text, kind, field, title, how, hidden: unseen }) => ({
      column,
      header: text,
      kind,
      field,
      title,
      how,
      hidden: unseen,
    })),
    unused: header.unused,
    rows: taken.length,
    hiddenRows: [...hidden],
  };
}

/** One sheet, row by row: headings, records, and the steps that stand beside or under them. */
class SheetReading {
  private heading: PlanRow['heading'];
  /** The record to which steps in the following rows belong. */
  private last: number | undefined;
  private readonly child: PlanKind | undefined;
  private readonly grid: Grid;
  private readonly header: SheetHeader;
  private readonly rows: PlanRow[];

  constructor(grid: Grid, header: SheetHeader, rows: PlanRow[]) {
    this.grid = grid;
    this.header = header;
    this.rows = rows;
    this.heading = { text: grid.name, at: '' };
    this.child = childKind[header.kind];
  }

  take(number: number): void {
    const cells = this.grid.rows.get(number) ?? new Map<number, GridCell>();
    const own = [...cells.values()].filter((cell) => cell.from === 'itself' && cell.value.kind !== 'colour');
    if (own.length === 0 || this.repeatsHeader(own)) return;
    if (this.isHeading(own)) {
      const [first] = own;
      if (first) this.heading = { text: cellText(first.value), at: first.at };
      this.last = undefined;
      return;
    }
    const { kind } = this.header;
    const name = this.cellOf(cells, kind, nameField[kind]);
    const ref = this.cellOf(cells, kind, 'ref');
    const step = this.child && this.cellOf(cells, this.child, nameField[this.child]);
    const continues = name?.from === 'above' || (!name && ref?.from !== 'itself' && step !== undefined);
    if (!continues || this.last === undefined) {
      // Totals and notes beside the plan name nothing.
      if (!name && !ref) return;
      this.last = this.rows.length;
      this.rows.push({
        kind,
        sheet: this.grid.name,
        row: number,
        cells: this.planCells(cells, number, kind),
        ...this.under(),
      });
      this.takeMonths(cells, number);
    }
    if (this.child && step && step.from === 'itself')
      this.rows.push({
        kind: this.child,
        sheet: this.grid.name,
        row: number,
        cells: this.planCells(cells, number, this.child),
        parent: this.last,
      });
  }

  private takeMonths(cells: ReadonlyMap<number, GridCell>, number: number): void {
    const parent = this.last;
    for (const column of this.header.columns) {
      const value = cells.get(column.index)?.value;
      if (column.month === undefined || !value || value.kind === 'colour' || parent === undefined) continue;
      const at = `${column.column}${number}`;
      const period: PlanCell = { at, value: { kind: 'text', text: column.month } };
      this.rows.push({
        kind: 'reading',
        sheet: this.grid.name,
        row: number,
        cells: { period, value: { at, value } },
        parent,
      });
    }
  }

  /** One cell alone that does not name a record, or one merged over much of the row. */
  private isHeading(own: readonly GridCell[]): boolean {
    const [only] = own;
    if (!only || own.length > 1) return false;
    const column = this.header.columns.find((one) => one.index === only.column);
    return (
      only.columns >= 3 || column === undefined || (column.field !== nameField[column.kind] && column.how !== 'month')
    );
  }

  /** Printed plans repeat their header on every page. */
  private repeatsHeader(own: readonly GridCell[]): boolean {
    const same = own.filter((cell) =>
      this.header.columns.some(
        (one) => one.index === cell.column && one.header === cellText(cell.value).replace(/\s+/gu, ' '),
      ),
    );
    return own.length > 1 && same.length >= own.length - 1;
  }

  private under(): { heading?: { text: string; at: string } } {
    return this.heading === undefined ? {} : { heading: this.heading };
  }

  private cellOf(cells: ReadonlyMap<number, GridCell>, kind: PlanKind, field: string): GridCell | undefined {
    const column = this.header.columns.find((one) => one.kind === kind && one.field === field);
    const cell = column && cells.get(column.index);
    return cell?.value.kind === 'colour' ? undefined : cell;
  }

  private planCells(
    cells: ReadonlyMap<number, GridCell>,
    number: number,
    kind: PlanKind,
  ): Readonly<Record<string, PlanCell>> {
    const columns = this.header.columns.filter((one) => one.kind === kind && one.how !== 'month');
    return Object.fromEntries(
      columns.map((column) => {
        const value = valueFor(column, cells.get(column.index)?.value);
        return [column.field, { at: `${columnLetters(column.index)}${number}`, value }];
      }),
    );
  }
}

const statusTypes = new Set(['delivery', 'effect', 'stepStatus', 'riskStatus']);

/** A colour says something in a status column alone. */
function valueFor(column: SheetColumnMatch, value: PlanValue | undefined): PlanValue | undefined {
  const type = planField(column.kind, column.field)?.type;
  return value?.kind === 'colour' && (type === undefined || !statusTypes.has(type)) ? undefined : value;
}
