// The operator's commands as functions: arguments in, words and data out; cli.ts prints them.
import { z } from 'zod';
import { assess } from './board/assess';
import { clauses, type ClauseStateName } from './board/clauses';
import { calendarOf, meetingAt, planCycle } from './board/cycle';
import { nothingChanged } from './board/logRows';
import type { BoardSnapshot, Finding, Instant, LogKind } from './board/model';
import { resolvePolicy } from './board/policy';
import type { ReminderPlan } from './board/reminders';
import { stepWords } from './board/reminders';
import { count } from './board/wording';
import type { Config } from './config';
import { InvalidInputError } from './errors';
import { packOptions, runPack, runVerify } from './paperCommands';
import type { CompileLog, DraftLog } from './services/compileLog';
import type { Deliver } from './services/deliver';
import type { FilePack } from './services/filePack';
import type { BoardRecords, Clock, Ledger, LedgerEntry } from './services/ports';
import type { RunCycle } from './services/runCycle';
import type { VerifyLog } from './services/verifyLog';
import { doctor } from './sharepoint/doctor';
import type { Graph } from './sharepoint/graphClient';
import { provision } from './sharepoint/provision';

export interface CommandResult {
  /** 0 done whatever it reports, 1 refused or failed. */
  readonly exitCode: 0 | 1;
  readonly text: string;
  readonly data: unknown;
}

export interface CommandDeps {
  readonly config: Config;
  readonly graph: Graph;
  readonly records: BoardRecords;
  readonly runCycle: RunCycle;
  readonly deliver: Deliver;
  readonly ledger: Ledger;
  readonly compileLog: CompileLog;
  readonly filePack: FilePack;
  readonly verifyLog: VerifyLog;
  readonly clock: Clock;
}

type Run = (args: Readonly<Record<string, unknown>>) => Promise<CommandResult>;

const common = { board: z.string().optional(), json: z.boolean().optional() };
const forMeeting = z.strictObject({ ...common, meeting: z.string().optional() });
const localMoment = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/;
const assessArgs = z.strictObject({ ...forMeeting.shape, at: z.string().optional() });
const remindArgs = z.strictObject({ ...forMeeting.shape, dryRun: z.boolean().optional() });
const compileArgs = z.strictObject({
  ...assessArgs.shape,
  kind: z.enum(['before', 'after']).default('before'),
  freeze: z.boolean().optional(),
  dryRun: z.boolean().optional(),
});
const packArgs = z.strictObject({ ...forMeeting.shape, ...packOptions });
const provisionArgs = z.strictObject({ ...common, dryRun: z.boolean().optional() });
const doctorArgs = z.strictObject(common);

export function createOperatorCommands(deps: CommandDeps): ReadonlyMap<string, Run> {
  return new Map<string, Run>([
    ['assess', (args) => runAssess(deps, parse(assessArgs, args))],
    ['clauses', (args) => runClauses(deps, parse(assessArgs, args))],
    ['remind', (args) => runRemind(deps, parse(remindArgs, args))],
    ['delivery', (args) => runDelivery(deps, parse(forMeeting, args))],
    ['cycle', (args) => runCycleView(deps, parse(forMeeting, args))],
    ['compile', (args) => runCompile(deps, parse(compileArgs, args))],
    ['pack', (args) => ofMeeting(deps, parse(packArgs, args), (of, given) => runPack(deps.filePack, of, given))],
    ['verify', (args) => ofMeeting(deps, parse(forMeeting, args), (of) => runVerify(deps.verifyLog, of))],
    ['provision', (args) => runProvision(deps, parse(provisionArgs, args))],
    ['doctor', (args) => runDoctor(deps, parse(doctorArgs, args))],
  ]);
}

function parse<Shape extends z.ZodType>(shape: Shape, args: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(args);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((one) => ({ field: one.path.join('.'), message: one.message }));
  throw new InvalidInputError(
    `The command was not understood: ${issues.map((one) => `${one.field} ${one.message}`).join('; ')}`,
    issues,
  );
}

function boardOf(deps: CommandDeps, named: string | undefined): string {
  const ids = deps.records.boardIds();
  const only = ids.length === 1 ? ids[0] : undefined;
  const found = named === undefined ? only : ids.find((one) => one === named);
  if (found !== undefined) return found;
  throw new InvalidInputError(
    named === undefined
      ? `Say which board with --board: ${ids.join(', ')}.`
      : `There is no board ${named}. There are: ${ids.join(', ')}.`,
  );
}

