// Every number a rule uses, with its unit, its default and where the default comes from; a board may set its own.
import { defaultAgenda, isAgenda, type AgendaItem } from './agenda';
import type { BoardPolicyInput, Finding, QuietPeriod } from './model';

/** Working days are counted back from the meeting unless said otherwise. Source: docs/rules.md. */
export interface BoardPolicy {
  readonly timeZone: string;
  readonly invitationsWorkingDaysBefore: number;
  /** The first sending for a meeting waits for the secretary; moves and additions follow by themselves either way. */
  readonly secretarySendsFirstInvitations: boolean;
  readonly requestWorkingDaysBefore: number;
  readonly reminderWorkingDaysBefore: number;
  readonly finalReminderWorkingDaysBefore: number;
  readonly ownersDeadlineWorkingDaysBefore: number;
  readonly escalationWorkingDaysBefore: number;
  readonly papersDeadlineWorkingDaysBefore: number;
  readonly briefingWorkingDaysBefore: number;
  readonly digestWorkingDaysBefore: number;
  readonly arisingWorkingDaysAfter: number;
  readonly minutesWorkingDaysAfter: number;
  /** Meetings closer than this get the squeezed plan. */
  readonly squeezedBelowWorkingDays: number;
  /** The owners' deadline may not fall within so many working days after a quiet period of two days or more. */
  readonly deadlineAfterQuietWorkingDays: number;
  /** `HH:mm` in the board's zone. */
  readonly ownersDeadlineTime: string;
  readonly papersDeadlineTime: string;
  readonly sendingFromTime: string;
  readonly sendingUntilTime: string;
  /** Replaces the default (24 December to 1 January each year), even when empty. */
  readonly quietDays: readonly QuietPeriod[] | 'default';
  readonly offTrackLateWorkingDays: number;
  readonly milestoneLateWorkingDays: number;
  readonly forecastLateWorkingDays: number;
  readonly behindPoints: number;
  readonly nothingRecordedWorkingDays: number;
  readonly datesMovedTimes: number;
  readonly datesMovedCalendarDays: number;
  readonly onTimeAnswersPercent: number;
  readonly lateAnswersMinimum: number;
  readonly contributionCycles: number;
  readonly contributionOverdueActions: number;
  readonly contributionOverdueWorkingDays: number;
  readonly contributionNoEffectActions: number;
  /** Of the last three meetings, by a member the notice requires, with no deputy. */
  readonly contributionMissedMeetings: number;
  /** Consecutive latest readings after which a measure that is behind is an objective slow to progress. */
  readonly measureBehindReadings: number;
  readonly riskToleranceScore: number;
  readonly riskStuckLogs: number;
  readonly adviserQuestionWorkingDays: number;
  readonly reviewGapMonths: number;
  readonly voiceCycles: number;
  readonly levelShareOfTolerance: number;
  readonly forecastReadings: number;
  readonly forecastMinimumReadings: number;
  readonly forecastLateMonths: number;
  readonly forecastNeverMonths: number;
  readonly undoMinutes: number;
  /** Whether the secretary may decide a date change. */
  readonly secretaryDecidesDates: boolean;
  /** The standing items of the board pack's agenda, in order. */
  readonly agenda: readonly AgendaItem[];
}

