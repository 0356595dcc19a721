// The cycle as the people of a body with quiet days of its own are asked by it: by their working days. Source: docs/rules.md, the cycle.
import { createCalendar, type Calendar } from './calendar';
import { afterMinutes, calendarOf, meetingAt, quietJustBefore, type CyclePlan } from './cycle';
import { planSteps } from './cycleSteps';
import type { BoardSnapshot, Body, CivilDate, Meeting, Person } from './model';
import type { BoardPolicy } from './policy';
import { askingSteps } from './timely';
import { count } from './wording';

type Bodies = Pick<BoardSnapshot, 'bodies' | 'meetings' | 'policy'>;

/** The plans of the bodies whose quiet days change when their people are asked, by the body's name. */
export function bodyPlans(plan: CyclePlan, snapshot: Bodies, policy: BoardPolicy): ReadonlyMap<string, CyclePlan> {
  const known = plansKnown.get(plan);
  if (known?.bodies === snapshot.bodies && known.meetings === snapshot.meetings) return known.plans;
  const { bodies, meetings } = snapshot;
  const { meeting, previous } = meetingAt({ meetings, policy: snapshot.policy }, '', plan.meetingRef);
  const plans = new Map<string, CyclePlan>();
  for (const body of bodies) {
    if (meeting === undefined || body.quietDays.length === 0) continue;
    const own = planOfBody(body, plan, meeting, previous, policy);
    if (own.deadlines !== plan.deadlines) plans.set(body.name, own);
  }
  plansKnown.set(plan, { bodies, meetings, plans });
  return plans;
}

/** As they were last asked for: every message of a drain asks again. */
const plansKnown = new WeakMap<
  CyclePlan,
  {
    readonly bodies: BoardSnapshot['bodies'];
    readonly meetings: BoardSnapshot['meetings'];
    readonly plans: ReadonlyMap<string, CyclePlan>;
  }
>();

/** By which plan a person is asked: their body's own, or the board's. */
export function planOf(
  person: Pick<Person, 'body'> | undefined,
  plan: CyclePlan,
  snapshot: Bodies,
  policy: BoardPolicy,
): CyclePlan {
  return bodyPlans(plan, snapshot, policy).get(person?.body ?? '') ?? plan;
}

/** Whether people of this body are asked by this plan: by their own, where their body has one, or else by the board's. */
export function asksPeopleOf(
  body: string | undefined,
  plan: CyclePlan,
  snapshot: Bodies,
  policy: BoardPolicy,
): boolean {
  if (plan.body !== undefined) return plan.body.name === body;
  return body === undefined || !bodyPlans(plan, snapshot, policy).has(body);
}

/**
 * Each day on which the body is asked stands as many of its working days before its deadline as the board's before the
 * board's. Its deadline is never later than the board's; escalation, papers and meeting are the board's.
 */
function planOfBody(
  body: Body,
  plan: CyclePlan,
  meeting: Meeting,
  previous: Meeting | undefined,
  policy: BoardPolicy,
): CyclePlan {
  const board = calendarOf(policy);
  const calendar = calendarOfBody(body, policy);
  const { requestOn, reminderOn, finalReminderOn, ownersDeadlineOn } = plan.deadlines;
  const fromOn = board.addDays(requestOn, -1);
  if (board.workingDaysBetween(fromOn, meeting.on) === calendar.workingDaysBetween(fromOn, meeting.on)) return plan;
  const deadlineOn = deadlineOf(plan, meeting, board, calendar, policy);
  const before = (on: CivilDate, storedOn?: CivilDate): CivilDate =>
    storedOn === undefined
      ? calendar.addWorkingDays(deadlineOn, -board.workingDaysBetween(on, ownersDeadlineOn))
      : lastWorked(storedOn, calendar);
  const earliestOn = previous ? afterMinutes(previous, board, policy) : '';
  const asked = {
    requestOn: notBefore(
      earliestOn < requestOn ? earliestOn : requestOn,
      before(requestOn, meeting.updateRequestOn),
      calendar,
    ),
    reminderOn: before(reminderOn, meeting.firstReminderOn),
    finalReminderOn: before(finalReminderOn),
    ownersDeadlineOn: deadlineOn,
  };
  const days = Object.values(asked).join(' ');
  if (days === [requestOn, reminderOn, finalReminderOn, ownersDeadlineOn].join(' ')) return plan;
  const ownersDeadlineAt = board.at(deadlineOn, policy.ownersDeadlineTime);
  const deadlines = { ...plan.deadlines, ...asked, ownersDeadlineAt };
  const own = planSteps(meeting, deadlines, plan.squeezed, calendar, policy).flatMap((one) => {
    if (!askingSteps.includes(one.step)) return [];
    const left = count(calendar.workingDaysBetween(one.on, meeting.on), 'working day');
    return [{ ...one, why: `${left} of ${body.name} before the meeting` }];
  });
  // Too late to ask them apart: they are asked with the others, and what falls in their quiet days waits.
  if (own.some((one) => one.step === 'request' && one.dropped !== undefined)) return plan;
  const steps = plan.steps.map((one) => own.find((theirs) => theirs.step === one.step) ?? one);
  return { ...plan, body: { name: body.name, board: plan }, deadlines, steps };
}

/** A stored deadline stays, a computed one is counted; neither is left on a quiet day or just after quiet days. */
function deadlineOf(
  plan: CyclePlan,
  meeting: Meeting,
  board: Calendar,
  calendar: Calendar,
  policy: BoardPolicy,
): CivilDate {
  const boardOn = plan.deadlines.ownersDeadlineOn;
  const on =
    meeting.ownersDeadlineOn === undefined
      ? calendar.addWorkingDays(meeting.on, -board.workingDaysBetween(boardOn, meeting.on))
      : lastWorked(boardOn, calendar);
  const quiet = quietJustBefore(on, calendar, policy);
  return quiet === undefined ? on : calendar.addWorkingDays(quiet.fromOn, -1);
}

function calendarOfBody(body: Body, { timeZone, quietDays }: BoardPolicy): Calendar {
  return createCalendar({ timeZone, quietDays, alsoQuiet: body.quietDays });
}

function lastWorked(on: CivilDate, calendar: Calendar): CivilDate {
  return calendar.isWorkingDay(on) ? on : calendar.addWorkingDays(on, -1);
}

/** The board asks nobody before the last minutes are due, unless it asks everybody so early. */
function notBefore(earliestOn: CivilDate, on: CivilDate, calendar: Calendar): CivilDate {
  if (on >= earliestOn) return on;
  return calendar.isWorkingDay(earliestOn) ? earliestOn : calendar.addWorkingDays(earliestOn, 1);
}
