// Lines of the log as metrics and traces, by the real SDK to a collector of the test: the figures are right, and name nobody.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import request from 'supertest';
import { correlated, createLogger, type LogFacts } from '../../bot/logger';
import { createDeliver } from '../../bot/services/deliver';
import { maskedPath } from '../../bot/sharepoint/maskedPath';
import { startTelemetry, type Telemetry, type TelemetrySettings } from '../../bot/telemetry';
import { aQuietBoard } from '../fixtures/builders';
import { startCollector, type Collector } from '../fixtures/collector';
import { localGraph } from '../fixtures/localBoard';
import { createMemoryConversations, createMemoryLedger, createMemoryMessenger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryRecords } from '../fixtures/memoryPorts';
import { startScriptedGraph } from '../fixtures/scriptedGraph';
import { getAs, startIssuer, tabService } from '../fixtures/tabService';

let collector: Collector;
let lines: Record<string, unknown>[];

beforeEach(async () => {
  collector = await startCollector();
  lines = [];
});
afterEach(() => collector.stop());

async function measuring(settings: Partial<TelemetrySettings> = {}): Promise<Telemetry> {
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return startTelemetry(
    {
      otlp: { url: collector.url, headers: {} },
      metricsEveryMs: 3_600_000,
      traceRatio: 1,
      environment: 'production',
      instanceId: 'instance-1',
      ...settings,
    },
    createLogger('info', { destination }),
  );
}

/** What one line or several become. */
async function measured(say: (logger: Telemetry['logger']) => unknown): Promise<void> {
  const telemetry = await measuring();
  await say(telemetry.logger);
  await telemetry.end(2_000);
}

const uuid = '0a1b2c3d-4e5f-4a6b-8c7d-8e9f00112233';
const traceId = '0a1b2c3d4e5f4a6b8c7d8e9f00112233';
const board = { 'board_assistant.board.id': 'send' };

