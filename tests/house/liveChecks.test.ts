// What was not executed here is said to be so: each such claim of the documents has its number in docs/live-checks.md.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const docs = path.resolve(__dirname, '../../docs');
const text = (file: string): string => readFileSync(path.join(docs, file), 'utf8');
const page = text('live-checks.md');
const others = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && file !== 'live-checks.md',
);

/** Words by which a document owns that something was not executed here. */
const owned =
  /(?<!does )\bnot(?: been)? (?:tried|run|seen|tested|verified)\b|to be checked in a|in a (?:live )?tenant yet|has no compiler/i;

interface Check {
  readonly id: string;
  readonly cells: readonly string[];
}

const checks: readonly Check[] = page
  .split('\n')
  .filter((line) => /^\| L\d+ /.test(line))
  .map((line) => {
    const [id = '', ...cells] = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { id, cells };
  });

/** Parts of a document that stand or fall together: a paragraph, a point of a list, a row of a table. */
function partsOf(document: string): readonly string[] {
  return document.split(/\n\n|\n(?=[-|] |\d+\. )/);
}

const unmarked = (document: string): readonly string[] =>
  partsOf(document).filter(
    (part) => !part.startsWith('#') && owned.test(part.replace(/\s+/g, ' ')) && !/\bL\d+\b/.test(part),
  );

test('each check has a number of its own, steps, and a sign that it holds', () => {
  expect(checks.map((one) => one.id)).toEqual(checks.map((_, index) => `L${index + 1}`));
  expect(checks.length).toBeGreaterThan(20);
  const poor = checks.filter(({ cells }) => cells.length !== 4 || cells.slice(0, 3).some((cell) => cell.length < 8));
  expect(poor).toEqual([]);
});

test('each check is pointed to by the document that makes the claim, and no number leads nowhere', () => {
  const named = new Set(others.flatMap((file) => [...text(file).matchAll(/\bL\d+\b/g)].map(([id]) => id)));
  expect(checks.map((one) => one.id).filter((id) => !named.has(id))).toEqual([]);
  expect([...named].filter((id) => !checks.some((one) => one.id === id))).toEqual([]);
});

// Not these: benches concern this computer; the statement is the council's to publish; decisions are not edited afterwards.
const apart = /^(testing|rules|accessibility-statement)\.md$|^adr\b/;

test.each(others.filter((file) => !apart.test(file)))(
  '%s names the check of all that it says was not tried',
  (file) => {
    expect(unmarked(text(file))).toEqual([]);
  },
);

test('a claim without a number is noticed', () => {
  expect(unmarked('It works.\n\nSharing was\nnot tried.\n\n- Teams was not seen here: L17')).toEqual([
    'Sharing was\nnot tried.',
  ]);
});
