// Clause 6 meeting by meeting: whom of the three the notice wants invited, what they were sent, and what is missing since when.
// Findings, readiness, the clause itself and every view of invitations rest on this one reading of the records.
import type { Calendar } from './calendar';
import { hasHappened } from './grounds';
import { isForNow, isLost, isThereOn, stands } from './invitations';
import type { BoardRole, BoardSnapshot, CivilDate, Invitation, Meeting, Person } from './model';
import { advisers } from './terms';

export interface AdviserInvitation {
  readonly person: Person;
  readonly role: BoardRole;
  /** `the DfE case lead`. */
  readonly words: string;
  /** Every row sent by now, in the order sent; those that do not stand any more too. */
  readonly sent: readonly Invitation[];
  /** Those that stand, for the date that the meeting has now. */
  readonly valid: readonly Invitation[];
  readonly failed: readonly Invitation[];
  /** The last answer, where there is one. */
  readonly response: Invitation['response'];
  readonly state: 'invited' | 'not-invited' | 'not-told-of-move' | 'failed' | 'declined';
}

/** How one role stands for one meeting. */
export interface RoleInvitation {
  readonly role: BoardRole;
  readonly words: string;
  /** Those who hold it on the day; of a meeting that was held, those who were sent one, where there are any. */
  readonly people: readonly AdviserInvitation[];
  /** All of them were sent theirs. */
  readonly isSent: boolean;
}

/** The three roles in the order of the notice. */
export function adviserInvitations(
  snapshot: Pick<BoardSnapshot, 'people' | 'invitations' | 'attendance'>,
  meeting: Meeting,
  on: CivilDate,
): readonly RoleInvitation[] {
  const rows = snapshot.invitations.filter((one) => one.meetingRef === meeting.ref && hasHappened(one.sentOn, on));
  return advisers.map(({ role, words }) => {
    const holders = snapshot.people.filter((one) => one.boardRole === role && isThereOn(one, meeting));
    const all = holders.map((person) => stateOf(snapshot, meeting, on, { person, role, words }, rows));
    // Who came into the role later could not be invited to a meeting that is over.
    const known = meeting.on < on || meeting.state === 'held' ? all.filter((one) => one.sent.length > 0) : [];
    const people = known.length > 0 ? known : all;
    return { role, words, people, isSent: people.length > 0 && people.every((one) => isSent(one)) };
  });
}

/** The duty is sending: what did not arrive, or was declined, was sent. */
export function isSent(one: AdviserInvitation): boolean {
  return one.state !== 'not-invited' && one.state !== 'not-told-of-move';
}

function stateOf(
  snapshot: Pick<BoardSnapshot, 'attendance'>,
  meeting: Meeting,
  on: CivilDate,
  who: Pick<AdviserInvitation, 'person' | 'role' | 'words'>,
  rows: readonly Invitation[],
): AdviserInvitation {
  const sent = rows
    .filter((one) => one.personRef === who.person.ref)
    .sort((a, b) => (whenSent(a) < whenSent(b) ? -1 : whenSent(a) > whenSent(b) ? 1 : 0));
  const standing = sent.filter((one) => stands(one, on));
  const valid = standing.filter((one) => isForNow(one, meeting));
  const response = valid.findLast((one) => one.response !== 'none')?.response ?? 'none';
  const failed = sent.filter((one) => one.delivery === 'failed');
  const reached = valid.some((one) => !isLost(one));
  const hasDeputy = snapshot.attendance.some(
    (one) => one.meetingRef === meeting.ref && one.personRef === who.person.ref && one.deputyRef !== undefined,
  );
  const state =
    valid.length === 0
      ? standing.length > 0
        ? 'not-told-of-move'
        : 'not-invited'
      : !reached
        ? 'failed'
        : response === 'declined' && !hasDeputy
          ? 'declined'
          : 'invited';
  return { ...who, sent, valid, failed, response, state };
}

function whenSent(row: Invitation): string {
  return row.sentAt ?? String(row.sentOn);
}

/** What is missing from a day on; `declined` and `failed` do not break the duty, they are to be chased. */
export interface InvitationGap {
  readonly kind: 'nobody' | 'not-invited' | 'not-told-of-move' | 'failed' | 'declined';
  readonly words: string;
  readonly person?: Person;
  /** One sentence for people. */
  readonly text: string;
}

/** The gaps of one meeting as of a day, in the order of the roles; none of them before they exist. */
export function invitationGaps(
  snapshot: Pick<BoardSnapshot, 'people' | 'invitations' | 'attendance'>,
  meeting: Meeting,
  latestOn: CivilDate,
  on: CivilDate,
  calendar: Pick<Calendar, 'longDate'>,
): readonly InvitationGap[] {
  const isOver = meeting.state === 'held' || meeting.on < on;
  const isLate = latestOn < on;
  return adviserInvitations(snapshot, meeting, on).flatMap(({ people, words }): InvitationGap[] => {
    if (people.length === 0)
      return isLate ? [{ kind: 'nobody', words, text: `No one is recorded as ${words}, so no invitation went.` }] : [];
    return people.flatMap((one): InvitationGap[] => {
      const { person } = one;
      const who = `${person.name}, ${words}`;
      switch (one.state) {
        case 'invited':
          return [];
        case 'not-invited': {
          const text = `The invitation to ${who}, has not been sent; it should have gone by ${calendar.longDate(latestOn)}.`;
          return isLate ? [{ kind: 'not-invited', words, person, text }] : [];
        }
        case 'not-told-of-move': {
          const text = `${who}, was invited to another date or time of ${meeting.ref} and has not been told of ${calendar.longDate(meeting.on)}.`;
          return [{ kind: 'not-told-of-move', words, person, text }];
        }
        case 'failed': {
          const text = `The invitation to ${who}, did not arrive and has not been sent again.`;
          return isOver ? [] : [{ kind: 'failed', words, person, text }];
        }
        case 'declined': {
          const text = `${who}, has declined ${meeting.ref}, and no deputy is named.`;
          return isOver ? [] : [{ kind: 'declined', words, person, text }];
        }
      }
    });
  });
}
