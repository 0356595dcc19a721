// Around the API: health, headers, the files of the tab, what goes wrong, and the doors of local mode.
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { NotAuthorisedError, ThrottledError, UpstreamError } from '../../bot/errors';
import type { ApiSettings } from '../../bot/api/server';
import { boardId, startIssuer, tabService, type Issuer } from '../fixtures/tabService';

let issuer: Issuer;
let folder: string;

beforeAll(async () => {
  issuer = await startIssuer();
  folder = mkdtempSync(path.join(tmpdir(), 'tab-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>The tab</title>');
  writeFileSync(path.join(folder, 'assets', 'index-abc.js'), 'export {};');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await issuer.close();
});

const app = (settings: Partial<ApiSettings> = {}) => tabService(issuer, { tabFolder: folder, ...settings }).app;

describe('health', () => {
  test('lives without asking anything else', async () => {
    const answer = await request(app({ health: { database: () => Promise.reject(new TypeError('down')) } })).get(
      '/health/live',
    );
    expect([answer.status, answer.body]).toEqual([200, { status: 'live' }]);
  });

  test('is ready when every dependency answers', async () => {
    const answer = await request(app({ health: { database: async () => undefined } })).get('/health/ready');
    expect([answer.status, answer.body]).toEqual([200, { status: 'ready', checks: { database: 'answers' } }]);
  });

  test('names the dependency that does not answer', async () => {
    const health = {
      database: async () => undefined,
      sharepoint: () => Promise.reject(new TypeError('secret detail')),
    };
    const answer = await request(app({ health })).get('/health/ready');
    expect(answer.status).toBe(503);
    expect(answer.body.checks).toEqual({ database: 'answers', sharepoint: 'does not answer' });
    expect(answer.text).not.toContain('secret');
  });

  test('tells what is asked of SharePoint and how old each board is, ready or not', async () => {
    const facts = {
      sharePointUnits: { lastMinute: 240, mostPerMinute: 1000, waiting: 2, askedToWaitSeconds: 9 },
      boards: { send: { readAt: '2025-01-06T09:00:00.000Z', stale: 'throttled', notifications: 'told' } },
    };
    const healthFacts = jest.fn(() => facts);
    const ready = await request(app({ health: {}, healthFacts })).get('/health/ready');
    expect([ready.status, ready.body]).toEqual([200, { status: 'ready', checks: {}, ...facts }]);
    const health = { sharepoint: () => Promise.reject(new TypeError('down')) };
    const answer = await request(app({ health, healthFacts })).get('/health/ready');
    expect([answer.status, answer.body]).toEqual([
      503,
      { status: 'not ready', checks: { sharepoint: 'does not answer' }, ...facts },
    ]);
    // Told at the moment of asking, not at the start.
    expect(healthFacts).toHaveBeenCalledTimes(2);
  });
});

describe('the tab', () => {
  test.each(['/tab/', '/tab/actions', '/tab/actions/APA1.04', '/tab/risks?x=1'])('is served at %s', async (address) => {
    const answer = await request(app()).get(address);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('The tab');
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  test('keeps files that carry their hash for a year', async () => {
    const answer = await request(app()).get('/tab/assets/index-abc.js');
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  test.each(['/tab/assets/index-old.js', '/tab/..%2fpackage.json', '/tab/%2e%2e/%2e%2e/package.json'])(
    'has no file %s',
    async (address) => {
      const answer = await request(app()).get(address);
      expect(answer.text).not.toContain('board-assistant"');
      expect(answer.status).toBe(404);
    },
  );

  test.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', undefined],
  ])('travels compressed for who takes %s', async (accepted, encoding) => {
    const script = 'const words = "the same again";\n'.repeat(500);
    writeFileSync(path.join(folder, 'assets', 'long-4f2a.js'), script);
    const answer = await request(app()).get('/tab/assets/long-4f2a.js').set('Accept-Encoding', accepted);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['vary']).toContain('Accept-Encoding');
  });

  test('says what to do when it is not built', async () => {
    const answer = await request(app({ tabFolder: path.join(folder, 'missing') })).get('/tab/');
    expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('npm run build')]);
  });

  test('may be framed by Teams alone, runs no script of others, and takes no cookie', async () => {
    const answer = await request(app()).get('/tab/');
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain(
      'frame-ancestors https://*.cloud.microsoft https://teams.microsoft.com https://*.teams.microsoft.com',
    );
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(answer.headers).not.toHaveProperty('x-frame-options');
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });
});

describe('the tab in a frame of this computer', () => {
  const localOrigins = ['http://127.0.0.1:4000'];
  const framesOf = async (mode: ApiSettings['mode']): Promise<string> => {
    const answer = await request(app({ mode, localOrigins })).get('/tab/').set('Host', '127.0.0.1:3978');
    return /frame-ancestors ([^;]+)/.exec(String(answer.headers['content-security-policy']))?.[1] ?? '';
  };

  test('is allowed in local mode', async () => {
    expect((await framesOf('local')).split(' ')).toContain('http://127.0.0.1:4000');
  });

  test.each(['trial', 'production'] as const)('is refused in %s mode', async (mode) => {
    expect(await framesOf(mode)).not.toMatch(/127\.0\.0\.1|localhost|\*(?!\.)/);
  });
});

