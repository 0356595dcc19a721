// Starts and stops the processes of the local mode; each child ends when this process ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

export interface ProcessSettings {
  readonly name: string;
  /** Arguments of node. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Answers 2xx when the process is ready. */
  readonly readyUrl: string;
  readonly readyWithinMs: number;
  /** Why the process can never become ready, in words, seen in what it printed so far; undefined while it may. */
  readonly hopeless?: (printed: string) => string | undefined;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process ends. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

const stopGraceMs = 8_000;
const pollMs = 250;

/** Starts a process and waits until it is ready. Throws in words with the last lines of its log. */
export async function startProcess(settings: ProcessSettings): Promise<RunningProcess> {
  mkdirSync(path.dirname(settings.logFile), { recursive: true });
  const log = createWriteStream(settings.logFile, { flags: 'a' });
  const preload = path.join(__dirname, 'stopWithParent.cjs');
  const child = spawn(process.execPath, ['--require', preload, ...settings.args], {
    cwd: settings.cwd,
    env: { ...process.env, ...settings.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // An own process group: Ctrl-C reaches start.ts alone, which stops the children in order.
    detached: process.platform !== 'win32',
  });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  let printed = '';
  const note = (chunk: Buffer): unknown => (printed += chunk.toString('utf8'));
  child.stdout?.on('data', note);
  let hasEnded = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => resolve(code));
  }).then((code) => {
    hasEnded = true;
    return code;
  });
  const running: RunningProcess = { name: settings.name, pid: child.pid ?? 0, ended, stop: () => stop(child, ended) };
  const deadline = Date.now() + settings.readyWithinMs;
  for (;;) {
    const why = settings.hopeless?.(printed);
    if (why === undefined && (await answers(settings.readyUrl))) break;
    if (why !== undefined || hasEnded || Date.now() > deadline) {
      const late = `was not ready within ${settings.readyWithinMs / 1000} seconds`;
      const what = why ?? (hasEnded ? 'ended while starting' : late);
      await running.stop();
      throw new Error(
        `The ${settings.name} ${what}. The last lines of ${settings.logFile}:\n${tail(settings.logFile)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  child.stdout?.off('data', note);
  return running;
}

async function stop(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  await ended;
  clearTimeout(timer);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch (error) {
    // Not listening yet, or too slow: asked again until the deadline. By name: fetch may come from another realm.
    if (
      typeof error === 'object' &&
      error !== null &&
      'name' in error &&
      (error.name === 'TypeError' || error.name === 'TimeoutError')
    )
      return false;
    throw error;
  }
}

/** The last lines of a log, for a message to the person who started it. */
export function tail(file: string, lines = 12): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** Whether something can listen on a port; asked on loopback and, for the Playground, on all interfaces. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, ...(host === undefined ? {} : { host }), exclusive: true }, () =>
      probe.close(() => resolve(true)),
    );
  });
}

const endWithinMs = 15_000;

/** Notes which processes run on a data folder, for the start after a kill. */
export function noteRunning(folder: string, running: readonly RunningProcess[]): void {
  writeFileSync(path.join(folder, 'running.json'), JSON.stringify(running.map((one) => one.pid)));
}

/** After a kill the children of the run before end by themselves, within moments: waits for them, not for ever. */
export async function waitForFormerRun(folder: string): Promise<void> {
  const file = path.join(folder, 'running.json');
  if (!existsSync(file)) return;
  const pids: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const alive = (): boolean => Array.isArray(pids) && pids.some((pid) => typeof pid === 'number' && isAlive(pid));
  const deadline = Date.now() + endWithinMs;
  while (alive() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, pollMs));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process that was given the number since.
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')) return false;
    throw error;
  }
}