describe('a figure', () => {
  test('counts messages by what became of them, drain after drain', async () => {
    await measured((logger) => {
      logger.info('delivery.drained', {
        boardId: 'send',
        sent: 3,
        failed: 1,
        uncertain: 0,
        queued: 4,
        oldestMs: 90_000,
      });
      logger.info('delivery.drained', { boardId: 'send', sent: 2, failed: 0, uncertain: 1, queued: 2, oldestMs: 0 });
    });
    const messages = collector.points('board_assistant.delivery.messages');
    expect(Object.fromEntries(messages.map((one) => [one.attributes['outcome'], one.value]))).toEqual({
      ...{ sent: 5, failed: 1, uncertain: 1, unreachable: 0, cancelled: 0 },
    });
    expect(collector.points('board_assistant.delivery.queue.size')).toMatchObject([
      { attributes: board, value: 2, unit: '{message}' },
    ]);
    expect(collector.points('board_assistant.delivery.queue.age')).toMatchObject([{ value: 0, unit: 's' }]);
  });

  test.each<[string, LogFacts, string, object]>([
    ['graph.retry', { waitMs: 4_000, status: 429 }, 'graph.retry.wait', { value: 4, unit: 's' }],
    ['graph.retry', { waitMs: 1, status: 429 }, 'graph.throttled', { value: 1, unit: '{answer}' }],
    ['graph.retryParts', { waitMs: 500 }, 'graph.retry.wait', { value: 0.5 }],
    ['graph.answered', { method: 'GET', path: 'sites/:id', tookMs: 9, units: 24 }, 'graph.units', { value: 24 }],
    ['cycle.stepsMissed', { boardId: 'send', steps: 'request reminder' }, 'cycle.steps.missed', { value: 2 }],
    ['scheduler.woke', { boardId: 'send', lateMs: 2_500, tookMs: 100 }, 'scheduler.wake.lateness', { value: 2.5 }],
    ['scheduler.woke', { boardId: 'send', tookMs: 100 }, 'scheduler.wake.duration', { value: 0.1, count: 1 }],
    ['board.read', { boardId: 'send', tookMs: 100 }, 'board.readings', { attributes: { ...board, outcome: 'read' } }],
    ['board.notRead', { boardId: 'send' }, 'board.readings', { attributes: { ...board, outcome: 'not-read' } }],
  ])('of %s %j is in %s', async (event, facts, name, expected) => {
    await measured((logger) => logger.info(event, facts));
    expect(collector.points(`board_assistant.${name}`)).toMatchObject([expected]);
  });

  test('of throttling counts no lost connection', async () => {
    await measured((logger) => logger.warn('graph.retry', { waitMs: 100, attempt: 1 }));
    expect(collector.points('board_assistant.graph.throttled')).toEqual([]);
  });

  test('counts what a person has to mend by its event alone', async () => {
    await measured((logger) => {
      logger.error('papers.notSent', { boardId: 'send' }, new Error('for freya@hertland.example'));
      logger.warn('papers.notShared', { personRef: 'P10' });
      logger.error('scheduler.failed', { boardId: 'send', tookMs: 5 });
    });
    expect(collector.points('board_assistant.errors')).toMatchObject([
      { value: 1, attributes: { event: 'papers.notSent' } },
      { value: 1, attributes: { event: 'scheduler.failed' } },
    ]);
    expect(collector.points('board_assistant.scheduler.wake.duration')).toMatchObject([
      { attributes: { ...board, outcome: 'failed' } },
    ]);
  });

  test('tells how old a board is, from the moment its reading began', async () => {
    await measured(async (logger) => {
      logger.info('board.read', { boardId: 'send', tookMs: 60_000 });
    });
    const [age] = collector.points('board_assistant.board.age');
    expect(age?.value).toBeGreaterThanOrEqual(60);
    expect(age?.value).toBeLessThan(65);
  });

  test('is in the table of docs/operations.md with its unit, and so is every other', async () => {
    await measured((logger) => {
      const all = { boardId: 'send', tookMs: 1, lateMs: 1, waitMs: 1, status: 429, queued: 1, oldestMs: 1, steps: 'a' };
      for (const event of ['api.answered', 'graph.answered', 'graph.retry', 'board.read', 'delivery.drained'])
        logger.debug(event, all);
      for (const event of ['cycle.stepsMissed', 'scheduler.failed']) logger.error(event, all);
    });
    const document = readFileSync(path.resolve(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
    const listed = [...document.matchAll(/^\| `((?:http|board_assistant)\.[\w.]+)` +\| ([^ ,|]+)/gm)];
    const told = [...new Set(collector.points().map((one) => `${one.name} ${one.unit}`))];
    expect(listed.map(([, name, unit]) => `${name} ${unit}`).sort()).toEqual(told.sort());
  });
});

describe('a delivery', () => {
  test('tells how many wait and since when, the paused not being counted as late', async () => {
    const at = '2025-06-11T09:00:00.000Z';
    const ledger = createMemoryLedger({ nowMs: () => Date.parse(at) });
    const draft = { boardId: 'send', meetingRef: 'M4', step: 'reminder', subjectRefs: [] } as const;
    await ledger.plan([{ ...draft, personRef: 'P20' }], '2025-06-11T08:30:00.000Z');
    await ledger.plan([{ ...draft, personRef: 'P21' }], '2025-06-11T08:59:00.000Z');
    await measured(async (logger) => {
      const deliver = createDeliver({
        records: createMemoryRecords({ send: aQuietBoard() }),
        // Nobody is given anything to send, as after a restore.
        ledger: { ...ledger, claim: async () => [] },
        messenger: createMemoryMessenger({ nowMs: () => Date.parse(at) }),
        conversations: createMemoryConversations([]),
        cards: () => ({ card: {}, summary: '' }),
        clock: createFixedClock(at),
        logger,
      });
      await deliver.drain('send');
    });
    expect(collector.points('board_assistant.delivery.queue.size')).toMatchObject([{ value: 2 }]);
    const [age] = collector.points('board_assistant.delivery.queue.age');
    expect(Math.floor(age?.value ?? 0)).toBe(1_800);
  });
});

describe('a request', () => {
  test('is a span and a figure by its route, without what stands in its address', async () => {
    const issuer = await startIssuer();
    await measured(async (logger) => {
      const service = tabService(issuer, { logger });
      await getAs(service, '/actions/APA1.04?board=hertland-send', 'P01');
      await getAs(service, '/actions/Freya%20Sandwell/', 'P01');
      await getAs(service, '/boards/hertland-send/search?q=Freya', 'P01');
      await request(service.app).get('/api/v1/actions/APA1.05');
      await request(service.app).get('/tab/actions/APA1.04');
      await request(service.app).get('/freya@hertland.example');
      await request(service.app).get('/health/live').set('traceparent', `00-${traceId}-1234567890abcdef-01`);
    });
    await issuer.close();
    const seen = collector
      .points('http.server.request.duration')
      .map(({ attributes, count }) => [attributes['http.route'], attributes['http.response.status_code'], count]);
    expect(seen.sort()).toEqual(
      [
        ['/api/v1/actions/:ref', 200, 1],
        ['/api/v1/actions/:ref', 404, 1],
        ['/api/v1/boards/:boardId/search', 200, 1],
        ['/api/v1/*', 401, 1],
        ['/tab/*', 503, 1],
        ['/*', 404, 1],
        ['/health/live', 200, 1],
      ].sort(),
    );
    expect(collector.spans()).toHaveLength(7);
    expect(collector.spans().find((one) => one.name === 'GET /api/v1/actions/:ref')).toMatchObject({
      kind: 2,
      attributes: { 'http.request.method': 'GET', 'http.route': '/api/v1/actions/:ref' },
    });
    expect(collector.bodies.join()).not.toMatch(/APA1|Freya|Sandwell|freya|\?|P01/);
    // Nobody outside says which trace it is.
    expect(collector.bodies.join()).not.toContain(traceId);
  });

  test.each([
    ['answered', { status: 503 }, { 'http.response.status_code': 503, 'error.type': '503' }],
    ['left by its caller', {}, { 'error.type': 'aborted' }],
  ])('that is %s says the same as a figure and as a span', async (_what, facts, expected) => {
    const request = { method: 'GET', route: '/api/v1/actions/:ref', tookMs: 20 };
    await measured((logger) => logger.info('api.answered', { ...request, ...facts }));
    const [span, point] = [collector.spans()[0], collector.points('http.server.request.duration')[0]];
    expect(span?.attributes).toEqual(point?.attributes);
    expect(span?.attributes).toEqual({
      ...{ 'http.request.method': 'GET', 'http.route': '/api/v1/actions/:ref', 'url.scheme': 'http' },
      ...expected,
    });
  });

  test('has the id of its trace in its lines, and what it asks of Graph under it', async () => {
    const graphServer = await startScriptedGraph();
    graphServer.script({ status: 429, headers: { 'Retry-After': '0' }, body: {} }, { status: 200, body: { id: 'a' } });
    await measured(async (logger) => {
      const graph = localGraph(graphServer.url, { logger });
      await correlated(uuid, async () => {
        logger.info('answer saved', { boardId: 'send' });
        await graph.get('sites/contoso.example:/sites/freya/lists/Actions/items/7?$select=id');
        logger.debug('api.answered', { method: 'GET', route: '/api/v1/board', status: 200, tookMs: 50 });
      });
      logger.info('outside');
    });
    await graphServer.close();
    expect(lines.find((one) => one['event'] === 'answer saved')).toMatchObject({ correlationId: uuid, traceId });
    expect(lines.find((one) => one['event'] === 'outside')).not.toHaveProperty('traceId');
    const [root] = collector.spans().filter((one) => one.kind === 2);
    const calls = collector.spans().filter((one) => one.kind === 3);
    expect(root).toMatchObject({ traceId, name: 'GET /api/v1/board' });
    expect(root?.parentSpanId).toBeUndefined();
    expect(calls.map((one) => [one.traceId, one.parentSpanId, one.name, one.status.code])).toEqual([
      [traceId, root?.spanId, 'GET sites/:id/sites/:id/lists/:id/items/:id', 2],
      [traceId, root?.spanId, 'GET sites/:id/sites/:id/lists/:id/items/:id', 0],
    ]);
    expect(calls[1]?.attributes).toMatchObject({
      'http.response.status_code': 200,
      'server.address': 'graph.microsoft.com',
      'board_assistant.graph.units': 1,
    });
    expect(collector.points('board_assistant.graph.throttled')).toMatchObject([{ value: 1 }]);
  });

  test('to Graph that is not answered is told with the kind of its failure', async () => {
    const graphServer = await startScriptedGraph();
    graphServer.script((response) => response.destroy());
    await measured(async (logger) => {
      await expect(localGraph(graphServer.url, { logger }).patch('sites/root', {})).rejects.toThrow();
    });
    await graphServer.close();
    expect(collector.spans()).toMatchObject([
      { name: 'PATCH sites/root', status: { code: 2 }, attributes: { 'error.type': 'TypeError' } },
    ]);
    expect(collector.points('http.client.request.duration')).toMatchObject([
      { count: 1, unit: 's', attributes: { 'error.type': 'TypeError' } },
    ]);
  });
});

describe('a trace', () => {
  test.each([
    ['none', 0, undefined, 0],
    ['every', 1, traceId, 1],
  ])('of %s is kept, as the configuration says', async (_which, traceRatio, expected, spans) => {
    const telemetry = await measuring({ traceRatio });
    correlated(`wake-${uuid}`, () => telemetry.logger.info('scheduler.woke', { boardId: 'send', tookMs: 20 }));
    await telemetry.end(2_000);
    expect(lines[0]?.['traceId']).toBe(expected);
    expect(collector.spans()).toHaveLength(spans);
  });

  test('begins when what it tells of began', async () => {
    await measured((logger) =>
      correlated(`wake-${uuid}`, () => logger.info('scheduler.woke', { boardId: 'send', tookMs: 2_000 })),
    );
    const [span] = collector.spans();
    expect(Number(span?.endTimeUnixNano) - Number(span?.startTimeUnixNano)).toBeCloseTo(2e9, -7);
    expect(span).toMatchObject({ name: 'wake board', kind: 1, attributes: board });
  });
});

test.each([
  ['/v1.0/sites/a.example,1,2/lists/People/items/7/versions', 'sites/:id/lists/:id/items/:id/versions'],
  ['/v1.0/drives/b!x/root:/Papers/Freya Sandwell.docx:/content', 'drives/:id/root/:id/content'],
  ['/v1.0/users/freya%40hertland.example/sendMail', 'users/:id/sendMail'],
  ['/v1.0/$batch', 'batch'],
])('the address %s is told as %s', (address, pattern) => {
  expect(maskedPath(address)).toBe(pattern);
});

describe('a collector', () => {
  test('that wants a key gets it', async () => {
    const telemetry = await measuring({ otlp: { url: collector.url, headers: { 'api-key': 'k1' } } });
    telemetry.logger.error('x');
    await telemetry.end(2_000);
    expect(collector.headers.map((one) => one['api-key'])).toEqual(['k1']);
  });

  test('that is down is said once, and once when it is back; what was counted meanwhile arrives', async () => {
    await collector.stop();
    const telemetry = await measuring({ metricsEveryMs: 100 });
    const said = (event: string) => lines.filter((one) => one['event'] === event).length;
    for (let at = 0; at < 8; at += 1) {
      telemetry.logger.error('x');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(said('telemetry.notExported')).toBe(1);
    await collector.start();
    const until = Date.now() + 5_000;
    while (said('telemetry.exportedAgain') === 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await telemetry.end(2_000);
    expect([said('telemetry.notExported'), said('telemetry.exportedAgain')]).toEqual([1, 1]);
    expect(collector.points('board_assistant.errors')).toMatchObject([{ value: 8 }]);
  });

  test('that answers nothing holds up the end no longer than it is given', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const otlp = { url: `http://127.0.0.1:${port}`, headers: {} };
    const telemetry = await measuring({ otlp, metricsEveryMs: 1_000 });
    telemetry.logger.error('x');
    const startedMs = performance.now();
    await telemetry.end(300);
    expect(performance.now() - startedMs).toBeLessThan(1_500);
    silent.closeAllConnections();
    silent.close();
  });
});

test('Application Insights without its package stops the start with words that say what to do', async () => {
  const name = '@azure/monitor-opentelemetry-exporter';
  jest.doMock(name, () => {
    throw Object.assign(new TypeError(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
  });
  await expect(measuring({ azureConnectionString: `InstrumentationKey=${uuid}` })).rejects.toMatchObject({
    kind: 'config',
    issues: [expect.stringMatching(/APPLICATIONINSIGHTS_CONNECTION_STRING .* npm ci, without --omit=optional/)],
  });
});
