// Fills the local tenant from a plan file: users, lists and their rows, and a report of what did not fit.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { libraryName, listSeparator, lists, type ColumnSchema, type ListSchema } from '../../bot/sharepoint/lists';
import { localMidnight, localInstant, nineOn } from './clock';
import { columnsOf, maxTextLength, newColumn } from './columns';
import { isText } from './fieldWrites';
import { newListRecord, systemEditor } from './graphLists';
import { LocalError } from './graphError';
import type { FieldValue, Fields, User } from './records';
import { isRaw, textOf, type PlanReader, type SeedProblem, type SeedRow } from './seedPlan';
import { planRows, type SeedRows } from './seedRows';
import type { NewItem } from './localItems';
import type { Tenant } from './tenant';

const samplePlan = join(__dirname, 'seed', 'sample-plan.json');
/** The first people of a site come after SharePoint's own accounts. */
const firstLookupId = 10;
/** Who the seeded rows are by. */
export const seedApp = { kind: 'app', id: 'seed', name: 'Board Assistant' } as const;

export const seedReportSchema = z.object({
  file: z.string(),
  asOf: z.string().optional(),
  rows: z.record(z.string(), z.number()),
  problems: z.array(z.object({ record: z.string(), field: z.string(), message: z.string() })),
});
export type SeedReport = z.infer<typeof seedReportSchema>;

/** Reads the plan before anything is emptied or written. */
export function readPlan(file: string | undefined): { readonly plan: unknown; readonly file: string } {
  const path = file ?? samplePlan;
  try {
    const plan: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return { plan, file: file ?? 'sample-plan.json' };
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it could not be read';
    throw new LocalError(`The seed file ${path} cannot be used: ${why}. Nothing was changed.`, { cause: error });
  }
}

/** The moment the local clock starts at. */
export function startOf(plan: unknown): Date {
  return nineOn(isRaw(plan) ? textOf(plan, 'asOf') : undefined);
}

/** Fills an empty tenant. */
export async function seedTenant(tenant: Tenant, plan: unknown, file: string): Promise<SeedReport> {
  const { rows, reader, asOf } = planRows(plan);
  const users = usersOf(rows);
  await tenant.addUsers(users);
  await seedUserList(tenant, users);
  const known = knownRefs(rows);
  const counts: Record<string, number> = {};
  for (const schema of lists) {
    const items = itemsOf(schema, rows[schema.record] ?? [], users, known, reader);
    const record = newListRecord(
      schema.name,
      schema.description,
      'genericList',
      columnsOf(schema.columns),
      tenant.now(),
    );
    await tenant.createList(record, items, seedApp);
    counts[schema.name] = items.length;
  }
  await tenant.createList(
    newListRecord('Documents', '', 'documentLibrary', [newColumn('Title', 'text')], tenant.now()),
    [],
    systemEditor,
  );
  await tenant.createList(
    newListRecord(
      libraryName,
      'Papers of the board, one folder a meeting',
      'documentLibrary',
      [newColumn('Title', 'text')],
      tenant.now(),
    ),
    [],
    systemEditor,
  );
  const report: SeedReport = {
    file,
    ...(asOf === undefined ? {} : { asOf }),
    rows: counts,
    problems: reader.problems.map((one): SeedProblem => ({ ...one })),
  };
  await tenant.setValue('seed', report);
  return report;
}

/** People of the tenant get an account; people outside it only the id their sign-in carries. */
function usersOf(rows: SeedRows): User[] {
  let lookupId = firstLookupId;
  return (rows['person'] ?? []).flatMap(({ values }) => {
    const { ref, name, email, role, entraObjectId } = values;
    if (typeof ref !== 'string' || typeof name !== 'string') return [];
    const base = {
      displayName: name,
      mail: typeof email === 'string' ? email : `${ref.toLowerCase()}@people.example`,
      jobTitle: typeof role === 'string' ? role : '',
      ref,
    };
    if (typeof entraObjectId !== 'string') return [{ ...base, id: derivedId(ref) }];
    lookupId += 1;
    return [{ ...base, id: entraObjectId, lookupId }];
  });
}

/** A GUID made from a reference, the same each time. */
function derivedId(ref: string): string {
  const hex = createHash('sha256').update(`person outside the tenant ${ref}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function seedUserList(tenant: Tenant, users: readonly User[]): Promise<void> {
  const columns = ['Title', 'Name', 'EMail', 'JobTitle', 'Department', 'UserName'].map((name) =>
    newColumn(name, 'text'),
  );
  const items = users.flatMap((user): NewItem[] =>
    user.lookupId === undefined
      ? []
      : [
          {
            id: user.lookupId,
            fields: {
              Title: user.displayName,
              Name: `i:0#.f|membership|${user.mail}`,
              EMail: user.mail,
              JobTitle: user.jobTitle,
              UserName: user.mail,
            },
          },
        ],
  );
  await tenant.createList(
    newListRecord('User Information List', '', 'userInformation', columns, tenant.now()),
    items,
    systemEditor,
  );
}

function knownRefs(rows: SeedRows): ReadonlyMap<string, ReadonlySet<string>> {
  const refs = (record: string): ReadonlySet<string> =>
    new Set((rows[record] ?? []).flatMap(({ values }) => (typeof values['ref'] === 'string' ? [values['ref']] : [])));
  const people = refs('person');
  return new Map([
    ...['ownerRef', 'personRef', 'byRef', 'adviserRef', 'answeredByRef', 'requestedByRef', 'deputyRef'].map(
      (field): [string, ReadonlySet<string>] => [field, people],
    ),
    ['areaRef', refs('area')],
    ['actionRef', refs('action')],
    ['riskRef', refs('risk')],
    ['measureRef', refs('measure')],
    ['meetingRef', refs('meeting')],
  ]);
}

