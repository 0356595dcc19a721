// The board's judgement: a snapshot and a moment in, every rating and finding with its reasons out. Rules: docs/rules.md.
import { headlineOf, judgeAreas } from './areas';
import type { ActionAssessment, BoardAssessment, MeasureAssessment, RiskAssessment } from './assessment';
import { boardFindings, lastVoices } from './boardFindings';
import { judgeContributions } from './contributions';
import { compareDelivery, deliveryFacts, judgeDelivery, unsupportedDelivery } from './delivery';
import { compareEffect, effectFindings, judgeEffect } from './effect';
import { compareText, distinct, grouped, prepareGrounds, type Grounds } from './grounds';
import { judgeMeasure } from './measures';
import type { Action, BoardSnapshot, DeliveryStatus, Finding, Instant, Ref } from './model';
import { dateFindings, planFindings } from './planFindings';
import { judgeReadiness } from './readiness';
import { judgeRisk } from './risks';
import { dateMovesOf, judgeSlow, type DateMoves } from './slow';
import { count, listed } from './wording';

/**
 * Judges a board as of a moment, for a meeting (the one prepared for, unless named). One pass over each list; the order of
 * rows never matters; what is dated after the moment does not count.
 */
export function assess(
  snapshot: BoardSnapshot,
  options: { readonly at: Instant; readonly meetingRef?: Ref },
): BoardAssessment {
  const grounds = prepareGrounds(snapshot, options);
  const findings: Finding[] = [...grounds.policyFindings, ...snapshot.findings];

  const moversOf = actionsByMeasure(snapshot.actions);
  const measures: MeasureAssessment[] = [];
  for (const measure of sorted(snapshot.measures)) {
    const judged = judgeMeasure(grounds, measure, moversOf(measure.ref));
    measures.push(judged.assessment);
    findings.push(...judged.findings);
  }
  const risks: RiskAssessment[] = [];
  for (const risk of sorted(snapshot.risks)) {
    const judged = judgeRisk(grounds, risk);
    risks.push(judged.assessment);
    findings.push(...judged.findings);
  }
  const measureOf = new Map(measures.map((one) => [one.ref, one]));
  const extreme = actionsAtExtremeRisk(risks, snapshot);
  const actions: ActionAssessment[] = [];
  for (const action of sorted(snapshot.actions)) {
    const judged = judgeAction(grounds, action, measureOf, extreme);
    actions.push(judged.assessment);
    findings.push(...judged.findings);
  }

  const voices = lastVoices(grounds);
  const contributions = judgeContributions(grounds, actions);
  const readiness = judgeReadiness(grounds, risks, measures);
  findings.push(...boardFindings(grounds, actions, voices), ...contributions.findings);
  return {
    at: grounds.at,
    on: grounds.on,
    policy: grounds.policy,
    ...(grounds.meeting ? { meetingRef: grounds.meeting.ref } : {}),
    ...(grounds.meetingsBefore[0] ? { previousMeetingRef: grounds.meetingsBefore[0].ref } : {}),
    headline: headlineOf(grounds, actions, readiness),
    actions,
    measures,
    risks,
    areas: judgeAreas(grounds, { actions, measures, risks }, voices),
    contributions: contributions.contributions,
    ...(readiness ? { readiness } : {}),
    findings: findings.sort(
      (a, b) => compareText(a.ref, b.ref) || compareText(a.rule, b.rule) || compareText(a.text, b.text),
    ),
  };
}

function sorted<T extends { readonly ref: Ref }>(records: readonly T[]): readonly T[] {
  return [...records].sort((a, b) => compareText(a.ref, b.ref));
}

function actionsByMeasure(actions: readonly Action[]): (measureRef: Ref) => readonly Ref[] {
  const links = sorted(actions).flatMap((action) =>
    distinct(action.measureRefs).map((measureRef) => ({ measureRef, actionRef: action.ref })),
  );
  const linked = grouped(links, (one) => one.measureRef);
  return (measureRef) => linked(measureRef).map((one) => one.actionRef);
}

/** Actions linked, from either side, to an open risk in the extreme band. */
function actionsAtExtremeRisk(risks: readonly RiskAssessment[], snapshot: BoardSnapshot): ReadonlySet<Ref> {
  const closed = new Set(snapshot.risks.filter((one) => one.status === 'closed').map((one) => one.ref));
  const extreme = new Set(risks.filter((one) => one.band === 'extreme' && !closed.has(one.ref)).map((one) => one.ref));
  return new Set([
    ...snapshot.risks.filter((one) => extreme.has(one.ref)).flatMap((one) => one.actionRefs),
    ...snapshot.actions.filter((one) => one.riskRefs.some((ref) => extreme.has(ref))).map((one) => one.ref),
  ]);
}

