// Every value of a board's policy as people read it: what it is for, its unit, and where it stands among the others. Source: docs/rules.md.
import type { BoardPolicy } from './policy';
import { count } from './wording';

export type Unit =
  | 'working day'
  | 'calendar day'
  | 'month'
  | 'minute'
  | 'point'
  | 'per cent'
  | 'reading'
  | 'meeting'
  | 'log'
  | 'cycle'
  | 'action'
  | 'answer'
  | 'time'
  | 'none';
export const policyGroups = [
  'The cycle of a meeting',
  'Delivery and what is slow',
  'Contributions',
  'Measures',
  'Risks',
  'Notice and advisers',
  'Who may do what',
] as const;
export type PolicyGroup = (typeof policyGroups)[number];

interface PolicyWords {
  readonly group: PolicyGroup;
  readonly words: string;
  readonly unit: Unit;
}

const cycle = (words: string, unit: Unit = 'working day'): PolicyWords => ({
  group: 'The cycle of a meeting',
  words,
  unit,
});
const slow = (words: string, unit: Unit): PolicyWords => ({ group: 'Delivery and what is slow', words, unit });
const body = (words: string, unit: Unit): PolicyWords => ({ group: 'Contributions', words, unit });
const measure = (words: string, unit: Unit): PolicyWords => ({ group: 'Measures', words, unit });
const risk = (words: string, unit: Unit): PolicyWords => ({ group: 'Risks', words, unit });
const notice = (words: string, unit: Unit): PolicyWords => ({ group: 'Notice and advisers', words, unit });
const may = (words: string, unit: Unit = 'none'): PolicyWords => ({ group: 'Who may do what', words, unit });

/** Quiet days and the agenda are lists, shown apart. */
export const policyWords: Readonly<Record<Exclude<keyof BoardPolicy, 'quietDays' | 'agenda'>, PolicyWords>> = {
  timeZone: cycle('The zone of all days and times', 'none'),
  invitationsWorkingDaysBefore: cycle('Latest date for invitations, before the meeting'),
  requestWorkingDaysBefore: cycle('Update request to owners, before the meeting'),
  reminderWorkingDaysBefore: cycle('Reminder, before the meeting'),
  finalReminderWorkingDaysBefore: cycle('Final reminder, before the meeting'),
  ownersDeadlineWorkingDaysBefore: cycle('Owners’ deadline, before the meeting'),
  ownersDeadlineTime: cycle('Time of the owners’ deadline', 'time'),
  escalationWorkingDaysBefore: cycle('Escalation of what is unanswered, before the meeting'),
  papersDeadlineWorkingDaysBefore: cycle('Papers deadline, before the meeting'),
  papersDeadlineTime: cycle('Time of the papers deadline', 'time'),
  briefingWorkingDaysBefore: cycle('Chair’s briefing, before the meeting'),
  digestWorkingDaysBefore: cycle('Digest, before the meeting'),
  arisingWorkingDaysAfter: cycle('Decisions and actions arising to their owners, after the meeting'),
  minutesWorkingDaysAfter: cycle('Draft minutes due, after the meeting'),
  squeezedBelowWorkingDays: cycle('Meetings closer than this get a squeezed plan, which somebody confirms'),
  deadlineAfterQuietWorkingDays: cycle('No owners’ deadline within so long after quiet days'),
  sendingFromTime: cycle('Messages are sent from', 'time'),
  sendingUntilTime: cycle('Messages are sent until', 'time'),
  offTrackLateWorkingDays: slow(
    'Off track when the forecast is past the due date, or a milestone late, by more than',
    'working day',
  ),
  milestoneLateWorkingDays: slow('Slow when an open milestone is late by more than', 'working day'),
  forecastLateWorkingDays: slow('Slow when the forecast is past the due date by more than', 'working day'),
  behindPoints: slow('At risk and slow when behind its time, without milestones, by at least', 'point'),
  nothingRecordedWorkingDays: slow('At risk when nothing is recorded since the start for more than', 'working day'),
  datesMovedTimes: slow('Slow when its due date was moved, with approval, at least so many times', 'none'),
  datesMovedCalendarDays: slow('Slow when its due date was moved in all by at least', 'calendar day'),
  contributionCycles: body('Judged over the last', 'cycle'),
  onTimeAnswersPercent: body('To strengthen when fewer answers came on time than', 'per cent'),
  lateAnswersMinimum: body('and so many or more were late or missing', 'answer'),
  contributionOverdueActions: body('To strengthen when so many or more are overdue', 'action'),
  contributionOverdueWorkingDays: body('each overdue by more than', 'working day'),
  contributionNoEffectActions: body('To strengthen when so many are complete without evidence of effect', 'action'),
  contributionMissedMeetings: body(
    'A member the notice requires was not at, of the last three, with no deputy',
    'meeting',
  ),
  measureBehindReadings: measure('Behind counts after so many readings running', 'reading'),
  levelShareOfTolerance: measure('A change is level up to this share of the tolerance', 'none'),
  forecastReadings: measure('The forecast rests on the last', 'reading'),
  forecastMinimumReadings: measure('No forecast with fewer than', 'reading'),
  forecastLateMonths: measure('The target is late when reached after its date by more than', 'month'),
  forecastNeverMonths: measure('The target is not on this trend when late by more than', 'month'),
  riskToleranceScore: risk('Above tolerance is a score over', 'none'),
  riskStuckLogs: risk('Stuck when not reduced now nor in the last', 'log'),
  adviserQuestionWorkingDays: notice('An adviser’s question waits too long after', 'working day'),
  reviewGapMonths: notice('Longest time from the notice, or a review, to the next review', 'month'),
  voiceCycles: notice('Families’ or children’s voice expected within the last', 'cycle'),
  secretarySendsFirstInvitations: may('The first invitations of a meeting wait for the secretary'),
  secretaryDecidesDates: may('The secretary may decide date changes'),
  undoMinutes: may('A saved answer may be undone for', 'minute'),
};

/** `20 working days`, `17:00`, `yes`. */
export function policyValueWords(unit: Unit, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || unit === 'none' || unit === 'time') return String(value);
  if (unit === 'per cent') return `${value}%`;
  return count(value, unit);
}
