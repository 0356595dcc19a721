// Batches: twenty parts each, answers in any order, each part retried or failed by itself; the real Graph client runs.
import { ThrottledError, UpstreamError } from '../../bot/errors';
import { localGraph } from '../fixtures/localBoard';
import { graphErrorBody, startScriptedGraph } from '../fixtures/scriptedGraph';
import type { ScriptedGraph } from '../fixtures/scriptedGraph';

let server: ScriptedGraph;
beforeAll(async () => {
  server = await startScriptedGraph();
});
afterAll(() => server.close());

function graphWith() {
  const waits: number[] = [];
  let nowMs = Date.parse('2025-01-06T09:00:00.000Z');
  const wait = (ms: number) => {
    waits.push(ms);
    nowMs += ms;
    return Promise.resolve();
  };
  return { waits, graph: localGraph(server.url, { timing: { now: () => nowMs, random: () => 0.5, wait } }) };
}

interface Part {
  readonly id: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const answered = (...responses: readonly Part[]) => ({ status: 200, body: { responses } });
const sent = (at: number) => JSON.parse(server.seen[at]?.body ?? '{}').requests;

test('parts are answered in their order, whatever order the answers come in', async () => {
  const { graph } = graphWith();
  server.script(
    answered(
      { id: '2', status: 204 },
      { id: '0', status: 200, body: { name: 'first' } },
      { id: '1', status: 404, headers: { 'request-id': 'r' }, body: graphErrorBody('itemNotFound') },
    ),
  );
  const answers = await graph.batch([
    { path: 'sites/root?$select=id' },
    { path: 'https://graph.microsoft.com/v1.0/sites/a b' },
    { path: 'sites/s/lists/l/items/1', method: 'PATCH', body: { fields: {} }, headers: { 'If-Match': '"1"' } },
  ]);
  expect(answers).toMatchObject([
    { ok: true, status: 200, body: { name: 'first' } },
    { ok: false, status: 404, error: { kind: 'notFound' } },
    { ok: true, status: 204, body: undefined },
  ]);
  expect(server.seen[0]?.url).toBe('/v1.0/$batch');
  expect(sent(0)).toEqual([
    { id: '0', method: 'GET', url: '/sites/root?$select=id' },
    { id: '1', method: 'GET', url: '/sites/a%20b' },
    {
      id: '2',
      method: 'PATCH',
      url: '/sites/s/lists/l/items/1',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"1"' },
      body: { fields: {} },
    },
  ]);
});

test('more than twenty go as several batches together, each part with its units', async () => {
  const { graph } = graphWith();
  const answer = (count: number) =>
    answered(...Array.from({ length: count }, (_, at) => ({ id: String(at), status: 200, body: {} })));
  server.script(answer(20), answer(20));
  await graph.batch(Array.from({ length: 24 }, (_, at) => ({ path: `sites/s/lists/l${at}/items/delta?token=t` })));
  expect(server.seen.map((one) => JSON.parse(one.body).requests.length).sort()).toEqual([20, 4]);
  expect(graph.usage()).toMatchObject({ calls: 2, total: 24 });
});

test('a part that reads is asked again after its own Retry-After, the others are not', async () => {
  const { graph, waits } = graphWith();
  server.script(
    answered(
      { id: '0', status: 200, body: { at: 0 } },
      { id: '1', status: 429, headers: { 'Retry-After': '12' }, body: graphErrorBody('activityLimitReached') },
      { id: '2', status: 503, headers: { 'retry-after': '3' }, body: graphErrorBody('serviceNotAvailable') },
    ),
    answered({ id: '1', status: 200, body: { at: 2 } }, { id: '0', status: 200, body: { at: 1 } }),
  );
  const answers = await graph.batch([{ path: 'sites/a' }, { path: 'sites/b' }, { path: 'sites/c' }]);
  expect(answers).toMatchObject([{ body: { at: 0 } }, { body: { at: 1 } }, { body: { at: 2 } }]);
  expect(waits[0]).toBe(12_000);
  expect(sent(1).map((one: { url: string }) => one.url)).toEqual(['/sites/b', '/sites/c']);
});

test('a part that writes is never asked again', async () => {
  const { graph } = graphWith();
  server.script(
    answered(
      { id: '0', status: 429, headers: { 'Retry-After': '1' }, body: graphErrorBody('activityLimitReached') },
      { id: '1', status: 504, body: graphErrorBody('generalException') },
    ),
  );
  const answers = await graph.batch([
    { path: 'sites/s/lists/l/items/1', method: 'PATCH', body: {} },
    { path: 'sites/s/lists/l/items', method: 'POST', body: {} },
  ]);
  expect(server.seen).toHaveLength(1);
  expect(answers).toMatchObject([
    { ok: false, error: { kind: 'throttled' } },
    { ok: false, error: { kind: 'upstream', mayHaveHappened: true } },
  ]);
});

test('a batch of reads that breaks off is sent again; one with a write is not', async () => {
  const { graph } = graphWith();
  server.script((response) => response.destroy(), answered({ id: '0', status: 200, body: {} }));
  expect(await graph.batch([{ path: 'sites/a' }])).toMatchObject([{ ok: true }]);
  server.script((response) => response.destroy());
  const failed = graph.batch([{ path: 'sites/a' }, { path: 'sites/b', method: 'PATCH', body: {} }]);
  await expect(failed).rejects.toMatchObject({ kind: 'upstream', mayHaveHappened: true });
  expect(server.seen).toHaveLength(1);
});

test('a part that goes on being refused is an answer with the time to wait', async () => {
  const { graph } = graphWith();
  const refusal = answered({ id: '0', status: 429, headers: { 'Retry-After': '900' }, body: graphErrorBody('x') });
  server.script(refusal);
  const [answer] = await graph.batch([{ path: 'sites/a' }]);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'throttled', retryAfterSeconds: 900 } });
  // What SharePoint asked for holds for the next request too.
  await expect(graph.get('sites/b')).rejects.toBeInstanceOf(ThrottledError);
  expect(server.seen).toHaveLength(1);
});

test.each([
  ['leaves a part out', answered({ id: '0', status: 200, body: {} })],
  ['has another form', { status: 200, body: { value: [] } }],
])('an answer that %s is an error, never a part', async (_what, answer) => {
  const { graph } = graphWith();
  server.script(answer);
  await expect(graph.batch([{ path: 'sites/a' }, { path: 'sites/b' }])).rejects.toBeInstanceOf(UpstreamError);
});

test('a part of another origin is refused before anything is sent', async () => {
  const { graph } = graphWith();
  server.script();
  await expect(graph.batch([{ path: 'https://graph.microsoft.com.example/v1.0/x' }])).rejects.toBeInstanceOf(
    UpstreamError,
  );
  expect(server.seen).toHaveLength(0);
});
