// Sites, lists and columns of the local Graph.
// Longer than most: sites, lists and columns share their addresses.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { columnNamed, fieldKey, graphColumn, graphColumns, isSingleLine, newColumn } from './columns';
import { graphInstant } from './clock';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import { readColumn } from './newColumns';
import { readFilter, readQuery } from './odata';
import type { Column, Editor, ListRecord } from './records';
import { graphEditor } from './graphPeople';
import type { LocalList } from './localItems';
import { site, type Tenant } from './tenant';

const listOptions = ['select', 'expand', 'top', 'filter'] as const;

/** The site a path names; refuses another. */
export function checkSite(idOrPath: string): void {
  const wanted = idOrPath.toLowerCase();
  const [, siteGuid, webGuid] = site.id.split(',');
  const known = [
    'root',
    site.host,
    site.id,
    `${site.host}:${site.path}`,
    `${site.host}:/${site.path}`,
    siteGuid,
    `${site.host},${siteGuid}`,
    `${siteGuid},${webGuid}`,
  ];
  if (!known.some((one) => one?.toLowerCase() === wanted)) throw notFound('Requested site could not be found');
}

export function graphSite(): Record<string, unknown> {
  return {
    id: site.id,
    name: site.name,
    displayName: site.displayName,
    description: '',
    webUrl: site.webUrl,
    createdDateTime: site.createdAt,
    lastModifiedDateTime: site.createdAt,
    root: {},
    siteCollection: { hostname: site.host },
  };
}

export function contextOf(call: GraphCall, what: string): Record<string, string> {
  return { '@odata.context': `${call.request.base}/v1.0/$metadata#${what}` };
}

/** Only the properties asked for; a name that is not there is refused. */
export function pick(
  whole: Readonly<Record<string, unknown>>,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  if (!select || select.includes('*')) return { ...whole };
  const known = [...Object.keys(whole), ...quietProperties];
  const unknown = select.find((one) => !known.includes(one));
  if (unknown !== undefined)
    throw new GraphFailure(400, 'invalidRequest', `Could not find a property named '${unknown}'.`);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name.startsWith('@') || select.includes(name)));
}
/** Known to Graph, not always there. */
const quietProperties = [
  'deleted',
  'sharepointIds',
  'system',
  'description',
  'fields',
  'eTag',
  'file',
  'folder',
  'root',
];

export function listUrl(record: ListRecord): string {
  const folder = record.template === 'genericList' ? `Lists/${record.name}` : record.name;
  return `${site.webUrl}/${encodeURI(folder)}`;
}

