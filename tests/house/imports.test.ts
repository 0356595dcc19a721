// Plants a violation of every import rule in a throw-away tree and sees that the rule bites, and that what is allowed passes.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Rule, planted file, and what it wrongly imports. */
const planted: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['no-cycles', 'bot/board/cycleA.ts', './cycleB'],
  ['resolvable', 'bot/board/lost.ts', './nowhere'],
  ['no-development-packages-in-the-service', 'bot/api/dev.ts', 'adaptivecards'],
  ['board-is-pure', 'bot/board/service.ts', '../services/ports'],
  ['board-is-pure', 'bot/board/files.ts', 'node:fs'],
  ['board-is-pure', 'bot/board/dates.ts', 'luxon'],
  ['calendar-packages', 'bot/board/calendar.ts', 'zod'],
  ['phrases-packages', 'bot/board/phrases.ts', 'date-holidays'],
  ['cards-are-pure', 'bot/cards/service.ts', '../services/ports'],
  ['cards-are-pure', 'bot/cards/errors.ts', '../errors'],
  ['papers-are-pure', 'bot/papers/service.ts', '../services/ports'],
  ['services-use-ports', 'bot/services/graph.ts', '../sharepoint/reader'],
  ['services-use-ports', 'bot/services/files.ts', 'node:fs'],
  ['services-use-ports', 'bot/services/parse.ts', 'zod'],
  ['sharepoint-imports', 'bot/sharepoint/useCase.ts', '../services/allowed'],
  ['sharepoint-imports', 'bot/sharepoint/cards.ts', '../cards/allowed'],
  ['teams-imports', 'bot/teams/graph.ts', '../sharepoint/reader'],
  ['teams-imports', 'bot/teams/paper.ts', '../papers/allowed'],
  ['api-imports', 'bot/api/sql.ts', '../storage/sql'],
  ['storage-imports', 'bot/storage/useCase.ts', '../services/allowed'],
  ['telemetry-imports', 'bot/telemetry/useCase.ts', '../services/allowed'],
  ['contract-is-alone', 'bot/api/contract.ts', '../board/model'],
  ['contract-is-alone', 'bot/api/contract/rules.ts', '../../board/model'],
  ['contract-is-alone', 'bot/api/contract/routes.ts', '../allowed'],
  ['errors-are-alone', 'bot/errors.ts', './board/model'],
  ['logger-is-alone', 'bot/logger.ts', 'node:fs'],
  ['config-imports', 'bot/config.ts', './services/allowed'],
  ['starters-are-not-imported', 'bot/services/config.ts', '../config'],
  ['starters-are-not-imported', 'bot/teams/scheduler.ts', '../scheduler'],
  ['main-and-cli-are-not-imported', 'bot/cli.ts', './main'],
  ['tab-knows-the-contract-alone', 'tab/src/model.ts', '../../bot/board/model'],
  ['tab-knows-the-contract-alone', 'tab/src/views.ts', '../../bot/api/contract/terms'],
  ['tab-runs-in-a-browser', 'tab/src/files.ts', 'node:fs'],
  ['local-is-foreign', 'infra/local/reader.ts', '../../bot/sharepoint/reader'],
  ['product-knows-no-tests', 'bot/services/fixture.ts', '../../tests/fixture'],
  ['product-knows-no-tests', 'bot/sharepoint/local.ts', '../../infra/local/allowed'],
  ['board-tests-know-the-board', 'tests/board/service.test.ts', '../../bot/services/ports'],
  ['owner-botbuilder', 'bot/api/turn.ts', 'botbuilder'],
  ['owner-botbuilder', 'infra/local/turn.ts', 'botbuilder'],
  ['owner-graph', 'bot/sharepoint/reader.ts', '@microsoft/microsoft-graph-client'],
  ['owner-graph', 'bot/sharepoint/tokens.ts', '@azure/msal-node'],
  ['owner-database', 'bot/storage/outbox.ts', 'pg'],
  ['owner-database', 'bot/storage/tokens.ts', '@azure/identity'],
  ['owner-pglite', 'bot/storage/embedded.ts', '@electric-sql/pglite'],
  ['owner-teams-js', 'tab/src/page.ts', '@microsoft/teams-js'],
  ['owner-express', 'bot/teams/gate.ts', 'express'],
  ['owner-luxon', 'bot/services/dates.ts', 'luxon'],
  ['owner-chrono', 'bot/teams/commands.ts', 'chrono-node'],
  ['owner-minisearch', 'bot/services/find.ts', 'minisearch'],
  ['owner-croner', 'bot/services/clockwork.ts', 'croner'],
  ['owner-commander', 'bot/main.ts', 'commander'],
  ['owner-pino', 'bot/services/log.ts', 'pino'],
  ['owner-opentelemetry', 'bot/services/measure.ts', '@opentelemetry/api'],
  ['owner-opentelemetry', 'bot/sharepoint/azure.ts', '@azure/monitor-opentelemetry-exporter'],
  ['owner-papers', 'bot/services/word.ts', 'docx'],
];

