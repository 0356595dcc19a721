// The board's plan as a workbook that an import takes back without a change: one sheet a kind of record.
import { isEmpty, valueAt } from '../board/planCompare';
import { planFields, sheetNames, type PlanField } from '../board/planFields';
import { type PlanKind } from '../board/planRecords';
import { deliveryStatuses, effectStatuses, type BoardSnapshot, type Person, type Ref } from '../board/model';
import { standingReadings, standingUpdates } from '../board/takenBack';
import { deliveryWords, effectWords } from '../board/wording';
import { date, number, renderWorkbook, text, type CellValue, type Sheet } from './workbook';

export interface PlanExport {
  readonly xlsx: Uint8Array;
  readonly sheets: readonly { readonly name: string; readonly rows: number }[];
  /** Records with a text that is longer than a cell can be; the cell is left empty. */
  readonly tooLong: readonly Ref[];
}

/** What Excel opens without repairing is 32,767 characters. */
const longestCell = 32_000;

/** `caption` says in every sheet what it shows; `at` is the moment of the snapshot. */
export async function renderPlanWorkbook(snapshot: BoardSnapshot, caption: string, at: string): Promise<PlanExport> {
  const tooLong = new Set<Ref>();
  const sheets = exportedKinds.map((kind) => sheetOf(snapshot, kind, caption, tooLong));
  return {
    xlsx: await renderWorkbook(`Improvement plan of ${snapshot.facts.name}`, at, sheets),
    sheets: sheets.map((one) => ({ name: one.name, rows: one.rows.length })),
    tooLong: [...tooLong],
  };
}

/** As a reader goes through them; an import has an order of its own. */
const exportedKinds: readonly PlanKind[] = [
  'action',
  'milestone',
  'risk',
  'mitigation',
  'measure',
  'reading',
  'area',
  'body',
  'person',
];

/** Kept out of the file: scores are products, and addresses are nobody's business who reads a plan. */
const leftOut = new Set(['inherent.score', 'current.score', 'target.score', 'email']);

function sheetOf(snapshot: BoardSnapshot, kind: PlanKind, caption: string, tooLong: Set<Ref>): Sheet {
  const fields = planFields[kind].filter((one) => !leftOut.has(one.field));
  const names = peopleNames(snapshot.people);
  return {
    name: sheetNames[kind][0] ?? kind,
    caption,
    columns: fields.map((one) => ({ title: one.title, width: widthOf(one) })),
    rows: recordsOf(snapshot, kind).map((record) =>
      fields.map((field) => {
        const cell = cellOf(field, valueOf(snapshot, kind, field, record), names);
        if (cell.kind !== 'text' || cell.text.length <= longestCell) return cell;
        tooLong.add(String(valueAt(record, 'ref') ?? ''));
        return text(undefined);
      }),
    ),
  };
}

function recordsOf(snapshot: BoardSnapshot, kind: PlanKind): readonly object[] {
  switch (kind) {
    case 'area':
      return snapshot.areas;
    case 'body':
      return snapshot.bodies;
    case 'person':
      return snapshot.people;
    case 'action':
      return snapshot.actions;
    case 'milestone':
      return snapshot.milestones;
    case 'risk':
      return snapshot.risks;
    case 'mitigation':
      return snapshot.mitigations;
    case 'measure':
      return snapshot.measures;
    case 'reading':
      return standingReadings(snapshot);
  }
}

function valueOf(snapshot: BoardSnapshot, kind: PlanKind, field: PlanField, record: object): unknown {
  if (field.field !== 'narrative') return valueAt(record, field.field);
  const ref = valueAt(record, 'ref');
  const told = standingUpdates(snapshot).filter(
    (one) => one.subjectKind === kind && one.subjectRef === ref && !isEmpty(one.narrative),
  );
  return told.reduce<(typeof told)[number] | undefined>(
    (last, one) => (last && last.at >= one.at ? last : one),
    undefined,
  )?.narrative;
}

function cellOf(field: PlanField, value: unknown, names: ReadonlyMap<Ref, string>): CellValue {
  if (isEmpty(value)) return text(undefined);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean')
    return text(field.type === 'polarity' ? (value ? 'lower' : 'higher') : value ? 'yes' : 'no');
  if (Array.isArray(value)) return text(value.map((one: unknown) => partOf(field, one, names)).join('; '));
  const plain = String(value);
  switch (field.type) {
    case 'date':
      return date(plain);
    case 'person':
      return text(names.get(plain) ?? plain);
    case 'delivery':
      return text(wordOf(deliveryStatuses, deliveryWords, plain));
    case 'effect':
      return text(wordOf(effectStatuses, effectWords, plain));
    default:
      // The apostrophe that guards a text against being run must not be mistaken for one that was written.
      return text(/^'+[=+\-@\t\r\n]/.test(plain) ? `'${plain}` : plain);
  }
}

function wordOf<K extends string>(known: readonly K[], words: Readonly<Record<K, string>>, value: string): string {
  const found = known.find((one) => one === value);
  return found === undefined ? value : words[found];
}

function partOf(field: PlanField, value: unknown, names: ReadonlyMap<Ref, string>): string {
  if (field.type === 'people') return names.get(String(value)) ?? String(value);
  return field.type === 'trajectory'
    ? `${String(valueAt(Object(value), 'quarter'))}: ${String(valueAt(Object(value), 'value'))}`
    : String(value);
}

/** Names tell people better than refs, but for two of one name. */
function peopleNames(people: readonly Person[]): ReadonlyMap<Ref, string> {
  const counts = new Map<string, number>();
  const key = (name: string): string => name.trim().toLowerCase();
  for (const one of people) counts.set(key(one.name), (counts.get(key(one.name)) ?? 0) + 1);
  return new Map(
    people.map((one) => [
      one.ref,
      counts.get(key(one.name)) === 1 && /^[\p{L}'’. -]+ [\p{L}'’. -]+$/u.test(one.name) ? one.name : one.ref,
    ]),
  );
}

function widthOf(field: PlanField): number {
  if (field.type === 'text')
    return field.names.includes('Title') || field.required === true ? 44 : field.field === 'narrative' ? 60 : 34;
  if (field.type === 'date') return 19;
  return field.type === 'ref' || field.type === 'number' || field.type === 'score' || field.type === 'percent'
    ? 12
    : 24;
}