export function graphListsOperations(tenant: Tenant): readonly Operation[] {
  function graphList(list: LocalList): Record<string, unknown> {
    const { record } = list;
    const items = [...list.items.values()];
    const modifiedAt = items.reduce(
      (latest, one) => (one.modifiedAt > latest ? one.modifiedAt : latest),
      record.createdAt,
    );
    return {
      '@odata.etag': `"${record.id},${items.length}"`,
      id: record.id,
      name: record.name,
      displayName: record.displayName,
      description: record.description,
      eTag: `"${record.id},${items.length}"`,
      webUrl: listUrl(record),
      createdDateTime: record.createdAt,
      lastModifiedDateTime: modifiedAt,
      createdBy: graphEditor(tenant, { kind: 'app', id: 'system', name: 'System Account' }),
      parentReference: { siteId: site.id },
      list: { contentTypesEnabled: false, hidden: record.hidden, template: record.template },
    };
  }

  function getLists(call: GraphCall): GraphResponse {
    checkSite(call.param('site'));
    const query = readQuery(call.query, listOptions);
    const expandsColumns = checkExpand(query.expand.keys());
    const filter = query.filter === undefined ? undefined : readFilter(query.filter);
    if (filter?.paths.some((one) => one !== 'displayName') === true)
      throw invalidRequest('The provided filter statement is not supported');
    const found = tenant
      .lists()
      .filter((one) => !one.record.hidden && (filter?.matches(() => one.record.displayName) ?? true));
    return {
      status: 200,
      body: {
        ...contextOf(call, `sites('${encodeURIComponent(site.id)}')/lists`),
        value: found.map((one) => ({
          ...pick(graphList(one), query.select),
          ...(expandsColumns ? { columns: graphColumns(one.record) } : {}),
        })),
      },
    };
  }

  function checkExpand(names: Iterable<string>): boolean {
    const given = [...names];
    const unknown = given.find((one) => one !== 'columns' && one !== 'drive');
    if (unknown !== undefined) throw invalidRequest(`The expansion '${unknown}' is not supported here.`);
    if (given.includes('drive'))
      throw new GraphFailure(501, 'notSupported', 'Read the drive of a list by its own address.');
    return given.includes('columns');
  }

  function getList(call: GraphCall): GraphResponse {
    checkSite(call.param('site'));
    const query = readQuery(call.query, ['select', 'expand']);
    const list = tenant.findList(call.param('list'));
    const columns = checkExpand(query.expand.keys()) ? { columns: graphColumns(list.record) } : {};
    return {
      status: 200,
      body: { ...contextOf(call, 'lists/$entity'), ...pick(graphList(list), query.select), ...columns },
    };
  }

  const newListBody = z.strictObject({
    displayName: z.string().min(1).max(255),
    description: z.string().optional(),
    columns: z.array(z.unknown()).optional(),
    list: z.strictObject({ template: z.enum(['genericList', 'documentLibrary']), hidden: z.boolean().optional() }),
  });

  async function postList(call: GraphCall): Promise<GraphResponse> {
    checkSite(call.param('site'));
    const parsed = newListBody.safeParse(call.json());
    if (!parsed.success)
      throw invalidRequest(`Invalid request: ${parsed.error.issues.map((one) => one.path.join('.')).join(', ')}`);
    const given = (parsed.data.columns ?? []).map(readNewColumn);
    const columns: Column[] = [newColumn('Title', 'text')];
    for (const one of given) {
      const at = columns.findIndex((other) => other.name === one.name);
      if (at > 0) throw new GraphFailure(409, 'nameAlreadyExists', `The column '${one.name}' is given twice.`);
      if (at === 0) columns[0] = one;
      else columns.push(one);
    }
    const list = await tenant.createList(
      newListRecord(
        parsed.data.displayName,
        parsed.data.description ?? '',
        parsed.data.list.template,
        columns,
        tenant.now(),
      ),
      [],
      call.request.caller,
    );
    return { status: 201, body: { ...contextOf(call, 'lists/$entity'), ...graphList(list) } };
  }

  function readNewColumn(body: unknown): Column {
    const column = readColumn(body);
    if (!column.lookup) return column;
    const { record } = tenant.findList(column.lookup.listId);
    columnNamed(record, column.lookup.columnName);
    return { ...column, lookup: { ...column.lookup, listId: record.id } };
  }

  function getColumns(call: GraphCall): GraphResponse {
    checkSite(call.param('site'));
    const query = readQuery(call.query, ['select', 'top', 'filter']);
    if (query.filter !== undefined) throw invalidRequest('The provided filter statement is not supported');
    const list = tenant.findList(call.param('list'));
    return {
      status: 200,
      body: {
        ...contextOf(call, 'columns'),
        value: graphColumns(list.record).map((one) => pick(one, query.select)),
      },
    };
  }

  async function postColumn(call: GraphCall): Promise<GraphResponse> {
    checkSite(call.param('site'));
    const list = tenant.findList(call.param('list'));
    const column = readNewColumn(call.json());
    await tenant.addColumn(list, column);
    return { status: 201, body: { ...contextOf(call, 'columns/$entity'), ...graphColumn(column) } };
  }

  const changeBody = z.strictObject({
    displayName: z.string().min(1).optional(),
    description: z.string().optional(),
    required: z.boolean().optional(),
    indexed: z.boolean().optional(),
    enforceUniqueValues: z.boolean().optional(),
    hidden: z.boolean().optional(),
    choice: z
      .object({ choices: z.array(z.string()).min(1) })
      .loose()
      .optional(),
  });

  async function patchColumn(call: GraphCall): Promise<GraphResponse> {
    checkSite(call.param('site'));
    const list = tenant.findList(call.param('list'));
    const parsed = changeBody.safeParse(call.json());
    if (!parsed.success)
      throw invalidRequest(`Invalid request: ${parsed.error.issues.map((one) => one.path.join('.')).join(', ')}`);
    const wanted = call.param('column');
    const before =
      list.record.columns.find((one) => one.id === wanted || one.name === wanted) ?? columnNamed(list.record, wanted);
    if (!before) throw invalidRequest(`Field '${wanted}' is read-only`);
    const { enforceUniqueValues, choice, ...plain } = parsed.data;
    const after: Column = {
      ...before,
      ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
      unique: enforceUniqueValues ?? before.unique,
      ...(choice ? { choices: choice.choices } : {}),
    };
    if (after.unique && !after.indexed) throw invalidRequest('A column that enforces unique values must be indexed.');
    if (after.indexed && !isSingleLine(after))
      throw invalidRequest('A column of several lines or values, a link or a calculation cannot be indexed.');
    if (after.unique && !before.unique) checkValuesUnique(list, after);
    await tenant.setColumns(list, (columns) => columns.map((one) => (one.id === before.id ? after : one)));
    return { status: 200, body: { ...contextOf(call, 'columns/$entity'), ...graphColumn(after) } };
  }

  return [
    { method: 'GET', pattern: 'sites', units: 2, handle: searchSites },
    { method: 'GET', pattern: 'sites/:site', units: 1, handle: getSite },
    { method: 'GET', pattern: 'sites/:site/lists', units: 2, handle: getLists },
    { method: 'POST', pattern: 'sites/:site/lists', units: 2, handle: postList },
    { method: 'GET', pattern: 'sites/:site/lists/:list', units: 1, handle: getList },
    { method: 'GET', pattern: 'sites/:site/lists/:list/columns', units: 2, handle: getColumns },
    { method: 'POST', pattern: 'sites/:site/lists/:list/columns', units: 2, handle: postColumn },
    { method: 'PATCH', pattern: 'sites/:site/lists/:list/columns/:column', units: 2, handle: patchColumn },
  ];
}

