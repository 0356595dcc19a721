// The records that meetings make: requests, answers, date changes, decisions, invitations, papers, reviews, log rows.
import type { CivilDate, DeliveryStatus, EffectStatus, Instant, Ref, Stamped } from './terms';

export interface Meeting extends Stamped {
  readonly ref: Ref;
  readonly on: CivilDate;
  /** `HH:mm` in the board's zone. */
  readonly startsAtTime: string;
  readonly endsAtTime: string;
  readonly place?: string;
  readonly state: 'held' | 'in-preparation' | 'planned' | 'cancelled';
  /** Dates stored with the meeting override the computed ones. */
  readonly updateRequestOn?: CivilDate;
  readonly firstReminderOn?: CivilDate;
  readonly ownersDeadlineOn?: CivilDate;
  readonly papersDeadlineOn?: CivilDate;
  readonly minutesDueOn?: CivilDate;
  readonly papersSentOn?: CivilDate;
  readonly minutesFiledOn?: CivilDate;
  readonly minutesLink?: string;
  readonly minutesState?: 'draft' | 'agreed';
  readonly quorate?: boolean;
  readonly note?: string;
}

export interface Attendance extends Stamped {
  readonly meetingRef: Ref;
  readonly personRef: Ref;
  /** Before the meeting the state is what the person answered: `expected` or `declined`, `tentative`, `none`. */
  readonly state: 'present' | 'deputy' | 'apologies' | 'absent' | 'expected' | 'declined' | 'tentative' | 'none';
  readonly deputyRef?: Ref;
}

export type SubjectKind = 'action' | 'risk' | 'mitigation' | 'measure' | 'decision';

/** One thing asked of one person for one meeting. */
export interface UpdateRequest extends Stamped {
  readonly meetingRef: Ref;
  readonly subjectKind: SubjectKind;
  readonly subjectRef: Ref;
  readonly ownerRef: Ref;
  readonly requestedOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly state: 'open' | 'answered' | 'late' | 'unanswered' | 'cancelled';
  readonly answeredOn?: CivilDate;
  readonly answeredByRef?: Ref;
  readonly route?: string;
  readonly delivery?: string;
  readonly noChange: boolean;
}

export type UpdateRoute =
  'chat card' | 'chat text' | 'tab' | 'SharePoint' | 'e-mail link' | 'import' | 'operator command';

/** Append-only: one answer or change; `before` and `after` hold the changed fields alone. */
export interface Update extends Stamped {
  readonly key: string;
  readonly subjectKind: SubjectKind;
  readonly subjectRef: Ref;
  readonly byRef: Ref;
  /** The accountable owner, when somebody else answered. */
  readonly forOwnerRef?: Ref;
  readonly at: Instant;
  readonly route: UpdateRoute;
  readonly before: ChangedFields;
  readonly after: ChangedFields;
  readonly narrative?: string;
  readonly effect?: string;
  readonly blocker?: string;
  readonly evidenceLink?: string;
  readonly noChange: boolean;
  /** The key of the row that this one takes back. */
  readonly takesBack?: string;
}

export type ChangedFields = Readonly<Record<string, string | number | boolean | null>>;

/** A request to move a due date of an action or one of its milestones. */
export interface DateChange extends Stamped {
  readonly ref: Ref;
  /** Action or milestone; counted under the action. */
  readonly subjectRef: Ref;
  readonly actionRef: Ref;
  readonly fromOn: CivilDate;
  readonly toOn: CivilDate;
  readonly reason: string;
  readonly requestedByRef: Ref;
  readonly requestedOn: CivilDate;
  readonly decision: 'pending' | 'approved' | 'refused';
  readonly decidedByRef?: Ref;
  readonly decidedOn?: CivilDate;
  /** Why, where it was refused. */
  readonly decisionReason?: string;
  readonly meetingRef?: Ref;
  readonly beyondNoticeAim: boolean;
}

export interface Decision extends Stamped {
  readonly ref: Ref;
  readonly meetingRef: Ref;
  readonly subjectRef?: Ref;
  readonly text: string;
  readonly ownerRef?: Ref;
  readonly dueOn?: CivilDate;
  readonly state: 'open' | 'done';
  readonly completedOn?: CivilDate;
}

/** One invitation of one person; sent again, or to a new date, it is another row. */
export interface Invitation extends Stamped {
  readonly meetingRef: Ref;
  readonly personRef: Ref;
  /** Absent: not sent yet. */
  readonly sentOn?: CivilDate;
  readonly sentAt?: Instant;
  /** The address it went to. */
  readonly sentTo?: string;
  /** The date and time it was for, `2025-02-26 10:00-12:00`; absent in older rows: the meeting's as it stands. */
  readonly meetingTime?: string;
  /** From then on it does not stand: the meeting was moved or cancelled, or the person is not invited any more. */
  readonly withdrawnOn?: CivilDate;
  readonly delivery: 'delivered' | 'failed' | 'unknown' | 'not-sent';
  readonly response: 'accepted' | 'tentative' | 'declined' | 'none';
  readonly route: string;
  readonly error?: string;
}

export interface Dispatch extends Stamped {
  readonly meetingRef: Ref;
  readonly paper: string;
  readonly personRef: Ref;
  readonly sentAt: Instant;
  readonly route: string;
  readonly delivery: string;
}

export interface AdviserNote extends Stamped {
  readonly ref: Ref;
  readonly adviserRef: Ref;
  readonly meetingRef: Ref;
  readonly on: CivilDate;
  readonly kind: string;
  readonly text: string;
  readonly answeredByRef?: Ref;
  readonly answeredOn?: CivilDate;
  readonly answer?: string;
}

export interface Review extends Stamped {
  readonly ref: Ref;
  readonly kind: string;
  readonly on: CivilDate;
  readonly selfAssessmentDueOn?: CivilDate;
  readonly sentOn?: CivilDate;
  readonly signedOffByRef?: Ref;
  readonly focus: readonly string[];
  readonly party: string;
  readonly state: 'held' | 'planned' | 'cancelled';
}

export type LogKind = 'for the meeting' | 'after the meeting';

/** One row of one frozen log; a field that an old log did not record is absent. */
export interface LoggedRow extends Stamped {
  readonly meetingRef: Ref;
  readonly kind: LogKind;
  readonly frozenOn: CivilDate;
  readonly logHash: string;
  readonly subjectKind: SubjectKind | 'area' | 'headline';
  readonly subjectRef: Ref;
  readonly claimedDelivery?: DeliveryStatus;
  readonly computedDelivery?: DeliveryStatus;
  readonly claimedEffect?: EffectStatus;
  readonly computedEffect?: EffectStatus;
  readonly milestonesDone?: number;
  readonly milestonesTotal?: number;
  readonly percentComplete?: number;
  readonly dueOn?: CivilDate;
  readonly forecastOn?: CivilDate;
  readonly slow?: boolean;
  readonly likelihood?: number;
  readonly impact?: number;
  readonly asked?: string;
}
