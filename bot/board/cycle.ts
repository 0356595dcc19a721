// The plan of one board cycle: deadlines and steps counted back from the meeting. Source: docs/rules.md, the cycle.
import { createCalendar, type Calendar } from './calendar';
import { planSteps, type CycleDeadlines, type CycleStepPlan } from './cycleSteps';
import type { BoardSnapshot, CivilDate, Instant, Meeting, QuietPeriod, Ref } from './model';
import { resolvePolicy, type BoardPolicy } from './policy';

export interface CyclePlan {
  readonly meetingRef: Ref;
  /** By this plan the people of a body with quiet days of its own are asked, the others by the board's. */
  readonly body?: { readonly name: string; readonly board: CyclePlan };
  readonly deadlines: CycleDeadlines;
  /** In the order of the cycle; those that take place are in order of time. */
  readonly steps: readonly CycleStepPlan[];
  /** Too close to the meeting before: the secretary confirms the plan. */
  readonly squeezed: boolean;
  /** What the secretary should know, one sentence each; those to confirm first. */
  readonly notes: readonly string[];
  /** Of the notes those without whose confirmation nobody is asked for anything. */
  readonly toConfirm: readonly string[];
}

/** The board's calendar as its policy sets it: one for all snapshots, for it remembers the days off that it worked out. */
export function calendarOf(policy: BoardPolicy): Calendar {
  const known = calendars.get(policy);
  if (known) return known;
  const settings = { timeZone: policy.timeZone, quietDays: policy.quietDays };
  const key = JSON.stringify(settings);
  const calendar = calendarsByDays.get(key) ?? createCalendar(settings);
  calendars.set(policy, calendar);
  if (calendarsByDays.size >= mostCalendars) calendarsByDays.clear();
  calendarsByDays.set(key, calendar);
  return calendar;
}

const calendars = new WeakMap<BoardPolicy, Calendar>();
const calendarsByDays = new Map<string, Calendar>();
const mostCalendars = 50;

/** The dates and steps of the cycle that ends with `meeting`; dates stored with the meeting win over computed ones. */
export function planCycle(
  meeting: Meeting,
  previous: Meeting | undefined,
  calendar: Calendar,
  policy: BoardPolicy,
): CyclePlan {
  const known = plans.get(meeting);
  if (known?.previous === previous && known?.calendar === calendar && known.policy === policy) return known.plan;
  const plan = cyclePlan(meeting, previous, calendar, policy);
  plans.set(meeting, { previous, calendar, policy, plan });
  return plan;
}

/** The plan of each meeting as it was last asked for: every view of a judgement asks again. */
const plans = new WeakMap<
  Meeting,
  {
    readonly previous: Meeting | undefined;
    readonly calendar: Calendar;
    readonly policy: BoardPolicy;
    readonly plan: CyclePlan;
  }
>();

/** The dates of the cycle alone, for who asks for those of many meetings. */
export function cycleDeadlines(
  meeting: Meeting,
  previous: Meeting | undefined,
  calendar: Calendar,
  policy: BoardPolicy,
): CycleDeadlines {
  return datesOf(meeting, previous, calendar, policy).deadlines;
}

function cyclePlan(
  meeting: Meeting,
  previous: Meeting | undefined,
  calendar: Calendar,
  policy: BoardPolicy,
): CyclePlan {
  const { deadlines, squeezed, notes, toConfirm } = datesOf(meeting, previous, calendar, policy);
  const steps = planSteps(meeting, deadlines, squeezed, calendar, policy);
  if (squeezed && previous)
    toConfirm.push(
      `The meeting comes ${calendar.workingDaysBetween(previous.on, meeting.on)} working days after ${previous.ref}, so the plan is squeezed; please confirm it.`,
    );
  if (steps.some((one) => one.step === 'request' && one.dropped !== undefined))
    notes.push('There is no time to ask owners before their deadline; please choose dates for this meeting.');
  for (const [on, what] of storedDays(meeting))
    if (!calendar.isWorkingDay(on))
      notes.push(
        `The ${what} stored with the meeting, ${calendar.longDate(on)}, is not a working day; please check it.`,
      );
  return { meetingRef: meeting.ref, deadlines, steps, squeezed, notes: [...toConfirm, ...notes], toConfirm };
}

