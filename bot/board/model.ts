// The records of an improvement board as the rules see them: plain, read-only values, no I/O types.
// Field meanings follow the board's terms of reference; civil dates end in On, instants in At.

import type { ClauseExtra } from './clauseRecords';
import type {
  AdviserNote,
  Attendance,
  DateChange,
  Decision,
  Dispatch,
  Invitation,
  LoggedRow,
  Meeting,
  Review,
  Update,
  UpdateRequest,
} from './meetingModel';
import type { BoardRunning } from './manageModel';
import type {
  BoardRole,
  CivilDate,
  DeliveryStatus,
  EffectStatus,
  EvidenceKind,
  Finding,
  Instant,
  Month,
  QuietPeriod,
  Ref,
  Stamped,
} from './terms';

export * from './terms';
export type * from './manageModel';
export type * from './meetingModel';

export interface Area extends Stamped {
  readonly ref: Ref;
  readonly title: string;
  readonly kind: 'priority' | 'improvement';
  readonly aim: string;
  readonly shortLabel?: string;
  readonly clauses: readonly string[];
  readonly responsibleBodies: readonly string[];
}

/** A partner organisation; its name is its reference. */
export interface Body extends Stamped {
  readonly name: string;
  readonly escalationPersonRef?: Ref;
  /** A forum or school: never escalated, never listed by name. */
  readonly volunteer: boolean;
  readonly requiredAtBoard: boolean;
  readonly quietDays: readonly QuietPeriod[];
}

/** A person of the board, advisers included. */
export interface Person extends Stamped {
  readonly ref: Ref;
  readonly name: string;
  readonly role: string;
  readonly boardRole: BoardRole;
  readonly body: string;
  readonly email?: string;
  readonly entraObjectId?: string;
  /** Outside the council's tenant: reached by e-mail, not by Teams chat. */
  readonly external: boolean;
  readonly volunteer: boolean;
  readonly requiredByNotice: boolean;
  readonly deputyRefs: readonly Ref[];
  /** Their last day on the board: nothing goes to them, and nothing is shown to them, from the day after. */
  readonly leavesOn?: CivilDate;
}

export interface Blocker {
  readonly text: string;
  readonly waitingOnBody?: string;
  /** The chair accepted that this waits for another body. */
  readonly accepted: boolean;
}

export interface Action extends Stamped {
  readonly ref: Ref;
  readonly areaRef: Ref;
  readonly title: string;
  readonly description: string;
  readonly ownerRef?: Ref;
  readonly deputyRefs: readonly Ref[];
  readonly leadBody?: string;
  readonly partnerBodies: readonly string[];
  readonly startOn?: CivilDate;
  readonly dueOn?: CivilDate;
  readonly originalDueOn?: CivilDate;
  readonly forecastOn?: CivilDate;
  /** What the owner claims. */
  readonly deliveryStatus: DeliveryStatus;
  readonly percentComplete?: number;
  /** What the owner claims. */
  readonly effectStatus: EffectStatus;
  readonly successMeasure: string;
  readonly measureRefs: readonly Ref[];
  readonly riskRefs: readonly Ref[];
  readonly clauses: readonly string[];
  readonly completedOn?: CivilDate;
  readonly blocker?: Blocker;
  readonly assignedByDecisionRef?: Ref;
}

export interface Milestone extends Stamped {
  readonly ref: Ref;
  readonly actionRef: Ref;
  readonly title: string;
  readonly dueOn: CivilDate;
  readonly originalDueOn: CivilDate;
  readonly completedOn?: CivilDate;
}

/** Likelihood and impact, each 1 to 5. */
export interface RiskScore {
  readonly likelihood: number;
  readonly impact: number;
}

export interface Risk extends Stamped {
  readonly ref: Ref;
  readonly title: string;
  readonly cause: string;
  readonly event: string;
  readonly effect: string;
  readonly ownerRef?: Ref;
  readonly areaRefs: readonly Ref[];
  readonly actionRefs: readonly Ref[];
  readonly inherent: RiskScore;
  readonly current: RiskScore;
  readonly target: RiskScore;
  readonly response: string;
  readonly status: 'open' | 'closed';
  readonly proximity?: string;
  readonly lastReviewedOn?: CivilDate;
  readonly reviewOn?: CivilDate;
}

export type MitigationStatus = 'not-started' | 'in-progress' | 'complete';

export interface Mitigation extends Stamped {
  readonly ref: Ref;
  readonly riskRef: Ref;
  readonly text: string;
  readonly ownerRef?: Ref;
  readonly dueOn?: CivilDate;
  readonly status: MitigationStatus;
  readonly completedOn?: CivilDate;
}

