// The whole plan of a meeting with its reasons: each step, why that day, who gets it and how, what became of it.
import type { BoardAssessment } from './assessment';
import type { Calendar } from './calendar';
import { asksPeopleOf, bodyPlans } from './bodyCycle';
import { calendarOf, planCycle, type CyclePlan } from './cycle';
import type { CycleStepName, CycleStepPlan } from './cycleSteps';
import { awaitsConfirmation, cycleRowOf, isHeld, unsentStep } from './cycleRow';
import type { BoardSnapshot, CivilDate, Instant, Meeting, Ref } from './model';
import { recipients, stepWords, type ReminderMessage } from './reminders';
import { reviewTrack, type ReviewStep } from './reviewTrack';
import { askingSteps } from './timely';
import type { BoardPolicy } from './policy';
import { count, listed } from './wording';

/** One row of the ledger as far as a plan tells of it. */
export interface SentRow {
  readonly step: string;
  readonly personRef: Ref;
  readonly state: string;
  readonly route?: 'chat' | 'e-mail';
  readonly sentAt?: Instant;
}

export interface CycleStepView {
  readonly step: CycleStepName;
  readonly name: string;
  readonly on: CivilDate;
  readonly at: Instant;
  /** `Wednesday 5 February 2025, 09:00`. */
  readonly when: string;
  /** How the day was counted, and what was left out. */
  readonly why: string;
  readonly state: 'falls away' | 'sent' | 'missed' | 'nobody' | 'skipped' | 'waits' | 'due' | 'to come' | 'on record';
  /** Why it is in this state, one sentence; empty where the state says it. */
  readonly stateWhy: string;
  /** Of what was planned those in the ledger; of what is to come those who would get it as things are today. */
  readonly people: readonly {
    readonly personRef: Ref;
    readonly route: ReminderMessage['route'];
    readonly why: string;
  }[];
  readonly nothingFor: readonly { readonly personRef: Ref; readonly why: string }[];
}

export interface CycleView {
  readonly plan: CyclePlan;
  /** The board's in the order of the cycle; then those that ask the people of a body with quiet days of its own. */
  readonly steps: readonly CycleStepView[];
  /** Those between the meeting before and this one. */
  readonly reviews: readonly ReviewStep[];
  readonly confirmed?: { readonly byRef: Ref; readonly at: Instant };
  /** What the secretary should see to, one sentence each. */
  readonly gaps: readonly string[];
}

export function viewCycle(input: {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly plan: CyclePlan;
  readonly at: Instant;
  readonly ledger: readonly SentRow[];
}): CycleView {
  const { snapshot, assessment, plan, at } = input;
  const calendar = calendarOf(assessment.policy);
  const confirmed = cycleRowOf(snapshot, plan.meetingRef)?.confirmed;
  return {
    plan,
    steps: plansOf(plan, snapshot, assessment.policy).flatMap((own) =>
      own.steps
        .map((one, index) => ({ one, next: nextKept(own, index) }))
        .filter(({ one }) => isOwnStep(own, one))
        .map(({ one, next }) => stepView({ ...input, plan: own }, one, calendar, next)),
    ),
    reviews: reviewTrack(snapshot, assessment.policy, at).filter((one) => one.on <= plan.deadlines.minutesDueOn),
    ...(confirmed && plan.toConfirm.length > 0 && !awaitsConfirmation(snapshot, plan)
      ? { confirmed: { byRef: confirmed.byRef, at: confirmed.at } }
      : {}),
    gaps: cycleGaps(snapshot, plan, assessment.policy),
  };
}

/** The plan of the meeting judged for; undefined without one. */
export function planFor(
  snapshot: BoardSnapshot,
  assessment: BoardAssessment,
): { readonly meeting: Meeting; readonly plan: CyclePlan } | undefined {
  const meeting = snapshot.meetings.find((one) => one.ref === assessment.meetingRef);
  if (!meeting) return undefined;
  const previous = snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef);
  return { meeting, plan: planCycle(meeting, previous, calendarOf(assessment.policy), assessment.policy) };
}

/** What went wrong with a meeting's cycle or waits for the secretary, one sentence each. */
export function cycleGaps(
  snapshot: Pick<BoardSnapshot, 'running' | 'bodies' | 'meetings' | 'policy'>,
  plan: CyclePlan,
  policy: BoardPolicy,
): readonly string[] {
  const { longDate } = calendarOf(policy);
  const missed = plansOf(plan, snapshot, policy).flatMap((own) =>
    own.steps.flatMap((one) => {
      const found = isOwnStep(own, one) ? unsentStep(snapshot, own, one.step) : undefined;
      if (found?.state !== 'missed') return [];
      return [`The ${stepWords[one.step]} of ${longDate(one.on)} was not sent. ${found.why}`];
    }),
  );
  const waits = awaitsConfirmation(snapshot, plan)
    ? [...plan.toConfirm, 'Nobody is asked for anything for this meeting before the secretary confirms its plan.']
    : [];
  return [...waits, ...missed];
}

/** The days that the secretary agrees to, a sentence each. */
export function daysHeld(plan: CyclePlan, calendar: Calendar): readonly string[] {
  const days = plan.steps
    .filter((one) => isHeld(one.step))
    .map((one) => `The ${stepWords[one.step]}: ${one.dropped ?? `${calendar.longDate(one.on)}, ${one.why}.`}`);
  return [...days, `Answers are due by ${calendar.longDateTime(plan.deadlines.ownersDeadlineAt)}.`];
}

