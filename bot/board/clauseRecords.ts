// What people enter about the notice's clauses because no list has a field for it, and what of it cannot count.
import type { CivilDate, Finding, Ref } from './terms';

/** The clauses in the order of a notice; the last alone, 14, has no state and nothing to confirm. */
export const clauseOrder = [
  ...['1', '2', '3a', '3b', '3c', '3d', '3e', '3f', '4'],
  ...['5a', '5b', '5c', '5d', '5e', '6', '7', '8', '9', '10', '11', '12', '13'],
] as const;

/** What a person of the board looked at and said is so. */
export interface Confirmation {
  readonly clause: string;
  readonly byRef: Ref;
  readonly on: CivilDate;
  readonly text: string;
  /** Where what was looked at can be opened. */
  readonly link?: string;
}

/** A version of the plan as it was agreed. */
export interface PlanVersion {
  readonly ref: Ref;
  readonly on: CivilDate;
  readonly changed: string;
  readonly link?: string;
}

/** The state of the notice as the Department has given it. */
export interface NoticeState {
  readonly text: string;
  readonly on: CivilDate;
  readonly byRef: Ref;
  /** The letter. */
  readonly link?: string;
}

/** Facts that the board's lists have no field for, entered by people; kept with the board's settings. */
export interface ClauseExtra {
  readonly confirmations?: readonly Confirmation[];
  /** The day on which the Department agreed the dates of the meetings. */
  readonly timetableAgreedOn?: CivilDate;
  /** The letter or minute that says so. */
  readonly timetableLink?: string;
  readonly planVersions?: readonly PlanVersion[];
  readonly noticeState?: NoticeState;
}

/** Entries that count for nothing, because they name a person the board does not have. */
export function clauseRecordFindings(extra: ClauseExtra, people: readonly { readonly ref: Ref }[]): readonly Finding[] {
  const known = new Set(people.map((one) => one.ref));
  const unknown = (what: string, byRef: Ref): readonly Finding[] =>
    known.has(byRef)
      ? []
      : [
          {
            rule: 'setting-not-understood',
            level: 'finding',
            ref: 'clauses',
            text: `The setting "clauses" names ${byRef} for ${what}, whom the list People does not have: it does not count.`,
            records: ['clauses', byRef],
          },
        ];
  return [
    ...(extra.confirmations ?? []).flatMap((one) => unknown(`what was confirmed of clause ${one.clause}`, one.byRef)),
    ...(extra.noticeState ? unknown('the state of the notice', extra.noticeState.byRef) : []),
  ];
}
