// Prints a suite's table and writes its result, with the environment it was measured in.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Figures } from './measure';

export type Target = {
  /** In words, with its bound. */
  readonly what: string;
  readonly measured: number;
} & ({ readonly atLeast: number } | { readonly atMost: number });

export interface Outcome {
  readonly ours: Figures;
  readonly peers: readonly Figures[];
  /** Name of a peer -> how many times as long it takes as ours. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly targets: readonly Target[];
}

export interface Suite {
  readonly title: string;
  run(options: { full: boolean }): Outcome | Promise<Outcome>;
}

const outFolder = path.join(__dirname, 'out');

/** Returns whether every target is met. */
export function report(
  name: string,
  suite: Suite,
  outcome: Outcome,
  options: { full: boolean; folder?: string },
): boolean {
  const targets = outcome.targets.map((target) => ({
    ...target,
    pass: 'atLeast' in target ? target.measured >= target.atLeast : target.measured <= target.atMost,
  }));
  const pass = targets.length > 0 && targets.every((target) => target.pass);
  const result = {
    name,
    at: new Date().toISOString(),
    environment: environment(options.full),
    ours: outcome.ours,
    peers: outcome.peers,
    ratios: outcome.ratios,
    targets,
    pass,
  };
  const folder = options.folder ?? outFolder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(`\n${name}: ${suite.title}`);
  console.log(table(outcome));
  for (const target of targets) {
    const measured = target.measured.toFixed(2);
    console.log(`${target.pass ? 'met   ' : 'MISSED'}  ${target.what}; measured ${measured}`);
  }
  console.log(`Written to ${path.relative(process.cwd(), path.join(folder, `${name}.json`))}`);
  return pass;
}

function table(outcome: Outcome): string {
  const all = [outcome.ours, ...outcome.peers];
  const counted = [...new Set(all.flatMap((one) => Object.keys(one.counts)))];
  const head = ['', 'version', `median ${outcome.ours.unit}`, 'quartiles', 'times ours', ...counted];
  const rows = all.map((one) => [
    one.unit === outcome.ours.unit ? one.name : `${one.name} (${one.unit})`,
    one.version,
    short(one.median),
    `${short(one.lowerQuartile)} to ${short(one.upperQuartile)}`,
    one === outcome.ours ? '1' : (outcome.ratios[one.name]?.toFixed(2) ?? ''),
    ...counted.map((count) => String(one.counts[count] ?? '')),
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function environment(full: boolean): Readonly<Record<string, string | number | boolean>> {
  return {
    node: process.version,
    platform: `${os.platform()} ${os.arch()}`,
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    loadAverage: Math.round((os.loadavg()[0] ?? 0) * 100) / 100,
    commit: commit(),
    full,
  };
}

/** The short commit, with a mark when the tree differs from it; unknown outside a clone. */
function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: __dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with changes'}`;
  } catch (error) {
    if (error instanceof Error && ('status' in error || 'code' in error)) return 'unknown';
    throw error;
  }
}
