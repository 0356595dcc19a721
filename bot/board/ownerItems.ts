// What is open and somebody's for the meeting judged for: their own first, then as a deputy, worst first.
// Longer than most: five kinds of items by one order, each with its reasons beside it.
import type { ActionAssessment, BoardAssessment, MeasureAssessment, RiskAssessment } from './assessment';
import type { Calendar } from './calendar';
import { calendarOf } from './cycle';
import { cycleDeputies } from './cycleDeputies';
import { keptByJudgement, type Judged } from './keptByJudgement';
import type {
  Action,
  BoardSnapshot,
  CivilDate,
  Decision,
  DeliveryStatus,
  Instant,
  Measure,
  Mitigation,
  Month,
  Ref,
  Risk,
  Stamp,
  SubjectKind,
  Update,
  UpdateRequest,
} from './model';
import { isAnswer } from './siteEdits';
import { standingUpdates } from './takenBack';
import { count, monthName } from './wording';

export interface OwnerItem {
  readonly kind: SubjectKind;
  readonly ref: Ref;
  readonly title: string;
  readonly ownerRef: Ref;
  /** The person answers for the owner. */
  readonly asDeputy: boolean;
  readonly claimed?: DeliveryStatus;
  readonly computed?: DeliveryStatus;
  /** One sentence, why before what. */
  readonly reason: string;
  readonly dueOn?: CivilDate;
  /** Somebody answered since the meeting before, in time or late. */
  readonly answered: boolean;
  readonly answeredOn?: CivilDate;
  /** A request for this meeting exists. */
  readonly asked: boolean;
  /** The month a reading is asked for. */
  readonly readingPeriod?: Month;
  /** Smaller is worse. */
  readonly urgency: number;
  readonly stamp?: Stamp;
}

/** All that is open and this person's, as owner or deputy. */
export function ownerItems(snapshot: BoardSnapshot, assessment: BoardAssessment, personRef: Ref): readonly OwnerItem[] {
  return kept({ snapshot, assessment })(personRef);
}

/** Many ask about the same judgement one by one. */
const kept = keptByJudgement(({ snapshot, assessment }: Judged) => itemsByPerson(snapshot, assessment));

/** The same for many people: the items are worked out once. */
export function itemsByPerson(
  snapshot: BoardSnapshot,
  assessment: BoardAssessment,
): (personRef: Ref) => readonly OwnerItem[] {
  const items = [...openItems(snapshot, assessment)].sort(
    (a, b) => a.urgency - b.urgency || (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0),
  );
  const byOwner = groupBy(items, (one) => one.ownerRef);
  const bySubject = new Map(items.map((one) => [one.ref, one]));
  const thisCycle = cycleDeputies(snapshot, assessment.at);
  return (personRef) => {
    const own = byOwner.get(personRef) ?? [];
    const forOthers = new Set<OwnerItem>();
    for (const person of snapshot.people)
      if (person.deputyRefs.includes(personRef)) for (const item of byOwner.get(person.ref) ?? []) forOthers.add(item);
    for (const action of snapshot.actions) {
      const item = action.deputyRefs.includes(personRef) ? bySubject.get(action.ref) : undefined;
      if (item) forOthers.add(item);
    }
    for (const { subjectRef, deputyRef } of thisCycle.values()) {
      const item = deputyRef === personRef ? bySubject.get(subjectRef) : undefined;
      if (item) forOthers.add(item);
    }
    if (forOthers.size === 0) return own;
    const asDeputy = items.filter((one) => forOthers.has(one) && one.ownerRef !== personRef);
    return [...own, ...asDeputy.map((one) => ({ ...one, asDeputy: true }))];
  };
}

/** The moment the meeting before ended; answers after it belong to this cycle. */
export function cycleStartAt(snapshot: BoardSnapshot, assessment: BoardAssessment): Instant | undefined {
  const previous = snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef);
  return previous && calendarOf(assessment.policy).at(previous.on, previous.endsAtTime);
}

interface Facts {
  readonly assessment: BoardAssessment;
  readonly calendar: Calendar;
  /** Last answer of this cycle by subject. */
  readonly answeredAt: ReadonlyMap<Ref, Instant>;
  readonly asked: ReadonlySet<Ref>;
}

