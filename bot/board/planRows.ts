// One row of a plan with its cells read: the values it gives, the cells it leaves empty, and what cannot be read.
import type { Person, Ref } from './model';
import { nameField, planField } from './planFields';
import { placeOf, type PlanKind, type PlanRow } from './planRecords';
import { cellText, readValue } from './planValues';
import { find, type ImportFinding } from './planWork';
import { sentence } from './wording';

export interface GivenRow {
  /** By field; only what could be read. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Fields whose column is there and whose cell is empty. */
  readonly blanks: ReadonlySet<string>;
  /** A cell without which a new record cannot be made is not understood. */
  readonly refused?: { readonly rule: string; readonly why: string };
}

export function interpretRow(
  work: {
    readonly input: { readonly snapshot: { readonly people: readonly Person[] } };
    readonly findings: ImportFinding[];
  },
  kind: PlanKind,
  row: PlanRow,
): GivenRow {
  const values = new Map<string, unknown>();
  const blanks = new Set<string>();
  let refused: GivenRow['refused'];
  const label = labelOf(kind, row);
  for (const [name, cell] of Object.entries(row.cells)) {
    const field = planField(kind, name);
    if (!field) continue;
    if (!cell.value) {
      blanks.add(name);
      continue;
    }
    const read = readValue(field, cell.value, work.input.snapshot.people);
    const where = placeOf(row, cell.at);
    const says = (why: string): string => sentence(`${field.title} ${why.replace(/\.$/u, '')}`);
    if (read.kind === 'misfit') {
      if (field.required) refused ??= { rule: read.rule, why: says(read.why) };
      else find(work, read.rule, label, where, says(read.why));
    } else if (read.kind === 'value') {
      values.set(name, read.value);
      if (read.doubt !== undefined) find(work, 'import-in-doubt', label, where, says(read.doubt));
      if (read.note !== undefined) find(work, 'import-note', label, where, says(read.note), 'information');
      if (cell.value.kind === 'colour')
        find(
          work,
          'import-colour-alone',
          label,
          where,
          says(`is told by the colour ${cell.value.colour} alone`),
          'information',
        );
    }
  }
  return { values, blanks, ...(refused === undefined ? {} : { refused }) };
}

/** What a finding calls the row: its ref, or else its name. */
function labelOf(kind: PlanKind, row: PlanRow): Ref {
  const cell = row.cells['ref']?.value ?? row.cells[nameField[kind]]?.value;
  return cell ? cellText(cell).slice(0, 60) : row.sheet;
}
