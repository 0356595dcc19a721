// Whether the papers of a meeting went out: the log for it was looked at, released and frozen.
import type { BoardSnapshot, Ref } from './model';

/** True once the log for the meeting stands in the record. */
export function isReleased(snapshot: Pick<BoardSnapshot, 'loggedRows'>, meetingRef: Ref): boolean {
  return snapshot.loggedRows.some((one) => one.meetingRef === meetingRef && one.kind === 'for the meeting');
}
