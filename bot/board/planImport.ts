// Decides what a plan from a workbook adds to the board and changes in it, row by row, and what is refused and why.
import { interpretRow, type GivenRow } from './planRows';
import { changesOfRow, newValues } from './planDecide';
import { textAllowed } from './planChecks';
import { sameValue, valueAt } from './planCompare';
import { nameField } from './planFields';
import { areaHeaded, headingAreas } from './planHeadings';
import { personFindings, sheetFindings, summed } from './planNotes';
import type { Ref, Stamp } from './model';
import { placeOf, planKinds, type PlanKind, type PlanRow } from './planRecords';
import { knownRecords, meant, nextRef, withName, withRef } from './planRefs';
import {
  find,
  knownOf,
  type ImportDecision,
  type ImportInput,
  type ImportItem,
  type ImportKind,
  type ImportWork,
} from './planWork';
import { standingReadings } from './takenBack';
import { monthName } from './wording';

export type * from './planWork';

export function decideImport(input: ImportInput): ImportDecision {
  const { snapshot, plan } = input;
  const work: ImportWork = {
    input,
    known: knownRecords(snapshot),
    items: [],
    findings: [],
    refs: new Map(),
    seen: new Set(),
  };
  sheetFindings(work);
  for (const kind of planKinds) {
    if (kind === 'person') continue;
    if (kind === 'action') headingAreas(work);
    for (const [at, row] of plan.rows.entries()) if (row.kind === kind) decideRow(work, kind, row, at);
  }
  personFindings(work);
  return { items: work.items, findings: summed(work.findings) };
}

function decideRow(work: ImportWork, kind: ImportKind, row: PlanRow, at: number): void {
  const given = interpretRow(work, kind, row);
  const where = placeOf(row);
  const column = parentColumns[kind];
  const parentRef = column && parentOf(work, column, kind, row, given);
  const known = knownOf(work, kind);
  if (kind === 'reading') return decideReading(work, row, given, parentRef, where, at);
  const name = String(given.values.get(nameField[kind]) ?? '');
  const writtenRef = kind === 'body' ? name : String(given.values.get('ref') ?? '');
  const found = writtenRef === '' ? withName(known, name, parentRef) : withRef(known, writtenRef);
  const label = found?.ref ?? (writtenRef === '' ? name.slice(0, 60) : writtenRef);
  const refuse = (rule: string, why: string): void => {
    find(work, rule, label, where, why);
    add(work, { kind, ref: label, where, key: keyOf(row), outcome: 'refused', values: {}, changes: [] });
  };
  if (found && work.seen.has(`${kind} ${found.ref}`)) {
    const nought = /^\d+\.\d+$/u.test(writtenRef) ? ' Excel writes 1.10 as 1.1: set the column to text.' : '';
    refuse(
      'import-ref-twice',
      `A row above has the same ${writtenRef === '' ? 'name' : 'ref'} already; this one is not taken.${nought}`,
    );
    return;
  }
  if (found?.record) {
    work.refs.set(at, found.ref);
    work.seen.add(`${kind} ${found.ref}`);
    const changed = changesOfRow(work, {
      kind,
      row,
      given,
      where,
      key: keyOf(row),
      ref: found.ref,
      record: found.record,
      parentRef,
    });
    add(work, {
      kind,
      ref: found.ref,
      where,
      key: keyOf(row),
      ...ownerOf(found.record),
      ...changed,
      ...stampOf(found.record),
      ...parent(parentRef),
    });
    return;
  }
  if (given.refused !== undefined) return refuse(given.refused.rule, given.refused.why);
  if (name === '')
    return refuse('import-no-name', `The row has a ref and no ${nameWord[kind]}, and the board does not know the ref.`);
  if (column && parentRef === undefined) return refuse('import-no-parent', missingParent(column, given));
  if (writtenRef === '' && kind === 'area')
    return refuse('import-no-ref', 'An area needs a ref, such as APA1 or AFI2.');
  const ref = writtenRef === '' ? nextRef(kind, known, parentRef) : writtenRef.replace(/\s+/gu, ' ');
  const made = newValues(work, { kind, row, given, where, key: keyOf(row), ref, parentRef });
  if (typeof made === 'string') return refuse('import-incomplete', made);
  if (writtenRef === '')
    find(work, 'import-ref-given', ref, where, 'The row has no ref; it gets the next free one.', 'information');
  known.push({ ref, name, ...(parentRef === undefined ? {} : { parentRef }) });
  work.refs.set(at, ref);
  work.seen.add(`${kind} ${ref}`);
  add(work, {
    kind,
    ref,
    where,
    key: keyOf(row),
    outcome: 'add',
    changes: [],
    ...made,
    ...ownerOf(made.values),
    ...parent(parentRef),
  });
}

