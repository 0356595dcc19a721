// A file named on the command line that cannot be read is said in words, never as an error of the system.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readNamedFile } from '../../bot/commands/namedFile';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'named-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the bytes of a file come as they are', async () => {
  const file = path.join(folder, 'plan.xlsx');
  writeFileSync(file, Buffer.from([0, 255, 10]));
  expect([...(await readNamedFile(file))]).toEqual([0, 255, 10]);
});

test('a file that is not there, and a folder, are named in words', async () => {
  const missing = path.join(folder, 'none.xlsx');
  await expect(readNamedFile(missing)).rejects.toThrow(`There is no file ${missing}`);
  await expect(readNamedFile(folder)).rejects.toThrow(`This is a folder, not a file: ${folder}`);
});
