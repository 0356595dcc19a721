// A plan as a workbook holds it: rows whose cells are matched to our fields, not yet judged against the board's records.
import type { CivilDate } from './terms';

/** The records that a workbook may bring, in the order in which they are written: what others name comes first. */
export const planKinds = [
  'area',
  'body',
  'measure',
  'risk',
  'action',
  'milestone',
  'mitigation',
  'reading',
  'person',
] as const;
/** `person` is read so that names can be told apart, and never imported. */
export type PlanKind = (typeof planKinds)[number];

export type CellColour = 'red' | 'amber' | 'green' | 'blue' | 'grey';

export type PlanValue =
  | { readonly kind: 'text'; readonly text: string }
  /** `percent`: the cell is shown as a percentage, so 0.6 stands for 60; `shown`: with its noughts, as in 1.10 or 007. */
  | { readonly kind: 'number'; readonly value: number; readonly percent: boolean; readonly shown?: string }
  | { readonly kind: 'date'; readonly on: CivilDate }
  | { readonly kind: 'flag'; readonly value: boolean }
  /** An empty cell of a status column that says its status by its colour. */
  | { readonly kind: 'colour'; readonly colour: CellColour }
  | { readonly kind: 'error'; readonly code: string };

export interface PlanCell {
  /** `F12` */
  readonly at: string;
  /** Undefined: the column is there and the cell is empty. */
  readonly value: PlanValue | undefined;
}

export interface PlanRow {
  readonly kind: PlanKind;
  readonly sheet: string;
  readonly row: number;
  /** By the field names of board/planFields.ts. */
  readonly cells: Readonly<Record<string, PlanCell>>;
  /** The row of the action, risk or measure to which this step or reading belongs: its place among the plan's rows. */
  readonly parent?: number;
  /** The heading row, or the sheet's name, under which it stands. */
  readonly heading?: { readonly text: string; readonly at: string };
}

export interface MappedColumn {
  /** `F` */
  readonly column: string;
  readonly header: string;
  readonly kind: PlanKind;
  readonly field: string;
  /** What we call the field. */
  readonly title: string;
  /** `name` our own name or a known one, `alike` a name like it, `month` a column of one month's readings. */
  readonly how: 'name' | 'alike' | 'month';
  readonly hidden: boolean;
}

/** What was made of one sheet. */
export interface PlanSheet {
  readonly name: string;
  /** Undefined: not taken, for the reason given. */
  readonly kind?: PlanKind;
  readonly whyNot?: string;
  readonly headerRows: readonly number[];
  readonly columns: readonly MappedColumn[];
  readonly unused: readonly { readonly column: string; readonly header: string }[];
  readonly rows: number;
  readonly hiddenRows: readonly number[];
}

export interface PlanWorkbook {
  readonly sheets: readonly PlanSheet[];
  readonly rows: readonly PlanRow[];
}

/** `Sheet "Plan", row 12` or `Sheet "Plan", cell F12`. */
export function placeOf(row: Pick<PlanRow, 'sheet' | 'row'>, at?: string): string {
  return `Sheet "${row.sheet}", ${at === undefined ? `row ${row.row}` : `cell ${at}`}`;
}
