// The shape of the action and impact log: plain JSON, judged as of one moment, the same for every paper made from it.
// Longer than most: one document, of which each part is read beside the others.
import type { ClauseState } from './clauseShape';
import type {
  CivilDate,
  DeliveryStatus,
  EffectStatus,
  Finding,
  Instant,
  LogKind,
  Month,
  Ref,
  TrajectoryPoint,
} from './model';

/** What an older log did not hold; printed as it stands. */
export const notRecorded = 'not recorded then';
export type Recorded<T> = T | typeof notRecorded;

export interface ActionImpactLog {
  readonly form: 'action-impact-log/1';
  readonly boardId: string;
  readonly boardName: string;
  readonly meetingRef: Ref;
  readonly meetingOn: CivilDate;
  readonly kind: LogKind;
  /** Everything in it is as of this moment. */
  readonly judgedAt: Recorded<Instant>;
  /** Its civil date; of a log that did not record the moment, the day it was frozen. */
  readonly judgedOn: CivilDate;
  /** The log it is compared with: what "then" and "changed" mean. */
  readonly comparedWith?: { readonly meetingRef: Ref; readonly kind: LogKind };
  /** The frozen log that this one corrects, and why. */
  readonly corrects?: { readonly hash: string; readonly shortCode: string; readonly reason?: string };
  /** Who looked at it and released it; absent where it was frozen by command or before that was recorded. */
  readonly released?: { readonly byRef: Ref; readonly by: string };
  /** Each clause of the notice as of the same moment; absent in a log frozen before they were kept. */
  readonly clauses?: readonly LoggedClause[];
  readonly headline: Recorded<LogHeadline>;
  /** In order of area, then ref. */
  readonly actions: readonly LogRow[];
  readonly risks: readonly LogRisk[];
  readonly sections: Recorded<LogSections>;
}

/** A log as compiled now: nothing is missing. */
export interface CompiledLog extends ActionImpactLog {
  readonly judgedAt: Instant;
  readonly headline: LogHeadline;
  readonly actions: readonly CompiledRow[];
  readonly risks: readonly CompiledRisk[];
  readonly sections: LogSections;
}

/** `key` is the clause. */
export type LoggedClause = ClauseState & { readonly key: string };

export interface LogHeadline {
  readonly text: string;
  readonly direction: 'better' | 'same' | 'worse' | 'no-comparison';
  readonly slow: number;
  readonly open: number;
  readonly total: number;
  readonly slowLastTime: Recorded<number>;
}

/** One action: what a log row of any age can hold. */
export interface LogRow {
  readonly ref: Ref;
  readonly claimedDelivery: Recorded<DeliveryStatus>;
  readonly computedDelivery: Recorded<DeliveryStatus>;
  readonly claimedEffect: Recorded<EffectStatus>;
  readonly computedEffect: Recorded<EffectStatus>;
  readonly percent: Recorded<number>;
  readonly milestonesDone: Recorded<number>;
  readonly milestonesTotal: Recorded<number>;
  readonly dueOn: Recorded<CivilDate | null>;
  readonly forecastOn: Recorded<CivilDate | null>;
  readonly slow: Recorded<boolean>;
  /** What the board was asked to do, in a sentence. */
  readonly asked: Recorded<string>;
  readonly detail: Recorded<LogRowDetail>;
}

export interface CompiledRow extends LogRow {
  readonly claimedDelivery: DeliveryStatus;
  readonly computedDelivery: DeliveryStatus;
  readonly claimedEffect: EffectStatus;
  readonly computedEffect: EffectStatus;
  readonly percent: number;
  readonly milestonesDone: number;
  readonly milestonesTotal: number;
  readonly dueOn: CivilDate | null;
  readonly forecastOn: CivilDate | null;
  readonly slow: boolean;
  readonly asked: string;
  readonly detail: LogRowDetail;
}

/** What the board is asked to do about a row. */
export type Ask = 'decide' | 'help' | 'accept' | 'note';

