// An empty database that is made once and copied for each new data folder: making one takes four seconds, a copy a third of one.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const cacheFolder = path.resolve(__dirname, '..', '..', 'node_modules', '.cache', 'board-assistant');

/**
 * The folder of the empty database, of this version of PGlite, made now if it is the first time. Never open it: copy it.
 * Undefined where nothing may be written beside the packages.
 */
export async function emptyDatabase(cache: string = cacheFolder): Promise<string | undefined> {
  const folder = path.join(cache, `pglite-${pgliteVersion()}`);
  if (existsSync(folder)) return folder;
  const draft = draftFolder(cache);
  if (draft === undefined) return undefined;
  try {
    // In a process of its own: making it takes 840 MB, which this process would keep.
    const program =
      'const { PGlite } = require(process.argv[1]); PGlite.create(process.argv[2]).then((db) => db.close())';
    const files = path.join(draft, 'files');
    await promisify(execFile)(process.execPath, ['-e', program, require.resolve('@electric-sql/pglite'), files], {
      timeout: 120_000,
    });
    moveUnlessThere(files, folder);
    return folder;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Puts an empty database into `target`, whole or not at all, unless one is there or none could be made. */
export async function placeEmptyDatabase(target: string, cache?: string): Promise<void> {
  const source = existsSync(target) ? undefined : await emptyDatabase(cache);
  if (source === undefined) return;
  const draft = `${target}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(source, draft, { recursive: true });
  renameSync(draft, target);
}

function draftFolder(cache: string): string | undefined {
  try {
    mkdirSync(cache, { recursive: true });
    return mkdtempSync(path.join(cache, 'draft-'));
  } catch {
    return undefined;
  }
}

/** Two processes may make it at once: the first to end wins, the other's is the same and is thrown away. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

function pgliteVersion(): string {
  const file = path.join(path.dirname(require.resolve('@electric-sql/pglite')), '..', 'package.json');
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : 'unknown';
}
