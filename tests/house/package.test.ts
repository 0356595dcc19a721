// The app's package for Teams: whole, the same every time, and not made while a value is missing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'board-package-'));
afterAll(() => rmSync(folder, { recursive: true }));
const guid = '11111111-2222-4333-8444-555555555555';
const values = {
  ...{ TEAMS_APP_ID: guid, BOT_APP_ID: guid, BOT_ID: guid, PUBLIC_DOMAIN: 'board.contoso.example' },
  DEVELOPER_WEBSITE_URL: 'https://contoso.example',
  DEVELOPER_PRIVACY_URL: 'https://contoso.example/privacy',
  DEVELOPER_TERMS_URL: 'https://contoso.example/terms',
};

function pack(given: Readonly<Record<string, string>>, out: string) {
  const env = join(folder, '.env');
  writeFileSync(
    env,
    Object.entries(given)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const args = ['manifest/package.mjs', '--env', env, '--out', join(folder, out)];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: {} });
}

interface Unpacked {
  file(name: string): { async(kind: 'nodebuffer'): Promise<Buffer> } | null;
  readonly files: Readonly<Record<string, { readonly date: Date }>>;
}

test('holds the filled manifest and both icons, read by another program', async () => {
  expect(pack(values, 'one.zip')).toMatchObject({ status: 0, stderr: '' });
  // exceljs brings a reader of its own.
  const reader: { loadAsync(bytes: Buffer): Promise<Unpacked> } = createRequire(require.resolve('exceljs'))('jszip');
  const found = await reader.loadAsync(readFileSync(join(folder, 'one.zip')));
  expect(Object.keys(found.files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  const read = async (name: string): Promise<Buffer> =>
    (await found.file(name)?.async('nodebuffer')) ?? Buffer.alloc(0);
  const manifest = JSON.parse((await read('manifest.json')).toString());
  expect(manifest).toMatchObject({
    bots: [{ botId: guid }],
    webApplicationInfo: { id: guid, resource: `api://board.contoso.example/botid-${guid}` },
  });
  expect(JSON.stringify(manifest)).not.toContain('${{');
  expect(await read('color.png')).toEqual(readFileSync(join(root, 'manifest/color.png')));
  expect(await read('outline.png')).toEqual(readFileSync(join(root, 'manifest/outline.png')));
});

test('is the same to the byte when nothing changed, and another when a value did', () => {
  pack(values, 'one.zip');
  pack(values, 'two.zip');
  expect(readFileSync(join(folder, 'one.zip'))).toEqual(readFileSync(join(folder, 'two.zip')));
  pack({ ...values, PUBLIC_DOMAIN: 'other.example' }, 'three.zip');
  expect(readFileSync(join(folder, 'one.zip')).equals(readFileSync(join(folder, 'three.zip')))).toBe(false);
});

test('is not made while values lack or do not fit; all of them are named', () => {
  const run = pack({ ...values, BOT_ID: 'bot', PUBLIC_DOMAIN: 'https://board.example', TEAMS_APP_ID: '' }, 'four.zip');
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('BOT_ID must be a GUID');
  expect(run.stderr).toContain('PUBLIC_DOMAIN must be a host');
  expect(run.stderr).toContain('TEAMS_APP_ID must be a GUID');
});
