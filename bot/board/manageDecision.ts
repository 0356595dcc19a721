// What a decision of the secretary comes to: rows changed and added, the history, who is told; or why it is refused.
import type { AnswerIssue, NewUpdate, PrivacyWarning } from './answers';
import type { Leaver } from './manageModel';
import type { Ref, Stamp } from './terms';

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
  readonly notices: readonly ManagedNotice[];
  /** What it does, a sentence each. */
  readonly words: readonly string[];
  /** What is asked of whom from now on, a sentence each; not said of what waits for a later day. */
  readonly asks?: readonly string[];
  /** What the board's findings will say about it, a sentence each. */
  readonly findings: readonly string[];
  readonly warnings: readonly PrivacyWarning[];
  /** Kept with the board: what a person who leaves held beside what they owned. */
  readonly left?: Omit<Leaver, 'key' | 'stamp'>;
}

export interface ManagedNotice {
  readonly personRef: Ref;
  readonly subjectRefs: readonly Ref[];
  /** Who answers these for their owner has changed; absent: their owner has. */
  readonly about?: 'deputy';
}

export type ManagedDecision = ManagedAccepted | { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] };
