// The failures that docs/operations.md tells operators of: the words it quotes are those that the program says.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');
const document = readFileSync(path.join(root, 'docs', 'operations.md'), 'utf8');
const rows = document
  .slice(document.indexOf('## When something is wrong'))
  .split('\n')
  .filter((line) => /^\| (?!what you see|-)/.test(line));
const program = [...sources(path.join(root, 'bot')), ...sources(path.join(root, 'tab/src'))].join('\n');

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

/** As a template of the program may say it: a name in the middle is filled in when it runs. */
function isSaid(words: string): boolean {
  const pattern = words
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/ (column|list|failed|refused)$/, ' ($1|\\$\\{.*)');
  return program.includes(words) || new RegExp(pattern).test(program);
}

test('ten failures at least are told, each with words that the program says', () => {
  expect(rows.length).toBeGreaterThanOrEqual(10);
  const quoted = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
  const others = ['/health/ready', 'subscriptions.failed', 'subscriptions.refused', 'check', 'delivery'];
  expect(quoted.filter((words) => !others.includes(words) && !isSaid(words))).toEqual([]);
  expect(quoted.length).toBeGreaterThan(12);
});

test('words that the program does not say are noticed', () => {
  expect(isSaid('Something that nobody ever says')).toBe(false);
});
