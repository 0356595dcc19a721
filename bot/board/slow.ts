// Slow to progress: why an action that has started and is not complete is on the board's list. Rules: docs/rules.md, "Slow".
import type { MeasureAssessment } from './assessment';
import { behindText, forecastSlip, lateMilestones, passedDays, type DeliveryFacts } from './delivery';
import { distinct, type Grounds } from './grounds';
import type { Action, Finding, LoggedRow, Reason, Ref } from './model';
import { count, listed, plain, sentence } from './wording';

export interface DateMoves {
  /** Approved changes of the action's and its milestones' dates. */
  readonly times: number;
  /** Calendar days from the first date to the one in force, or their sum over the approved changes. */
  readonly calendarDays: number;
  /** The date in force has passed too. */
  readonly passedAgain: boolean;
  readonly changeRefs: readonly Ref[];
}

export interface SlowJudgement {
  readonly slow: boolean;
  readonly reasons: readonly Reason[];
  readonly finding?: Finding;
}

/** A clause that reads well after "because", and the reason made of it. */
interface Because {
  readonly clause: string;
  readonly reason: Reason;
}

/** How often and how far the due date was moved with approval; OriginalDueOn itself never changes. */
export function dateMovesOf(grounds: Grounds, action: Action): DateMoves {
  const approved = grounds
    .dateChangesOf(action.ref)
    .filter((one) => one.decision === 'approved' && (one.decidedOn === undefined || one.decidedOn <= grounds.on));
  const { calendar } = grounds;
  const bySum = approved.reduce((sum, one) => sum + calendar.daysBetween(one.fromOn, one.toOn), 0);
  const byDates =
    action.originalDueOn === undefined || action.dueOn === undefined
      ? 0
      : calendar.daysBetween(action.originalDueOn, action.dueOn);
  return {
    times: Math.max(approved.length, byDates === 0 ? 0 : 1),
    calendarDays: Math.max(0, bySum, byDates),
    passedAgain: action.dueOn !== undefined && action.dueOn < grounds.on,
    changeRefs: approved.map((one) => one.ref).sort(),
  };
}

/** True when the due date moved often enough, or far enough, to tell the board. */
export function movedMuch(grounds: Grounds, moves: DateMoves): boolean {
  const { datesMovedTimes, datesMovedCalendarDays } = grounds.policy;
  return moves.times >= datesMovedTimes || (moves.times > 0 && moves.calendarDays >= datesMovedCalendarDays);
}

/** `moved once, by 60 calendar days, and the new date has passed too`, after "the due date". */
export function movedText(moves: DateMoves): string {
  const times = moves.times === 1 ? 'once' : moves.times === 2 ? 'twice' : `${moves.times} times`;
  const passed = moves.passedAgain ? ', and the new date has passed too' : '';
  return `was moved ${times}, by ${count(moves.calendarDays, 'calendar day')} in all${passed}`;
}

/** Every reason that applies; a measure that is behind is added to an action already slow, never its only reason. */
export function judgeSlow(
  grounds: Grounds,
  action: Action,
  facts: DeliveryFacts,
  moves: DateMoves,
  measures: ReadonlyMap<Ref, MeasureAssessment>,
): SlowJudgement {
  if (facts.completion.complete || !facts.started) return { slow: false, reasons: [] };
  const own = [
    ...overdue(grounds, action),
    ...milestonesLate(grounds, action, facts),
    ...forecastLate(grounds, action),
    ...behindTime(grounds, action, facts),
    ...nothingMoved(grounds, action, facts),
    ...dateMoved(grounds, action, moves),
    ...notAnswered(grounds, action),
  ];
  if (own.length === 0) return { slow: false, reasons: [] };
  const all = [...own, ...measuresBehind(grounds, action, measures)];
  const reasons = all.map((one) => one.reason);
  return {
    slow: true,
    reasons,
    finding: {
      rule: 'slow-to-progress',
      level: 'finding',
      ref: action.ref,
      text: `Slow to progress because ${together(all.map((one) => one.clause))}.`,
      records: distinct([action.ref, ...reasons.flatMap((one) => one.records)]),
    },
  };
}

/** Two clauses read well with "and"; more are set apart, because they have commas of their own. */
function together(clauses: readonly string[]): string {
  return clauses.length > 2 ? clauses.join('; ') : listed(clauses);
}

function because(rule: string, clause: string, figures: Reason['figures'], records: readonly Ref[]): Because[] {
  return [{ clause, reason: { rule, text: sentence(clause), figures, records: distinct(records) } }];
}

function overdue(grounds: Grounds, action: Action): readonly Because[] {
  if (action.dueOn === undefined || action.dueOn >= grounds.on) return [];
  const days = grounds.calendar.workingDaysBetween(action.dueOn, grounds.on);
  return because(
    'slow-overdue',
    `the due date passed ${passedDays(days)}`,
    { dueOn: action.dueOn, workingDaysLate: days },
    [action.ref],
  );
}

