// The secretary leaves one step of a cycle out for good: nobody gets its message, and the record says who and why.
import { bodyPlans } from '../board/bodyCycle';
import { collect, lineLimits } from '../board/answerDraft';
import { calendarOf, meetingAt, planCycle } from '../board/cycle';
import type { CycleStepName } from '../board/cycleSteps';
import { cycleRowOf, unsentStep, withUnsent } from '../board/cycleRow';
import type { UnsentStep } from '../board/manageModel';
import type { Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { stepWords } from '../board/reminders';
import { strictIssues } from '../board/update';
import { refusal, settingDecision, settingRow } from './bySecretary';
import type { Decided } from './carryOut';
import { cycleKey } from './cycleUpkeep';
import type { Managing } from './managedWrites';

export interface SkippedStep {
  /** Of the next meeting when none is named. */
  readonly meetingRef?: Ref;
  readonly step: CycleStepName;
  readonly why: string;
}

/** Refuses a step that falls away, is on record already, or is left out without a reason. What was sent stays sent. */
export function skipping(managing: Managing, { meetingRef, step, why }: SkippedStep): Decided {
  const { boardId, snapshot, at, actor } = managing;
  const { meeting, previous } = meetingAt(snapshot, at, meetingRef);
  if (!meeting) return refusal('meeting', 'No meeting is planned, so there is no step to leave out.');
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const plan = planCycle(meeting, previous, calendar, policy);
  const known = unsentStep(snapshot, plan, step);
  if (known) return refusal('step', `The ${stepWords[step]} is on record already. ${known.why}`);
  const found = collect();
  const reason = found.text('why', why, lineLimits);
  if (reason === undefined) found.refuse('why', 'Please say why, in a line: it stays with the record of the meeting.');
  const issues = strictIssues(found);
  if (issues.length > 0) return { kind: 'refused', issues };
  const by = snapshot.people.find((one) => one.ref === actor.personRef)?.name ?? actor.personRef;
  const words = `${by} left it out: ${reason}`;
  const days = [plan, ...bodyPlans(plan, snapshot, policy).values()].flatMap((one) =>
    one.steps.flatMap((own) => (own.step === step && own.dropped === undefined ? [own.on] : [])),
  );
  if (days.length === 0) return refusal('step', `The ${stepWords[step]} falls away in this cycle.`);
  const steps = [...new Set(days)].map((on): UnsentStep => ({ step, on, at, state: 'skipped', why: words }));
  const row = cycleRowOf(snapshot, meeting.ref);
  const before = row && { meetingRef: row.meetingRef, unsent: row.unsent };
  const on = steps.map((one) => calendar.longDate(one.on)).join(', ');
  return settingDecision(
    managing,
    settingRow(cycleKey(boardId, meeting.ref), row),
    { before, after: withUnsent(row, meeting.ref, steps) },
    {
      subjectRef: meeting.ref,
      words: [
        `The ${stepWords[step]} of ${meeting.ref}, ${on}, is left out. Nobody gets it any more; the record says why.`,
      ],
    },
  );
}
