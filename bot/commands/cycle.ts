// The operator's commands about a board's cycle: remind, delivery, cycle.
import { z } from 'zod';
import { calendarOf, planCycle } from '../board/cycle';
import type { BoardSnapshot } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { stepWords, type ReminderPlan } from '../board/reminders';
import { count } from '../board/wording';
import type { LedgerEntry } from '../services/ports';
import { forMeeting, situation, situationNamed, type CommandDeps, type CommandResult } from './situation';

export const remindArgs = z.strictObject({ ...forMeeting.shape, dryRun: z.boolean().optional() });

export async function runRemind(deps: CommandDeps, args: z.infer<typeof remindArgs>): Promise<CommandResult> {
  const { boardId, snapshot, meeting } = await situationNamed(deps, args);
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

function messageWords(step: LedgerEntry['step']): string {
  const known = Object.entries(stepWords).find(([name]) => name === step);
  return known?.[1] ?? 'notice of a hand-over';
}

export async function runDelivery(deps: CommandDeps, args: z.infer<typeof forMeeting>): Promise<CommandResult> {
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
              `${meeting.ref}, ${messageWords(step)}: ${sent} of ${of.length} sent`,
              ...of.map((one) => `  ${entryWords(one, snapshot)}`),
            ].join('\n');
          })
          .join('\n\n');
  return { exitCode: 0, text, data: entries };
}

export async function runCycleView(deps: CommandDeps, args: z.infer<typeof forMeeting>): Promise<CommandResult> {
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
