// 100,000 random activities and API bodies at both doors over HTTP: never a 500, nothing written, memory level.
import { openDoors, type Doors } from '../../fixtures/doors';
import { fuzz, type FuzzReport } from '../../fixtures/fuzz';
import { thisTree } from '../contenders';
import type { Outcome, Suite } from '../report';
import { figuresOf } from '../workers';

const all = 100_000;
const parts = 10;
/** Memory is compared from here on: code is compiled, caches are warm. */
const settledPart = 4;

export const suite: Suite = {
  title: `${all} random requests at both doors: answers, writes, memory`,
  async run({ full }): Promise<Outcome> {
    const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
    console.log(`FUZZ_SEED=${seed} sends the same again.`);
    const doors = await openDoors(1e9);
    try {
      return await judged(doors, full ? 5 * all : all, seed);
    } finally {
      await doors.close();
    }
  },
};

async function judged(doors: Doors, count: number, seed: number): Promise<Outcome> {
  const reports: FuzzReport[] = [];
  const heaps: number[] = [];
  const times: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    const startedMs = performance.now();
    reports.push(await fuzz(doors, count / parts, seed + part * count));
    times.push(performance.now() - startedMs);
    heaps.push(heapBytes());
  }
  const faults = reports.flatMap((one) => one.faults);
  for (const one of new Set(faults)) console.log(one);
  const sent = reports.reduce((sum, one) => sum + one.sent, 0);
  const statuses = reports.flatMap((one) => Object.entries(one.statuses));
  const answered = (from: number, to: number): number =>
    statuses.filter(([status]) => Number(status) >= from && Number(status) < to).reduce((sum, [, of]) => sum + of, 0);
  const [settled, last] = [heaps[settledPart - 1] ?? 0, heaps.at(-1) ?? 0];
  return {
    ours: figuresOf('this tree', thisTree, times, {
      requests: sent,
      'requests a second': Math.round((sent * 1000) / times.reduce((sum, one) => sum + one, 0)),
      'answered 2xx': answered(200, 400),
      'answered 4xx': answered(400, 500),
      'slowest, ms': Math.round(Math.max(...reports.map((one) => one.slowestMs))),
      'heap MB settled': megabytes(settled),
      'heap MB at the end': megabytes(last),
    }),
    peers: [],
    ratios: {},
    targets: [
      { what: 'requests answered', atLeast: count, measured: sent },
      { what: 'answers of 500, told too much, wrote or logged what was sent', atMost: 0, measured: faults.length },
      { what: 'heap at the end, of that after four parts of ten, %', atMost: 110, measured: (last * 100) / settled },
    ],
  };
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new TypeError('Run with --expose-gc.');
  for (let turn = 0; turn < 3; turn += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 104_857.6) / 10;
}
