// JSON batches of the local Graph.
import { messageOf, objectOf, sitePath, startGraph, type Answer, type Body, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

const send = (requests: readonly unknown[]): Promise<Answer> =>
  graph.ask('/$batch', { method: 'POST', body: { requests }, shape: 'batchResponse' });

function responsesOf(answer: Answer): ReadonlyMap<unknown, Body> {
  const responses = answer.body['responses'];
  return new Map(Array.isArray(responses) ? responses.map((one) => [objectOf(one)['id'], objectOf(one)]) : []);
}
const json = { 'Content-Type': 'application/json' };

test('each request is answered on its own', async () => {
  const answer = await send([
    { id: '1', method: 'GET', url: `${sitePath}:/lists/Areas/items?$expand=fields` },
    { id: '2', method: 'GET', url: `${sitePath}:/lists/Nothing` },
    {
      id: '3',
      method: 'PATCH',
      url: `${sitePath}:/lists/Areas/items/1/fields`,
      headers: json,
      body: { ShortLabel: 'Data' },
    },
    { id: '4', method: 'DELETE', url: `${sitePath}:/lists/Areas/items/7` },
  ]);
  const responses = responsesOf(answer);
  expect([...responses.values()].map((one) => one['status'])).toEqual([200, 404, 200, 204]);
  expect(responses.get('1')?.['headers']).toMatchObject({ 'Content-Type': 'application/json' });
  expect(responses.get('4')).not.toHaveProperty('body');
  expect(JSON.stringify(responses.get('1')?.['body'])).toContain('"Ref":"APA1"');
});

test('a request that depends on a failed one is not carried out', async () => {
  const answer = await send([
    { id: 'a', method: 'GET', url: `${sitePath}:/lists/Nothing` },
    { id: 'b', method: 'DELETE', url: `${sitePath}:/lists/Areas/items/2`, dependsOn: ['a'] },
  ]);
  expect(responsesOf(answer).get('b')?.['status']).toBe(424);
  expect((await graph.ask(`${graph.list('Areas')}/items/2`, { shape: 'listItem' })).status).toBe(200);
});

const area = (id: number): string => `${sitePath}:/lists/Areas/items/${id}`;
const script = (match: unknown, fault: unknown, times = 1): Promise<Response> =>
  fetch(`${graph.local.url}/_local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match, times, fault }),
  });
afterEach(() => fetch(`${graph.local.url}/_local/faults`, { method: 'DELETE' }));

test('a part takes its own fault with its own Retry-After, the others are answered', async () => {
  await script({ pathIncludes: '/items/2' }, { kind: 'status', status: 429, retryAfter: 7 });
  await script({ pathIncludes: '/items/3' }, { kind: 'statusAfterCommit', status: 504 });
  const responses = responsesOf(
    await send([
      { id: '1', method: 'GET', url: area(1) },
      { id: '2', method: 'PATCH', url: `${area(2)}/fields`, headers: json, body: { ShortLabel: 'lost' } },
      { id: '3', method: 'PATCH', url: `${area(3)}/fields`, headers: json, body: { ShortLabel: 'kept' } },
    ]),
  );
  expect([...responses.values()].map((part) => part['status'])).toEqual([200, 429, 504]);
  expect(responses.get('2')?.['headers']).toMatchObject({ 'Retry-After': '7', 'Content-Type': 'application/json' });
  const fields = async (id: number): Promise<string> =>
    JSON.stringify((await graph.ask(area(id), { shape: 'listItem' })).body);
  expect(await fields(2)).not.toContain('lost');
  expect(await fields(3)).toContain('kept');
});

test('a broken connection is one of the whole batch, and a fault may be for requests outside batches alone', async () => {
  await script({ pathIncludes: '/items/1' }, { kind: 'reset' });
  const parts = [{ id: '1', method: 'GET', url: area(1) }];
  expect(responsesOf(await send(parts)).get('1')?.['status']).toBe(200);
  await expect(graph.ask(area(1))).rejects.toThrow('fetch failed');
  await script({ inBatch: false }, { kind: 'status', status: 503 });
  expect((await send(parts)).status).toBe(503);
  await script({ inBatch: true }, { kind: 'status', status: 503 });
  expect((await graph.ask(area(1), { shape: 'listItem' })).status).toBe(200);
  expect(responsesOf(await send(parts)).get('1')?.['status']).toBe(503);
});

test('a delta inside a batch is disturbed as one by itself is', async () => {
  await script({}, { kind: 'delta', refuse: true });
  const parts = [{ id: '1', method: 'GET', url: `${sitePath}:/lists/Areas/items/delta` }];
  expect(responsesOf(await send(parts)).get('1')?.['status']).toBe(403);
});

test('answers come in another order, the same one for the same seed', async () => {
  const parts = Array.from({ length: 8 }, (_, i) => ({ id: String(i), method: 'GET', url: '/sites/root' }));
  const idsInOrder = async (seed: number): Promise<unknown[]> => {
    await script({}, { kind: 'batchOrder', seed });
    return [...responsesOf(await send(parts)).keys()];
  };
  const once = await idsInOrder(3);
  expect(once).not.toEqual(parts.map((part) => part.id));
  expect([...once].sort()).toEqual(parts.map((part) => part.id));
  expect(await idsInOrder(3)).toEqual(once);
  expect([...responsesOf(await send(parts)).keys()]).toEqual(parts.map((part) => part.id));
});

test('requests run side by side unless they depend on one another, then one after another', async () => {
  const change = (id: string, label: string, dependsOn?: string[]): unknown => ({
    id,
    method: 'PATCH',
    url: `${area(4)}/fields`,
    headers: json,
    body: { ShortLabel: label },
    ...(dependsOn ? { dependsOn } : {}),
  });
  await script({ inBatch: true }, { kind: 'delay', ms: 60 });
  await send([change('a', 'slow'), change('b', 'fast')]);
  const label = async (): Promise<unknown> =>
    objectOf((await graph.ask(area(4), { shape: 'listItem' })).body['fields'])['ShortLabel'];
  expect(await label()).toBe('slow');
  await script({ inBatch: true }, { kind: 'delay', ms: 60 });
  await send([change('a', 'first'), change('B', 'second', ['A'])]);
  expect(await label()).toBe('second');
});

const one = { method: 'GET', url: '/sites/root' };
test.each([
  ['more than twenty', Array.from({ length: 21 }, (_, i) => ({ ...one, id: String(i) })), '1 to 20'],
  ['none', [], '1 to 20'],
  [
    'the same id twice',
    [
      { ...one, id: 'a' },
      { ...one, id: 'A' },
    ],
    'an id of its own',
  ],
  ['an absolute address', [{ id: '1', method: 'GET', url: 'https://graph.microsoft.com/v1.0/sites/root' }], 'relative'],
  [
    'some that depend and some that do not',
    [
      { ...one, id: '1' },
      { ...one, id: '2', dependsOn: ['1'] },
      { ...one, id: '3' },
    ],
    "Request '3' depends on none",
  ],
  ['a body without its type', [{ id: '1', method: 'POST', url: '/sites/root/lists', body: {} }], 'Content-Type'],
  [
    'a dependency that comes later',
    [
      { ...one, id: '1', dependsOn: ['2'] },
      { ...one, id: '2' },
    ],
    'does not come before',
  ],
])('a batch with %s is refused', async (_, requests, message) => {
  const answer = await send(requests);
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toContain(message);
});
