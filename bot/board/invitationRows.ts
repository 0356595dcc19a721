// What the list Invitations says after a look at the calendar: who was sent what, who answered, what does not stand any more.
import type { Calendar } from './calendar';
import { compareText } from './grounds';
import { eventTime, inviteesOf, type EventAttendee, type MeetingEvent } from './invitations';
import type { BoardSnapshot, Instant, Invitation, Meeting } from './model';

/** The route of what this product sends; other rows are of invitations sent by hand, and are left as they are. */
export const calendarRoute = 'calendar';

/** A report that an invitation could not be delivered. */
export interface InvitationBounce {
  readonly address: string;
  readonly at: Instant;
  /** Why, as the report says it. */
  readonly why: string;
}

export type NewInvitation = Omit<Invitation, 'stamp'>;

export interface SettledRows {
  readonly add: readonly NewInvitation[];
  readonly change: readonly { readonly row: Invitation; readonly changes: Partial<NewInvitation> }[];
}

/**
 * The rows that bring the list up to the event as it is; no event: nothing sent stands any more. What the calendar shows was
 * sent: a row lost in a crash is made here, dated by the event's last change.
 */
export function settleInvitations(input: {
  readonly snapshot: BoardSnapshot;
  readonly calendar: Calendar;
  readonly meeting: Meeting;
  readonly at: Instant;
  readonly event?: MeetingEvent;
  readonly bounces: readonly InvitationBounce[];
}): SettledRows {
  const { snapshot, calendar, meeting, at, event, bounces } = input;
  const rows = snapshot.invitations.filter(
    (one) => one.meetingRef === meeting.ref && one.route === calendarRoute && one.withdrawnOn === undefined,
  );
  const time = event && eventTime(event, calendar);
  const attendees = new Map((event?.attendees ?? []).map((one) => [one.address.toLowerCase(), one]));
  const attendeeOf = (row: Invitation): EventAttendee | undefined =>
    row.meetingTime === time ? attendees.get((row.sentTo ?? '').toLowerCase()) : undefined;
  const change = rows.flatMap((row) => {
    const attendee = attendeeOf(row);
    const changes = attendee ? heard(row, attendee, bounces) : { withdrawnOn: calendar.on(at) };
    return Object.keys(changes).length === 0 ? [] : [{ row, changes }];
  });
  if (event === undefined || time === undefined) return { add: [], change };
  const standing = new Set(rows.filter((row) => attendeeOf(row)).map((row) => row.personRef));
  const sentAt = event.changedAt < at ? event.changedAt : at;
  const add = inviteesOf(snapshot, meeting).invitees.flatMap((one): NewInvitation[] => {
    const attendee = attendees.get(one.address.toLowerCase());
    if (!attendee || standing.has(one.personRef)) return [];
    return [
      {
        meetingRef: meeting.ref,
        personRef: one.personRef,
        sentOn: calendar.on(sentAt),
        sentAt,
        sentTo: one.address,
        meetingTime: time,
        delivery: attendee.response === 'none' ? 'unknown' : 'delivered',
        response: attendee.response,
        route: calendarRoute,
      },
    ];
  });
  return { add: [...add].sort((a, b) => compareText(a.personRef, b.personRef)), change };
}

/** An answer shows that it arrived; a report after it was sent, that it did not. */
function heard(row: Invitation, attendee: EventAttendee, bounces: readonly InvitationBounce[]): Partial<NewInvitation> {
  const answered = attendee.response !== row.response ? { response: attendee.response } : {};
  if (attendee.response !== 'none' && row.delivery === 'unknown') return { ...answered, delivery: 'delivered' };
  const bounce = bounces.find(
    (one) => one.address.toLowerCase() === attendee.address.toLowerCase() && one.at >= (row.sentAt ?? ''),
  );
  if (!bounce || row.delivery !== 'unknown') return answered;
  return { ...answered, delivery: 'failed', error: bounce.why };
}
