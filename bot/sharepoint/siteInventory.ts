// What lists a site has, with their columns and some of their rows: what a proposal for the binding is made from.
import { z } from 'zod';
import { UpstreamError } from '../errors';
import type { Graph } from './graphClient';
import { listPath, rowsOf } from './siteLists';

export interface InventoryColumn {
  /** The internal name. */
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  /** A column of several people or words. */
  readonly multiple: boolean;
  readonly choices: readonly string[];
  /** Some of the values that its rows hold. */
  readonly samples: readonly unknown[];
}

export interface InventoryList {
  readonly title: string;
  readonly columns: readonly InventoryColumn[];
}

const listsShape = z.array(
  z.looseObject({
    id: z.string(),
    displayName: z.string(),
    list: z.looseObject({ hidden: z.boolean().optional(), template: z.string().optional() }).optional(),
  }),
);
const columnsShape = z.array(
  z.looseObject({
    name: z.string(),
    displayName: z.string().optional(),
    hidden: z.boolean().optional(),
    readOnly: z.boolean().optional(),
    choice: z.looseObject({ choices: z.array(z.string()).optional() }).nullish(),
    personOrGroup: z.looseObject({ allowMultipleSelection: z.boolean().optional() }).nullish(),
  }),
);
const pageShape = z.object({ value: z.array(z.object({ fields: z.record(z.string(), z.unknown()) })) });
const types = ['text', 'number', 'boolean', 'dateTime', 'choice', 'personOrGroup', 'hyperlinkOrPicture', 'currency'];
/** Enough to see a style; a page costs the same with fewer. */
const sampleRows = 200;
/** Columns that SharePoint gives every list and nobody fills. */
const passedOver = new Set(['ContentType', 'Attachments', 'Edit', 'LinkTitle', 'LinkTitleNoMenu', 'ID', 'id']);

/** Every list that people see, but those whose titles are passed over. */
export async function readInventory(
  graph: Graph,
  siteId: string,
  without: ReadonlySet<string>,
): Promise<readonly InventoryList[]> {
  const found: InventoryList[] = [];
  for (const { title, id } of await readListTitles(graph, siteId))
    if (!without.has(title)) found.push({ title, columns: await readListColumns(graph, siteId, id) });
  return found;
}

/** The lists that people see, with their ids. */
export async function readListTitles(
  graph: Graph,
  siteId: string,
): Promise<readonly { readonly title: string; readonly id: string }[]> {
  const lists = parsed(listsShape, await graph.getAll(`sites/${siteId}/lists?$select=id,displayName,list`));
  return lists
    .filter((one) => one.list?.hidden !== true && isGeneric(one.list?.template))
    .map((one) => ({ title: one.displayName, id: one.id }));
}

function isGeneric(template: string | undefined): boolean {
  return template === undefined || template === 'genericList';
}

/** The columns of one list that people fill, with what some of its rows hold. */
export async function readListColumns(
  graph: Graph,
  siteId: string,
  listId: string,
): Promise<readonly InventoryColumn[]> {
  const path = listPath(siteId, listId);
  const columns = parsed(columnsShape, await graph.getAll(`${path}/columns`)).filter(
    (one) => one.hidden !== true && one.readOnly !== true && !passedOver.has(one.name),
  );
  // People count as lookups, of which one request may name twelve.
  const named = columns.filter((one) => !one.personOrGroup).map((one) => one.name);
  const rows = parsed(pageShape, await graph.get(rowsOf.items(path, named, sampleRows))).value;
  return columns.map((column) => ({
    name: column.name,
    displayName: column.displayName ?? column.name,
    type: types.find((one) => column[one] !== undefined && column[one] !== null) ?? 'unknown',
    multiple: column.personOrGroup?.allowMultipleSelection === true,
    choices: column.choice?.choices ?? [],
    samples: rows
      .map((row) => row.fields[column.name])
      .filter((one) => one !== undefined && one !== null && one !== ''),
  }));
}

function parsed<T>(shape: z.ZodType<T>, raw: unknown): T {
  const result = shape.safeParse(raw);
  if (result.success) return result.data;
  throw new UpstreamError('Microsoft Graph', 'Graph described the lists of the site in a form that is not known.');
}