export interface LogRowDetail {
  readonly title: string;
  readonly areaRef: Ref;
  readonly ownerRef?: Ref;
  /** A volunteer is named by their body. */
  readonly owner: string;
  readonly leadBody?: string;
  readonly partnerBodies: readonly string[];
  readonly originalDueOn?: CivilDate;
  readonly dateMoves: number;
  readonly dateMovedCalendarDays: number;
  /** Why the claimed and the computed rating differ, in a sentence. */
  readonly disagreement?: string;
  /** The owner's reply to it. */
  readonly reply?: string;
  /** Progress in the log compared with. */
  readonly then: {
    readonly percent: Recorded<number>;
    readonly milestonesDone: Recorded<number>;
    readonly milestonesTotal: Recorded<number>;
  };
  /** What changed since the log compared with, in words. */
  readonly changed: readonly string[];
  readonly effectText?: string;
  readonly evidenceFor: readonly LogEvidence[];
  readonly evidenceAgainst: readonly LogEvidence[];
  readonly slowReasons: readonly string[];
  /** Consecutive logs, this one included. */
  readonly slowMeetings: number;
  /** "third meeting running"; absent the first time. */
  readonly slowRunning?: string;
  readonly ask: Ask;
  readonly askedLastTime: Recorded<string>;
  /** What the board decided about it at the meeting before. */
  readonly saidLastTime: readonly string[];
  readonly blocker?: { readonly text: string; readonly waitingOnBody?: string; readonly accepted: boolean };
  readonly riskRefs: readonly Ref[];
  readonly decisionRefs: readonly Ref[];
  readonly answered: boolean;
  readonly lastUpdate?: { readonly on: CivilDate; readonly by: string; readonly narrative?: string };
}

export interface LogEvidence {
  readonly ref: Ref;
  readonly on: CivilDate;
  readonly kind: string;
  readonly sourceBody: string;
  readonly summary: string;
}

export interface LogRisk {
  readonly ref: Ref;
  readonly likelihood: Recorded<number>;
  readonly impact: Recorded<number>;
  readonly detail: Recorded<LogRiskDetail>;
}

export interface CompiledRisk extends LogRisk {
  readonly likelihood: number;
  readonly impact: number;
  readonly detail: LogRiskDetail;
}

export interface LogRiskDetail {
  readonly title: string;
  readonly owner: string;
  readonly score: number;
  readonly band: string;
  readonly inherentScore: number;
  readonly targetScore: number;
  readonly aboveTolerance: boolean;
  /** Score now less score in the log compared with. */
  readonly movement: Recorded<number>;
  readonly movementOverThree: Recorded<number>;
  readonly mitigationsDone: number;
  readonly mitigationsTotal: number;
  readonly overdueMitigationRefs: readonly Ref[];
  readonly reasons: readonly string[];
  /** Of the risk and its mitigations since the log compared with; absent where there was none. */
  readonly handedOver?: readonly string[];
}

export interface LogSections {
  /** Worst first; `onPageOne` for the first seven. */
  readonly slow: readonly LogSlow[];
  readonly slowBeyondPageOne: number;
  readonly backOnTrack: readonly { readonly ref: Ref; readonly title: string; readonly text: string }[];
  readonly doneButMeasureBehind: readonly {
    readonly ref: Ref;
    readonly title: string;
    readonly measureRefs: readonly Ref[];
  }[];
  readonly contributions: { readonly help: string; readonly rows: readonly LogContribution[] };
  /** Areas in turn, with the refs of their actions. */
  readonly areas: readonly LogArea[];
  readonly measures: readonly LogMeasure[];
  readonly dateChanges: readonly LogDateChange[];
  readonly decisions: readonly LogDecision[];
  /** One for each area; an empty list is printed as "none". */
  readonly livedExperience: readonly { readonly ref: Ref; readonly voices: readonly LogEvidence[] }[];
  readonly coProduction: readonly {
    readonly ref: Ref;
    readonly on: CivilDate;
    readonly with: string;
    readonly did: string;
    readonly changed?: string;
  }[];
  readonly findings: readonly (Finding & { readonly key: string })[];
  /** What came of the meeting; only in a log after it. */
  readonly outcomes?: LogOutcomes;
}

