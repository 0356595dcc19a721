// Edits by many hands while answers get lost: our conditional writes beside plain loops, and what is left of each in the lists.
import assert from 'node:assert/strict';
import { z } from 'zod';
import {
  graphClient,
  loop,
  pnp,
  siteAddress,
  siteFactsSchema,
  startedSchema,
  thisTree,
  type Client,
} from '../contenders';
import { quantile, timesAsLong, type Figures } from '../measure';
import type { Outcome, Suite, Target } from '../report';
import { figuresOf, inTurn, ms, startWorker, type Work, type Worker } from '../workers';
import { writeLongPlan } from './data/longPlan';

const latencyMs = 40;
const manyHands = 8;
const itemsEach = 20;
/** So few that hands meet at one item. */
const contested = 4;
const actions = 300;

interface Writer extends Client {
  readonly edit: string;
}

const ours: Writer = { name: 'ours', module: 'clients/ourEdits.mjs', version: thisTree, edit: 'edit' };
const writers: readonly Writer[] = [
  ours,
  { ...loop, name: 'fetch loop', edit: 'edit' },
  { ...loop, name: 'fetch loop with If-Match', edit: 'editIfMatch' },
  { ...pnp, edit: 'edit' },
  { ...graphClient, name: 'Graph client', edit: 'edit' },
];

interface Edit {
  readonly mark: string;
  readonly itemId: string;
  readonly ref: string;
  /** The next write of this kind to this item, or to the history, is carried out and its answer lost. */
  readonly fault?: 'PATCH' | 'POST';
  readonly byHand?: boolean;
}

interface Item {
  readonly id: string;
  readonly ref: string;
}

/** Where everything is, as each contender needs to know it. */
interface Ground {
  readonly url: string;
  readonly token: string;
  readonly siteId: string;
  readonly actionsId: string;
  readonly updatesId: string;
}

/** What the lists say after some edits. */
interface Left {
  readonly taken: number;
  /** Taken, and not to be found in the item, or not in the history. */
  readonly lost: number;
  /** Beyond the one that there should be, in the item or in the history. */
  readonly twice: number;
  /** Not taken, and found all the same, in the item or in the history. */
  readonly half: number;
}

export const suite: Suite = {
  title: `edits by ${manyHands} hands from ${latencyMs} ms away: of ${itemsEach} items, then of ${contested} with lost answers`,
  async run({ full }): Promise<Outcome> {
    const plan = writeLongPlan(actions);
    const server = await startWorker('clients/localServer.ts');
    const workers = new Map<Writer, Worker>();
    try {
      const started = await server.work('start', { seedFile: plan.file, latencyMs });
      const { url, token } = startedSchema.parse(started.facts);
      for (const writer of writers) {
        const worker = await startWorker(writer.module);
        await worker.work('connect', { url, token });
        workers.set(writer, worker);
      }
      const ground = await groundOf(url, token);
      const items = await actionsOf(ground);
      const each = new Map(writers.map((writer, at) => [writer, items.slice(at * itemsEach, (at + 1) * itemsEach)]));
      const quiet = await measureQuiet(
        workers,
        ground,
        each,
        full ? { rounds: 7, edits: 200 } : { rounds: 3, edits: 60 },
      );
      const faulty = await measureFaulty(workers, ground, each, full ? 500 : 100);
      return {
        ...quiet,
        targets: [...faulty.targets],
        peers: [...quiet.peers, ...faulty.figures],
      };
    } finally {
      for (const worker of workers.values()) worker.end();
      await server.work('stop');
      server.end();
      plan.remove();
    }
  },
};

async function measureQuiet(
  workers: ReadonlyMap<Writer, Worker>,
  ground: Ground,
  each: ReadonlyMap<Writer, readonly Item[]>,
  { rounds, edits }: { readonly rounds: number; readonly edits: number },
): Promise<Pick<Outcome, 'ours' | 'peers' | 'ratios'>> {
  let batch = 0;
  const works = await inTurn(
    rounds,
    new Map(
      [...workers].map(([writer, worker]) => [
        writer,
        () => {
          batch += 1;
          const made = editsOf(each.get(writer) ?? [], edits, `q${batch}`, 0);
          return worker.work(writer.edit, { ...ground, edits: made, workers: manyHands });
        },
      ]),
    ),
  );
  const perEdit = (writer: Writer): readonly number[] => ms(works.get(writer)).map((one) => one / edits);
  const figures = [...works].map(([writer, samples]): Figures => ({
    ...figuresOf(writer.name, writer.version, perEdit(writer), {
      edits: edits * rounds,
      requests: Math.round((quantile(ops(samples), 0.5) / edits) * 10) / 10,
    }),
    unit: 'milliseconds an edit',
  }));
  const [first, ...peers] = figures;
  assert.ok(first);
  const ratios = Object.fromEntries(peers.map((peer) => [peer.name, timesAsLong(peer.samples, first.samples)]));
  return { ours: first, peers, ratios };
}

function ops(works: readonly Work[]): readonly number[] {
  return works.map((one) => one.operations);
}

