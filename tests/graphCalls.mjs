// Compares what the product called of Microsoft Graph during the tests with the permissions that docs/install.md asks for.
// `node tests/graphCalls.mjs FILE [--all]`: FILE holds the calls; with --all each documented call must have been made, too.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The rows of the table under a heading, cell by cell, without the quotation marks of code. */
function rowsUnder(markdown, heading) {
  const [, section = ''] = new RegExp(`\\n## ${heading}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(markdown) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codes = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]);

/** Made by tests through the product's client, as people do in SharePoint; tests/house/graphCalls.test.ts says why not by it. */
export const byTests = ['DELETE sites/:site/lists/:list/items/:item', 'GET drives/:drive/root:/permissions'];

/** Permissions and calls as the document has them. */
export function documented(markdown) {
  const permissions = rowsUnder(markdown, 'Permissions').flatMap(([name = '']) => codes(name).slice(0, 1));
  const calls = rowsUnder(markdown, 'Every call').flatMap(([call = '', permission = '']) =>
    codes(call).map((one) => ({ call: one, permissions: codes(permission) })),
  );
  return { permissions, calls };
}

/**
 * What does not agree, each in a line.
 * @param {string} markdown @param {readonly string[]} recorded @param {boolean} all
 */
export function disagreements(markdown, recorded, all) {
  const { permissions, calls } = documented(markdown);
  const known = calls.map(({ call }) => call);
  const asked = new Set(calls.flatMap((one) => one.permissions));
  return [
    ...recorded
      .filter((call) => !known.includes(call) && !byTests.includes(call))
      .map((call) => `${call} was called, and no permission for it is documented`),
    ...(all ? known.filter((call) => !recorded.includes(call)) : []).map(
      (call) => `${call} is documented, and no test made the product call it`,
    ),
    ...[...asked]
      .filter((one) => !permissions.includes(one))
      .map((one) => `${one} stands at a call and not in the table of permissions`),
    ...permissions
      .filter((one) => !asked.has(one))
      .map((one) => `${one} is in the table of permissions, and no call needs it`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file = '', ...flags] = process.argv.slice(2);
  const recorded = existsSync(file) ? [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))].sort() : [];
  const markdown = readFileSync(new URL('../docs/install.md', import.meta.url), 'utf8');
  const all = flags.includes('--all');
  const wrong = disagreements(markdown, recorded, all);
  for (const one of wrong) console.error(one);
  if (all && recorded.length === 0) console.error(`No calls were recorded in ${file}.`);
  process.exitCode = wrong.length > 0 || (all && recorded.length === 0) ? 1 : 0;
}
