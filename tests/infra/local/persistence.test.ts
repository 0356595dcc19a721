// The local tenant on disk: nothing acknowledged is lost to a kill, one process a folder, the clock goes on where it stood.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { lockFolder } from '../../../infra/local/store';
import { tenantId } from './localGraph';

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'local365-'));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const one of running) one.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(): Promise<Started> {
  const args = ['--import', 'tsx', 'infra/local/server.ts', '--port', '0', '--data', folder];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const [, found] = /ready at (http:\S+)/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
    child.once('exit', () => reject(new Error(said)));
  });
  return { child, url };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}

async function tokenFor(url: string): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' });
  const response = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body: form });
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'access_token' in body ? String(body.access_token) : '';
}

const items = '/v1.0/sites/root/lists/Updates/items';
async function ask(
  url: string,
  token: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
const clockOf = async (url: string): Promise<number> => {
  const body: unknown = await (await fetch(`${url}/_local/clock`)).json();
  return Date.parse(typeof body === 'object' && body !== null && 'now' in body ? String(body.now) : '');
};

test('every acknowledged row is there after a kill, tokens hold, and the clock goes on', async () => {
  const first = await start();
  const token = await tokenFor(first.url);
  await ask(first.url, token, '/_local/clock', { advanceTo: '2025-01-06T15:00:00Z' });
  const acknowledged: string[] = [];
  for (let i = 0; i < 20; i += 1) {
    const key = `kill-${i}`;
    const { status } = await ask(first.url, token, items, { fields: { SubjectRef: 'APA1.04', OperationKey: key } });
    if (status === 201) acknowledged.push(key);
  }
  expect(acknowledged).toHaveLength(20);
  await expect(start()).rejects.toThrow(`The data folder ${folder} is in use by process ${first.child.pid}.`);
  await stop(first.child, 'SIGKILL');

  const second = await start();
  const { text } = await ask(second.url, token, `${items}?$expand=fields($select=OperationKey)&$top=5000`);
  for (const key of acknowledged) expect(text).toContain(`"${key}"`);
  const now = await clockOf(second.url);
  expect(now).toBeGreaterThanOrEqual(Date.parse('2025-01-06T15:00:00Z'));
  expect(now).toBeLessThan(Date.parse('2025-01-06T15:10:00Z'));
  expect(await stop(second.child, 'SIGTERM')).toBe(0);
}, 120_000);

test('a lock left behind by a process that ended is taken over, a living one is respected', () => {
  const place = mkdtempSync(join(folder, 'lock-'));
  writeFileSync(join(place, 'lock'), '999999999 1');
  const release = lockFolder(place);
  expect(readFileSync(join(place, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  expect(() => lockFolder(place)).toThrow('is in use by process');
  release();
  // The same pid, but another process than the one that took the lock.
  writeFileSync(join(place, 'lock'), `${process.pid} 1`);
  lockFolder(place)();
});
