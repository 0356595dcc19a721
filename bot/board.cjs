// Runs the operator's commands (`npm run board`): from the sources where the tools are installed, as built where they are not.
'use strict';
const { createRequire } = require('node:module');

const load = createRequire(__filename);

function isThere(name) {
  try {
    load.resolve(name);
    return true;
  } catch {
    return false;
  }
}

// Production has neither tsx nor, in the container, the sources.
if (isThere('tsx/cjs') && isThere('./cli.ts')) {
  load('tsx/cjs');
  load('./cli.ts');
} else if (isThere('../dist/bot/cli.js')) {
  load('../dist/bot/cli.js');
} else {
  console.error('The commands are not built yet: npm run build.');
  process.exitCode = 1;
}
