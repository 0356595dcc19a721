// Columns of local lists: what a list has, and how Graph describes it.
import { randomUUID } from 'node:crypto';
import type { ColumnSchema, ColumnType } from '../../bot/sharepoint/lists';
import { invalidRequest } from './graphError';
import type { Column, ListRecord } from './records';

/** The longest single line of text SharePoint keeps. */
export const maxTextLength = 255;

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
  // Links are left out, as the documents say of hyperlinkOrPicture.
  const own = list.columns.filter((one) => one.kind !== 'hyperlink').map(graphColumn);
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
    readOnly: column.kind === 'calculated',
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
      return {
        choice: {
          allowTextEntry: false,
          choices: column.choices ?? [],
          displayAs: column.multiple === true ? 'checkBoxes' : 'dropDownMenu',
        },
      };
    case 'person':
      return {
        personOrGroup: {
          allowMultipleSelection: column.multiple ?? false,
          chooseFromType: 'peopleOnly',
          displayAs: 'account',
        },
      };
    case 'lookup':
      return {
        lookup: { allowMultipleValues: column.multiple ?? false, allowUnlimitedLength: false, ...column.lookup },
      };
    case 'hyperlink':
      return { hyperlinkOrPicture: { isPicture: false } };
    case 'calculated':
      return { calculated: { formula: `=[${column.repeats ?? ''}]`, outputType: 'text' } };
  }
}

/** A person or a lookup: what SharePoint joins from another list. */
export function isLookup(column: Column): boolean {
  return column.kind === 'person' || column.kind === 'lookup';
}

/** One plain value: what may have an index. */
export function isSingleLine(column: Column): boolean {
  return column.multiple !== true && !['note', 'hyperlink', 'calculated'].includes(column.kind);
}

/** Where a column's value is kept: a person or lookup under `XLookupId`. */
export function fieldKey(column: Column): string {
  return isLookup(column) ? `${column.name}LookupId` : column.name;
}

/** True for a column that every list has and nobody writes. */
export function isSystemColumn(name: string): boolean {
  return Object.hasOwn(systemColumns, name);
}

/** True when a column of this name is there, or would get in the way of one SharePoint keeps itself. */
export function isTaken(list: ListRecord, name: string): boolean {
  return list.columns.some((one) => one.name === name) || isSystemColumn(name);
}

/** The column a name in a query means; undefined for one that only SharePoint keeps. Refuses an unknown name. */
export function columnNamed(list: ListRecord, name: string): Column | undefined {
  const column = list.columns.find((one) => one.name === name || fieldKey(one) === name);
  if (!column && !isSystemColumn(name)) throw invalidRequest(`Field '${name}' is not recognized`);
  return column;
}
