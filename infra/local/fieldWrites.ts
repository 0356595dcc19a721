// What a write may put into the fields of an item: unknown, read-only and wrongly typed values are refused as SharePoint does.
import { z } from 'zod';
import { graphInstant, localMidnight } from './clock';
import { columnNamed, fieldKey, isLookup, isSystemColumn, maxTextLength } from './columns';
import { GraphFailure, invalidRequest } from './graphError';
import type { Column, FieldValue, ListRecord } from './records';

/** Checked changes of a write; null empties a field. */
export type FieldChanges = ReadonlyMap<string, FieldValue | null>;

/** What people and lookups point to. */
export interface Referents {
  isUser(lookupId: number): boolean;
  isItem(listId: string, id: number): boolean;
}

const typeOfSeveral = {
  lookup: ['Collection(Edm.Int32)', 'Collection(Edm.String)'],
  choice: ['Collection(Edm.String)'],
} as const;

/** `inSharePoint`: a person edits in SharePoint's own page, which can write links and needs no annotations. */
export function readFields(
  list: ListRecord,
  body: unknown,
  referents: Referents,
  options: { readonly inSharePoint?: boolean } = {},
): FieldChanges {
  const given = z.record(z.string(), z.unknown()).safeParse(body);
  if (!given.success) throw invalidRequest('The fields of an item are expected as an object.');
  const changes = new Map<string, FieldValue | null>();
  const annotations = new Map<string, unknown>();
  for (const [name, value] of Object.entries(given.data)) {
    const [target = '', annotation] = name.split('@');
    if (annotation !== undefined) annotations.set(target, checkAnnotation(list, name, target, annotation, value));
  }
  for (const [name, value] of Object.entries(given.data)) {
    if (name.includes('@')) continue;
    const column = writableColumn(list, name, options.inSharePoint === true);
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    const annotated = annotations.has(name) || options.inSharePoint === true;
    if (column.multiple === true && Array.isArray(value) && !annotated)
      throw invalidRequest(
        'A value without a type name was found and no expected type is available. When the model is specified, each value in the payload must have a type which can be either specified in the payload, explicitly by the caller or implicitly inferred from the parent value.',
      );
    if (column.multiple !== true && Array.isArray(value)) throw mismatch(column, 'a single value');
    changes.set(name, isEmpty ? null : readValue(column, value, referents));
  }
  const alone = [...annotations.keys()].find((name) => !changes.has(name));
  if (alone !== undefined) throw invalidRequest(`The annotation of field '${alone}' comes without a value.`);
  return changes;
}

function checkAnnotation(list: ListRecord, name: string, target: string, annotation: string, value: unknown): string {
  if (target === '' || annotation !== 'odata.type') throw invalidRequest(`Field '${name}' is read-only`);
  columnNamed(list, target);
  const column = list.columns.find((one) => fieldKey(one) === target);
  if (column?.multiple !== true)
    throw invalidRequest(`Field '${target}' holds one value; the annotation '@${annotation}' does not fit.`);
  const wanted: readonly string[] = typeOfSeveral[isLookup(column) ? 'lookup' : 'choice'];
  if (typeof value !== 'string' || !wanted.includes(value.replace(/^#/, '')))
    throw invalidRequest(`The type of field '${target}' is one of ${wanted.join(', ')}.`);
  return value;
}

function writableColumn(list: ListRecord, name: string, inSharePoint: boolean): Column {
  const column = list.columns.find((one) => fieldKey(one) === name);
  if (!column) {
    if (isSystemColumn(name)) throw invalidRequest(`Field '${name}' is read-only`);
    if (list.columns.some((one) => one.name === name))
      throw invalidRequest(`Field '${name}' is written as '${name}LookupId'`);
    throw invalidRequest(`Field '${name}' is not recognized`);
  }
  if (column.kind === 'calculated') throw invalidRequest(`Field '${name}' is read-only`);
  if (column.kind === 'hyperlink' && !inSharePoint)
    throw invalidRequest(`Field '${name}' is a hyperlink, which cannot be written.`);
  return column;
}

/** False for what no list can hold: the character of code 0, half a surrogate pair. */
export function isText(value: string): boolean {
  return !value.includes('\0') && !/\p{Cs}/u.test(value);
}

function mismatch(column: Column, expected: string): GraphFailure {
  return invalidRequest(`Cannot convert the value of field '${column.name}' to the expected type '${expected}'.`);
}

function readValue(column: Column, value: unknown, referents: Referents): FieldValue {
  if (column.multiple !== true) return readOne(column, value, referents);
  if (!Array.isArray(value)) throw mismatch(column, 'Collection');
  const parts = value.map((one: unknown) => readOne(column, one, referents));
  return isLookup(column) ? parts.map(Number) : parts.map(String);
}

function readOne(column: Column, value: unknown, referents: Referents): string | number | boolean {
  switch (column.kind) {
    case 'text':
    case 'choice':
    case 'note':
    case 'hyperlink':
    case 'calculated':
      if (typeof value !== 'string' || !isText(value)) throw mismatch(column, 'Edm.String');
      if (column.kind === 'text' && value.length > maxTextLength)
        throw invalidRequest(
          `The text of field '${column.name}' is longer than ${maxTextLength} characters, the most this column holds.`,
        );
      return value;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw mismatch(column, 'Edm.Double');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(column, 'Edm.Boolean');
      return value;
    case 'dateOnly':
    case 'dateTime':
      return readMoment(column, value);
    case 'person':
    case 'lookup': {
      const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
      if (typeof id !== 'number' || !Number.isInteger(id)) throw mismatch(column, 'Edm.Int32');
      if (column.kind === 'person' && !referents.isUser(id))
        throw invalidRequest(`The user ${id} does not exist or is not unique.`);
      if (column.kind === 'lookup' && !referents.isItem(column.lookup?.listId ?? '', id))
        throw invalidRequest(`The item ${id} that field '${column.name}' should point to does not exist.`);
      return id;
    }
  }
}

const momentForm = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

function readMoment(column: Column, value: unknown): string {
  if (typeof value !== 'string' || !momentForm.test(value)) throw mismatch(column, 'Edm.DateTimeOffset');
  const at = new Date(value);
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  // A day a month does not have rolls over in JavaScript; here it is refused.
  const dayExists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value.slice(0, 10));
  if (Number.isNaN(at.getTime()) || !dayExists) throw mismatch(column, 'Edm.DateTimeOffset');
  return column.kind === 'dateOnly' ? localMidnight(at) : graphInstant(at);
}
