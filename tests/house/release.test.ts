// How the product is built, packed and released: the workflows, the container and what is kept out of it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { parse as parseYaml } from 'yaml';

const root = resolve(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const workflows = readdirSync(join(root, '.github/workflows')).map((one) => `.github/workflows/${one}`);

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
  >;
}

describe.each(workflows)('%s', (path) => {
  const workflow: Workflow = parseYaml(text(path));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('takes actions by commit alone, and says of which version', () => {
    const actions = [...text(path).matchAll(/uses: (.+)$/gm)].map((one) => one[1] ?? '');
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((one) => !/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one))).toEqual([]);
  });

  test('may only read, unless one job needs more', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('runs scripts that are there', () => {
    const { scripts } = JSON.parse(text('package.json'));
    const run = steps.map((step) => step.run ?? '').join('\n');
    const named = [...run.matchAll(/npm run ([\w:]+)/g)].map((one) => one[1] ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const files = [...run.matchAll(/(?:--file |\.\/)((?:infra|\.ci)\/[\w./]+)/g)].map((one) => one[1] ?? '');
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

test('every supported Node release runs all tests, and a compiler reads the Azure templates', () => {
  const whole = text('.github/workflows/test.yml');
  expect(whole).toContain("node: ['20', '22', '24']");
  expect(whole).toContain('az bicep build --file infra/azure/main.bicep');
});

test('a release has the service, its parts and their checksums', () => {
  const whole = text('.github/workflows/release.yml');
  for (const part of ['./.ci/run', 'npm run build', 'npm run --silent sbom', 'sha256sum', 'gh release create']) {
    expect(whole).toContain(part);
  }
});

test('a release builds its container on a digest, records it, and looks that it stands on it', () => {
  const whole = text('.github/workflows/release.yml');
  const at = [
    `imagetools inspect --format '{{.Manifest.Digest}}'`,
    '[[ "$digest" =~ ^sha256:[0-9a-f]{64}$ ]]',
    'docker build --build-arg "BASE=$BASE"',
    '$built[:($base | length)] == $base',
    'npm run --silent sbom -- --base "$BASE"',
    'echo "$BASE" > release/container-base.txt',
    './*.txt > SHA256SUMS',
  ].map((part) => whole.indexOf(part));
  expect(at.every((one) => one > 0)).toBe(true);
  expect([...at].sort((one, other) => one - other)).toEqual(at);
});

describe('the container', () => {
  const lines = text('Dockerfile').split('\n');
  const stages = text('Dockerfile')
    .split(/^FROM /m)
    .slice(1);
  const last = stages.at(-1) ?? '';

  test('has one base for all its stages, which a build may name by its digest', () => {
    expect(stages.map((stage) => stage.split(/[\s\n]/)[0])).toEqual(['${BASE}', '${BASE}', '${BASE}']);
    // The release that production runs on, as on Azure.
    expect(text('infra/azure/main.bicep')).toContain("linuxFxVersion: 'NODE|24-lts'");
  });

  test('is built apart from what runs, and runs as a user without rights', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('CMD ["node"'));
    expect(last).not.toMatch(/^COPY --from=build \/app\/node_modules/m);
  });

  test('starts the service as it is started everywhere, and says whether it lives', () => {
    expect(last).toContain('CMD ["node", "dist/bot/main.js"]');
    const [, check = ''] = /HEALTHCHECK[^\n]*\\\n {2}CMD (\[.*\])/.exec(last) ?? [];
    const [program, flag, script]: string[] = JSON.parse(check);
    expect([program, flag]).toEqual(['node', '-e']);
    expect(script).toContain('/health/live');
    expect(() => new Script(script ?? '')).not.toThrow();
  });

  test('holds no setting and no secret', () => {
    expect(lines.filter((line) => /^(ARG|ENV) /.test(line))).toEqual([
      'ARG BASE=node:24-bookworm-slim',
      'ENV NODE_ENV=production',
    ]);
  });

  test('is made of files that are there and are not kept out', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    const letIn = text('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(copied.filter((path) => !letIn.includes(path))).toEqual([]);
  });

  test('gets nothing but what is let in by name', () => {
    const rules = text('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(rules[0]).toBe('*');
    expect(rules).toEqual(expect.arrayContaining(['**/.env*', '**/node_modules']));
    expect(rules.filter((rule) => /^!(\.|tests|docs|reports|coverage|dist)/.test(rule))).toEqual([]);
  });
});
