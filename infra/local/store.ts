// Keeps the local tenant on disk: one table of documents and one of file contents in PGlite, written before anything is acknowledged.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { placeEmptyDatabase } from './emptyDatabase';
import { LocalError } from './graphError';

export interface StoredDocument {
  readonly type: string;
  readonly key: string;
  readonly body: unknown;
}

export type StoreChange =
  /** A document whose key is new, which is faster for many. */
  | { readonly kind: 'add'; readonly type: string; readonly key: string; readonly body: unknown }
  | { readonly kind: 'put'; readonly type: string; readonly key: string; readonly body: unknown }
  | { readonly kind: 'remove'; readonly type: string; readonly key: string }
  | { readonly kind: 'content'; readonly key: string; readonly bytes: Uint8Array }
  | { readonly kind: 'clear' };

/** Changes handed in together are kept together or not at all. */
export interface Store {
  load(): Promise<readonly StoredDocument[]>;
  commit(changes: readonly StoreChange[]): Promise<void>;
  content(key: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** A store on disk in `folder`; without a folder one that ends with the process. */
export async function openStore(folder: string | undefined): Promise<Store> {
  return folder === undefined ? createMemoryStore() : openFolder(folder);
}

function createMemoryStore(): Store {
  const contents = new Map<string, Uint8Array>();
  return {
    load: () => Promise.resolve([]),
    commit: (changes) => {
      for (const change of changes) {
        if (change.kind === 'content') contents.set(change.key, change.bytes);
        if (change.kind === 'clear') contents.clear();
      }
      return Promise.resolve();
    },
    content: (key) => Promise.resolve(contents.get(key)),
    close: () => Promise.resolve(),
  };
}

async function openFolder(folder: string): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder);
  try {
    const files = join(folder, 'pgdata');
    await placeEmptyDatabase(files);
    const db = await PGlite.create(files);
    await db.exec(`
      CREATE TABLE IF NOT EXISTS documents (type text NOT NULL, key text NOT NULL, body json NOT NULL, PRIMARY KEY (type, key));
      CREATE TABLE IF NOT EXISTS contents (key text PRIMARY KEY, bytes bytea NOT NULL);
    `);
    return {
      load: async () => (await db.query<StoredDocument>('SELECT type, key, body FROM documents')).rows,
      commit: (changes) => commit(db, changes),
      content: async (key) =>
        (await db.query<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE key = $1', [key])).rows[0]?.bytes,
      close: async () => {
        await db.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

const bulkRows = 1000;
const copiedRows = 5000;

async function commit(db: PGlite, changes: readonly StoreChange[]): Promise<void> {
  await db.transaction(async (tx) => {
    let puts: StoredDocument[] = [];
    let added: string[] = [];
    const flush = async (): Promise<void> => {
      if (added.length > 0) await tx.query(`COPY documents FROM '/dev/blob'`, [], { blob: new Blob([added.join('')]) });
      added = [];
      if (puts.length === 0) return;
      await tx.query(
        `INSERT INTO documents SELECT * FROM json_to_recordset($1) AS r(type text, key text, body json)
         ON CONFLICT (type, key) DO UPDATE SET body = EXCLUDED.body`,
        [JSON.stringify(puts)],
      );
      puts = [];
    };
    for (const change of changes) {
      if (change.kind === 'add') {
        added.push(`${change.type}\t${change.key}\t${copyText(JSON.stringify(change.body))}\n`);
        if (added.length >= copiedRows) await flush();
        continue;
      }
      if (change.kind === 'put') {
        puts.push({ type: change.type, key: change.key, body: change.body });
        if (puts.length >= bulkRows) await flush();
        continue;
      }
      await flush();
      if (change.kind === 'remove')
        await tx.query('DELETE FROM documents WHERE type = $1 AND key = $2', [change.type, change.key]);
      else if (change.kind === 'content')
        await tx.query('INSERT INTO contents VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET bytes = EXCLUDED.bytes', [
          change.key,
          change.bytes,
        ]);
      else await tx.exec('DELETE FROM documents; DELETE FROM contents;');
    }
    await flush();
  });
}

/** JSON has no raw tabs or line breaks: only its backslashes have a meaning of their own in COPY. */
function copyText(json: string): string {
  return json.replaceAll('\\', '\\\\');
}

/** Lets one process at a time open the folder; a lock left by a process that ended is taken over. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine = `${process.pid} ${startedAt(process.pid)}`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const handle = openSync(path, 'wx');
      writeSync(handle, mine);
      closeSync(handle);
      return () => {
        if (readLock(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const holder = readLock(path);
    const [pid = '', started = ''] = (holder ?? '').split(' ');
    if (isRunning(Number(pid), started))
      throw new LocalError(
        `The data folder ${folder} is in use by process ${pid}. Stop that process, or choose another folder with --data.`,
      );
    // Taken over only if it is still the dead holder's.
    if (readLock(path) === holder) rmSync(path, { force: true });
  }
  throw new LocalError(`The data folder ${folder} could not be locked. Try again, or choose another with --data.`);
}

/** The system's code of an error, such as EEXIST. */
function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isRunning(pid: number, started: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  // A pid may be given out again: where the system says when a process started, that must match too.
  const now = startedAt(pid);
  return now === '' || started === '' || now === started;
}

/** Start time in clock ticks on Linux, empty elsewhere. */
function startedAt(pid: number): string {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return '';
  const stat = readFileSync(path, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
