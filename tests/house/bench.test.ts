// The bench harness: contenders take turns, figures are medians, a missed target fails, the result has its fixed shape.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastResult, quantile, takeTurns, timesAsLong } from '../bench/measure';
import { digestOf, linesOf } from '../bench/digest';
import { report, type Outcome } from '../bench/report';
import { countRequests, longestRow, unitsOf } from '../bench/wire';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const figures = {
  unit: 'microseconds',
  lowerQuartile: 9,
  upperQuartile: 11,
  rounds: 3,
  times: 5,
  version: '1.0.0',
  counts: { bytes: 20 },
};

function outcome(measured: number, bound: 'atLeast' | 'atMost'): Outcome {
  return {
    ours: { ...figures, name: 'ours', median: 10, samples: [9, 10, 11] },
    peers: [{ ...figures, name: 'peer', median: 10 * measured, samples: [1, 2, 3] }],
    ratios: { peer: measured },
    targets: [
      bound === 'atLeast'
        ? { what: 'peer takes at least 4 times as long', atLeast: 4, measured }
        : { what: 'peer takes at most 4 times as long', atMost: 4, measured },
    ],
  };
}

function told(measured: number, bound: 'atLeast' | 'atMost' = 'atLeast'): { pass: boolean; lines: readonly string[] } {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const suite = { title: 'a suite', run: () => outcome(measured, bound) };
  const pass = report('probe', suite, outcome(measured, bound), { full: false, folder });
  log.mockRestore();
  return { pass, lines };
}

test('quantiles lie between neighbours', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
  expect(quantile([7], 0.75)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the ratio compares each round with its own and takes the median', () => {
  expect(timesAsLong([10, 100, 30], [5, 10, 10])).toBe(3);
});

test('contenders take turns and each has one figure a round', () => {
  const order: string[] = [];
  const contender = (name: string) => ({ name, version: '1', run: () => void order.push(name) });
  const [a, b] = takeTurns([contender('a'), contender('b')], { rounds: 4, batchMs: 0.01, warmUpMs: 0.02 });
  expect([a?.samples.length, b?.samples.length]).toEqual([4, 4]);
  const turns = order.filter((name, at) => name !== order[at - 1]).slice(-6);
  // Each round begins with the other one, so two batches of the same follow each other between rounds.
  expect(new Set(turns)).toEqual(new Set(['a', 'b']));
  expect(turns.length).toBeGreaterThan(3);
});

test('what a contender gives is kept, so that no compiler may leave the work out', () => {
  takeTurns([{ name: 'a', version: '1', run: () => 'done' }], { rounds: 1, batchMs: 0.01, warmUpMs: 0.01 });
  expect(lastResult()).toBe('done');
});

test('a met target passes and the result has its fixed shape', () => {
  const { pass, lines } = told(4.5);
  expect(pass).toBe(true);
  const result = JSON.parse(readFileSync(join(folder, 'probe.json'), 'utf8'));
  expect(Object.keys(result)).toEqual(['name', 'at', 'environment', 'ours', 'peers', 'ratios', 'targets', 'pass']);
  expect(result).toMatchObject({ name: 'probe', ratios: { peer: 4.5 }, pass: true });
  expect(lines.join('\n')).toContain('met     peer takes at least 4 times as long; measured 4.50');
});

test('a missed target does not pass', () => {
  const { pass, lines } = told(3.99);
  expect(pass).toBe(false);
  expect(lines.join('\n')).toContain('MISSED  peer takes at least 4 times as long; measured 3.99');
});

test('a figure that is no number does not pass', () => {
  expect(told(Number.NaN).pass).toBe(false);
  expect(told(Number.NaN, 'atMost').pass).toBe(false);
});

test('a target may be a bound from above', () => {
  expect(told(4, 'atMost').pass).toBe(true);
  expect(told(4.01, 'atMost').pass).toBe(false);
});

test('a suite may count by another clock', () => {
  let now = 0;
  const run = (): void => void (now += 7);
  const pace = { rounds: 3, batchMs: 0.001, warmUpMs: 0, nowMs: () => now };
  const [figures] = takeTurns([{ name: 'a', version: '1', run }], pace);
  expect([figures?.times, figures?.samples]).toEqual([1, [7000, 7000, 7000]]);
});

test.each([
  ['GET', 'sites/a:/b', 1],
  ['GET', 'sites/a/lists', 2],
  ['GET', 'sites/a/lists/b/items?$top=5000', 2],
  ['GET', 'sites/a/lists/b/items/7', 1],
  ['GET', 'sites/a/lists/b/items/delta', 2],
  ['GET', 'sites/a/lists/b/items/delta?token=x', 1],
  ['GET', 'drives/a/items/b/permissions', 5],
  ['PATCH', 'sites/a/lists/b/items/7', 2],
])('%s %s costs %i units', (method, address, units) => {
  expect(unitsOf(method, new URL(`http://127.0.0.1/v1.0/${address}`))).toBe(units);
});

test('round trips are the longest row of requests that do not overlap', () => {
  const span = (startMs: number, endMs: number) => ({ startMs, endMs });
  expect(longestRow([])).toBe(0);
  expect(longestRow([span(0, 40), span(1, 42), span(43, 90)])).toBe(2);
  expect(longestRow([span(0, 100), span(10, 20), span(30, 40), span(50, 60)])).toBe(3);
});

describe('the count of requests', () => {
  const plain = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = plain;
  });

  test('takes each part of a batch as one, and leaves out what is not Graph', async () => {
    globalThis.fetch = () => Promise.resolve(new Response('{}', { status: 503 }));
    const wire = countRequests();
    const requests = [
      { id: '1', method: 'GET', url: '/sites/a/lists/b/items' },
      { id: '2', method: 'GET', url: '/sites/a/lists/b/items/7' },
    ];
    await fetch('http://127.0.0.1/v1.0/$batch', { method: 'POST', body: JSON.stringify({ requests }) });
    await fetch('http://127.0.0.1/_local/faults');
    expect(wire.counted()).toEqual({ requests: 1, operations: 2, units: 3, failures: 1, roundTrips: 1 });
    wire.clear();
    expect(wire.counted()).toEqual({ requests: 0, operations: 0, units: 0, failures: 0, roundTrips: 0 });
  });
});

test('readings are the same whatever the order of rows and columns, and not when a value differs', () => {
  const row = (id: string, fields: Readonly<Record<string, unknown>>) => ({ id, eTag: '"x,1"', fields });
  const hash = (...rows: readonly ReturnType<typeof row>[]) => digestOf(linesOf(rows)).hash;
  const one = hash(row('1', { A: 1, B: 'b', '@odata.etag': 'e' }), row('2', {}));
  expect(hash(row('2', {}), row('1', { B: 'b', A: 1 }))).toBe(one);
  expect(hash(row('2', {}), row('1', { B: 'c', A: 1 }))).not.toBe(one);
});
