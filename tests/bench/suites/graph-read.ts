// Reading lists and a whole board through Graph: our adapter beside three clients and a plain loop, all on one local server.
import assert from 'node:assert/strict';
import { lists, type ListSchema } from '../../../bot/sharepoint/lists';
import {
  graphClient,
  kiota,
  loop,
  ours,
  pnp,
  siteAddress,
  siteFactsSchema,
  startedSchema,
  type Client,
} from '../contenders';
import { quantile, timesAsLong, type Figures } from '../measure';
import type { Outcome, Suite, Target } from '../report';
import { countsOf, figuresOf, inTurn, ms, startWorker, type Work, type Worker } from '../workers';
import { writeLongPlan } from './data/longPlan';

const latencyMs = 40;
/** The most that SharePoint gives in one page. */
const largestPage = 5_000;
const people = { name: 'User Information List', columns: ['EMail', 'Title', 'Name'] };
const columnsOf = (list: ListSchema): readonly string[] =>
  list.columns.map((column) => (column.type === 'person' ? `${column.name}LookupId` : column.name));
const wanted = [...lists.map((list) => ({ name: list.name, columns: columnsOf(list) })), people];
const actionColumns = wanted.find((one) => one.name === 'Actions')?.columns ?? [];

const wholeBoard = { site: siteAddress, wanted, top: largestPage };

interface Size {
  readonly rows: number;
  readonly rounds: number;
  readonly defaultRounds: number;
  readonly boardRounds: number;
  readonly clients: readonly Client[];
}

interface Place {
  readonly siteId: string;
  readonly listId: string;
}

interface SizeOutcome {
  readonly figures: readonly Figures[];
  readonly ratios: Readonly<Record<string, number>>;
  readonly targets: readonly Target[];
}

export const suite: Suite = {
  title: `lists and boards from a server ${latencyMs} ms away, in time that passes`,
  async run({ full }): Promise<Outcome> {
    const sizes: readonly Size[] = [
      {
        rows: 2_000,
        rounds: full ? 21 : 7,
        defaultRounds: full ? 9 : 3,
        boardRounds: full ? 9 : 3,
        clients: [ours, loop, pnp, graphClient, kiota],
      },
      {
        rows: 20_000,
        rounds: full ? 11 : 3,
        defaultRounds: full ? 5 : 1,
        boardRounds: full ? 7 : 3,
        clients: [ours, loop, pnp, graphClient],
      },
    ];
    const outcomes: SizeOutcome[] = [];
    for (const size of sizes) outcomes.push(await measureSize(size));
    const [first, ...others] = outcomes.flatMap((one) => one.figures);
    assert.ok(first);
    return {
      ours: first,
      peers: others,
      ratios: Object.assign({}, ...outcomes.map((one) => one.ratios)),
      targets: outcomes.flatMap((one) => one.targets),
    };
  },
};

async function measureSize(size: Size): Promise<SizeOutcome> {
  const plan = writeLongPlan(size.rows);
  const server = await startWorker('clients/localServer.ts');
  const workers = new Map<Client, Worker>();
  try {
    const started = await server.work('start', { seedFile: plan.file, latencyMs });
    const { url, token, rows } = startedSchema.parse(started.facts);
    assert.equal(rows['Actions'], size.rows);
    for (const client of size.clients) {
      const worker = await startWorker(client.module);
      await worker.work('connect', { url, token });
      workers.set(client, worker);
    }
    const plain = workers.get(loop);
    assert.ok(plain);
    const known = siteFactsSchema.parse((await plain.work('readBoard', wholeBoard)).facts);
    const list = await measureList(size, workers, { siteId: known.siteId, listId: known.listIds['Actions'] ?? '' });
    const board = await measureBoard(size, workers, rows);
    return {
      figures: [...list.figures, ...board.figures],
      ratios: { ...list.ratios, ...board.ratios },
      targets: [...list.targets, ...board.targets],
    };
  } finally {
    for (const worker of workers.values()) worker.end();
    await server.work('stop');
    server.end();
    plan.remove();
  }
}

const words = (rows: number): string => rows.toLocaleString('en-GB');

/** Memory that work leaves in use, and the whole of the process. */
async function heldBy(worker: Worker, work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  await worker.forget();
  const before = await worker.memory();
  await work();
  const after = await worker.memory();
  return {
    'heap MB': Math.round((after.heapBytes - before.heapBytes) / 1e6),
    'RSS MB': Math.round(after.rssBytes / 1e6),
    'peak MB': Math.round(after.peakBytes / 1e6),
  };
}

