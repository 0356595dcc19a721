// Random activities and bodies of the API at both doors, over HTTP: 5,000 here, 100,000 by `npm run bench -- fuzz`.
import { openDoors, type Doors } from '../fixtures/doors';
import { fuzz } from '../fixtures/fuzz';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors(1e9);
}, 60_000);
afterAll(() => doors?.close());

test('5,000 random requests: never a 500, nothing written, nothing told of the inside, nothing of it in the log', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
  const report = await fuzz(doors, 5000, seed);
  expect(report.faults).toEqual([]);
  expect(report.sent).toBe(5000);
  // Every kind of answer is among them, so that the requests do reach what they are for.
  const seen = Object.keys(report.statuses).map(Number);
  expect(seen).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 413, 415, 501]));
  const alive = await fetch(`${doors.origin}/health/live`);
  expect(alive.status).toBe(200);
}, 240_000);
