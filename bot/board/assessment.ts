// The shape of a judgement: what assess() returns and cards, papers and tab show. Types alone.
import type { BoardPolicy } from './policy';
import type { CivilDate, DeliveryStatus, EffectStatus, Finding, Instant, Month, Reason, Ref } from './model';

export interface Progress {
  readonly milestonesDone: number;
  readonly milestonesTotal: number;
  /** Share completed with milestones, else the owner's percentage; 0 to 100. */
  readonly percent: number;
  /** Without milestones: elapsed share of working days less percent, in points; positive is behind. */
  readonly behindPoints?: number;
}

export interface ActionAssessment {
  readonly ref: Ref;
  readonly areaRef: Ref;
  readonly title: string;
  readonly ownerRef?: Ref;
  readonly leadBody?: string;
  readonly claimedDelivery: DeliveryStatus;
  readonly computedDelivery: DeliveryStatus;
  readonly deliveryReasons: readonly Reason[];
  readonly claimedEffect: EffectStatus;
  readonly computedEffect: EffectStatus;
  readonly effectReasons: readonly Reason[];
  /** `better`: the claim is not supported by the record; `worse`: more cautious than the dates. */
  readonly deliveryClaim: 'same' | 'better' | 'worse';
  readonly effectClaim: 'same' | 'better' | 'worse';
  readonly complete: boolean;
  /** Taken from the record or, with a finding, from the last milestone. */
  readonly completedOn?: CivilDate;
  readonly started: boolean;
  readonly slow: boolean;
  readonly slowReasons: readonly Reason[];
  /** Working days past the due date of an open action, 0 when not past. */
  readonly daysLateWorking: number;
  readonly dueOn?: CivilDate;
  readonly originalDueOn?: CivilDate;
  readonly dateMoves: number;
  readonly dateMovedCalendarDays: number;
  readonly progress: Progress;
  /** In the last frozen log but not now. */
  readonly backOnTrack: boolean;
  /** Consecutive frozen logs, this one included, in which it is slow. */
  readonly slowMeetings: number;
  readonly doneButMeasureBehind: boolean;
  readonly lastUpdateAt?: Instant;
  /** An update exists after the previous meeting and before the owners' deadline. */
  readonly answered: boolean;
  readonly asked: boolean;
  /** Worst first: sorts lists for people. Smaller is worse. */
  readonly urgency: number;
}

/** `no-expectation`: there is a reading, but no trajectory, baseline or target to hold it against. */
export type MeasureState = 'ahead' | 'within-tolerance' | 'behind' | 'no-reading' | 'no-expectation';

export interface MeasureReadingPoint {
  readonly period: Month;
  readonly value: number;
  /** As first reported, where a revision came later. */
  readonly asReported?: number;
  readonly reportedOn: CivilDate;
  readonly expected?: number;
  readonly state: MeasureState;
}

export interface MeasureAssessment {
  readonly ref: Ref;
  readonly areaRef: Ref;
  readonly name: string;
  readonly unit: string;
  readonly lowerIsBetter: boolean;
  readonly ownerRef?: Ref;
  readonly state: MeasureState;
  readonly latestPeriod?: Month;
  readonly latestValue?: number;
  readonly expectedValue?: number;
  readonly points: readonly MeasureReadingPoint[];
  /** Consecutive latest readings that are behind. */
  readonly behindReadings: number;
  readonly direction?: 'improving' | 'level' | 'worsening';
  readonly forecast:
    | {
        readonly kind: 'on-time' | 'late' | 'not-on-this-trend';
        readonly reachesOn?: CivilDate;
        readonly monthsLate?: number;
      }
    | { readonly kind: 'none'; readonly why: string };
  readonly missingPeriods: readonly Month[];
  readonly readingDue?: Month;
  readonly localityGap?: {
    readonly period: Month;
    readonly value: number;
    readonly best: string;
    readonly worst: string;
  };
  readonly reasons: readonly Reason[];
}

