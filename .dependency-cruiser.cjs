// Who may import whom: the table of docs/architecture.md as rules; everything not allowed here is refused.

/** What a folder of bot/ may import, as patterns of the resolved path. */
const room = (name) => `^bot/${name}/`;
const npm = (...names) => `node_modules/(?:@types/)?(?:${names.join('|')})/`;
const errorsAndLogger = '^bot/(errors|logger)\\.ts$';
/** The contract of the tab: the entry that the tab takes, and the parts that only the entry and its neighbours do. */
const contract = '^bot/api/contract(\\.ts$|/)';
const startersAndConfig =
  '^bot/(main|cli|scheduler|compose|composeWays|credentials|healthFacts|clock|config)\\.ts$|^bot/commands/';

/** A rule that refuses every import from `from` but those whose path matches `allowed` (node core when `core`). */
function only(name, comment, from, allowed, { core = false, fromNot } = {}) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, ...(fromNot ? { pathNot: fromNot } : {}) },
    to: { pathNot: allowed, ...(core ? { dependencyTypesNot: ['core'] } : {}) },
  };
}

/** A rule that lets nobody of the product but `owners` import a package; the local Microsoft 365 is free in its choice. */
function owner(name, comment, packages, owners, from = '^(bot|tab)/') {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: owners },
    to: { path: npm(...packages) },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Every import goes down a floor or stays in its room; none runs in a circle.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere breaks at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages-in-the-service',
      comment: 'Production installs no development packages; types alone may come from them.',
      severity: 'error',
      from: { path: '^bot/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },

    // The rooms, from the ground up.
    only('board-is-pure', 'The core imports itself alone.', room('board'), [room('board')], {
      fromNot: ['^bot/board/calendar\\.ts$', '^bot/board/phrases\\.ts$'],
    }),
    only('calendar-packages', 'Dates in a zone and bank holidays, nothing else.', '^bot/board/calendar\\.ts$', [
      room('board'),
      npm('luxon', 'date-holidays'),
    ]),
    only('phrases-packages', 'Words to dates, nothing else.', '^bot/board/phrases\\.ts$', [
      room('board'),
      npm('chrono-node'),
    ]),
    only('cards-are-pure', 'Cards import themselves, the board and zod.', room('cards'), [
      room('cards'),
      room('board'),
      npm('zod'),
    ]),
    only('papers-are-pure', 'Papers import themselves, the board and their renderers.', room('papers'), [
      room('papers'),
      room('board'),
      npm('docx', 'exceljs', 'echarts', '@resvg/resvg-js', 'dejavu-fonts-ttf'),
      // Unpacking is a pure function: papers are read back when they are verified.
      '^(node:)?zlib$',
    ]),
    only('services-use-ports', 'A use case knows rules and views, no adapter.', room('services'), [
      room('services'),
      room('board'),
      room('cards'),
      room('papers'),
      errorsAndLogger,
      '^(node:)?crypto$',
      npm('minisearch'),
    ]),
    only(
      'sharepoint-imports',
      'The adapter of SharePoint knows ports and board.',
      room('sharepoint'),
      [
        room('sharepoint'),
        room('board'),
        '^bot/services/ports[A-Za-z]*\\.ts$',
        errorsAndLogger,
        npm('@microsoft/microsoft-graph-client', '@microsoft/microsoft-graph-types', '@azure/msal-node', 'zod'),
      ],
      { core: true },
    ),
    only(
      'teams-imports',
      'The adapter of Teams knows services, cards and board.',
      room('teams'),
      [
        room('teams'),
        room('board'),
        room('services'),
        room('cards'),
        errorsAndLogger,
        npm('botbuilder[^/]*', 'botframework-[^/]*', 'jose', 'zod'),
      ],
      { core: true },
    ),
    only(
      'api-imports',
      'The HTTP of tab and operator knows services, cards and board.',
      room('api'),
      [
        room('api'),
        room('board'),
        room('services'),
        room('cards'),
        errorsAndLogger,
        npm('compression', 'express', 'express-serve-static-core', 'helmet', 'jose', 'zod'),
      ],
      { core: true, fromNot: contract },
    ),
    only(
      'storage-imports',
      'The only SQL knows ports and board.',
      room('storage'),
      [
        room('storage'),
        room('board'),
        '^bot/services/ports[A-Za-z]*\\.ts$',
        errorsAndLogger,
        npm('pg', '@electric-sql/pglite', '@azure/identity', 'zod'),
      ],
      { core: true },
    ),
    only('telemetry-imports', 'Metrics and traces are made of lines of the log.', room('telemetry'), [
      room('telemetry'),
      errorsAndLogger,
      npm('@opentelemetry/[^/]+', '@azure/monitor-opentelemetry-exporter'),
    ]),
    only('contract-is-alone', 'The tab takes these files into the browser: zod alone.', contract, [
      '^bot/api/contract/',
      npm('zod'),
    ]),
    only('errors-are-alone', 'The ground floor imports nothing.', '^bot/errors\\.ts$', ['^$']),
    only('logger-is-alone', 'The logger knows pino and the errors.', '^bot/logger\\.ts$', [
      '^bot/errors\\.ts$',
      npm('pino'),
      '^(node:)?async_hooks$',
    ]),
    only(
      'config-imports',
      'The configuration knows the errors, the logger and the board.',
      '^bot/config(Values)?\\.ts$',
      ['^bot/configValues\\.ts$', errorsAndLogger, room('board'), npm('zod')],
      { core: true },
    ),
    {
      name: 'starters-are-not-imported',
      comment: 'What starts things is imported by nobody; they share the parts of floor five.',
      severity: 'error',
      from: { path: '^(bot|tab|infra)/', pathNot: startersAndConfig },
      to: { path: startersAndConfig },
    },
    {
      name: 'main-and-cli-are-not-imported',
      comment: 'Not even by each other.',
      severity: 'error',
      from: { path: '^(bot|tab|infra)/' },
      to: { path: '^bot/(main|cli)\\.ts$' },
    },
    {
      name: 'tab-knows-the-contract-alone',
      comment: 'The browser takes one file of the service.',
      severity: 'error',
      from: { path: '^tab/' },
      to: { path: '^(bot|infra|tests)/', pathNot: '^bot/api/contract\\.ts$' },
    },
    {
      name: 'tab-runs-in-a-browser',
      comment: 'No node core in the browser.',
      severity: 'error',
      from: { path: '^tab/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'local-is-foreign',
      comment: 'The local Microsoft 365 shares the list schema and nothing else with what it serves.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(bot|tab|tests)/', pathNot: '^bot/sharepoint/lists\\.ts$' },
    },
    {
      name: 'product-knows-no-tests',
      comment: 'Neither tests nor the local Microsoft 365 are part of the service.',
      severity: 'error',
      from: { path: '^(bot|tab)/' },
      to: { path: '^(tests|infra)/' },
    },
    {
      name: 'board-tests-know-the-board',
      comment: 'The core is tested as values in, values out.',
      severity: 'error',
      from: { path: '^tests/board/' },
      to: { path: '^(bot|tab|infra)/', pathNot: room('board') },
    },

    // One owner per SDK.
    owner(
      'owner-botbuilder',
      'The SDK is archived: one folder to leave it.',
      ['botbuilder[^/]*', 'botframework-[^/]*'],
      [room('teams')],
      '^(bot|tab|infra)/',
    ),
    owner(
      'owner-graph',
      'One client, one retry rule, one list of origins.',
      ['@microsoft/microsoft-graph-client', '@azure/msal-node'],
      ['^bot/sharepoint/(graph(Client|Steps|Tokens)|deviceSignIn)\\.ts$'],
      '^(bot|tab|infra)/',
    ),
    owner('owner-database', 'One way to the database.', ['pg', '@azure/identity'], ['^bot/storage/sql\\.ts$']),
    owner('owner-pglite', 'One way to the embedded database.', ['@electric-sql/pglite'], ['^bot/storage/sql\\.ts$']),
    owner('owner-teams-js', 'One file speaks to the Teams client.', ['@microsoft/teams-js'], ['^tab/src/teams\\.ts$']),
    owner(
      'owner-express',
      'HTTP is served by the API; the composition mounts it.',
      ['compression', 'express', 'helmet'],
      [room('api'), '^bot/(main|compose)\\.ts$'],
    ),
    owner('owner-luxon', 'Dates in a zone: one file.', ['luxon', 'date-holidays'], ['^bot/board/calendar\\.ts$']),
    owner('owner-chrono', 'Words to dates: one file.', ['chrono-node'], ['^bot/board/phrases\\.ts$']),
    owner('owner-minisearch', 'Search: one file.', ['minisearch'], ['^bot/services/search\\.ts$']),
    owner('owner-croner', 'One clockwork.', ['croner'], ['^bot/scheduler\\.ts$']),
    owner('owner-commander', 'One command line.', ['commander'], ['^bot/cli\\.ts$']),
    owner('owner-pino', 'One logger.', ['pino'], ['^bot/logger\\.ts$']),
    owner(
      'owner-opentelemetry',
      'One room measures.',
      ['@opentelemetry/[^/]+', '@azure/monitor-[^/]+'],
      [room('telemetry')],
    ),
    owner(
      'owner-papers',
      'Documents are made in one room.',
      ['docx', 'exceljs', 'echarts', '@resvg/resvg-js'],
      [room('papers')],
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data|tests/fixtures|tests/bench)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts', '.css'],
    },
    skipAnalysisNotInRules: true,
  },
};
