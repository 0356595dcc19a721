// The permissions that docs/install.md asks for: its tables agree with each other, with the setup, and with what was called.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  applicationPermissions,
  mailboxCommands,
  mailboxRoles,
  setupPermissions,
} from '../../bot/sharepoint/tenantPermissions';

const root = resolve(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'board-calls-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the last stage of `npm test` says of these calls. */
function compare(calls: readonly string[], ...flags: readonly string[]) {
  const file = join(folder, 'calls.txt');
  writeFileSync(file, calls.map((one) => `${one}\n`).join(''));
  const run = spawnSync(process.execPath, ['tests/graphCalls.mjs', file, ...flags], { cwd: root, encoding: 'utf8' });
  return { status: run.status, said: run.stderr.split('\n').filter(Boolean) };
}

const section = (name: string): string =>
  new RegExp(`\\n## ${name}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(text('docs/install.md'))?.[1] ?? '';
const first = (name: string): readonly string[] =>
  [...section(name).matchAll(/^\| `([^`]+)`/gm)].map((one) => one[1] ?? '');
const documentedCalls = [...section('Every call').matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/g)].map(
  (one) => one[1] ?? '',
);

test('a call that no permission is documented for is named', () => {
  expect(compare(['GET sites/:site'])).toEqual({ status: 0, said: [] });
  expect(compare(['GET sites/:site', 'GET users/:user/messages'])).toEqual({
    status: 1,
    said: ['GET users/:user/messages was called, and no permission for it is documented'],
  });
});

test('after the whole run, a documented call that nobody made is named, and so is a run that noted nothing', () => {
  expect(compare(documentedCalls, '--all')).toEqual({ status: 0, said: [] });
  expect(compare(documentedCalls.slice(1), '--all')).toEqual({
    status: 1,
    said: [`${documentedCalls[0] ?? ''} is documented, and no test made the product call it`],
  });
  expect(compare([], '--all').said.at(-1)).toContain('No calls were recorded');
});

test('the table has what the setup asks for, and nothing more', () => {
  const asked = [...applicationPermissions.map((one) => one.name), ...mailboxRoles, ...setupPermissions];
  // Beside the setup an administrator makes the lists.
  expect([...first('Permissions')].sort()).toEqual([...asked, 'Sites.Manage.All'].sort());
});

test('the steps by hand are those that the setup prints', () => {
  const ids = { appId: 'BOT_APP_ID', servicePrincipalId: 'ENTERPRISE_APP_OBJECT_ID', name: 'Board Assistant' };
  const lines = mailboxCommands({ ...ids, mailbox: 'send.board@contoso.example' });
  const byHand = section('By hand');
  expect(lines.slice(1).filter((line) => !byHand.includes(line))).toEqual([]);
});

test('what tests alone call is called nowhere in the product', () => {
  const files = readdirSync(join(root, 'bot'), { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.ts'),
  );
  const having = (words: string): readonly string[] => files.filter((one) => text(`bot/${one}`).includes(words));
  expect(having('graph.delete(')).toEqual(['sharepoint/subscriptions.ts']);
  expect(having('/permissions`')).toEqual(['sharepoint/tenantSetup.ts']);
});