/** The board, the meeting's ref and the moment, each checked in words. */
async function situation(
  deps: CommandDeps,
  args: { board?: string | undefined; meeting?: string | undefined; at?: string | undefined },
) {
  const boardId = boardOf(deps, args.board);
  const snapshot = await deps.records.refresh(boardId);
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const at = args.at === undefined ? deps.clock.now().toISOString() : momentOf(args.at, calendar.at);
  const { meeting, previous } = meetingAt(snapshot, at, args.meeting);
  if (meeting === undefined) throw new InvalidInputError(noMeeting(snapshot, args.meeting));
  return { boardId, snapshot, calendar, at, meeting, previous };
}

async function ofMeeting<Args extends { board?: string | undefined; meeting?: string | undefined }>(
  deps: CommandDeps,
  args: Args,
  run: (of: { readonly boardId: string; readonly meetingRef: string }, args: Args) => Promise<CommandResult>,
): Promise<CommandResult> {
  const { boardId, meeting } = await situation(deps, args);
  return run({ boardId, meetingRef: meeting.ref }, args);
}

function momentOf(text: string, atLocal: (on: string, time: string) => Instant): Instant {
  const [, on, time] = localMoment.exec(text) ?? [];
  if (on !== undefined && time !== undefined && isMoment(on, time)) return atLocal(on, time);
  if (on === undefined && /(Z|[+-]\d\d:\d\d)$/.test(text)) {
    const at = new Date(text);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
  }
  throw new InvalidInputError(`"${text}" is not a moment. Write it as 2025-01-06T17:30.`);
}

/** False for a day or an hour that there is not: 30 February, 25:00. */
function isMoment(on: string, time: string): boolean {
  const at = new Date(`${on}T${time}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${on}T${time}`);
}

function noMeeting(snapshot: BoardSnapshot, named: string | undefined): string {
  const refs = snapshot.meetings.map((one) => one.ref).sort();
  const known =
    refs.length === 0
      ? 'The list Meetings is empty: add the meetings there first.'
      : `The board's meetings are ${refs.join(', ')}.`;
  return named === undefined ? `No meeting is planned. ${known}` : `There is no meeting ${named}. ${known}`;
}

async function runAssess(deps: CommandDeps, args: z.infer<typeof assessArgs>): Promise<CommandResult> {
  const { snapshot, at, meeting, calendar } = await situation(deps, args);
  const assessment = assess(snapshot, { at, meetingRef: meeting.ref });
  const actions = Object.fromEntries(
    assessment.actions.map((one) => [
      one.ref,
      {
        delivery: one.computedDelivery,
        effect: one.computedEffect,
        claimedDelivery: one.claimedDelivery,
        claimedEffect: one.claimedEffect,
        slow: one.slow,
      },
    ]),
  );
  const findings = assessment.findings.filter((one) => one.level === 'finding');
  const text = [
    `${meeting.ref}, judged as of ${calendar.longDateTime(at)}`,
    '',
    assessment.headline.text,
    '',
    `${count(findings.length, 'finding')}, and ${count(assessment.findings.length - findings.length, 'piece', 'pieces')} of information:`,
    ...assessment.findings.map(
      (one) => `  ${one.level === 'finding' ? '!' : 'i'} ${one.ref.padEnd(12)} ${one.text}  [${one.rule}]`,
    ),
  ].join('\n');
  return { exitCode: 0, text, data: { at, actions, findings: assessment.findings.map(findingData) } };
}

const clauseStateWords: Readonly<Record<ClauseStateName, string>> = {
  evidenced: 'evidenced',
  'partly-evidenced': 'partly evidenced',
  gap: 'gap',
  'not-yet-due': 'not yet due',
  'the-departments-to-do': "the Department's to do",
  'for-a-person-to-confirm': 'for a person to confirm',
};

async function runClauses(deps: CommandDeps, args: z.infer<typeof assessArgs>): Promise<CommandResult> {
  const { snapshot, at, meeting, calendar } = await situation(deps, args);
  const states = clauses(snapshot, assess(snapshot, { at, meetingRef: meeting.ref }));
  const text = [
    `The clauses of the notice and their proof, as of ${calendar.longDateTime(at)}`,
    ...states.flatMap((one) => [
      '',
      `${one.clause} ${one.title}: ${one.state === undefined ? 'warnings' : clauseStateWords[one.state]}. ${one.sentence}`,
      ...one.gaps.filter((gap) => gap.open).map((gap) => `  Gap: ${gap.text} ${gap.closes}`),
      ...(one.warnings ?? []).map((warning) => `  Warning: ${warning.text}`),
    ]),
  ].join('\n');
  return { exitCode: 0, text, data: states };
}