/** Files whose imports are all allowed; they make what the planted files import exist, too. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'bot/board/model.ts': [],
  'bot/board/cycleB.ts': [],
  'bot/cards/allowed.ts': ['../board/model', 'zod'],
  'bot/papers/allowed.ts': ['../board/model', 'docx', 'exceljs', 'echarts', '@resvg/resvg-js', 'dejavu-fonts-ttf'],
  'bot/services/ports.ts': ['../board/model'],
  'bot/services/portsMail.ts': ['../board/model'],
  'bot/services/allowed.ts': ['./ports', '../cards/allowed', '../papers/allowed', 'node:crypto'],
  'bot/services/search.ts': ['minisearch'],
  'bot/sharepoint/mail.ts': ['../services/portsMail'],
  'bot/sharepoint/graphClient.ts': ['@microsoft/microsoft-graph-client', '@azure/msal-node', 'node:crypto'],
  'bot/sharepoint/lists.ts': [],
  'bot/teams/allowed.ts': ['botbuilder', '../services/allowed', '../cards/allowed', 'jose'],
  'bot/storage/sql.ts': ['pg', '@electric-sql/pglite', '@azure/identity', 'node:fs', '../services/ports'],
  'bot/telemetry/allowed.ts': ['@opentelemetry/api', '@azure/monitor-opentelemetry-exporter', '../logger'],
  'bot/api/contract/terms.ts': ['zod'],
  'bot/api/contract/views.ts': ['./terms', 'zod'],
  'bot/api/allowed.ts': ['express', 'jose', '../services/allowed', './contract', 'zod'],
  'bot/scheduler.ts': ['croner', './services/allowed'],
  'bot/credentials.ts': ['./config', './sharepoint/graphClient'],
  'bot/compose.ts': ['./config', './credentials', './sharepoint/graphClient', './storage/sql', './teams/allowed'],
  'infra/local/allowed.ts': ['../../bot/sharepoint/lists', '@electric-sql/pglite', 'express', 'node:http', 'luxon'],
  'tab/src/teams.ts': ['@microsoft/teams-js'],
  'tab/src/api.ts': ['../../bot/api/contract', 'react'],
  'tests/fixture.ts': [],
  'tests/board/model.test.ts': ['../../bot/board/model', 'fast-check'],
};

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

function packageNames(): readonly string[] {
  const names = new Set([...planted.map(([, , imported]) => imported), ...Object.values(allowed).flat()]);
  return [...names].filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
}

function write(folder: string, file: string, content: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function importAll(from: readonly string[]): string {
  return [...from.map((name, at) => `import * as one${at} from '${name}';`), 'export const value = 1;', ''].join('\n');
}

function plantTree(folder: string): void {
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of packageNames()) {
    write(folder, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(folder, `node_modules/${name}/index.js`, 'module.exports = {};\n');
  }
  for (const [file, imports] of Object.entries(allowed)) write(folder, file, importAll(imports));
  for (const [, file, imported] of planted) write(folder, file, importAll([imported]));
  write(folder, 'bot/board/cycleB.ts', importAll(['./cycleA']));
}

function cruise(folder: string): readonly Violation[] {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['bot', 'tab/src', 'infra/local', 'tests'],
      ...['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const report: { summary: { violations: readonly Violation[] } } = JSON.parse(run.stdout);
  return report.summary.violations;
}

describe('the import rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  let violations: readonly Violation[] = [];

  beforeAll(() => {
    plantTree(folder);
    violations = cruise(folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(planted)('%s bites when %s imports %s', (rule, file, imported) => {
    const lastWord = imported.replace(/^[./]+|^node:/g, '').replace(/^.*\.\.\//, '');
    const found = violations.filter((one) => one.rule.name === rule && one.from === file);
    expect(found.map((one) => one.to)).toEqual(expect.arrayContaining([expect.stringContaining(lastWord)]));
  });

  test.each(Object.keys(allowed).filter((file) => file !== 'bot/board/cycleB.ts'))('%s passes', (file) => {
    expect(violations.filter((one) => one.from === file)).toEqual([]);
  });

  test('every rule has a planted violation', () => {
    const config: string = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8');
    const names = [...config.matchAll(/(?:name: |(?:only|owner)\(\s*)'([a-z-]+)'/g)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(30);
    expect([...new Set(planted.map(([rule]) => rule))].sort()).toEqual([...new Set(names)].sort());
  });
});
