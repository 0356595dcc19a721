// The embedded database's folder: one process at a time, a dead holder's lock taken over, no acknowledged write lost.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ConfigError } from '../../bot/errors';
import { lockFolder } from '../../bot/storage/folderLock';
import { createLedger } from '../../bot/storage/outbox';
import { openDatabase } from '../../bot/storage/sql';
import { temporaryFolder } from '../fixtures/databases';

const writer = path.join(__dirname, 'writer.ts');

/** A process that opens the folder, prints `open`, then the number of each acknowledged write. */
async function startWriter(folder: string): Promise<{ child: ChildProcess; acknowledged: number[]; open: boolean }> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const seen = { child, acknowledged: [] as number[], open: false };
  const lines = createInterface({ input: child.stdout });
  const started = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line === 'open') {
        seen.open = true;
        resolve();
      } else seen.acknowledged.push(Number(line));
    });
  });
  await Promise.race([started, once(child, 'exit')]);
  return seen;
}

async function acknowledgedAtLeast(
  seen: { child: ChildProcess; acknowledged: number[] },
  count: number,
): Promise<void> {
  while (seen.acknowledged.length < count && seen.child.exitCode === null)
    await Promise.race([once(seen.child.stdout ?? seen.child, 'data'), once(seen.child, 'exit')]);
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('the embedded database', () => {
  const place = temporaryFolder();
  const folder = path.join(place.folder, 'service');
  afterAll(() => place.remove());

  test('is refused to a second process while the first lives, naming the first', async () => {
    const first = await startWriter(folder);
    expect(first.open).toBe(true);
    const refused = await openDatabase({ folder }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect(String(refused)).toContain(`in use by process ${first.child.pid}`);
    await kill(first.child);
  }, 120_000);

  test('loses no acknowledged write when its process is killed, and is taken over each time', async () => {
    const acknowledged: number[] = [];
    for (const writes of [1, 40, 90, 25]) {
      const seen = await startWriter(folder);
      await acknowledgedAtLeast(seen, writes);
      await kill(seen.child);
      expect(seen.acknowledged.length).toBeGreaterThanOrEqual(writes);
      acknowledged.push(...seen.acknowledged);
    }
    const db = await openDatabase({ folder });
    const kept = await db.query<{ n: number }>('select n from written');
    await db.close();
    const known = new Set(kept.map((one) => one.n));
    expect(acknowledged.filter((n) => !known.has(n))).toEqual([]);
  }, 120_000);

  test('settles at once what a killed process was sending, and frees what it had claimed', async () => {
    const killed = await startWriter(folder);
    await acknowledgedAtLeast(killed, 1);
    await kill(killed.child);
    const db = await openDatabase({ folder });
    const ledger = createLedger(db);
    const [sending, claimed] = await ledger.entries('board', 'B09');
    expect([sending?.state, claimed?.state]).toEqual(['sending', 'claimed']);
    expect(await ledger.settleAbandoned('board')).toBe(1);
    expect(await ledger.claim('board', 'worker-2', 10, 30)).toMatchObject([{ personRef: 'P11' }]);
    expect((await ledger.entries('board', 'B09')).map((one) => one.state)).toEqual(['uncertain', 'claimed']);
    await db.close();
  }, 120_000);

  test('leaves in peace what this process is sending', async () => {
    const db = await openDatabase({ folder });
    const ledger = createLedger(db);
    const key = { boardId: 'mine', meetingRef: 'B09', step: 'request', personRef: 'P10' } as const;
    await ledger.plan([{ ...key, subjectRefs: [] }], '2025-01-06T09:00:00.000Z');
    const [entry] = await ledger.claim('mine', 'worker-1', 1, 30);
    expect(await ledger.sending(key, entry?.fence ?? -1)).toBe(true);
    expect(await createLedger(db).settleAbandoned('mine')).toBe(0);
    await db.close();
  }, 120_000);

  test('starts afresh over files that a crash left half made', async () => {
    const other = path.join(place.folder, 'half-made');
    mkdirSync(path.join(other, 'postgres.draft'), { recursive: true });
    writeFileSync(path.join(other, 'postgres.draft', 'PG_VERSION'), 'half');
    const db = await openDatabase({ folder: other });
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
    await db.close();
    expect(readdirSync(other).sort()).toEqual(['lock.1', 'postgres']);
  }, 120_000);

  test('opens again after it was closed', async () => {
    await (await openDatabase({ folder })).close();
    const db = await openDatabase({ folder });
    await db.close();
    await db.close();
  }, 120_000);
});

describe('the folder lock', () => {
  const place = temporaryFolder();
  afterAll(() => place.remove());
  const fresh = (name: string): string => path.join(place.folder, name);
  const holdBy = (folder: string, holder: unknown): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'lock.7'), typeof holder === 'string' ? holder : JSON.stringify(holder));
  };

  test('is refused to the same process twice', () => {
    const folder = fresh('twice');
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow('in use by this process');
    lock.release();
    expect(() => lockFolder(folder)).not.toThrow();
  });

  test('is taken from a process that is gone', () => {
    const folder = fresh('gone');
    holdBy(folder, { pid: 2 ** 22 + 1, since: '2025-01-06T09:00:00.000Z', released: false });
    lockFolder(folder);
    expect(readdirSync(folder)).toEqual(['lock.8']);
  });

  test('is taken when another process has the old pid now', () => {
    const folder = fresh('reused');
    holdBy(folder, { pid: process.pid, processStart: 'another/1', since: '2025-01-06T09:00:00.000Z', released: false });
    expect(() => lockFolder(folder)).not.toThrow();
  });

  test('is taken over a lock file that was damaged', () => {
    const folder = fresh('damaged');
    holdBy(folder, '{"pid":');
    expect(() => lockFolder(folder)).not.toThrow();
  });

  test('is respected when its holder lives, even where the start of a process is not known', () => {
    const folder = fresh('alive');
    holdBy(folder, { pid: process.ppid, since: '2025-01-06T09:00:00.000Z', released: false });
    expect(() => lockFolder(folder)).toThrow(`in use by process ${process.ppid}`);
  });

  test('can be read by its user alone', () => {
    const folder = path.join(fresh('private'), 'data');
    lockFolder(folder);
    expect(statSync(folder).mode & 0o077).toBe(0);
    const file = path.join(folder, 'lock.1');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, released: false });
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});
