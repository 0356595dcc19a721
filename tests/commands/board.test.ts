// `npm run board` where it is developed, and where production has installed no tools: in the container, on Azure.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const installed = mkdtempSync(path.join(tmpdir(), 'board-installed-'));
afterAll(() => rmSync(installed, { recursive: true }));

const run = (folder: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, ['bot/board.cjs', ...args], { cwd: folder, encoding: 'utf8' });

test('is what package.json starts, what the container holds and what a release has', () => {
  const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  expect(JSON.parse(text('package.json'))).toMatchObject({ scripts: { board: 'node bot/board.cjs' } });
  expect(
    text('Dockerfile')
      .split(/^FROM /m)
      .at(-1),
  ).toContain('COPY --from=build /app/bot/board.cjs ./bot/board.cjs');
  expect(text('.github/workflows/release.yml')).toContain('dist bot/board.cjs node_modules package.json');
  expect(text('infra/azure/deploy.ignore')).not.toMatch(/^\/?(bot|dist|package)/m);
});

test('runs the commands from the sources', () => {
  const { status, stdout } = run(root, '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('tenant-setup');
}, 60_000);

test('runs them as they were built where there are no sources, with their arguments and exit code', () => {
  mkdirSync(path.join(installed, 'bot'));
  cpSync(path.join(root, 'bot/board.cjs'), path.join(installed, 'bot/board.cjs'));
  expect(run(installed, 'doctor')).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run build') });
  mkdirSync(path.join(installed, 'dist/bot'), { recursive: true });
  const built = 'console.log(process.argv.slice(2).join(" ")); process.exitCode = 2;';
  writeFileSync(path.join(installed, 'dist/bot/cli.js'), built);
  expect(run(installed, 'doctor', '--json')).toMatchObject({ status: 2, stdout: 'doctor --json\n' });
});
