// Columns of local lists: what a list has, how Graph describes it, what a write may put in, what a read shows.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ColumnSchema, ColumnType } from '../../bot/sharepoint/lists';
import { graphInstant, localMidnight } from './clock';
import { GraphFailure, invalidRequest } from './graphError';
import type { Column, Editor, FieldValue, Fields, Item, ListRecord } from './records';

/** The longest single line of text SharePoint keeps. */
export const maxTextLength = 255;
/** What SharePoint shows as author of an application's change. */
export const appAuthorLookupId = 1073741822;

const kindOf: Readonly<Record<ColumnType, Column['kind']>> = {
  text: 'text',
  refs: 'text',
  words: 'text',
  note: 'note',
  json: 'note',
  number: 'number',
  boolean: 'boolean',
  date: 'dateOnly',
  instant: 'dateTime',
  choice: 'choice',
  person: 'person',
};

export function newColumn(name: string, kind: Column['kind'], extra: Partial<Column> = {}): Column {
  const plain = { description: '', required: false, indexed: false, unique: false, hidden: false };
  return { id: randomUUID(), name, displayName: name, kind, ...plain, ...extra };
}

/** A list's own Title, then the columns of its schema. */
export function columnsOf(schema: readonly ColumnSchema[]): Column[] {
  const columns = schema.map((one) =>
    newColumn(one.name, kindOf[one.type], {
      description: one.description ?? '',
      required: one.required ?? false,
      indexed: one.indexed ?? one.unique ?? false,
      unique: one.unique ?? false,
      ...(one.choices ? { choices: [...one.choices] } : {}),
    }),
  );
  return columns.some((one) => one.name === 'Title') ? columns : [newColumn('Title', 'text'), ...columns];
}

type SystemKind = 'text' | 'number' | 'boolean' | 'dateTime' | 'person';
/** Columns every list has and nobody writes. `shown` are those of the columns collection. */
const systemColumns: Readonly<Record<string, { readonly kind: SystemKind; readonly shown: boolean }>> = {
  ContentType: { kind: 'text', shown: true },
  Modified: { kind: 'dateTime', shown: true },
  Created: { kind: 'dateTime', shown: true },
  Author: { kind: 'person', shown: true },
  Editor: { kind: 'person', shown: true },
  _UIVersionString: { kind: 'text', shown: true },
  Attachments: { kind: 'boolean', shown: true },
  id: { kind: 'number', shown: false },
  ID: { kind: 'number', shown: false },
  Edit: { kind: 'text', shown: false },
  LinkTitle: { kind: 'text', shown: false },
  LinkTitleNoMenu: { kind: 'text', shown: false },
  ItemChildCount: { kind: 'text', shown: false },
  FolderChildCount: { kind: 'text', shown: false },
  AuthorLookupId: { kind: 'text', shown: false },
  EditorLookupId: { kind: 'text', shown: false },
};

/** The columns collection of a list as Graph answers it. */
export function graphColumns(list: ListRecord): readonly Record<string, unknown>[] {
  const own = list.columns.map(graphColumn);
  const system = Object.entries(systemColumns)
    .filter(([, one]) => one.shown)
    .map(([name, one]) => ({
      id: `${list.id.slice(0, 24)}${Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12)}`,
      name,
      displayName: name,
      description: '',
      columnGroup: '_Hidden',
      required: false,
      indexed: false,
      enforceUniqueValues: false,
      hidden: false,
      readOnly: true,
      [one.kind === 'person' ? 'personOrGroup' : one.kind]: {},
    }));
  return [...own, ...system];
}

export function graphColumn(column: Column): Record<string, unknown> {
  return {
    id: column.id,
    name: column.name,
    displayName: column.displayName,
    description: column.description,
    columnGroup: 'Custom Columns',
    required: column.required,
    indexed: column.indexed,
    enforceUniqueValues: column.unique,
    hidden: column.hidden,
    readOnly: false,
    ...facetOf(column),
  };
}

function facetOf(column: Column): Record<string, unknown> {
  const oneLine = { allowMultipleLines: false, appendChangesToExistingText: false, linesForEditing: 0 };
  switch (column.kind) {
    case 'text':
      return { text: { ...oneLine, maxLength: maxTextLength } };
    case 'note':
      return { text: { ...oneLine, allowMultipleLines: true, linesForEditing: 6, textType: 'plain' } };
    case 'number':
      return { number: { decimalPlaces: 'automatic', displayAs: 'number' } };
    case 'boolean':
      return { boolean: {} };
    case 'dateOnly':
    case 'dateTime':
      return { dateTime: { displayAs: 'default', format: column.kind } };
    case 'choice':
      return { choice: { allowTextEntry: false, choices: column.choices ?? [], displayAs: 'dropDownMenu' } };
    case 'person':
      return { personOrGroup: { allowMultipleSelection: false, chooseFromType: 'peopleOnly', displayAs: 'account' } };
  }
}

