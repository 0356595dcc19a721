// The board's basic terms: dates, references, ratings, findings and reasons.

/** A civil date in the board's time zone, `YYYY-MM-DD`. */
export type CivilDate = string;
/** A moment, ISO 8601 in UTC, `2025-01-06T17:30:00.000Z`. */
export type Instant = string;
/** A calendar month, `YYYY-MM`. */
export type Month = string;
/** What relates records: `APA1.04`, `P10`, `B09`, `R05.1`. */
export type Ref = string;

/** Where a record lives and which version was read; opaque here, handed back with a change of it. */
export interface Stamp {
  readonly itemId: string;
  readonly version: string;
}

export interface Stamped {
  readonly stamp?: Stamp;
}

export const deliveryStatuses = ['not-started', 'on-track', 'at-risk', 'off-track', 'complete', 'embedded'] as const;
/** Was it done? */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Worst first: a smaller rank is a worse status; equal ranks are neither better nor worse. */
export const deliveryRank: Readonly<Record<DeliveryStatus, number>> = {
  'off-track': 0,
  'at-risk': 1,
  'on-track': 2,
  'not-started': 2,
  complete: 3,
  embedded: 4,
};

export const effectStatuses = ['too-early', 'no-evidence', 'some-evidence', 'clear-evidence'] as const;
/** Did it change anything for children and families? */
export type EffectStatus = (typeof effectStatuses)[number];

export type BoardRole =
  'chair' | 'secretary' | 'member' | 'owner' | 'deputy' | 'dfe-send-adviser' | 'nhse-adviser' | 'dfe-case-lead';

export const evidenceKinds = ['family-voice', 'child-voice', 'audit', 'observation', 'data'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** The three whom the notice wants invited to each meeting, in its order. */
export const advisers: readonly { readonly role: BoardRole; readonly words: string }[] = [
  { role: 'dfe-send-adviser', words: 'the DfE SEND adviser' },
  { role: 'nhse-adviser', words: 'the NHS England adviser' },
  { role: 'dfe-case-lead', words: 'the DfE case lead' },
];

/** True of the three advisers from government. */
export function isAdviserRole(role: BoardRole | undefined): boolean {
  return advisers.some((one) => one.role === role);
}

/** Days that carry no messages and are not counted in deadlines, both ends included. */
export interface QuietPeriod {
  readonly fromOn: CivilDate;
  readonly toOn: CivilDate;
  /** What they are for, in a line. */
  readonly why?: string;
}

/** `finding` asks somebody to act; `information` is worth knowing. */
export type FindingLevel = 'finding' | 'information';

/** Something the record shows that a person should know, under a published rule. */
export interface Finding {
  readonly rule: string;
  readonly level: FindingLevel;
  /** The subject: a ref, or a body's name. */
  readonly ref: Ref;
  /** One sentence for people. */
  readonly text: string;
  /** Every record it rests on. */
  readonly records: readonly Ref[];
}

/** Why a judgement was made: the rule, its figures, the records it rests on, and one sentence for people. */
export interface Reason {
  readonly rule: string;
  readonly text: string;
  readonly figures: Readonly<Record<string, string | number | boolean>>;
  readonly records: readonly Ref[];
}