function openItems(snapshot: BoardSnapshot, assessment: BoardAssessment): readonly OwnerItem[] {
  const calendar = calendarOf(assessment.policy);
  const requests = snapshot.requests.filter((one) => one.meetingRef === assessment.meetingRef);
  const facts: Facts = {
    assessment,
    calendar,
    answeredAt: answersOfCycle(
      standingUpdates(snapshot).filter((one) => isAnswer(snapshot, one)),
      requests,
      cycleStartAt(snapshot, assessment),
      assessment,
      calendar,
    ),
    asked: new Set(requests.filter((one) => one.state !== 'cancelled').map((one) => one.subjectRef)),
  };
  const actions = new Map(assessment.actions.map((one) => [one.ref, one]));
  const risks = new Map(assessment.risks.map((one) => [one.ref, one]));
  const measures = new Map(assessment.measures.map((one) => [one.ref, one]));
  return [
    ...snapshot.actions.flatMap((one) => actionItem(one, actions.get(one.ref), facts)),
    ...snapshot.risks.flatMap((one) => riskItem(one, risks.get(one.ref), facts)),
    ...snapshot.mitigations.flatMap((one) => mitigationItem(one, facts)),
    ...snapshot.measures.flatMap((one) => measureItem(one, measures.get(one.ref), facts)),
    ...snapshot.decisions.flatMap((one) => decisionItem(one, facts)),
  ];
}

/** An answer about a risk also answers for the mitigations it changed; a request closed as answered counts as one. */
function answersOfCycle(
  updates: readonly Update[],
  requests: readonly UpdateRequest[],
  afterAt: Instant | undefined,
  assessment: BoardAssessment,
  calendar: Calendar,
): ReadonlyMap<Ref, Instant> {
  const last = new Map<Ref, Instant>();
  const keep = (ref: Ref, at: Instant): void => {
    if ((last.get(ref) ?? '') < at) last.set(ref, at);
  };
  for (const update of updates) {
    if ((afterAt !== undefined && update.at <= afterAt) || update.at > assessment.at) continue;
    keep(update.subjectRef, update.at);
    if (update.subjectKind !== 'risk') continue;
    for (const field of Object.keys(update.after))
      if (field.endsWith('.status')) keep(field.slice(0, -'.status'.length), update.at);
  }
  for (const { subjectRef, state, answeredOn } of requests)
    if ((state === 'answered' || state === 'late') && answeredOn !== undefined && answeredOn <= assessment.on)
      keep(subjectRef, calendar.at(answeredOn, '00:00'));
  return last;
}

function base(
  record: { readonly ref: Ref; readonly ownerRef?: Ref; readonly stamp?: Stamp },
  ownerRef: Ref,
  facts: Facts,
): Pick<OwnerItem, 'ref' | 'ownerRef' | 'asDeputy' | 'answered' | 'answeredOn' | 'asked' | 'stamp'> {
  const at = facts.answeredAt.get(record.ref);
  return {
    ref: record.ref,
    ownerRef,
    asDeputy: false,
    answered: at !== undefined,
    ...(at === undefined ? {} : { answeredOn: facts.calendar.on(at) }),
    asked: facts.asked.has(record.ref),
    ...(record.stamp ? { stamp: record.stamp } : {}),
  };
}

function due(dueOn: CivilDate | undefined): { readonly dueOn?: CivilDate } {
  return dueOn === undefined ? {} : { dueOn };
}

/** Tiers of urgency, worst first; within a tier the longer late comes first. */
const tiers = { late: 0, atRisk: 1, asked: 2, onTrack: 3, forEffect: 4 } as const;

function urgency(tier: keyof typeof tiers, workingDaysLate: number): number {
  return tiers[tier] * 10_000 - Math.min(Math.max(workingDaysLate, 0), 9_999);
}

function actionItem(action: Action, judged: ActionAssessment | undefined, facts: Facts): readonly OwnerItem[] {
  if (!judged || action.ownerRef === undefined) return [];
  if (judged.complete && judged.computedEffect === 'clear-evidence') return [];
  const troubled = judged.computedDelivery === 'off-track' || judged.computedDelivery === 'at-risk';
  const tier = judged.complete
    ? 'forEffect'
    : judged.computedDelivery === 'off-track'
      ? 'late'
      : troubled || judged.slow
        ? 'atRisk'
        : 'onTrack';
  const because = judged.slowReasons[0] ?? (troubled ? judged.deliveryReasons[0] : undefined);
  const reason = judged.complete
    ? effectReason(judged, facts.calendar)
    : (because?.text ?? dueSentence(action.dueOn, facts));
  return [
    {
      ...base(action, action.ownerRef, facts),
      kind: 'action',
      title: action.title,
      claimed: judged.claimedDelivery,
      computed: judged.computedDelivery,
      reason,
      ...(judged.complete ? {} : due(action.dueOn)),
      urgency: urgency(tier, judged.daysLateWorking),
    },
  ];
}