/** The dates with what the secretary should know of them. */
function datesOf(meeting: Meeting, previous: Meeting | undefined, calendar: Calendar, policy: BoardPolicy) {
  const notes: string[] = [];
  const toConfirm: string[] = [];
  const before = (n: number): CivilDate => calendar.addWorkingDays(meeting.on, -n);
  const squeezed =
    previous !== undefined && calendar.workingDaysBetween(previous.on, meeting.on) < policy.squeezedBelowWorkingDays;

  const moved = deadlineBeforeQuietDays(meeting, before(policy.ownersDeadlineWorkingDaysBefore), calendar, policy);
  if (moved.note) notes.push(moved.note);
  if (moved.toConfirm) toConfirm.push(moved.toConfirm);
  const ownersDeadlineOn = meeting.ownersDeadlineOn ?? moved.on;
  const earlier = (n: number): CivilDate => before(n + moved.workingDaysEarlier);

  const request = requestDay(meeting, previous, squeezed, earlier(policy.requestWorkingDaysBefore), calendar, policy);
  toConfirm.push(...request.toConfirm);
  const papersDeadlineOn = meeting.papersDeadlineOn ?? before(policy.papersDeadlineWorkingDaysBefore);
  const afterDeadlineOn = calendar.addWorkingDays(ownersDeadlineOn, 1);
  const deadlines: CycleDeadlines = {
    invitationsOn: before(policy.invitationsWorkingDaysBefore),
    requestOn: request.on,
    reminderOn: meeting.firstReminderOn ?? earlier(policy.reminderWorkingDaysBefore),
    finalReminderOn: earlier(policy.finalReminderWorkingDaysBefore),
    ownersDeadlineOn,
    ownersDeadlineAt: calendar.at(ownersDeadlineOn, policy.ownersDeadlineTime),
    escalationOn: later(before(policy.escalationWorkingDaysBefore), afterDeadlineOn),
    papersDeadlineOn,
    briefingOn: before(policy.briefingWorkingDaysBefore),
    digestOn: before(policy.digestWorkingDaysBefore),
    meetingOn: meeting.on,
    arisingOn: calendar.addWorkingDays(meeting.on, policy.arisingWorkingDaysAfter),
    minutesDueOn: meeting.minutesDueOn ?? calendar.addWorkingDays(meeting.on, policy.minutesWorkingDaysAfter),
  };
  return { deadlines, squeezed, notes, toConfirm };
}

/**
 * The meeting prepared for, and the one before it: the meeting named, else the first that is neither held nor cancelled
 * and ends after `at`.
 */
export function meetingAt(
  snapshot: Pick<BoardSnapshot, 'meetings' | 'policy'>,
  at: Instant,
  meetingRef?: Ref,
): { readonly meeting: Meeting | undefined; readonly previous: Meeting | undefined } {
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const inOrder = [...snapshot.meetings].sort((a, b) => compare(startOf(a), startOf(b)));
  const meeting =
    meetingRef === undefined
      ? inOrder.find((one) => isAhead(one) && calendar.at(one.on, one.endsAtTime) > at)
      : inOrder.find((one) => one.ref === meetingRef);
  const previous = meeting
    ? inOrder.findLast((one) => one.state !== 'cancelled' && startOf(one) < startOf(meeting))
    : undefined;
  return { meeting, previous };
}

function isAhead(meeting: Meeting): boolean {
  return meeting.state === 'planned' || meeting.state === 'in-preparation';
}

