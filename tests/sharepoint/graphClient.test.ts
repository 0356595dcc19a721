// The Graph client's own chain: tokens, retries, deadlines, links, errors; the real Graph client and MSAL run.
import { createServer } from 'node:http';
import {
  ConfigError,
  ConflictError,
  NotAuthorisedError,
  NotFoundError,
  ThrottledError,
  UpstreamError,
} from '../../bot/errors';
import { createLogger } from '../../bot/logger';
import type { GraphSettings } from '../../bot/sharepoint/graphClient';
import { createGraph } from '../../bot/sharepoint/graphClient';
import { localGraph } from '../fixtures/localBoard';
import { graphErrorBody, startScriptedGraph } from '../fixtures/scriptedGraph';
import type { ScriptedGraph } from '../fixtures/scriptedGraph';

let server: ScriptedGraph;
beforeAll(async () => {
  server = await startScriptedGraph();
});
afterAll(() => server.close());

/** Time that passes only by waiting. */
function fakeTiming() {
  const waits: number[] = [];
  let nowMs = Date.parse('2025-01-06T09:00:00.000Z');
  return {
    waits,
    now: () => nowMs,
    random: () => 0.5,
    wait: (ms: number) => {
      waits.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
  };
}

function graphWith(settings: Partial<GraphSettings> = {}) {
  const timing = fakeTiming();
  return { timing, graph: localGraph(server.url, { timing, ...settings }) };
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a request', () => {
  it('goes to the canonical address with a token of the application, a request id and our name', async () => {
    const { graph } = graphWith();
    server.script({ status: 200, body: { id: 'a' } });
    expect(await graph.get('sites/root?$select=id')).toEqual({ id: 'a' });
    const [seen] = server.seen;
    expect(seen?.url).toBe('/v1.0/sites/root?$select=id');
    expect(seen?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer token-\d+$/) as string,
      'x-forwarded-host': 'graph.microsoft.com',
      'user-agent': expect.stringContaining('BoardAssistant') as string,
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('signs in once for many requests', async () => {
    const { graph } = graphWith();
    const before = server.tokensGiven();
    server.script();
    await Promise.all([1, 2, 3, 4].map(() => graph.get('sites/root')));
    await graph.get('sites/root');
    expect(server.tokensGiven() - before).toBe(1);
  });

  it('signs in again, once, when the token is no longer taken', async () => {
    const { graph, timing } = graphWith();
    await graph.get('sites/root');
    server.script(
      { status: 401, body: graphErrorBody('InvalidAuthenticationToken') },
      { status: 200, body: { ok: 1 } },
    );
    const before = server.tokensGiven();
    expect(await graph.get('sites/root')).toEqual({ ok: 1 });
    expect(server.tokensGiven() - before).toBe(1);
    expect(server.seen[0]?.headers.authorization).not.toBe(server.seen[1]?.headers.authorization);
    expect(timing.waits).toEqual([]);
  });

  it('is refused as the service, and not as who asked, when a new token is not taken either', async () => {
    const { graph } = graphWith();
    const refusal = { status: 401, body: graphErrorBody('InvalidAuthenticationToken') };
    server.script(refusal, refusal, refusal);
    const error = await failureOf(graph.get('sites/root'));
    expect(error).toBeInstanceOf(NotAuthorisedError);
    expect(error).toMatchObject({ reason: 'serviceRefused' });
    expect(server.seen).toHaveLength(2);
  });

  it('sends the eTag as it was read and exactly the bytes of a file', async () => {
    const { graph } = graphWith();
    server.script({ status: 200, body: {} }, { status: 201, body: { id: 'f' } });
    await graph.patch('sites/s/lists/l/items/1', { fields: { A: 1 } }, { ifMatch: '"guid,3"' });
    expect(server.seen[0]?.headers['if-match']).toBe('"guid,3"');
    expect(server.seen[0]?.body).toBe('{"fields":{"A":1}}');
    const whole = new TextEncoder().encode('before-CONTENT-after');
    await graph.putBytes('drives/d/items/f:/a.txt:/content', whole.subarray(7, 14), 'text/plain');
    expect(server.seen[1]?.body).toBe('CONTENT');
    expect(server.seen[1]?.headers['content-type']).toBe('text/plain');
  });

  it('counts resource units, every try of them', async () => {
    const { graph, timing } = graphWith();
    server.script({ status: 503 }, { status: 200, body: { value: [] } }, { status: 200, body: {} });
    await graph.get('sites/s/lists/l/items?$top=5');
    await graph.get('sites/s/lists/l/items/7');
    expect(graph.usage()).toEqual({ calls: 3, total: 5, lastMinute: 5, waiting: 0 });
    await timing.wait(61_000);
    expect(graph.usage().lastMinute).toBe(0);
  });
});

describe('a failing service', () => {
  it('is asked again for a read, in ever longer steps', async () => {
    const { graph, timing } = graphWith();
    server.script({ status: 503 }, { status: 504 }, { status: 200, body: { ok: true } });
    expect(await graph.get('sites/root')).toEqual({ ok: true });
    expect(timing.waits).toEqual([400, 800]);
  });

  it.each([500, 503, 504])('is not sent a POST twice after %s, which may have been carried out', async (status) => {
    const { graph, timing } = graphWith();
    server.script({ status, headers: { 'Retry-After': '1' } });
    const error = await failureOf(graph.post('sites/s/lists/l/items', { fields: {} }));
    expect(error).toMatchObject({ kind: 'upstream', status, mayHaveHappened: true });
    expect(server.seen).toHaveLength(1);
    expect(timing.waits).toEqual([]);
  });

  it('is asked again for a read whose connection broke, not for a write', async () => {
    const { graph } = graphWith();
    server.script((response) => response.destroy(), { status: 200, body: { ok: true } });
    expect(await graph.get('sites/root')).toEqual({ ok: true });
    server.script((response) => response.destroy());
    const error = await failureOf(graph.post('sites/s/lists/l/items', {}));
    expect(error).toMatchObject({ kind: 'upstream', mayHaveHappened: true });
    expect(server.seen).toHaveLength(1);
  });

  it('is given the time it asks for when it throttles, for reads and writes', async () => {
    const { graph, timing } = graphWith();
    server.script({ status: 429, headers: { 'Retry-After': '2.5' } }, { status: 201, body: { id: '1' } });
    expect(await graph.post('sites/s/lists/l/items', {})).toEqual({ id: '1' });
    expect(timing.waits).toEqual([2500]);
  });

  it('is left alone when it asks for longer than we may wait', async () => {
    const { graph, timing } = graphWith();
    server.script({ status: 429, headers: { 'Retry-After': '600' } });
    const error = await failureOf(graph.get('sites/root'));
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error).toMatchObject({ retryAfterSeconds: 600 });
    expect(timing.waits).toEqual([]);
  });

  it('is named when it cannot be reached, and nothing has happened', async () => {
    const graph = localGraph('http://127.0.0.1:9', { timing: fakeTiming() });
    expect(await failureOf(graph.post('sites/s/lists/l/items', {}))).toMatchObject({ kind: 'upstream' });
  });

  it('cannot hold a request past its deadline', async () => {
    const { graph } = graphWith({ tryTimeoutMs: 60, retry: { tries: 1, totalMs: 100 } });
    await graph.get('sites/root');
    server.script(() => undefined);
    const error = await failureOf(graph.post('sites/s/lists/l/items', {}));
    expect(error).toMatchObject({ kind: 'upstream', mayHaveHappened: true });
  });

  it('cannot pass a cut answer for a whole one', async () => {
    const { graph } = graphWith();
    server.script((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end('{"value":[{"id":"1"},');
    });
    expect(await failureOf(graph.getAll('sites/s/lists/l/items'))).toBeInstanceOf(UpstreamError);
  });
});

describe('an answer of Graph', () => {
  it.each([
    [403, 'accessDenied', NotAuthorisedError],
    [404, 'itemNotFound', NotFoundError],
    [412, 'resourceModified', ConflictError],
    [409, 'resourceModified', ConflictError],
    [409, 'nameAlreadyExists', UpstreamError],
    [400, 'invalidRequest', UpstreamError],
  ])('%s %s is named in our words', async (status, code, kind) => {
    const { graph } = graphWith();
    server.script({ status, body: graphErrorBody(code) });
    expect(await failureOf(graph.patch('sites/s/lists/l/items/1', {}))).toBeInstanceOf(kind);
  });

  it('is known by its innermost code', async () => {
    const { graph } = graphWith();
    server.script({ status: 400, body: graphErrorBody('invalidRequest', 'malformedEntityTag') });
    const error = await failureOf(graph.patch('sites/s/lists/l/items/1', {}));
    expect(error).toMatchObject({ status: 400, code: 'malformedEntityTag' });
  });

  it.each([
    ['a page of HTML', '<html>Bad gateway</html>'],
    ['null', 'null'],
    ['nothing', ''],
  ])('that is %s is still an error with its status', async (_form, text) => {
    const { graph } = graphWith();
    server.script((response) => {
      response.writeHead(400, { 'Content-Type': 'text/html' });
      response.end(text);
    });
    expect(await failureOf(graph.post('sites/s/lists', {}))).toMatchObject({ kind: 'upstream', status: 400 });
  });
});

describe('pages', () => {
  it('are followed to the last, an empty one included', async () => {
    const { graph } = graphWith();
    const next = (n: number) => `https://graph.microsoft.com/v1.0/sites/s/lists/l/items?$skiptoken=p${n}`;
    server.script(
      { status: 200, body: { value: [1, 2], '@odata.nextLink': next(2) } },
      { status: 200, body: { value: [], '@odata.nextLink': next(3) } },
      { status: 200, body: { value: [3] } },
    );
    expect(await graph.getAll('sites/s/lists/l/items')).toEqual([1, 2, 3]);
    expect(server.seen.map((one) => one.url.split('?')[1])).toEqual([undefined, '$skiptoken=p2', '$skiptoken=p3']);
  });

  it('that run in a circle are an error', async () => {
    const { graph } = graphWith();
    const loop = { value: [1], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/sites/s/lists?$skiptoken=x' };
    server.script({ status: 200, body: loop }, { status: 200, body: loop }, { status: 200, body: loop });
    expect(await failureOf(graph.getAll('sites/s/lists'))).toBeInstanceOf(UpstreamError);
  });

  it('of another origin are not followed and never see the token', async () => {
    const reached: unknown[] = [];
    const foreign = createServer((request, response) => {
      reached.push(request.headers);
      response.end('{"value":[]}');
    });
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    const address = foreign.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { graph } = graphWith();
    for (const link of [
      `http://127.0.0.1:${port}/v1.0/sites`,
      'https://graph.microsoft.com.example/v1.0/sites',
      'https://graph.microsoft.com@127.0.0.1/v1.0/sites',
      `//127.0.0.1:${port}/v1.0/sites`,
    ]) {
      server.script({ status: 200, body: { value: [1], '@odata.nextLink': link } });
      expect(await failureOf(graph.getAll('sites/s/lists'))).toMatchObject({ kind: 'upstream' });
      expect(server.seen).toHaveLength(1);
    }
    expect(reached).toEqual([]);
    await new Promise((resolve) => foreign.close(resolve));
  });
});

describe('a download', () => {
  it('follows a file to its own address without the token', async () => {
    const { graph } = graphWith();
    server.script({ status: 302, headers: { Location: `${server.url}/files/a?sig=1` } }, (response) =>
      response.end('bytes'),
    );
    expect(new TextDecoder().decode(await graph.getBytes('drives/d/root:/a:/content'))).toBe('bytes');
    expect(server.seen[1]?.headers.authorization).toBeUndefined();
  });

  it.each(['https://files.example/a', 'http://contoso.sharepoint.com/a'])('does not follow %s', async (location) => {
    const { graph } = graphWith();
    server.script({ status: 302, headers: { Location: location } });
    expect(await failureOf(graph.getBytes('drives/d/root:/a:/content'))).toBeInstanceOf(UpstreamError);
    expect(server.seen).toHaveLength(1);
  });
});

describe('settings', () => {
  const base = {
    tenantId: 't',
    clientId: 'c',
    credential: { kind: 'secret', secret: 's' },
    logger: createLogger('silent'),
  } as const;

  it.each([
    ['local mode without a local address', { ...base, mode: 'local' }],
    ['local mode with an address elsewhere', { ...base, mode: 'local', localOrigin: 'http://10.0.0.4:4000' }],
    ['a local address in production', { ...base, mode: 'trial', localOrigin: 'http://127.0.0.1:4000' }],
    ['a secret in production', { ...base, mode: 'production' }],
  ] as const)('refuse %s', (_what, settings) => {
    expect(() => createGraph(settings)).toThrow(ConfigError);
  });

  it('take a certificate, a managed identity, and a secret on trial', () => {
    const key = { kind: 'certificate', thumbprintSha256: 'ab'.repeat(32), privateKeyPem: 'key' } as const;
    expect(() => createGraph({ ...base, mode: 'production', credential: key })).not.toThrow();
    expect(() => createGraph({ ...base, mode: 'production', credential: { kind: 'managedIdentity' } })).not.toThrow();
    expect(() => createGraph({ ...base, mode: 'trial' })).not.toThrow();
  });
});
