// The shapes of an owner's answer and of what becomes of it.
import type {
  ChangedFields,
  CivilDate,
  DeliveryStatus,
  EffectStatus,
  MitigationStatus,
  Month,
  Ref,
  Stamp,
  SubjectKind,
  Update,
} from './model';
import type { PrivacyKind } from './privacy';

/** An answer about one action; an absent field was not touched, null empties it. */
export interface ActionAnswer {
  readonly kind: 'action';
  readonly ref: Ref;
  readonly noChange?: boolean;
  readonly deliveryStatus?: DeliveryStatus;
  readonly percentComplete?: number;
  readonly milestonesCompleted?: readonly Ref[];
  readonly forecastOn?: CivilDate | null;
  readonly narrative?: string;
  readonly effectStatus?: EffectStatus;
  /** What is different for children and families. */
  readonly effect?: string;
  readonly blocker?: { readonly text: string; readonly waitingOnBody?: string } | null;
  readonly evidenceLink?: string;
  /** One line on a disagreement between the claimed and the computed rating. */
  readonly reply?: string;
}

export interface RiskAnswer {
  readonly kind: 'risk';
  readonly ref: Ref;
  readonly noChange?: boolean;
  readonly likelihood?: number;
  readonly impact?: number;
  /** Required when likelihood or impact moves. */
  readonly reason?: string;
  readonly mitigations?: readonly { readonly ref: Ref; readonly status: MitigationStatus }[];
}

export interface MitigationAnswer {
  readonly kind: 'mitigation';
  readonly ref: Ref;
  readonly noChange?: boolean;
  readonly status?: MitigationStatus;
  readonly narrative?: string;
}

export interface MeasureAnswer {
  readonly kind: 'measure';
  readonly ref: Ref;
  readonly period: Month;
  readonly value: number;
  readonly source?: string;
  readonly note?: string;
}

export type Answer = ActionAnswer | RiskAnswer | MitigationAnswer | MeasureAnswer;

/** One record that an accepted answer changes; field names of the model, dotted when nested, null empties. */
export interface RecordChange {
  readonly record: 'action' | 'milestone' | 'risk' | 'mitigation' | 'request' | 'reading' | 'dateChange';
  readonly ref: Ref;
  readonly stamp?: Stamp;
  readonly changes: ChangedFields;
}

/** A row that an accepted answer adds. */
export interface RecordAddition {
  readonly record: 'reading';
  readonly values: ChangedFields;
}

/** The row of the update history, but for what only the writer knows: its key, its route and where it lives. */
export type NewUpdate = Omit<Update, 'key' | 'route' | 'stamp'>;

/** `field` is the name of an input; `byRef` when the person may not answer, `ref` when there is no such item. */
export interface AnswerIssue {
  readonly field: string;
  readonly message: string;
}

/** A text that may identify somebody: the writer confirms or rewords. */
export interface PrivacyWarning {
  readonly field: string;
  readonly kind: PrivacyKind;
  readonly message: string;
}

export interface AcceptedAnswer {
  readonly kind: 'accepted';
  readonly ref: Ref;
  readonly subjectKind: SubjectKind;
  readonly title: string;
  readonly ownerRef?: Ref;
  /** In the order in which they are to be written; requests closed come last. */
  readonly changes: readonly RecordChange[];
  readonly additions: readonly RecordAddition[];
  readonly update: NewUpdate;
  /** The meeting whose requests this answer closes. */
  readonly meetingRef?: Ref;
  /** Against the owners' deadline of that meeting. */
  readonly recordedAs: 'answered' | 'late';
  readonly noChange: boolean;
  /** What changed, in words; never what people wrote. */
  readonly changed: readonly string[];
  readonly warnings: readonly PrivacyWarning[];
}

export type AnswerDecision = AcceptedAnswer | { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] };

/** The prefix of the input that holds a mitigation's status in a risk's form. */
export const mitigationField = 'mitigation:';
