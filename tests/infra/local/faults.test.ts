// Scripted faults, latency and throttling of the local Graph.
import { codeOf, fieldsOf, startGraph, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());
afterEach(async () => {
  await fetch(`${graph.local.url}/_local/faults`, { method: 'DELETE' });
});

async function script(fault: unknown, match: unknown = {}, times = 1): Promise<number> {
  const response = await fetch(`${graph.local.url}/_local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match, times, fault }),
  });
  return response.status;
}
const first = (): string => `${graph.list('Areas')}/items/1`;
const rename = (label: string): ReturnType<GraphUnderTest['ask']> =>
  graph.ask(`${first()}/fields`, { method: 'PATCH', body: { ShortLabel: label }, shape: 'fieldValueSet' });
const label = async (): Promise<unknown> =>
  fieldsOf((await graph.ask(first(), { shape: 'listItem' })).body)['ShortLabel'];

test('a status comes as often as asked, with its Retry-After, and the work is not done', async () => {
  await script({ kind: 'status', status: 429, retryAfter: 2.128 }, { method: 'PATCH', pathIncludes: '/Areas/' }, 2);
  const answers = [await rename('one'), await rename('two'), await rename('three')];
  expect(answers.map((one) => one.status)).toEqual([429, 429, 200]);
  expect(answers[0]?.headers.get('retry-after')).toBe('2.128');
  expect(answers[0] && codeOf(answers[0])).toBe('activityLimitReached');
});

test('a status after the commit leaves the work done', async () => {
  await script({ kind: 'statusAfterCommit', status: 504 }, { method: 'PATCH' });
  expect((await rename('kept')).status).toBe(504);
  expect(await label()).toBe('kept');
});

test('a reset cuts the connection before the work, or after it', async () => {
  await rename('before');
  await script({ kind: 'reset' }, { method: 'PATCH' });
  await expect(rename('lost')).rejects.toThrow('fetch failed');
  expect(await label()).toBe('before');
  await script({ kind: 'reset', afterCommit: true }, { method: 'PATCH' });
  await expect(rename('done')).rejects.toThrow('fetch failed');
  expect(await label()).toBe('done');
});

test('a fault for another path does not come', async () => {
  await script({ kind: 'status', status: 503 }, { pathIncludes: '/Risks/' });
  expect((await rename('fine')).status).toBe(200);
});

test('a delay lets the answer come, later', async () => {
  await script({ kind: 'delay', ms: 30 });
  const before = performance.now();
  await label();
  expect(performance.now() - before).toBeGreaterThan(25);
});

test('a fault that is not understood is refused in words', async () => {
  expect(await script({ kind: 'explode' })).toBe(400);
  expect(await script({ kind: 'status', status: 200 })).toBe(400);
});
