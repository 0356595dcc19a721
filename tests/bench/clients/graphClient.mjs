// Microsoft's Graph client 3 with its own retry rule; lists are read with its PageIterator.
import graphClient from '@microsoft/microsoft-graph-client';
import { itemsAddress } from './itemsAddress.mjs';
import { runPlainEdits } from './plainEdits.mjs';

const { Client, PageIterator, RetryHandler } = graphClient;
const cloud = 'https://graph.microsoft.com';
let client;

export function connect({ url, token }) {
  // The client follows links to https alone: the last step of its chain sends them to the local server.
  const transport = {
    async execute(context) {
      const headers = {
        ...context.options.headers,
        Authorization: `Bearer ${token}`,
        'X-Forwarded-Host': 'graph.microsoft.com',
      };
      context.response = await fetch(context.request.replace(cloud, url), { ...context.options, headers });
    },
  };
  const retry = new RetryHandler();
  retry.setNext(transport);
  client = Client.initWithMiddleware({ middleware: retry });
}

export async function read(where) {
  const first = await client.api(itemsAddress(where)).get();
  const items = [];
  const keep = (one) => items.push(one) > 0;
  await new PageIterator(client, first, keep).iterate();
  return { items };
}

export function edit(job) {
  const { siteId, actionsId, updatesId } = job;
  const item = (id) => `sites/${siteId}/lists/${actionsId}/items/${id}`;
  return runPlainEdits(
    {
      get: (id) => client.api(`${item(id)}?$expand=fields`).get(),
      patch: (id, fields) => client.api(item(id)).patch({ fields }),
      post: (fields) => client.api(`sites/${siteId}/lists/${updatesId}/items`).post({ fields }),
    },
    job,
  );
}