const newColumnBody = z.object({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,31}$/),
  displayName: z.string().optional(),
  description: z.string().optional(),
  required: z.boolean().optional(),
  indexed: z.boolean().optional(),
  enforceUniqueValues: z.boolean().optional(),
  hidden: z.boolean().optional(),
  text: z
    .object({ allowMultipleLines: z.boolean().optional(), textType: z.enum(['plain', 'richText']).optional() })
    .loose()
    .optional(),
  number: z.object({}).loose().optional(),
  boolean: z.object({}).optional(),
  dateTime: z
    .object({ format: z.enum(['dateOnly', 'dateTime']).optional() })
    .loose()
    .optional(),
  choice: z
    .object({ choices: z.array(z.string()).min(1), allowTextEntry: z.boolean().optional() })
    .loose()
    .optional(),
  personOrGroup: z.object({ allowMultipleSelection: z.boolean().optional() }).loose().optional(),
});
const facets = ['text', 'number', 'boolean', 'dateTime', 'choice', 'personOrGroup'] as const;
const knownButMissing = ['lookup', 'calculated', 'currency', 'hyperlinkOrPicture', 'term', 'thumbnail', 'geolocation'];

/** Reads the body of a new column: exactly one type facet, spelt as Graph spells it. */
export function readColumn(body: unknown): Column {
  const given = z.record(z.string(), z.unknown()).safeParse(body);
  if (!given.success) throw invalidRequest('A column definition is expected.');
  const missing = knownButMissing.find((name) => given.data[name] !== undefined);
  if (missing !== undefined)
    throw new GraphFailure(501, 'notSupported', `Columns of type ${missing} are not part of the local Microsoft 365.`);
  const chosen = facets.filter((name) => given.data[name] !== undefined);
  if (chosen.length !== 1) throw invalidRequest('Unable to determine type of provided column definition');
  const parsed = newColumnBody.strict().safeParse(body);
  if (!parsed.success)
    throw invalidRequest(`Invalid request: ${parsed.error.issues.map((one) => one.path.join('.')).join(', ')}`);
  const one = parsed.data;
  if (one.personOrGroup?.allowMultipleSelection === true)
    throw new GraphFailure(501, 'notSupported', 'Columns of several people are not part of the local Microsoft 365.');
  const kind = createdKind(one);
  if (one.enforceUniqueValues === true && one.indexed !== true)
    throw invalidRequest('A column that enforces unique values must be indexed.');
  if (one.indexed === true && kind === 'note') throw invalidRequest('A column of several lines cannot be indexed.');
  return newColumn(one.name, kind, {
    displayName: one.displayName ?? one.name,
    description: one.description ?? '',
    required: one.required ?? false,
    indexed: one.indexed ?? false,
    unique: one.enforceUniqueValues ?? false,
    hidden: one.hidden ?? false,
    ...(one.choice ? { choices: one.choice.choices } : {}),
  });
}

function createdKind(one: z.infer<typeof newColumnBody>): Column['kind'] {
  if (one.text) return one.text.allowMultipleLines === true ? 'note' : 'text';
  if (one.number) return 'number';
  if (one.boolean) return 'boolean';
  if (one.dateTime) return one.dateTime.format === 'dateOnly' ? 'dateOnly' : 'dateTime';
  return one.choice ? 'choice' : 'person';
}

/** Where a column's value is kept: a person under `XLookupId`. */
export function fieldKey(column: Column): string {
  return column.kind === 'person' ? `${column.name}LookupId` : column.name;
}

/** True when a column of this name is there, or would get in the way of one SharePoint keeps itself. */
export function isTaken(list: ListRecord, name: string): boolean {
  return list.columns.some((one) => one.name === name) || Object.hasOwn(systemColumns, name);
}

/** The column a name in a query means; undefined for one that only SharePoint keeps. Refuses an unknown name. */
export function columnNamed(list: ListRecord, name: string): Column | undefined {
  const column = list.columns.find((one) => one.name === name || fieldKey(one) === name);
  if (!column && !Object.hasOwn(systemColumns, name)) throw invalidRequest(`Field '${name}' is not recognized`);
  return column;
}

/** Checked changes of a write; null empties a field. */
export type FieldChanges = ReadonlyMap<string, FieldValue | null>;

/** Reads the `fields` of a write as SharePoint would: unknown, read-only and wrongly typed fields are refused. */
export function readFields(list: ListRecord, body: unknown, isUser: (lookupId: number) => boolean): FieldChanges {
  const given = z.record(z.string(), z.unknown()).safeParse(body);
  if (!given.success) throw invalidRequest('The fields of an item are expected as an object.');
  const changes = new Map<string, FieldValue | null>();
  for (const [name, value] of Object.entries(given.data)) {
    if (name.startsWith('@odata.')) throw invalidRequest(`Field '${name}' is read-only`);
    const [target = '', annotation] = name.split('@');
    if (annotation !== undefined) {
      columnNamed(list, target);
      throw invalidRequest(`Field '${target}' holds one value; the annotation '@${annotation}' does not fit.`);
    }
    const column = list.columns.find((one) => fieldKey(one) === name);
    if (!column) {
      if (Object.hasOwn(systemColumns, name)) throw invalidRequest(`Field '${name}' is read-only`);
      if (list.columns.some((one) => one.name === name))
        throw invalidRequest(`Field '${name}' is written as '${name}LookupId'`);
      throw invalidRequest(`Field '${name}' is not recognized`);
    }
    changes.set(name, value === null || value === '' ? null : readValue(column, value, isUser));
  }
  return changes;
}

