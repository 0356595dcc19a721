// The operator's commands about papers: compile makes and freezes the log, pack makes a paper of it, verify compares what is filed.
import { z } from 'zod';
import { nothingChanged } from '../board/logRows';
import { count } from '../board/wording';
import { InvalidInputError } from '../errors';
import type { DraftLog } from '../services/compileLog';
import { kinds } from './frozen';
import { forMeeting, forMoment, situationNamed, type CommandDeps, type CommandResult } from './situation';

export const compileArgs = z.strictObject({
  ...forMoment.shape,
  kind: z.enum(['before', 'after']).default('before'),
  freeze: z.boolean().optional(),
  /** The code of the frozen log that it corrects, and why. */
  corrects: z.string().max(120).optional(),
  reason: z.string().max(1000).optional(),
  dryRun: z.boolean().optional(),
});
export const packArgs = z.strictObject({
  ...forMeeting.shape,
  kind: z.enum(['board', 'self-assessment', 'deep-dive']).default('board'),
  area: z.string().optional(),
  dryRun: z.boolean().optional(),
});

export async function runCompile(deps: CommandDeps, args: z.infer<typeof compileArgs>): Promise<CommandResult> {
  const { boardId, at, meeting } = await situationNamed(deps, args);
  const request = { boardId, meetingRef: meeting.ref, kind: kinds[args.kind], at };
  if (args.freeze !== true || args.dryRun === true) {
    const draft = await deps.compileLog.draft(request);
    const next =
      args.dryRun === true
        ? 'Nothing was filed: this is a dry run.'
        : 'This is a draft: --freeze freezes and files it.';
    return { exitCode: 0, text: [...draftLines(draft), '', next].join('\n'), data: draft.log };
  }
  const frozen = await deps.compileLog.freeze({
    ...request,
    ...(args.corrects === undefined ? {} : { corrects: args.corrects }),
    ...(args.reason === undefined ? {} : { reason: args.reason }),
  });
  const filed = frozen.alreadyFrozen
    ? `The same content was frozen before as ${frozen.shortCode}: nothing new was filed.`
    : `Frozen as ${frozen.shortCode}${frozen.log.corrects ? `, which corrects ${frozen.log.corrects.shortCode},` : ''} and filed in the library Board papers:`;
  const papers = frozen.papers.map((one) => `  ${one.name} (${one.bytes} bytes)  ${one.webUrl}`);
  return { exitCode: 0, text: [...draftLines(frozen), '', filed, ...papers].join('\n'), data: frozen.log };
}

function draftLines(draft: DraftLog): readonly string[] {
  const { log, diff, privacyFindings } = draft;
  const changed = log.actions.filter((one) => one.detail.changed.some((words) => words !== nothingChanged));
  return [
    `Action and impact log ${log.kind} ${log.meetingRef}, ${draft.shortCode}`,
    log.headline.text,
    '',
    log.sections.slow.length === 0 ? 'Nothing is slow to progress.' : 'Slow to progress, worst first:',
    ...log.sections.slow.map((one) => `  ${one.ref.padEnd(8)} ${one.title}: ${one.reasons[0] ?? ''}`),
    ...log.sections.contributions.rows.map((one) => `Contribution to strengthen: ${one.name}. ${one.reasons[0] ?? ''}`),
    '',
    ...(diff === undefined
      ? ['There is no frozen log before it, so nothing is compared.']
      : [
          `Since ${draft.previousShortCode ?? 'the log before'}, ${count(changed.length, 'action')} changed:`,
          ...changed.map((one) => `  ${one.ref.padEnd(8)} ${one.detail.changed.join(' ')}`),
        ]),
    ...privacyFindings.map(
      (one) => `Personal data: ${one.ref}, ${one.field}: looks like a ${one.kind.replaceAll('-', ' ')} (${one.level})`,
    ),
  ];
}

export async function runPack(deps: CommandDeps, args: z.infer<typeof packArgs>): Promise<CommandResult> {
  if (args.area !== undefined && args.kind !== 'deep-dive')
    throw new InvalidInputError('--area goes with --kind deep-dive alone.');
  const of = await meetingOf(deps, args);
  const request = { ...of, kind: args.kind, ...(args.area === undefined ? {} : { areaRef: args.area }) };
  const filed = args.dryRun === true ? undefined : await deps.filePack.file(request);
  const preview = filed ?? (await deps.filePack.preview(request));
  const text = [
    `${preview.title}, made from the frozen log ${preview.shortCode}`,
    filed
      ? `Filed in the library Board papers:\n  ${preview.name} (${filed.paper.bytes} bytes)  ${filed.paper.webUrl}`
      : `It would be filed as ${preview.name}. Nothing was filed: this is a dry run.`,
    ...preview.privacyWarnings.map((one) => `Look at this before it is shared: ${one}`),
  ];
  return { exitCode: 0, text: text.join('\n'), data: preview };
}

/** Exit code 1 when anything does not agree. */
export async function runVerify(deps: CommandDeps, args: z.infer<typeof forMeeting>): Promise<CommandResult> {
  const result = await deps.verifyLog.verify(await meetingOf(deps, args));
  const text = [
    result.logs.length === 0
      ? `${result.meetingRef}: no frozen log is filed.`
      : `${result.meetingRef}: ${count(result.logs.length, 'frozen log')} filed.`,
    ...result.logs.map(
      (one) =>
        `  ${one.shortCode}: ${one.agrees ? 'record, rows, document, workbook and machine rows agree' : 'does not agree'}\n    SHA-256 ${one.hash}`,
    ),
    ...result.findings.map((one) => `  ! ${one.ref}: ${one.text}`),
  ];
  return { exitCode: result.findings.length === 0 ? 0 : 1, text: text.join('\n'), data: result };
}

async function meetingOf(deps: CommandDeps, args: z.infer<typeof forMeeting>) {
  const { boardId, meeting } = await situationNamed(deps, args);
  return { boardId, meetingRef: meeting.ref };
}
