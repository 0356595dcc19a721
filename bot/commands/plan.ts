// The operator's commands about a plan in a workbook: import takes one in, part by part, and export writes one.
import { z } from 'zod';
import { deliveryTable, effectTable, riskStatusTable, stepTable, type StatusWord } from '../board/planWords';
import type { PlanKind, PlanSheet } from '../board/planRecords';
import { calendarOf } from '../board/cycle';
import { resolvePolicy } from '../board/policy';
import { count, deliveryWords, effectWords, listed } from '../board/wording';
import { renderPlanWorkbook } from '../papers/planWorkbookExport';
import type { ImportReport, ImportedRow } from '../services/importPlan';
import { boardOf, common, situation, type CommandDeps, type CommandResult } from './situation';

export const importArgs = z.strictObject({
  ...common,
  /** The workbook in base64: the service opens no path that it is given. */
  file: z.base64(),
  by: z.string().optional(),
  blank: z.boolean().optional(),
  confirmTexts: z.boolean().optional(),
  reason: z.string().trim().min(1).max(4000).optional(),
  dryRun: z.boolean().optional(),
  words: z.boolean().optional(),
  tried: z.array(z.string()).max(100_000).default([]),
});
export const exportArgs = z.strictObject({ ...common, meeting: z.string().optional() });

export async function runImport(deps: CommandDeps, args: z.infer<typeof importArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const report = await deps.importPlan.import({
    boardId,
    file: Buffer.from(args.file, 'base64'),
    ...(args.by === undefined ? {} : { byRef: args.by }),
    blank: args.blank === true,
    textsConfirmed: args.confirmTexts === true,
    ...(args.reason === undefined ? {} : { dateReason: args.reason }),
    dryRun: args.dryRun === true,
    tried: args.tried,
  });
  const asks = report.findings.some((one) => one.level === 'finding');
  const first = args.tried.length === 0;
  const text = [
    ...(first ? [...report.sheets.flatMap(mappingLines), ...(args.words === true ? wordLines() : []), ''] : []),
    ...report.rows.filter((one) => isShown(one, report, args.dryRun === true)).flatMap(rowLines),
    ...(first ? findingLines(report) : lateFindingLines(report)),
    ...(args.dryRun === true ? ['', `${totals(report.rows)} Nothing was written: this is a dry run.`] : []),
  ].join('\n');
  return { exitCode: asks ? 1 : 0, text, data: report };
}

function mappingLines(sheet: PlanSheet): readonly string[] {
  if (sheet.kind === undefined) return [`Sheet "${sheet.name}" is not taken: ${sheet.whyNot ?? ''}.`];
  const header = sheet.headerRows.length === 1 ? 'row' : 'rows';
  return [
    `Sheet "${sheet.name}": ${count(sheet.rows, 'row')} of ${kindWords[sheet.kind]}, header in ${header} ${listed(sheet.headerRows.map(String))}`,
    ...sheet.columns.map((one) => {
      const doubt = one.how === 'alike' ? ', which is like it: rename the heading if it is not' : '';
      return `  ${one.column.padEnd(3)} ${one.header}  ->  ${one.kind === sheet.kind ? '' : `${one.kind}: `}${one.title}${doubt}${one.hidden ? ' (hidden column)' : ''}`;
    }),
    ...sheet.unused.map((one) => `  ${one.column.padEnd(3)} ${one.header}  is not taken`),
  ];
}

const kindWords: Readonly<Record<PlanKind, string>> = {
  area: 'areas',
  body: 'bodies',
  person: 'people',
  action: 'actions',
  milestone: 'milestones',
  risk: 'risks',
  mitigation: 'mitigations',
  measure: 'measures',
  reading: 'readings',
};

function wordLines(): readonly string[] {
  const lines = <T>(title: string, table: readonly StatusWord<T>[], word: (value: T) => string): readonly string[] => [
    `Words for ${title}:`,
    ...table.map((one) => `  ${word(one.value)}: ${one.words.join(', ')}`),
  ];
  return [
    '',
    ...lines('delivery', deliveryTable, (value) => deliveryWords[value]),
    ...lines('effect', effectTable, (value) => effectWords[value]),
    ...lines('mitigations', stepTable, String),
    ...lines('risks', riskStatusTable, String),
  ];
}

/** In a dry run all that would be done; else what this part did. */
function isShown(row: ImportedRow, report: ImportReport, dryRun: boolean): boolean {
  return dryRun ? row.outcome === 'to add' || row.outcome === 'to change' : report.tried.includes(row.key);
}

function rowLines(row: ImportedRow): readonly string[] {
  const words = {
    'to add': 'add',
    'to change': 'change',
    added: 'added',
    changed: 'changed',
    same: 'same',
    refused: 'not taken',
    conflict: 'not written',
    failed: 'not written',
  } as const;
  return [
    `${words[row.outcome].padEnd(11)} ${row.kind === 'dateChange' ? 'request to move a date' : row.kind} ${row.ref}  (${row.where})`,
    ...row.changes.map((one) => `            ${one.title}: ${quoted(one.before)} -> ${quoted(one.after)}`),
  ];
}

function quoted(text: string): string {
  if (text === '') return 'nothing';
  const line = text.replace(/\s+/gu, ' ');
  return line.length > 80 ? `"${line.slice(0, 80)}..."` : `"${line}"`;
}

function findingLines({ findings }: ImportReport): readonly string[] {
  const asking = findings.filter((one) => one.level === 'finding');
  const telling = findings.filter((one) => one.level === 'information');
  return [
    ...(asking.length === 0 ? [] : ['', `${count(asking.length, 'thing')} to look at:`]),
    ...asking.map((one) => `  ${one.where}, ${one.ref}: ${one.text}`),
    ...(telling.length === 0 ? [] : ['', 'Good to know:']),
    ...telling.map((one) => `  ${one.where}, ${one.ref}: ${one.text}`),
  ];
}

/** Findings of the workbook were said with the first part. */
function lateFindingLines({ findings }: ImportReport): readonly string[] {
  return findings
    .filter((one) => one.rule === 'import-conflict' || one.rule === 'import-not-written')
    .map((one) => `  ${one.where}, ${one.ref}: ${one.text}`);
}

function totals(rows: readonly ImportedRow[]): string {
  const of = (outcome: ImportedRow['outcome']) => rows.filter((one) => one.outcome === outcome).length;
  return `${of('to add')} to add, ${of('to change')} to change, ${of('same')} the same, ${of('refused')} not taken.`;
}

/** The plan as it stands; with a meeting, its caption says for which. */
export async function runExport(deps: CommandDeps, args: z.infer<typeof exportArgs>): Promise<CommandResult> {
  const named = args.meeting === undefined ? undefined : await situation(deps, args);
  const meeting = named?.meeting;
  const snapshot = named?.snapshot ?? (await deps.records.refresh(boardOf(deps, args.board)));
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const asOf = `${snapshot.facts.name}, as of ${calendar.longDateTime(snapshot.readAt)}`;
  const caption = meeting ? `${asOf}, for the meeting ${meeting.ref} on ${calendar.longDate(meeting.on)}` : asOf;
  const { xlsx, sheets, tooLong } = await renderPlanWorkbook(snapshot, caption, snapshot.readAt);
  const left = tooLong.map((ref) => `  ${ref} has a text that is too long for a cell: the cell is left empty.`);
  return {
    exitCode: 0,
    text: [`${caption}:`, ...sheets.map((one) => `  ${one.name}: ${count(one.rows, 'row')}`), ...left].join('\n'),
    data: { caption, sheets, tooLong, file: Buffer.from(xlsx).toString('base64') },
  };
}