/** The board's plan, and those of bodies with quiet days of their own. */
function plansOf(
  plan: CyclePlan,
  snapshot: Pick<BoardSnapshot, 'bodies' | 'meetings' | 'policy'>,
  policy: BoardPolicy,
): readonly CyclePlan[] {
  return [plan, ...bodyPlans(plan, snapshot, policy).values()];
}

/** A body's plan differs in the steps that ask alone. */
function isOwnStep(plan: CyclePlan, { step }: CycleStepPlan): boolean {
  return plan.body === undefined || askingSteps.includes(step);
}

function nextKept(plan: CyclePlan, index: number): CycleStepPlan | undefined {
  return plan.steps.slice(index + 1).find((one) => one.dropped === undefined);
}

function stepView(
  input: Parameters<typeof viewCycle>[0],
  step: CycleStepPlan,
  calendar: Calendar,
  next: CycleStepPlan | undefined,
): CycleStepView {
  const { snapshot, assessment, plan, at, ledger } = input;
  const bodyOf = new Map(snapshot.people.map((one) => [one.ref, one.body]));
  const isApart = (body: string | undefined): boolean =>
    askingSteps.includes(step.step) && !asksPeopleOf(body, plan, snapshot, assessment.policy);
  const rows = ledger.filter((one) => one.step === step.step && !isApart(bodyOf.get(one.personRef)));
  const state = stateOf(input, step, rows, next);
  const asked = {
    snapshot,
    assessment,
    plan,
    at: step.at > at ? step.at : at,
    already: ledger,
  };
  const coming = state.state === 'to come' || state.state === 'due' || state.state === 'waits';
  const due = coming ? recipients(step.step, asked) : { messages: [], nothingFor: [] };
  return {
    step: step.step,
    name: plan.body ? `${stepWords[step.step]} to ${plan.body.name}` : stepWords[step.step],
    on: step.on,
    at: step.at,
    when: calendar.longDateTime(step.at),
    why: `${step.why}${notCounted(step.on, plan.deadlines.meetingOn, calendar)}`,
    ...state,
    people: coming ? due.messages.map(({ personRef, route, why }) => ({ personRef, route, why })) : rows.map(sentTo),
    nothingFor: due.nothingFor,
  };
}

function sentTo({ personRef, route, state, sentAt }: SentRow): CycleStepView['people'][number] {
  return { personRef, route: route ?? 'none', why: sentAt === undefined ? state : `${state} ${sentAt}` };
}

function stateOf(
  { snapshot, plan, at }: Parameters<typeof viewCycle>[0],
  step: CycleStepPlan,
  rows: readonly SentRow[],
  next: CycleStepPlan | undefined,
): Pick<CycleStepView, 'state' | 'stateWhy'> {
  if (rows.length > 0) return { state: 'sent', stateWhy: rowWords(rows) };
  if (step.dropped !== undefined) return { state: 'falls away', stateWhy: step.dropped };
  const unsent = unsentStep(snapshot, plan, step.step);
  if (unsent) return { state: unsent.state, stateWhy: unsent.why };
  if (step.step === 'request' && step.at <= at) {
    const asked = snapshot.requests.filter((one) => one.meetingRef === plan.meetingRef);
    const words = `${count(asked.length, 'request')} for this meeting ${asked.length === 1 ? 'is' : 'are'} on record.`;
    if (asked.length > 0) return { state: 'on record', stateWhy: words };
  }
  const over = next !== undefined && next.at <= at;
  if (isHeld(step.step) && awaitsConfirmation(snapshot, plan) && !over)
    return { state: 'waits', stateWhy: 'It waits until the secretary confirms the plan.' };
  if (over) return { state: 'missed', stateWhy: 'Its day has passed and nothing was sent.' };
  return { state: step.at <= at ? 'due' : 'to come', stateWhy: '' };
}

function rowWords(rows: readonly SentRow[]): string {
  const states = [...new Set(rows.map((one) => one.state))].sort();
  const words = states.map(
    (state) => `${rows.filter((one) => one.state === state).length} ${stateWords[state] ?? state}`,
  );
  return `${listed(words)}.`;
}

const stateWords: Readonly<Record<string, string>> = {
  planned: 'waiting to be sent',
  claimed: 'about to be sent',
  sending: 'being sent',
  sent: 'sent',
  failed: 'not sent',
  uncertain: 'uncertain',
  cancelled: 'cancelled',
};

/** The Mondays to Fridays between a step and the meeting that are not worked, by their reason. */
function notCounted(stepOn: CivilDate, meetingOn: CivilDate, calendar: Calendar): string {
  const [fromOn, toOn] = stepOn < meetingOn ? [stepOn, meetingOn] : [meetingOn, stepOn];
  const days = Array.from({ length: calendar.daysBetween(fromOn, toOn) }, (_, n) => calendar.addDays(fromOn, n + 1));
  const groups = (['bank holiday', 'quiet day'] as const).flatMap((reason) => {
    const off = days.filter((on) => calendar.dayOff(on) === reason).map((on) => calendar.longDate(on));
    if (off.length === 0) return [];
    const shown = off.length > 3 ? `${off.length} days from ${off[0]} to ${off.at(-1)}` : listed(off);
    return [`${shown} (${reason}${off.length === 1 ? '' : 's'})`];
  });
  return groups.length === 0 ? '' : `; not counted: ${listed(groups)}`;
}
