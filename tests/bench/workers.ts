// Starts contenders in processes of their own and asks them for work, one after the other.
import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { quantile, type Figures } from './measure';
import type { Digest } from './digest';

const timesSchema = z.object({
  ms: z.number(),
  processorMs: z.number(),
  requests: z.number(),
  operations: z.number(),
  units: z.number(),
  failures: z.number(),
  roundTrips: z.number(),
  /** What the contender itself tells of its work. */
  facts: z.record(z.string(), z.unknown()),
});
export type Work = z.infer<typeof timesSchema>;
const digestSchema: z.ZodType<Digest> = z.object({ rows: z.number(), hash: z.string() });
const memorySchema = z.object({ heapBytes: z.number(), rssBytes: z.number(), peakBytes: z.number() });
export type Memory = z.infer<typeof memorySchema>;
const answerSchema = z.union([z.object({ result: z.unknown() }), z.object({ error: z.string() })]);

export interface Worker {
  /** Has an exported function of the module called, and tells what it took. */
  work(name: string, ...args: readonly unknown[]): Promise<Work>;
  /** What the last work gave. */
  digest(): Promise<Digest>;
  /** After garbage collection, with what the last work gave still held. */
  memory(): Promise<Memory>;
  /** Lets go of what the last work gave. */
  forget(): Promise<void>;
  end(): void;
}

/** `module` is a path below tests/bench; the process ends with this one. */
export async function startWorker(module: string): Promise<Worker> {
  const child = fork(path.join(__dirname, 'worker.cjs'), [module], { execArgv: ['--expose-gc', '--no-warnings'] });
  await answerOf(child);
  const ask = (question: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const answer = answerOf(child);
    child.send(question);
    return answer;
  };
  return {
    work: async (name, ...args) => timesSchema.parse(await ask({ ask: 'work', name, args })),
    digest: async () => digestSchema.parse(await ask({ ask: 'digest' })),
    memory: async () => memorySchema.parse(await ask({ ask: 'memory' })),
    forget: async () => void (await ask({ ask: 'forget' })),
    end: () => child.disconnect(),
  };
}

/** The next message of the process; its end instead of one is an error. */
function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      child.off('message', told);
      child.off('exit', gone);
    };
    const told = (message: unknown): void => {
      done();
      const answer = answerSchema.parse(message);
      if ('error' in answer) reject(new Error(answer.error));
      else resolve(answer.result);
    };
    const gone = (code: number | null): void => {
      done();
      reject(new Error(`A contender's process ended with ${code}.`));
    };
    child.on('message', told);
    child.on('exit', gone);
  });
}

/** Figures of samples in milliseconds. */
export function figuresOf(
  name: string,
  version: string,
  samples: readonly number[],
  counts: Readonly<Record<string, number>>,
): Figures {
  return {
    name,
    version,
    unit: 'milliseconds',
    median: quantile(samples, 0.5),
    lowerQuartile: quantile(samples, 0.25),
    upperQuartile: quantile(samples, 0.75),
    rounds: samples.length,
    times: 1,
    samples,
    counts,
  };
}

/** Each round has every contender once, the order turning by one a round; all of them have run before. */
export async function inTurn<K>(
  rounds: number,
  contenders: ReadonlyMap<K, () => Promise<Work>>,
): Promise<ReadonlyMap<K, readonly Work[]>> {
  const entries = [...contenders];
  const samples = new Map<K, Work[]>(entries.map(([key]) => [key, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < entries.length; turn += 1) {
      const entry = entries[(round + turn) % entries.length];
      if (entry === undefined) continue;
      samples.get(entry[0])?.push(await entry[1]());
    }
  }
  return samples;
}

export function ms(works: readonly Work[] | undefined): readonly number[] {
  return (works ?? []).map((one) => one.ms);
}

/** What can be counted of some work; requests and units must be the same in every round. */
export function countsOf(works: readonly Work[] | undefined): Readonly<Record<string, number>> {
  const [first, ...others] = works ?? [];
  assert.ok(first);
  const { operations, units, roundTrips } = first;
  for (const one of others) assert.deepEqual([one.operations, one.units], [operations, units]);
  return {
    requests: operations,
    units,
    'round trips': Math.max(roundTrips, ...others.map((one) => one.roundTrips)),
    'processor ms': Math.round(
      quantile(
        (works ?? []).map((one) => one.processorMs),
        0.5,
      ),
    ),
  };
}
