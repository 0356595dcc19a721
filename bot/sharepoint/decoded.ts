// What came out of a cell, and the refusal of what cannot go into one.
import { InvalidInputError } from '../errors';
import type { ColumnSchema, ListSchema } from './lists';

/** `absent`: the column is empty; `misfit`: what it should have held, in words. */
export type Decoded =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'misfit'; readonly expected: string };

export const absent: Decoded = { kind: 'absent' };
export const value = (one: unknown): Decoded => ({ kind: 'value', value: one });
export const misfit = (expected: string): Decoded => ({ kind: 'misfit', expected });

export function choicesOf(column: ColumnSchema): string {
  return `one of ${(column.choices ?? []).join(', ')}`;
}

export function doesNotFit(list: ListSchema, column: ColumnSchema, expected: string): InvalidInputError {
  const message = `${column.name} of the list ${list.name} takes ${expected}.`;
  return new InvalidInputError(message, [{ field: column.field, message }]);
}
