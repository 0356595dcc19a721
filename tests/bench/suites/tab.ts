// The tab with 2,000 actions: what the API takes for each view, when the first page is there, how the list scrolls and filters,
// beside the least that could be: the same bytes from a file, the same rows as plain HTML.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { actionsResponse, meResponse } from '../../../bot/api/contract';
import { createApi } from '../../../bot/api/server';
import { createUpdateItem } from '../../../bot/services/updateItem';
import { createViewBoard } from '../../../bot/services/viewBoard';
import { build } from '../../../infra/local/build';
import { launchBrowser } from '../../e2e/browser';
import { memoryManaging } from '../../fixtures/managing';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../../fixtures/memoryPorts';
import { frozenLogs } from '../../fixtures/releasing';
import { authenticateWith, startIssuer } from '../../fixtures/tabService';
import { thisTree } from '../contenders';
import { quantile, timesAsLong, type Figures } from '../measure';
import type { Outcome, Suite } from '../report';
import { judgedAt, largeBoard } from './data/largeBoard';

const size = { actions: 2_000, updatesEach: 10, risks: 200, measures: 200 };
const boardId = 'bench';
const secretaryId = '020094dc-fd52-571a-8a4b-379d0b63a284';
const tabFolder = path.resolve(__dirname, '../../../dist/tab');
const limits = { apiMs: 50, firstMs: 1_000, taskMs: 100, scriptKb: 160 };

export const suite: Suite = {
  title: `the tab over ${size.actions} actions, in time that passes, a browser and the service on one machine`,
  async run({ full }): Promise<Outcome> {
    await build({ force: false, typeChecked: false, say: console.log });
    const issuer = await startIssuer();
    const service = await startService(issuer.jwksUrl, () => issuer.token({ oid: secretaryId }));
    const browser = await launchBrowser();
    try {
      const token = await issuer.token({ oid: secretaryId });
      const api = await askEachView(service, token, full ? 200 : 60);
      const drawings = await draw(browser, service.url, full ? 25 : 7);
      const list = await useList(browser, service.url);
      const first = figures('first page, largest drawn', 'ms', drawings.tab, {});
      const plain = figures('the same rows as plain HTML', 'ms', drawings.plain, {});
      const ours = figures('the API, all views', 'ms', api.ours, {
        views: api.views,
        bytes: api.bytes,
        rows: size.actions,
      });
      const stored = figures('the same bytes from memory', 'ms', api.stored, { bytes: api.bytes });
      return {
        ours,
        peers: [stored, first, plain],
        ratios: {
          [stored.name]: timesAsLong(api.stored, api.actions),
          [first.name]: timesAsLong(drawings.tab, drawings.plain),
          [plain.name]: timesAsLong(drawings.plain, drawings.tab),
        },
        targets: [
          { what: `the slowest view (${api.slowest}) at p95 in ms`, atMost: limits.apiMs, measured: api.slowestMs },
          { what: 'the first page, largest content drawn, median ms', atMost: limits.firstMs, measured: first.median },
          { what: 'requests for it after the token', atMost: 1, measured: drawings.requests },
          { what: 'longest task while the list scrolls, ms', atMost: limits.taskMs, measured: list.scrolling },
          { what: 'longest task while the list is filtered, ms', atMost: limits.taskMs, measured: list.filtering },
          { what: 'JavaScript before the first page, gzip kB', atMost: limits.scriptKb, measured: scriptKb() },
        ],
      };
    } finally {
      await browser.close();
      await service.close();
      await issuer.close();
    }
  },
};

