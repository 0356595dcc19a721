// PnPjs v4 as its documentation reads lists: an asynchronous iterator of pages.
import { GraphBrowser, graphfi } from '@pnp/graph';
import { BearerToken } from '@pnp/queryable';
import '@pnp/graph/sites/index.js';
import '@pnp/graph/lists/index.js';
import '@pnp/graph/list-item/index.js';
import { runPlainEdits } from './plainEdits.mjs';

let graph;

export function connect({ url, token }) {
  graph = graphfi().using(GraphBrowser({ baseUrl: `${url}/v1.0` }), BearerToken(token));
}

export async function read({ siteId, listId, columns, top }) {
  const query = graph.sites
    .getById(siteId)
    .lists.getById(listId)
    .items.expand(`fields($select=${columns.join(',')})`);
  const items = [];
  for await (const page of top === undefined ? query : query.top(top)) items.push(...page);
  return { items };
}

export function edit(job) {
  const { siteId, actionsId, updatesId } = job;
  const itemsOf = (listId) => graph.sites.getById(siteId).lists.getById(listId).items;
  const item = (id) => itemsOf(actionsId).getById(id);
  return runPlainEdits(
    {
      get: (id) => item(id).expand('fields')(),
      patch: (id, fields) => item(id).update({ fields }),
      post: (fields) => itemsOf(updatesId).add({ fields }),
    },
    job,
  );
}
