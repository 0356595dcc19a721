// docs/rules.md keeps step with the rules: each figure of the policy and each rule id that the board's code can raise.
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultPolicy } from '../../bot/board/policy';

const root = path.resolve(__dirname, '../..');
const rules = readFileSync(path.join(root, 'docs/rules.md'), 'utf8');
const judging = [
  'areas',
  'boardFindings',
  'contributions',
  'delivery',
  'effect',
  'manageFindings',
  'measures',
  'planFindings',
  'policy',
  'readiness',
  'risks',
  'siteEditFindings',
  'slow',
];

describe('the published rules', () => {
  test.each(Object.keys(defaultPolicy))('name the setting %s', (key) => {
    expect(rules).toContain(`\`${key}\``);
  });

  test.each(judging)('name every finding that %s.ts raises', (file) => {
    const source = readFileSync(path.join(root, 'bot/board', `${file}.ts`), 'utf8');
    const ids = [...source.matchAll(/(?:rule: |\b(?:add|finding|found|put)\(\s*)'([a-z]+(?:-[a-z]+)+)'/g)];
    const raised = ids.map((match) => String(match[1]));
    expect(raised.filter((id) => !rules.includes(`\`${id}\``))).toEqual([]);
  });

  test('are read from files that are there', () => {
    const files = readdirSync(path.join(root, 'bot/board'));
    expect(judging.filter((file) => !files.includes(`${file}.ts`))).toEqual([]);
  });
});
