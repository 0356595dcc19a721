// Plants a violation of every house rule of ESLint in a text and sees that the rule bites, and that good code passes.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

interface Probe {
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  /** Part of the message, where one rule of ESLint carries several of the house's. */
  readonly says?: string;
  readonly typed?: boolean;
}

const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';
const core = ['bot/board/probe.ts', 'bot/cards/probe.ts', 'bot/papers/probe.ts'];

function inCore(code: string, rule: string, says?: string): readonly Probe[] {
  return core.map((file) => ({ file, code, rule, ...(says === undefined ? {} : { says }) }));
}

const bites: readonly Probe[] = [
  { file: 'bot/services/probe.ts', code: `${'// line\n'.repeat(401)}`, rule: 'max-lines' },
  { file: 'tests/probe.test.ts', code: `${'// line\n'.repeat(401)}`, rule: 'max-lines' },
  { file: 'bot/services/probe.ts', code: 'export const a: any = 1;', rule: '@typescript-eslint/no-explicit-any' },
  { file: 'tab/src/probe.tsx', code: 'export const a: any = 1;', rule: '@typescript-eslint/no-explicit-any' },
  {
    file: 'bot/services/probe.ts',
    code: 'export const a = (b?: string) => b!.length;',
    rule: '@typescript-eslint/no-non-null-assertion',
  },
  {
    file: 'bot/services/probe.ts',
    code: '// @ts-expect-error known\nexport const a: string = 1;',
    rule: '@typescript-eslint/ban-ts-comment',
  },
  {
    file: 'bot/services/probe.ts',
    code: 'export const a = 1 as number;',
    rule: syntax,
    says: 'No casts outside a parser',
  },
  { file: 'tab/src/probe.tsx', code: 'export const a = 1 as number;', rule: syntax, says: 'No casts' },
  { file: 'bot/teams/probe.ts', code: "throw new Error('no');", rule: syntax, says: 'bot/errors.ts' },
  { file: 'bot/teams/probe.ts', code: "throw 'no';", rule: 'no-throw-literal' },
  { file: 'bot/config.ts', code: "throw new Error('no');", rule: syntax, says: 'bot/errors.ts' },
  { file: 'bot/sharepoint/parseItems.ts', code: "throw Error('no');", rule: syntax, says: 'bot/errors.ts' },
  { file: 'bot/main.ts', code: 'export const a = process.env.PORT;', rule: syntax, says: 'bot/config.ts' },
  { file: 'bot/main.ts', code: 'export const { env } = process;', rule: syntax, says: 'bot/config.ts' },
  { file: 'bot/board/policy.ts', code: 'export const a = process.env;', rule: syntax, says: 'bot/config.ts' },
  { file: 'bot/api/probe.ts', code: '@sealed class A {} export { A };', rule: syntax, says: 'decorators' },
  { file: 'bot/api/probe.ts', code: 'try { go(); } catch {}', rule: 'no-empty' },
  { file: 'bot/api/probe.ts', code: 'export const a = (b: string) => b == "x";', rule: 'eqeqeq' },
  { file: 'bot/api/probe.ts', code: 'const unused = 1;', rule: '@typescript-eslint/no-unused-vars' },
  ...inCore("throw new RangeError('no');", syntax, 'does not throw'),
  ...inCore('export const a = new Date();', syntax, 'no clock'),
  ...inCore('export const a = Date();', syntax, 'no clock'),
  ...inCore('export const a = Date.now();', syntax, 'no clock'),
  ...inCore('export const a = DateTime.now();', syntax, 'no clock'),
  ...inCore('export const a = Math.random();', syntax, 'no chance'),
  ...inCore('export const a = globalThis.process;', syntax, 'the machine'),
  ...inCore('export const a = process.pid;', globals),
  ...inCore("console.log('x');", globals),
  ...inCore('setTimeout(() => undefined, 1);', globals),
  ...inCore('setInterval(() => undefined, 1);', globals),
  ...inCore("export const a = fetch('http://x.example');", globals),
  { file: 'bot/board/policy.ts', code: 'export const a = Date.now();', rule: syntax, says: 'no clock' },
  {
    file: 'tab/src/probe.tsx',
    code: "import { useState } from 'react'; export function A({ b }: { b: boolean }) { if (b) useState(1); return null; }",
    rule: 'react-hooks/rules-of-hooks',
  },
  { file: 'tests/probe.test.ts', code: 'if (a) { expect(a).toBe(1); }', rule: syntax, says: 'inside `if`' },
  {
    file: 'tests/probe.test.ts',
    code: 'expect(a).toBe(1) && expect(b).toBe(2);',
    rule: syntax,
    says: 'one thing after the other',
  },
  { file: 'tests/probe.test.ts', code: "test.only('x', () => undefined);", rule: syntax, says: 'Every test runs' },
  { file: 'tests/probe.test.ts', code: "xit('x', () => undefined);", rule: syntax, says: 'Every test runs' },
  {
    file: 'bot/logger.ts',
    code: 'async function go(): Promise<void> {}\nexport function start(): void { go(); }',
    rule: '@typescript-eslint/no-floating-promises',
    typed: true,
  },
  {
    file: 'bot/logger.ts',
    code: "export function say(a: 'x' | 'y'): number { switch (a) { case 'x': return 1; } return 0; }",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    typed: true,
  },
];

const passes: readonly Omit<Probe, 'rule'>[] = [
  { file: 'bot/board/probe.ts', code: 'export const a = new Date(0).getTime() + Math.max(1, 2);' },
  { file: 'bot/board/probe.ts', code: "export const words = ['a', 'b'] as const;" },
  { file: 'bot/board/probe.ts', code: 'export const a = (b: string) => b as unknown;' },
  { file: 'bot/sharepoint/parseItems.ts', code: 'export const a = (b: unknown) => b as string;' },
  { file: 'bot/config.ts', code: 'export const a = process.env.PORT;' },
  {
    file: 'bot/services/probe.ts',
    code: "import { NotFoundError } from '../errors';\nexport function a(): never { throw new NotFoundError('action', 'A1'); }",
  },
  { file: 'bot/api/probe.ts', code: 'export const a = () => { setTimeout(() => undefined, 1); return Date.now(); };' },
  { file: 'tests/probe.test.ts', code: "test('x', () => { expect(1).toBe(1); });" },
];

interface Message {
  readonly rule: string | null;
  readonly message: string;
}

describe('the house rules of ESLint', () => {
  let answers: readonly (readonly Message[])[] = [];

  beforeAll(() => {
    const run = spawnSync(process.execPath, [join(__dirname, 'lintProbe.mjs')], {
      cwd: root,
      encoding: 'utf8',
      input: JSON.stringify([...bites, ...passes]),
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(run.stderr).toBe('');
    answers = JSON.parse(run.stdout);
  }, 60_000);

  test.each(bites.map((probe, at) => ({ ...probe, at, short: probe.code.slice(0, 50).replaceAll('\n', ' ') })))(
    '$rule bites in $file at: $short',
    ({ at, rule, says }) => {
      const messages = answers[at]?.filter((message) => message.rule === rule).map((message) => message.message);
      expect(messages).toEqual(expect.arrayContaining([expect.stringContaining(says ?? '')]));
    },
  );

  test.each(passes.map((probe, at) => ({ ...probe, at: at + bites.length, short: probe.code.slice(0, 50) })))(
    'good code passes in $file: $short',
    ({ at }) => {
      expect(answers[at]).toEqual([]);
    },
  );
});
