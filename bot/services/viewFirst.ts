// The first screen: where the board stands, what is next, what needs the reader, what is slow, areas, what changed.
import type { ActionAssessment, AreaAssessment, Readiness } from '../board/assessment';
import { clauses } from '../board/clauses';
import type { CycleDeadlines } from '../board/cycleSteps';
import { cycleGaps, planFor } from '../board/cycleView';
import type { CivilDate, Meeting, Ref } from '../board/model';
import { timeWords } from '../cards/words';
import { areaLabel, distanceWords, ownerOf, shownReasons, type AsOf, type ViewContext } from './viewContext';
import { viewChanges, type ShownChange } from './viewChanges';
import type { LedgerEntry } from './ports';
import { viewNeeds, type ShownNeed } from './viewNeeds';

/** As many slow actions as a reader takes in at once; the rest are counted. Source: docs/rules.md. */
const slowRowsShown = 7;
/** The others are on the page of the clauses. */
const warningsShown = 5;
/** Of what got worse, better or changed otherwise; who wants them all compares the logs. */
const changesShown = 60;

export interface ShownDeadline {
  readonly label: string;
  readonly on: CivilDate;
  readonly words: string;
  readonly state: 'passed' | 'today' | 'coming';
}

export interface ShownReadiness {
  readonly label: string;
  readonly words: string;
  readonly complete: boolean;
  readonly outstanding: readonly { readonly label: string; readonly to?: string | undefined }[];
}

export interface FirstScreen {
  readonly asOf: AsOf;
  readonly state: { readonly text: string; readonly direction: 'better' | 'same' | 'worse' | 'no-comparison' };
  readonly next: NextMeeting | undefined;
  readonly needs: readonly ShownNeed[];
  readonly slow: {
    readonly rows: readonly ReturnType<typeof slowRow>[];
    readonly total: number;
    readonly open: number;
  };
  readonly areas: readonly ReturnType<typeof areaRow>[];
  readonly warnings: {
    readonly rows: readonly { readonly ref: Ref; readonly text: string; readonly done: readonly string[] }[];
    readonly total: number;
  };
  readonly changed: {
    readonly sinceWords: string;
    readonly rows: readonly ShownChange[];
    /** Of each direction, how many are not among the rows. */
    readonly more: Readonly<Record<ShownChange['direction'], number>>;
    readonly none: string | undefined;
  };
}

export interface NextMeeting {
  readonly ref: Ref;
  readonly on: CivilDate;
  readonly words: string;
  readonly distance: string;
  readonly place: string | undefined;
  readonly deadlines: readonly ShownDeadline[];
  readonly readiness: readonly ShownReadiness[];
}

/** `uncertain`: messages of the meeting that may not have arrived. */
export function viewFirst(context: ViewContext, uncertain: readonly LedgerEntry[] = []): FirstScreen {
  const { assessment } = context;
  const slow = assessment.actions.filter((one) => one.slow).sort((a, b) => a.urgency - b.urgency);
  return {
    asOf: context.asOf,
    state: { text: stateText(context), direction: assessment.headline.direction },
    next: nextMeeting(context),
    needs: viewNeeds(context, uncertain),
    slow: {
      rows: slow.slice(0, slowRowsShown).map((one) => slowRow(context, one)),
      total: slow.length,
      open: assessment.headline.open,
    },
    areas: assessment.areas.map((one) => areaRow(context, one)),
    warnings: warnings(context),
    changed: firstChanges(context),
  };
}

function stateText(context: ViewContext): string {
  const sentences = [context.assessment.headline.text];
  if (context.viewer.seesReadiness && context.assessment.readiness) {
    const silent = quietestBody(context);
    if (silent) sentences.push(`No answer yet from ${silent.body} for ${silent.open} of ${silent.asked} asked.`);
  }
  return sentences.join(' ');
}

