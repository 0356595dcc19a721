// The operator's commands as the documents write them: each command is there, and so is each of its options.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(__dirname, '../..');
const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);
const documents = ['README.md', ...docs].map((file) => [file, readFileSync(path.join(root, file), 'utf8')] as const);

/** Tells of the program's commands instead of running one: the command line itself is loaded, and nothing else. */
const tell = `
  const { Command } = require('commander');
  const optionsOf = (one) => one.options.flatMap(({ long }) => long ?? []);
  Command.prototype.parseAsync = function () {
    const each = (one, before) => one.commands.flatMap((command) => {
      const name = [...before, command.name()].join(' ');
      return [[name, optionsOf(command)], ...each(command, name.split(' '))];
    });
    console.log(JSON.stringify(each(this, [])));
    return Promise.resolve();
  };
  require('./bot/cli.ts');
`;
const told = spawnSync(process.execPath, ['--import', 'tsx', '-e', tell], { cwd: root, encoding: 'utf8' });
const options = new Map(z.array(z.tuple([z.string(), z.array(z.string())])).parse(JSON.parse(told.stdout)));

/** Every mention of a command with what follows it: whole lines of examples, and code within a line. */
function mentionsIn(text: string): readonly string[] {
  const joined = text.replace(/\s*\\\n\s*/g, ' ');
  const whole = [...joined.matchAll(/npm run board -- ([^`\n]+)/g)].map((match) => match[1] ?? '');
  const inline = [...joined.matchAll(/`([a-z-]+(?: [a-z]+)?) (--[^`]*)`/g)].flatMap(([, name = '', rest = '']) =>
    options.has(name) ? [`${name} ${rest}`] : [],
  );
  return [...whole, ...inline];
}

/** What of a mention the program does not know; nothing when all is there. */
function unknownIn(mention: string): readonly string[] {
  const [first = '', second = ''] = mention.trim().split(/\s+/);
  if (['COMMAND', '--help'].includes(first)) return [];
  const name = options.has(`${first} ${second}`) ? `${first} ${second}` : first;
  const known = options.get(name);
  if (known === undefined) return [`no command ${first}: ${mention}`];
  const unquoted = mention.replace(/"[^"]*"/g, '').split(/ {2,}/)[0] ?? '';
  return [...unquoted.matchAll(/--[a-z][\w-]*/g)].flatMap(([option]) =>
    known.includes(option) || option === '--help' ? [] : [`${name} has no ${option}: ${mention}`],
  );
}

test('are known to the program, with every option that a document gives them', () => {
  const mentions = documents.flatMap(([file, text]) => mentionsIn(text).map((mention) => [file, mention] as const));
  expect(options.size).toBeGreaterThan(20);
  expect(mentions.length).toBeGreaterThan(60);
  expect(mentions.flatMap(([file, mention]) => unknownIn(mention).map((one) => `${file}: ${one}`))).toEqual([]);
});

test('are each told of in a document', () => {
  const whole = documents.map(([, text]) => text).join('\n');
  const silent = [...options.keys()].filter((name) => !new RegExp(`(\`|-- )${name}\\b`).test(whole));
  expect(silent).toEqual([]);
});

test.each([
  ['a command that is not there', 'npm run board -- obliterate --meeting B09'],
  ['an option that is not there', 'npm run board -- cycle --meetings B09'],
  ['an option of another command', '`resend --owner P05`'],
  ['one in a second line', 'npm run board -- cycle \\\n  --nothing'],
])('%s would be noticed', (_what, text) => {
  expect(mentionsIn(text).flatMap(unknownIn)).toHaveLength(1);
});
