// Many rows at once for benches and tests of large lists: copies of what a list holds, each with names of its own.
import { z } from 'zod';
import { fieldKey } from './columns';
import { GraphFailure } from './graphError';
import type { LocalList, NewItem } from './localItems';
import type { Fields } from './records';
import { seedApp } from './seed';
import type { Tenant } from './tenant';

const bodySchema = z.strictObject({
  /** Id or title of the list. */
  list: z.string(),
  count: z.number().int().min(1).max(200_000),
});

/** Adds `count` rows to a list; answers how many it holds then. */
export async function addRows(tenant: Tenant, body: unknown): Promise<{ list: string; rows: number }> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success)
    throw new GraphFailure(400, 'invalidRequest', 'Give {"list": title, "count": number up to 200000}.');
  const list = tenant.findList(parsed.data.list);
  const patterns = [...list.items.values()].filter((one) => !one.deleted).map((one) => one.fields);
  const rows = Array.from({ length: parsed.data.count }, (_, i): NewItem => {
    const number = list.lastItemId + 1 + i;
    return { fields: rowLike(list, patterns[i % Math.max(1, patterns.length)], number) };
  });
  await tenant.addItems(list, rows, seedApp);
  return { list: list.record.displayName, rows: patterns.length + rows.length };
}

/** A copy with unique values made from the row's number: `N00206`, `operationkey-206`. */
function rowLike(list: LocalList, pattern: Fields | undefined, number: number): Fields {
  const fields: Fields = pattern ? { ...pattern } : { Title: `Row ${number}` };
  for (const column of list.record.columns) {
    if (!column.unique) continue;
    const text =
      column.name === 'Ref' ? `N${String(number).padStart(5, '0')}` : `${column.name.toLowerCase()}-${number}`;
    fields[fieldKey(column)] = column.kind === 'number' ? number : text;
  }
  return fields;
}
