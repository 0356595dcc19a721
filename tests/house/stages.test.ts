// The run of all checks: what it counts, what it calls failed, and the last line other tools read.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'stages-'));
const stagesUrl = pathToFileURL(resolve(__dirname, '../stages.mjs')).href;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Command {
  readonly argv: readonly string[];
  readonly jestReport?: string;
}

function script(code: string): Command {
  return { argv: [process.execPath, '-e', code] };
}

/** A command that writes a report as jest does and ends with `status`. */
function jest(report: object, status: number): Command {
  const jestReport = join(folder, 'report.json');
  const whole = { testResults: [], numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0, ...report };
  const code = `require('fs').writeFileSync(${JSON.stringify(jestReport)}, ${JSON.stringify(JSON.stringify(whole))}); process.exit(${status})`;
  return { argv: [process.execPath, '-e', code], jestReport };
}

function run(...commands: readonly Command[]): { status: number | null; lines: readonly string[]; last: string } {
  const groups = [[{ name: 'one', commands }]];
  const code = `import { runStages } from ${JSON.stringify(stagesUrl)};
process.exitCode = await runStages(${JSON.stringify(groups)}, (line) => console.log(line));`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  const lines = ran.stdout.trimEnd().split('\n');
  return { status: ran.status, lines, last: lines.at(-1) ?? '' };
}

describe('the run of all checks', () => {
  test('counts a check that ends well as one passed', () => {
    const { status, last, lines } = run(script(''), script(''));
    expect(last).toBe('2 passed, 0 failed');
    expect(status).toBe(0);
    expect(lines[0]).toBe('[1/1] one ...');
    expect(lines[1]).toMatch(/^\[1\/1\] one passed in \d+\.\d s$/);
  });

  test('counts the tests of a report', () => {
    const { status, last } = run(jest({ numPassedTests: 41 }, 0), script(''));
    expect(last).toBe('42 passed, 0 failed');
    expect(status).toBe(0);
  });

  test('goes on after a failed check and tells its output', () => {
    const { status, last, lines } = run(script("console.log('the reason'); process.exit(3)"), script(''));
    expect(last).toBe('1 passed, 1 failed');
    expect(status).toBe(1);
    expect(lines).toContain('the reason');
  });

  test('names a failed test with its message', () => {
    const assertionResults = [{ status: 'failed', fullName: 'adds up', failureMessages: ['expected 2'] }];
    const testResults = [{ name: 'sum.test.ts', status: 'failed', assertionResults }];
    const { status, last, lines } = run(jest({ testResults, numPassedTests: 1, numFailedTests: 1 }, 1));
    expect(last).toBe('1 passed, 1 failed');
    expect(status).toBe(1);
    expect(lines).toEqual(expect.arrayContaining(['  adds up', '    expected 2']));
  });

  test('calls a suite that could not run failed', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', message: 'cannot find it', assertionResults: [] }];
    const { last } = run(jest({ testResults, numPassedTests: 1, numRuntimeErrorTestSuites: 1 }, 1));
    expect(last).toBe('1 passed, 1 failed');
  });

  test('calls tests that pass but end badly failed', () => {
    expect(run(jest({ numPassedTests: 5 }, 1)).last).toBe('5 passed, 1 failed');
  });

  test('fails when no test ran', () => {
    const { status, last } = run(jest({}, 0), script(''));
    expect(last).toBe('1 passed, 1 failed');
    expect(status).toBe(1);
  });

  test('fails when the tests leave no report', () => {
    const { status, last } = run({ ...script(''), jestReport: join(folder, 'never-written.json') }, script(''));
    expect(last).toBe('1 passed, 2 failed');
    expect(status).toBe(1);
  });
});