/** The service as it runs, over a board in memory, which is where its replica is; plus the two floors. */
async function startService(jwksUrl: string, token: () => Promise<string>) {
  const made = largeBoard(size);
  const snapshot = {
    ...made,
    // Nobody has said yet what they will say later.
    updates: made.updates.filter((one) => one.at <= judgedAt),
    people: made.people.map((one, index) =>
      index === 0 ? { ...one, boardRole: 'secretary' as const, entraObjectId: secretaryId } : one,
    ),
  };
  const records = createMemoryRecords({ [boardId]: snapshot });
  const [library, logger, clock] = [createMemoryLibrary(), createMemoryLogger(), createFixedClock(judgedAt)];
  const managing = memoryManaging({ records, clock, logger, library });
  const api = createApi({
    mode: 'local',
    views: createViewBoard({ records, library, ledger: managing.ledger, clock }),
    answers: createUpdateItem({ records, operations: createMemoryOperations(), clock, logger }),
    managing,
    inviteBoard: managing.inviteBoard,
    frozen: frozenLogs({ records, library, clock, logger }),
    delivery: managing,
    readiness: managing,
    decideDate: managing.acts.decideDate,
    authenticate: authenticateWith(jwksUrl),
    signIn: async () => ({ accessToken: await token(), expiresInSeconds: 600 }),
    requestsPerMinute: 1_000_000,
    logger,
    tabFolder,
    health: {},
  });
  let kept = '';
  let page = '';
  const server = createServer((request, response) => {
    if (request.url === '/floor/bytes') response.setHeader('Content-Type', 'application/json').end(kept);
    else if (request.url === '/floor/page') response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
    else api(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await fetch(`${url}/api/v1/actions`, { headers: { Authorization: `Bearer ${await token()}` } });
  kept = await answer.text();
  const { rows } = actionsResponse.parse(JSON.parse(kept));
  assert.equal(rows.length, size.actions);
  const lines = rows.map((one) => `<tr><td>${one.ref}<td>${one.title}<td>${one.areaLabel}<td>${one.dueOn ?? ''}`);
  page = `<!doctype html><title>Actions</title><h1>Actions</h1><table>${lines.join('')}</table>`;
  return {
    url,
    /** Lets a minute pass. */
    passed: () => clock.set(new Date(clock.now().getTime() + 60_000).toISOString()),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Service = Awaited<ReturnType<typeof startService>>;

/** Each view in turn, and the bytes of the longest one from memory beside it. */
async function askEachView({ url, passed }: Service, token: string, times: number) {
  const headers = { Authorization: `Bearer ${token}` };
  const timed = async (address: string): Promise<{ ms: number; bytes: number }> => {
    const beganMs = performance.now();
    const answer = await fetch(`${url}${address}`, { headers });
    const { byteLength } = await answer.arrayBuffer();
    assert.equal(answer.status, 200, address);
    return { ms: performance.now() - beganMs, bytes: byteLength };
  };
  const get = async (view: string): Promise<unknown> => (await fetch(`${url}/api/v1${view}`, { headers })).json();
  const { pages } = meResponse.parse(await get('/me'));
  const [first] = actionsResponse.parse(await get('/actions')).rows;
  assert.ok(first);
  const ones = [`/actions/${encodeURIComponent(first.ref)}`, '/timeline', '/clauses/3c'];
  const asked = ['/me', ...pages.map((one) => `/${one}`), ...ones];
  const samples = new Map<string, number[]>(asked.map((one) => [one, []]));
  const stored: number[] = [];
  let bytes = 0;
  for (let round = 0; round < times; round += 1) {
    // A minute later for whoever looks again.
    passed();
    for (const [view, kept] of samples) kept.push((await timed(`/api/v1${view}`)).ms);
    const floor = await timed('/floor/bytes');
    stored.push(floor.ms);
    bytes = floor.bytes;
  }
  const [slowest = '', slowestMs = Number.NaN] =
    [...samples].map(([view, kept]) => [view, quantile(kept, 0.95)] as const).sort((a, b) => b[1] - a[1])[0] ?? [];
  const actions = samples.get('/actions') ?? [];
  return { ours: [...samples.values()].flat(), actions, stored, bytes, views: samples.size, slowest, slowestMs };
}

/** When the largest content was drawn, from the start of the navigation; each time in a window that knows nothing. */
async function draw(browser: Browser, url: string, times: number) {
  const requests: number[] = [];
  const largest = async (address: string, heading: string): Promise<number> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    let asked = 0;
    page.on('request', (one) => {
      if (one.method() === 'GET' && one.url().startsWith(`${url}/api/v1/`) && !beforeToken.test(one.url())) asked += 1;
    });
    await page.goto(`${url}${address}`);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    requests.push(asked);
    await settled(page);
    const ms = await page.evaluate<number>(`new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
        .observe({ type: 'largest-contentful-paint', buffered: true });
    })`);
    await context.close();
    return ms;
  };
  const found = { tab: [] as number[], plain: [] as number[] };
  // The browser itself warms up with the first.
  await largest('/floor/page', 'Actions');
  await largest('/tab/?as=P01', 'Where the board stands');
  for (let round = 0; round < times; round += 1) {
    found.tab.push(await largest('/tab/?as=P01', 'Where the board stands'));
    found.plain.push(await largest('/floor/page', 'Actions'));
  }
  return { ...found, requests: Math.max(...requests) };
}

/** What is asked before anybody is signed in; what is posted is no view. */
const beforeToken = /\/api\/v1\/config$/;

/** The longest task of the page while somebody scrolls through all rows, and while they filter and take filters back. */
async function useList(browser: Browser, url: string) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${url}/tab/actions?as=P01`);
  await page.getByText(`${size.actions} actions`, { exact: true }).waitFor({ timeout: 60_000 });
  // The list grows until all of it is there.
  await page
    .locator('main tbody tr')
    .nth(size.actions - 1)
    .waitFor({ state: 'attached', timeout: 60_000 });
  await settled(page);
  await page.evaluate(`window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((one) => one.duration)))
      .observe({ type: 'longtask' });`);
  const longest = async (): Promise<number> => {
    await settled(page);
    return page.evaluate<number>('Math.max(0, ...window.longTasks.splice(0))');
  };
  await page.mouse.move(640, 700);
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, step < 40 ? 2_000 : -3_000);
    await page.waitForTimeout(16);
  }
  const scrolling = await longest();
  for (const [label, option] of [
    ['Rating', 'Off track'],
    ['Rating', 'All ratings'],
    ['Show', 'Open'],
    ['Show', 'All actions'],
  ] as const) {
    await page.getByLabel(label, { exact: true }).selectOption({ label: option });
    await settled(page);
  }
  const filtering = await longest();
  await page.close();
  return { scrolling, filtering };
}

/** Nothing is under way for a moment. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(400);
  await page.evaluate(`new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 5000 }))`);
}

/** What the first page asks for before it can be drawn. */
function scriptKb(): number {
  const index = path.join(tabFolder, 'index.html');
  assert.ok(existsSync(index), 'the tab is built');
  const scripts = [...readFileSync(index, 'utf8').matchAll(/(?:src|href)="\/tab\/([^"]+\.js)"/g)].map((one) => one[1]);
  assert.ok(scripts.length > 0);
  const bytes = scripts.map((one) => gzipSync(readFileSync(path.join(tabFolder, one ?? '')), { level: 9 }).length);
  return bytes.reduce((sum, one) => sum + one, 0) / 1000;
}

function figures(name: string, unit: string, samples: readonly number[], counts: Figures['counts']): Figures {
  return {
    ...{ name, version: thisTree, unit, samples, counts },
    median: quantile(samples, 0.5),
    lowerQuartile: quantile(samples, 0.25),
    upperQuartile: quantile(samples, 0.75),
    rounds: samples.length,
    times: 1,
  };
}
