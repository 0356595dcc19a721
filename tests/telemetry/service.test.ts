// The whole service in a process of its own: by default no line of OpenTelemetry is loaded; with a collector the figures of its work arrive.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { emptyDatabase } from '../../infra/local/emptyDatabase';
import { startLocal } from '../../infra/local/server';
import { startCollector, type Collector } from '../fixtures/collector';
import { localSiteUrl, localTenantId } from '../fixtures/localBoard';
import { readSamplePlan } from '../fixtures/samplePlanFile';
import { selfSigned } from '../fixtures/selfSigned';

jest.setTimeout(120_000);

const key = '0a1b2c3d-4e5f-4a6b-8c7d-8e9f00112233';
const root = path.resolve(__dirname, '..', '..');
let folder: string;
let local: Awaited<ReturnType<typeof startLocal>>;
let collector: Collector;
let insights: Collector;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'telemetry-'));
  [local, collector, insights] = await Promise.all([
    startLocal({ port: 0 }),
    startCollector(),
    startCollector({ tls: selfSigned('127.0.0.1') }),
  ]);
});
afterAll(async () => {
  await Promise.all([local?.close(), collector?.stop(), insights?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Waits for something that a running service does. */
async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await is())) {
    if (Date.now() > deadline) throw new Error('it did not come to pass in a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Writes which files were loaded when the process ends. */
const listing =
  'data:text/javascript,import { createRequire } from "node:module"; import { writeFileSync } from "node:fs";' +
  'process.on("exit", () => writeFileSync(process.env.LOADED_FILE,' +
  'Object.keys(createRequire("file:///x.js").cache).join(String.fromCharCode(10))));';

async function startService(name: string, env: Readonly<Record<string, string>>) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const empty = await emptyDatabase();
  const loadedFile = path.join(folder, `${name}.loaded`);
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', listing, 'bot/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      BOARD_MODE: 'local',
      PORT: String(port),
      BOARD_DATA: path.join(folder, name),
      OPERATOR_FILE: path.join(folder, `${name}.json`),
      BOARD_SITES: `send-board=${localSiteUrl}`,
      TENANT_ID: localTenantId,
      BOT_APP_ID: '22222222-2222-2222-2222-222222222222',
      LOCAL_M365_URL: local.url,
      LOADED_FILE: loadedFile,
      ...(empty === undefined ? {} : { LOCAL_EMPTY_DATABASE: empty }),
      ...env,
    },
  });
  const chunks: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  const ended = once(child, 'close');
  const lines = () =>
    chunks
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => chunks.join(''),
    lines,
    ready: () => until(() => child.exitCode !== null || lines().some((one) => one['event'] === 'service.started')),
    ended,
    /** The exit code, and the files that were loaded until then. */
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      return { code, loaded: readFileSync(loadedFile, 'utf8').split('\n') };
    },
  };
}

const ofTelemetry = (files: readonly string[]): readonly string[] =>
  files.filter((one) => /node_modules\/(@opentelemetry|@azure\/monitor)/.test(one));

test('loads nothing of OpenTelemetry by default, and sends nothing', async () => {
  const service = await startService('default', {});
  await service.ready();
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  const { code, loaded } = await service.stop();
  expect(code).toBe(0);
  expect(loaded.length).toBeGreaterThan(500);
  expect(ofTelemetry(loaded)).toEqual([]);
  expect(service.lines().find((one) => one['event'] === 'service.listening')).toMatchObject({ telemetry: 'none' });
  expect(collector.bodies).toEqual([]);
});

test('tells of requests, wakes, deliveries and calls to Graph, the last when it stops, and of nobody', async () => {
  // Down at first: the service starts all the same.
  await collector.stop();
  const service = await startService('measured', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_METRIC_EXPORT_INTERVAL: '500',
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key};IngestionEndpoint=${insights.url}/`,
    // Its certificate is nobody's.
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  });
  await service.ready();
  const said = (event: string) => service.lines().filter((one) => one['event'] === event);
  await until(() => said('telemetry.notExported').length > 0);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(said('telemetry.notExported')).toMatchObject([{ telemetry: 'otlp' }]);
  await collector.start();

  const signIn = await fetch(`${service.url}/api/v1/local/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ as: 'P01' }),
  });
  const { accessToken } = (await signIn.json()) as { accessToken: string };
  const headers = { Authorization: `Bearer ${accessToken}` };
  const answer = await fetch(`${service.url}/api/v1/actions/APA1.04?board=send-board`, { headers });
  expect(answer.status).toBe(200);
  // Somebody advances the clock: the scheduler wakes and sends what is due.
  await fetch(`${local.url}/_local/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ advanceBy: { minutes: 24 * 60 } }),
  });
  await until(() => said('scheduler.woke').length > 0);
  await until(() => collector.points('board_assistant.scheduler.wake.duration').length > 0);
  expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
  const { code, loaded } = await service.stop();
  expect(code).toBe(0);
  // The list can name them, or the test of the default could not fail.
  expect(ofTelemetry(loaded).length).toBeGreaterThan(50);

  const [drained] = said('delivery.drained');
  const delivered = collector.points('board_assistant.delivery.messages');
  const total = (outcome: string) =>
    said('delivery.drained').reduce((sum, one) => sum + Number(one[outcome as keyof typeof one]), 0);
  for (const outcome of ['sent', 'failed', 'uncertain', 'unreachable', 'cancelled'])
    expect(delivered.find((one) => one.attributes['outcome'] === outcome)).toMatchObject({ value: total(outcome) });
  expect(drained).toMatchObject({ queued: expect.any(Number), oldestMs: expect.any(Number) });
  const routes = collector.points('http.server.request.duration').map((one) => one.attributes['http.route']);
  expect(routes).toEqual(expect.arrayContaining(['/api/v1/actions/:ref', '/api/v1/local/sign-in', '/health/live']));
  expect(collector.points('board_assistant.graph.units')[0]?.value).toBeGreaterThanOrEqual(51);
  expect(collector.points('board_assistant.board.age')[0]?.value).toBeGreaterThan(0);

  const [woke] = said('scheduler.woke');
  const wake = collector.spans().find((one) => one.traceId === woke?.['traceId'] && one.name === 'wake board');
  expect(wake).toMatchObject({ attributes: { 'board_assistant.board.id': 'send-board' } });
  const batches = collector.spans().filter((one) => one.name === 'POST batch');
  expect(batches.length).toBeGreaterThan(0);
  // Asked for just before the stop: it left all the same.
  expect(collector.spans().map((one) => one.name)).toContain('GET /health/live');

  // Application Insights gets the same by an exporter of its own.
  const items = insights.azureItems();
  expect(items.flatMap((one) => one.data.baseData.metrics ?? []).map((one) => one.name)).toEqual(
    expect.arrayContaining(['board_assistant.graph.units', 'board_assistant.scheduler.wake.duration']),
  );
  const operations = items.filter((one) => one.data.baseData['name'] === 'wake board');
  expect(operations.map((one) => one.tags['ai.operation.id'])).toContain(woke?.['traceId']);

  const sent = `${collector.text()}\n${insights.text()}`;
  const plan = readSamplePlan();
  const people = [...plan.people, ...plan.advisers].flatMap((one) => [one.name, one.email].filter(Boolean));
  expect(people.length).toBeGreaterThan(15);
  expect(people.filter((one) => sent.includes(String(one)))).toEqual([]);
  expect(sent).not.toContain(hostname());
  expect(sent).not.toMatch(/@|\b[PX]\d\d\b|APA\d|hertland|Bearer|board=send/);
});
