// The operator's commands about frozen logs: release shows a draft and files what was seen, diff compares any two.
import { z } from 'zod';
import { byKind, type ComparedKind, type ComparedRow } from '../board/diffWords';
import type { BoardSnapshot, LogKind } from '../board/model';
import { count } from '../board/wording';
import { InvalidInputError } from '../errors';
import type { ReleasePreview, ReleaseResult } from '../services/releaseLog';
import { boardOf, common, forMeeting, situation, type CommandDeps, type CommandResult } from './situation';

export const releaseArgs = z.strictObject({
  ...forMeeting.shape,
  kind: z.enum(['before', 'after']).default('before'),
  /** The code of the draft that was looked at. */
  seen: z.string().max(120).optional(),
  by: z.string().optional(),
  reason: z.string().max(1000).optional(),
  dryRun: z.boolean().optional(),
});
export const diffArgs = z.strictObject({
  ...common,
  from: z.string().max(120).optional(),
  to: z.string().max(120),
});

export const kinds: Readonly<Record<'before' | 'after', LogKind>> = {
  before: 'for the meeting',
  after: 'after the meeting',
};

/** Without --seen it shows the draft and files nothing: nothing is released unseen. */
export async function runRelease(deps: CommandDeps, args: z.infer<typeof releaseArgs>): Promise<CommandResult> {
  const { boardId, snapshot, meeting } = await situation(deps, args);
  const byRef = args.by ?? secretaryOf(snapshot);
  const request = {
    ...{ boardId, meetingRef: meeting.ref, kind: kinds[args.kind], byRef },
    ...(args.reason === undefined ? {} : { reason: args.reason }),
  };
  if (args.dryRun === true || args.seen === undefined) {
    const preview = await deps.releaseLog.preview(request);
    const again = `npm run board -- release --meeting ${meeting.ref} --kind ${args.kind} --by ${byRef} --seen ${preview.seen}`;
    const text = [...previewLines(preview), '', 'Nothing was released. To release what you see:', `  ${again}`];
    return { exitCode: args.dryRun === true ? 0 : 1, text: text.join('\n'), data: preview };
  }
  const result = await deps.releaseLog.release({ ...request, seen: args.seen });
  return { exitCode: result.kind === 'released' ? 0 : 1, text: resultLines(result).join('\n'), data: result };
}

function secretaryOf(snapshot: BoardSnapshot): string {
  const { secretaryRef } = snapshot.facts;
  const found = secretaryRef ?? snapshot.people.find((one) => one.boardRole === 'secretary')?.ref;
  if (found !== undefined) return found;
  throw new InvalidInputError('The board has no secretary: say with --by who releases.');
}

function previewLines(preview: ReleasePreview): readonly string[] {
  const { corrects, outcomes } = preview;
  return [
    `Draft of the action and impact log ${preview.kind} ${preview.meetingRef}`,
    preview.headline,
    '',
    preview.slow.length === 0 ? 'Nothing is slow to progress.' : 'Slow to progress, worst first:',
    ...preview.slow.map((one) => `  ${one}`),
    ...(outcomes === undefined
      ? []
      : [
          '',
          `What came of the meeting: ${outcomes.attendance}`,
          ...outcomes.slow.map(
            (one) =>
              `  ${one.ref} ${one.title}: ${one.agreed.length === 0 ? 'no response of the board is recorded' : one.agreed.join(' ')}`,
          ),
        ]),
    '',
    preview.previousShortCode === undefined
      ? 'There is no frozen log before it, so nothing is compared.'
      : `It is compared with ${preview.previousShortCode}.`,
    ...(corrects === undefined
      ? []
      : [`It corrects ${corrects.shortCode} and needs a reason (--reason):`, ...rowLines(corrects.changed)]),
    ...(preview.alreadyFrozen === undefined
      ? [
          'What would be filed in the library Board papers:',
          ...preview.fileNames.map((one) => `  ${one}`),
          `and ${count(preview.rows, 'row')} in the list ActionImpactLog.`,
        ]
      : [`The same content was frozen as ${preview.alreadyFrozen}: nothing new would be filed.`]),
    ...(preview.goesTo.length === 0
      ? []
      : ['Once it is released, the papers go to:', ...preview.goesTo.map((one) => `  ${one}`)]),
    ...(preview.waits === undefined ? [] : [`Nobody is told or given access yet: ${preview.waits}`]),
    ...preview.blocked.map((one) => `It cannot be released: ${one.ref}, ${one.text}. Redact it in SharePoint.`),
    ...preview.warnings.map((one) => `Look at this before it is shared: ${one.ref}, ${one.text}.`),
  ];
}

function resultLines(result: ReleaseResult): readonly string[] {
  if (result.kind === 'moved')
    return [
      'Nothing was released: the board moved since you looked.',
      ...result.changed.map((one) => `  ${one}`),
      '',
      ...previewLines(result.preview),
      '',
      `Look at it, then release it with --seen ${result.preview.seen}`,
    ];
  return result.alreadyFrozen
    ? [`The same content was frozen before as ${result.shortCode}: nothing new was filed.`]
    : [
        `Released by ${result.by} as ${result.shortCode} and filed in the library Board papers:`,
        ...result.papers.map((one) => `  ${one.name} (${one.bytes} bytes)  ${one.webUrl}`),
      ];
}

export async function runDiff(deps: CommandDeps, args: z.infer<typeof diffArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const { from, to } = args;
  const result = await deps.compareFrozen.compare({ boardId, to, ...(from === undefined ? {} : { from }) });
  if (result.kind === 'no-predecessor') return { exitCode: 0, text: result.text, data: result };
  const { comparison } = result;
  const text = [
    `From ${result.from.shortCode} to ${result.to.shortCode}`,
    comparison.text,
    ...byKind(comparison.rows).flatMap(([kind, rows]) => ['', `${kindWords[kind]}:`, ...rowLines(rows)]),
    ...(comparison.rows.length === 0 ? ['', 'Nothing moved.'] : []),
    ...(comparison.notes.length === 0 ? [] : ['', ...comparison.notes]),
    '',
    `The exact difference has ${count(result.exact.changes.length, 'change')} (--json).`,
  ];
  return { exitCode: 0, text: text.join('\n'), data: result };
}

const kindWords: Readonly<Record<ComparedKind, string>> = {
  action: 'Actions',
  risk: 'Risks',
  measure: 'Measures',
  decision: 'Decisions',
  'date change': 'Date changes',
  contribution: 'Contributions to strengthen',
  clause: 'Clauses',
};

function rowLines(rows: readonly ComparedRow[]): readonly string[] {
  return rows.map(
    (one) =>
      `  ${one.direction.padEnd(8)}${one.ref}${one.title === undefined ? '' : ` ${one.title}`}: ${one.texts.join(' ')}`,
  );
}
