// What `npm run bench` runs: installs the contenders, runs each suite in a process of its own, sums up.
// `npm run bench -- cards` runs one suite, `--full` lets suites take their full size and time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const limitMinutes = { fanout: 8, crash: 10, soak: 5, fuzz: 10 };
const standardLimitMinutes = 3;
const fullLimitMinutes = 120;

const words = process.argv.slice(2);
const full = words.includes('--full');
const wanted = words.filter((word) => !word.startsWith('--'));
const suites = readdirSync(join(here, 'suites'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .sort();

const unknown = [
  ...wanted.filter((name) => !suites.includes(name)),
  ...words.filter((word) => word.startsWith('--') && word !== '--full'),
];
if (unknown.length > 0) {
  console.error(`Not known: ${unknown.join(', ')}. The suites are: ${suites.join(', ')}. The one option is --full.`);
  process.exit(2);
}

function run(program, args, options, minutes) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', timeout: minutes * 60_000, ...options });
    child.on('error', (error) => {
      console.error(`${program} did not start: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code, signal) => {
      if (signal) console.error(`Ended by ${signal}; the limit is ${minutes} minutes.`);
      resolve(code ?? 1);
    });
  });
}

/** The contenders are installed from their own lockfile, again only when it changed. */
async function installContenders() {
  const lock = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex');
  const stamp = join(here, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return 0;
  console.log('Installing the contenders (npm ci in tests/bench) ...');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const code = npm
    ? await run(process.execPath, [npm, ...args], { cwd: here }, 10)
    : await run('npm', args, { cwd: here, shell: process.platform === 'win32' }, 10);
  if (code === 0) writeFileSync(stamp, lock);
  return code;
}

if ((await installContenders()) !== 0) process.exit(1);
mkdirSync(join(here, 'out'), { recursive: true });
const failed = [];
for (const name of wanted.length > 0 ? wanted : suites) {
  const minutes = full ? fullLimitMinutes : (limitMinutes[name] ?? standardLimitMinutes);
  const args = ['--expose-gc', join(here, 'suite.cjs'), name, ...(full ? ['--full'] : [])];
  if ((await run(process.execPath, args, {}, minutes)) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nEvery target is met.' : `\nMissed or failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
