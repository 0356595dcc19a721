// The Azure templates hang together as far as this can be seen without a compiler, which the project's workflow runs.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readBicep } from './bicepText';

const root = resolve(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = readdirSync(join(root, 'infra/azure')).filter((one) => one.endsWith('.bicep'));
const read = (file: string) => readBicep(text(`infra/azure/${file}`));
const main = read('main.bicep');

test('the reader finds what is wrong in a template', () => {
  const wrong = readBicep("param unused string\nresource a 'X/y@2024-01-01' = {\n  name: 'n\n  x: [b)\n}\n");
  expect(wrong.problems).toEqual(['line 3: a text does not end', 'line 4: ) closes nothing']);
  expect(readBicep('var x = [a)\n').problems).toEqual(['line 1: ) closes nothing']);
  expect(readBicep('var x = {\n').problems).toEqual(['{ does not close']);
  expect(readBicep('param unused string\n').used.has('unused')).toBe(false);
  const used = readBicep("param a string\nvar b = 'x${a}'\nvar c = b == 'n' ? '' : { k: d.e }\n").used;
  expect([...used].sort()).toEqual(['a', 'b', 'd']);
});

describe.each(files)('%s', (file) => {
  const bicep = read(file);

  test('closes what it opens and says what it is for', () => {
    expect(bicep.problems).toEqual([]);
    expect(text(`infra/azure/${file}`)).toMatch(/^\/\/ [A-Z].{20,}/);
  });

  test('uses every parameter and variable, and none that is not there', () => {
    const declared = [...bicep.params.keys(), ...bicep.variables];
    expect(declared.filter((name) => !bicep.used.has(name))).toEqual([]);
    const symbols = [
      ...declared,
      ...bicep.resources.map((one) => one.symbol),
      ...bicep.modules.map((one) => one.symbol),
    ];
    const language = [
      'true',
      'false',
      'if',
      'for',
      'in',
      'targetScope',
      'uniqueString',
      'resourceGroup',
      'subscription',
    ];
    const functions = ['startsWith', 'union', 'description', 'minLength', 'maxLength', 'minValue', 'maxValue'];
    // A name that a loop gives.
    const loops = [...text(`infra/azure/${file}`).matchAll(/for (\w+) in/g)].map((one) => one[1]);
    const known = [...symbols, ...language, ...functions, ...loops];
    expect([...bicep.used].filter((name) => !known.includes(name))).toEqual([]);
  });

  test('names stable versions of its resources, and tags what can be tagged', () => {
    const preview = bicep.resources.filter((one) => one.version.endsWith('preview')).map((one) => one.type);
    // Diagnostic settings have no stable version.
    expect(new Set(preview)).toEqual(new Set(preview.length > 0 ? ['Microsoft.Insights/diagnosticSettings'] : []));
    const plain = [
      'diagnosticSettings',
      'administrators',
      'databases',
      'basicPublishingCredentialsPolicies',
      'channels',
    ];
    const taggable = bicep.resources.filter(({ type }) => !plain.includes(type.split('/').at(-1) ?? ''));
    const blocks = text(`infra/azure/${file}`).split(/^resource /m);
    const untagged = taggable.filter(
      ({ symbol }) => !/^ {2}tags: /m.test(blocks.find((one) => one.startsWith(`${symbol} `)) ?? ''),
    );
    expect(untagged).toEqual([]);
  });

  test('gives each module what it takes, and takes from it what it gives', () => {
    for (const { path, params } of bicep.modules) {
      const module = read(path);
      const needed = [...module.params].flatMap(([name, { hasDefault }]) => (hasDefault ? [] : [name]));
      expect(needed.filter((name) => !params.includes(name))).toEqual([]);
      expect(params.filter((name) => !module.params.has(name))).toEqual([]);
    }
    const pathOf = (symbol: string) => bicep.modules.find((one) => one.symbol === symbol)?.path ?? '';
    const absent = bicep.outputsUsed.filter(([symbol, output]) => !read(pathOf(symbol)).outputs.includes(output));
    expect(absent).toEqual([]);
  });
});

test('every module is used, and gives nothing that nobody takes', () => {
  const used = main.modules.map((one) => one.path);
  expect(files.filter((file) => file !== 'main.bicep' && !used.includes(file))).toEqual([]);
  const idle = main.modules.flatMap(({ symbol, path }) =>
    read(path).outputs.filter(
      (output) => !main.outputsUsed.some(([module, name]) => module === symbol && name === output),
    ),
  );
  expect(idle).toEqual([]);
});

test('everything that has no default gets its value from the environment file', () => {
  const { parameters }: { parameters: Record<string, unknown> } = JSON.parse(text('infra/azure/main.parameters.json'));
  const open = [...main.params].flatMap(([name, { hasDefault }]) => (hasDefault ? [] : [name]));
  expect(open.filter((name) => !(name in parameters))).toEqual([]);
  expect(Object.keys(parameters).filter((name) => !main.params.has(name))).toEqual([]);
});

test('stands in the United Kingdom, has no password and no address of the database', () => {
  expect(text('infra/azure/main.bicep')).toContain("param location string = 'uksouth'");
  const whole = files.map((file) => text(`infra/azure/${file}`)).join('\n');
  expect(whole).toContain("passwordAuth: 'Disabled'");
  expect(whole).toContain("publicNetworkAccess: 'Disabled'");
  expect(whole).toContain("msaAppType: 'UserAssignedMSI'");
  expect(whole).not.toMatch(/@secure|administratorLogin|firewallRules|listKeys/);
});

test('alerts look for events that the service writes', () => {
  const events = [...text('infra/azure/monitoring.bicep').matchAll(/event (?:in \(([^)]+)\)|== ("[^"]+"))/g)]
    .flatMap((one) => [...(one[1] ?? one[2] ?? '').matchAll(/"([^"]+)"/g)])
    .map((one) => one[1] ?? '');
  const code = readdirSync(join(root, 'bot'), { recursive: true, encoding: 'utf8' })
    .filter((one) => one.endsWith('.ts'))
    .map((one) => text(`bot/${one}`))
    .join('\n');
  expect(events.length).toBeGreaterThan(8);
  // One event is named after the state of the notifications.
  expect(code).toContain("{ kind: 'failed' }");
  const written = (event: string): boolean => event === 'subscriptions.failed' || code.includes(`'${event}'`);
  expect(code).toContain('`subscriptions.${state.kind}`');
  expect(events.filter((event) => !written(event))).toEqual([]);
});

test('the table of costs names what the templates make, and adds up', () => {
  const table = text('docs/install.md').split('## What Azure makes')[1]?.split('\n## ')[0] ?? '';
  const whole = files.map((file) => text(`infra/azure/${file}`)).join('\n');
  const metricAlerts = [...whole.matchAll(/^resource \w+ 'Microsoft.Insights\/metricAlerts@/gm)].length;
  const logRules = [...text('infra/azure/monitoring.bicep').matchAll(/^ {4}query: /gm)].length;
  expect(table).toContain(`three places, ${metricAlerts + logRules} alert rules`);
  expect([...text('infra/azure/availability.bicep').matchAll(/\{ Id: '/g)]).toHaveLength(3);
  const made = (pattern: RegExp): string => pattern.exec(whole)?.[1] ?? 'nothing';
  expect(table).toContain(`\`${made(/param webAppSku string = '(\w+)'/)}\`, one instance`);
  expect(table).toContain(`\`${made(/param databaseSku string = '(\w+)'/)}\``);
  expect(table).toContain(`${made(/storageSizeGB: (\d+)/)} GiB, ${made(/backupRetentionDays: (\d+)/)} days of backup`);
  expect(table).toContain(`Log Analytics, ${made(/param logRetentionDays int = (\d+)/)} days`);
  const pounds = [...table.matchAll(/^\| (?!\*\*|several).*\| £(\d+) /gm)].map((one) => Number(one[1]));
  expect(pounds).toHaveLength(6);
  expect(table).toContain(`about £${pounds.reduce((sum, one) => sum + one, 0)}**`);
});
