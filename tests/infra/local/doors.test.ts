// Who may speak to the local Microsoft 365: loopback names alone, no foreign pages, no proxies, JSON bodies.
import { request } from 'node:http';
import { graphOf, startGraph, tenantId, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

/** By hand, because fetch does not let a Host or Origin be chosen. */
function statusOf(method: string, path: string, headers: Record<string, string>, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: graph.local.port,
        method,
        path,
        headers: { 'content-length': Buffer.byteLength(body), ...headers },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const here = (): string => `127.0.0.1:${graph.local.port}`;
const json = { 'content-type': 'application/json' };

test.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST:80'])('the host %s is answered', async (host) => {
  expect(await statusOf('GET', '/_local/health', { host })).toBe(200);
});

test.each(['board.example', '127.0.0.1.board.example', 'localhost.board.example:4000', '192.0.2.7'])(
  'the host "%s" is refused',
  async (host) => {
    expect(await statusOf('GET', '/_local/health', { host })).toBe(403);
  },
);

test.each(['https://board.example', 'null', 'http://127.0.0.1.board.example', 'file://'])(
  'the origin %s is refused',
  async (origin) => {
    expect(
      await statusOf('POST', '/_local/clock', { host: here(), origin, ...json }, '{"advanceBy":{"minutes":1}}'),
    ).toBe(403);
  },
);

test('a page on loopback may sign in and read the answer', async () => {
  const origin = 'http://127.0.0.1:3978';
  const response = await fetch(`${graph.local.url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ grant_type: 'password', client_id: 'local-tab', username: 'P01' }),
  });
  expect(response.headers.get('access-control-allow-origin')).toBe(origin);
});

test.each([
  ['x-forwarded-host', 'graph.microsoft.com', 401],
  ['x-forwarded-host', 'login.microsoftonline.com', 401],
  ['x-forwarded-host', 'board.example', 403],
  ['x-forwarded-for', '192.0.2.7', 403],
  ['forwarded', 'for=192.0.2.7', 403],
])('%s: %s is answered with %i', async (name, value, status) => {
  expect(await statusOf('GET', '/v1.0/sites/root', { host: here(), [name]: value })).toBe(status);
});

test.each([
  ['/_local/clock', { 'content-type': 'text/plain' }, 415],
  ['/_local/clock', {}, 415],
  ['/_local/reset', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['/v1.0/$batch', { 'content-type': 'text/plain' }, 415],
  [`/${tenantId}/oauth2/v2.0/token`, json, 415],
])('a POST to %s of %j is refused', async (path, headers, status) => {
  expect(await statusOf('POST', path, { host: here(), ...headers }, '{"advanceBy":{"minutes":1}}')).toBe(status);
});

test('a reset without a body cannot be posted by a form', async () => {
  expect(await statusOf('POST', '/_local/reset', { host: here() })).toBe(415);
});

test('answers on 127.0.0.1 alone', () => {
  expect(graph.local.url).toBe(`http://127.0.0.1:${graph.local.port}`);
});

test('a port in use is named with the option that changes it', async () => {
  await expect(startGraph({ port: graph.local.port })).rejects.toThrow(
    `Port ${graph.local.port} is in use. Choose another with --port.`,
  );
  expect((await graphOf(graph.local)).token).not.toBe('');
});
