// What the secretary decides about the running of the board, as it is kept there: pauses and planned hand-overs.
import type { SubjectKind } from './meetingModel';
import type { CivilDate, Instant, Ref, Stamped } from './terms';

/** Nothing is sent while it is in force. */
export interface SendingPause {
  readonly byRef: Ref;
  readonly at: Instant;
  readonly why: string;
  /** It ends by itself then; absent: when somebody resumes. */
  readonly untilAt?: Instant;
}

/** The board's row about sending; without a pause messages go out. */
export interface SendingRow extends Stamped {
  readonly key: string;
  readonly pause?: SendingPause;
}

/** One thing that goes over; without `toRef` it is nobody's from then on. */
export interface HandOverMove {
  readonly kind: SubjectKind;
  readonly ref: Ref;
  readonly toRef?: Ref;
  /** The row of the history that this takes back. */
  readonly takesBack?: string;
}

/** Who goes, and who takes over what is not named. */
export interface Leaving {
  readonly personRef: Ref;
  readonly lastDayOn: CivilDate;
  /** Absent: what is not named is nobody's. */
  readonly toRef?: Ref;
}

/** A hand-over that takes effect on a coming day. */
export interface PlannedHandOver extends Stamped {
  readonly key: string;
  /** The first day on which things are theirs. */
  readonly fromOn: CivilDate;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly moves: readonly HandOverMove[];
  readonly leaving?: Leaving;
}

/** What is kept in the list Settings beside the facts and the policy. */
export interface BoardRunning {
  readonly sending?: SendingRow;
  /** Those still to come, the first first. */
  readonly planned: readonly PlannedHandOver[];
}