/** False for what no list can hold: the character of code 0, half a surrogate pair. */
export function isText(value: string): boolean {
  return !value.includes('\0') && !/\p{Cs}/u.test(value);
}

function readValue(column: Column, value: unknown, isUser: (lookupId: number) => boolean): FieldValue {
  const refuse = (expected: string): GraphFailure =>
    invalidRequest(`Cannot convert the value of field '${column.name}' to the expected type '${expected}'.`);
  switch (column.kind) {
    case 'text':
    case 'choice':
    case 'note':
      if (typeof value !== 'string' || !isText(value)) throw refuse('Edm.String');
      if (column.kind === 'text' && value.length > maxTextLength)
        throw invalidRequest(
          `The text of field '${column.name}' is longer than ${maxTextLength} characters, the most this column holds.`,
        );
      return value;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('Edm.Double');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw refuse('Edm.Boolean');
      return value;
    case 'dateOnly':
    case 'dateTime': {
      const civil =
        typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;
      if (typeof value !== 'string' || !civil || !civil.test(value)) throw refuse('Edm.DateTimeOffset');
      const at = new Date(value);
      // A day a month does not have rolls over in JavaScript; here it is refused.
      const dayExists = new Date(`${value.slice(0, 10)}T00:00:00Z`).toISOString().slice(0, 10) === value.slice(0, 10);
      if (Number.isNaN(at.getTime()) || !dayExists) throw refuse('Edm.DateTimeOffset');
      return column.kind === 'dateOnly' ? localMidnight(at) : graphInstant(at);
    }
    case 'person': {
      const lookupId = typeof value === 'string' ? Number(value) : value;
      if (typeof lookupId !== 'number' || !Number.isInteger(lookupId)) throw refuse('Edm.Int32');
      if (!isUser(lookupId)) throw invalidRequest(`The user ${lookupId} does not exist or is not unique.`);
      return lookupId;
    }
  }
}

/** The `fields` of an item as Graph answers them: empty columns left out, LookupIds as text. */
export function graphFields(
  list: ListRecord,
  item: Pick<Item, 'id' | 'guid' | 'version' | 'fields' | 'createdAt' | 'createdBy' | 'modifiedAt' | 'modifiedBy'>,
  select: readonly string[] | undefined,
  nameOf: (lookupId: number) => string | undefined,
): Record<string, unknown> {
  const title = item.fields['Title'];
  const all: Record<string, unknown> = {
    ...ownFields(list, item.fields),
    ...(title === undefined ? {} : { LinkTitle: title, LinkTitleNoMenu: title }),
    id: String(item.id),
    ContentType: list.template === 'userInformation' ? 'Person' : 'Item',
    Modified: item.modifiedAt,
    Created: item.createdAt,
    AuthorLookupId: String(lookupIdOf(item.createdBy)),
    EditorLookupId: String(lookupIdOf(item.modifiedBy)),
    _UIVersionString: `${item.version}.0`,
    Attachments: false,
    Edit: '',
    ItemChildCount: '0',
    FolderChildCount: '0',
  };
  const etag = { '@odata.etag': etagOf(item) };
  if (!select) return { ...etag, ...all };
  const chosen: Record<string, unknown> = { ...etag };
  for (const name of select) {
    const column = columnNamed(list, name);
    const value =
      column?.kind === 'person' && name === column.name ? personName(item.fields, column, nameOf) : all[name];
    const shown = name === 'ID' ? String(item.id) : name === 'Author' || name === 'Editor' ? undefined : value;
    if (shown !== undefined) chosen[name] = shown;
  }
  return chosen;
}

function ownFields(list: ListRecord, fields: Fields): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const column of list.columns) {
    const value = fields[fieldKey(column)];
    if (value === undefined || column.hidden) continue;
    shown[fieldKey(column)] = column.kind === 'person' ? String(value) : value;
  }
  return shown;
}

function personName(
  fields: Fields,
  column: Column,
  nameOf: (lookupId: number) => string | undefined,
): string | undefined {
  const lookupId = fields[fieldKey(column)];
  return typeof lookupId === 'number' ? nameOf(lookupId) : undefined;
}

export function lookupIdOf(editor: Editor): number {
  return editor.kind === 'app' ? appAuthorLookupId : editor.lookupId;
}

/** The quotes are part of the value. */
export function etagOf(item: { readonly guid: string; readonly version: number }): string {
  return `"${item.guid},${item.version}"`;
}
