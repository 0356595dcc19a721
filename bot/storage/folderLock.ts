// One process at a time in an embedded database's folder: two at once lose acknowledged writes without an error.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../errors';
import { errorCode } from './errorCode';

export interface FolderLock {
  release(): void;
}

const holderFile = z.object({
  pid: z.number(),
  /** Tells a process from a later one with the same pid; absent where the system does not say. */
  processStart: z.string().optional(),
  since: z.string(),
  released: z.boolean(),
});
type Holder = z.infer<typeof holderFile>;

const lockName = /^lock\.(\d+)$/;

/**
 * Takes the folder for this process; the lock of a process that has died is taken over.
 * Throws ConfigError, naming the pid, when a living process holds it.
 *
 * The holder is the highest `lock.N`. A successor links a complete file to `lock.N+1`, which only one can do, so two
 * that see the same dead holder cannot both win; a release keeps its number for the same reason.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const last = lockNumbers(folder).at(-1) ?? 0;
    const holder = last === 0 ? undefined : readHolder(lockPath(folder, last));
    if (holder && !holder.released && isAlive(holder)) throw inUse(folder, holder);
    const mine = take(folder, last + 1);
    if (mine !== undefined) return mine;
  }
}

function take(folder: string, number: number): FolderLock | undefined {
  const draft = path.join(folder, `taking.${process.pid}.${randomUUID()}`);
  const file = lockPath(folder, number);
  const processStart = startOf(process.pid);
  const self: Holder = {
    pid: process.pid,
    ...(processStart === undefined ? {} : { processStart }),
    since: new Date().toISOString(),
    released: false,
  };
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  for (const older of lockNumbers(folder)) if (older < number) rmSync(lockPath(folder, older), { force: true });
  return { release: () => writeFileSync(file, JSON.stringify({ ...self, released: true })) };
}

function lockPath(folder: string, number: number): string {
  return path.join(folder, `lock.${number}`);
}

function lockNumbers(folder: string): readonly number[] {
  return readdirSync(folder)
    .map((name) => Number(lockName.exec(name)?.[1] ?? 0))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

/** Undefined when it cannot be read: a successor has removed it, or it was damaged with its process. */
function readHolder(file: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const read = holderFile.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    if (errorCode(error) !== 'EPERM') throw error;
  }
  const start = startOf(holder.pid);
  return holder.processStart === undefined || start === undefined || start === holder.processStart;
}

/** When a process started, as its system says it; `dead` for one that has ended and waits for its parent (Linux). */
function startOf(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux') return startFromPs(pid);
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // proc(5): the name in parentheses may hold anything; after it field 3 is the state, field 22 the start in ticks.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : `${boot}/${fields[19] ?? ''}`;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return 'dead';
    return undefined;
  }
}

function startFromPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    // No ps, or no such process: the signal in isAlive has the last word.
    return undefined;
  }
}

function inUse(folder: string, holder: Holder): ConfigError {
  const who = holder.pid === process.pid ? 'this process' : `process ${holder.pid}`;
  return new ConfigError([
    `the data folder ${folder} is in use by ${who} since ${holder.since}; stop it first, or use another data folder`,
  ]);
}
