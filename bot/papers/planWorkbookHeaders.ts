// Finds the header of a sheet, in one row or two, and which of our fields each column holds.
import { readMonth } from '../board/planDates';
import { childKind, nameField, planFields, sheetNames, type PlanField } from '../board/planFields';
import { planKinds, type MappedColumn, type PlanKind } from '../board/planRecords';
import { cellText } from '../board/planValues';
import { foldName, similarity } from '../board/similarity';
import type { Month } from '../board/terms';
import { columnLetters, type Grid, type GridCell } from './planWorkbookCells';

export interface SheetColumnMatch extends MappedColumn {
  readonly index: number;
  /** Of a column of one month's readings. */
  readonly month?: Month;
}

export interface SheetHeader {
  readonly kind: PlanKind;
  readonly rows: readonly number[];
  readonly columns: readonly SheetColumnMatch[];
  readonly unused: readonly { readonly column: string; readonly header: string }[];
}

/** The header stands among the first rows that are not empty, under titles and notes. */
const rowsLookedAt = 40;
const longestHeader = 80;
const alikeEnough = 0.8;
/** So many columns must be known by their very name before those that are only like one are looked at. */
const leastByName = 2;
const candidatesLookedAt = 6;

/** The header and its meaning; undefined when no row names the columns of a plan. */
export function findHeader(grid: Grid): SheetHeader | undefined {
  const numbers = [...grid.rows.keys()].sort((a, b) => a - b).slice(0, rowsLookedAt);
  const all = numbers
    .flatMap((number) => [oneRow(grid, number), twoRows(grid, number) ?? []].flat())
    .flatMap((labels) =>
      planKinds.map((kind) => ({ labels, kind, main: labels.labels.flatMap((one) => byName(one, kind)) })),
    )
    .filter((one) => new Set(one.main.map((match) => match.label.index)).size >= leastByName);
  // Likeness is dear: only where most columns are known by name is it looked for.
  const hopeful = [...all].sort((a, b) => hope(grid, b) - hope(grid, a)).slice(0, candidatesLookedAt);
  let best: { header: SheetHeader; score: number } | undefined;
  for (const one of all) {
    if (!hopeful.includes(one)) continue;
    const found = matchKind(grid, one.labels, one.kind, one.main);
    // A later row, or a second row, must say more than the one before it.
    if (found && found.score > (best?.score ?? 0) + 0.01) best = found;
  }
  return best?.header;
}

function hope(grid: Grid, of: { readonly kind: PlanKind; readonly main: readonly Candidate[] }): number {
  return sum(assign(of.main).map((one) => one.score)) + sheetHint(grid.name, of.kind);
}

/** One column's heading: its readings, the fullest first. */
interface Label {
  readonly index: number;
  readonly header: string;
  readonly names: readonly string[];
  /** The same as they are compared. */
  readonly folded: readonly string[];
  readonly month?: Month;
}

interface Labels {
  readonly rows: readonly number[];
  readonly labels: readonly Label[];
}

function oneRow(grid: Grid, number: number): Labels {
  const cells = [...(grid.rows.get(number)?.values() ?? [])].filter((cell) => cell.from === 'itself');
  return { rows: [number], labels: cells.flatMap((cell) => label(cell.column, undefined, cell)) };
}

/** A group over several columns, and what each of them is: "Inherent" over "L", "I" and "Score". */
function twoRows(grid: Grid, number: number): Labels | undefined {
  const above = grid.rows.get(number);
  const below = grid.rows.get(number + 1);
  if (!above || !below) return undefined;
  const labels: Label[] = [];
  let group: GridCell | undefined;
  const last = Math.max(...above.keys(), ...below.keys());
  for (let index = 1; index <= last; index += 1) {
    const over = above.get(index);
    const under = below.get(index);
    if (over) group = over;
    // A heading merged over both rows stands for itself, and ends the group before it.
    if (under?.from === 'above' || (over && !under)) labels.push(...label(index, undefined, over));
    else if (under?.from === 'itself')
      labels.push(...label(index, over?.from === 'itself' || over?.from === 'left' ? over : group, under));
  }
  return { rows: [number, number + 1], labels };
}

function label(index: number, group: GridCell | undefined, cell: GridCell | undefined): readonly Label[] {
  const own = cell ? headerText(cell) : '';
  const over = group ? headerText(group) : '';
  if (own === '' || !cell) return [];
  const month = cell.value.kind === 'date' ? cell.value.on.slice(0, 7) : readMonth(own);
  const names = over === '' ? [own] : [`${over} ${own}`, own];
  return [
    {
      index,
      header: names[0] ?? own,
      names,
      folded: names.map((one) => foldName(one) || one),
      ...(month === undefined ? {} : { month }),
    },
  ];
}

function headerText(cell: GridCell): string {
  const text =
    cell.value.kind === 'text' || cell.value.kind === 'date' ? cellText(cell.value).replace(/\s+/gu, ' ') : '';
  return text.length > longestHeader ? '' : text;
}

interface Candidate {
  readonly label: Label;
  readonly kind: PlanKind;
  readonly field: PlanField;
  readonly score: number;
}