function findingData({ rule, level, ref, text, records }: Finding): Finding {
  return { rule, level, ref, text, records };
}

async function runRemind(deps: CommandDeps, args: z.infer<typeof remindArgs>): Promise<CommandResult> {
  const { boardId, snapshot, meeting } = await situation(deps, args);
  if (args.dryRun === true) {
    const plan = await deps.runCycle.plan(boardId, meeting.ref);
    return { exitCode: 0, text: `${planWords(plan, snapshot)}\n\nNothing was sent: this is a dry run.`, data: plan };
  }
  const { plan, planned, reopened } = await deps.runCycle.remind(boardId, meeting.ref, { retryFailed: true });
  const drained = await deps.deliver.drain(boardId);
  const entries = (await deps.ledger.entries(boardId, meeting.ref)).filter((one) => one.step === plan.step);
  const text = [
    planWords(plan, snapshot),
    '',
    plan.messages.length > 0 && planned + reopened === 0
      ? 'Everybody had this message planned or sent before: nothing is sent twice.'
      : undefined,
    `Sent now: ${drained.sent}. Not reached: ${drained.unreachable}. Failed: ${drained.failed}. Uncertain: ${drained.uncertain}. To be tried again: ${drained.waiting}.`,
    '',
    ...entries.map((one) => `  ${entryWords(one, snapshot)}`),
  ];
  return { exitCode: 0, text: text.filter((one) => one !== undefined).join('\n'), data: { ...plan, drained, entries } };
}

function planWords(plan: ReminderPlan, snapshot: BoardSnapshot): string {
  const name = nameOf(snapshot);
  const width = Math.max(0, ...plan.messages.map((one) => name(one.personRef).length));
  const route = { chat: 'chat in Teams', 'e-mail': 'e-mail', none: 'no address' };
  return [
    `${plan.meetingRef}: ${plan.why}`,
    ...(plan.messages.length === 0 ? [] : ['', `${count(plan.messages.length, 'person', 'people')} in this step:`]),
    ...plan.messages.map(
      (one) =>
        `  ${name(one.personRef).padEnd(width)}  ${route[one.route].padEnd(13)}  ${one.why}${one.subjectRefs.length === 0 ? '' : ` (${one.subjectRefs.join(', ')})`}${one.alreadySent ? ' Already on its way or there.' : ''}`,
    ),
    ...(plan.nothingFor.length === 0 ? [] : ['', 'Nothing goes to:']),
    ...plan.nothingFor.map((one) => `  ${name(one.personRef).padEnd(width)}  ${one.why}`),
    ...(plan.missed.length === 0
      ? []
      : ['', `Missed before this step: ${plan.missed.map((one) => stepWords[one]).join(', ')}.`]),
  ].join('\n');
}

function nameOf(snapshot: BoardSnapshot): (ref: string) => string {
  const people = new Map(snapshot.people.map((one) => [one.ref, one.name]));
  return (ref) => `${people.get(ref) ?? 'Unknown'} (${ref})`;
}

const ledgerWords: Readonly<Record<LedgerEntry['state'], string>> = {
  planned: 'waiting to be sent',
  claimed: 'about to be sent',
  sending: 'being sent',
  sent: 'sent',
  failed: 'not sent',
  uncertain: 'uncertain: it may have arrived',
  cancelled: 'cancelled',
};

function entryWords(entry: LedgerEntry, snapshot: BoardSnapshot): string {
  const when =
    entry.sentAt === undefined
      ? ''
      : `, ${calendarOf(resolvePolicy(snapshot.policy).policy).longDateTime(entry.sentAt)}`;
  const route = entry.route === undefined ? '' : ` by ${entry.route}`;
  return `${nameOf(snapshot)(entry.personRef)}: ${ledgerWords[entry.state]}${route}${when}${entry.detail === undefined ? '' : `. ${entry.detail}`}`;
}

