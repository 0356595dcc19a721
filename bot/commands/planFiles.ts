// The command line's side of import and export: reads the workbook, sends it part by part with progress, writes the one that comes.
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { count } from '../board/wording';
import { InvalidInputError } from '../errors';
import { largestPlanBytes } from '../papers/planWorkbook';
import { readNamedFile } from './namedFile';

export interface CommandAnswer {
  readonly exitCode: number;
  readonly text: string;
  readonly data?: unknown;
}

/** Sends one command to the service; undefined when it was refused, which has been said by then. */
export type Ask = (command: string, args: Readonly<Record<string, unknown>>) => Promise<CommandAnswer | undefined>;

export interface Terminal {
  /** What the command is asked for. */
  out(text: string): void;
  /** Progress and errors. */
  aside(text: string): void;
}

type Options = Readonly<Record<string, string | boolean | undefined>>;

const failed = 1;
const row = z.looseObject({ key: z.string(), outcome: z.string() });
const report = z.looseObject({
  rows: z.array(row),
  findings: z.array(z.looseObject({ rule: z.string() })),
  tried: z.array(z.string()),
  left: z.number(),
});
type Report = z.infer<typeof report>;

/** Sends parts until nothing is left; the exit code is 1 as soon as one part found something. */
export async function importFile(path: string, options: Options, ask: Ask, terminal: Terminal): Promise<number> {
  const file = await readPlanFile(path);
  const tried: string[] = [];
  let whole: Report | undefined;
  let code = 0;
  for (;;) {
    const answer = await ask('import', {
      ...options,
      file: file.toString('base64'),
      ...(tried.length === 0 ? {} : { tried }),
    });
    if (!answer) {
      if (tried.length > 0)
        terminal.aside(
          `${count(tried.length, 'row')} ${tried.length === 1 ? 'was' : 'were'} written. The same command again goes on from there.`,
        );
      return failed;
    }
    code = Math.max(code, answer.exitCode);
    const part = report.parse(answer.data);
    whole = whole ? merged(whole, part) : part;
    tried.push(...part.tried);
    if (options['json'] !== true && answer.text !== '') terminal.out(answer.text);
    if (part.left === 0 || part.tried.length === 0) break;
    terminal.aside(`${tried.length} of ${tried.length + part.left} rows written ...`);
  }
  if (options['json'] === true) terminal.out(JSON.stringify(whole, undefined, 2));
  else if (options['dryRun'] !== true) terminal.out(`\n${totals(whole)}`);
  return code;
}

/** What a part has tried is as that part says; the findings of the first part are the workbook's. */
function merged(whole: Report, part: Report): Report {
  const now = new Map(part.rows.map((one) => [one.key, one]));
  const tried = new Set(part.tried);
  const late = part.findings.filter((one) => one.rule === 'import-conflict' || one.rule === 'import-not-written');
  return {
    ...whole,
    rows: whole.rows.map((one) => (tried.has(one.key) ? (now.get(one.key) ?? one) : one)),
    findings: [...whole.findings, ...late],
    tried: [...whole.tried, ...part.tried],
    left: part.left,
  };
}

function totals({ rows }: Report): string {
  const of = (...outcomes: readonly string[]) => rows.filter((one) => outcomes.includes(one.outcome)).length;
  return `Done: ${of('added')} added, ${of('changed')} changed, ${of('same')} the same, ${of('refused', 'conflict', 'failed')} not taken.`;
}

async function readPlanFile(path: string): Promise<Buffer> {
  const file = await readNamedFile(path);
  if (file.byteLength <= largestPlanBytes) return file;
  throw new InvalidInputError(
    `${path} is larger than ${largestPlanBytes / 1024 / 1024} MB. Take pictures and old sheets out of a copy and try that.`,
  );
}

const exported = z.looseObject({ file: z.base64() });

/** Writes the workbook that comes; one that is there is only replaced when the person says so. */
export async function exportFile(path: string, options: Options, ask: Ask, terminal: Terminal): Promise<number> {
  const { overwrite, ...args } = options;
  const answer = await ask('export', args);
  if (!answer) return failed;
  const { file, ...rest } = exported.parse(answer.data);
  try {
    await writeFile(path, Buffer.from(file, 'base64'), { flag: overwrite === true ? 'w' : 'wx' });
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'EEXIST') throw error;
    terminal.aside(`${path} is there already. Choose another name, or say --overwrite.`);
    return failed;
  }
  terminal.out(
    options['json'] === true ? JSON.stringify({ ...rest, path }, undefined, 2) : `${answer.text}\nWritten to ${path}`,
  );
  return answer.exitCode;
}
