// The table of actions, and everything known about one action.
import type { ActionAssessment } from '../board/assessment';
import type { Action, DateChange, Evidence, Ref } from '../board/model';
import { capital, evidenceWords } from '../board/wording';
import { handOverWords, isHandOver } from '../board/handOvers';
import { standingUpdates } from '../board/takenBack';
import { timeWords } from '../cards/words';
import { isTheirs, mayAnswer } from './access';
import { areaLabel, counted, deadlinesFor, newestFirst, ownerOf, shownReasons, type ViewContext } from './viewContext';
import { viewHistory } from './viewHistory';
import { measureText } from './viewMeasures';
import { viewPlan } from './viewTimeline';

/** Every action, most urgent first. */
export function viewActions(context: ViewContext) {
  return {
    asOf: context.asOf,
    areas: context.snapshot.areas.map(({ ref, title }) => ({ ref, title, label: areaLabel(context, ref) })),
    rows: [...context.assessment.actions].sort((a, b) => a.urgency - b.urgency).map((one) => actionRow(context, one)),
  };
}

/** One action, or undefined when the plan has none of this ref. */
export function viewAction(context: ViewContext, ref: Ref) {
  const action = context.actionsByRef.get(ref);
  const assessed = context.assessedByRef.get(ref);
  if (!action || !assessed) return undefined;
  return {
    asOf: context.asOf,
    action: actionRow(context, assessed),
    description: action.description,
    successMeasure: action.successMeasure,
    partnerBodies: action.partnerBodies,
    clauses: action.clauses,
    deputies: deputies(context, action),
    handOvers: handOvers(context, ref),
    plan: viewPlan(context, assessed),
    dates: {
      startOn: action.startOn,
      dueOn: action.dueOn,
      originalDueOn: action.originalDueOn,
      forecastOn: action.forecastOn,
      completedOn: assessed.completedOn,
      lateWords: assessed.daysLateWorking > 0 ? `${workingDays(assessed.daysLateWorking)} late` : undefined,
    },
    blocker: action.blocker,
    deliveryReasons: shownReasons(assessed.deliveryReasons),
    slowReasons: shownReasons(assessed.slowReasons),
    effectReasons: shownReasons(assessed.effectReasons),
    deliveryClaim: assessed.deliveryClaim,
    effectClaim: assessed.effectClaim,
    milestones: milestones(context, ref),
    dateChanges: context.snapshot.dateChanges
      .filter((one) => one.actionRef === ref)
      .sort((a, b) => newestFirst(a.requestedOn, b.requestedOn))
      .map((one) => dateChange(context, one)),
    evidence: context.snapshot.evidence
      .filter((one) => one.actionRef === ref)
      .sort((a, b) => newestFirst(a.on, b.on))
      .map(evidenceRow),
    updates: viewHistory(context, 'action', ref),
    measures: context.snapshot.measures
      .filter((one) => action.measureRefs.includes(one.ref))
      .map((one) => ({ ref: one.ref, name: one.name, text: measureText(context, one) })),
    risks: context.assessment.risks
      .filter((one) => action.riskRefs.includes(one.ref))
      .map(({ ref: riskRef, title, score, band }) => ({ ref: riskRef, title, score, band })),
    answering: answering(context, action, assessed),
  };
}

function actionRow(context: ViewContext, one: ActionAssessment) {
  const action = context.actionsByRef.get(one.ref);
  return {
    ref: one.ref,
    title: one.title,
    areaRef: one.areaRef,
    areaLabel: areaLabel(context, one.areaRef),
    owner: ownerOf(context, one.ownerRef),
    body: one.leadBody,
    claimed: one.claimedDelivery,
    computed: one.computedDelivery,
    claimedEffect: one.claimedEffect,
    computedEffect: one.computedEffect,
    dueOn: one.dueOn,
    dateMoves: one.dateMoves,
    percent: one.progress.percent,
    milestonesDone: one.progress.milestonesDone,
    milestonesTotal: one.progress.milestonesTotal,
    slow: one.slow,
    complete: one.complete,
    asked: one.asked,
    answered: one.answered,
    mine: isTheirs(context.snapshot, context.viewer.person.ref, action ?? {}),
    disagrees: one.deliveryClaim === 'better' || one.effectClaim === 'better',
    urgency: one.urgency,
  };
}

