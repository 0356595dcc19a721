// A value of a plan beside the value the board holds: whether they differ, and both in words.
import { planField, type PlanField } from './planFields';
import type { PlanKind } from './planRecords';
import { deliveryStatuses, effectStatuses } from './terms';
import { dayWords, deliveryWords, effectWords, plain } from './wording';

export interface FieldChange {
  readonly field: string;
  /** What the field is called. */
  readonly title: string;
  /** In words; empty when there is nothing. */
  readonly before: string;
  readonly after: string;
}

/** The value under a dotted name. */
export function valueAt(record: object | undefined, name: string): unknown {
  let value: unknown = record;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(part);
  }
  return value;
}

/** Nothing, an empty text and an empty list are one. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function sameValue(one: unknown, other: unknown): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  return comparable(one) === comparable(other);
}

function comparable(value: unknown): string {
  if (typeof value === 'string') return value.replace(/\r\n?/gu, '\n').trim();
  return Array.isArray(value) ? value.map((one: unknown) => JSON.stringify(one)).join('\n') : String(value);
}

export function changeOf(kind: PlanKind, name: string, before: unknown, after: unknown): FieldChange {
  const field = planField(kind, name);
  return { field: name, title: field?.title ?? name, before: inWords(field, before), after: inWords(field, after) };
}

/** A value as a cell or a finding shows it. */
function inWords(field: PlanField | undefined, value: unknown): string {
  if (isEmpty(value)) return '';
  if (Array.isArray(value)) return value.map((one: unknown) => partWords(one)).join('; ');
  if (typeof value === 'number') return plain(value);
  if (typeof value === 'boolean')
    return field?.type === 'polarity' ? (value ? 'lower' : 'higher') : value ? 'yes' : 'no';
  const text = String(value);
  if (field?.type === 'date') return dayWords(text);
  const delivery = field?.type === 'delivery' ? deliveryStatuses.find((one) => one === text) : undefined;
  const effect = field?.type === 'effect' ? effectStatuses.find((one) => one === text) : undefined;
  return delivery ? deliveryWords[delivery] : effect ? effectWords[effect] : text;
}

/** A text, or a point of a trajectory. */
function partWords(part: unknown): string {
  if (typeof part === 'string') return part;
  return `${String(valueAt(Object(part), 'quarter'))}: ${String(valueAt(Object(part), 'value'))}`;
}
