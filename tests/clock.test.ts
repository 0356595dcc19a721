import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { followLocalClock, realClock } from '../bot/clock';

const dayMs = 86_400_000;

let server: Server;
let url: string;
let answer: () => { status: number; body: string };
let asked = 0;

beforeEach(async () => {
  asked = 0;
  answer = () => ({ status: 200, body: JSON.stringify({ offsetMs: -dayMs }) });
  server = createServer((_request, response) => {
    asked += 1;
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isSo(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 25));
}

describe('the local clock', () => {
  test('is as far from real time as the local Microsoft 365 says', async () => {
    const clock = await followLocalClock(url);
    expect(Math.abs(clock.now().getTime() - (realClock.now().getTime() - dayMs))).toBeLessThan(5_000);
    clock.stop();
  });

  test('tells of a jump forward, once, and not of running on', async () => {
    let jumps = 0;
    const clock = await followLocalClock(url, () => (jumps += 1));
    await until(() => asked >= 2);
    expect(jumps).toBe(0);
    answer = () => ({ status: 200, body: JSON.stringify({ offsetMs: 0 }) });
    await until(() => jumps > 0);
    const then = asked;
    await until(() => asked >= then + 2);
    expect(jumps).toBe(1);
    clock.stop();
  });

  test('runs on from what was last known while nobody answers', async () => {
    const clock = await followLocalClock(url);
    answer = () => ({ status: 500, body: 'busy' });
    await until(() => asked >= 3);
    expect(Math.abs(clock.now().getTime() - (realClock.now().getTime() - dayMs))).toBeLessThan(5_000);
    clock.stop();
  });

  test('does not begin without an answer that makes sense', async () => {
    answer = () => ({ status: 200, body: '{}' });
    await expect(followLocalClock(url)).rejects.toThrow('did not tell its clock');
  });
});
