// The steps of a board cycle on the days that its deadlines leave: at what hour each goes out, which fall away, and why.
import type { Calendar } from './calendar';
import type { CivilDate, Instant, Meeting } from './model';
import type { BoardPolicy } from './policy';

/** The steps that reach a person, in their order. */
export const cycleStepNames = [
  'request',
  'reminder',
  'final-reminder',
  'deadline-day',
  'escalation',
  'papers',
  'papers-reminder',
  'papers-last-call',
  'briefing',
  'digest',
  'arising',
] as const;
export type CycleStepName = (typeof cycleStepNames)[number];

/** The steps from one up to, and without, another; to the last when none is named. */
export function stepsFrom(first: CycleStepName, before?: CycleStepName): readonly CycleStepName[] {
  return cycleStepNames.slice(cycleStepNames.indexOf(first), before && cycleStepNames.indexOf(before));
}

export interface CycleDeadlines {
  readonly invitationsOn: CivilDate;
  readonly requestOn: CivilDate;
  readonly reminderOn: CivilDate;
  readonly finalReminderOn: CivilDate;
  readonly ownersDeadlineOn: CivilDate;
  readonly ownersDeadlineAt: Instant;
  readonly escalationOn: CivilDate;
  readonly papersDeadlineOn: CivilDate;
  readonly briefingOn: CivilDate;
  readonly digestOn: CivilDate;
  readonly meetingOn: CivilDate;
  readonly arisingOn: CivilDate;
  readonly minutesDueOn: CivilDate;
}

export interface CycleStepPlan {
  readonly step: CycleStepName;
  readonly on: CivilDate;
  /** When its messages go out. */
  readonly at: Instant;
  /** Why on this day, for people. */
  readonly why: string;
  /** Why it falls away, for people; absent when it takes place. */
  readonly dropped?: string;
}

/** Local time of each step's messages, kept inside the board's sending hours. */
const stepTimes: Readonly<Record<Exclude<CycleStepName, 'papers-reminder' | 'papers-last-call'>, string>> = {
  request: '09:00',
  reminder: '09:00',
  'final-reminder': '09:00',
  'deadline-day': '09:00',
  escalation: '10:00',
  papers: '08:00',
  briefing: '09:00',
  digest: '09:00',
  arising: '09:00',
};

/** The steps on these days, those without room dropped. */
export function planSteps(
  meeting: Meeting,
  deadlines: CycleDeadlines,
  squeezed: boolean,
  calendar: Calendar,
  policy: BoardPolicy,
): readonly CycleStepPlan[] {
  const { deadline, papers } = { deadline: deadlines.ownersDeadlineOn, papers: deadlines.papersDeadlineOn };
  const sendingDay = (on: CivilDate): CivilDate => (calendar.isWorkingDay(on) ? on : calendar.addWorkingDays(on, 1));
  const squeezedOut: CycleStepName | undefined = !squeezed
    ? undefined
    : meeting.firstReminderOn === undefined
      ? 'reminder'
      : 'final-reminder';
  const days: Readonly<Record<CycleStepName, CivilDate>> = {
    request: sendingDay(deadlines.requestOn),
    reminder: sendingDay(deadlines.reminderOn),
    'final-reminder': sendingDay(deadlines.finalReminderOn),
    'deadline-day': calendar.isWorkingDay(deadline) ? deadline : calendar.addWorkingDays(deadline, -1),
    escalation: deadlines.escalationOn,
    papers: sendingDay(papers),
    'papers-reminder': sendingDay(papers),
    'papers-last-call': sendingDay(papers),
    briefing: deadlines.briefingOn,
    digest: deadlines.digestOn,
    arising: deadlines.arisingOn,
  };
  let lastKeptOn: CivilDate | undefined;
  return cycleStepNames.map((step) => {
    const on = days[step];
    const dropped =
      step === squeezedOut
        ? 'It falls away because the meetings are close together.'
        : chasesPapers(step) && shareDay.some((one) => on === days[one])
          ? 'The papers are checked on the day of another message, so they are not chased apart.'
          : noRoom(step, on, lastKeptOn, days, calendar);
    if (dropped === undefined) lastKeptOn = on;
    const withDeadline = afterDeadline.includes(step) && on === days['deadline-day'];
    const time = clamp(
      withDeadline ? policy.ownersDeadlineTime : timeOf(step, policy),
      policy.sendingFromTime,
      policy.sendingUntilTime,
    );
    const plan = { step, on, at: calendar.at(on, time), why: whyOn(on, meeting, calendar) };
    return dropped === undefined ? plan : { ...plan, dropped };
  });
}

/** A step that would come after its successor, or on the day of the step before it, has no room. */
function noRoom(
  step: CycleStepName,
  on: CivilDate,
  lastKeptOn: CivilDate | undefined,
  days: Readonly<Record<CycleStepName, CivilDate>>,
  calendar: Calendar,
): string | undefined {
  const late = lastKeptOn !== undefined && (afterDeadline.includes(step) ? on < lastKeptOn : on <= lastKeptOn);
  if (late) return `It would come no later than the step before it, on ${calendar.longDate(lastKeptOn)}.`;
  const limit = beforeStep[step];
  if (limit !== undefined && on >= days[limit])
    return `There is no working day left between it and the next step on ${calendar.longDate(days[limit])}.`;
  return undefined;
}

function chasesPapers(step: CycleStepName): boolean {
  return step === 'papers-reminder' || step === 'papers-last-call';
}

/** On a day with one of these the papers have no afternoon of their own. */
const shareDay: readonly CycleStepName[] = ['deadline-day', 'briefing', 'digest', 'arising'];

/** The secretary and the chair hear two hours before the papers are due, and when they are, if nothing was released. */
function timeOf(step: CycleStepName, policy: BoardPolicy): string {
  const due = policy.papersDeadlineTime;
  if (step === 'papers-last-call') return due;
  if (step !== 'papers-reminder') return stepTimes[step];
  const hour = Math.max(0, Number(due.slice(0, 2)) - 2);
  return `${String(hour).padStart(2, '0')}${due.slice(2)}`;
}

/** They may share a day with the step before them: the board must have its papers. */
const afterDeadline = stepsFrom('papers');

/** What a step must come before, or it has lost its purpose. */
const beforeStep: Readonly<Partial<Record<CycleStepName, CycleStepName>>> = {
  request: 'deadline-day',
  reminder: 'deadline-day',
  'final-reminder': 'deadline-day',
  escalation: 'papers',
};

function clamp(time: string, from: string, until: string): string {
  return time < from ? from : time > until ? until : time;
}

function whyOn(on: CivilDate, meeting: Meeting, calendar: Calendar): string {
  const days = calendar.workingDaysBetween(on, meeting.on);
  const count = Math.abs(days);
  const unit = count === 1 ? 'working day' : 'working days';
  if (days === 0) return 'the day of the meeting';
  return days > 0 ? `${count} ${unit} before the meeting` : `${count} ${unit} after the meeting`;
}
