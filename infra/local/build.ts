// Builds the server and the tab into dist/: type-checked and whole for `npm run build`, quickly and only what is stale for `npm start`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

interface BuildTarget {
  readonly name: 'server' | 'tab';
  /** Files and folders whose newest change decides. */
  readonly sources: readonly string[];
  readonly output: string;
  readonly stamp: string;
  readonly command: readonly string[];
}

const targets: readonly BuildTarget[] = [
  {
    name: 'server',
    sources: ['bot', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    output: 'dist/bot',
    stamp: 'dist/.built-server',
    command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  {
    name: 'tab',
    sources: ['tab', 'bot/api/contract.ts', 'bot/api/contract', 'package-lock.json'],
    output: 'dist/tab',
    stamp: 'dist/.built-tab',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'tab/vite.config.ts', '--logLevel', 'warn'],
  },
];

/** Newest modification of a file or of anything in a folder, in milliseconds since the epoch. */
function newestMs(relative: string): number {
  const full = path.join(root, relative);
  if (!existsSync(full)) return 0;
  const stat = statSync(full);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(full).map((name) => newestMs(path.join(relative, name))));
}

function isStale(target: BuildTarget): boolean {
  const stamp = path.join(root, target.stamp);
  if (!existsSync(stamp) || !existsSync(path.join(root, target.output))) return true;
  return Math.max(...target.sources.map(newestMs)) > statSync(stamp).mtimeMs;
}

async function run(target: BuildTarget, typeChecked: boolean): Promise<void> {
  const startedAt = Date.now();
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  rmSync(path.join(root, target.stamp), { force: true });
  rmSync(path.join(root, target.output), { recursive: true, force: true });
  if (target.name === 'server' && !typeChecked) await transpile('bot');
  else await compile(target);
  writeFileSync(path.join(root, target.stamp), `${new Date(startedAt).toISOString()}\n`);
}

async function compile(target: BuildTarget): Promise<void> {
  const output: Buffer[] = [];
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, [...target.command], {
      cwd: root,
      // Whoever starts the build, people get the small and fast React.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (code !== 0) throw new Error(`The ${target.name} did not build:\n${Buffer.concat(output).toString('utf8')}`);
}

/** Types are checked by `npm test` and `npm run build`; a first start need not wait for them. */
async function transpile(folder: string): Promise<void> {
  const { transformFile } = await import('@swc/core');
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((one) => one.endsWith('.ts'))) {
    const { code } = await transformFile(path.join(root, folder, file), {
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      // import() stays as it is: some packages are ES modules alone.
      module: { type: 'commonjs', ignoreDynamic: true },
    });
    const target = path.join(root, 'dist', folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

/** Builds what is stale, both at once. `say` gets one line a target. Throws with the compiler's words. */
export async function build(options: {
  force: boolean;
  typeChecked: boolean;
  say: (line: string) => void;
}): Promise<void> {
  await Promise.all(
    targets.map(async (target) => {
      if (!options.force && !isStale(target)) return;
      const startedAt = Date.now();
      options.say(`building the ${target.name} ...`);
      await run(target, options.typeChecked);
      options.say(`the ${target.name} is built (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    }),
  );
}

if (require.main === module) {
  build({ force: process.argv.includes('--force'), typeChecked: true, say: (line) => console.log(line) }).catch(
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
