// The local Microsoft 365 itself: how fast it starts and gives a large page, and whether a client it never met gets on with it.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { emptyDatabase } from '../../../infra/local/emptyDatabase';
import { kiota, loop, siteAddress, siteFactsSchema, startedSchema, thisTree } from '../contenders';
import type { Figures } from '../measure';
import type { Outcome, Suite } from '../report';
import { figuresOf, inTurn, ms, startWorker } from '../workers';
import { writeLongPlan } from './data/longPlan';

const rows = 20_000;
const page = 5_000;
const root = path.join(__dirname, '../../..');

/** What the newer client finds when every answer is right. */
const expected = {
  site: 'SEND Improvement Board',
  firstPage: 100,
  rows: 251,
  everyRowHasItsSubject: true,
  columns: true,
  filtered: true,
  updated: 'two classrooms',
  versions: ['2.0', '1.0'],
  delta: 1,
  refusedStale: 412,
  left: 0,
};

export const suite: Suite = {
  title: `the local Microsoft 365 with ${rows.toLocaleString('en-GB')} rows in one list, in time that passes`,
  async run({ full }): Promise<Outcome> {
    const plan = writeLongPlan(rows);
    const data = mkdtempSync(path.join(tmpdir(), 'local-graph-'));
    const server = await startWorker('clients/localServer.ts');
    const reader = await startWorker(loop.module);
    try {
      // Made once after an installation, as the tab is built once: not part of a start.
      await emptyDatabase();
      const seeded = await commandUntilReady(['--seed', plan.file, '--data', data]);
      const again = await commandUntilReady(['--data', data]);
      const started = await server.work('start', { seedFile: plan.file });
      const { url, token, rows: counts } = startedSchema.parse(started.facts);
      assert.equal(counts['Actions'], rows);
      await reader.work('connect', { url, token });
      const wanted = [{ name: 'Areas', columns: ['Ref'] }];
      const site = siteFactsSchema.parse(
        (await reader.work('readBoard', { site: siteAddress, wanted, top: page })).facts,
      );
      const where = { siteId: site.siteId, listId: site.listIds['Actions'] ?? '' };
      const columns = [
        'Ref',
        'AreaRef',
        'Title',
        'Description',
        'OwnerLookupId',
        'DueOn',
        'DeliveryStatus',
        'LastOpId',
      ];
      const onePage = () => reader.work('readPage', { ...where, columns, top: page });
      const wholePage = () => reader.work('readPage', { ...where, top: page });
      await onePage();
      const pages = await inTurn(
        full ? 41 : 11,
        new Map([
          ['named', onePage],
          ['all', wholePage],
        ]),
      );
      const figures: readonly Figures[] = [
        figuresOf(`page of ${page} of ${rows} rows, eight columns`, thisTree, ms(pages.get('named')), {}),
        figuresOf(`page of ${page} of ${rows} rows, all columns`, thisTree, ms(pages.get('all')), {}),
        figuresOf(`start of npm run local from a seed of ${rows}`, thisTree, [seeded], {}),
        figuresOf(`start of npm run local on a folder of ${rows}`, thisTree, [again], {}),
        figuresOf(`start in memory from a seed of ${rows}`, thisTree, [started.ms], {}),
      ];
      const [ours, ...others] = figures;
      assert.ok(ours);
      const checks = await foreignClient(url, token);
      return {
        ours,
        peers: others,
        ratios: {},
        targets: [
          { what: `a page of ${page}, eight columns: at most 400 ms`, atMost: 400, measured: ours.median },
          {
            what: `a page of ${page}, all columns: at most 400 ms`,
            atMost: 400,
            measured: others[0]?.median ?? Number.NaN,
          },
          { what: 'from a seed to ready: at most 5 seconds', atMost: 5, measured: seeded / 1000 },
          {
            what: `${kiota.name} ${kiota.version} finds all of ${Object.keys(expected).length} things right`,
            atLeast: Object.keys(expected).length,
            measured: checks,
          },
        ],
      };
    } finally {
      reader.end();
      await server.work('stop');
      server.end();
      plan.remove();
      rmSync(data, { recursive: true, force: true });
    }
  },
};

/** Milliseconds from starting the command to its line that it is ready; then it is ended as by Ctrl-C. */
function commandUntilReady(options: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const args = ['--import', 'tsx', 'infra/local/server.ts', '--port', '0', ...options];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let readyMs: number | undefined;
    child.stdout.on('data', (bytes: Buffer) => {
      if (readyMs !== undefined || !bytes.toString().includes('ready at')) return;
      readyMs = performance.now() - startedAt;
      child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (readyMs === undefined) reject(new Error(`The local Microsoft 365 ended with ${code} before it was ready.`));
      else resolve(readyMs);
    });
  });
}

/** How many of its findings are as they should be; what is not is printed. */
async function foreignClient(url: string, token: string): Promise<number> {
  const script = path.join(__dirname, '../clients/msgraphSdk.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script, url, token]);
  const found: unknown = JSON.parse(stdout);
  const values = new Map(Object.entries(typeof found === 'object' && found !== null ? found : {}));
  const wrong = Object.entries(expected).filter(([name, value]) => {
    const same = JSON.stringify(values.get(name)) === JSON.stringify(value);
    if (!same) console.error(`${name}: ${JSON.stringify(values.get(name))} instead of ${JSON.stringify(value)}`);
    return !same;
  });
  return Object.keys(expected).length - wrong.length;
}
