// List items of the local Graph: read by page, write under an eTag, versions.
import { z } from 'zod';
import { etagOf, fieldReader, lookupsBeyond, lookupsNamed, mostLookups } from './fieldReads';
import { readFields } from './fieldWrites';
import { linkTo, type GraphCall, type GraphResponse, type Operation } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import { checkSite, contextOf, listUrl, pick } from './graphLists';
import { graphEditor } from './graphPeople';
import { selectPage } from './listQuery';
import { stateOf, type LocalList } from './localItems';
import { readQuery, type ODataQuery } from './odata';
import type { Item } from './records';
import { site, type Tenant } from './tenant';

/** Makes items as Graph answers them; prepared once for a whole page, which refuses names the list does not have. */
export function itemReader(
  tenant: Tenant,
  list: LocalList,
  query: ODataQuery,
  options: { readonly ofMany?: boolean } = {},
): (item: Item) => Record<string, unknown> {
  const unknown = [...query.expand.keys()].find((one) => one !== 'fields');
  if (unknown !== undefined) throw invalidRequest(`The expansion '${unknown}' is not supported here.`);
  const expanded = query.expand.get('fields');
  const fields = expanded && fieldReader(list.record, expanded.select, tenant.names);
  if (options.ofMany === true && expanded?.select && lookupsNamed(list.record, expanded.select) > mostLookups)
    throw invalidRequest(
      'The query cannot be completed because the number of lookup columns it contains exceeds the lookup column threshold.',
    );
  const dropped = options.ofMany === true && !expanded?.select ? lookupsBeyond(list.record) : new Set<string>();
  const url = listUrl(list.record);
  const parentReference = { id: list.record.id, siteId: site.id };
  const contentType = contentTypeOf(list);
  return (item) => {
    const etag = etagOf(item);
    const whole = {
      '@odata.etag': etag,
      createdDateTime: item.createdAt,
      eTag: etag,
      id: String(item.id),
      lastModifiedDateTime: item.modifiedAt,
      webUrl: `${url}/${item.id}_.000`,
      createdBy: graphEditor(tenant, item.createdBy),
      lastModifiedBy: graphEditor(tenant, item.modifiedBy),
      parentReference,
      contentType,
    };
    const shown = pick(whole, query.select);
    if (!fields) return shown;
    const values = fields(item);
    for (const name of dropped) delete values[name];
    return { ...shown, fields: values };
  };
}

export function contentTypeOf(list: LocalList): Record<string, string> {
  return { id: `0x0100${list.record.id.replaceAll('-', '').toUpperCase()}`, name: 'Item' };
}

