// What the secretary decides about the running of the board, as the rules see it: pauses, planned hand-overs, decisions.
import type { AnswerIssue, NewUpdate, PrivacyWarning } from './answers';
import type { SubjectKind } from './meetingModel';
import type { CivilDate, Instant, Ref, Stamp, Stamped } from './terms';

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

/** One record that a decision changes; null empties a field. */
export interface ManagedChange {
  readonly record: 'action' | 'risk' | 'mitigation' | 'measure' | 'decision' | 'request' | 'person' | 'body';
  readonly ref: Ref;
  readonly stamp?: Stamp;
  readonly changes: Readonly<Record<string, unknown>>;
}

/** A row that a decision adds. */
export interface ManagedAddition {
  readonly record: 'action' | 'risk' | 'request';
  /** Known for ever by this key; absent: by the operation that adds it. */
  readonly operationKey?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What the secretary decided, ready to be written. */
export interface ManagedAccepted {
  readonly kind: 'accepted';
  /** The ref or person that it is about. */
  readonly subjectRef: Ref;
  readonly changes: readonly ManagedChange[];
  readonly additions: readonly ManagedAddition[];
  readonly updates: readonly NewUpdate[];
  /** Who is told, and of what. */
  readonly notices: readonly { readonly personRef: Ref; readonly subjectRefs: readonly Ref[] }[];
  /** What it does, a sentence each. */
  readonly words: readonly string[];
  /** What the board's findings will say about it, a sentence each. */
  readonly findings: readonly string[];
  readonly warnings: readonly PrivacyWarning[];
}

export type ManagedDecision = ManagedAccepted | { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] };