function answering(context: ViewContext, action: Action, assessed: ActionAssessment) {
  if (!mayAnswer(context.snapshot, context.viewer, action)) return undefined;
  const { calendar, assessment } = context;
  const deadlines = deadlinesFor(context, action.ownerRef);
  return {
    version: action.stamp?.version,
    percent: action.percentComplete,
    dueWords:
      assessed.asked && deadlines
        ? `${calendar.longDate(deadlines.ownersDeadlineOn)}, ${timeWords(assessment.policy.ownersDeadlineTime)}`
        : undefined,
  };
}

function milestones(context: ViewContext, ref: Ref) {
  const { calendar, assessment, snapshot } = context;
  return snapshot.milestones
    .filter((one) => one.actionRef === ref)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    .map((one) => {
      const endOn = one.completedOn ?? assessment.on;
      const late = endOn > one.dueOn ? calendar.workingDaysBetween(one.dueOn, endOn) : 0;
      return {
        ref: one.ref,
        title: one.title,
        dueOn: one.dueOn,
        originalDueOn: one.originalDueOn,
        completedOn: one.completedOn,
        lateWords: late > 0 ? `${workingDays(late)} late` : undefined,
      };
    });
}

function dateChange(context: ViewContext, one: DateChange) {
  const milestone = context.snapshot.milestones.find((other) => other.ref === one.subjectRef);
  const { longDate } = context.calendar;
  const decided = one.decidedOn === undefined ? '' : ` on ${longDate(one.decidedOn)}`;
  const by = one.decidedByRef === undefined ? '' : ` by ${context.nameOf(one.decidedByRef)}`;
  return {
    ref: one.ref,
    what: milestone ? `Milestone: ${milestone.title}` : 'Due date',
    fromOn: one.fromOn,
    toOn: one.toOn,
    reason: one.reason,
    askedWords: `Asked for by ${context.nameOf(one.requestedByRef)} on ${longDate(one.requestedOn)}`,
    decisionWords:
      one.decision === 'pending'
        ? 'Not decided yet'
        : `${one.decision === 'approved' ? 'Approved' : 'Refused'}${decided}${by}`,
    decisionReason: one.decisionReason,
    waiting: one.decision === 'pending',
  };
}

/** Those of the action and those of its owner: either may answer for it. */
function deputies({ snapshot, nameOf }: ViewContext, action: Action): readonly string[] {
  const owner = snapshot.people.find((one) => one.ref === action.ownerRef);
  return [...new Set([...action.deputyRefs, ...(owner?.deputyRefs ?? [])].map(nameOf))];
}

/** The last first. */
function handOvers({ snapshot, nameOf, calendar }: ViewContext, ref: Ref): readonly string[] {
  return standingUpdates(snapshot)
    .filter((one) => one.subjectKind === 'action' && one.subjectRef === ref && isHandOver(one))
    .sort((a, b) => newestFirst(a.at, b.at))
    .map((one) => handOverWords(one, nameOf, calendar));
}

function evidenceRow(one: Evidence) {
  return {
    ref: one.ref,
    kindWords: capital(evidenceWords[one.kind]),
    sourceBody: one.sourceBody,
    on: one.on,
    summary: one.summary,
    strength: one.strength,
    contrary: one.contrary,
    resolvedOn: one.resolvedOn,
    link: one.link !== undefined && /^https:\/\//i.test(one.link) ? one.link : undefined,
  };
}

function workingDays(n: number): string {
  return counted(n, 'working day');
}
