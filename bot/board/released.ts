// The papers of a meeting once they are released: whether they are, who gets them, and the message that tells of them.
import { hasLeft } from './manageOwned';
import type { BoardSnapshot, CivilDate, Person, Ref } from './model';
import { isAdviserRole } from './terms';

/** True once the log for the meeting stands in the record. */
export function isReleased(snapshot: Pick<BoardSnapshot, 'loggedRows'>, meetingRef: Ref): boolean {
  return snapshot.loggedRows.some((one) => one.meetingRef === meetingRef && one.kind === 'for the meeting');
}

/** The chair, the members and the three advisers, in the order of the list. */
export function paperReaders(snapshot: Pick<BoardSnapshot, 'people'>, on: CivilDate): readonly Person[] {
  return snapshot.people.filter(
    (one) =>
      !hasLeft(one, on) && (one.boardRole === 'chair' || one.boardRole === 'member' || isAdviserRole(one.boardRole)),
  );
}

const papersSent = 'notice:papers-sent:';
/** Enough of a log's hash to know it by. */
const hashLength = 24;

/** The step under which the ledger keeps the messages about one frozen log; a correction is told anew. */
export function papersSentStep(hash: string): `notice:${string}` {
  return `${papersSent}${hash.slice(0, hashLength)}`;
}

/** The first figures of the hash of the log that such a message tells of; undefined: another message. */
export function papersSentOf(step: string): string | undefined {
  return step.startsWith(papersSent) ? step.slice(papersSent.length) : undefined;
}
