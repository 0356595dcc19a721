// The lists that a board has bound, as the doctor looks at them: all rows, and whether SharePoint keeps their versions.
import { z } from 'zod';
import type { Finding } from '../board/model';
import { UpstreamError } from '../errors';
import type { Binding } from './binding';
import { selectedFields } from './columnNames';
import type { Graph } from './graphClient';
import { lists } from './lists';
import type { ListSchema } from './lists';
import { itemPath, largestPage, listPath } from './siteLists';
import { mayBeTheirs } from './synonyms';

export interface BoundRows {
  readonly list: ListSchema;
  readonly title: string;
  readonly rows: readonly z.infer<typeof rowShape>[];
}

const rowShape = z.object({
  id: z.string(),
  createdDateTime: z.string(),
  lastModifiedDateTime: z.string(),
  fields: z.record(z.string(), z.unknown()),
});

/** Lists in which people edit what the history must tell; those of ours alone are written by us alone. */
const editedByPeople = new Set(['Actions', 'Milestones', 'Risks', 'Mitigations', 'Measures', 'Readings']);

/** Every list that a council may have made and that is there. Costs 2 resource units a list, and 1 for each further page. */
export async function readBoundLists(
  graph: Graph,
  siteId: string,
  listIds: ReadonlyMap<string, string>,
  binding: Binding,
  missingOf: (list: ListSchema) => ReadonlySet<string>,
): Promise<readonly BoundRows[]> {
  const found: BoundRows[] = [];
  for (const list of lists) {
    const title = binding.titleOf(list);
    const listId = listIds.get(title);
    if (listId === undefined || !mayBeTheirs(list) || !binding.keeps(list)) continue;
    const columns = selectedFields(list, binding, missingOf(list));
    const path = `${listPath(siteId, listId)}/items?$select=id,createdDateTime,lastModifiedDateTime&$expand=fields($select=${columns.join(',')})&$top=${largestPage}`;
    const rows = z.array(rowShape).safeParse(await graph.getAll(path));
    if (!rows.success) throw new UpstreamError('Microsoft Graph', `The rows of the list ${title} have not their form.`);
    found.push({ list, title, rows: rows.data });
  }
  return found;
}

/** Graph does not tell a list's versioning settings, so the newest changed row is asked for its versions: it has two or more. */
export async function versionFindings(
  graph: Graph,
  siteId: string,
  listIds: ReadonlyMap<string, string>,
  bound: readonly BoundRows[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { list, title, rows } of bound) {
    const newest = rows
      .filter((one) => one.lastModifiedDateTime !== one.createdDateTime)
      .reduce<BoundRows['rows'][number] | undefined>(
        (last, one) => (last && last.lastModifiedDateTime >= one.lastModifiedDateTime ? last : one),
        undefined,
      );
    const listId = listIds.get(title);
    if (!newest || listId === undefined || !editedByPeople.has(list.name)) continue;
    const versions = await graph.getAll(`${itemPath(siteId, listId, newest.id)}/versions?$select=id`);
    if (versions.length > 1) continue;
    findings.push({
      rule: 'versions-not-kept',
      level: 'finding',
      ref: title,
      text: `The list ${title} keeps no version history, so who changed what there cannot be told, and an owner's edit does not count as their answer. In the list's settings, under "Versioning settings", create a version each time an item is edited.`,
      records: [],
    });
  }
  return findings;
}

/** How many rows of each list are no records, by reason: for the reader, nothing to mend beyond the findings on the rows. */
export function leftOutFindings(
  bound: readonly BoundRows[],
  binding: Binding,
  onRows: readonly Finding[],
): readonly Finding[] {
  return bound.flatMap(({ list, title, rows }) => {
    const counts = new Map<string, number>();
    const add = (why: string, count: number) => counts.set(why, (counts.get(why) ?? 0) + count);
    const byRule = rows.filter((one) => binding.leavesOut(list, one.fields)).length;
    if (byRule > 0) add('the binding says that they are no records', byRule);
    for (const { rule, text } of onRows) {
      const why = rule === 'row-not-understood' && text.startsWith(`List ${title}, row `) && leftOutWhy(text);
      if (why) add(why, 1);
    }
    if (counts.size === 0) return [];
    const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
    const reasons = [...counts].map(([why, count]) => `${count}: ${why}`).join('; ');
    const text = `${all} of ${rows.length} rows of the list ${title} ${all === 1 ? 'is' : 'are'} left out (${reasons}).`;
    return [{ rule: 'rows-left-out', level: 'information', ref: title, text, records: [] }];
  });
}

/** The reason in the words of parseRow.ts: `List Actions, row A1.01: has the same Ref as another row; it is left out.` */
function leftOutWhy(text: string): string | undefined {
  return /^List .*?, row .*?: (.*); (?:it|the row) is left out\./s.exec(text)?.[1];
}
