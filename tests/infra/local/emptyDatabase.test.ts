// The empty database: made once even by two at a time, copied whole, and done without where nothing may be written.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emptyDatabase, placeEmptyDatabase } from '../../../infra/local/emptyDatabase';

const folder = mkdtempSync(path.join(tmpdir(), 'empty-database-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('is made once, however many ask for it at the same time, and leaves no draft', async () => {
  const cache = path.join(folder, 'cache');
  const [one, other] = await Promise.all([emptyDatabase(cache), emptyDatabase(cache)]);
  expect(one).toBe(other);
  expect(readdirSync(cache)).toEqual([path.basename(one ?? '')]);
  expect(readdirSync(one ?? '')).toContain('PG_VERSION');

  const target = path.join(folder, 'target');
  writeFileSync(path.join(one ?? '', 'sign'), 'of the copy');
  await placeEmptyDatabase(target, cache);
  expect(readdirSync(target)).toEqual(expect.arrayContaining(['PG_VERSION', 'base', 'sign']));
  expect(existsSync(`${target}.draft`)).toBe(false);
}, 60_000);

test('leaves a database alone that is there', async () => {
  const target = mkdtempSync(path.join(folder, 'kept-'));
  await placeEmptyDatabase(target, path.join(folder, 'nothing-here'));
  expect(readdirSync(target)).toEqual([]);
  expect(existsSync(path.join(folder, 'nothing-here'))).toBe(false);
});

test('is done without where nothing may be written', async () => {
  const file = path.join(folder, 'a-file');
  writeFileSync(file, '');
  const target = path.join(folder, 'untouched');
  await expect(emptyDatabase(path.join(file, 'cache'))).resolves.toBeUndefined();
  await placeEmptyDatabase(target, path.join(file, 'cache'));
  expect(existsSync(target)).toBe(false);
});