/** The body with most answers outstanding; volunteers are never singled out. */
function quietestBody(context: ViewContext): { body: string; open: number; asked: number } | undefined {
  const volunteers = new Set(context.snapshot.bodies.filter((one) => one.volunteer).map((one) => one.name));
  const people = new Map(context.snapshot.people.map((one) => [one.ref, one]));
  const counts = new Map<string, { body: string; open: number; asked: number }>();
  for (const item of [...context.assessment.actions, ...context.assessment.risks]) {
    const person = item.ownerRef === undefined ? undefined : people.get(item.ownerRef);
    if (!item.asked || !person || person.volunteer || volunteers.has(person.body)) continue;
    const known = counts.get(person.body) ?? { body: person.body, open: 0, asked: 0 };
    counts.set(person.body, { body: person.body, open: known.open + (item.answered ? 0 : 1), asked: known.asked + 1 });
  }
  return [...counts.values()]
    .filter((one) => one.open > 0)
    .sort((a, b) => b.open - a.open || a.body.localeCompare(b.body))[0];
}

/** The meeting prepared for, with its dates and how ready it is; readiness only for those who may see it. */
export function nextMeeting(context: ViewContext): NextMeeting | undefined {
  const { assessment, calendar, meeting } = context;
  if (!meeting) return undefined;
  return {
    ref: meeting.ref,
    on: meeting.on,
    words: `${calendar.longDate(meeting.on)}, ${meeting.startsAtTime}`,
    distance: distanceWords(calendar, assessment.on, meeting.on),
    place: meeting.place,
    deadlines: shownDeadlines(context, meeting, context.deadlines),
    readiness: context.viewer.seesReadiness && assessment.readiness ? readiness(context, assessment.readiness) : [],
  };
}

/** The dates of a meeting's cycle with how far away each is. */
export function shownDeadlines(
  context: Pick<ViewContext, 'calendar' | 'assessment'>,
  meeting: Meeting,
  dates: CycleDeadlines | undefined,
): readonly ShownDeadline[] {
  const { calendar, assessment } = context;
  const { policy } = assessment;
  const shown = (label: string, on: CivilDate, time?: string): ShownDeadline => {
    const passedToday = on === assessment.on && time !== undefined && assessment.at >= calendar.at(on, time);
    const words = `${calendar.longDate(on)}${time === undefined ? '' : `, ${timeWords(time)}`}`;
    return {
      label,
      on,
      words: `${words} (${distanceWords(calendar, assessment.on, on)})`,
      state: on < assessment.on || passedToday ? 'passed' : on === assessment.on ? 'today' : 'coming',
    };
  };
  if (!dates) return [];
  return [
    shown('Update request', dates.requestOn),
    shown('Owners’ deadline', dates.ownersDeadlineOn, policy.ownersDeadlineTime),
    shown('Papers deadline', dates.papersDeadlineOn, policy.papersDeadlineTime),
    shown('Meeting', meeting.on, meeting.startsAtTime),
    shown('Minutes due', dates.minutesDueOn),
  ];
}

function readiness(context: ViewContext, state: Readiness): readonly ShownReadiness[] {
  const of = (done: number, total: number): string => (total === 0 ? 'none asked' : `${done} of ${total}`);
  const people = state.outstandingByPerson.map((one) => ({
    label: `${context.nameOf(one.personRef)}: ${one.subjectRefs.length} to answer`,
    to: `/tab/actions?owner=${encodeURIComponent(one.personRef)}`,
  }));
  const named = (refs: readonly Ref[], to?: string) => refs.map((one) => ({ label: labelOf(context, one), to }));
  return [
    {
      label: 'Answers in',
      words: of(state.answers.done, state.answers.total),
      complete: state.answers.done >= state.answers.total,
      outstanding: people,
    },
    {
      label: 'Risks reviewed',
      words: of(state.risksReviewed.done, state.risksReviewed.total),
      complete: state.risksReviewed.done >= state.risksReviewed.total,
      outstanding: named(state.risksReviewed.outstandingRefs, '/tab/risks'),
    },
    {
      label: 'Readings in',
      words: of(state.readingsIn.done, state.readingsIn.total),
      complete: state.readingsIn.done >= state.readingsIn.total,
      outstanding: named(state.readingsIn.outstandingRefs),
    },
    {
      label: 'Advisers invited',
      words: of(state.advisersInvited.done, state.advisersInvited.total),
      complete: state.advisersInvited.done >= state.advisersInvited.total,
      outstanding: named(state.advisersInvited.outstandingRefs),
    },
    {
      label: 'Expected at the meeting',
      words: `${state.quorum.expected}, ${state.quorum.minimum} needed`,
      complete: state.quorum.met,
      outstanding: [],
    },
    ...ofCycle(context),
  ];
}

