// One reminder to very many people over a connector that enforces Teams' limits: how much of the limit is used, and
// whether it is ever passed; from one instance and from three, beside the ways people write first.
import assert from 'node:assert/strict';
import { z } from 'zod';
import { migrate } from '../../../bot/storage/migrations';
import { openDatabase } from '../../../bot/storage/sql';
import { mostWithin } from '../../fixtures/connector/limits';
import { startPostgres } from '../../fixtures/databases';
import { ourSending, plainSending, queueSending, type Client } from '../contenders';
import type { Figures } from '../measure';
import type { Outcome, Suite, Target } from '../report';
import { figuresOf, startWorker, type Memory, type Worker } from '../workers';

const limit = 50;
const loweredLimit = 30;
const latencyMs = 40;
/** What happens before the pace is steady is not counted. */
const warmUpMs = 2000;

const countedSchema = z.object({
  acceptedAtMs: z.array(z.number()),
  twice: z.number(),
  refused: z.number(),
  mostInASecond: z.number(),
  early: z.number(),
  malformed: z.number(),
});
type Counted = z.infer<typeof countedSchema>;
const portSchema = z.object({ port: z.number() });
const momentSchema = z.object({ atMs: z.number() });

interface Run {
  readonly name: string;
  readonly version: string;
  readonly owners: number;
  readonly counted: Counted;
}

export const suite: Suite = {
  title: `one message to many at ${limit} requests a second, answered after ${latencyMs} ms: how much of the limit is used`,
  async run({ full }): Promise<Outcome> {
    const seconds = 60;
    const owners = full ? 10_000 : seconds * limit;
    const server = await startPostgres();
    const databaseUrl = await server.createDatabase();
    const db = await openDatabase({ databaseUrl });
    await migrate(db);
    await db.close();
    try {
      const one = await oursFrom(1, databaseUrl, owners);
      const three = await oursFrom(3, databaseUrl, owners);
      const dropped = await overADrop(databaseUrl);
      const peers = [
        await peer(plainSending, 'sequential loop', 'loop', owners, seconds),
        await peer(plainSending, 'Promise.all', 'all', owners, seconds),
        await peer(queueSending, 'p-queue', 'queue', owners, seconds),
      ];
      const figures = [one, three, ...peers].map(figuresOfRun);
      const [first, ...others] = figures;
      assert.ok(first);
      return {
        ours: first,
        peers: others,
        ratios: Object.fromEntries(others.map((other) => [other.name, other.median / first.median])),
        targets: [...steady(one), ...steady(three), ...memoryTargets(one.memory), ...dropped],
      };
    } finally {
      await server.stop();
    }
  },
};

async function withConnector<T>(work: (connector: Worker, port: number) => Promise<T>): Promise<T> {
  const connector = await startWorker('clients/connectorServer.ts');
  try {
    const { port } = portSchema.parse((await connector.work('start', { perSecond: limit, latencyMs })).facts);
    return await work(connector, port);
  } finally {
    await connector.work('stop');
    connector.end();
  }
}

async function countedOf(connector: Worker, boardId: string): Promise<Counted> {
  return countedSchema.parse((await connector.work('counted', `${boardId}|`)).facts);
}

async function openInstances(count: number, databaseUrl: string): Promise<readonly Worker[]> {
  const instances = await Promise.all(Array.from({ length: count }, async () => startWorker(ourSending.module)));
  for (const instance of instances) await instance.work('open', databaseUrl);
  return instances;
}

async function oursFrom(
  count: number,
  databaseUrl: string,
  owners: number,
): Promise<Run & { readonly memory: { readonly before: Memory; readonly after: Memory } }> {
  const instances = await openInstances(count, databaseUrl);
  const [first] = instances;
  assert.ok(first);
  try {
    return await withConnector(async (connector, port) => {
      const warmUp = { boardId: `warm-${count}`, port, owners: 6 * limit };
      const board = { boardId: `fanout-${count}`, port, owners };
      for (const one of [warmUp, board]) await first.work('keep', one);
      await Promise.all(instances.map(async (one) => one.work('send', warmUp)));
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const before = await first.memory();
      await Promise.all(instances.map(async (one) => one.work('send', board)));
      await first.forget();
      const after = await first.memory();
      const counted = await countedOf(connector, board.boardId);
      const name = count === 1 ? 'ours, one instance' : `ours, ${count} instances`;
      return { name, version: ourSending.version, owners, counted, memory: { before, after } };
    });
  } finally {
    for (const instance of instances) {
      await instance.work('close');
      instance.end();
    }
  }
}

