// Stryker's test runner for the core: loads code and tests once in its process and runs each change's own tests there.
import { createRequire } from 'node:module';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { transformSync } from '@swc/core';

/** Where the tests of the core are, from the root of the project (which Stryker copies, instrumented, elsewhere). */
const testFolder = 'tests/board';
/** Where the dry run leaves what it saw of each test, in that copy. */
const factsFile = '.test-facts.json';
/** Tests of how long something takes have no place here: the code is instrumented, and slow for it. */
const measuresTime = /take time in step/;
const nodeRequire = createRequire(import.meta.url);
/** Parts of jest, which brings them along. */
const partOfJest = (name) => nodeRequire(name);
const { expect } = partOfJest('expect');
const { bind } = partOfJest('jest-each');
const fastCheck = nodeRequire('fast-check');
/** Laws are tried on so many cases, the same each time: a law that would need more cases to notice counts as blind. */
const casesOfALaw = 4;
const swcOptions = swcOptionsOf(nodeRequire('../../jest.config.cjs'));

/** What Stryker's instrumented code looks at: the active change, the current test, counters. */
const stryker = (globalThis.__stryker__ ??= {});

/** The settings by which jest turns TypeScript into what Node runs, without source maps. */
function swcOptionsOf({ projects }) {
  const [, [, options]] = Object.entries(projects[0].transform).find(([pattern]) => new RegExp(pattern).test('a.ts'));
  return { ...options, sourceMaps: false };
}

/** Describe, test and their tables, which put the tests of one file into `tests`. */
function collector(file, tests) {
  const groups = [];
  const seen = new Map();
  const add = (title, body) => {
    const name = [...groups, title].join(' ');
    if (measuresTime.test(name)) return;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    tests.push({ id: `${file}: ${name}${times > 1 ? ` (${times})` : ''}`, name, file, body });
  };
  const describe = (title, body) => {
    groups.push(title);
    body();
    groups.pop();
  };
  const test = Object.assign((title, body) => add(title, body), { each: bind(add, false) });
  return { expect, test, it: test, describe: Object.assign(describe, { each: bind(describe, false) }) };
}

/** fast-check with few cases, chosen alike in every run; a failing case is not made smaller. */
function briefLaws() {
  const brief = (settings = {}) => ({
    ...settings,
    numRuns: Math.min(settings.numRuns ?? 100, casesOfALaw),
    seed: 1,
    endOnFailure: true,
  });
  const assert = (property, settings) => fastCheck.assert(property, brief(settings));
  return { __esModule: true, default: { ...fastCheck.default, assert }, assert };
}

/** Source to compiled function, once in this process: a fresh start of the tests costs only running them. */
const compiled = new Map();

function compile(file) {
  const known = compiled.get(file);
  if (known) return known;
  const source = readFileSync(file, 'utf8');
  const { code } = file.endsWith('.json')
    ? { code: `module.exports = ${source};` }
    : transformSync(source, { ...swcOptions, filename: file, swcrc: false, configFile: false });
  const words = ['exports', 'require', 'module', '__filename', '__dirname', 'describe', 'test', 'it', 'expect'];
  const run = vm.compileFunction(code, words, { filename: file });
  compiled.set(file, run);
  return run;
}

/** The file that an import of the project's own means. */
function fileOf(from, wanted) {
  const base = path.resolve(path.dirname(from), wanted);
  return [base, `${base}.ts`, path.join(base, 'index.ts')].find(
    (file) => existsSync(file) && path.extname(file) !== '',
  );
}

const laws = briefLaws();

/** A set of loaded modules of the project; packages are those of the process. */
class Loaded {
  constructor(root) {
    this.root = root;
    this.modules = new Map();
    this.testFiles = new Map();
  }

  /** The tests of a file by id; the file is loaded when it has not been. */
  testsOf(file) {
    const known = this.testFiles.get(file);
    if (known) return known;
    const tests = [];
    this.load(path.join(this.root, file), collector(file, tests));
    const byId = new Map(tests.map((test) => [test.id, test]));
    this.testFiles.set(file, byId);
    return byId;
  }

  test(id) {
    return this.testsOf(id.slice(0, id.indexOf(': '))).get(id);
  }

  load(file, globals) {
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.modules.set(file, module);
    const packages = createRequire(file);
    const require = (wanted) => {
      if (wanted === '@jest/globals') return globals;
      if (wanted === 'fast-check') return laws;
      return wanted.startsWith('.') ? this.load(fileOf(file, wanted), globals) : packages(wanted);
    };
    const { describe, test, it } = globals;
    compile(file)(module.exports, require, module, file, path.dirname(file), describe, test, it, expect);
    return module.exports;
  }
}

/** The message of a failure, or undefined when the test passes; how long it took, and how long of the processor, in ms. */
async function run(test) {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let failure;
  try {
    await test.body();
  } catch (error) {
    failure = String(error?.message ?? error).slice(0, 2000) || 'failed';
  }
  const { user, system } = process.cpuUsage(before);
  return { failure, ms: performance.now() - startedAt, processorMs: (user + system) / 1000 };
}

