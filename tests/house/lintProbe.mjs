// Lints texts given on standard input as if they stood in named files; prints the messages of each as JSON.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

const probes = JSON.parse(await text(process.stdin));
// Rules that need types are proved on a file that exists; the others need none, and virtual files have none.
const virtual = {
  languageOptions: { parserOptions: { projectService: false } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'off',
    '@typescript-eslint/no-misused-promises': 'off',
    '@typescript-eslint/await-thenable': 'off',
    '@typescript-eslint/switch-exhaustiveness-check': 'off',
  },
};
const linters = {
  virtual: new ESLint({ overrideConfig: virtual }),
  typed: new ESLint(),
};

const answers = [];
for (const { file, code, typed } of probes) {
  const [result] = await linters[typed ? 'typed' : 'virtual'].lintText(code, { filePath: file });
  answers.push((result?.messages ?? []).map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
