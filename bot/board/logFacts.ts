// What every part of a log is made from: snapshot and assessment, names for people, the day since which things are new.
import type { BoardAssessment } from './assessment';
import type { Calendar } from './calendar';
import { calendarOf } from './cycle';
import { cycleStartAt } from './ownerItems';
import type { ActionImpactLog, LogEvidence } from './logShape';
import type { BoardSnapshot, CivilDate, Evidence, Instant, Measure, Ref } from './model';

export interface LogFacts {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly calendar: Calendar;
  readonly meetingRef: Ref;
  readonly previous: ActionImpactLog | undefined;
  /** What is dated after it and not after today is new; absent for a first log. */
  readonly sinceOn: CivilDate | undefined;
  /** Answers after it belong to this cycle. */
  readonly cycleStartAt: Instant | undefined;
  /** A volunteer is named by their body; an unknown ref stands for itself. */
  nameOf(ref: Ref | undefined): string;
  measureOf(ref: Ref): Measure | undefined;
  /** True for a day since the log compared with, up to the day judged. */
  isNew(on: CivilDate): boolean;
}

export function createLogFacts(input: {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly meetingRef: Ref;
  readonly previous?: ActionImpactLog;
}): LogFacts {
  const { snapshot, assessment, previous } = input;
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const measures = new Map(snapshot.measures.map((one) => [one.ref, one]));
  const sinceOn = previous?.judgedOn ?? snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef)?.on;
  return {
    snapshot,
    assessment,
    calendar: calendarOf(assessment.policy),
    meetingRef: input.meetingRef,
    previous,
    sinceOn,
    cycleStartAt: cycleStartAt(snapshot, assessment),
    nameOf: (ref) => {
      if (ref === undefined) return 'No owner';
      const person = people.get(ref);
      if (!person) return ref;
      return person.volunteer ? person.body : person.name;
    },
    measureOf: (ref) => measures.get(ref),
    isNew: (on) => on <= assessment.on && (sinceOn === undefined || on > sinceOn),
  };
}

export function logEvidence(one: Evidence): LogEvidence {
  return { ref: one.ref, on: one.on, kind: one.kind, sourceBody: one.sourceBody, summary: one.summary };
}

/** `{}` for an absent value, so that it leaves no member behind. */
export function present<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  const none: { readonly [key in K]?: V } = {};
  return value === undefined ? none : { ...none, [name]: value };
}