/** Of five edits one loses the answer to the change of the item, and one that to the row of the history. */
async function measureFaulty(
  workers: ReadonlyMap<Writer, Worker>,
  ground: Ground,
  each: ReadonlyMap<Writer, readonly Item[]>,
  edits: number,
): Promise<{ readonly figures: readonly Figures[]; readonly targets: readonly Target[] }> {
  const figures: Figures[] = [];
  const lefts = new Map<Writer, Left>();
  for (const [writer, worker] of workers) {
    const items = (each.get(writer) ?? []).slice(0, contested);
    const made = editsOf(items, edits, `f${writers.indexOf(writer)}`, 5);
    const work = await worker.work(writer.edit, { ...ground, edits: made, workers: manyHands });
    const left = await leftOf(ground, made, z.array(z.string()).parse(work.facts['taken']));
    await noFaultIsLeft(ground);
    lefts.set(writer, left);
    figures.push({
      ...figuresOf(`${writer.name}, answers lost`, writer.version, [work.ms / edits], { edits, ...left }),
      unit: 'milliseconds an edit',
    });
  }
  const ofOurs = lefts.get(ours);
  assert.ok(ofOurs);
  const harm = [...lefts].map(([writer, left]) => (writer === ours ? 0 : left.lost + left.twice + left.half));
  return {
    figures,
    targets: [
      { what: `ours: all of ${edits} edits are taken`, atLeast: edits, measured: ofOurs.taken },
      { what: 'ours: none is lost', atMost: 0, measured: ofOurs.lost },
      { what: 'ours: none is there twice', atMost: 0, measured: ofOurs.twice },
      { what: 'ours: none is half there', atMost: 0, measured: ofOurs.half },
      {
        what: 'the others lose, repeat or halve some, so the faults bite',
        atLeast: 1,
        measured: harm.reduce((sum, one) => sum + one, 0),
      },
    ],
  };
}

/** Marks nobody else leaves; with `faultEvery` five, one of five loses one answer and one another. */
function editsOf(items: readonly Item[], count: number, name: string, faultEvery: number): readonly Edit[] {
  return Array.from({ length: count }, (_, at) => {
    const { id, ref } = items[at % items.length] ?? { id: '', ref: '' };
    const fault =
      faultEvery === 0 ? undefined : ([undefined, 'PATCH', undefined, 'POST', undefined] as const)[at % faultEvery];
    return { mark: `${name}-${at}`, itemId: id, ref, ...(fault === undefined ? {} : { fault }) };
  });
}

const itemsSchema = z.object({
  value: z.array(z.object({ id: z.string(), fields: z.record(z.string(), z.unknown()) })),
  '@odata.nextLink': z.string().optional(),
});

/** Reads by itself, not by what is measured. */
async function rowsOf(ground: Ground, listId: string, columns: string) {
  const rows: { readonly id: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  let next: string | undefined =
    `${ground.url}/v1.0/sites/${ground.siteId}/lists/${listId}/items?$expand=fields($select=${columns})&$top=5000`;
  while (next !== undefined) {
    const response: Response = await fetch(next, { headers: { Authorization: `Bearer ${ground.token}` } });
    const page = itemsSchema.parse(await response.json());
    rows.push(...page.value);
    next = page['@odata.nextLink'];
  }
  return rows;
}

async function groundOf(url: string, token: string): Promise<Ground> {
  const worker = await startWorker(loop.module);
  await worker.work('connect', { url, token });
  const wanted = [{ name: 'Areas', columns: ['Ref'] }];
  const { facts } = await worker.work('readBoard', { site: siteAddress, wanted, top: 5_000 });
  worker.end();
  const { siteId, listIds } = siteFactsSchema.parse(facts);
  const { Actions: actionsId = '', Updates: updatesId = '' } = listIds;
  return { url, token, siteId, actionsId, updatesId };
}

async function actionsOf(ground: Ground): Promise<readonly Item[]> {
  const rows = await rowsOf(ground, ground.actionsId, 'Ref');
  assert.ok(rows.length >= actions);
  // Ids of three figures: no id is the beginning of another.
  return rows.filter((row) => row.id.length === 3).map(({ id, fields }) => ({ id, ref: String(fields['Ref']) }));
}

async function leftOf(ground: Ground, edits: readonly Edit[], takenMarks: readonly string[]): Promise<Left> {
  const texts = new Map(
    (await rowsOf(ground, ground.actionsId, 'Description')).map(({ id, fields }) => [
      id,
      String(fields['Description'] ?? '').split(' '),
    ]),
  );
  const history = (await rowsOf(ground, ground.updatesId, 'Narrative')).map(({ fields }) =>
    String(fields['Narrative']),
  );
  const taken = new Set(takenMarks);
  const left = { taken: taken.size, lost: 0, twice: 0, half: 0 };
  for (const { mark, itemId } of edits) {
    const inItem = texts.get(itemId)?.filter((one) => one === mark).length ?? 0;
    const inHistory = history.filter((one) => one === mark).length;
    if (taken.has(mark) && (inItem === 0 || inHistory === 0)) left.lost += 1;
    left.twice += Math.max(0, inItem - 1) + Math.max(0, inHistory - 1);
    if (!taken.has(mark) && inItem + inHistory > 0) left.half += 1;
  }
  return left;
}

/** Every fault was met, by each contender the same number. */
async function noFaultIsLeft({ url }: Ground): Promise<void> {
  const faults = z.object({ value: z.array(z.unknown()) }).parse(await (await fetch(`${url}/_local/faults`)).json());
  assert.equal(faults.value.length, 0);
}