export const defaultPolicy: BoardPolicy = {
  timeZone: 'Europe/London',
  invitationsWorkingDaysBefore: 20,
  secretarySendsFirstInvitations: true,
  requestWorkingDaysBefore: 15,
  reminderWorkingDaysBefore: 10,
  finalReminderWorkingDaysBefore: 8,
  ownersDeadlineWorkingDaysBefore: 7,
  escalationWorkingDaysBefore: 6,
  papersDeadlineWorkingDaysBefore: 5,
  briefingWorkingDaysBefore: 3,
  digestWorkingDaysBefore: 1,
  arisingWorkingDaysAfter: 1,
  minutesWorkingDaysAfter: 5,
  squeezedBelowWorkingDays: 25,
  deadlineAfterQuietWorkingDays: 2,
  ownersDeadlineTime: '17:00',
  papersDeadlineTime: '16:00',
  sendingFromTime: '08:00',
  sendingUntilTime: '18:00',
  quietDays: 'default',
  offTrackLateWorkingDays: 20,
  milestoneLateWorkingDays: 5,
  forecastLateWorkingDays: 20,
  behindPoints: 20,
  nothingRecordedWorkingDays: 20,
  datesMovedTimes: 2,
  datesMovedCalendarDays: 30,
  onTimeAnswersPercent: 80,
  lateAnswersMinimum: 3,
  contributionCycles: 3,
  contributionOverdueActions: 2,
  contributionOverdueWorkingDays: 20,
  contributionNoEffectActions: 2,
  contributionMissedMeetings: 2,
  measureBehindReadings: 2,
  riskToleranceScore: 12,
  riskStuckLogs: 3,
  adviserQuestionWorkingDays: 10,
  reviewGapMonths: 6,
  voiceCycles: 2,
  levelShareOfTolerance: 0.5,
  forecastReadings: 6,
  forecastMinimumReadings: 4,
  forecastLateMonths: 1,
  forecastNeverMonths: 12,
  undoMinutes: 10,
  secretaryDecidesDates: false,
  agenda: defaultAgenda,
};

/** The policy in force: the defaults with the board's own values; a value that does not fit is a finding and the default holds. */
export function resolvePolicy(input: BoardPolicyInput): ResolvedPolicy {
  const known = resolved.get(input) ?? resolve(input);
  resolved.set(input, known);
  return known;
}

interface ResolvedPolicy {
  readonly policy: BoardPolicy;
  readonly findings: readonly Finding[];
}

/** One for each board's settings, so that its calendar is the same wherever it is asked for. */
const resolved = new WeakMap<BoardPolicyInput, ResolvedPolicy>();

function resolve(input: BoardPolicyInput): ResolvedPolicy {
  const findings: Finding[] = [];
  const merged: Record<string, unknown> = { ...defaultPolicy };
  for (const [key, value] of Object.entries(input)) {
    const standard = (defaultPolicy as unknown as Record<string, unknown>)[key];
    const special = specialKinds[key];
    const fits = special ? special(value) : standard !== undefined && sameKind(standard, value);
    if (fits) merged[key] = value;
    else
      findings.push({
        rule: 'policy-not-understood',
        level: 'finding',
        ref: key,
        text:
          standard === undefined
            ? `The board's policy has a setting "${key}" that is not known; it is not used.`
            : `The board's policy sets "${key}" to a value that does not fit; the default is used.`,
        records: ['policy'],
      });
  }
  return { policy: merged as unknown as BoardPolicy, findings };
}

/** Settings that are neither a figure, a time nor a yes or no. */
const specialKinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  quietDays: isQuietDays,
  agenda: isAgenda,
};

function sameKind(standard: unknown, value: unknown): boolean {
  if (typeof standard === 'number') return typeof value === 'number' && Number.isFinite(value) && value >= 0;
  if (typeof standard === 'string' && /^\d\d:\d\d$/.test(standard))
    return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
  return typeof standard === typeof value;
}

function isQuietDays(value: unknown): boolean {
  if (value === 'default') return true;
  const civil = /^\d{4}-\d{2}-\d{2}$/;
  return (
    Array.isArray(value) &&
    value.every((one: unknown) => {
      if (typeof one !== 'object' || one === null) return false;
      const { fromOn, toOn } = one as { fromOn?: unknown; toOn?: unknown };
      return (
        typeof fromOn === 'string' &&
        civil.test(fromOn) &&
        typeof toOn === 'string' &&
        civil.test(toOn) &&
        fromOn <= toOn
      );
    })
  );
}