/** Rows as items: a value the column can hold goes in as it stands, another is named and left out. */
function itemsOf(
  schema: ListSchema,
  rows: readonly SeedRow[],
  users: readonly User[],
  known: ReadonlyMap<string, ReadonlySet<string>>,
  reader: PlanReader,
): NewItem[] {
  const taken = new Map<string, Set<string>>(
    schema.columns.filter((one) => one.unique).map((one) => [one.name, new Set<string>()]),
  );
  return rows.flatMap((row) => {
    const fields: Fields = {};
    for (const column of schema.columns) {
      const raw = column.name === 'OperationKey' ? row.key : row.values[column.field];
      if (raw === undefined || raw === null) {
        if (column.required === true) say(reader, row, column, 'is missing');
        continue;
      }
      if (column.field === 'ownerRef' && column.name.startsWith('Owner') && schema.record !== 'request') {
        const user = users.find((one) => one.ref === raw && one.lookupId !== undefined);
        if (column.type === 'person' && user?.lookupId !== undefined) fields['OwnerLookupId'] = user.lookupId;
        if (column.type === 'person' || user) continue;
      }
      const value = hold(column, raw, row, reader);
      if (value === undefined) continue;
      if (typeof value === 'string' && known.get(column.field)?.has(value) === false)
        say(reader, row, column, `names "${value}", which the file does not hold; it is kept as it stands`);
      fields[column.name] = value;
    }
    for (const [name, seen] of taken) {
      const value = String(fields[name] ?? '').toLowerCase();
      if (value === '') continue;
      if (seen.has(value)) {
        reader.report(
          row.label,
          name,
          `${row.label} is in the file twice; the list takes it once, so this row was left out.`,
        );
        return [];
      }
      seen.add(value);
    }
    return [{ fields }];
  });
}

function say(reader: PlanReader, row: SeedRow, column: ColumnSchema, what: string): void {
  const field = row.sources[column.field] ?? column.field;
  reader.report(row.label, field, `${row.label}: the field "${field}" ${what}.`);
}

function hold(column: ColumnSchema, raw: unknown, row: SeedRow, reader: PlanReader): FieldValue | undefined {
  switch (column.type) {
    case 'text':
    case 'note':
    case 'choice':
    case 'person':
      if (typeof raw !== 'string' || !isText(raw)) return refuse(reader, row, column, raw, 'text');
      if (column.type !== 'note' && raw.length > maxTextLength)
        return refuse(reader, row, column, raw, `text of at most ${maxTextLength} characters`);
      if (column.choices && !column.choices.includes(raw))
        say(
          reader,
          row,
          column,
          `holds ${shown(raw)}, which is none of ${column.choices.join(', ')}; it is kept as it stands`,
        );
      return raw;
    case 'number':
      if (typeof raw !== 'number' || !Number.isFinite(raw)) return refuse(reader, row, column, raw, 'a number');
      checkRange(column, raw, row, reader);
      return raw;
    case 'boolean':
      return typeof raw === 'boolean' ? raw : refuse(reader, row, column, raw, 'true or false');
    case 'date':
      return (
        (typeof raw === 'string' ? midnightOf(raw) : undefined) ??
        refuse(reader, row, column, raw, 'a date such as 2025-01-31')
      );
    case 'instant':
      return typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(raw) && !Number.isNaN(Date.parse(raw))
        ? raw
        : refuse(reader, row, column, raw, 'a moment in time');
    case 'refs':
    case 'words': {
      const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
      if (!parts.every((one) => typeof one === 'string')) return refuse(reader, row, column, raw, 'a list of words');
      return parts.length === 0 ? undefined : parts.join(listSeparator);
    }
    case 'json':
      return typeof raw === 'string' ? raw : JSON.stringify(raw);
  }
}

/** Outside of hold(): one function for every cell, not one each. */
function refuse(reader: PlanReader, row: SeedRow, column: ColumnSchema, raw: unknown, expected: string): undefined {
  say(reader, row, column, `should be ${expected}, but holds ${shown(raw)}; it was left empty`);
  return undefined;
}

function checkRange(column: ColumnSchema, value: number, row: SeedRow, reader: PlanReader): void {
  const percent = column.field === 'percentComplete';
  const score = /likelihood$|impact$/.test(column.field);
  if ((percent && (value < 0 || value > 100)) || (score && !(Number.isInteger(value) && value >= 1 && value <= 5)))
    say(reader, row, column, `holds ${value}, outside ${percent ? '0 to 100' : '1 to 5'}; it is kept as it stands`);
}

/** Plans name few days many times, and finding a local midnight is slow: each is kept. */
const midnights = new Map<string, string | undefined>();

/** The local midnight of a civil date; undefined for what is none. */
function midnightOf(civilDate: string): string | undefined {
  if (midnights.has(civilDate)) return midnights.get(civilDate);
  const noon = isCivilDate(civilDate) ? localInstant(civilDate, '12:00') : undefined;
  const midnight = noon === undefined ? undefined : localMidnight(new Date(noon));
  midnights.set(civilDate, midnight);
  return midnight;
}

function isCivilDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

function shown(raw: unknown): string {
  const text = typeof raw === 'object' ? 'a list or record' : JSON.stringify(raw);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
