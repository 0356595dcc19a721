// What production installs: every package under a licence that may be used so, and a bill of materials that names them all.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = path.resolve(__dirname, '..', '..');
const allowed = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'PSF-2.0',
];
/** Packages whose licence is none of these or is not named as it should be, looked at one by one. */
const lookedAt: Readonly<Record<string, string>> = {
  // Used unmodified as a library; NOTICE names its source.
  '@resvg/resvg-js': 'MPL-2.0',
  'date-holidays': '(ISC AND CC-BY-3.0)',
  // The fonts' own free licence; NOTICE.
  'dejavu-fonts-ttf': 'SEE LICENSE IN README.md AND LICENSE',
  // A choice of two: taken under MIT.
  jszip: '(MIT OR GPL-3.0-or-later)',
  pako: '(MIT AND Zlib)',
  chainsaw: 'MIT/X11',
  // Names none in its package.json; its repository (substack/node-buffers) says MIT/X11. Only unzipper of exceljs takes it.
  buffers: 'none',
};

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), dev: z.boolean().optional(), link: z.boolean().optional() }),
  ),
});
const manifest = z.object({ name: z.string(), version: z.string(), license: z.unknown().optional() });
/** Installed for production on this system, by their folders. */
const installed = Object.entries(lock.parse(read('package-lock.json')).packages)
  .filter(([folder, one]) => folder !== '' && one.dev !== true && existsSync(path.join(root, folder, 'package.json')))
  .map(([folder]) => folder);

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

test('production installs packages under allowed licences alone', () => {
  expect(installed.length).toBeGreaterThan(200);
  const others = installed.flatMap((folder) => {
    const { name, license } = manifest.parse(read(`${folder}/package.json`));
    const said = typeof license === 'string' ? license : 'none';
    // The binary of a platform has the licence of the package it belongs to.
    const of = name.replace(/^(@resvg\/resvg-js)-.*/, '$1');
    return allowed.includes(said) || lookedAt[of] === said ? [] : [`${name}: ${said}`];
  });
  expect(others).toEqual([]);
});

test('NOTICE names what asks to be named', () => {
  const notice = readFileSync(path.join(root, 'NOTICE'), 'utf8');
  for (const name of ['@resvg/resvg-js', 'date-holidays', 'dejavu-fonts-ttf', '@electric-sql/pglite', 'echarts'])
    expect(notice).toContain(name);
});

test('the bill of materials names every package that production installs, with its version', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['infra/sbom.mjs'], { cwd: root, maxBuffer: 2 ** 26 });
  const bill = z
    .object({
      bomFormat: z.literal('CycloneDX'),
      components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })),
    })
    .parse(JSON.parse(stdout));
  const named = new Set(bill.components.map((one) => `${one.name}@${one.version}`));
  const names = installed.map((folder) => manifest.parse(read(`${folder}/package.json`)));
  expect(names.filter((one) => !named.has(`${one.name}@${one.version}`))).toEqual([]);
  expect([...named].filter((one) => /^(jest|typescript|vite|react)@/.test(one))).toEqual([]);
}, 60_000);

describe('the image that the container stands on', () => {
  const digest = '0123456789abcdef'.repeat(4);
  const bill = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, ['infra/sbom.mjs', ...args], { cwd: root, maxBuffer: 2 ** 26 }))
      .stdout;

  test('is in the bill of a release with its digest, and makes it another bill', async () => {
    const [with1, without] = await Promise.all([bill('--base', `node:24-bookworm-slim@sha256:${digest}`), bill()]);
    const [whole, plain] = [with1, without].map((one) => JSON.parse(one));
    expect(whole.components.at(-1)).toEqual({
      type: 'container',
      'bom-ref': `pkg:oci/node@sha256%3A${digest}?tag=24-bookworm-slim`,
      name: 'node',
      version: '24-bookworm-slim',
      purl: `pkg:oci/node@sha256%3A${digest}?tag=24-bookworm-slim`,
      hashes: [{ alg: 'SHA-256', content: digest }],
    });
    expect(whole.components.slice(0, -1)).toEqual(plain.components);
    expect(whole.serialNumber).not.toBe(plain.serialNumber);
  }, 60_000);

  test('is refused without a digest', async () => {
    await expect(bill('--base', 'node:24-bookworm-slim')).rejects.toThrow('must be NAME:TAG@sha256:DIGEST');
  }, 60_000);
});
