// Who may be reminded at the secretary's wish beside the steps of the cycle, and who not, with the reason. Source: docs/rules.md, the cycle.
import type { BoardAssessment } from './assessment';
import { bodyPlans } from './bodyCycle';
import type { Calendar } from './calendar';
import { calendarOf, type CyclePlan } from './cycle';
import { awaitsConfirmation } from './cycleRow';
import { hasLeft } from './manageOwned';
import { pauseAt, pauseWords } from './managePause';
import type { BoardSnapshot, CivilDate, Instant, Meeting, Person, Ref } from './model';
import { quietReason, recipients, routeOf, stepWords, type ReminderMessage } from './reminders';
import { outsideHours } from './sendingHours';
import { askingSteps } from './timely';

const nudge = 'notice:nudge:';

/** A reminder at the secretary's wish: one a person a day, so that its name is its day. */
export type NudgeStep = `notice:nudge:${string}`;

/** The step under which the ledger keeps the nudges of a day. */
export function nudgeStep(on: CivilDate): NudgeStep {
  return `${nudge}${on}`;
}

export function isNudge(step: string): step is NudgeStep {
  return step.startsWith(nudge);
}

/** The day for which a nudge was meant. */
export function nudgeDay(step: NudgeStep): CivilDate {
  return step.slice(nudge.length);
}

export interface Nudge {
  readonly personRef: Ref;
  /** What they have not answered. */
  readonly subjectRefs: readonly Ref[];
  readonly route: Exclude<ReminderMessage['route'], 'none'>;
}

export interface NudgePlan {
  readonly step: NudgeStep;
  readonly nudges: readonly Nudge[];
  /** With something outstanding, but not to be reminded now. */
  readonly notNow: readonly { readonly personRef: Ref; readonly why: string }[];
  /** Why nobody is reminded at all. */
  readonly closed?: string;
}

export interface NudgeInput {
  readonly snapshot: BoardSnapshot;
  /** Of the meeting whose plan it is. */
  readonly assessment: BoardAssessment;
  readonly meeting: Meeting;
  readonly plan: CyclePlan;
  readonly at: Instant;
  /** What the ledger holds for this meeting. */
  readonly already: readonly {
    readonly step: string;
    readonly personRef: Ref;
    readonly state: string;
    readonly plannedAt: Instant;
    readonly sentAt?: Instant;
  }[];
  /** Whom another board reaches today. */
  readonly reachedElsewhere: (personRef: Ref) => boolean;
}

/** Everybody with something outstanding, in the order of the judgement: to be reminded, or why not now. */
export function planNudges(input: NudgeInput): NudgePlan {
  const { snapshot, assessment, at } = input;
  const calendar = calendarOf(assessment.policy);
  const step = nudgeStep(calendar.on(at));
  const outstanding = assessment.readiness?.outstandingByPerson ?? [];
  const closed = whyNobody(input, calendar);
  if (closed !== undefined)
    return { step, nudges: [], notNow: outstanding.map(({ personRef }) => ({ personRef, why: closed })), closed };
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const comes = stillToday(input, calendar);
  const nudges: Nudge[] = [];
  const notNow: { personRef: Ref; why: string }[] = [];
  for (const { personRef, subjectRefs } of outstanding) {
    const person = people.get(personRef);
    const route = person === undefined ? 'none' : routeOf(person);
    if (person === undefined || route === 'none') {
      notNow.push({ personRef, why: 'No way to reach them is on record. Please ask them yourself.' });
      continue;
    }
    const why = whyNotNow(person, input, calendar) ?? comes.get(personRef);
    if (why === undefined) nudges.push({ personRef, subjectRefs, route });
    else notNow.push({ personRef, why });
  }
  return { step, nudges, notNow };
}

function whyNobody({ snapshot, assessment, meeting, plan, at }: NudgeInput, calendar: Calendar): string | undefined {
  if (at >= calendar.at(meeting.on, meeting.startsAtTime)) return 'The meeting has begun, so nobody is reminded.';
  const pause = pauseAt(snapshot, at);
  if (pause) return pauseWords(pause, snapshot, calendar);
  if (awaitsConfirmation(snapshot, plan))
    return 'The plan of this meeting waits for the secretary to confirm it; nobody is asked before.';
  return outsideHours(at, calendar, assessment.policy);
}

/** What never arrived does not count. */
const arrives: readonly string[] = ['planned', 'claimed', 'sending', 'sent', 'uncertain'];

function whyNotNow(
  person: Person,
  { snapshot, at, already, reachedElsewhere }: NudgeInput,
  calendar: Calendar,
): string | undefined {
  const on = calendar.on(at);
  if (hasLeft(person, on)) return 'They have left the board.';
  const today = already.find(
    (one) =>
      one.personRef === person.ref &&
      countsForTheDay(one.step) &&
      arrives.includes(one.state) &&
      calendar.on(one.sentAt ?? one.plannedAt) === on,
  );
  if (today) return 'A message went to them today; at most one a person a day.';
  if (reachedElsewhere(person.ref)) return 'Another board’s message reaches them today; at most one a person a day.';
  return quietReason(person, snapshot, on, calendar);
}

/** Steps and nudges; what an event leads to is told beside them. */
export function countsForTheDay(step: string): boolean {
  return !step.startsWith('notice:') || isNudge(step);
}

/** The next wake takes what is due already. */
function soonWords(step: string, time: string, isDue: boolean): string {
  return isDue
    ? `The ${step} has been due to them since ${time} today; it goes by itself.`
    : `The ${step} goes to them today, ${time}, by itself.`;
}

/** Whom a step of the cycle reaches later today by itself, and by which. */
function stillToday(input: NudgeInput, calendar: Calendar): ReadonlyMap<Ref, string> {
  const { plan: board, at, already, snapshot, assessment } = input;
  const on = calendar.on(at);
  const plans = [board, ...bodyPlans(board, snapshot, assessment.policy).values()];
  const today = plans.flatMap((plan) =>
    plan.steps
      .filter((one) => one.on === on && one.dropped === undefined)
      .filter((one) => !(askingSteps.includes(one.step) && at >= plan.deadlines.ownersDeadlineAt))
      .map((one) => ({ ...one, plan })),
  );
  const found = new Map<Ref, string>();
  for (const { step, at: goesAt, plan } of today)
    for (const { personRef } of recipients(step, { ...input, plan }).messages) {
      const isPlanned = already.some((one) => one.step === step && one.personRef === personRef);
      if (!isPlanned) found.set(personRef, soonWords(stepWords[step], calendar.timeOf(goesAt), goesAt <= at));
    }
  return found;
}
