// What is said of one clause of the notice, as readers, papers and frozen logs have it.
import type { CivilDate, Ref } from './terms';

export type ClauseStateName =
  'evidenced' | 'partly-evidenced' | 'gap' | 'not-yet-due' | 'the-departments-to-do' | 'for-a-person-to-confirm';

export const clauseStateWords: Readonly<Record<ClauseStateName, string>> = {
  evidenced: 'evidenced',
  'partly-evidenced': 'partly evidenced',
  gap: 'gap',
  'not-yet-due': 'not yet due',
  'the-departments-to-do': "the Department's to do",
  'for-a-person-to-confirm': 'for a person to confirm',
};

/** A record that a reader can open. */
export interface ClauseEvidence {
  readonly ref: Ref;
  readonly kind: string;
  readonly on?: CivilDate;
  readonly text: string;
  /** Where it can be opened, when the record itself says so. */
  readonly link?: string;
}

/** What is or was missing; a gap that is closed, or that time has left behind, stays to be seen. */
export interface ClauseGap {
  readonly text: string;
  readonly since?: CivilDate;
  /** What would close it, or what became of it. */
  readonly closes: string;
  readonly open: boolean;
  readonly closedOn?: CivilDate;
  readonly refs: readonly Ref[];
}

/** What may trouble the Secretary of State, with what was done about it. */
export interface ClauseWarning {
  readonly kind: 'stalled' | 'target' | 'risk' | 'gap';
  readonly ref: Ref;
  readonly text: string;
  readonly since?: CivilDate;
  readonly done: readonly { readonly text: string; readonly by: string; readonly on?: CivilDate }[];
}

export interface ClauseState {
  /** `5c`. */
  readonly clause: string;
  readonly title: string;
  /** Absent for clause 14, which only warns. */
  readonly state?: ClauseStateName;
  /** One sentence for people. */
  readonly sentence: string;
  /** Of the newest record. */
  readonly on?: CivilDate;
  /** The newest first. */
  readonly evidence: readonly ClauseEvidence[];
  /** Open ones first, then by date. */
  readonly gaps: readonly ClauseGap[];
  /** What the lists cannot show and nobody has confirmed. */
  readonly toConfirm: readonly string[];
  readonly confirmedBy?: {
    readonly name: string;
    readonly on: CivilDate;
    readonly text: string;
    readonly link?: string;
  };
  readonly counts: Readonly<Record<string, number>>;
  readonly warnings?: readonly ClauseWarning[];
}
