// The sections of the log around its rows: slow, back on track, contributions, areas, measures, dates, decisions, voices.
import { distinct, grouped } from './grounds';
import { logEvidence, present, type LogFacts } from './logFacts';
import { handOverLines } from './logIndex';
import { running } from './logRows';
import type { LogContribution, LogCourse, LogMeasure, LogSections, LogSlow } from './logShape';
import { helpOnOffer } from './wording';
import type { ActionAssessment, BoardAssessment, ContributionAssessment, MeasureAssessment } from './assessment';
import type { Finding, Ref } from './model';

/** Rows of the slow section on page one; the rest is counted. Source: docs/rules.md. */
const onPageOne = 7;
/** Readings behind that make a measure an objective slow to progress. Source: docs/rules.md. */
const slowReadings = 2;

export function logSections(facts: LogFacts): LogSections {
  const { snapshot, assessment } = facts;
  const slow = slowRows(facts);
  const titles = new Map(snapshot.actions.map((one) => [one.ref, one.title]));
  const measuresOf = new Map(snapshot.actions.map((one) => [one.ref, one.measureRefs]));
  const handed = handOverLines(facts);
  const behind = new Set(assessment.measures.filter(isSlow).map((one) => one.ref));
  return {
    slow,
    slowBeyondPageOne: Math.max(0, slow.length - onPageOne),
    backOnTrack: [...backOnTrack(facts, titles)],
    doneButMeasureBehind: assessment.actions
      .filter((one) => one.doneButMeasureBehind)
      .map((one) => ({
        ref: one.ref,
        title: one.title,
        measureRefs: (measuresOf.get(one.ref) ?? []).filter((ref) => behind.has(ref)),
      })),
    contributions: {
      help: `Help on offer: ${helpOnOffer}`,
      rows: contributions(facts),
    },
    areas: inTurn(facts).map((area) => ({
      ref: area.ref,
      title: area.title,
      actionRefs: assessment.actions.filter((one) => one.areaRef === area.ref).map((one) => one.ref),
      slow: area.slow,
      asked: area.asked,
      answered: area.answered,
      measuresBehind: area.measuresBehind,
      measures: area.measures,
      risksAboveTolerance: area.risksAboveTolerance,
      risks: area.risks,
      ...present('lastVoiceOn', area.lastVoiceOn),
      trend: area.trend,
    })),
    measures: assessment.measures.map((one) => measureRow(one, facts, handed(one.ref))),
    dateChanges: snapshot.dateChanges
      .filter(
        (one) =>
          one.decision === 'pending' ||
          one.meetingRef === facts.meetingRef ||
          facts.isNew(one.requestedOn) ||
          (one.decidedOn !== undefined && facts.isNew(one.decidedOn)),
      )
      .map((one) => ({
        ref: one.ref,
        subjectRef: one.subjectRef,
        actionRef: one.actionRef,
        fromOn: one.fromOn,
        toOn: one.toOn,
        reason: one.reason,
        requestedBy: facts.nameOf(one.requestedByRef),
        requestedOn: one.requestedOn,
        decision: one.decision,
        ...present('decidedOn', one.decidedOn),
        beyondNoticeAim: one.beyondNoticeAim,
      })),
    decisions: snapshot.decisions
      .filter(
        (one) =>
          one.state === 'open' ||
          one.meetingRef === facts.meetingRef ||
          one.meetingRef === assessment.previousMeetingRef ||
          (one.completedOn !== undefined && facts.isNew(one.completedOn)),
      )
      .map((one) => ({
        ref: one.ref,
        meetingRef: one.meetingRef,
        ...present('subjectRef', one.subjectRef),
        text: one.text,
        ...(one.ownerRef === undefined ? {} : { owner: facts.nameOf(one.ownerRef) }),
        ...present('dueOn', one.dueOn),
        state: one.state,
        overdue: one.state === 'open' && one.dueOn !== undefined && one.dueOn < assessment.on,
      })),
    livedExperience: livedExperience(facts),
    coProduction: snapshot.coProduction
      .filter((one) => facts.isNew(one.on))
      .map((one) => ({ ref: one.ref, on: one.on, with: one.with, did: one.did, ...present('changed', one.changed) })),
    findings: keyed(assessment.findings),
  };
}

/** Areas in the order of the notice, as the board's list has them. */
function inTurn({ snapshot, assessment }: LogFacts): BoardAssessment['areas'] {
  const place = new Map(snapshot.areas.map((one, index) => [one.ref, index]));
  const last = place.size;
  return [...assessment.areas].sort((a, b) => (place.get(a.ref) ?? last) - (place.get(b.ref) ?? last));
}

function isSlow(measure: MeasureAssessment): boolean {
  return measure.behindReadings >= slowReadings;
}

/** Actions in the order of their urgency (docs/rules.md), the same as in cards and tab; then objectives. */
function slowRows(facts: LogFacts): readonly LogSlow[] {
  const { snapshot, assessment } = facts;
  const actions = assessment.actions
    .filter((one) => one.slow)
    .sort((a, b) => a.urgency - b.urgency || (a.ref < b.ref ? -1 : 1))
    .map(slowAction);
  const links = snapshot.actions.flatMap((action) =>
    distinct(action.measureRefs).map((measureRef) => ({ measureRef, actionRef: action.ref })),
  );
  const meantToMove = grouped(links, (one) => one.measureRef);
  const objectives = assessment.measures.filter(isSlow).map((one) =>
    slowObjective(
      one,
      meantToMove(one.ref).map((link) => link.actionRef),
    ),
  );
  return [...actions, ...objectives].map((row, place) => ({ ...row, onPageOne: place < onPageOne }));
}