/** With MUTATION_SAMPLE=14 each fourteenth change is tried; the score leaves the others out, as it does what fails. */
const sampleOf = Number(process.env.MUTATION_SAMPLE ?? 1);

class InProcessRunner {
  root = process.cwd();
  files = readdirSync(testFolder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${testFolder}/${name}`);
  /**
   * By test: the milliseconds of the processor that it takes, and how often it runs the code that it runs most often. The
   * process of the dry run tells those of the changes.
   */
  facts = existsSync(factsFile) ? JSON.parse(readFileSync(factsFile, 'utf8')) : {};
  /** How many changes of a source file each test found: what finds one is likely to find its neighbours. */
  kills = new Map();
  shared;

  capabilities() {
    return { reloadEnvironment: true };
  }

  /** All tests without a change, each file on freshly loaded modules, with what each test reaches. */
  async dryRun() {
    const coverage = (stryker.mutantCoverage ??= { static: {}, perTest: {} });
    const tests = [];
    for (const file of this.files) {
      for (const test of new Loaded(this.root).testsOf(file).values()) {
        stryker.currentTestId = test.id;
        const { failure, ms, processorMs } = await run(test);
        stryker.currentTestId = undefined;
        const told = { id: test.id, name: test.name, timeSpentMs: ms, fileName: path.join(this.root, file) };
        tests.push(failure ? { ...told, status: 1, failureMessage: failure } : { ...told, status: 0 });
        const hits = Math.max(1, ...Object.values(coverage.perTest[test.id] ?? {}));
        this.facts[test.id] = { processorMs, hits };
      }
    }
    writeFileSync(factsFile, JSON.stringify(this.facts));
    return { status: 'complete', tests, mutantCoverage: coverage };
  }

  /**
   * The tests that reach a change, with the change active, up to the first that fails: on modules loaded once without it.
   * What those remember from the test before may hide a change or blame it: a failure counts when its test passes without
   * the change, and a change that no test met, or that also runs while modules load, is tried again on fresh ones.
   */
  async mutantRun({ activeMutant, testFilter, reloadEnvironment }) {
    if (Number(activeMutant.id) % sampleOf !== 0) return { status: 'error', errorMessage: 'Not in the sample.' };
    const kills = this.kills.get(activeMutant.fileName) ?? new Map();
    this.kills.set(activeMutant.fileName, kills);
    const rank = (id) => this.facts[id].processorMs / (1 + (kills.get(id) ?? 0) * 10);
    const ids = (testFilter ?? Object.keys(this.facts)).toSorted((a, b) => rank(a) - rank(b));
    const fresh = () => this.tried(activeMutant.id, ids, new Loaded(this.root));
    this.shared ??= this.loadedWithout();
    const { result, met } = await this.tried(activeMutant.id, ids, this.shared);
    if (result.status === 'survived') return met && !reloadEnvironment ? result : (await fresh()).result;
    const [killer] = result.killedBy ?? [];
    if (killer === undefined || (await run(this.shared.test(killer))).failure !== undefined) {
      this.shared = undefined;
      return (await fresh()).result;
    }
    kills.set(killer, (kills.get(killer) ?? 0) + 1);
    return result;
  }

  /** All modules and tests, loaded while no change is active. */
  loadedWithout() {
    const loaded = new Loaded(this.root);
    for (const file of this.files) loaded.testsOf(file);
    return loaded;
  }

  /** What comes of the tests, and whether they met the change at all. */
  async tried(mutant, ids, loaded) {
    stryker.activeMutant = mutant;
    try {
      return await this.firstFailure(ids, loaded);
    } catch (error) {
      return { result: limitReached() ?? { status: 'error', errorMessage: String(error?.stack ?? error) }, met: true };
    } finally {
      stryker.activeMutant = undefined;
      stryker.hitLimit = undefined;
      stryker.hitCount = undefined;
    }
  }

  async firstFailure(ids, loaded) {
    let met = false;
    for (const [at, id] of ids.entries()) {
      stryker.hitLimit = 100 * this.facts[id].hits;
      stryker.hitCount = 0;
      // A change that alters the name of a test in a table is no failure of it: that test is left out.
      const test = loaded.test(id);
      const failure = test && (await run(test)).failure;
      met ||= stryker.hitCount > 0;
      const endless = limitReached();
      if (endless) return { result: endless, met };
      if (failure)
        return { result: { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests: at + 1 }, met };
    }
    return { result: { status: 'survived', nrOfTests: ids.length }, met };
  }
}

/** A change that runs a hundred times as often in a test as any code does without it makes an endless loop. */
function limitReached() {
  const { hitCount, hitLimit } = stryker;
  if (hitCount === undefined || hitCount <= hitLimit) return undefined;
  return { status: 'timeout', reason: `Hit limit reached (${hitCount}/${hitLimit})` };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: () => new InProcessRunner() }];
