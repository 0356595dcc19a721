// The rows that a frozen log leaves in its list, from which later logs are compared and an old one is rebuilt.
import type { CompiledLog } from './logShape';
import type { CivilDate, LoggedRow, LogKind, Ref } from './model';

/** A frozen log as its rows tell of it. */
export interface LoggedLog {
  readonly meetingRef: Ref;
  readonly kind: LogKind;
  readonly hash: string;
  /** The row of it that was added last. */
  readonly last: LoggedRow;
  /** Its rows about actions, in the order of the list. */
  readonly actions: readonly LoggedRow[];
  /** How many of these were slow; absent where that was not recorded. */
  readonly slow: number | undefined;
  readonly rows: readonly LoggedRow[];
}

const known = new WeakMap<readonly LoggedRow[], readonly LoggedLog[]>();

/** The frozen logs of the list, as they are first met; worked out once for the same rows. */
export function loggedLogs(rows: readonly LoggedRow[]): readonly LoggedLog[] {
  const before = known.get(rows);
  if (before) return before;
  const groups = new Map<string, LoggedRow[]>();
  for (const row of rows) {
    const key = `${row.meetingRef} ${row.kind} ${row.logHash}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const logs = [...groups.values()].map((group) => {
    const last = group.reduce((latest, one) => (isLaterRow(latest, one) ? latest : one));
    const actions = group.filter((one) => one.subjectKind === 'action');
    const judged = actions.filter((one) => one.slow !== undefined);
    const slow = judged.length === 0 ? undefined : judged.filter((one) => one.slow).length;
    return { meetingRef: last.meetingRef, kind: last.kind, hash: last.logHash, last, actions, slow, rows: group };
  });
  known.set(rows, logs);
  return logs;
}

/** The log that was frozen last, of those that are wanted. */
export function latestLog(
  rows: readonly LoggedRow[],
  isWanted: (log: LoggedLog) => boolean = () => true,
): LoggedLog | undefined {
  const [first, ...more] = loggedLogs(rows).filter(isWanted);
  return first && more.reduce((latest, one) => (isLaterRow(latest.last, one.last) ? latest : one), first);
}

/** The log of a meeting, before or after it, that was frozen last. */
export function latestLogOf(rows: readonly LoggedRow[], meetingRef: Ref, kind: LogKind): LoggedLog | undefined {
  return latestLog(rows, (one) => one.meetingRef === meetingRef && one.kind === kind);
}

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
