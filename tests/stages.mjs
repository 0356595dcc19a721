// Runs stages of checks, two lanes at most, says what it does, and counts checks and tests into one total.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * A stage: `commands` are run in turn, each counted as one check; a command with `jestReport` (a file it writes)
 * is counted by the tests in that file instead.
 * @typedef {{ argv: readonly string[], jestReport?: string }} Command
 * @typedef {{ name: string, commands: readonly Command[] }} Stage
 * @typedef {{ passed: number, failed: number, tests: number, output: string }} Count
 */

const stageLimitMs = 40 * 60_000;

/** Runs groups in turn, the stages of a group side by side; returns the exit code of the whole. */
export async function runStages(groups, print) {
  const stages = groups.flat();
  const total = { passed: 0, failed: 0, tests: 0 };
  const failures = [];
  let expectsTests = false;
  for (const group of groups) {
    await Promise.all(
      group.map(async (stage) => {
        const label = `[${stages.indexOf(stage) + 1}/${stages.length}] ${stage.name}`;
        print(`${label} ...`);
        const startedAt = performance.now();
        const count = await runStage(stage);
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
        const tests = count.tests > 0 ? `, ${count.tests} tests` : '';
        print(`${label} ${count.failed === 0 ? 'passed' : 'FAILED'} in ${seconds} s${tests}`);
        if (count.failed > 0) failures.push({ label, output: count.output });
        expectsTests ||= stage.commands.some((command) => command.jestReport);
        total.passed += count.passed;
        total.failed += count.failed;
        total.tests += count.tests;
      }),
    );
  }
  for (const { label, output } of failures) print(`\n--- ${label} ---\n${output.trim()}`);
  if (expectsTests && total.tests === 0) {
    print('\nNo test ran.');
    total.failed += 1;
  }
  print(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** @returns {Promise<Count>} */
async function runStage({ commands }) {
  const count = { passed: 0, failed: 0, tests: 0, output: '' };
  for (const command of commands) {
    if (command.jestReport) rmSync(command.jestReport, { force: true });
    const { code, output } = await run(command.argv);
    const one = command.jestReport ? countJest(command.jestReport, code, output) : countCheck(code, output);
    count.passed += one.passed;
    count.failed += one.failed;
    count.tests += one.tests;
    count.output += one.output;
  }
  return count;
}

function run([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: stageLimitMs });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${program} did not start: ${error.message}\n` }));
    child.on('close', (code, signal) => {
      const ended = signal ? `\nended by ${signal} (limit ${stageLimitMs / 60_000} minutes)\n` : '';
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') + ended });
    });
  });
}

function countCheck(code, output) {
  return code === 0
    ? { passed: 1, failed: 0, tests: 0, output: '' }
    : { passed: 0, failed: 1, tests: 0, output: `${output}\n` };
}

/** Failed tests by name and message; a suite that could not run, and a failing end without a failed test, count as one. */
function countJest(file, code, output) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return { passed: 0, failed: 1, tests: 0, output: `${output}\nThe tests left no report.\n` };
  }
  const told = [];
  for (const suite of report.testResults) {
    const failed = suite.assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed)
      told.push(`${relative('', suite.name)}\n  ${test.fullName}\n${indent(test.failureMessages)}`);
    if (suite.status === 'failed' && failed.length === 0)
      told.push(`${relative('', suite.name)}\n${indent([suite.message])}`);
  }
  let failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  if (code !== 0 && failed === 0) {
    failed = 1;
    told.push(output);
  }
  return {
    passed: report.numPassedTests,
    failed,
    tests: report.numPassedTests + report.numFailedTests,
    output: `${told.join('\n\n')}\n`,
  };
}

function indent(messages) {
  const lines = messages.join('\n').split('\n');
  return lines
    .slice(0, 30)
    .map((line) => `    ${line.length > 240 ? `${line.slice(0, 240)} ...` : line}`)
    .join('\n');
}
