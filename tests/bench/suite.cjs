// Runs one suite in this process: TypeScript is compiled as the build does it, without helpers that would cost time.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};

const [name, ...options] = process.argv.slice(2);
const { report } = require('./report.ts');
const { suite } = require(`./suites/${name}.ts`);

Promise.resolve(suite.run({ full: options.includes('--full') }))
  .then((outcome) => report(name, suite, outcome, { full: options.includes('--full') }))
  .then(
    (pass) => (process.exitCode = pass ? 0 : 1),
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
