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
  const site = siteShape.safeParse(await graph.get(`sites/${siteUrl}?$select=id,name,displayName,webUrl`));
  if (!site.success) throw unexpected('the site');
  const { id, name, displayName, webUrl } = site.data;
  return { id, name: displayName ?? name ?? id, webUrl };
}

/** Title -> id of the site's lists. */
export async function readListIds(graph: Graph, siteId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await graph.getAll(`sites/${siteId}/lists?$select=id,name,displayName,list`);
  const parsed = z.array(listShape).safeParse(rows);
  if (!parsed.success) throw unexpected('the lists of the site');
  return new Map(parsed.data.map((one) => [one.displayName, one.id]));
}

export async function readColumns(graph: Graph, siteId: string, listId: string): Promise<readonly SiteColumn[]> {
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

/** `list` is an id or a title. */
export function itemsPath(siteId: string, list: string, columns: readonly string[], pageSize = largestPage): string {
  return `${listPath(siteId, list)}/items?$expand=fields($select=${columns.join(',')})&$top=${pageSize}`;
}

export function itemPath(siteId: string, list: string, itemId: string, columns?: readonly string[]): string {
  const path = `${listPath(siteId, list)}/items/${encodeURIComponent(itemId)}`;
  return columns === undefined ? path : `${path}?$expand=fields($select=${columns.join(',')})`;
}

export function listPath(siteId: string, list: string): string {
  return `sites/${siteId}/lists/${encodeURIComponent(list)}`;
}

function unexpected(what: string): UpstreamError {
  return new UpstreamError('Microsoft Graph', `Graph described ${what} in a form that is not known.`);
}