function matchKind(
  grid: Grid,
  { rows, labels }: Labels,
  kind: PlanKind,
  main: readonly Candidate[],
): { header: SheetHeader; score: number } | undefined {
  const child = childKind[kind];
  const matches = [...main, ...labels.flatMap((one) => byLikeness(one, kind))];
  const all = assign(child === undefined ? matches : beforeSteps(matches, labels, child));
  const children = child === undefined ? [] : childColumns(labels, child, all);
  const taken = all.filter((one) => !children.some((other) => other.label === one.label));
  const mapped = [...taken, ...children];
  const months =
    kind === 'measure'
      ? labels.filter((one) => one.month !== undefined && !mapped.some((other) => other.label === one))
      : [];
  const named = taken.some((one) => one.field.field === nameField[kind]);
  const least = kind === 'area' || kind === 'body' || kind === 'person' ? 2 : 3;
  const needed =
    kind !== 'reading' || ['measureRef', 'value'].every((name) => taken.some((one) => one.field.field === name));
  if (!named || !needed || mapped.length < least) return undefined;
  const score = sum(mapped.map((one) => one.score)) + months.length * 0.5 + sheetHint(grid.name, kind);
  const columns: SheetColumnMatch[] = [
    ...mapped.map(({ label: one, kind: of, field, score: how }) => ({
      ...place(grid, one),
      kind: of,
      field: field.field,
      title: field.title,
      how: how > alikeEnough ? ('name' as const) : ('alike' as const),
    })),
    ...months.map((one) => ({
      ...place(grid, one),
      kind: 'reading' as const,
      field: 'value',
      title: 'Reading',
      how: 'month' as const,
      ...(one.month === undefined ? {} : { month: one.month }),
    })),
  ].sort((a, b) => a.index - b.index);
  const used = new Set(columns.map((one) => one.index));
  const unused = labels
    .filter((one) => !used.has(one.index))
    .map((one) => ({ column: columnLetters(one.index), header: one.header }));
  return { header: { kind, rows, columns, unused }, score };
}

function place(grid: Grid, { index, header }: Label) {
  return { index, column: columnLetters(index), header, hidden: grid.hiddenColumns.has(index) };
}

/**
 * Columns of steps stand to the right of the step's name: what only a step has, what the record has on the left already,
 * and what follows on such a column.
 */
function childColumns(labels: readonly Label[], child: PlanKind, main: readonly Candidate[]): readonly Candidate[] {
  const free = labels.filter((one) => !main.some((other) => other.label.index === one.index));
  const [name] = assign(
    free.flatMap((one) => [...byName(one, child), ...byLikeness(one, child)]).filter((one) => isName(one.field, child)),
  );
  if (!name) return [];
  const rest = (of: readonly Label[], match: typeof byName): readonly Candidate[] =>
    of
      .filter((one) => one.index > name.label.index)
      .flatMap((one) => match(one, child))
      .filter((one) => !isName(one.field, child) && one.field.type !== 'ref');
  const found = [...assign([...rest(free, byName), ...rest(free, byLikeness)])];
  for (const next of rest(labels, byName)) {
    const follows = found.some((one) => one.label.index === next.label.index - 1);
    if (follows && !found.some((one) => one.field === next.field || one.label === next.label)) found.push(next);
  }
  return [name, ...found];
}

function isName(field: PlanField, kind: PlanKind): boolean {
  return field.field === nameField[kind];
}

/** Of two columns for one field the one left of the steps is the record's own. */
function beforeSteps(
  candidates: readonly Candidate[],
  labels: readonly Label[],
  child: PlanKind,
): readonly Candidate[] {
  const known = new Set(candidates.map((one) => one.label));
  const step = labels.find((one) => !known.has(one) && byName(one, child).some((match) => isName(match.field, child)));
  return candidates.map((one) => (step && one.label.index > step.index ? { ...one, score: one.score - 0.03 } : one));
}

/** Each column one field, each field one column; the surest first, then from the left. */
function assign(candidates: readonly Candidate[]): readonly Candidate[] {
  const taken: Candidate[] = [];
  for (const one of [...candidates].sort((a, b) => b.score - a.score || a.label.index - b.label.index)) {
    if (!taken.some((other) => other.label.index === one.label.index || other.field === one.field)) taken.push(one);
  }
  return taken;
}

function byName(of: Label, kind: PlanKind): readonly Candidate[] {
  for (const [at, name] of of.folded.entries()) {
    const fields = fieldsByName(kind).get(name);
    // The fuller reading is the surer one; a field's first name is surer than its others.
    if (fields)
      return fields.map(({ field, first }) => ({ label: of, kind, field, score: 1 - at * 0.05 - (first ? 0 : 0.02) }));
  }
  return [];
}

function byLikeness(of: Label, kind: PlanKind): readonly Candidate[] {
  if (byName(of, kind).length > 0) return [];
  return planFields[kind].flatMap((field) => {
    const score = Math.max(...of.names.flatMap((name) => field.names.map((known) => similarity(name, known))));
    return score >= alikeEnough ? [{ label: of, kind, field, score: score * alikeEnough }] : [];
  });
}

type NamedFields = ReadonlyMap<string, readonly { readonly field: PlanField; readonly first: boolean }[]>;
const names = new Map<PlanKind, NamedFields>();

/** The fields of a kind by every name they go by; worked out once. */
function fieldsByName(kind: PlanKind): NamedFields {
  const known = names.get(kind);
  if (known) return known;
  const made = new Map<string, { field: PlanField; first: boolean }[]>();
  for (const field of planFields[kind])
    for (const [at, name] of field.names.entries()) {
      const key = foldName(name) || name;
      const there = made.get(key) ?? [];
      if (!there.some((one) => one.field === field)) made.set(key, [...there, { field, first: at === 0 }]);
    }
  names.set(kind, made);
  return made;
}

/** A sheet called "Risk register" holds risks, whatever its columns share with actions. */
function sheetHint(name: string, kind: PlanKind): number {
  const folded = foldName(name);
  const hints = sheetNames[kind].map(foldName);
  if (hints.includes(folded)) return 5;
  return hints.some((hint) => folded.includes(hint)) ? 1.5 : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
