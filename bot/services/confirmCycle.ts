// The secretary agrees to the days of a squeezed or doubtful plan, before which nobody is asked; or leaves one step out.
import { calendarOf, meetingAt, planCycle, type CyclePlan } from '../board/cycle';
import { awaitsConfirmation, cycleRowOf, daysToConfirm, isHeld, withUnsent } from '../board/cycleRow';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { heldWords } from '../board/sendingHours';
import { refusal, runAsSecretary, settingDecision, settingRow, type SecretarysRequest } from './bySecretary';
import type { CarryOut, Decided, ManagedResult } from './carryOut';
import { cycleKey } from './cycleUpkeep';
import type { Managing } from './managedWrites';
import { skipping, type SkippedStep } from './skipStep';

export interface ConfirmCycle {
  /** Of the next meeting when none is named. Throws UpstreamError, ThrottledError: finished by the same request again. */
  confirm(request: SecretarysRequest & { readonly meetingRef?: Ref }): Promise<ManagedResult>;
  /** Leaves one step out for good. Throws as above. */
  skip(request: SecretarysRequest & SkippedStep): Promise<ManagedResult>;
}

export function createConfirmCycle({ carryOut }: { readonly carryOut: CarryOut }): ConfirmCycle {
  return {
    skip: (request) =>
      runAsSecretary(
        carryOut,
        request,
        ['skip step', request.meetingRef ?? null, request.step, request.why],
        (managing) => skipping(managing, request),
      ),
    confirm: (request) =>
      runAsSecretary(carryOut, request, ['confirm cycle', request.meetingRef ?? null], (managing) =>
        confirming(managing, request.meetingRef),
      ),
  };
}

function confirming(managing: Managing, named: Ref | undefined): Decided {
  const { boardId, snapshot, at, actor } = managing;
  const { meeting, previous } = meetingAt(snapshot, at, named);
  if (!meeting) return refusal('meeting', 'No meeting is planned, so there is no plan to confirm.');
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const plan = planCycle(meeting, previous, calendar, policy);
  const held = calendar.longDate(meeting.on);
  if (!awaitsConfirmation(snapshot, plan)) {
    const why = plan.toConfirm.length === 0 ? 'needs no confirmation' : 'is confirmed already';
    return refusal('meeting', `The plan for ${meeting.ref} on ${held} ${why}.`);
  }
  const row = cycleRowOf(snapshot, meeting.ref);
  const { unsent } = withUnsent(row, meeting.ref, []);
  const confirmed = { byRef: actor.personRef, at, days: daysToConfirm(plan) };
  const before = row && { meetingRef: row.meetingRef, ...(row.confirmed ? { confirmed: row.confirmed } : {}) };
  const next = plan.steps.find((one) => one.dropped === undefined && one.at > at);
  return settingDecision(
    managing,
    settingRow(cycleKey(boardId, meeting.ref), row),
    { before, after: { meetingRef: meeting.ref, confirmed, unsent } },
    {
      subjectRef: meeting.ref,
      words: [
        `The plan for ${meeting.ref} on ${held} is confirmed: answers are due by ${calendar.longDateTime(plan.deadlines.ownersDeadlineAt)}.`,
        whenSent(snapshot, plan, at),
        ...(next ? [`The next message of the cycle goes out on ${calendar.longDateTime(next.at)}.`] : []),
      ],
    },
  );
}

/** What was held back leaves in the sending hours of working days, and not while sending is paused. */
function whenSent(snapshot: BoardSnapshot, plan: CyclePlan, at: Instant): string {
  const isDue = plan.steps.some((one) => isHeld(one.step) && one.dropped === undefined && one.at <= at);
  if (!isDue) return 'Nothing of it is due yet.';
  const waits = heldWords(snapshot, at);
  return waits === undefined ? 'What is due now goes out at once.' : `What is due now waits. ${waits}`;
}
