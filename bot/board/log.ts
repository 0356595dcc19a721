// Compiles the action and impact log from one snapshot, judged as of one moment; rebuilds an old one from its rows.
import type { BoardAssessment } from './assessment';
import { createLogFacts } from './logFacts';
import { actionRows, riskRows } from './logRows';
import { meetingOutcomes } from './logOutcomes';
import { logSections } from './logSections';
import { notRecorded, type ActionImpactLog, type CompiledLog, type LogHeadline, type LogRow } from './logShape';
import { latestLogOf } from './loggedRows';
import type { BoardSnapshot, LoggedRow, LogKind, Ref } from './model';

export type * from './logShape';
export { notRecorded } from './logShape';

/** The log of a meeting; `previous` is the frozen log it is compared with. The value is plain JSON. */
export function compileLog(input: {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly kind: LogKind;
  readonly meetingRef: Ref;
  readonly previous?: ActionImpactLog;
}): CompiledLog {
  const { snapshot, assessment, kind, meetingRef, previous } = input;
  const facts = createLogFacts(input);
  return {
    form: 'action-impact-log/1',
    boardId: snapshot.facts.id,
    boardName: snapshot.facts.name,
    meetingRef,
    meetingOn: snapshot.meetings.find((one) => one.ref === meetingRef)?.on ?? assessment.on,
    kind,
    judgedAt: assessment.at,
    judgedOn: assessment.on,
    ...(previous ? { comparedWith: { meetingRef: previous.meetingRef, kind: previous.kind } } : {}),
    headline: headline(assessment),
    actions: actionRows(facts),
    risks: riskRows(facts),
    sections: {
      ...logSections(facts),
      ...(kind === 'after the meeting' ? { outcomes: meetingOutcomes(facts) } : {}),
    },
  };
}

function headline(assessment: BoardAssessment): LogHeadline {
  const { text, direction, slow, open, total, slowLastTime } = assessment.headline;
  return { text, direction, slow, open, total, slowLastTime: slowLastTime ?? notRecorded };
}

/** The frozen log of a meeting as its rows in the list record it; of several the last frozen. Undefined without rows. */
export function rebuildLog(snapshot: BoardSnapshot, meetingRef: Ref, kind: LogKind): ActionImpactLog | undefined {
  const log = latestLogOf(snapshot.loggedRows, meetingRef, kind);
  if (!log) return undefined;
  const { last } = log;
  const rows = log.rows.toSorted((a, b) => (a.subjectRef < b.subjectRef ? -1 : 1));
  return {
    form: 'action-impact-log/1',
    boardId: snapshot.facts.id,
    boardName: snapshot.facts.name,
    meetingRef,
    meetingOn: snapshot.meetings.find((one) => one.ref === meetingRef)?.on ?? last.frozenOn,
    kind,
    judgedAt: notRecorded,
    judgedOn: last.frozenOn,
    headline: notRecorded,
    actions: rows.filter((one) => one.subjectKind === 'action').map(rebuiltRow),
    risks: rows
      .filter((one) => one.subjectKind === 'risk')
      .map((one) => ({
        ref: one.subjectRef,
        likelihood: one.likelihood ?? notRecorded,
        impact: one.impact ?? notRecorded,
        detail: notRecorded,
      })),
    sections: notRecorded,
  };
}

function rebuiltRow(one: LoggedRow): LogRow {
  return {
    ref: one.subjectRef,
    claimedDelivery: one.claimedDelivery ?? notRecorded,
    computedDelivery: one.computedDelivery ?? notRecorded,
    claimedEffect: one.claimedEffect ?? notRecorded,
    computedEffect: one.computedEffect ?? notRecorded,
    percent: one.percentComplete ?? notRecorded,
    milestonesDone: one.milestonesDone ?? notRecorded,
    milestonesTotal: one.milestonesTotal ?? notRecorded,
    dueOn: one.dueOn ?? notRecorded,
    forecastOn: one.forecastOn ?? notRecorded,
    slow: one.slow ?? notRecorded,
    asked: one.asked ?? notRecorded,
    detail: notRecorded,
  };
}
