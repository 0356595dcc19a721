// What every view is made from: snapshot, assessment, calendar, the reader, and short ways to names and dates in words.
import type { ActionAssessment, BoardAssessment } from '../board/assessment';
import { planOf } from '../board/bodyCycle';
import { calendarOf, planCycle } from '../board/cycle';
import type { CycleDeadlines } from '../board/cycleSteps';
import type { Calendar } from '../board/calendar';
import { pauseAt, pauseWords } from '../board/managePause';
import type { Action, Area, BoardSnapshot, CivilDate, Instant, Meeting, Reason, Ref } from '../board/model';
import type { Viewer } from './access';

/** From when the figures of a view are; `stale` says why they are older than they should be. */
export interface AsOf {
  readonly boardId: string;
  readonly boardName: string;
  readonly at: Instant;
  readonly atWords: string;
  readonly readAtWords: string;
  readonly stale: string | undefined;
  readonly paused: string | undefined;
}

export interface ViewContext {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly calendar: Calendar;
  readonly viewer: Viewer;
  readonly asOf: AsOf;
  readonly actionsByRef: ReadonlyMap<Ref, Action>;
  readonly assessedByRef: ReadonlyMap<Ref, ActionAssessment>;
  readonly areasByRef: ReadonlyMap<Ref, Area>;
  readonly meetingsByRef: ReadonlyMap<Ref, Meeting>;
  /** The meeting prepared for, the one before it, and the dates of its cycle. */
  readonly meeting: Meeting | undefined;
  readonly previousMeeting: Meeting | undefined;
  readonly deadlines: CycleDeadlines | undefined;
  /** The name to show; a volunteer is shown as their body. */
  nameOf(personRef: Ref): string;
}

/** What of it is the same for whoever looks, and at whatever moment while the judgement stands. */
export type BoardContext = Pick<
  ViewContext,
  | 'snapshot'
  | 'assessment'
  | 'calendar'
  | 'actionsByRef'
  | 'assessedByRef'
  | 'areasByRef'
  | 'meetingsByRef'
  | 'meeting'
  | 'previousMeeting'
>;

export type ShownReason = Pick<Reason, 'rule' | 'text' | 'records'>;

export function createContext(input: {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly viewer: Viewer;
  /** When SharePoint last answered: nothing may have changed since the snapshot was made. */
  readonly readAt: Instant;
  readonly stale?: string | undefined;
}): ViewContext {
  const { snapshot, assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const meetingsByRef = new Map(snapshot.meetings.map((one) => [one.ref, one]));
  const find = (ref: Ref | undefined) => (ref === undefined ? undefined : meetingsByRef.get(ref));
  const meeting = find(assessment.meetingRef);
  const previousMeeting = find(assessment.previousMeetingRef);
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const pause = pauseAt(snapshot, assessment.at);
  return {
    boardId: input.boardId,
    snapshot,
    assessment,
    calendar,
    viewer: input.viewer,
    asOf: {
      boardId: input.boardId,
      boardName: snapshot.facts.name,
      at: assessment.at,
      atWords: calendar.longDateTime(assessment.at),
      readAtWords: calendar.longDateTime(input.readAt),
      stale: input.stale,
      paused: pause && input.viewer.seesReadiness ? pauseWords(pause, snapshot, calendar) : undefined,
    },
    actionsByRef: new Map(snapshot.actions.map((one) => [one.ref, one])),
    assessedByRef: new Map(assessment.actions.map((one) => [one.ref, one])),
    areasByRef: new Map(snapshot.areas.map((one) => [one.ref, one])),
    meetingsByRef,
    meeting,
    previousMeeting,
    deadlines: meeting && planCycle(meeting, previousMeeting, calendar, assessment.policy).deadlines,
    nameOf: (personRef) => {
      const person = people.get(personRef);
      if (!person) return personRef;
      return person.volunteer && person.ref !== input.viewer.person.ref ? person.body : person.name;
    },
  };
}

/** The deadlines as this person has them: their body may have quiet days of its own. */
export function deadlinesFor(context: ViewContext, personRef: Ref | undefined): CycleDeadlines | undefined {
  const { snapshot, assessment, calendar, meeting, previousMeeting } = context;
  if (!meeting) return undefined;
  const person = snapshot.people.find((one) => one.ref === personRef);
  const plan = planCycle(meeting, previousMeeting, calendar, assessment.policy);
  return planOf(person, plan, snapshot, assessment.policy).deadlines;
}

export function areaLabel(context: Pick<ViewContext, 'areasByRef'>, areaRef: Ref): string {
  const area = context.areasByRef.get(areaRef);
  return area?.shortLabel ?? area?.title ?? areaRef;
}

export function ownerOf(context: ViewContext, ownerRef: Ref | undefined): { ref: Ref; name: string } | undefined {
  return ownerRef === undefined ? undefined : { ref: ownerRef, name: context.nameOf(ownerRef) };
}

export function shownReasons(reasons: readonly Reason[]): readonly ShownReason[] {
  return reasons.map(({ rule, text, records }) => ({ rule, text, records }));
}

/** `today`, `tomorrow`, `in 7 working days`, `12 working days ago`. */
export function distanceWords(calendar: Calendar, todayOn: CivilDate, on: CivilDate): string {
  const days = calendar.daysBetween(todayOn, on);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  const working = Math.abs(calendar.workingDaysBetween(todayOn, on));
  const counted = `${working} working ${working === 1 ? 'day' : 'days'}`;
  return days > 0 ? `in ${counted}` : `${counted} ago`;
}

/** `1 action`, `3 actions`. */
export function counted(n: number, singular: string, plural = `${singular}s`): string {
  return `${n} ${n === 1 ? singular : plural}`;
}

export function newestFirst(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