async function runDelivery(deps: CommandDeps, args: z.infer<typeof forMeeting>): Promise<CommandResult> {
  const { boardId, snapshot, meeting } = await situation(deps, args);
  const entries = await deps.ledger.entries(boardId, meeting.ref);
  const steps = [...new Set(entries.map((one) => one.step))];
  const text =
    entries.length === 0
      ? `${meeting.ref}: nothing has been sent yet. npm run board -- remind sends the step that is due.`
      : steps
          .map((step) => {
            const of = entries.filter((one) => one.step === step);
            const sent = of.filter((one) => one.state === 'sent').length;
            return [
              `${meeting.ref}, ${stepWords[step]}: ${sent} of ${of.length} sent`,
              ...of.map((one) => `  ${entryWords(one, snapshot)}`),
            ].join('\n');
          })
          .join('\n\n');
  return { exitCode: 0, text, data: entries };
}

async function runCycleView(deps: CommandDeps, args: z.infer<typeof forMeeting>): Promise<CommandResult> {
  const { snapshot, meeting, previous, calendar } = await situation(deps, args);
  const cycle = planCycle(meeting, previous, calendar, resolvePolicy(snapshot.policy).policy);
  const text = [
    `${meeting.ref}, ${calendar.longDate(meeting.on)}, ${meeting.startsAtTime}${cycle.squeezed ? ' (squeezed)' : ''}`,
    `Owners' deadline: ${calendar.longDateTime(cycle.deadlines.ownersDeadlineAt)}`,
    `Papers deadline: ${calendar.longDate(cycle.deadlines.papersDeadlineOn)}`,
    '',
    ...cycle.steps.map(
      (one) => `  ${calendar.longDateTime(one.at).padEnd(34)} ${stepWords[one.step]}: ${one.dropped ?? one.why}`,
    ),
    ...(cycle.notes.length === 0 ? [] : ['', ...cycle.notes]),
  ].join('\n');
  return { exitCode: 0, text, data: cycle };
}

const kinds: Readonly<Record<'before' | 'after', LogKind>> = { before: 'for the meeting', after: 'after the meeting' };

async function runCompile(deps: CommandDeps, args: z.infer<typeof compileArgs>): Promise<CommandResult> {
  const { boardId, at, meeting } = await situation(deps, args);
  const request = { boardId, meetingRef: meeting.ref, kind: kinds[args.kind], at };
  if (args.freeze !== true || args.dryRun === true) {
    const draft = await deps.compileLog.draft(request);
    const next =
      args.dryRun === true
        ? 'Nothing was filed: this is a dry run.'
        : 'This is a draft: --freeze freezes and files it.';
    return { exitCode: 0, text: [...draftLines(draft), '', next].join('\n'), data: draft.log };
  }
  const frozen = await deps.compileLog.freeze(request);
  const filed = frozen.alreadyFrozen
    ? `The same content was frozen before as ${frozen.shortCode}: nothing new was filed.`
    : `Frozen as ${frozen.shortCode} and filed in the library Board papers:`;
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

async function runProvision(deps: CommandDeps, args: z.infer<typeof provisionArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const site = deps.config.boards.find((one) => one.id === boardId);
  if (site === undefined) throw new InvalidInputError(`There is no site for the board ${boardId}; see BOARD_SITES.`);
  const result = await provision({ graph: deps.graph, siteUrl: site.siteUrl, dryRun: args.dryRun === true });
  const done = result.carriedOut ? 'Done:' : 'To do (nothing was changed):';
  const text =
    result.steps.length === 0
      ? `${site.siteUrl}: every list, column and the library is there; nothing to do.`
      : [`${site.siteUrl}. ${done}`, ...result.steps.map((one) => `  ${one.text}`)].join('\n');
  return { exitCode: 0, text, data: result };
}

async function runDoctor(deps: CommandDeps, args: z.infer<typeof doctorArgs>): Promise<CommandResult> {
  const boardId = boardOf(deps, args.board);
  const board = deps.config.boards.find((one) => one.id === boardId);
  if (board === undefined) throw new InvalidInputError(`There is no site for the board ${boardId}; see BOARD_SITES.`);
  const findings = await doctor({ graph: deps.graph, board, records: deps.records });
  const text =
    findings.length === 0
      ? 'Lists, columns, rows and people: nothing to mend.'
      : [`${count(findings.length, 'thing')} to mend:`, ...findings.map((one) => `  ${one.ref}: ${one.text}`)].join(
          '\n',
        );
  return { exitCode: findings.length === 0 ? 0 : 1, text, data: findings.map(findingData) };
}
