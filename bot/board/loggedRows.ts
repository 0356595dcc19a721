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

/** Whether the log of a row was frozen after that of another; on one day the row added later to the list tells. */
export function isLaterRow(row: LoggedRow, than: LoggedRow): boolean {
  if (row.frozenOn !== than.frozenOn) return row.frozenOn > than.frozenOn;
  const [mine, theirs] = [numberOf(row), numberOf(than)];
  return mine === theirs ? row.logHash > than.logHash : mine > theirs;
}

/** SharePoint numbers the items of a list upwards and never uses a number again. */
function numberOf(row: LoggedRow): number {
  return Number(/\d+$/.exec(row.stamp?.itemId ?? '')?.[0] ?? 0);
}
