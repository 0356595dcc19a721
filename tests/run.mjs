// What `npm test` runs: everything, in seven stages, and at the end one line that counts it.
// `npm test -- lint unit` runs the stages whose names start so.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStages } from './stages.mjs';

process.chdir(new URL('..', import.meta.url).pathname);
const reports = mkdtempSync(join(tmpdir(), 'board-assistant-tests-'));
/** What the product calls of Graph while the tests run, noted by the local Microsoft 365. */
const graphCalls = join(reports, 'graph-calls.txt');
process.env.GRAPH_CALLS_FILE = graphCalls;
const node = process.execPath;
const bin = (path) => [node, `node_modules/${path}`];

function jest(name, ...args) {
  const jestReport = join(reports, `${name}.json`);
  return {
    argv: [
      ...[node, '--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
      ...args,
      ...['--json', `--outputFile=${jestReport}`],
    ],
    jestReport,
  };
}

/** Every branch of the core is run by a test of the core; what counts branches slows all else down. */
const coreIsCovered = [
  ...['--coverage', '--collectCoverageFrom=bot/board/**/*.ts', '--coverageReporters=text'],
  `--coverageDirectory=${join(reports, 'coverage')}`,
  `--coverageThreshold=${JSON.stringify({ global: { branches: 100 } })}`,
];

/** A worker that has grown is replaced: what earlier files left behind slows the later ones down. */
const inWorkers = ['--maxWorkers=2', '--workerIdleMemoryLimit=1GB'];

const groups = [
  [
    {
      name: 'typecheck',
      commands: [
        { argv: [...bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'] },
        { argv: [...bin('typescript/bin/tsc'), '--noEmit', '-p', 'tab/tsconfig.json'] },
      ],
    },
    {
      name: 'lint',
      commands: [
        { argv: [...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
        { argv: [...bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
      ],
    },
  ],
  [
    {
      name: 'import rules',
      commands: [
        {
          argv: [
            ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
            ...['bot', 'tab/src', 'infra/local', 'tests', '--config', '.dependency-cruiser.cjs'],
          ],
        },
      ],
    },
    { name: 'unused code', commands: [{ argv: bin('knip/bin/knip.js') }] },
  ],
  [
    {
      name: 'unit and adapter tests',
      commands: [
        jest('core', '--selectProjects', 'node', ...inWorkers, '--testPathPatterns', 'tests/board/', ...coreIsCovered),
        jest('unit', '--selectProjects', 'node', 'tab', ...inWorkers, '--testPathPatterns', 'tests/(?!board/)'),
      ],
    },
  ],
  [{ name: 'end-to-end tests', commands: [jest('e2e', '--selectProjects', 'e2e', '--runInBand', '--forceExit')] }],
  [
    {
      name: 'permissions',
      commands: [{ argv: [node, 'tests/graphCalls.mjs', graphCalls, ...(process.argv.length > 2 ? [] : ['--all'])] }],
    },
  ],
];

const wanted = process.argv.slice(2);
const chosen = groups
  .map((group) => group.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word))))
  .filter((group) => group.length > 0);
if (chosen.length === 0) {
  const names = groups.flat().map(({ name }) => name);
  console.error(`No stage is called so. The stages are: ${names.join(', ')}.`);
  process.exit(2);
}
process.exitCode = await runStages(chosen, (line) => console.log(line));
rmSync(reports, { recursive: true, force: true });
