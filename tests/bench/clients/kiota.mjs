// Microsoft's newer client (Kiota, preview) with its PageIterator; it makes typed objects of every row.

// Named at run time: only the bench installs these packages.
const load = (name) => import(name);
const { AllowedHostsValidator, BaseBearerTokenAuthenticationProvider } = await load('@microsoft/kiota-abstractions');
const { createGraphServiceClient, GraphRequestAdapter } = await load('@microsoft/msgraph-sdk');
const { PageIterator } = await load('@microsoft/msgraph-sdk-core');
const models = '@microsoft/msgraph-sdk/models';
const { createListItemCollectionResponseFromDiscriminatorValue: pageOfItems } = await load(`${models}/index.js`);
const { createODataErrorFromDiscriminatorValue: failure } = await load(`${models}/oDataErrors/index.js`);
await load('@microsoft/msgraph-sdk-sites');

/** How a failure of any status is read. */
export const failures = { XXX: failure };
export { PageIterator, pageOfItems };
let adapter;
let graph;

/** The adapter and the client on it. */
export function connect({ url, token }) {
  const tokens = {
    getAuthorizationToken: () => Promise.resolve(token),
    getAllowedHostsValidator: () => new AllowedHostsValidator(new Set([new URL(url).host])),
  };
  adapter = new GraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(tokens));
  adapter.baseUrl = `${url}/v1.0`;
  graph = createGraphServiceClient(adapter);
  return { adapter, graph };
}

export async function read({ siteId, listId, columns, top }) {
  const queryParameters = { expand: [`fields($select=${columns.join(',')})`], ...(top === undefined ? {} : { top }) };
  const list = graph.sites.bySiteId(siteId).lists.byListId(listId);
  const first = await list.items.get({ queryParameters });
  const items = [];
  const keep = (one) => items.push(one) > 0;
  await new PageIterator(adapter, first, keep, pageOfItems, failures).iterate();
  // Its rows are objects of its own: read as the others' only when they are compared.
  const plain = ({ id, eTag, fields }) => ({ id, eTag, fields: fields.additionalData });
  return { value: items, rows: () => items.map(plain) };
}
