// What anybody writes first: fetch, follow nextLink, again; no check of anything but the status.
import { itemsAddress } from './itemsAddress.mjs';
import { runPlainEdits } from './plainEdits.mjs';

let base;
let headers;

export function connect({ url, token }) {
  base = `${url}/v1.0`;
  headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
}

async function getJson(address) {
  const response = await fetch(address, { headers });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

async function readItems(where) {
  const items = [];
  for (let next = `${base}/${itemsAddress(where)}`; next !== undefined;) {
    const page = await getJson(next);
    items.push(...page.value);
    next = page['@odata.nextLink'];
  }
  return items;
}

/** The first page alone; every column when none is named. */
export async function readPage({ columns, ...where }) {
  const address = columns === undefined ? allColumns(where) : itemsAddress({ ...where, columns });
  const { value } = await getJson(`${base}/${address}`);
  return { items: value };
}

function allColumns({ siteId, listId, top }) {
  return `sites/${siteId}/lists/${listId}/items?$expand=fields&$top=${top}`;
}

export async function read(where) {
  const items = await readItems(where);
  return { items };
}

/** Site, lists, then every list at once; `wanted` names the lists and their columns. */
export async function readBoard({ site, wanted, top }) {
  const { id: siteId } = await getJson(`${base}/sites/${site}`);
  const { value: lists } = await getJson(`${base}/sites/${siteId}/lists`);
  const ids = new Map(lists.map((one) => [one.displayName, one.id]));
  const read = await Promise.all(
    wanted.map(async ({ name, columns }) => {
      const where = { siteId, listId: ids.get(name) ?? encodeURIComponent(name), columns, top };
      return { name, items: await readItems(where) };
    }),
  );
  return { value: read, lines: () => boardLines(read), facts: { siteId, listIds: Object.fromEntries(ids) } };
}

/** Versions of all records, and what the actions say. */
function boardLines(read) {
  const records = read.filter(({ name }) => name !== 'Settings' && name !== 'User Information List');
  return records.flatMap(({ name, items }) =>
    items.map(({ id, eTag, fields }) =>
      JSON.stringify(
        name === 'Actions'
          ? [id, eTag, fields.Ref, fields.Title, fields.PercentComplete ?? null, fields.Description ?? null]
          : [id, eTag],
      ),
    ),
  );
}

async function send(method, address, body, more = {}) {
  const response = await fetch(`${base}/${address}`, {
    method,
    headers: { ...headers, ...more },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

function editing({ siteId, actionsId, updatesId }, ifMatch) {
  const item = (id) => `sites/${siteId}/lists/${actionsId}/items/${id}`;
  return {
    get: (id) => getJson(`${base}/${item(id)}?$expand=fields`),
    patch: (id, fields, eTag) => send('PATCH', item(id), { fields }, ifMatch ? { 'If-Match': eTag } : {}),
    post: (fields) => send('POST', `sites/${siteId}/lists/${updatesId}/items`, { fields }),
  };
}

/** Writes over whatever is there. */
export function edit(job) {
  return runPlainEdits(editing(job, false), job);
}

/** Writes over the version it has read, and reads again when that is not the newest. */
export function editIfMatch(job) {
  return runPlainEdits(editing(job, true), job);
}
