// What a meeting agreed about an action or objective: a decision about it, or a date change that it decided.
import { hasHappened } from './grounds';
import type { BoardSnapshot, CivilDate, Ref } from './model';

export interface BoardResponse {
  /** The decision or the date change. */
  readonly ref: Ref;
  readonly meetingRef: Ref;
  readonly subjectRef: Ref;
  readonly text: string;
}

/** Every response on record; a date change counts from the day it was decided. */
export function responsesOf(snapshot: BoardSnapshot, on: CivilDate): readonly BoardResponse[] {
  return [
    ...snapshot.decisions.flatMap(({ ref, meetingRef, subjectRef, text }) =>
      subjectRef === undefined ? [] : [{ ref, meetingRef, subjectRef, text }],
    ),
    ...snapshot.dateChanges.flatMap(({ ref, meetingRef, actionRef, decision, reason, decidedOn }) =>
      meetingRef === undefined || decision === 'pending' || !hasHappened(decidedOn, on)
        ? []
        : [{ ref, meetingRef, subjectRef: actionRef, text: `Date change ${decision}: ${reason}` }],
    ),
  ];
}