export type RiskBand = 'low' | 'moderate' | 'high' | 'extreme';

export interface RiskAssessment {
  readonly ref: Ref;
  readonly title: string;
  readonly ownerRef?: Ref;
  readonly areaRefs: readonly Ref[];
  readonly likelihood: number;
  readonly impact: number;
  readonly score: number;
  readonly band: RiskBand;
  readonly inherentScore: number;
  readonly targetScore: number;
  readonly aboveTolerance: boolean;
  /** Score now less score in the last frozen log; absent without one. */
  readonly movement?: number;
  readonly movementOverThree?: number;
  readonly rising: boolean;
  readonly notReduced: boolean;
  readonly stuck: boolean;
  readonly nothingLeftToDo: boolean;
  readonly reviewOverdue: boolean;
  readonly mitigationsDone: number;
  readonly mitigationsTotal: number;
  readonly overdueMitigationRefs: readonly Ref[];
  readonly reasons: readonly Reason[];
  readonly answered: boolean;
  readonly asked: boolean;
}

export interface AreaAssessment {
  readonly ref: Ref;
  readonly title: string;
  readonly actions: number;
  readonly slow: number;
  /** Counts by computed rating. */
  readonly delivery: Readonly<Record<DeliveryStatus, number>>;
  readonly claimedDelivery: Readonly<Record<DeliveryStatus, number>>;
  readonly effect: Readonly<Record<EffectStatus, number>>;
  readonly measuresBehind: number;
  readonly measures: number;
  readonly risksAboveTolerance: number;
  readonly risks: number;
  readonly asked: number;
  readonly answered: number;
  readonly lastVoiceOn?: CivilDate;
  readonly trend: 'better' | 'same' | 'worse' | 'not-recorded-then';
}

/** A person or body whose contribution needs strengthening; volunteers are never named. */
export interface ContributionAssessment {
  readonly kind: 'person' | 'body';
  readonly ref: Ref;
  readonly name: string;
  readonly body: string;
  readonly volunteer: boolean;
  readonly asked: number;
  readonly onTime: number;
  readonly late: number;
  readonly unanswered: number;
  readonly needsStrengthening: boolean;
  readonly reasons: readonly Reason[];
}

export interface OutstandingCount {
  readonly done: number;
  readonly total: number;
  readonly outstandingRefs: readonly Ref[];
}

/** How ready a meeting is, each with who or what is outstanding. */
export interface Readiness {
  readonly answers: OutstandingCount;
  readonly outstandingByPerson: readonly { readonly personRef: Ref; readonly subjectRefs: readonly Ref[] }[];
  readonly risksReviewed: OutstandingCount;
  readonly readingsIn: OutstandingCount;
  readonly advisersInvited: OutstandingCount;
  readonly quorum: { readonly expected: number; readonly minimum: number; readonly met: boolean };
  readonly dateChangesToDecide: readonly Ref[];
}

export interface Headline {
  readonly slow: number;
  readonly open: number;
  readonly total: number;
  /** From the last frozen log, where it recorded it. */
  readonly slowLastTime?: number;
  readonly direction: 'better' | 'same' | 'worse' | 'no-comparison';
  /** One sentence a chair can read out. */
  readonly text: string;
}

export interface BoardAssessment {
  readonly at: Instant;
  /** The civil date of `at` in the board's zone. */
  readonly on: CivilDate;
  readonly policy: BoardPolicy;
  /** The meeting judged for, and the one before it. */
  readonly meetingRef?: Ref;
  readonly previousMeetingRef?: Ref;
  readonly headline: Headline;
  /** In order of ref. */
  readonly actions: readonly ActionAssessment[];
  readonly measures: readonly MeasureAssessment[];
  readonly risks: readonly RiskAssessment[];
  readonly areas: readonly AreaAssessment[];
  readonly contributions: readonly ContributionAssessment[];
  readonly readiness?: Readiness;
  /** Sorted by ref, then rule. */
  readonly findings: readonly Finding[];
}
