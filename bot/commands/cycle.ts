// The operator's commands about a board's cycle: remind, cycle.
import { z } from 'zod';
import { assess } from '../board/assess';
import { planCycle } from '../board/cycle';
import { cycleStepNames } from '../board/cycleSteps';
import { awaitsConfirmation } from '../board/cycleRow';
import { viewCycle, type CycleStepView } from '../board/cycleView';
import type { BoardSnapshot } from '../board/model';
import { recipientName } from '../board/recipients';
import { stepWords, type ReminderPlan } from '../board/reminders';
import { count } from '../board/wording';
import { NotFoundError } from '../errors';
import { deliverySteps, totalsWords } from '../services/deliveryLines';
import { lineWords, runTest } from './delivery';
import { behalfOf, told } from './manage';
import { forMeeting, situation, situationNamed, type CommandDeps, type CommandResult } from './situation';

export const remindArgs = z.strictObject({
  ...forMeeting.shape,
  dryRun: z.boolean().optional(),
  testTo: z.string().max(320).optional(),
  owner: z.string().max(40).optional(),
});

export async function runRemind(deps: CommandDeps, args: z.infer<typeof remindArgs>): Promise<CommandResult> {
  if (args.testTo !== undefined) return runTest(deps, { ...args, testTo: args.testTo });
  const { boardId, snapshot, meeting } = await situationNamed(deps, args);
  if (args.dryRun === true) {
    const plan = await deps.runCycle.plan(boardId, meeting.ref);
    return { exitCode: 0, text: `${planWords(plan, snapshot)}\n\nNothing was sent: this is a dry run.`, data: plan };
  }
  const { plan, planned, reopened } = await deps.runCycle.remind(boardId, meeting.ref, { retryFailed: true });
  if (plan === undefined) throw new NotFoundError('meeting', meeting.ref);
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
    ...(drained.held === undefined ? [] : [drained.held]),
    ...deliverySteps(entries, snapshot, deps.clock.now().toISOString()).flatMap((one) => [
      `${one.title}: ${totalsWords(one.totals)}`,
      ...one.lines.map((line) => `  ${lineWords(line)}`),
    ]),
  ];
  return { exitCode: 0, text: text.filter((one) => one !== undefined).join('\n'), data: { ...plan, drained, entries } };
}

const routeWords = { chat: 'chat, else e-mail', 'e-mail': 'e-mail', none: 'no address' } as const;

function planWords(plan: ReminderPlan, snapshot: BoardSnapshot): string {
  const name = nameOf(snapshot);
  const width = Math.max(0, ...plan.messages.map((one) => name(one.personRef).length));
  return [
    `${plan.meetingRef}: ${plan.why}`,
    ...(plan.messages.length === 0 ? [] : ['', `${count(plan.messages.length, 'person', 'people')} in this step:`]),
    ...plan.messages.map(
      (one) =>
        `  ${name(one.personRef).padEnd(width)}  ${routeWords[one.route].padEnd(17)}  ${one.why}${one.alreadySent ? ' Already on its way or there.' : ''}`,
    ),
    ...(plan.nothingFor.length === 0 ? [] : ['', 'Nothing goes to:']),
    ...plan.nothingFor.map((one) => `  ${name(one.personRef).padEnd(width)}  ${one.why}`),
    ...(plan.missed.length === 0
      ? []
      : ['', `Missed before this step: ${plan.missed.map((one) => stepWords[one]).join(', ')}.`]),
  ].join('\n');
}

function nameOf(snapshot: BoardSnapshot): (ref: string) => string {
  return (ref) => `${recipientName(snapshot, ref) ?? 'Unknown'} (${ref})`;
}

export const cycleArgs = z.strictObject({
  ...forMeeting.shape,
  confirm: z.boolean().optional(),
  skip: z.enum(cycleStepNames).optional(),
  why: z.string().max(300).optional(),
  by: z.string().max(200).optional(),
});

export async function runCycleView(deps: CommandDeps, args: z.infer<typeof cycleArgs>): Promise<CommandResult> {
  if (args.confirm === true) {
    const { boardId, actor, nonce } = await behalfOf(deps, args);
    const meeting = args.meeting === undefined ? {} : { meetingRef: args.meeting };
    return told(await deps.confirmCycle.confirm({ boardId, actor, nonce, ...meeting }));
  }
  if (args.skip !== undefined) {
    const { boardId, actor, nonce } = await behalfOf(deps, args);
    const meeting = args.meeting === undefined ? {} : { meetingRef: args.meeting };
    const asked = { boardId, actor, nonce, step: args.skip, why: args.why ?? '', ...meeting };
    return told(await deps.confirmCycle.skip(asked));
  }
  const { boardId, snapshot, meeting, previous, calendar, at } = await situation(deps, args);
  const assessment = assess(snapshot, { at, meetingRef: meeting.ref });
  const plan = planCycle(meeting, previous, calendar, assessment.policy);
  const ledger = await deps.ledger.entries(boardId, meeting.ref);
  const view = viewCycle({ snapshot, assessment, plan, at, ledger });
  const { deadlines } = plan;
  const text = [
    `${meeting.ref}, ${calendar.longDate(meeting.on)}, ${meeting.startsAtTime}${plan.squeezed ? ' (squeezed)' : ''}`,
    `Invitations by:   ${calendar.longDate(deadlines.invitationsOn)}`,
    `Owners' deadline: ${calendar.longDateTime(deadlines.ownersDeadlineAt)}`,
    `Papers deadline:  ${calendar.longDate(deadlines.papersDeadlineOn)}`,
    `Minutes due:      ${calendar.longDate(deadlines.minutesDueOn)}`,
    ...view.steps.flatMap((one) => ['', ...stepLines(one, nameOf(snapshot))]),
    ...(view.reviews.length === 0 ? [] : ['', 'Reviews:']),
    ...view.reviews.map(
      (one) =>
        `  ${calendar.longDate(one.on)}  ${one.reviewRef}: ${one.what}${one.done === undefined ? '' : ` ${one.done}`}`,
    ),
    ...(plan.notes.length === 0 ? [] : ['', ...plan.notes]),
    ...(view.confirmed
      ? [`Confirmed on ${calendar.longDateTime(view.confirmed.at)} by ${nameOf(snapshot)(view.confirmed.byRef)}.`]
      : []),
    ...(awaitsConfirmation(snapshot, plan)
      ? ['', `Nobody is asked before the plan is confirmed: npm run board -- cycle --meeting ${meeting.ref} --confirm`]
      : []),
  ].join('\n');
  return { exitCode: 0, text, data: { ...plan, steps: view.steps, reviews: view.reviews, gaps: view.gaps } };
}

/** A reason that names the state says it once. */
function stateWords({ state, stateWhy }: CycleStepView): string {
  if (stateWhy === '') return state;
  return stateWhy.includes(state) ? stateWhy : `${state}. ${stateWhy}`;
}

function stepLines(step: CycleStepView, name: (ref: string) => string): readonly string[] {
  const people = (['chat', 'e-mail', 'none'] as const).flatMap((route) => {
    const of = step.people.filter((one) => one.route === route).map((one) => name(one.personRef));
    return of.length === 0 ? [] : [`    ${routeWords[route]} (${of.length}): ${of.join(', ')}`];
  });
  return [
    `  ${step.when}  ${step.name}: ${stateWords(step)}`,
    `    ${step.why}`,
    ...people,
    ...step.nothingFor.map((one) => `    not to ${name(one.personRef)}: ${one.why}`),
  ];
}
