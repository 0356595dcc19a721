// Runs one suite in this process.
require('./typescript.cjs');

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
