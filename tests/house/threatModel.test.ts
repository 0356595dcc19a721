// The threat model names a test for each threat: each of them exists, and a name that does not is noticed.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');
const document = readFileSync(path.join(root, 'docs', 'threat-model.md'), 'utf8');

interface Row {
  readonly threat: string;
  readonly file: string | undefined;
  readonly name: string | undefined;
}

/** The rows of the tables of threats. */
function rowsOf(text: string): readonly Row[] {
  return text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, threat = '', , proof = ''] = cells;
    if (!/^[STRIDE]: /.test(threat)) return [];
    const [, file, name] = /^`(tests\/[\w./]+)`: "(.+)"$/.exec(proof) ?? [];
    return [{ threat, file, name }];
  });
}

/** A name in a comment is no test. Addresses keep their slashes. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

/** Why a row proves nothing; undefined when its test is there. */
function lack({ threat, file, name }: Row): string | undefined {
  if (file === undefined || name === undefined) return `${threat}: names no test`;
  const whole = path.join(root, file);
  if (!existsSync(whole)) return `${threat}: there is no ${file}`;
  const source = withoutComments(readFileSync(whole, 'utf8')).replaceAll("\\'", "'");
  if (/\.(skip|only|todo)\b|\bx(test|it|describe)\(/.test(source)) return `${threat}: ${file} leaves tests out`;
  return source.includes(name) ? undefined : `${threat}: ${file} has no test "${name}"`;
}

test('each threat names a test that exists', () => {
  const rows = rowsOf(document);
  expect(rows.length).toBeGreaterThan(45);
  expect(rows.flatMap((row) => lack(row) ?? [])).toEqual([]);
});

test('each data flow of the drawing has its table, and each letter of STRIDE its threats', () => {
  const flows = [...document.matchAll(/"(\d) [^"]+"/g)].map((match) => match[1]);
  const tables = [...document.matchAll(/^## (\d) /gm)].map((match) => match[1]);
  expect([...new Set(flows)].sort()).toEqual(tables);
  expect([...new Set(rowsOf(document).map((row) => row.threat[0]))].sort()).toEqual(['D', 'E', 'I', 'R', 'S', 'T']);
});

test('a name that stands in a comment alone is no test', () => {
  expect(withoutComments("// test('gone')\nconst a = 'http://a'; // gone\n/* gone */")).not.toContain('gone');
  expect(withoutComments("const a = 'http://kept';")).toContain('kept');
});

test.each([
  ['| S: x | y | `tests/none.test.ts`: "z" |', /there is no/],
  ['| S: x | y | `tests/logger.test.ts`: "no such test" |', /has no test/],
  ['| S: x | y | looked at |', /names no test/],
])('a row like %s is noticed', (line, why) => {
  expect(rowsOf(line).map(lack)).toEqual([expect.stringMatching(why)]);
});