function milestonesLate(grounds: Grounds, action: Action, facts: DeliveryFacts): readonly Because[] {
  const limit = grounds.policy.milestoneLateWorkingDays;
  return lateMilestones(grounds, facts)
    .filter((one) => one.workingDays > limit)
    .flatMap(({ milestone, workingDays }) =>
      because(
        'slow-milestone-late',
        `the milestone "${milestone.title}" is ${count(workingDays, 'working day')} late`,
        { milestone: milestone.ref, dueOn: milestone.dueOn, workingDaysLate: workingDays },
        [action.ref, milestone.ref],
      ),
    );
}

function forecastLate(grounds: Grounds, action: Action): readonly Because[] {
  const slip = forecastSlip(grounds, action);
  if (!slip || slip.workingDays <= grounds.policy.forecastLateWorkingDays) return [];
  return because(
    'slow-forecast-late',
    `its own forecast, ${grounds.calendar.longDate(slip.forecastOn)}, is ${count(slip.workingDays, 'working day')} after the due date`,
    { forecastOn: slip.forecastOn, dueOn: slip.dueOn, workingDaysLate: slip.workingDays },
    [action.ref],
  );
}

function behindTime(grounds: Grounds, action: Action, facts: DeliveryFacts): readonly Because[] {
  const behind = facts.progress.behindPoints;
  if (behind === undefined || behind < grounds.policy.behindPoints) return [];
  return because('slow-behind-time', behindText(action, behind), { behindPoints: Math.floor(behind) }, [action.ref]);
}

/** Compared with each of the last two frozen logs; an action that either did not list is not judged by this. */
function nothingMoved(grounds: Grounds, action: Action, facts: DeliveryFacts): readonly Because[] {
  const [last, lastButOne] = grounds.logsBefore;
  const lastRow = grounds.loggedRow('action', action.ref, last);
  const earlierRow = grounds.loggedRow('action', action.ref, lastButOne);
  if (!last || !lastButOne || !lastRow || !earlierRow) return [];
  const now = { done: facts.progress.milestonesDone, percent: action.percentComplete };
  if ([lastRow, earlierRow].some((row) => !isComparable(row, now.percent) || hasMoved(row, now))) return [];
  const since = grounds.calendar.longDate(lastButOne.on);
  const before = earlierRow.percentComplete;
  const figures = {
    since: lastButOne.ref,
    milestonesDone: now.done,
    milestonesDoneThen: earlierRow.milestonesDone ?? 'not recorded then',
    percentComplete: now.percent ?? 'not recorded',
    percentCompleteThen: before ?? 'not recorded then',
  };
  return because(
    'slow-nothing-moved',
    before !== undefined && now.percent !== undefined && now.percent < before
      ? `nothing has moved forward since the meeting on ${since}, and the percentage went back from ${plain(before)}% to ${plain(now.percent)}%`
      : `nothing has moved forward since the meeting on ${since}`,
    figures,
    [action.ref, last.ref, lastButOne.ref],
  );
}

/** Milestones or a percentage must be there on both sides. */
function isComparable(row: LoggedRow, percentNow: number | undefined): boolean {
  return row.milestonesDone !== undefined || (row.percentComplete !== undefined && percentNow !== undefined);
}

function hasMoved(row: LoggedRow, now: { readonly done: number; readonly percent: number | undefined }): boolean {
  const moreDone = row.milestonesDone !== undefined && now.done > row.milestonesDone;
  const higher = row.percentComplete !== undefined && now.percent !== undefined && now.percent > row.percentComplete;
  return moreDone || higher;
}

function dateMoved(grounds: Grounds, action: Action, moves: DateMoves): readonly Because[] {
  if (!movedMuch(grounds, moves)) return [];
  return because(
    'slow-date-moved',
    `the due date ${movedText(moves)}`,
    { times: moves.times, calendarDays: moves.calendarDays, passedAgain: moves.passedAgain },
    [action.ref, ...moves.changeRefs],
  );
}

function notAnswered(grounds: Grounds, action: Action): readonly Because[] {
  const { meeting } = grounds;
  if (!meeting || !grounds.ownersDeadlinePassed || !grounds.asked('action', action.ref)) return [];
  if (grounds.answersOf('action', action.ref).sinceLastMeeting) return [];
  return because(
    'slow-not-answered',
    "no answer had come by the owners' deadline",
    { meeting: meeting.ref, ownersDeadlineOn: grounds.deadlinesOf(meeting).ownersDeadlineOn },
    [action.ref],
  );
}

function measuresBehind(
  grounds: Grounds,
  action: Action,
  measures: ReadonlyMap<Ref, MeasureAssessment>,
): readonly Because[] {
  return action.measureRefs.flatMap((ref) => {
    const measure = measures.get(ref);
    if (!measure || measure.behindReadings < grounds.policy.measureBehindReadings) return [];
    return because(
      'slow-measure-behind',
      `its measure ${ref} has been behind for ${count(measure.behindReadings, 'reading')}`,
      { measure: ref, behindReadings: measure.behindReadings },
      [action.ref, ref],
    );
  });
}