function slowAction(judged: ActionAssessment): Omit<LogSlow, 'onPageOne'> {
  return {
    ref: judged.ref,
    kind: 'action',
    title: judged.title,
    reasons: judged.slowReasons.map((one) => one.text),
    ...present('running', running(judged)),
    actionRefs: [],
  };
}

function slowObjective(judged: MeasureAssessment, actionRefs: readonly Ref[]): Omit<LogSlow, 'onPageOne'> {
  const reasons = judged.reasons.map((one) => one.text);
  return {
    ref: judged.ref,
    kind: 'measure',
    title: judged.name,
    reasons: reasons.length > 0 ? reasons : [`Behind for ${judged.behindReadings} readings.`],
    actionRefs,
  };
}

/** Good news is found by rule too: no longer slow, or effect newly clear. */
function* backOnTrack(
  facts: LogFacts,
  titles: ReadonlyMap<Ref, string>,
): Generator<{ readonly ref: Ref; readonly title: string; readonly text: string }> {
  const before = new Map(facts.previous?.actions.map((one) => [one.ref, one]));
  for (const one of facts.assessment.actions) {
    const title = titles.get(one.ref) ?? one.title;
    if (one.backOnTrack) yield { ref: one.ref, title, text: 'It was slow to progress in the last log and is not now.' };
    const then = before.get(one.ref)?.computedEffect;
    const known = then === 'too-early' || then === 'no-evidence' || then === 'some-evidence';
    if (known && one.computedEffect === 'clear-evidence')
      yield { ref: one.ref, title, text: 'The evidence of effect is newly clear.' };
  }
}

/** One row a body with its people under it; people of other bodies alone. Volunteers are named by their body. */
function contributions(facts: LogFacts): readonly LogContribution[] {
  const weak = facts.assessment.contributions.filter((one) => one.needsStrengthening);
  const bodies = weak.filter((one) => one.kind === 'body');
  const bodyNames = new Set(bodies.map((one) => one.name));
  const people = weak.filter((one) => one.kind === 'person');
  const rows = [
    ...bodies.map((body) => ({ one: body, under: people.filter((person) => person.body === body.name) })),
    ...people.filter((person) => !bodyNames.has(person.body)).map((person) => ({ one: person, under: [] })),
  ];
  return rows.map(({ one, under }) => contributionRow(one, under));
}

function contributionRow(one: ContributionAssessment, under: readonly ContributionAssessment[]): LogContribution {
  return {
    key: one.volunteer ? `${one.kind}/${one.body}` : `${one.kind}/${one.ref}`,
    kind: one.kind,
    ...(one.volunteer ? {} : { ref: one.ref }),
    name: one.volunteer ? one.body : one.name,
    body: one.body,
    asked: one.asked,
    onTime: one.onTime,
    reasons: one.reasons.map((reason) => reason.text),
    people: under
      .filter((person) => !person.volunteer)
      .map((person) => `${person.name}: ${person.reasons.map((reason) => reason.text).join(' ')}`),
  };
}

function measureRow(judged: MeasureAssessment, facts: LogFacts, handed: readonly string[]): LogMeasure {
  const { forecast } = judged;
  return {
    ref: judged.ref,
    areaRef: judged.areaRef,
    name: judged.name,
    unit: judged.unit,
    lowerIsBetter: judged.lowerIsBetter,
    owner: facts.nameOf(judged.ownerRef),
    state: judged.state,
    ...present('latestPeriod', judged.latestPeriod),
    ...present('latestValue', judged.latestValue),
    ...present('expectedValue', judged.expectedValue),
    behindReadings: judged.behindReadings,
    ...present('direction', judged.direction),
    forecast: forecast.kind === 'none' ? forecast.why : forecast.kind,
    ...(forecast.kind === 'none' ? {} : present('reachesOn', forecast.reachesOn)),
    missingPeriods: judged.missingPeriods,
    revised: judged.points.flatMap((one) =>
      one.asReported === undefined ? [] : [{ period: one.period, asReported: one.asReported, value: one.value }],
    ),
    reasons: judged.reasons.map((one) => one.text),
    ...(handed.length === 0 ? {} : { handedOver: handed }),
    ...present('course', courseOf(judged, facts)),
  };
}

function courseOf(judged: MeasureAssessment, facts: LogFacts): LogCourse | undefined {
  const measure = facts.measureOf(judged.ref);
  return (
    measure && {
      definition: measure.definition,
      ...present('baseline', measure.baseline),
      ...present('target', measure.target),
      tolerance: measure.tolerance,
      trajectory: measure.trajectory,
      readings: judged.points.map(({ period, value, asReported, expected, state }) => ({
        period,
        value,
        ...present('asReported', asReported),
        ...present('expected', expected),
        state,
      })),
    }
  );
}

/** Voices of families and children since the log compared with, area by area; none is said, not left out. */
function livedExperience(facts: LogFacts): LogSections['livedExperience'] {
  const { snapshot } = facts;
  const areaOf = new Map(snapshot.actions.map((one) => [one.ref, one.areaRef]));
  const voices = snapshot.evidence.filter(
    (one) => (one.kind === 'family-voice' || one.kind === 'child-voice') && facts.isNew(one.on),
  );
  return snapshot.areas.map((area) => ({
    ref: area.ref,
    voices: voices
      .filter((one) => (one.areaRef ?? (one.actionRef && areaOf.get(one.actionRef))) === area.ref)
      .map(logEvidence),
  }));
}

/** Two findings of one rule on one subject are told apart by a number. */
function keyed(findings: readonly Finding[]): LogSections['findings'] {
  const seen = new Map<string, number>();
  return findings.map((one) => {
    const name = `${one.rule}/${one.ref}`;
    const place = (seen.get(name) ?? 0) + 1;
    seen.set(name, place);
    return { key: place === 1 ? name : `${name}/${place}`, ...one };
  });
}