/** What the meeting's records say came of it; what nobody recorded is said to be so. */
export interface LogOutcomes {
  /** Who came, in a sentence. */
  readonly attendance: string;
  readonly decisionRefs: readonly Ref[];
  readonly dateChangeRefs: readonly Ref[];
  /** What was slow in the log for the meeting, with what the board agreed about each. */
  readonly slow: readonly {
    readonly ref: Ref;
    readonly title: string;
    /** Empty: no response is recorded. */
    readonly agreed: readonly string[];
  }[];
}

/** An action slow to progress, or an objective (a measure behind for two readings). */
export interface LogSlow {
  readonly ref: Ref;
  readonly kind: 'action' | 'measure';
  readonly title: string;
  readonly reasons: readonly string[];
  readonly running?: string;
  /** For an objective: the actions meant to move it. */
  readonly actionRefs: readonly Ref[];
  readonly onPageOne: boolean;
}

export interface LogContribution {
  readonly key: string;
  readonly kind: 'person' | 'body';
  /** Absent for volunteers. */
  readonly ref?: Ref;
  readonly name: string;
  readonly body: string;
  readonly asked: number;
  readonly onTime: number;
  readonly reasons: readonly string[];
  /** The people of a body that has a row of its own. */
  readonly people: readonly string[];
}

export interface LogArea {
  readonly ref: Ref;
  readonly title: string;
  readonly actionRefs: readonly Ref[];
  readonly slow: number;
  readonly asked: number;
  readonly answered: number;
  readonly measuresBehind: number;
  readonly measures: number;
  readonly risksAboveTolerance: number;
  readonly risks: number;
  readonly lastVoiceOn?: CivilDate;
  readonly trend: string;
}

export interface LogMeasure {
  readonly ref: Ref;
  readonly areaRef: Ref;
  readonly name: string;
  readonly unit: string;
  readonly lowerIsBetter: boolean;
  readonly owner: string;
  readonly state: string;
  readonly latestPeriod?: Month;
  readonly latestValue?: number;
  readonly expectedValue?: number;
  readonly behindReadings: number;
  readonly direction?: string;
  readonly forecast: string;
  readonly reachesOn?: CivilDate;
  readonly missingPeriods: readonly Month[];
  /** As first reported, where a revision came later. */
  readonly revised: readonly { readonly period: Month; readonly asReported: number; readonly value: number }[];
  readonly reasons: readonly string[];
  /** Since the log compared with; absent where there was none. */
  readonly handedOver?: readonly string[];
  /** What a chart of it is drawn from; absent in a log frozen before charts were kept. */
  readonly course?: LogCourse;
}

/** The way of a measure from its baseline to its target, with every reading for the whole area. */
export interface LogCourse {
  readonly definition: string;
  readonly baseline?: { readonly on: CivilDate; readonly value: number };
  readonly target?: { readonly on: CivilDate; readonly value: number };
  readonly tolerance: number;
  readonly trajectory: readonly TrajectoryPoint[];
  readonly readings: readonly LogReading[];
}

export interface LogReading {
  readonly period: Month;
  readonly value: number;
  /** As first reported, where a revision came later. */
  readonly asReported?: number;
  readonly expected?: number;
  readonly state: string;
}

export interface LogDateChange {
  readonly ref: Ref;
  readonly subjectRef: Ref;
  readonly actionRef: Ref;
  readonly fromOn: CivilDate;
  readonly toOn: CivilDate;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedOn: CivilDate;
  readonly decision: 'pending' | 'approved' | 'refused';
  readonly decidedOn?: CivilDate;
  readonly beyondNoticeAim: boolean;
}

export interface LogDecision {
  readonly ref: Ref;
  readonly meetingRef: Ref;
  readonly subjectRef?: Ref;
  readonly text: string;
  readonly owner?: string;
  readonly dueOn?: CivilDate;
  readonly state: 'open' | 'done';
  readonly overdue: boolean;
}
