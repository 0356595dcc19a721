import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { removeOperatorFile, writeOperatorFile } from '../bot/operatorFile';

const folder = mkdtempSync(path.join(tmpdir(), 'board-operator-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'state', 'operator.json');

test('is readable by its user alone, whatever stood there', () => {
  writeOperatorFile(file, { url: 'http://127.0.0.1:1', token: 'one' });
  writeFileSync(file, 'older', { mode: 0o666 });
  writeOperatorFile(file, { url: 'http://127.0.0.1:3978', token: 'one' });
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ url: 'http://127.0.0.1:3978', token: 'one' });
});

test('of a newer instance stays when the older one stops', () => {
  writeOperatorFile(file, { url: 'http://127.0.0.1:3978', token: 'older' });
  writeOperatorFile(file, { url: 'http://127.0.0.1:3979', token: 'newer' });
  removeOperatorFile(file, 'older');
  expect(existsSync(file)).toBe(true);
  removeOperatorFile(file, 'newer');
  expect(existsSync(file)).toBe(false);
  expect(() => removeOperatorFile(file, 'newer')).not.toThrow();
});