/** Steps that were missed, and a plan that waits; no row while the cycle runs as planned. */
function ofCycle({ snapshot, assessment }: ViewContext): readonly ShownReadiness[] {
  const known = planFor(snapshot, assessment);
  const gaps = known ? cycleGaps(snapshot, known.plan, assessment.policy) : [];
  if (gaps.length === 0) return [];
  const outstanding = gaps.map((label) => ({ label }));
  return [{ label: 'Messages of the cycle', words: `${gaps.length} to see to`, complete: false, outstanding }];
}

function labelOf(context: ViewContext, ref: Ref): string {
  const risk = context.snapshot.risks.find((one) => one.ref === ref);
  if (risk) return `${ref} ${risk.title}`;
  const measure = context.snapshot.measures.find((one) => one.ref === ref);
  if (measure) return `${ref} ${measure.name}`;
  const person = context.snapshot.people.find((one) => one.ref === ref);
  return person ? `${context.nameOf(ref)}, ${person.role}` : ref;
}

function slowRow(context: ViewContext, one: ActionAssessment) {
  return {
    ref: one.ref,
    title: one.title,
    areaLabel: areaLabel(context, one.areaRef),
    owner: ownerOf(context, one.ownerRef),
    computed: one.computedDelivery,
    claimed: one.claimedDelivery,
    meetingsRunning: one.slowMeetings,
    reasons: shownReasons(one.slowReasons),
  };
}

/** The warnings of clause 14, as the page of the clauses has them. */
function warnings({ snapshot, assessment, calendar }: ViewContext): FirstScreen['warnings'] {
  const found = clauses(snapshot, assessment).flatMap((one) => one.warnings ?? []);
  const rows = found.slice(0, warningsShown).map(({ ref, text, done }) => ({
    ref,
    text,
    done: done.map((one) => `${one.text} ${one.by}${one.on === undefined ? '' : `, ${calendar.longDate(one.on)}`}`),
  }));
  return { rows, total: found.length };
}

function firstChanges(context: ViewContext): FirstScreen['changed'] {
  const { rows, ...rest } = viewChanges(context);
  const seen = { worse: 0, better: 0, neutral: 0 };
  const first = rows.filter((one) => (seen[one.direction] += 1) <= changesShown);
  const more = (direction: ShownChange['direction']): number => Math.max(0, seen[direction] - changesShown);
  return { ...rest, rows: first, more: { worse: more('worse'), better: more('better'), neutral: more('neutral') } };
}

function areaRow(context: ViewContext, area: AreaAssessment) {
  const updated = context.assessment.actions
    .flatMap((one) => (one.areaRef === area.ref ? (one.lastUpdateAt ?? []) : []))
    .sort()
    .at(-1);
  return {
    ref: area.ref,
    title: area.title,
    label: areaLabel(context, area.ref),
    actions: area.actions,
    slow: area.slow,
    computed: area.delivery,
    claimed: area.claimedDelivery,
    effect: area.effect,
    measuresBehind: area.measuresBehind,
    measures: area.measures,
    risksAboveTolerance: area.risksAboveTolerance,
    risks: area.risks,
    asked: area.asked,
    answered: area.answered,
    updatedOn: updated === undefined ? undefined : context.calendar.on(updated),
    heardOn: area.lastVoiceOn,
    trend: area.trend,
  };
}
