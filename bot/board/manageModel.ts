// What is kept with the board about its running: pauses, planned hand-overs, and what came of each meeting's cycle.
import type { SubjectKind } from './meetingModel';
import type { CivilDate, Instant, Ref, Stamped } from './terms';

/** Nothing is sent while it is in force. */
export interface SendingPause {
  readonly byRef: Ref;
  readonly at: Instant;
  readonly why: string;
  /** It ends by itself then; absent: when somebody resumes. */
  readonly untilAt?: Instant;
}

/** The board's row about sending; without a pause messages go out. */
export interface SendingRow extends Stamped {
  readonly key: string;
  readonly pause?: SendingPause;
}

/** One thing that goes over; without `toRef` it is nobody's from then on. */
export interface HandOverMove {
  readonly kind: SubjectKind;
  readonly ref: Ref;
  readonly toRef?: Ref;
  /** The row of the history that this takes back. */
  readonly takesBack?: string;
}

/** Who goes, and who takes over what is not named. */
export interface Leaving {
  readonly personRef: Ref;
  readonly lastDayOn: CivilDate;
  /** Absent: what is not named is nobody's. */
  readonly toRef?: Ref;
}

/** A hand-over that takes effect on a coming day. */
export interface PlannedHandOver extends Stamped {
  readonly key: string;
  /** The first day on which things are theirs. */
  readonly fromOn: CivilDate;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly moves: readonly HandOverMove[];
  readonly leaving?: Leaving;
}

/** A step that no message tells of: its day passed unsent, or it was looked at and there was nobody to send it to. */
export interface UnsentStep {
  readonly step: string;
  /** The day it was planned for. */
  readonly on: CivilDate;
  readonly state: 'missed' | 'nobody' | 'skipped';
  /** When that was found. */
  readonly at: Instant;
  /** For people. */
  readonly why: string;
}

/** The board's row about the cycle of one meeting. */
export interface CycleRow extends Stamped {
  readonly key: string;
  readonly meetingRef: Ref;
  /** The secretary agreed to these days; other days are agreed to again. */
  readonly confirmed?: { readonly byRef: Ref; readonly at: Instant; readonly days: string };
  readonly unsent: readonly UnsentStep[];
}

/** What somebody who left held beside what they owned: kept so that it can be given back. */
export interface Leaver extends Stamped {
  readonly key: string;
  readonly personRef: Ref;
  readonly lastDayOn: CivilDate;
  readonly byRef: Ref;
  readonly at: Instant;
  /** Deputies as they were and as they are since, of people and of actions. */
  readonly deputies: readonly {
    readonly record: 'person' | 'action';
    readonly ref: Ref;
    readonly before: readonly Ref[];
    readonly after: readonly Ref[];
  }[];
  /** Bodies, by name, whose escalations went to them; absent: to nobody since. */
  readonly escalations: readonly { readonly body: string; readonly toRef?: Ref }[];
  /** They stay after all. */
  readonly takenBack?: true;
}

/** Something that went wrong or was done by itself, for the secretary. */
export interface SecretaryNote {
  readonly meetingRef: Ref;
  readonly at: Instant;
  /** A sentence, for people. */
  readonly text: string;
  /** The day whose notice tells it; absent: it waits. */
  readonly toldOn?: CivilDate;
}

/** The board's row of what the secretary is told, the oldest first. */
export interface NewsRow extends Stamped {
  readonly key: string;
  readonly notes: readonly SecretaryNote[];
}

/** The channel of Teams that gets the board's public messages. */
export interface BoardChannel {
  /** As Teams knows it. */
  readonly channelId: string;
  /** As people know it: "Board papers in SEND board"; absent: Teams did not say. */
  readonly name?: string;
  readonly byRef: Ref;
  readonly at: Instant;
}

/** A meeting to come as the channel knows it. */
export interface KnownMeeting {
  readonly ref: Ref;
  readonly on: CivilDate;
  readonly startsAtTime: string;
  readonly cancelled: boolean;
}

/** The board's row about its channel; without one nothing is public. */
export interface ChannelRow extends Stamped {
  readonly key: string;
  readonly channel?: BoardChannel;
  /** What a move is noticed by. */
  readonly meetings: readonly KnownMeeting[];
}

/** What is kept in the list Settings beside the facts and the policy. */
export interface BoardRunning {
  readonly sending?: SendingRow;
  readonly news?: NewsRow;
  readonly channel?: ChannelRow;
  /** One a meeting, where there is something to keep. */
  readonly cycles?: readonly CycleRow[];
  /** Those still to come, the first first. */
  readonly planned: readonly PlannedHandOver[];
  /** Who has left or was said to, the last first. */
  readonly left?: readonly Leaver[];
}
