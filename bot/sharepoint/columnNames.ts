// What a board's columns are called in Graph, and what the meaning of their cells depends on.
import type { Binding } from './binding';
import type { ColumnSchema, ListSchema } from './lists';
import type { SitePeople } from './people';

/** What a column's words and dates depend on. */
export interface ValueContext {
  readonly binding: Binding;
  readonly people: SitePeople;
  /** IANA name of the site's zone: a date without a time is kept as local midnight in it. */
  readonly timeZone: string;
}

/** The name under which Graph gives a column: one person is read and written as its LookupId. */
export function fieldNameOf(list: ListSchema, column: ColumnSchema, binding: Binding): string {
  const { name, as } = binding.of(list, column);
  return column.type === 'person' && as === undefined ? `${name}LookupId` : name;
}

/** The columns to ask Graph for, without those that the site's list lacks. */
export function selectedFields(list: ListSchema, binding: Binding, missing: ReadonlySet<string>): readonly string[] {
  const columns = list.columns.filter((one) => !missing.has(one.name) && binding.of(list, one).kept);
  const names = columns.map((one) => fieldNameOf(list, one, binding));
  // Several of ours may be parts of one column of theirs.
  return [...new Set([...names, ...binding.ruleColumnsOf(list)])];
}
