// List items of the local Graph: read by page, filter and order, write under an eTag, versions and delta.
import { z } from 'zod';
import { columnNamed, etagOf, fieldKey, graphFields, readFields } from './columns';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import { checkSite, contextOf, listUrl, pick } from './graphLists';
import { graphEditor } from './graphPeople';
import { compareValues, readFilter, readQuery, readSkiptoken, writeSkiptoken } from './odata';
import type { Comparable, ODataQuery } from './odata';
import type { Item } from './records';
import { site, stateOf, type LocalList, type Tenant } from './tenant';

const defaultPage = 200;
const largestPage = 5000;
const warningPreference = 'HonorNonIndexedQueriesWarningMayFailRandomly';

export function graphItem(tenant: Tenant, list: LocalList, item: Item, query: ODataQuery): Record<string, unknown> {
  const expanded = query.expand.get('fields');
  const unknown = [...query.expand.keys()].find((one) => one !== 'fields');
  if (unknown !== undefined) throw invalidRequest(`The expansion '${unknown}' is not supported here.`);
  const etag = etagOf(item);
  const whole = {
    '@odata.etag': etag,
    createdDateTime: item.createdAt,
    eTag: etag,
    id: String(item.id),
    lastModifiedDateTime: item.modifiedAt,
    webUrl: `${listUrl(list.record)}/${item.id}_.000`,
    createdBy: graphEditor(tenant, item.createdBy),
    lastModifiedBy: graphEditor(tenant, item.modifiedBy),
    parentReference: { id: list.record.id, siteId: site.id },
    contentType: { id: `0x0100${list.record.id.replaceAll('-', '').toUpperCase()}`, name: 'Item' },
  };
  if (!expanded) return pick(whole, query.select);
  return { ...pick(whole, query.select), fields: fieldsOf(tenant, list, item, expanded.select) };
}

function fieldsOf(
  tenant: Tenant,
  list: LocalList,
  item: Item,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  return graphFields(list.record, item, select, (lookupId) => tenant.userByLookupId(lookupId)?.displayName);
}

/** The value of a path in $filter or $orderby. */
function valueAt(list: LocalList, item: Item, path: string): Comparable {
  if (path === 'id' || path === 'fields/id' || path === 'fields/ID') return item.id;
  if (path === 'createdDateTime' || path === 'fields/Created') return item.createdAt;
  if (path === 'lastModifiedDateTime' || path === 'fields/Modified') return item.modifiedAt;
  const name = path.slice('fields/'.length);
  const column = path.startsWith('fields/') ? columnNamed(list.record, name) : undefined;
  if (!column) throw invalidRequest(`The path '${path}' cannot be used in filter or orderby here.`);
  return item.fields[fieldKey(column)];
}