/** One list, by all clients: with the largest pages, then as each reads when nobody says how long a page is. */
async function measureList(size: Size, workers: ReadonlyMap<Client, Worker>, place: Place): Promise<SizeOutcome> {
  const where = { ...place, columns: actionColumns };
  const digests = new Set<string>();
  const memory = new Map<Client, Readonly<Record<string, number>>>();
  for (const [client, worker] of workers) {
    const held = await heldBy(worker, () => worker.work('read', { ...where, top: largestPage }));
    const { rows, hash } = await worker.digest();
    assert.equal(rows, size.rows);
    digests.add(hash);
    memory.set(client, held);
  }
  assert.equal(digests.size, 1, 'not all clients read the same');

  const reading = (top?: number) =>
    new Map([...workers].map(([client, worker]) => [client, () => worker.work('read', { ...where, top })]));
  const long = await inTurn(size.rounds, reading(largestPage));
  const short = await inTurn(size.defaultRounds, new Map([...reading()].filter(([client]) => client !== ours)));
  const ourSamples = ms(long.get(ours));
  const ratios: Record<string, number> = {};
  const figures: Figures[] = [];
  const note = (name: string, client: Client, works: readonly Work[] | undefined, more = {}): void => {
    const samples = ms(works);
    figures.push(figuresOf(name, client.version, samples, { ...countsOf(works), ...more }));
    if (client !== ours) ratios[name] = quantile(samples, 0.5) / quantile(ourSamples, 0.5);
  };
  for (const client of workers.keys()) {
    note(`${client.name}, ${words(size.rows)} rows`, client, long.get(client), memory.get(client));
  }
  const shortRatios: number[] = [];
  for (const [client, works] of short) {
    const name = `${client.name}, ${words(size.rows)} rows, default pages`;
    note(name, client, works);
    shortRatios.push(ratios[name] ?? Number.NaN);
  }
  const least = Math.ceil(size.rows / largestPage);
  const counted = countsOf(long.get(ours));
  return {
    figures,
    ratios,
    targets: [
      {
        what: `a list of ${words(size.rows)}: requests beside the ${least} there must be`,
        atMost: 1,
        measured: (counted['requests'] ?? Number.NaN) / least,
      },
      {
        what: `a list of ${words(size.rows)}: at most 1.10 times the time of a fetch loop`,
        atMost: 1.1,
        measured: 1 / timesAsLong(ms(long.get(loop)), ourSamples),
      },
      {
        what: `a list of ${words(size.rows)}: the fastest client on its default pages takes at least 5 times as long`,
        atLeast: 5,
        measured: Math.min(...shortRatios),
      },
    ],
  };
}

/** All lists of the board: read for the first time, and read again when nothing has changed. */
async function measureBoard(
  size: Size,
  workers: ReadonlyMap<Client, Worker>,
  rows: Readonly<Record<string, number>>,
): Promise<SizeOutcome> {
  const worker = workers.get(ours);
  const plain = workers.get(loop);
  assert.ok(worker && plain);
  await plain.work('readBoard', wholeBoard);
  const memory = await heldBy(worker, async () => {
    const { facts } = await worker.work('readBoard');
    assert.equal(facts['findings'], 0);
  });
  assert.deepEqual(await worker.digest(), await plain.digest());

  const [cold, warm] = ['cold', 'warm'];
  const samples = await inTurn(
    size.boardRounds,
    new Map([
      [cold, () => worker.work('readBoard')],
      [warm, () => worker.work('refreshBoard')],
      [loop.name, () => plain.work('readBoard', wholeBoard)],
    ]),
  );
  const of = (name: string, version: string, key: string, more = {}): Figures =>
    figuresOf(name, version, ms(samples.get(key)), { ...countsOf(samples.get(key)), ...more });
  const rowsName = `board of ${words(size.rows)} actions`;
  const figures = [
    of(`ours, ${rowsName}`, ours.version, cold, memory),
    of(`fetch loop, ${rowsName}`, loop.version, loop.name),
    of(`ours, ${rowsName}, again`, ours.version, warm),
  ];
  // The site, the names of its lists, and the pages of every list.
  const pages = wanted.reduce((sum, { name }) => sum + Math.max(1, Math.ceil((rows[name] ?? 0) / largestPage)), 0);
  const counted = countsOf(samples.get(cold));
  const ratio = 1 / timesAsLong(ms(samples.get(loop.name)), ms(samples.get(cold)));
  return {
    figures,
    ratios: { [`ours, ${rowsName}`]: 1, [`fetch loop, ${rowsName}`]: 1 / ratio },
    targets: [
      {
        what: `a ${rowsName}: requests beside the ${pages + 2} there must be`,
        atMost: 1,
        measured: (counted['requests'] ?? Number.NaN) / (pages + 2),
      },
      {
        what: `a ${rowsName}: units beside the ${2 * pages + 3} there must be`,
        atMost: 1,
        measured: (counted['units'] ?? Number.NaN) / (2 * pages + 3),
      },
      {
        what: `a ${rowsName}: at most 1.10 times the time of a fetch loop, which checks no row`,
        atMost: 1.1,
        measured: ratio,
      },
      {
        what: `a ${rowsName}, read again: one round trip`,
        atMost: 1,
        measured: countsOf(samples.get(warm))['round trips'] ?? Number.NaN,
      },
      {
        what: `a ${rowsName}, read again: one unit a list, and one for its people`,
        atMost: wanted.length,
        measured: countsOf(samples.get(warm))['units'] ?? Number.NaN,
      },
    ],
  };
}
