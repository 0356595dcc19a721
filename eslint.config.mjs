// The house rules a machine can check; what they protect is told in docs/architecture.md.
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const bareError = {
  selector: 'ThrowStatement > NewExpression[callee.name="Error"]',
  message: 'Throw one of the errors of bot/errors.ts, with its facts and its cause.',
};
const bareErrorCall = {
  selector: 'ThrowStatement > CallExpression[callee.name="Error"]',
  message: bareError.message,
};
const environment = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Only bot/config.ts reads the environment; pass the setting in.',
};
const environmentTaken = {
  selector: 'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
  message: environment.message,
};
const casts = [
  {
    selector: 'TSAsExpression:not([typeAnnotation.typeName.name="const"], [typeAnnotation.type="TSUnknownKeyword"])',
    message: 'No casts outside a parser: parse what comes from outside, trust the types inside.',
  },
  { selector: 'TSTypeAssertion', message: 'No casts outside a parser.' },
];
const decorators = { selector: 'Decorator', message: 'Plain functions and objects: no decorators.' };

const purity = [
  {
    selector: 'ThrowStatement',
    message: 'The core does not throw: return a finding or a refusal.',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'The core has no clock: take the moment as an argument.',
  },
  { selector: 'CallExpression[callee.name="Date"]', message: 'The core has no clock: take the moment as an argument.' },
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'The core has no clock: take the moment as an argument.',
  },
  {
    selector:
      'CallExpression[callee.object.name="DateTime"][callee.property.name=/^(now|local|utc)$/][arguments.length=0]',
    message: 'The core has no clock: take the moment as an argument.',
  },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'The core has no chance in it: take the number as an argument.',
  },
  {
    selector: 'Identifier[name="globalThis"]',
    message: 'The core uses nothing of the machine it runs on.',
  },
];
const impureGlobals = [
  'process',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'fetch',
  'performance',
  'crypto',
  'require',
].map((name) => ({ name, message: 'The core uses nothing of the machine it runs on: pass the value in.' }));

const testsThatCannotFail = [
  {
    selector: 'IfStatement CallExpression[callee.name="expect"]',
    message: 'A test must be able to fail: no asserting inside `if`.',
  },
  {
    selector: 'LogicalExpression > CallExpression[callee.object.callee.name="expect"]',
    message: 'A test must be able to fail: assert one thing after the other.',
  },
  {
    selector: 'MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(only|skip|todo)$/]',
    message: 'Every test runs.',
  },
  {
    selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'Every test runs.',
  },
];

/** Where the shape of something foreign is established: the only files that may cast. */
const parsers = ['bot/**/parse*.ts', 'bot/board/policy.ts', 'bot/storage/sql.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      'dist/**',
      '.data/**',
      'coverage/**',
      'devTools/**',
      'reports/**',
      '.stryker-tmp/**',
      'tests/fixtures/**',
      'tests/bench/out/**',
      'tests/e2e/out/**',
      'tests/visual/out/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts,cts,js,mjs,cjs,jsx}'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-var': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'prefer-const': 'error',
      'no-throw-literal': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['bot/**/*.ts', 'infra/local/**/*.ts', 'tab/src/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['bot/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', bareError, bareErrorCall, environment, environmentTaken, decorators, ...casts],
    },
  },
  {
    files: parsers,
    rules: {
      'no-restricted-syntax': ['error', bareError, bareErrorCall, environment, environmentTaken, decorators],
    },
  },
  {
    files: ['bot/config.ts'],
    rules: { 'no-restricted-syntax': ['error', bareError, bareErrorCall, decorators, ...casts] },
  },
  {
    files: ['bot/{board,cards,papers}/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-syntax': ['error', environment, environmentTaken, decorators, ...casts, ...purity],
    },
  },
  {
    files: ['bot/board/policy.ts'],
    rules: { 'no-restricted-syntax': ['error', environment, environmentTaken, decorators, ...purity] },
  },
  {
    files: ['tab/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // A page reads its data when it appears; that sets state.
      'react-hooks/set-state-in-effect': 'off',
      'no-restricted-syntax': ['error', decorators, ...casts],
    },
  },
  {
    files: ['tests/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', decorators, ...testsThatCannotFail] },
  },
);
