// The rows of the list Invitations as writes that may be repeated: each sending to each person has one key for ever.
import { calendarRoute, type SettledRows } from '../board/invitationRows';
import type { BoardSnapshot, Meeting } from '../board/model';
import { UpstreamError } from '../errors';
import type { RecordWrite } from './ports';
import { nameOfInputs } from './writeOnce';

/** The writes that settle the rows, those already there under the versions that were read. */
export function invitationWrites(
  boardId: string,
  snapshot: Pick<BoardSnapshot, 'invitations'>,
  { add, change }: SettledRows,
): readonly RecordWrite[] {
  const changes = change.map(({ row, changes: fields }): RecordWrite => {
    const { stamp, personRef: ref } = row;
    if (!stamp) throw new UpstreamError('SharePoint', `The invitation of ${ref} was read without its version.`);
    return { kind: 'change', record: 'invitation', ref, ...stamp, changes: { ...fields } };
  });
  const adds = add.map((one): RecordWrite => {
    const same = snapshot.invitations.filter(
      (row) =>
        row.meetingRef === one.meetingRef &&
        row.personRef === one.personRef &&
        row.meetingTime === one.meetingTime &&
        row.sentTo === one.sentTo,
    );
    const name = nameOfInputs([boardId, one.meetingRef, one.personRef, one.meetingTime, one.sentTo, same.length]);
    return { kind: 'add', record: 'invitation', operationKey: `invitation-${name}`, values: { ...one } };
  });
  return [...changes, ...adds];
}

/** The board as its list will be once the rows are written. */
export function withSettled(snapshot: BoardSnapshot, { add, change }: SettledRows): BoardSnapshot {
  const changed = new Map(change.map((one) => [one.row, one.changes]));
  const rows = snapshot.invitations.map((row) => ({ ...row, ...changed.get(row) }));
  return { ...snapshot, invitations: [...rows, ...add] };
}

/** How often the meeting was sent out before: a new making of its event is a new transaction, a repeat is not. */
export function versionOf({ invitations }: Pick<BoardSnapshot, 'invitations'>, meeting: Meeting): number {
  return invitations.filter((one) => one.meetingRef === meeting.ref && one.route === calendarRoute).length;
}
