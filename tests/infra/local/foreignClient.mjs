// Another Graph client, PnPjs, unmodified, against the origin and token given; prints what it found as JSON.
import { GraphBrowser, graphfi } from '@pnp/graph';
import { BearerToken } from '@pnp/queryable';
import '@pnp/graph/sites/index.js';
import '@pnp/graph/lists/index.js';
import '@pnp/graph/list-item/index.js';
import '@pnp/graph/columns/index.js';

const [origin, token] = process.argv.slice(2);
const graph = graphfi().using(GraphBrowser({ baseUrl: `${origin}/v1.0` }), BearerToken(token));
const found = {};

const site = await graph.sites.getByUrl('hertland.sharepoint.example', '/sites/send-board');
found.site = (await site()).displayName;
const lists = await site.lists();
found.lists = lists.length;

const requests = site.lists.getById(lists.find((one) => one.displayName === 'Requests').id);
const pages = [];
for await (const page of requests.items.expand('fields($select=SubjectRef)').top(100)) pages.push(page);
found.pages = pages.map((page) => page.length);
found.rows = new Set(pages.flat().map((one) => one.id)).size;
found.firstSubject = pages[0][0].fields.SubjectRef;
found.columns = (await requests.columns()).some((one) => one.name === 'SubjectRef');

const actions = site.lists.getById(lists.find((one) => one.displayName === 'Actions').id);
const atRisk = await actions.items.expand('fields').filter("fields/DeliveryStatus eq 'at-risk'")();
found.filtered = atRisk.length > 0 && atRisk.every((one) => one.fields.DeliveryStatus === 'at-risk');

const made = await site.lists.add({
  displayName: 'Visits',
  columns: [{ name: 'Seen', text: {} }],
  list: { template: 'genericList' },
});
const visits = site.lists.getById(made.id);
const added = await visits.items.add({ fields: { Title: 'First visit', Seen: 'a classroom' } });
await visits.items.getById(added.id).update({ fields: { Seen: 'two classrooms' } });
found.updated = (await visits.items.getById(added.id).expand('fields')()).fields.Seen;
found.versions = (await visits.items.getById(added.id).versions()).map((one) => one.id);
await visits.items.getById(added.id).delete();
found.left = (await visits.items()).length;
try {
  await actions.items.filter("fields/LeadBody eq 'Schools'")();
} catch (error) {
  found.refused = error.status;
}
process.stdout.write(JSON.stringify(found));
