// The rows that a frozen log leaves in its list, from which later logs are compared and an old one is rebuilt.
import type { CompiledLog } from './logShape';
import type { CivilDate, LoggedRow } from './model';

/** One row an action and a risk, and one for the headline. */
export function loggedValues(log: CompiledLog, logHash: string, frozenOn: CivilDate): readonly LoggedRow[] {
  const head = { meetingRef: log.meetingRef, kind: log.kind, frozenOn, logHash };
  return [
    { ...head, subjectKind: 'headline', subjectRef: log.meetingRef, asked: log.headline.text },
    ...log.actions.map((row): LoggedRow => ({
      ...head,
      subjectKind: 'action',
      subjectRef: row.ref,
      claimedDelivery: row.claimedDelivery,
      computedDelivery: row.computedDelivery,
      claimedEffect: row.claimedEffect,
      computedEffect: row.computedEffect,
      milestonesDone: row.milestonesDone,
      milestonesTotal: row.milestonesTotal,
      percentComplete: row.percent,
      ...(row.dueOn === null ? {} : { dueOn: row.dueOn }),
      ...(row.forecastOn === null ? {} : { forecastOn: row.forecastOn }),
      slow: row.slow,
      asked: row.asked,
    })),
    ...log.risks.map((row): LoggedRow => ({
      ...head,
      subjectKind: 'risk',
      subjectRef: row.ref,
      likelihood: row.likelihood,
      impact: row.impact,
    })),
  ];
}
