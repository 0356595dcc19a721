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
