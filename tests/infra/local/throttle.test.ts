// Resource units of the local Graph: the limits of a tier, and the figures of what each application asked for.
import { createMeter } from '../../../infra/local/throttle';
import { objectOf, sitePath, startGraph, type Body } from './localGraph';

const throttled = (retryAfter: string) =>
  expect.objectContaining({ status: 429, headers: expect.objectContaining({ 'Retry-After': retryAfter }) });

test('says how much is left from 80 % of a minute, and refuses above it until the minute is over', () => {
  let now = 0;
  const meter = createMeter('smallest', () => now);
  expect(meter.spend('a', 999)).toEqual({});
  expect(meter.spend('a', 1)).toEqual({
    'RateLimit-Limit': '1250',
    'RateLimit-Remaining': '250',
    'RateLimit-Reset': '60',
  });
  meter.spend('a', 250);
  now = 20_500;
  expect(() => meter.spend('a', 1)).toThrow(throttled('40'));
  now = 60_000;
  expect(meter.spend('a', 1)).toEqual({});
});

test('limits each application by itself', () => {
  const meter = createMeter('smallest', () => 0);
  meter.spend('a', 1250);
  expect(() => meter.spend('a', 1)).toThrow(throttled('60'));
  expect(meter.spend('b', 999)).toEqual({});
});

test('refuses what goes beyond the units of 24 hours, though the minute has some left', () => {
  let now = 0;
  const meter = createMeter('smallest', () => now);
  for (let minute = 0; minute < 960; minute += 1) {
    now = minute * 60_000;
    meter.spend('a', 1250);
  }
  now = 960 * 60_000;
  expect(() => meter.spend('a', 1)).toThrow(throttled(String(8 * 60 * 60)));
  now = 24 * 60 * 60_000;
  expect(meter.spend('a', 1)).toEqual({});
});

test('counts without a tier, and refuses nothing', () => {
  let now = 0;
  const meter = createMeter(undefined, () => now);
  meter.countRequest('a');
  expect(meter.spend('a', 1_000_000)).toEqual({});
  now = 59_000;
  meter.spend('a', 5);
  now = 61_000;
  expect(meter.usage().apps).toEqual({
    a: { requests: 1, calls: 2, units: 1_000_005, unitsLastMinute: 5, throttled: 0 },
  });
  meter.forget();
  expect(meter.usage().apps['a']).toMatchObject({ requests: 0, calls: 0, units: 0, unitsLastMinute: 0 });
});

test('counts the units of each part of a batch, and throttles each by itself', async () => {
  const small = await startGraph({ throttle: 'smallest' });
  const usage = async (): Promise<Body> => objectOf(await (await fetch(`${small.local.url}/_local/usage`)).json());
  const parts = Array.from({ length: 20 }, (_, j) => ({ id: String(j), method: 'GET', url: '/users' }));
  const answers = [];
  for (let i = 0; i < 32; i += 1)
    answers.push(await small.ask('/$batch', { method: 'POST', body: { requests: parts }, shape: 'batchResponse' }));
  expect(JSON.stringify(answers[30]?.body)).toContain('RateLimit-Remaining');
  const last = JSON.stringify(answers.at(-1)?.body);
  expect(last).toContain('"status":429');
  expect(last).toContain('"status":200');
  expect(last).toContain('Retry-After');
  expect(await usage()).toEqual({
    tier: 'smallest',
    apps: { local: { requests: 32, calls: 640, units: 1280, unitsLastMinute: 1280, throttled: 15 } },
  });
  await fetch(`${small.local.url}/_local/usage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(objectOf((await usage())['apps'])['local']).toMatchObject({ requests: 0, units: 0 });
  await small.local.close();
}, 30_000);

test('counts a call by what it costs: one unit a row or a delta with its token, two a page or a change', async () => {
  const graph = await startGraph();
  const units = async (path: string, ask = {}): Promise<number> => {
    const read = async (): Promise<number> => {
      const usage = objectOf(await (await fetch(`${graph.local.url}/_local/usage`)).json());
      return Number(objectOf(objectOf(usage['apps'])['local'])['units'] ?? 0);
    };
    const before = await read();
    await graph.ask(path, ask);
    return (await read()) - before;
  };
  const areas = `${sitePath}:/lists/Areas/items`;
  expect(await units(`${areas}/1`, { shape: 'listItem' })).toBe(1);
  expect(await units(areas, { shape: 'listItemCollectionResponse' })).toBe(2);
  expect(await units(`${areas}/delta`, { shape: 'listItemDeltaResponse' })).toBe(2);
  expect(await units(`${areas}/delta?token=latest`, { shape: 'listItemDeltaResponse' })).toBe(1);
  expect(await units(`${areas}/7`, { method: 'DELETE' })).toBe(2);
  await graph.local.close();
});

test('knows its tiers', async () => {
  await expect(startGraph({ throttle: 'tiny' })).rejects.toThrow('There is no throttling tier "tiny".');
});