function startOf(meeting: Meeting): string {
  return `${meeting.on}T${meeting.startsAtTime}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function later(a: CivilDate, b: CivilDate): CivilDate {
  return a > b ? a : b;
}

/** Nobody can answer on quiet days: a deadline just after them moves to the last working day before, unless it is stored. */
function deadlineBeforeQuietDays(
  meeting: Meeting,
  computedOn: CivilDate,
  calendar: Calendar,
  policy: BoardPolicy,
): {
  readonly on: CivilDate;
  readonly workingDaysEarlier: number;
  readonly note?: string;
  readonly toConfirm?: string;
} {
  const deadlineOn = meeting.ownersDeadlineOn ?? computedOn;
  const quiet = quietJustBefore(deadlineOn, calendar, policy);
  if (quiet === undefined) return { on: computedOn, workingDaysEarlier: 0 };
  if (meeting.ownersDeadlineOn !== undefined)
    return {
      on: computedOn,
      workingDaysEarlier: 0,
      toConfirm: `The owners' deadline stored with the meeting, ${calendar.longDate(deadlineOn)}, comes right after quiet days; please confirm it or choose an earlier day.`,
    };
  const on = calendar.addWorkingDays(quiet.fromOn, -1);
  return {
    on,
    workingDaysEarlier: calendar.workingDaysBetween(on, computedOn),
    note: `The owners' deadline would come right after quiet days, so it is ${calendar.longDate(on)} and the request goes out earlier.`,
  };
}

/** The quiet days, two or more, so shortly before a deadline that nobody could answer after them. */
export function quietJustBefore(
  deadlineOn: CivilDate,
  calendar: Calendar,
  policy: BoardPolicy,
): QuietPeriod | undefined {
  const quiet = calendar.quietPeriodBefore(deadlineOn);
  const tooSoon =
    quiet !== undefined &&
    calendar.daysBetween(quiet.fromOn, quiet.toOn) >= 1 &&
    calendar.workingDaysBetween(quiet.toOn, deadlineOn) <= policy.deadlineAfterQuietWorkingDays;
  return tooSoon ? quiet : undefined;
}

/** After meetings close together the request waits until the day after the last minutes are due. */
function requestDay(
  meeting: Meeting,
  previous: Meeting | undefined,
  squeezed: boolean,
  computedOn: CivilDate,
  calendar: Calendar,
  policy: BoardPolicy,
): { readonly on: CivilDate; readonly toConfirm: readonly string[] } {
  if (!previous) return { on: meeting.updateRequestOn ?? computedOn, toConfirm: [] };
  const earliestOn = afterMinutes(previous, calendar, policy);
  const on = meeting.updateRequestOn ?? (squeezed ? later(computedOn, earliestOn) : computedOn);
  if (on >= earliestOn) return { on, toConfirm: [] };
  const note = `The request on ${calendar.longDate(on)} comes before the day after the minutes of ${previous.ref} are due (${calendar.longDate(earliestOn)}); please confirm it.`;
  return { on, toConfirm: [note] };
}

/** The first day on which the request after a meeting belongs: the day after its minutes are due. */
export function afterMinutes(previous: Meeting, calendar: Calendar, policy: BoardPolicy): CivilDate {
  const minutesOn = previous.minutesDueOn ?? calendar.addWorkingDays(previous.on, policy.minutesWorkingDaysAfter);
  return calendar.addWorkingDays(minutesOn, 1);
}

function storedDays(meeting: Meeting): readonly (readonly [CivilDate, string])[] {
  const stored: readonly (readonly [CivilDate | undefined, string])[] = [
    [meeting.updateRequestOn, 'request date'],
    [meeting.firstReminderOn, 'first reminder date'],
    [meeting.ownersDeadlineOn, "owners' deadline"],
    [meeting.papersDeadlineOn, 'papers deadline'],
    [meeting.minutesDueOn, 'date for the minutes'],
  ];
  return stored.flatMap(([on, what]) => (on === undefined ? [] : [[on, what] as const]));
}
