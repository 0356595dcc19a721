// Whether a message that waited is still right to send: a later step says it better, or what it was for is over.
import type { CyclePlan } from './cycle';
import { stepsFrom, type CycleStepName } from './cycleSteps';
import type { Instant } from './model';

/** Steps that ask for an answer; they end with the owners' deadline. */
export const askingSteps = stepsFrom('request', 'escalation');
/** What prepares for the meeting. */
const preparing = stepsFrom('escalation', 'arising');

/** Why a message of a step must not go out any more, in words; undefined while it is right. */
export function outOfDate(
  step: CycleStepName,
  plan: CyclePlan,
  meetingStartsAt: Instant,
  at: Instant,
): string | undefined {
  if (askingSteps.includes(step)) {
    if (at >= plan.deadlines.ownersDeadlineAt) return "Its turn came after the owners' deadline, so it was not sent.";
    const own = plan.steps.findIndex((one) => one.step === step);
    const later = plan.steps.slice(own + 1).some((one) => one.dropped === undefined && one.at <= at);
    return later ? 'Its turn came when a later message was due, which says what is still right.' : undefined;
  }
  return preparing.includes(step) && at >= meetingStartsAt
    ? 'Its turn came when the meeting had begun, so it was not sent.'
    : undefined;
}