async function peer(client: Client, name: string, way: string, owners: number, seconds: number): Promise<Run> {
  const worker = await startWorker(client.module);
  try {
    return await withConnector(async (connector, port) => {
      await worker.work(way, { boardId: way, port, owners, seconds });
      return { name, version: client.version, owners, counted: await countedOf(connector, way) };
    });
  } finally {
    worker.end();
  }
}

/** Messages a second, the first moments and the last second left out. */
function rateOf(acceptedAtMs: readonly number[]): number {
  const fromMs = (acceptedAtMs[0] ?? 0) + warmUpMs;
  const steadyOnes = acceptedAtMs.filter((one) => one >= fromMs);
  const [begin, end] = [steadyOnes[0], steadyOnes.at(-1)];
  // Who was done before the pace was steady is counted over a whole second at least.
  if (begin === undefined || end === undefined || end - begin < 1000) {
    const all = Math.max(1000, (acceptedAtMs.at(-1) ?? 0) - (acceptedAtMs[0] ?? 0));
    return (acceptedAtMs.length * 1000) / all;
  }
  return ((steadyOnes.length - 1) * 1000) / (end - begin);
}

function steady({ name, owners, counted }: Run): readonly Target[] {
  return [
    { what: `${name}: of the limit used, %`, atLeast: 98, measured: (rateOf(counted.acceptedAtMs) * 100) / limit },
    { what: `${name}: requests refused for being too many`, atMost: 0, measured: counted.refused },
    { what: `${name}: most requests in any second`, atMost: limit, measured: counted.mostInASecond },
    { what: `${name}: people who got it`, atLeast: owners, measured: counted.acceptedAtMs.length },
    { what: `${name}: people who got it twice`, atMost: 0, measured: counted.twice },
    { what: `${name}: requests that are not of the protocol`, atMost: 0, measured: counted.malformed },
  ];
}

function memoryTargets({ before, after }: { readonly before: Memory; readonly after: Memory }): readonly Target[] {
  return [
    {
      what: 'heap after all are sent, of that before, %',
      atMost: 105,
      measured: (after.heapBytes * 100) / before.heapBytes,
    },
  ];
}

/** The limit falls to 30 a second for a while and returns. */
async function overADrop(databaseUrl: string): Promise<readonly Target[]> {
  const [instance] = await openInstances(1, databaseUrl);
  assert.ok(instance);
  const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  try {
    return await withConnector(async (connector, port) => {
      const board = { boardId: 'drop', port, owners: 1200 };
      await instance.work('keep', board);
      const sending = instance.work('send', board);
      await pause(6000);
      await connector.work('limit', loweredLimit);
      await pause(10_000);
      const returned = momentSchema.parse((await connector.work('limit', limit)).facts);
      await sending;
      const counted = await countedOf(connector, board.boardId);
      const within = (fromMs: number, toMs: number): number =>
        counted.acceptedAtMs.filter((one) => one >= returned.atMs + fromMs && one < returned.atMs + toMs).length;
      return [
        {
          what: `limit back from ${loweredLimit}: of it used in the three seconds after five, %`,
          atLeast: 95,
          measured: (within(5000, 8000) * 100) / (3 * limit),
        },
        {
          what: `limit at ${loweredLimit}: of it used meanwhile, %`,
          atLeast: 50,
          measured: (within(-9000, 0) * 100) / (9 * loweredLimit),
        },
        { what: 'limit dropped: people who got it', atLeast: board.owners, measured: counted.acceptedAtMs.length },
        { what: 'limit dropped: people who got it twice', atMost: 0, measured: counted.twice },
        { what: 'limit dropped: tried again before Retry-After', atMost: 0, measured: counted.early },
        {
          what: 'limit dropped: most accepted in any second',
          atMost: limit,
          measured: mostWithin(counted.acceptedAtMs, 1000),
        },
      ];
    });
  } finally {
    await instance.work('close');
    instance.end();
  }
}

function figuresOfRun({ name, version, owners, counted }: Run): Figures {
  const rate = rateOf(counted.acceptedAtMs);
  return {
    ...figuresOf(name, version, [1000 / rate], {
      people: owners,
      sent: counted.acceptedAtMs.length,
      'of the limit %': Math.round((rate * 1000) / limit) / 10,
      refused: counted.refused,
      'most in a second': counted.mostInASecond,
    }),
    unit: 'milliseconds a message',
  };
}