function effectReason(judged: ActionAssessment, calendar: Calendar): string {
  const when = judged.completedOn === undefined ? 'Done' : `Done on ${calendar.longDate(judged.completedOn)}`;
  return `${when}; the record does not yet show clearly what is different for children and families.`;
}

function riskItem(risk: Risk, judged: RiskAssessment | undefined, facts: Facts): readonly OwnerItem[] {
  if (!judged || risk.ownerRef === undefined || risk.status !== 'open') return [];
  const late = workingDaysLate(risk.reviewOn, facts);
  const tier = late > 0 ? 'late' : judged.aboveTolerance || judged.rising ? 'atRisk' : 'asked';
  return [
    {
      ...base(risk, risk.ownerRef, facts),
      kind: 'risk',
      title: risk.title,
      reason: judged.reasons[0]?.text ?? `Scored ${judged.score} (${judged.band}); it is reviewed for every meeting.`,
      ...due(risk.reviewOn),
      urgency: urgency(tier, late),
    },
  ];
}

function mitigationItem(mitigation: Mitigation, facts: Facts): readonly OwnerItem[] {
  if (mitigation.ownerRef === undefined || mitigation.status === 'complete') return [];
  const late = workingDaysLate(mitigation.dueOn, facts);
  return [
    {
      ...base(mitigation, mitigation.ownerRef, facts),
      kind: 'mitigation',
      title: mitigation.text,
      reason: dueSentence(mitigation.dueOn, facts),
      ...due(mitigation.dueOn),
      urgency: urgency(late > 0 ? 'late' : 'asked', late),
    },
  ];
}

/** A computed measure is filled by the product and never asked for. */
function measureItem(measure: Measure, judged: MeasureAssessment | undefined, facts: Facts): readonly OwnerItem[] {
  const period = judged?.readingDue;
  if (period === undefined || measure.ownerRef === undefined || measure.computed) return [];
  const { calendar } = facts;
  const lastDayOn = calendar.addDays(calendar.addMonths(`${period}-01`, 1), -1);
  const dueOn = calendar.addWorkingDays(lastDayOn, measure.reportingLagWorkingDays);
  const late = workingDaysLate(dueOn, facts);
  return [
    {
      ...base(measure, measure.ownerRef, facts),
      kind: 'measure',
      title: measure.name,
      reason:
        late > 0
          ? `No reading has come for ${monthName(period)}, which was due by ${calendar.longDate(dueOn)}.`
          : `The reading for ${monthName(period)} is due by ${calendar.longDate(dueOn)}.`,
      dueOn,
      readingPeriod: period,
      urgency: urgency(late > 0 ? 'late' : 'asked', late),
    },
  ];
}

function decisionItem(decision: Decision, facts: Facts): readonly OwnerItem[] {
  if (decision.ownerRef === undefined || decision.state !== 'open') return [];
  const late = workingDaysLate(decision.dueOn, facts);
  return [
    {
      ...base(decision, decision.ownerRef, facts),
      kind: 'decision',
      title: decision.text,
      reason: dueSentence(decision.dueOn, facts),
      ...due(decision.dueOn),
      urgency: urgency(late > 0 ? 'late' : 'asked', late),
    },
  ];
}

function workingDaysLate(dueOn: CivilDate | undefined, facts: Facts): number {
  return dueOn === undefined || dueOn >= facts.assessment.on
    ? 0
    : facts.calendar.workingDaysBetween(dueOn, facts.assessment.on);
}

function dueSentence(dueOn: CivilDate | undefined, facts: Facts): string {
  if (dueOn === undefined) return 'No due date is recorded.';
  const { calendar, assessment } = facts;
  if (dueOn >= assessment.on) return `Due by ${calendar.longDate(dueOn)}.`;
  const days = calendar.workingDaysBetween(dueOn, assessment.on);
  return `The date passed on ${calendar.longDate(dueOn)}${days === 0 ? '' : `, ${count(days, 'working day')} ago`}.`;
}

function groupBy<T>(values: readonly T[], key: (value: T) => Ref): ReadonlyMap<Ref, readonly T[]> {
  const groups = new Map<Ref, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