/** Expected value at the end of a quarter (`2024-Q3`); interpolated by month between quarter ends. */
export interface TrajectoryPoint {
  readonly quarter: string;
  readonly value: number;
}

export interface Measure extends Stamped {
  readonly ref: Ref;
  readonly areaRef: Ref;
  readonly name: string;
  readonly unit: string;
  readonly lowerIsBetter: boolean;
  readonly definition: string;
  readonly ownerRef?: Ref;
  readonly frequency: 'monthly' | 'quarterly';
  /** Months asked for when quarterly: `['02','05','08','11']`. */
  readonly readingMonths: readonly string[];
  readonly baseline?: { readonly on: CivilDate; readonly value: number };
  readonly target?: { readonly on: CivilDate; readonly value: number };
  readonly tolerance: number;
  readonly reportingLagWorkingDays: number;
  readonly trajectory: readonly TrajectoryPoint[];
  readonly computed: boolean;
}

/** A value of a measure for a month, for the whole area or one locality; a revision is a row of its own. */
export interface Reading extends Stamped {
  readonly measureRef: Ref;
  readonly period: Month;
  readonly locality?: string;
  readonly value: number;
  readonly reportedOn: CivilDate;
  /** True when it replaces what was reported earlier for the period. */
  readonly revises: boolean;
  /** Taken back by whoever reported it: it counts for nothing. */
  readonly withdrawn?: boolean;
  readonly source?: string;
  readonly note?: string;
}

export interface Evidence extends Stamped {
  readonly ref: Ref;
  readonly actionRef?: Ref;
  readonly areaRef?: Ref;
  readonly kind: EvidenceKind;
  readonly sourceBody: string;
  readonly on: CivilDate;
  readonly summary: string;
  readonly strength: string;
  /** Speaks against effect; never counted as evidence of it. */
  readonly contrary: boolean;
  readonly resolvedOn?: CivilDate;
  readonly link?: string;
  readonly heard?: string;
  readonly did?: string;
  readonly difference?: string;
}

export interface CoProduction extends Stamped {
  readonly ref: Ref;
  readonly on: CivilDate;
  readonly with: string;
  readonly actionRefs: readonly Ref[];
  readonly did: string;
  readonly changed?: string;
}

/** Facts of the notice and the board, entered by people, kept in the board's settings. */
export interface BoardFacts {
  readonly id: string;
  readonly name: string;
  readonly localAuthority: string;
  readonly icb: string;
  readonly chairRef?: Ref;
  readonly secretaryRef?: Ref;
  readonly noticeIssuedOn?: CivilDate;
  /** Date by which actions should be implemented; the Department may extend it. */
  readonly actionsAimOn?: CivilDate;
  readonly chairAgreedWithDepartmentOn?: CivilDate;
  readonly localities: readonly string[];
  readonly quorum?: { readonly minimum: number; readonly mustInclude: readonly string[] };
}

/** Everything the board's lists hold, read as of one moment. */
export interface BoardSnapshot {
  readonly readAt: Instant;
  readonly facts: BoardFacts;
  readonly policy: BoardPolicyInput;
  readonly areas: readonly Area[];
  readonly bodies: readonly Body[];
  readonly people: readonly Person[];
  readonly actions: readonly Action[];
  readonly milestones: readonly Milestone[];
  readonly risks: readonly Risk[];
  readonly mitigations: readonly Mitigation[];
  readonly measures: readonly Measure[];
  readonly readings: readonly Reading[];
  readonly evidence: readonly Evidence[];
  readonly coProduction: readonly CoProduction[];
  readonly meetings: readonly Meeting[];
  readonly attendance: readonly Attendance[];
  readonly requests: readonly UpdateRequest[];
  readonly updates: readonly Update[];
  readonly dateChanges: readonly DateChange[];
  readonly decisions: readonly Decision[];
  readonly invitations: readonly Invitation[];
  readonly dispatches: readonly Dispatch[];
  readonly adviserNotes: readonly AdviserNote[];
  readonly reviews: readonly Review[];
  readonly loggedRows: readonly LoggedRow[];
  /** What the secretary decided about the running of the board; absent where nothing was ever decided. */
  readonly running?: BoardRunning;
  /** What people entered about the notice's clauses; absent when nothing was. */
  readonly clauseRecords?: ClauseExtra;
  /** What could not be read as a record, one finding a row or field. */
  readonly findings: readonly Finding[];
}

/** The board's own values where they differ from the defaults of policy.ts; unknown keys are findings. */
export type BoardPolicyInput = Readonly<Record<string, unknown>>;
