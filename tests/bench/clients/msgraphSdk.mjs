// Microsoft's newer Graph client (Kiota, preview), unmodified, against the origin and token given; prints what it found.
import { connect, failures, pageOfItems, PageIterator } from './kiota.mjs';

const [url, token] = process.argv.slice(2);
const { adapter, graph } = connect({ url, token });
const found = {};

const site = await graph.sites.bySiteId('hertland.sharepoint.example:/sites/send-board').get();
found.site = site.displayName;
const onSite = graph.sites.bySiteId(site.id);
const lists = (await onSite.lists.get()).value;
const listNamed = (name) => onSite.lists.byListId(lists.find((one) => one.displayName === name).id);
const fieldsOf = (item) => item.fields.additionalData;

const requests = listNamed('Requests');
const paged = { expand: ['fields($select=SubjectRef)'], top: 100 };
const firstPage = await requests.items.get({ queryParameters: paged });
const rows = [];
const keep = (one) => rows.push(one) > 0;
await new PageIterator(adapter, firstPage, keep, pageOfItems, failures).iterate();
found.firstPage = firstPage.value.length;
found.rows = new Set(rows.map((one) => one.id)).size;
found.everyRowHasItsSubject = rows.every((one) => fieldsOf(one).SubjectRef !== undefined);
found.columns = (await requests.columns.get()).value.some((one) => one.name === 'SubjectRef');

const actions = listNamed('Actions');
const atRisk = await actions.items.get({
  queryParameters: { expand: ['fields'], filter: "fields/DeliveryStatus eq 'at-risk'" },
});
found.filtered = atRisk.value.length > 0 && atRisk.value.every((one) => fieldsOf(one).DeliveryStatus === 'at-risk');

const made = await onSite.lists.post({
  displayName: 'Visits',
  columns: [{ name: 'Seen', text: {} }],
  list: { template: 'genericList' },
});
const visits = onSite.lists.byListId(made.id);
const added = await visits.items.post({ fields: { additionalData: { Title: 'First visit', Seen: 'a classroom' } } });
const visit = visits.items.byListItemId(added.id);
await visit.fields.patch({ additionalData: { Seen: 'two classrooms' } });
found.updated = fieldsOf(await visit.get({ queryParameters: { expand: ['fields'] } })).Seen;
found.versions = (await visit.versions.get()).value.map((one) => one.id);
found.delta = (await visits.items.delta.get()).value.length;
const stale = { headers: { 'If-Match': [added.eTag] } };
found.refusedStale = await visit.fields.patch({ additionalData: { Seen: 'none' } }, stale).then(
  () => 'taken',
  (error) => error.responseStatusCode,
);
await visit.delete();
found.left = (await visits.items.get()).value.length;
process.stdout.write(JSON.stringify(found));
