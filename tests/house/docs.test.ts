// What the documents promise and the tree must hold: variables, links, first lines, lengths, words that do not belong.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Files git knows or would take, of what is written by hand here. */
const files: readonly string[] = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .stdout.split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const code = files.filter((path) => /^(bot|tab|infra\/local|tests)\/.*\.(ts|tsx|mjs|cjs)$/.test(path));
const product = code.filter((path) => !path.startsWith('tests/'));
const documents = files.filter((path) => path.endsWith('.md') && !path.startsWith('tests/fixtures/'));
const writing = files.filter((path) =>
  /\.(ts|tsx|mjs|cjs|md|json|yml|bicep|html|css|svg|sh)$|^\.ci\/|^[A-Z]+$/.test(path),
);

/** The text of a tree without the files that are not ours to write. */
const ours = writing.filter((path) => path !== 'package-lock.json' && !path.startsWith('tests/fixtures/'));

test('the tree is not empty', () => {
  expect(product.length).toBeGreaterThan(50);
  expect(documents.length).toBeGreaterThan(15);
});

describe('the documents', () => {
  test('list every variable that the configuration reads, and no other', () => {
    const read = [...text('bot/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): (?:z|guid|whole|part)\b/gm)].map(
      (match) => match[1],
    );
    const table = /## Variables of the service([\s\S]*?)\n## /.exec(text('docs/configuration.md'))?.[1] ?? '';
    const listed = [...table.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map((match) => match[1]);
    expect(read.length).toBeGreaterThan(10);
    expect(listed.sort()).toEqual(read.sort());
  });

  test('list the variables of local mode', () => {
    const read = [...text('infra/local/start.ts').matchAll(/port\('([A-Z0-9_]+)'/g)].map((match) => match[1]);
    const table = /## Variables of local mode([\s\S]*?)\n## /.exec(text('docs/configuration.md'))?.[1] ?? '';
    expect(read.length).toBeGreaterThan(2);
    expect(read.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });

  test('link to what is there', () => {
    const broken = documents.flatMap((path) =>
      [...text(path).matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !/^(https?|mailto):/.test(target))
        .filter((target) => !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('name commands that are there', () => {
    const { scripts } = JSON.parse(text('package.json'));
    const named = documents.flatMap((path) =>
      [...text(path).matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? ''),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('record every decision in the same form', () => {
    const records = files.filter((path) => /^docs\/adr\/\d{4}-.*\.md$/.test(path));
    expect(records.length).toBeGreaterThanOrEqual(15);
    const headings = records.map((path) => [
      ...text(path).matchAll(/^(?:## )?(Status|Context|Decision|Consequences)\b/gm),
    ]);
    expect(headings.map((found) => found.map((match) => match[1]).join(' '))).toEqual(
      records.map(() => 'Status Context Decision Consequences'),
    );
  });
});

describe('every file', () => {
  test('of the product says its purpose in the first line', () => {
    const silent = product.filter((path) => {
      const [first = '', second = ''] = text(path).split('\n');
      const line = first.startsWith('#!') ? second : first;
      return !/^(\/\/|\/\*\*?) \S.{15,}/.test(line);
    });
    expect(silent).toEqual([]);
  });

  test('of code has 400 lines at most', () => {
    const long = code.filter((path) => text(path).trimEnd().split('\n').length > 400);
    expect(long).toEqual([]);
  });

  test('speaks of the project alone', () => {
    // Put together, so that this file does not hold them itself.
    const absolutePath = ['work', 'farm', 'root', 'home', 'tmp'].join('|');
    const forbidden = new RegExp(
      `(^|[\\s"'\`(=])/(${absolutePath})/[\\w.]|bash_${'jobs'}|steering ${'repo'}|[.]library/`,
      'm',
    );
    const said = ours.filter((path) => forbidden.test(text(path)));
    expect(said).toEqual([]);
  });

  test('holds no address of a private registry', () => {
    const hosts = [...text('package-lock.json').matchAll(/"resolved": "https?:\/\/([^/"]+)/g)].map((match) => match[1]);
    expect(hosts.filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
    expect(files.filter((path) => path.endsWith('.npmrc'))).toEqual([]);
  });

  test('holds no secret', () => {
    const secret =
      /-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----\n[A-Za-z0-9+/]{40}|AccountKey=[A-Za-z0-9+/]{40}|eyJ[\w-]{20,}\.eyJ[\w-]{20,}\./;
    expect(ours.filter((path) => secret.test(text(path)))).toEqual([]);
  });
});

test('the workflow runs the same command as people do, with actions pinned by commit', () => {
  const workflow = text('.github/workflows/test.yml');
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map((match) => match[1] ?? '');
  expect(actions.length).toBeGreaterThan(1);
  expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  expect(workflow).toContain('run: ./.ci/run');
  expect(text('.ci/run')).toContain('npm ci');
  expect(text('.ci/run')).toContain('npm test');
});