describe('what goes wrong', () => {
  const failing = (error: Error) => {
    const service = tabService(issuer);
    service.records.snapshot = () => Promise.reject(error);
    return service;
  };

  test.each([
    [new UpstreamError('Graph', 'GET /sites/x/lists gave 502', { requestId: 'r1' }), 503, 'SharePoint did not answer'],
    [new ThrottledError('Graph says 429', 17), 503, 'SharePoint asked us to wait'],
    // A 401 would have everybody sign in again, a 403 would send them to the secretary: neither would mend it.
    [new NotAuthorisedError('Graph says 403', 'serviceRefused'), 503, 'SharePoint does not let the service in'],
    [new TypeError('cannot read ref of undefined'), 500, 'Something went wrong on our side'],
  ])('says %p in words and keeps the cause for the log', async (error, status, title) => {
    const service = failing(error);
    const answer = await request(service.app)
      .get('/api/v1/board')
      .set('Authorization', await service.as('P01'));
    expect([answer.status, answer.body.title]).toEqual([status, title]);
    expect(answer.text).not.toContain(error.message);
    expect(answer.body.instance).toBe(`urn:uuid:${answer.headers['x-request-id']}`);
    expect(service.logger.lines).toContainEqual(expect.objectContaining({ event: 'api.failed' }));
  });

  test('shows what was read before when SharePoint cannot be read again', async () => {
    const service = tabService(issuer);
    service.records.freshness = () => ({ readAt: '2025-01-06T08:12:00.000Z', stale: 'no-answer' });
    const answer = await request(service.app)
      .get('/api/v1/board?fresh=true')
      .set('Authorization', await service.as('P01'));
    expect(answer.status).toBe(200);
    expect(answer.body.asOf).toMatchObject({
      boardId,
      readAtWords: 'Monday 6 January 2025, 08:12',
      stale: expect.stringContaining('SharePoint has not answered'),
    });
  });

  test('gives messages to the bot with their body parsed', async () => {
    const bodies: unknown[] = [];
    const messages: ApiSettings['messages'] = (incoming, outgoing) => {
      bodies.push(incoming.body);
      outgoing.writeHead(202).end();
    };
    const answer = await request(app({ messages })).post('/api/messages').send({ type: 'message' });
    expect([answer.status, bodies]).toEqual([202, [{ type: 'message' }]]);
  });
});

describe('local mode', () => {
  const local = () => app({ mode: 'local', signIn: async () => ({ accessToken: 'a.b.c', expiresInSeconds: 60 }) });
  const signIn = () => request(local()).post('/api/v1/local/sign-in');

  test('takes requests of this computer', async () => {
    const answer = await signIn().send({ as: 'P01' });
    expect([answer.status, answer.body]).toEqual([200, { accessToken: 'a.b.c', expiresInSeconds: 60 }]);
  });

  test.each([
    ['a foreign host', { Host: 'rebound.example' }],
    ['a host that begins alike', { Host: '127.0.0.1.rebound.example' }],
    ['a foreign page', { Origin: 'https://elsewhere.example' }],
    ['a page of another port', { Origin: 'http://127.0.0.1:9' }],
    ['no page at all', { Origin: 'null' }],
    ['a forwarded request', { 'X-Forwarded-For': '203.0.113.7' }],
    ['a forwarded host', { 'X-Forwarded-Host': '127.0.0.1' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'Content-Type': 'text/plain' }],
  ])('refuses %s', async (_what, headers) => {
    const answer = await signIn().set('Content-Type', 'application/json').set(headers).send('{"as":"P01"}');
    expect(answer.status).toBe(403);
    expect(answer.body.title).toBe('Local mode is for this computer alone');
  });

  test.each(['trial', 'production'] as const)('has no such doors in %s mode', async (mode) => {
    const answer = await request(app({ mode })).get('/health/live').set('Host', 'board.example');
    expect(answer.status).toBe(200);
  });
});

describe('the operator', () => {
  const commands = new Map([
    ['echo', async (args: Readonly<Record<string, unknown>>) => ({ got: args })],
    ['fail', async () => Promise.reject(new UpstreamError('Graph', 'internal words'))],
  ]);
  const operator = { token: 'a-long-token-of-the-operator', commands };

  test('runs a command with the token', async () => {
    const answer = await request(app({ operator }))
      .post('/operator/echo')
      .set('Authorization', `Bearer ${operator.token}`)
      .send({ meeting: 'B09' });
    expect([answer.status, answer.body]).toEqual([200, { got: { meeting: 'B09' } }]);
  });

  test.each([undefined, 'Bearer wrong', `Basic ${operator.token}`, `Bearer ${operator.token}x`])(
    'refuses the header %p',
    async (header) => {
      const ask = request(app({ operator })).post('/operator/echo');
      const answer = await (header === undefined ? ask : ask.set('Authorization', header)).send({});
      expect(answer.status).toBe(401);
    },
  );

  test('refuses what a proxy forwards, even with the token', async () => {
    const answer = await request(app({ operator }))
      .post('/operator/echo')
      .set('Authorization', `Bearer ${operator.token}`)
      .set('X-Forwarded-For', '203.0.113.7')
      .send({});
    expect(answer.status).toBe(403);
  });

  test.each([
    ['nothing', 404],
    ['fail', 503],
  ])('answers the command "%s" with %i', async (name, status) => {
    const answer = await request(app({ operator }))
      .post(`/operator/${name}`)
      .set('Authorization', `Bearer ${operator.token}`)
      .send({});
    expect(answer.status).toBe(status);
  });

  test('is not there when the service has none', async () => {
    const answer = await request(app()).post('/operator/echo').send({});
    expect(answer.status).toBe(404);
  });
});

test('outlives a request that breaks off', async () => {
  const server = app().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    const half = httpRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/v1/answers',
      headers: { 'Content-Length': 99 },
    });
    half.on('error', () => undefined);
    half.on('close', () => resolve());
    // What there is of it has arrived before it breaks off.
    server.once('request', () => half.destroy());
    half.write('{');
  });
  const answer = await request(server).get('/health/live');
  expect(answer.status).toBe(200);
  await new Promise((resolve) => server.close(resolve));
});
