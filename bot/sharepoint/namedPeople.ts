// Whom the rows of a list name by SharePoint's LookupId.
import type { Binding } from './binding';
import { fieldNameOf } from './columnNames';
import type { ListSchema } from './lists';
import { lookupIdsIn } from './peopleCells';
import type { Rows } from './replica';

/** The LookupIds in all columns that hold people. */
export function lookupIdsOf(list: ListSchema, rows: Rows, binding: Binding): ReadonlySet<string> {
  const columns = list.columns.filter((one) => {
    const { kept, as } = binding.of(list, one);
    return kept && (as === 'people' || (one.type === 'person' && as === undefined));
  });
  const names = columns.map((one) => fieldNameOf(list, one, binding));
  const found = new Set<string>();
  if (names.length === 0) return found;
  for (const { fields } of rows.values()) {
    for (const name of names) {
      const raw = fields[name];
      if (typeof raw === 'string' || typeof raw === 'number') found.add(String(raw));
      else for (const id of lookupIdsIn(raw)) found.add(String(id));
    }
  }
  return found;
}
