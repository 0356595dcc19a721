// What an owner's answer may change, whether it is complete, and how two edits of one item merge.
import type { CivilDate, DeliveryStatus, EffectStatus, MitigationStatus, Month, Ref } from './model';

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
