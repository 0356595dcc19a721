// Lists of more than 5,000 rows: what SharePoint looks at, and how much comes on a page.
import { codeOf, fieldsOf, startGraph, valuesOf, type Answer, type GraphUnderTest } from './localGraph';

const rows = 6_000;
let graph: GraphUnderTest;
let items = '';
beforeAll(async () => {
  graph = await startGraph();
  items = `${graph.list('Actions')}/items`;
  const added = await post('/_local/seed/rows', { list: 'Actions', count: rows - 45 });
  expect(await added.json()).toEqual({ list: 'Actions', rows });
}, 30_000);
afterAll(() => graph.local.close());

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${graph.local.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const risky = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };
const ask = (query: string): Promise<Answer> =>
  graph.ask(`${items}?$top=5&${query}`, { headers: risky, shape: 'listItemCollectionResponse' });

test.each([
  ['no filter at all', '$select=id'],
  ['an indexed column that narrows enough', "$filter=fields/Ref eq 'N00100'"],
  ['the narrow indexed condition first', "$filter=startswith(fields/Ref,'N0010') and fields/LeadBody ne 'X'"],
  ['order by an indexed column', '$orderby=fields/Ref desc'],
  ['order by any column of few rows', "$filter=startswith(fields/Ref,'N0010')&$orderby=fields/LeadBody"],
])('a long list is read by %s', async (_, query) => {
  expect((await ask(query)).status).toBe(200);
});

test.each([
  ['a column without an index, though the client prefers to risk it', "$filter=fields/LeadBody eq 'Hertland ICB'"],
  ['an indexed column that narrows too little', "$filter=startswith(fields/Ref,'N')"],
  ['the indexed condition second', "$filter=fields/LeadBody ne 'X' and startswith(fields/Ref,'N0010')"],
  ['indexed conditions joined by or', "$filter=fields/Ref eq 'N00100' or fields/Ref eq 'N00101'"],
  ['order by a column without an index', '$orderby=fields/LeadBody'],
  ['order by the moment of the last change', '$orderby=lastModifiedDateTime desc'],
])('a long list is not read by %s', async (_, query) => {
  const answer = await ask(query);
  expect([answer.status, codeOf(answer)]).toEqual([429, 'activityLimitReached']);
  expect(answer.headers.get('retry-after')).toBeNull();
});

test('a list of 5,000 rows or fewer is read by any column, at the risk of the client', async () => {
  const path = `${graph.list('Requests')}/items?$filter=fields/SubjectKind eq 'action'`;
  expect((await graph.ask(path, { headers: risky, shape: 'listItemCollectionResponse' })).status).toBe(200);
});

test('a page holds 5,000 rows at most, and the end of the list is the page without a link', async () => {
  const first = await graph.ask(`${items}?$top=9000&$select=id`, { shape: 'listItemCollectionResponse' });
  expect(valuesOf(first.body)).toHaveLength(5_000);
  const second = await graph.ask(String(first.body['@odata.nextLink']), { shape: 'listItemCollectionResponse' });
  expect(valuesOf(second.body)).toHaveLength(rows - 5_000);
  expect(second.body).not.toHaveProperty('@odata.nextLink');
});

test('a page may be shorter than asked for, and nothing is lost by it', async () => {
  const script = { match: { pathIncludes: '/Actions/items' }, times: 2, fault: { kind: 'pages', atMost: 700 } };
  await post('/_local/faults', script);
  const sizes: number[] = [];
  const seen = new Set<unknown>();
  let next: unknown = `${items}?$top=5000&$expand=fields($select=Ref)`;
  while (typeof next === 'string') {
    const { body }: Answer = await graph.ask(next, { shape: 'listItemCollectionResponse' });
    sizes.push(valuesOf(body).length);
    for (const one of valuesOf(body)) seen.add(fieldsOf(one)['Ref']);
    next = body['@odata.nextLink'];
  }
  expect(sizes).toEqual([700, 700, 4600]);
  expect(seen.size).toBe(rows);
});

test('rows are added only to a list that is there, in a number that is one', async () => {
  expect((await post('/_local/seed/rows', { list: 'Nothing', count: 1 })).status).toBe(404);
  expect((await post('/_local/seed/rows', { list: 'Actions', count: 0 })).status).toBe(400);
});
