// The secretary agrees to the days of a squeezed or doubtful plan, before which nobody is asked; or leaves one step out.
import { calendarOf, meetingAt, planCycle, type CyclePlan } from '../board/cycle';
import { awaitsConfirmation, cycleRowOf, daysToConfirm, isHeld, withUnsent } from '../board/cycleRow';
import { secretaryOnly } from '../board/manageHandOver';
import { isSecretary } from '../board/mayAnswer';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { heldWords } from '../board/sendingHours';
import type { CarryOut, Decided, ManagedResult } from './carryOut';
import { cycleKey } from './cycleUpkeep';
import { settingWrites, type Managing } from './managedWrites';
import type { Actor } from './ports';
import { skipping, type SkippedStep } from './skipStep';

export interface ConfirmCycle {
  /** Of the next meeting when none is named. Throws UpstreamError, ThrottledError: finished by the same request again. */
  confirm(request: {
    readonly boardId: string;
    readonly actor: Actor;
    readonly nonce: string;
    readonly meetingRef?: Ref;
  }): Promise<ManagedResult>;
  /** Leaves one step out for good. Throws as above. */
  skip(
    request: { readonly boardId: string; readonly actor: Actor; readonly nonce: string } & SkippedStep,
  ): Promise<ManagedResult>;
}

export function createConfirmCycle({ carryOut }: { readonly carryOut: CarryOut }): ConfirmCycle {
  return {
    skip: ({ boardId, actor, nonce, ...skipped }) =>
      carryOut.run({
        boardId,
        parts: [boardId, actor.personRef, nonce, 'skip step', skipped.meetingRef ?? null, skipped.step, skipped.why],
        decide: (snapshot, at, operationId) =>
          isSecretary(snapshot, actor.personRef)
            ? skipping({ boardId, operationId, actor, at, snapshot }, skipped)
            : refused('byRef', secretaryOnly),
      }),
    confirm: ({ boardId, actor, nonce, meetingRef }) =>
      carryOut.run({
        boardId,
        parts: [boardId, actor.personRef, nonce, 'confirm cycle', meetingRef ?? null],
        decide: (snapshot, at, operationId) =>
          isSecretary(snapshot, actor.personRef)
            ? confirming({ boardId, operationId, actor, at, snapshot }, meetingRef)
            : refused('byRef', secretaryOnly),
      }),
  };
}

function confirming(managing: Managing, named: Ref | undefined): Decided {
  const { boardId, snapshot, at, actor } = managing;
  const { meeting, previous } = meetingAt(snapshot, at, named);
  if (!meeting) return refused('meeting', 'No meeting is planned, so there is no plan to confirm.');
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const plan = planCycle(meeting, previous, calendar, policy);
  const held = calendar.longDate(meeting.on);
  if (!awaitsConfirmation(snapshot, plan)) {
    const why = plan.toConfirm.length === 0 ? 'needs no confirmation' : 'is confirmed already';
    return refused('meeting', `The plan for ${meeting.ref} on ${held} ${why}.`);
  }
  const row = cycleRowOf(snapshot, meeting.ref);
  const key = cycleKey(boardId, meeting.ref);
  const { unsent } = withUnsent(row, meeting.ref, []);
  const confirmed = { byRef: actor.personRef, at, days: daysToConfirm(plan) };
  const before = row && { meetingRef: row.meetingRef, ...(row.confirmed ? { confirmed: row.confirmed } : {}) };
  const kept = row ? { key, ...(row.stamp ? { stamp: row.stamp } : {}) } : ({ key, isNew: true } as const);
  const next = plan.steps.find((one) => one.dropped === undefined && one.at > at);
  return {
    kind: 'write',
    writes: settingWrites(managing, kept, { meetingRef: meeting.ref, confirmed, unsent }, before),
    notices: [],
    receipt: {
      subjectRef: meeting.ref,
      words: [
        `The plan for ${meeting.ref} on ${held} is confirmed: answers are due by ${calendar.longDateTime(plan.deadlines.ownersDeadlineAt)}.`,
        whenSent(snapshot, plan, at),
        ...(next ? [`The next message of the cycle goes out on ${calendar.longDateTime(next.at)}.`] : []),
      ],
      findings: [],
    },
  };
}

/** What was held back leaves in the sending hours of working days, and not while sending is paused. */
function whenSent(snapshot: BoardSnapshot, plan: CyclePlan, at: Instant): string {
  const isDue = plan.steps.some((one) => isHeld(one.step) && one.dropped === undefined && one.at <= at);
  if (!isDue) return 'Nothing of it is due yet.';
  const waits = heldWords(snapshot, at);
  return waits === undefined ? 'What is due now goes out at once.' : `What is due now waits. ${waits}`;
}

function refused(field: string, message: string): Decided {
  return { kind: 'refused', issues: [{ field, message }] };
}
