// Changes by the model's field names, turned into the columns of a list as SharePoint takes them.
import { InvalidInputError, NotFoundError } from '../errors';
import type { FieldChanges } from '../services/ports';
import type { Binding } from './binding';
import { encode } from './cellWriting';
import type { ValueContext } from './columnNames';
import type { ColumnSchema, ListSchema } from './lists';

/** Column values by SharePoint's names; null empties a column. */
export type ColumnValues = Readonly<Record<string, unknown>>;

/** Where a record lives, not what it says. */
const notColumns = new Set(['stamp']);

/**
 * Throws InvalidInputError for a field that the list does not keep or a value that does not fit,
 * NotFoundError for a column that the site's list lacks. What the council does not keep is not written: the history
 * has it. `current` holds the row's cells as they are, where one column holds several things.
 */
export function columnsOf(
  list: ListSchema,
  changes: FieldChanges,
  context: ValueContext,
  missing: ReadonlySet<string>,
  current: ColumnValues = {},
): ColumnValues {
  const values: Record<string, unknown> = {};
  for (const [field, given] of Object.entries(changes)) {
    if (given === undefined || notColumns.has(field)) continue;
    for (const [column, value] of columnsOfField(list, field, given, context)) {
      // Parts of one cell that change together build on one another.
      const cells = { ...current, ...values };
      if (!missing.has(column.name)) Object.assign(values, encode(list, column, value, context, cells));
      else if (value !== null) throw new NotFoundError('column', `${column.name} in the list ${list.name}`);
    }
  }
  return values;
}

/** True when a change touches a column of the site that holds other things besides. */
export function sharesCells(list: ListSchema, changes: FieldChanges, binding: Binding): boolean {
  const fields = new Set(Object.keys(changes));
  return list.columns.some((column) => {
    const { as, steps } = binding.of(list, column);
    const touched = fields.has(column.field) || fields.has(column.field.split('.')[0] ?? '');
    return touched && (as === 'people' || steps.length > 0);
  });
}

function columnsOfField(
  list: ListSchema,
  field: string,
  given: unknown,
  context: ValueContext,
): readonly (readonly [ColumnSchema, unknown])[] {
  const own = list.columns.filter((column) => column.field === field);
  const person = own.find((column) => column.type === 'person');
  if (person) {
    // Somebody whom the site knows goes into the person column, anybody else into the text beside it.
    const named = context.binding.of(list, person).as;
    const known =
      typeof given === 'string' &&
      (named === 'name' || named === 'e-mail' || context.people.lookupIdOf(given) !== undefined);
    return own.map((column) => [column, (column === person) === known ? given : null]);
  }
  if (own.length > 0) return own.map((column) => [column, given]);
  const parts = list.columns.filter((column) => column.field.startsWith(`${field}.`));
  if (parts.length === 0) throw misfit(list, field, 'is not kept');
  if (given === null) return parts.map((column) => [column, null]);
  if (typeof given !== 'object') throw misfit(list, field, 'has several parts');
  const values = new Map<string, unknown>(Object.entries(given ?? {}));
  return parts.map((column) => [column, values.get(column.field.slice(field.length + 1)) ?? null]);
}

function misfit(list: ListSchema, field: string, what: string): InvalidInputError {
  const message = `The field ${field} ${what} in the list ${list.name}.`;
  return new InvalidInputError(message, [{ field, message }]);
}
