// A contender's own process: loads one module, does what the suite asks, and tells time, requests and memory.
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
require('./typescript.cjs');
const { countRequests } = require('./wire.ts');
const { digestOf, linesOf } = require('./digest.ts');

const file = resolve(__dirname, process.argv[2]);
const wire = countRequests();
/** What the last piece of work gave, held in memory: `items`, or something else with `rows()` or `lines()` of what it holds. */
let kept;

function memory() {
  global.gc();
  global.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, rssBytes: rss, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

async function work(module, name, args) {
  kept = undefined;
  global.gc();
  wire.clear();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  kept = await module[name](...args);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  const { facts = {} } = kept ?? {};
  return { ms, processorMs: (user + system) / 1000, ...wire.counted(), facts };
}

async function main() {
  const module = file.endsWith('.ts') ? require(file) : await import(pathToFileURL(file).href);
  const answers = {
    work: ({ name, args }) => work(module, name, args),
    // Called apart from the work, so that it costs the contender nothing.
    digest: () => digestOf(kept.lines?.() ?? linesOf(kept.items ?? kept.rows())),
    memory,
    forget: () => void (kept = undefined),
  };
  process.on('message', ({ ask, ...rest }) => {
    Promise.resolve(answers[ask](rest)).then(
      (result) => process.send({ result: result ?? null }),
      (error) => process.send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
  process.send({ result: 'ready' });
}

void main().catch((error) => {
  console.error(error);
  process.exit(1);
});
