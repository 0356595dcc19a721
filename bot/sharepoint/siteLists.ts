// A board's site in Graph: its id, its lists and their columns, and the paths of their items.
import { z } from 'zod';
import { UpstreamError } from '../errors';
import type { Graph } from './graphClient';

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly webUrl: string;
}

/** A column of a list in the site, with the one facet that says its type. */
export interface SiteColumn {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly indexed: boolean;
  readonly unique: boolean;
  /** Words of a choice column. */
  readonly choices: readonly string[];
}

/** A page of the size SharePoint allows; larger ones are cut to it. Source: docs/permissions.md. */
export const largestPage = 5000;

const siteShape = z.object({
  id: z.string(),
  name: z.string().optional(),
  displayName: z.string().optional(),
  webUrl: z.string(),
});
const listShape = z.object({ id: z.string(), displayName: z.string() });
const facets = [
  'text',
  'number',
  'boolean',
  'dateTime',
  'choice',
  'personOrGroup',
  'lookup',
  'calculated',
  'currency',
  'hyperlinkOrPicture',
  'term',
] as const;
const columnShape = z.looseObject({
  id: z.string(),
  name: z.string(),
  indexed: z.boolean().optional(),
  enforceUniqueValues: z.boolean().optional(),
  choice: z.looseObject({ choices: z.array(z.string()).optional() }).nullish(),
});

/** `siteUrl` is `host:/path`. Throws NotFoundError when there is no such site, or none that we may see. */
export async function findSite(graph: Graph, siteUrl: string): Promise<Site> {
  return siteIn(await graph.get(sitePath(siteUrl)));
}

export function sitePath(siteUrl: string): string {
  return `sites/${siteUrl}?$select=id,name,displayName,webUrl`;
}

export function siteIn(body: unknown): Site {
  const site = siteShape.safeParse(body);
  if (!site.success) throw unexpected('the site');
  const { id, name, displayName, webUrl } = site.data;
  return { id, name: displayName ?? name ?? id, webUrl };
}

/** Title -> id of the site's lists. */
export async function readListIds(graph: Graph, siteId: string): Promise<ReadonlyMap<string, string>> {
  return listIdsIn(await graph.getAll(`sites/${siteId}/${listsPath}`));
}

/** Below a site's address. */
export const listsPath = 'lists?$select=id,name,displayName,list';

export function listIdsIn(rows: readonly unknown[]): ReadonlyMap<string, string> {
  const parsed = z.array(listShape).safeParse(rows);
  if (!parsed.success) throw unexpected('the lists of the site');
  return new Map(parsed.data.map((one) => [one.displayName, one.id]));
}

export async function readColumns(
  graph: Pick<Graph, 'getAll'>,
  siteId: string,
  listId: string,
): Promise<readonly SiteColumn[]> {
  const parsed = z.array(columnShape).safeParse(await graph.getAll(`sites/${siteId}/lists/${listId}/columns`));
  if (!parsed.success) throw unexpected('the columns of a list');
  return parsed.data.map((column) => ({
    id: column.id,
    name: column.name,
    type: facets.find((facet) => column[facet] !== undefined && column[facet] !== null) ?? 'unknown',
    indexed: column.indexed ?? false,
    unique: column.enforceUniqueValues ?? false,
    choices: column.choice?.choices ?? [],
  }));
}

export function itemPath(siteId: string, list: string, itemId: string, columns?: readonly string[]): string {
  const path = `${listPath(siteId, list)}/items/${encodeURIComponent(itemId)}`;
  return columns === undefined ? path : `${path}?$expand=fields($select=${columns.join(',')})`;
}

/** `list` is an id or a title; `site` an id, or `host:/path:` for a site whose id is not known. */
export function listPath(site: string, list: string): string {
  return `sites/${site}/lists/${encodeURIComponent(list)}`;
}

/** What to ask for of a list at an address: all rows, all rows and where changes go on from, or one row. */
export const rowsOf = {
  items: (list: string, columns: readonly string[], pageSize: number) =>
    `${list}/items?${expandFields(columns)}&$top=${pageSize}`,
  delta: (list: string, columns: readonly string[], pageSize: number) =>
    `${list}/items/delta?${expandFields(columns)}&$top=${pageSize}`,
  one: (list: string, columns: readonly string[], itemId: string) =>
    `${list}/items/${encodeURIComponent(itemId)}?${expandFields(columns)}`,
};

/** Nothing of the envelope but what is read of it: it is half of each row otherwise. */
function expandFields(columns: readonly string[]): string {
  return `$select=id,eTag,deleted&$expand=fields($select=${columns.join(',')})`;
}

function unexpected(what: string): UpstreamError {
  return new UpstreamError('Microsoft Graph', `Graph described ${what} in a form that is not known.`);
}