/** The list of an address whose items may be asked for. */
export function listOf(tenant: Tenant, call: GraphCall, writing = false): LocalList {
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

const itemOptions = ['select', 'expand', 'top', 'filter', 'orderby', 'skiptoken'] as const;
const fieldsBody = z.record(z.string(), z.unknown());
const wholeItem: ODataQuery = { expand: new Map([['fields', {}]]) };

export function graphItemsOperations(tenant: Tenant): readonly Operation[] {
  function getItems(call: GraphCall): GraphResponse {
    const list = listOf(tenant, call);
    const query = readQuery(call.query, itemOptions);
    const shaping = call.request.shaping?.kind === 'pages' ? call.request.shaping : undefined;
    const show = itemReader(tenant, list, query, { ofMany: true });
    const page = selectPage(list, query, call.header('prefer'), shaping?.atMost);
    return {
      status: 200,
      body: {
        ...contextOf(call, `sites('${encodeURIComponent(site.id)}')/lists('${list.record.id}')/items`),
        ...(page.skiptoken === undefined ? {} : { '@odata.nextLink': linkTo(call, { $skiptoken: page.skiptoken }) }),
        value: page.items.map(show),
      },
    };
  }

  function getItem(call: GraphCall): GraphResponse {
    const list = listOf(tenant, call);
    const query = readQuery(call.query, ['select', 'expand']);
    const item = tenant.findItem(list, call.param('item'));
    // A single item shows its fields without being asked.
    const shown = query.expand.has('fields') || query.select ? query : { ...query, ...wholeItem };
    return {
      status: 200,
      headers: { ETag: etagOf(item) },
      body: { ...contextOf(call, 'items/$entity'), ...itemReader(tenant, list, shown)(item) },
    };
  }

  function getFields(call: GraphCall): GraphResponse {
    const list = listOf(tenant, call);
    const query = readQuery(call.query, ['select']);
    const item = tenant.findItem(list, call.param('item'));
    return {
      status: 200,
      body: {
        ...contextOf(call, 'fields/$entity'),
        ...fieldReader(list.record, query.select, tenant.names)(item),
      },
    };
  }

  async function postItem(call: GraphCall): Promise<GraphResponse> {
    const list = listOf(tenant, call, true);
    readQuery(call.query, []);
    const body = z.strictObject({ fields: fieldsBody }).safeParse(call.json());
    if (!body.success) throw invalidRequest('A new item is expected as {"fields": {...}}.');
    const changes = readFields(list.record, body.data.fields, tenant.referents);
    const item = await tenant.createItem(list, changes, call.request.caller);
    return {
      status: 201,
      headers: { ETag: etagOf(item) },
      body: { ...contextOf(call, 'items/$entity'), ...itemReader(tenant, list, wholeItem)(item) },
    };
  }

  async function change(call: GraphCall, fields: unknown): Promise<{ list: LocalList; item: Item }> {
    const list = listOf(tenant, call, true);
    readQuery(call.query, []);
    tenant.findItem(list, call.param('item'));
    const changes = readFields(list.record, fields, tenant.referents);
    const ifMatch = call.header('if-match');
    const item = await tenant.updateItem(list, call.param('item'), changes, call.request.caller, ifMatch);
    return { list, item };
  }

  async function patchFields(call: GraphCall): Promise<GraphResponse> {
    const { list, item } = await change(call, call.json());
    return {
      status: 200,
      headers: { ETag: etagOf(item) },
      body: { ...contextOf(call, 'fields/$entity'), ...fieldReader(list.record, undefined, tenant.names)(item) },
    };
  }

  async function patchItem(call: GraphCall): Promise<GraphResponse> {
    const body = z.strictObject({ fields: fieldsBody }).safeParse(call.json());
    if (!body.success) throw invalidRequest('A change of an item is expected as {"fields": {...}}.');
    const { list, item } = await change(call, body.data.fields);
    return {
      status: 200,
      body: { ...contextOf(call, 'items/$entity'), ...itemReader(tenant, list, wholeItem)(item) },
    };
  }

  async function deleteItem(call: GraphCall): Promise<GraphResponse> {
    const list = listOf(tenant, call, true);
    await tenant.deleteItem(list, call.param('item'), call.header('if-match'));
    return { status: 204 };
  }

  function getVersions(call: GraphCall): GraphResponse {
    const list = listOf(tenant, call);
    const query = readQuery(call.query, ['expand', 'top', 'select']);
    const item = tenant.findItem(list, call.param('item'));
    const states = [...(list.earlier.get(item.id) ?? []), stateOf(item)].reverse().slice(0, query.top);
    const expanded = query.expand.get('fields');
    const fields = expanded && fieldReader(list.record, expanded.select, tenant.names);
    return {
      status: 200,
      body: {
        ...contextOf(call, 'versions'),
        value: states.map((state) => ({
          id: `${state.version}.0`,
          lastModifiedBy: graphEditor(tenant, state.modifiedBy),
          lastModifiedDateTime: state.modifiedAt,
          ...(fields ? { fields: fields({ ...item, ...state }) } : {}),
        })),
      },
    };
  }

  const items = 'sites/:site/lists/:list/items';
  return [
    { method: 'GET', pattern: items, units: 2, handle: getItems },
    { method: 'POST', pattern: items, units: 2, handle: postItem },
    { method: 'GET', pattern: `${items}/:item`, units: 1, handle: getItem },
    { method: 'PATCH', pattern: `${items}/:item`, units: 2, handle: patchItem },
    { method: 'DELETE', pattern: `${items}/:item`, units: 2, handle: deleteItem },
    { method: 'GET', pattern: `${items}/:item/fields`, units: 1, handle: getFields },
    { method: 'PATCH', pattern: `${items}/:item/fields`, units: 2, handle: patchFields },
    { method: 'GET', pattern: `${items}/:item/versions`, units: 2, handle: getVersions },
  ];
}
