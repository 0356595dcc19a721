// What is kept of a meeting's cycle: whether the secretary agreed to its days, and which steps no message tells of.
import type { Calendar } from './calendar';
import type { CyclePlan } from './cycle';
import type { CycleStepName } from './cycleSteps';
import type { CycleRow, UnsentStep } from './manageModel';
import { pauseAt } from './managePause';
import type { BoardSnapshot, Instant, Ref } from './model';
import { askingSteps } from './timely';

type Running = Pick<BoardSnapshot, 'running'>;

export function cycleRowOf(snapshot: Running, meetingRef: Ref): CycleRow | undefined {
  return snapshot.running?.cycles?.find((one) => one.meetingRef === meetingRef);
}

/** The days that the secretary agrees to: of each step that asks, and of the owners' deadline. */
export function daysToConfirm(plan: CyclePlan): string {
  const asking = plan.steps.filter((one) => isHeld(one.step) && one.dropped === undefined);
  return [...asking.map((one) => `${one.step} ${one.on}`), `deadline ${plan.deadlines.ownersDeadlineOn}`].join(', ');
}

/** True while nobody is asked for anything because the secretary has not agreed to the days as they are now. */
export function awaitsConfirmation(snapshot: Running, plan: CyclePlan): boolean {
  if (plan.toConfirm.length === 0) return false;
  return cycleRowOf(snapshot, plan.meetingRef)?.confirmed?.days !== daysToConfirm(plan.body?.board ?? plan);
}

/** What owners are asked and what follows from it waits for the secretary; papers and meeting do not. */
export function isHeld(step: CycleStepName): boolean {
  return step === 'escalation' || askingSteps.includes(step);
}

/** What is on record about a step on the day it is planned for now; a step that was moved since begins anew. */
export function unsentStep(snapshot: Running, plan: CyclePlan, step: CycleStepName): UnsentStep | undefined {
  const on = plan.steps.find((one) => one.step === step)?.on;
  return cycleRowOf(snapshot, plan.meetingRef)?.unsent.find((one) => one.step === step && one.on === on);
}

/** Steps to put on record now: those whose day passed unsent, and the one that is due and has nobody to go to. */
export function newlyUnsent(input: {
  readonly snapshot: Running;
  readonly plan: CyclePlan;
  readonly missed: readonly CycleStepName[];
  /** The step that is due and goes to nobody. */
  readonly toNobody?: CycleStepName;
  readonly at: Instant;
  readonly calendar: Calendar;
}): readonly UnsentStep[] {
  const { snapshot, plan, missed, toNobody, at, calendar } = input;
  return plan.steps
    .filter((one) => missed.includes(one.step) || one.step === toNobody)
    .filter((one) => unsentStep(snapshot, plan, one.step) === undefined)
    .map(({ step, on }) => {
      if (step === toNobody) return { step, on, at, state: 'nobody', why: 'Nobody had anything to be told.' };
      const why = whyMissed(snapshot, plan, step, at, calendar.longDate(on));
      return { step, on, at, state: 'missed', why: plan.body ? `For ${plan.body.name}: ${why}` : why };
    });
}

function whyMissed(snapshot: Running, plan: CyclePlan, step: CycleStepName, at: Instant, day: string): string {
  if (isHeld(step) && awaitsConfirmation(snapshot, plan)) return 'The plan of this meeting was not confirmed in time.';
  if (pauseAt(snapshot, at)) return 'Sending was paused.';
  return `Nothing was sent from ${day} until a later step was due: Board Assistant was not running or could not send.`;
}

/** The row with these steps added; those of a day that is no longer the plan's stay for the record. */
export function withUnsent(
  row: CycleRow | undefined,
  meetingRef: Ref,
  steps: readonly UnsentStep[],
): Pick<CycleRow, 'meetingRef' | 'confirmed' | 'unsent'> {
  const confirmed = row?.confirmed;
  return {
    meetingRef,
    ...(confirmed ? { confirmed } : {}),
    unsent: [...(row?.unsent ?? []), ...steps].slice(-mostKept),
  };
}

const mostKept = 60;