function judgeAction(
  grounds: Grounds,
  action: Action,
  measures: ReadonlyMap<Ref, MeasureAssessment>,
  extreme: ReadonlySet<Ref>,
): { readonly assessment: ActionAssessment; readonly findings: readonly Finding[] } {
  const facts = deliveryFacts(grounds, action);
  const { complete, completedOn } = facts.completion;
  const effect = judgeEffect(grounds, action, facts.completion, measures);
  const delivery = judgeDelivery(grounds, action, facts, effect.rating);
  const moves = dateMovesOf(grounds, action);
  const slow = judgeSlow(grounds, action, facts, moves, measures);
  const slowThen = grounds.loggedRow('action', action.ref, grounds.logsBefore[0])?.slow === true;
  const behind = complete ? behindTwice(grounds, action, measures) : [];
  const answers = grounds.answersOf('action', action.ref);
  const daysLateWorking =
    complete || action.dueOn === undefined || action.dueOn >= grounds.on
      ? 0
      : grounds.calendar.workingDaysBetween(action.dueOn, grounds.on);
  const unsupported = unsupportedDelivery(action, delivery);
  const assessment: ActionAssessment = {
    ref: action.ref,
    areaRef: action.areaRef,
    title: action.title,
    ...(action.ownerRef === undefined ? {} : { ownerRef: action.ownerRef }),
    ...(action.leadBody === undefined ? {} : { leadBody: action.leadBody }),
    claimedDelivery: action.deliveryStatus,
    computedDelivery: delivery.rating,
    deliveryReasons: delivery.reasons,
    claimedEffect: action.effectStatus,
    computedEffect: effect.rating,
    effectReasons: effect.reasons,
    deliveryClaim: compareDelivery(action.deliveryStatus, delivery.rating),
    effectClaim: compareEffect(action.effectStatus, effect.rating),
    complete,
    ...(completedOn === undefined ? {} : { completedOn }),
    started: facts.started,
    slow: slow.slow,
    slowReasons: slow.reasons,
    daysLateWorking,
    ...(action.dueOn === undefined ? {} : { dueOn: action.dueOn }),
    ...(action.originalDueOn === undefined ? {} : { originalDueOn: action.originalDueOn }),
    dateMoves: moves.times,
    dateMovedCalendarDays: moves.calendarDays,
    progress: facts.progress,
    backOnTrack: slowThen && !slow.slow,
    slowMeetings: slow.slow ? 1 + slowBefore(grounds, action.ref) : 0,
    doneButMeasureBehind: behind.length > 0,
    ...(answers.lastAt === undefined ? {} : { lastUpdateAt: answers.lastAt }),
    answered: answers.inTime,
    asked: grounds.asked('action', action.ref),
    urgency: urgencyOf(grounds, action, delivery.rating, slow.slow, moves, extreme.has(action.ref), daysLateWorking),
  };
  return {
    assessment,
    findings: [
      ...facts.findings,
      ...(unsupported ? [unsupported] : []),
      ...effectFindings(action, effect),
      ...(slow.finding ? [slow.finding] : []),
      ...(behind.length > 0 ? [measureBehindFinding(action, behind)] : []),
      ...planFindings(grounds, action),
      ...dateFindings(grounds, action, moves, complete),
    ],
  };
}

/** Frozen logs in a row, back from the last, in which it was slow. */
function slowBefore(grounds: Grounds, ref: Ref): number {
  const stop = grounds.logsBefore.findIndex((log) => grounds.loggedRow('action', ref, log)?.slow !== true);
  return stop < 0 ? grounds.logsBefore.length : stop;
}

function behindTwice(
  grounds: Grounds,
  action: Action,
  measures: ReadonlyMap<Ref, MeasureAssessment>,
): readonly MeasureAssessment[] {
  return distinct(action.measureRefs)
    .flatMap((ref) => measures.get(ref) ?? [])
    .filter((one) => one.behindReadings >= grounds.policy.measureBehindReadings);
}

function measureBehindFinding(action: Action, behind: readonly MeasureAssessment[]): Finding {
  const said = behind.map(
    (one) => `${one.ref} (${one.name}) has been behind for ${count(one.behindReadings, 'reading')}`,
  );
  return {
    rule: 'done-but-measure-behind',
    level: 'finding',
    ref: action.ref,
    text: `Done, but ${listed(said)}.`,
    records: distinct([action.ref, ...behind.map((one) => one.ref)]),
  };
}

const ratingOrder: Readonly<Record<DeliveryStatus, number>> = {
  'off-track': 1,
  'at-risk': 2,
  'on-track': 3,
  'not-started': 4,
  complete: 5,
  embedded: 6,
};

/** Slow first; then the moved date missed too, an extreme risk, the notice's aim date, the days late. Smaller is worse. */
function urgencyOf(
  grounds: Grounds,
  action: Action,
  rating: DeliveryStatus,
  slow: boolean,
  moves: DateMoves,
  extremeRisk: boolean,
  daysLate: number,
): number {
  const aimOn = grounds.snapshot.facts.actionsAimOn;
  const open = rating !== 'complete' && rating !== 'embedded';
  const missedTwice = open && moves.times > 0 && moves.passedAgain;
  const expectedOn = action.forecastOn ?? action.dueOn;
  const beyondAim = open && aimOn !== undefined && expectedOn !== undefined && expectedOn > aimOn;
  return (
    (slow ? 0 : ratingOrder[rating]) * 1e6 +
    (missedTwice ? 0 : 4e5) +
    (extremeRisk ? 0 : 2e5) +
    (beyondAim ? 0 : 1e5) +
    (99_999 - Math.min(99_999, daysLate))
  );
}
