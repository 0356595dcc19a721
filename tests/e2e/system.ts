// Runs the whole local product for a test: npm start on free ports with a data folder of its own, and the CLI against it.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isPortFree } from '../../infra/local/processes';

const root = path.resolve(__dirname, '..', '..');

export interface System {
  readonly serviceUrl: string;
  readonly microsoft365Url: string;
  /** The Playground of the owner, of the secretary, of the chair. */
  readonly playgroundUrls: readonly [string, string, string];
  readonly dataFolder: string;
  readonly output: () => string;
  /** Seconds from start to ready. */
  readonly readySeconds: number;
  board(...args: readonly string[]): Promise<CliResult>;
  /** Ctrl-C; resolves with the exit code when everything has ended. */
  stop(): Promise<number | null>;
  /** kill -9 of the starting process; its children end with it. */
  kill(): Promise<void>;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SystemOptions {
  readonly dataFolder?: string;
  readonly seedFile?: string;
  /** A port that is asked for instead of a free one. */
  readonly ports?: { readonly service: number };
}

const readyWithinMs = 180_000;

/**
 * Free ports side by side, below the range the system gives to outgoing connections: a port of that range can be taken
 * between the question whether it is free and its use.
 */
async function freePorts(count: number): Promise<readonly number[]> {
  for (let tries = 0; tries < 50; tries += 1) {
    const first = randomInt(10_000, 32_000);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const answers = await Promise.all(ports.map((port) => isPortFree(port)));
    if (answers.every((isFree) => isFree)) return ports;
  }
  throw new Error(`no ${count} free ports side by side`);
}

/** Starts everything; an existing `dataFolder` is taken up again. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'board-'));
  const [freeService = 0, microsoft365 = 0, playground = 0] = await freePorts(5);
  const service = options.ports?.service ?? freeService;
  const env = {
    ...process.env,
    // Tests do in a minute what people do in an hour: nothing waits for the units of a small tenant.
    GRAPH_UNITS_PER_MINUTE: 'largest',
    PORT: String(service),
    LOCAL_M365_PORT: String(microsoft365),
    PLAYGROUND_PORT: String(playground),
    OPERATOR_FILE: path.join(dataFolder, 'operator.json'),
    NODE_OPTIONS: '',
  };
  // The preload ends it with the test run, whatever becomes of the test.
  const preload = path.join(root, 'infra/local/stopWithParent.cjs');
  const args = ['--require', preload, '--import', 'tsx', 'infra/local/start.ts', '--data', dataFolder];
  if (options.seedFile !== undefined) args.push('--seed', options.seedFile);
  const startedAt = Date.now();
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await waitForReady(child, () => chunks.join('')).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    serviceUrl: url(service),
    microsoft365Url: url(microsoft365),
    playgroundUrls: [url(playground), url(playground + 1), url(playground + 2)],
    dataFolder,
    output: () => chunks.join(''),
    readySeconds: (Date.now() - startedAt) / 1000,
    board: (...command) => runBoard(command, env),
    stop: async () => {
      child.kill('SIGINT');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      await portsFree([service, microsoft365, playground]);
    },
  };
}

function url(port: number): string {
  return `http://127.0.0.1:${port}`;
}

async function waitForReady(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (!output().includes('Board Assistant is ready')) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`npm start did not get ready:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function portsFree(ports: readonly number[]): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (const port of ports) {
    for (;;) {
      if (await isPortFree(port)) break;
      if (Date.now() > deadline) throw new Error(`port ${port} is still in use after the kill`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function runBoard(command: readonly string[], env: NodeJS.ProcessEnv): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'bot/cli.ts', ...command], { cwd: root, env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