function checkIndexed(list: LocalList, paths: readonly string[], prefer: string | undefined): void {
  if (prefer?.includes(warningPreference) === true) return;
  for (const path of paths) {
    const name = path.replace(/^fields\//, '');
    if (['id', 'ID'].includes(name)) continue;
    const column = list.record.columns.find((one) => one.name === name || fieldKey(one) === name);
    if (column?.indexed === true) continue;
    if (path.startsWith('fields/')) columnNamed(list.record, name);
    throw invalidRequest(
      `Field '${name}' cannot be referenced in filter or orderby as it is not indexed. Provide the 'Prefer: ${warningPreference}' header to allow this, but be warned that such queries may fail on large lists.`,
    );
  }
}

function selectPage(
  list: LocalList,
  query: ODataQuery,
  prefer: string | undefined,
): { readonly items: readonly Item[]; readonly skiptoken?: string } {
  const filter = query.filter === undefined ? undefined : readFilter(query.filter);
  const order = query.orderby ?? [];
  checkIndexed(list, [...(filter?.paths ?? []), ...order.map((one) => one.path)], prefer);
  const from = query.skiptoken === undefined ? undefined : readSkiptoken(query.skiptoken);
  const afterId = Number(from?.get('p_ID') ?? 0);
  const top = Math.min(query.top ?? defaultPage, largestPage);
  const live = [...list.items.values()].filter(
    (one) => !one.deleted && (filter?.matches((path) => valueAt(list, one, path)) ?? true),
  );
  const inOrder = (a: Item, b: Item): number => {
    for (const { path, descending } of order) {
      const difference = compareValues(valueAt(list, a, path), valueAt(list, b, path));
      if (difference !== 0) return descending ? -difference : difference;
    }
    return a.id - b.id;
  };
  const sorted = live.sort(inOrder);
  // Without an order a page starts after the last id, so that rows added or deleted meanwhile move nothing.
  const start = order.length === 0 ? sorted.findIndex((one) => one.id > afterId) : Number(from?.get('p_Row') ?? 0);
  const items = start < 0 ? [] : sorted.slice(start, start + top);
  const last = items.at(-1);
  if (!last || start + top >= sorted.length) return { items };
  return { items, skiptoken: writeSkiptoken({ p_ID: String(last.id), p_Row: String(start + top) }) };
}

const itemOptions = ['select', 'expand', 'top', 'filter', 'orderby', 'skiptoken'] as const;
const fieldsBody = z.record(z.string(), z.unknown());

export function graphItemsOperations(tenant: Tenant): readonly Operation[] {
  const isUser = (lookupId: number): boolean => tenant.userByLookupId(lookupId) !== undefined;

  function listOf(call: GraphCall, writing = false): LocalList {
    checkSite(call.param('site'));
    const list = tenant.findList(call.param('list'));
    if (list.record.template === 'documentLibrary')
      throw new GraphFailure(
        501,
        'notSupported',
        'Items of a library are not part of the local Microsoft 365; use its drive.',
      );
    if (writing && list.record.template === 'userInformation')
      throw new GraphFailure(403, 'accessDenied', 'The User Information List is kept by SharePoint.');
    return list;
  }

  function linkTo(call: GraphCall, changes: Readonly<Record<string, string>>): string {
    const query = new URLSearchParams(call.query);
    for (const name of ['$skiptoken', 'skiptoken', '$token', 'token']) query.delete(name);
    for (const [name, value] of Object.entries(changes)) query.set(name, value);
    return `${call.request.base}/v1.0${call.request.url.split('?')[0] ?? ''}?${query.toString().replaceAll('+', '%20')}`;
  }

  function getItems(call: GraphCall): GraphResponse {
    const list = listOf(call);
    const query = readQuery(call.query, itemOptions);
    const page = selectPage(list, query, call.header('prefer'));
    return {
      status: 200,
      body: {
        ...contextOf(call, `sites('${encodeURIComponent(site.id)}')/lists('${list.record.id}')/items`),
        ...(page.skiptoken === undefined ? {} : { '@odata.nextLink': linkTo(call, { $skiptoken: page.skiptoken }) }),
        value: page.items.map((one) => graphItem(tenant, list, one, query)),
      },
    };
  }

  function getItem(call: GraphCall): GraphResponse {
    const list = listOf(call);
    const query = readQuery(call.query, ['select', 'expand']);
    const item = tenant.findItem(list, call.param('item'));
    // A single item shows its fields without being asked.
    const shown = query.expand.has('fields') || query.select ? query : { ...query, expand: new Map([['fields', {}]]) };
    return {
      status: 200,
      headers: { ETag: etagOf(item) },
      body: { ...contextOf(call, 'items/$entity'), ...graphItem(tenant, list, item, shown) },
    };
  }

  function getFields(call: GraphCall): GraphResponse {
    const list = listOf(call);
    const query = readQuery(call.query, ['select']);
    const item = tenant.findItem(list, call.param('item'));
    return {
      status: 200,
      body: { ...contextOf(call, 'fields/$entity'), ...fieldsOf(tenant, list, item, query.select) },
    };
  }

  async function postItem(call: GraphCall): Promise<GraphResponse> {
    const list = listOf(call, true);
    readQuery(call.query, []);
    const body = z.strictObject({ fields: fieldsBody }).safeParse(call.json());
    if (!body.success) throw invalidRequest('A new item is expected as {"fields": {...}}.');
    const changes = readFields(list.record, body.data.fields, isUser);
    const item = await tenant.createItem(list, changes, call.request.caller);
    const query: ODataQuery = { expand: new Map([['fields', {}]]) };
    return {
      status: 201,
      headers: { ETag: etagOf(item) },
      body: { ...contextOf(call, 'items/$entity'), ...graphItem(tenant, list, item, query) },
    };
  }

  async function change(call: GraphCall, fields: unknown): Promise<{ list: LocalList; item: Item }> {
    const list = listOf(call, true);
    readQuery(call.query, []);
    tenant.findItem(list, call.param('item'));
    const changes = readFields(list.record, fields, isUser);
    const ifMatch = call.header('if-match');
    const item = await tenant.updateItem(list, call.param('item'), changes, call.request.caller, ifMatch);
    return { list, item };
  }

  async function patchFields(call: GraphCall): Promise<GraphResponse> {
    const { list, item } = await change(call, call.json());
    return {
      status: 200,
      headers: { ETag: etagOf(item) },
      body: { ...contextOf(call, 'fields/$entity'), ...fieldsOf(tenant, list, item, undefined) },
    };
  }

  async function patchItem(call: GraphCall): Promise<GraphResponse> {
    const body = z.strictObject({ fields: fieldsBody }).safeParse(call.json());
    if (!body.success) throw invalidRequest('A change of an item is expected as {"fields": {...}}.');
    const { list, item } = await change(call, body.data.fields);
    const query: ODataQuery = { expand: new Map([['fields', {}]]) };
    return { status: 200, body: { ...contextOf(call, 'items/$entity'), ...graphItem(tenant, list, item, query) } };
  }

  async function deleteItem(call: GraphCall): Promise<GraphResponse> {
    const list = listOf(call, true);
    await tenant.deleteItem(list, call.param('item'), call.header('if-match'));
    return { status: 204 };
  }

  function getVersions(call: GraphCall): GraphResponse {
    const list = listOf(call);
    const query = readQuery(call.query, ['expand', 'top', 'select']);
    const item = tenant.findItem(list, call.param('item'));
    const states = [...(list.earlier.get(item.id) ?? []), stateOf(item)].reverse().slice(0, query.top);
    const expanded = query.expand.get('fields');
    return {
      status: 200,
      body: {
        ...contextOf(call, 'versions'),
        value: states.map((state) => ({
          id: `${state.version}.0`,
          lastModifiedBy: graphEditor(tenant, state.modifiedBy),
          lastModifiedDateTime: state.modifiedAt,
          ...(expanded ? { fields: fieldsOf(tenant, list, { ...item, ...state }, expanded.select) } : {}),
        })),
      },
    };
  }

  function getDelta(call: GraphCall): GraphResponse {
    const list = listOf(call);
    const query = readQuery(call.query, ['select', 'expand', 'top', 'token']);
    if (query.token === 'latest')
      return deltaPage(call, [], { '@odata.deltaLink': linkTo(call, { token: deltaToken(list, tenant.sequence()) }) });
    // Later pages of a first reading show deletions too: the row may have been on an earlier page.
    const after = query.token === undefined ? undefined : readDeltaToken(list, query.token);
    const changed = [...list.items.values()]
      .filter((one) => (after === undefined ? !one.deleted : one.seq > after))
      .sort((a, b) => a.seq - b.seq);
    const page = changed.slice(0, Math.min(query.top ?? defaultPage, largestPage));
    const last = page.at(-1);
    const link =
      last && page.length < changed.length
        ? { '@odata.nextLink': linkTo(call, { token: deltaToken(list, last.seq) }) }
        : { '@odata.deltaLink': linkTo(call, { token: deltaToken(list, tenant.sequence()) }) };
    return deltaPage(
      call,
      page.map((one) => (one.deleted ? deletedItem(list, one) : graphItem(tenant, list, one, query))),
      link,
    );
  }

  const deltaUnits = (call: GraphCall): number => (call.query.has('token') || call.query.has('$token') ? 1 : 2);
  const items = 'sites/:site/lists/:list/items';
  return [
    { method: 'GET', pattern: items, units: 2, handle: getItems },
    { method: 'POST', pattern: items, units: 2, handle: postItem },
    { method: 'GET', pattern: `${items}/delta`, units: deltaUnits, handle: getDelta },
    { method: 'GET', pattern: `${items}/delta()`, units: deltaUnits, handle: getDelta },
    { method: 'GET', pattern: `${items}/:item`, units: 1, handle: getItem },
    { method: 'PATCH', pattern: `${items}/:item`, units: 2, handle: patchItem },
    { method: 'DELETE', pattern: `${items}/:item`, units: 2, handle: deleteItem },
    { method: 'GET', pattern: `${items}/:item/fields`, units: 1, handle: getFields },
    { method: 'PATCH', pattern: `${items}/:item/fields`, units: 2, handle: patchFields },
    { method: 'GET', pattern: `${items}/:item/versions`, units: 2, handle: getVersions },
  ];
}

function deltaPage(
  call: GraphCall,
  value: readonly Record<string, unknown>[],
  link: Readonly<Record<string, string>>,
): GraphResponse {
  return { status: 200, body: { ...contextOf(call, 'Collection(listItem)'), value, ...link } };
}

function deletedItem(list: LocalList, item: Item): Record<string, unknown> {
  return {
    id: String(item.id),
    parentReference: { siteId: site.id },
    contentType: { id: `0x0100${list.record.id.replaceAll('-', '').toUpperCase()}`, name: 'Item' },
    deleted: { state: 'deleted' },
  };
}

function deltaToken(list: LocalList, after: number): string {
  return Buffer.from(`delta;${list.record.id};${after}`).toString('base64url');
}

function readDeltaToken(list: LocalList, token: string): number {
  const [mark, listId, after = ''] = Buffer.from(token, 'base64url').toString().split(';');
  if (mark !== 'delta' || listId !== list.record.id || !/^\d+$/.test(after))
    throw new GraphFailure(
      410,
      'resyncChangesApplyDifferences',
      'The token is not valid any more: read the list again.',
    );
  return Number(after);
}
