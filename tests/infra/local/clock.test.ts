// The local clock, and the deadline it can go to.
import { z } from 'zod';
import { civilDateOf, inWords, localInstant, localMidnight, nineOn } from '../../../infra/local/clock';
import { startGraph, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

const clockSchema = z.object({
  now: z.string().default(''),
  offsetMs: z.number().default(0),
  error: z.object({ message: z.string() }).optional(),
});
type ClockState = z.infer<typeof clockSchema>;

async function clock(body?: unknown): Promise<{ status: number; state: ClockState }> {
  const response = await fetch(`${graph.local.url}/_local/clock`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const state = clockSchema.parse(await response.json());
  return { status: response.status, state };
}
const page = async (): Promise<string> => (await fetch(`${graph.local.url}/`)).text();

test('starts at nine on the seed’s day and tells its distance from real time', async () => {
  const { state } = await clock();
  expect(state.now.slice(0, 16)).toBe('2025-01-06T09:00');
  expect(Math.abs(Date.parse(state.now) - (Date.now() + state.offsetMs))).toBeLessThan(5000);
});

test('moves forward by minutes and to a moment, never back', async () => {
  const before = Date.parse((await clock()).state.now);
  const after = Date.parse((await clock({ advanceBy: { minutes: 90 } })).state.now);
  expect(Math.round((after - before) / 60_000)).toBe(90);
  expect((await clock({ advanceTo: '2025-01-06T16:59:00Z' })).state.now.slice(0, 16)).toBe('2025-01-06T16:59');
  const back = await clock({ advanceTo: '2025-01-06T10:00:00Z' });
  expect([back.status, back.state.error?.message]).toEqual([400, 'The local clock only moves forward.']);
  expect((await clock({ advanceTo: 'tomorrow' })).status).toBe(400);
  expect((await clock({ advanceBy: { minutes: -5 } })).status).toBe(400);
  expect((await clock({ faster: true })).status).toBe(400);
});

test('offers the next step of the meetings, one after another, and leads through the whole cycle', async () => {
  const offered: string[] = [];
  for (let step = 0; step < 11; step += 1) {
    const shown = await page();
    offered.push(/Next: ([^<]*)/u.exec(shown)?.[1]?.trim() ?? 'nothing');
    const [, body = ''] = /data-body="([^"]*advanceTo[^"]*)"/u.exec(shown) ?? [];
    await clock(JSON.parse(body.replaceAll('&quot;', '"')));
  }
  expect(offered.map((one) => one.replaceAll('&#39;', "'"))).toEqual([
    "B09, owners' deadline, Monday 6 January 2025, 17:00",
    'B09, escalation, Tuesday 7 January 2025, 10:00',
    'B09, papers to check, Wednesday 8 January 2025, 08:00',
    'B09, two hours before the papers are due, Wednesday 8 January 2025, 14:00',
    'B09, papers deadline, Wednesday 8 January 2025, 16:00',
    "B09, chair's briefing, Friday 10 January 2025, 09:00",
    'B09, digest to members, Tuesday 14 January 2025, 09:00',
    'B09, the meeting begins, Wednesday 15 January 2025, 10:00',
    'B09, decisions go to their owners, Thursday 16 January 2025, 09:00',
    'B09, minutes are due, Wednesday 22 January 2025, 17:00',
    'B10, updates are asked for, Wednesday 5 February 2025, 09:00',
  ]);
});

test('dates what is changed by the local clock', async () => {
  const { body } = await graph.ask(`${graph.list('Areas')}/items/1`, {
    method: 'PATCH',
    body: { fields: { Aim: 'New' } },
    shape: 'listItem',
  });
  expect(String(body['lastModifiedDateTime'])).toMatch(/^2025-02-05T09:0/);
});

test('a reset begins again at the start, lists and all', async () => {
  const response = await fetch(`${graph.local.url}/_local/reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(response.status).toBe(200);
  expect((await clock()).state.now.slice(0, 16)).toBe('2025-01-06T09:00');
  const { body } = await graph.ask(`${graph.list('Areas')}/items/1`, { shape: 'listItem' });
  expect(String(body['eTag'])).toMatch(/,1"$/);
});

test.each([
  ['2025-01-31', '12:00', '2025-01-31T12:00:00Z'],
  ['2025-06-30', '17:00', '2025-06-30T16:00:00Z'],
  ['2025-03-30', '12:00', '2025-03-30T11:00:00Z'],
])('%s %s in the board’s zone is %s', (on, time, instant) => {
  expect(localInstant(on, time)).toBe(instant);
});

test('a date is kept as local midnight and read back as the same date', () => {
  const midnight = localMidnight(new Date('2025-07-01T12:00:00Z'));
  expect(midnight).toBe('2025-06-30T23:00:00Z');
  expect(civilDateOf(midnight)).toBe('2025-07-01');
  expect(inWords(new Date('2025-07-01T08:00:00Z'))).toBe('Tuesday 1 July 2025, 09:00');
  expect(nineOn('2025-07-01').toISOString()).toBe('2025-07-01T08:00:00.000Z');
});