/** A value that a period has already is no change; another one is a revision, and what was reported stays. */
function decideReading(
  work: ImportWork,
  row: PlanRow,
  given: GivenRow,
  measureRef: Ref | undefined,
  where: string,
  at: number,
): void {
  const period = String(given.values.get('period') ?? '');
  const value = given.values.get('value');
  const locality = given.values.get('locality');
  const label = [measureRef ?? row.sheet, period === '' ? '' : monthName(period), locality ?? ''].join(' ').trim();
  const key = `${keyOf(row)} ${row.cells['value']?.at ?? at}`;
  const place = { kind: 'reading' as const, ref: label, where, key };
  if (given.refused !== undefined || period === '' || typeof value !== 'number' || measureRef === undefined) {
    const why =
      measureRef === undefined
        ? missingParent(measureColumn, given)
        : 'A reading needs a measure, a month and a value.';
    find(work, given.refused?.rule ?? 'import-incomplete', label, where, given.refused?.why ?? why);
    return add(work, { ...place, outcome: 'refused', values: {}, changes: [] });
  }
  const same = (one: object): boolean =>
    valueAt(one, 'measureRef') === measureRef &&
    valueAt(one, 'period') === period &&
    sameValue(valueAt(one, 'locality'), locality);
  const there = [
    ...standingReadings(work.input.snapshot).filter(same),
    ...work.items
      .filter((one) => one.kind === 'reading' && one.outcome === 'add' && same(one.values))
      .map((one) => one.values),
  ];
  if (there.some((one) => valueAt(one, 'value') === value))
    return add(work, { ...place, outcome: 'same', values: {}, changes: [], ...parent(measureRef) });
  const of = { ...place, row, given, parentRef: measureRef };
  const allowed = (name: string): boolean => textAllowed(work, of, name, given.values.get(name));
  // Its name would be the text itself.
  if (!allowed('locality'))
    return add(work, {
      ...place,
      ref: `${measureRef} ${monthName(period)}`,
      outcome: 'refused',
      values: {},
      changes: [],
    });
  const texts = ['source', 'note'].filter((name) => given.values.has(name) && allowed(name));
  const reportedOn = given.values.get('reportedOn');
  if (reportedOn === undefined)
    find(
      work,
      'import-reported-today',
      measureRef,
      where,
      'The workbook does not say when the reading was reported: today is recorded.',
      'information',
    );
  const values = {
    measureRef,
    period,
    ...(locality === undefined ? {} : { locality }),
    value,
    reportedOn: reportedOn ?? work.input.on,
    revises: there.length > 0 || given.values.get('revises') === true,
    ...Object.fromEntries(texts.map((name) => [name, given.values.get(name)])),
  };
  const before = there.at(-1);
  const title = `Reading for ${monthName(period)}`;
  const changes = before
    ? [{ field: 'value', title, before: String(valueAt(before, 'value')), after: String(value) }]
    : [];
  add(work, { ...place, outcome: 'add', values, changes, ...parent(measureRef) });
}

function add(work: ImportWork, item: ImportItem): void {
  work.items.push(item);
}

function keyOf(row: PlanRow): string {
  return `${row.sheet}!${row.row} ${row.kind}`;
}

function parent(parentRef: Ref | undefined): { readonly parentRef?: Ref } {
  return parentRef === undefined ? {} : { parentRef };
}

function ownerOf(record: object): { readonly ownerRef?: Ref } {
  const ownerRef = valueAt(record, 'ownerRef');
  return typeof ownerRef === 'string' ? { ownerRef } : {};
}

function stampOf(record: object): { readonly stamp?: Stamp } {
  const itemId = valueAt(record, 'stamp.itemId');
  const version = valueAt(record, 'stamp.version');
  return typeof itemId === 'string' && typeof version === 'string' ? { stamp: { itemId, version } } : {};
}

/** The column that names what a record belongs to; without one it belongs to nothing. */
interface ParentColumn {
  readonly field: string;
  readonly kind: PlanKind;
}

const areaColumn: ParentColumn = { field: 'areaRef', kind: 'area' };
const measureColumn: ParentColumn = { field: 'measureRef', kind: 'measure' };
const parentColumns: Readonly<Partial<Record<ImportKind, ParentColumn>>> = {
  action: areaColumn,
  measure: areaColumn,
  milestone: { field: 'actionRef', kind: 'action' },
  mitigation: { field: 'riskRef', kind: 'risk' },
  reading: measureColumn,
};
const nameWord: Readonly<Record<PlanKind, string>> = {
  area: 'title',
  body: 'name',
  measure: 'name',
  risk: 'title',
  action: 'title',
  milestone: 'title',
  mitigation: 'text',
  reading: 'month',
  person: 'name',
};

/** The row it stands beside, the column that names it, the beginning of its ref, or the heading above it. */
function parentOf(
  work: ImportWork,
  column: ParentColumn,
  kind: ImportKind,
  row: PlanRow,
  given: GivenRow,
): Ref | undefined {
  if (row.parent !== undefined) return work.refs.get(row.parent);
  const known = knownOf(work, column.kind);
  const written = given.values.get(column.field);
  if (written !== undefined) return meant(known, String(written))?.ref;
  const ref = String(given.values.get('ref') ?? '');
  const begins = /^(.+)[.-]\d+$/u.exec(ref)?.[1];
  const byRef = begins === undefined ? undefined : withRef(known, begins);
  const standing = byRef ? undefined : existingParent(work, kind, ref);
  return (
    byRef?.ref ??
    standing ??
    (row.heading && column.kind === 'area' ? areaHeaded(known, row.heading.text)?.ref : undefined)
  );
}

/** Of a record that the board has already, under whatever ref. */
function existingParent(work: ImportWork, kind: ImportKind, ref: string): Ref | undefined {
  return ref === '' ? undefined : withRef(knownOf(work, kind), ref)?.parentRef;
}

function missingParent({ field, kind }: ParentColumn, given: GivenRow): string {
  const written = given.values.get(field);
  return written === undefined
    ? `Neither a column nor a heading says to which ${kind} it belongs.`
    : `It belongs to "${String(written).slice(0, 60)}", which is no ${kind} of the board or of the workbook.`;
}
