// Which rows a query of a list gives: filter, order and page, with SharePoint's rules on indexes and large lists.
import { columnNamed, fieldKey } from './columns';
import { plainText } from './fieldReads';
import { GraphFailure, invalidRequest } from './graphError';
import type { LocalList } from './localItems';
import { compareValues, readFilter, readSkiptoken, writeSkiptoken } from './odata';
import type { Comparable, Filter, ODataQuery } from './odata';
import type { Item } from './records';

export const defaultPage = 200;
export const largestPage = 5000;
/** The most rows a filter or order may look at. Source: SharePoint limits, list view threshold. */
const viewThreshold = 5000;
const warningPreference = 'HonorNonIndexedQueriesWarningMayFailRandomly';

export interface RowPage {
  readonly items: readonly Item[];
  /** Where the next page starts; absent at the end of the list. */
  readonly skiptoken?: string;
}

/** The page of a query; `atMost` makes pages shorter than asked for, as the service may. */
export function selectPage(
  list: LocalList,
  query: ODataQuery,
  prefer: string | undefined,
  atMost = largestPage,
): RowPage {
  const filter = query.filter === undefined ? undefined : readFilter(query.filter);
  const order = query.orderby ?? [];
  const paths = [...(filter?.paths ?? []), ...order.map((one) => one.path)];
  for (const path of paths) checkIndexed(list, path, prefer);
  const from = query.skiptoken === undefined ? undefined : readSkiptoken(query.skiptoken);
  const top = Math.min(query.top ?? defaultPage, largestPage, atMost);
  if (paths.length === 0) return pageById(list, Number(from?.get('p_ID') ?? 0), top);

  const live = [...list.items.values()].filter((one) => !one.deleted);
  checkReach(list, live, filter, order);
  const found = filter ? live.filter((one) => filter.matches((path) => valueAt(list, one, path))) : live;
  const sorted = order.length === 0 ? found : found.sort((a, b) => inOrder(list, order, a, b));
  // Without an order a page starts after the last id, so that rows added or deleted meanwhile move nothing.
  const afterId = Number(from?.get('p_ID') ?? 0);
  const start = order.length === 0 ? sorted.findIndex((one) => one.id > afterId) : Number(from?.get('p_Row') ?? 0);
  const items = start < 0 ? [] : sorted.slice(start, start + top);
  return pageOf(items, start + top < sorted.length, start + top);
}

function pageOf(items: readonly Item[], goesOn: boolean, row: number): RowPage {
  const last = items.at(-1);
  if (!last || !goesOn) return { items };
  return { items, skiptoken: writeSkiptoken({ p_ID: String(last.id), p_Row: String(row) }) };
}

/** The usual reading, by id: one pass, whatever the length of the list. */
function pageById(list: LocalList, afterId: number, top: number): RowPage {
  const items: Item[] = [];
  for (const item of list.items.values()) {
    if (item.deleted || item.id <= afterId) continue;
    if (items.length === top) return pageOf(items, true, 0);
    items.push(item);
  }
  return pageOf(items, false, 0);
}

function inOrder(list: LocalList, order: NonNullable<ODataQuery['orderby']>, a: Item, b: Item): number {
  for (const { path, descending } of order) {
    const difference = compareValues(valueAt(list, a, path), valueAt(list, b, path));
    if (difference !== 0) return descending ? -difference : difference;
  }
  return a.id - b.id;
}

/** The value of a path in $filter or $orderby. */
function valueAt(list: LocalList, item: Item, path: string): Comparable {
  if (path === 'id' || path === 'fields/id' || path === 'fields/ID') return item.id;
  if (path === 'createdDateTime' || path === 'fields/Created') return item.createdAt;
  if (path === 'lastModifiedDateTime' || path === 'fields/Modified') return item.modifiedAt;
  const name = path.slice('fields/'.length);
  const column = path.startsWith('fields/') ? columnNamed(list.record, name) : undefined;
  if (!column) throw invalidRequest(`The path '${path}' cannot be used in filter or orderby here.`);
  const value = item.fields[fieldKey(column)];
  return Array.isArray(value) ? plainText(value) : value;
}

function isIndexed(list: LocalList, path: string): boolean {
  const name = path.replace(/^fields\//, '');
  if (['id', 'ID'].includes(name)) return true;
  return list.record.columns.some((one) => (one.name === name || fieldKey(one) === name) && one.indexed);
}

function checkIndexed(list: LocalList, path: string, prefer: string | undefined): void {
  const name = path.replace(/^fields\//, '');
  if (path.startsWith('fields/')) columnNamed(list.record, name);
  if (isIndexed(list, path) || prefer?.includes(warningPreference) === true) return;
  throw invalidRequest(
    `Field '${name}' cannot be referenced in filter or orderby as it is not indexed. Provide the 'Prefer: ${warningPreference}' header to allow this, but be warned that such queries may fail on large lists.`,
  );
}

/**
 * Refuses what would look at more rows than the threshold. Only the first condition can use an index; one made of
 * several with `or` cannot. Graph answers this with 429, as reported in msgraph-sdk-dotnet issues 703 and 827.
 */
function checkReach(
  list: LocalList,
  live: readonly Item[],
  filter: Filter | undefined,
  order: NonNullable<ODataQuery['orderby']>,
): void {
  if (live.length <= viewThreshold) return;
  const [first] = filter?.conditions ?? [];
  const usesIndex = first?.paths.length === 1 && first.paths.every((path) => isIndexed(list, path));
  const orderIsIndexed = order.every((one) => isIndexed(list, one.path));
  const looksAt = !first
    ? orderIsIndexed
      ? 0
      : live.length
    : usesIndex
      ? live.filter((one) => first.matches((path) => valueAt(list, one, path))).length
      : live.length;
  if (looksAt <= viewThreshold) return;
  throw new GraphFailure(
    429,
    'activityLimitReached',
    'The request has been throttled: the attempted operation is prohibited because it exceeds the list view threshold.',
    { innerCode: 'throttledRequest' },
  );
}