function checkValuesUnique(list: LocalList, column: Column): void {
  const seen = new Set<string>();
  for (const item of list.items.values()) {
    const value = item.fields[fieldKey(column)];
    if (value === undefined || item.deleted) continue;
    const text = String(value).toLowerCase();
    if (seen.has(text)) throw invalidRequest(`The column '${column.name}' holds the same value twice.`);
    seen.add(text);
  }
}

function searchSites(call: GraphCall): GraphResponse {
  const query = readQuery(call.query, ['search', 'select', 'top']);
  const wanted = (query.search ?? '*').replaceAll('"', '').toLowerCase();
  const found =
    wanted === '*' || wanted === '' || site.displayName.toLowerCase().includes(wanted) || site.name.includes(wanted);
  return {
    status: 200,
    body: { ...contextOf(call, 'sites'), value: found ? [pick(graphSite(), query.select)] : [] },
  };
}

function getSite(call: GraphCall): GraphResponse {
  checkSite(call.param('site'));
  // Sites.Selected opens the site that is granted; the root of the tenant is another one.
  const isRoot = ['root', site.host].includes(call.param('site'));
  const { rights } = call.request;
  const isSelected = rights.includes('Sites.Selected') && !rights.some((one) => /^Sites\..+\.All$/.test(one));
  if (isRoot && isSelected) throw new GraphFailure(403, 'accessDenied', 'Access denied');
  const query = readQuery(call.query, ['select']);
  return { status: 200, body: { ...contextOf(call, 'sites/$entity'), ...pick(graphSite(), query.select) } };
}

export function newListRecord(
  displayName: string,
  description: string,
  template: ListRecord['template'],
  columns: Column[],
  at: Date,
): ListRecord {
  return {
    id: randomUUID(),
    name: displayName.replace(/[^A-Za-z0-9 ]/g, '').replaceAll(' ', template === 'genericList' ? '' : ' '),
    displayName,
    description,
    template,
    hidden: template === 'userInformation',
    createdAt: graphInstant(at),
    columns,
  };
}

export const systemEditor: Editor = { kind: 'app', id: 'system', name: 'System Account' };
