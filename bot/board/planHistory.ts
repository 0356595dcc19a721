// What an imported row leaves in the history: whose record it was, what it held before, what it holds now.
import type { NewUpdate } from './answers';
import { isEmpty, valueAt } from './planCompare';
import { nameField, planFields } from './planFields';
import type { BoardSnapshot, ChangedFields, Instant, Ref, SubjectKind } from './model';
import type { ImportItem, ImportKind } from './planWork';

const subjects: Readonly<Partial<Record<ImportKind, SubjectKind>>> = {
  action: 'action',
  milestone: 'action',
  risk: 'risk',
  mitigation: 'mitigation',
  measure: 'measure',
  reading: 'measure',
};
const longestText = 1000;

/** The row of the history; undefined for areas and bodies, of which none is kept, and for a request, which is its own. */
export function importUpdate(
  item: ImportItem,
  snapshot: BoardSnapshot,
  byRef: Ref,
  at: Instant,
): NewUpdate | undefined {
  const { kind } = item;
  if (kind === 'dateChange') return undefined;
  const subjectKind = subjects[kind];
  const isPart = kind === 'milestone' || kind === 'reading';
  const subjectRef = isPart ? item.parentRef : item.ref;
  if (subjectKind === undefined || subjectRef === undefined) return undefined;
  const { before, after } =
    kind === 'reading' ? readingFields(item) : fieldsOf(item, kind, snapshot, isPart ? `${item.ref}.` : '');
  return {
    subjectKind,
    subjectRef,
    byRef,
    ...(item.ownerRef === undefined || item.ownerRef === byRef ? {} : { forOwnerRef: item.ownerRef }),
    at,
    before,
    after,
    ...(item.narrative === undefined ? {} : { narrative: item.narrative }),
    noChange: false,
  };
}

function fieldsOf(
  item: ImportItem,
  kind: ImportKind,
  snapshot: BoardSnapshot,
  prefix: string,
): { before: ChangedFields; after: ChangedFields } {
  const record = recordOf(item, kind, snapshot);
  // Of a new record the history keeps what is judged; its texts are in the record.
  const texts = new Set(planFields[kind].filter((one) => one.type === 'text').map((one) => one.field));
  const names = Object.keys(item.values).filter(
    (name) => record !== undefined || name === nameField[kind] || !texts.has(name),
  );
  const fields = (valueOf: (name: string) => unknown): ChangedFields =>
    Object.fromEntries(names.map((name) => [`${prefix}${name}`, plainValue(valueOf(name))]));
  return { before: record ? fields((name) => valueAt(record, name)) : {}, after: fields((name) => item.values[name]) };
}

/** By month, and by month and locality, as in an owner's answer. */
function readingFields(item: ImportItem): { before: ChangedFields; after: ChangedFields } {
  const { period, locality, value } = item.values;
  const name = [period, locality].filter((one) => typeof one === 'string').join(' ');
  const [change] = item.changes;
  return { before: change ? { [name]: Number(change.before) } : {}, after: { [name]: plainValue(value) } };
}

function recordOf(item: ImportItem, kind: ImportKind, snapshot: BoardSnapshot): object | undefined {
  if (item.outcome !== 'change') return undefined;
  const rows: readonly { readonly ref: Ref }[] = {
    action: snapshot.actions,
    milestone: snapshot.milestones,
    risk: snapshot.risks,
    mitigation: snapshot.mitigations,
    measure: snapshot.measures,
    area: snapshot.areas,
    body: [],
    reading: [],
  }[kind];
  return rows.find((one) => one.ref === item.ref);
}

function plainValue(value: unknown): string | number | boolean | null {
  if (isEmpty(value)) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = Array.isArray(value)
    ? value.map((one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one))).join('; ')
    : String(value);
  return text.slice(0, longestText);
}
