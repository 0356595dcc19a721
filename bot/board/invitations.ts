// Who is invited to a meeting, and what its calendar event needs: made, changed, cancelled. Rules: docs/rules.md, "Invitations".
import type { Calendar } from './calendar';
import { calendarOf } from './cycle';
import { hasHappened } from './grounds';
import type { BoardSnapshot, CivilDate, Instant, Invitation, Meeting, Person, Ref } from './model';
import type { BoardPolicy } from './policy';
import { isAdviserRole } from './terms';

/** Advisers, chair, members and secretary must be there; owners may come. Deputies come where somebody sends them. */
export type AttendanceKind = 'required' | 'optional';

export interface Invitee {
  readonly personRef: Ref;
  readonly name: string;
  readonly address: string;
  readonly attendance: AttendanceKind;
  /** One of the three whom the notice names. */
  readonly adviser: boolean;
}

/** Somebody who is to be invited and cannot be; `why` ends a sentence. */
export interface NotInvitable {
  readonly personRef: Ref;
  readonly why: string;
}

export interface EventAttendee {
  readonly name: string;
  readonly address: string;
  readonly response: Invitation['response'];
}

/** The event of a meeting in the service mailbox's calendar, as it was read. */
export interface MeetingEvent {
  readonly id: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly place: string;
  /** The link to join; absent where the mailbox has no Teams. */
  readonly joinUrl?: string;
  readonly changedAt: Instant;
  readonly attendees: readonly EventAttendee[];
}

/** What the event is to be: `on` and the times, `HH:mm`, in the zone. */
export interface WantedEvent {
  readonly meetingRef: Ref;
  readonly boardName: string;
  readonly on: CivilDate;
  readonly startsAtTime: string;
  readonly endsAtTime: string;
  readonly timeZone: string;
  readonly place: string;
  readonly attendees: readonly {
    readonly name: string;
    readonly address: string;
    readonly attendance: AttendanceKind;
  }[];
}

export type InvitationStep =
  | { readonly kind: 'none' }
  | { readonly kind: 'create'; readonly wanted: WantedEvent }
  | {
      readonly kind: 'change';
      readonly eventId: string;
      readonly wanted: WantedEvent;
      /** Everybody is told of a new time or place; else those alone who come and go. */
      readonly moved: boolean;
      readonly replaced: boolean;
    }
  | { readonly kind: 'cancel'; readonly eventId: string };

export interface InvitationPlan {
  readonly step: InvitationStep;
  /** To whom an invitation goes with it. */
  readonly invite: readonly Invitee[];
  /** Whose invitation did not arrive and goes again. */
  readonly again: readonly Invitee[];
  /** By name: who is told that it no longer holds for them. */
  readonly withdraw: readonly string[];
  readonly notInvitable: readonly NotInvitable[];
  /** Somebody gave the event another time in the calendar itself; the list Meetings still has the one invited to. */
  readonly movedByHand: boolean;
  /** Why nothing can be done, for people. */
  readonly problem?: string;
}

const addressForm = /^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$/;

/** `2025-02-26 10:00-12:00`, in the board's zone. */
export function meetingTime(meeting: Pick<Meeting, 'on' | 'startsAtTime' | 'endsAtTime'>): string {
  return `${meeting.on} ${meeting.startsAtTime}-${meeting.endsAtTime}`;
}

export function eventTime(event: Pick<MeetingEvent, 'startsAt' | 'endsAt'>, calendar: Calendar): string {
  return `${calendar.on(event.startsAt)} ${calendar.timeOf(event.startsAt)}-${calendar.timeOf(event.endsAt)}`;
}

/** Not over, not begun, not held: its invitations are still kept; those of a cancelled one are taken back. */
export function isComing(meeting: Meeting, calendar: Calendar, at: Instant): boolean {
  return meeting.state !== 'held' && calendar.at(meeting.on, meeting.startsAtTime) > at;
}

/** True of who is on the board on the day of the meeting. */
export function isThereOn(person: Person, meeting: Meeting): boolean {
  return person.leavesOn === undefined || person.leavesOn >= meeting.on;
}

/** Sent, and not taken back since. */
export function stands(row: Invitation, on: string): boolean {
  return hasHappened(row.sentOn, on) && !hasHappened(row.withdrawnOn, on);
}

/** Sent for the date and time that the meeting has now. */
export function isForNow(row: Invitation, meeting: Meeting): boolean {
  return row.meetingTime === undefined || row.meetingTime === meetingTime(meeting);
}

/** It did not arrive, as far as is known: a later answer shows that it did, some other way. */
export function isLost(row: Invitation): boolean {
  return row.delivery === 'failed' && row.response === 'none';
}

export function inviteesOf(
  snapshot: Pick<BoardSnapshot, 'people'>,
  meeting: Meeting,
): { readonly invitees: readonly Invitee[]; readonly notInvitable: readonly NotInvitable[] } {
  const invitees: Invitee[] = [];
  const notInvitable: NotInvitable[] = [];
  for (const person of snapshot.people) {
    if (person.boardRole === 'deputy' || !isThereOn(person, meeting)) continue;
    const address = person.email?.trim() ?? '';
    if (addressForm.test(address))
      invitees.push({
        personRef: person.ref,
        name: person.name,
        address,
        attendance: person.boardRole === 'owner' ? 'optional' : 'required',
        adviser: isAdviserRole(person.boardRole),
      });
    else
      notInvitable.push({
        personRef: person.ref,
        why: address === '' ? 'no address is recorded' : 'what is recorded as the address is none',
      });
  }
  return { invitees, notInvitable };
}

/**
 * What is to be done with the event so that it is the meeting's as the lists have it. Whoever somebody else added to the
 * event stays; whom this product invited and who is not to come any more goes. `resend`: what did not arrive goes again:
 * these are taken out first and come back with the next step.
 */
export function planInvitations(input: {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly meeting: Meeting;
  readonly at: Instant;
  readonly event?: MeetingEvent;
  readonly resend?: boolean;
}): InvitationPlan {
  const { snapshot, policy, meeting, at, event } = input;
  const calendar = calendarOf(policy);
  const nothing = { invite: [], again: [], withdraw: [], notInvitable: [], movedByHand: false };
  if (!isComing(meeting, calendar, at)) return { step: { kind: 'none' }, ...nothing };
  if (meeting.state === 'cancelled') {
    if (!event) return { step: { kind: 'none' }, ...nothing };
    return {
      ...nothing,
      step: { kind: 'cancel', eventId: event.id },
      withdraw: event.attendees.map((one) => one.name),
    };
  }
  const { invitees, notInvitable } = inviteesOf(snapshot, meeting);
  if (meeting.endsAtTime <= meeting.startsAtTime) {
    const problem = `${meeting.ref} ends before it begins: mend its times in the list Meetings.`;
    return { ...nothing, step: { kind: 'none' }, notInvitable, problem };
  }
  const rows = snapshot.invitations.filter((one) => one.meetingRef === meeting.ref);
  const lost =
    input.resend === true
      ? addresses(rows.filter((one) => stands(one, calendar.on(at)) && isLost(one)).map((one) => one.sentTo))
      : new Set<string>();
  const times = {
    startsAt: calendar.at(meeting.on, meeting.startsAtTime),
    endsAt: calendar.at(meeting.on, meeting.endsAtTime),
  };
  const place = meeting.place ?? '';
  const wanted = {
    meetingRef: meeting.ref,
    boardName: snapshot.facts.name,
    on: meeting.on,
    startsAtTime: meeting.startsAtTime,
    endsAtTime: meeting.endsAtTime,
    timeZone: policy.timeZone,
    place,
  };
  if (!event) {
    const attendees = once(invitees);
    return { ...nothing, notInvitable, step: { kind: 'create', wanted: { ...wanted, attendees } }, invite: invitees };
  }
  const there = addresses(event.attendees.map((one) => one.address));
  const ours = addresses([...snapshot.people.map((one) => one.email), ...rows.map((one) => one.sentTo)]);
  const due = addresses(invitees.map((one) => one.address));
  const stays = (address: string): boolean => {
    const key = address.toLowerCase();
    return !lost.has(key) && (due.has(key) || !ours.has(key));
  };
  const left = event.attendees.filter((one) => !stays(one.address));
  const came = invitees.filter((one) => !there.has(one.address.toLowerCase()));
  const timeMoved = times.startsAt !== event.startsAt || times.endsAt !== event.endsAt;
  // Outlook adds the online meeting behind a place, and stands it in where there is none.
  const placed = place === '' || event.place === place || event.place.startsWith(`${place};`);
  const moved = timeMoved || !placed;
  const known = new Map(invitees.map((one) => [one.address.toLowerCase(), one]));
  const kept = event.attendees
    .filter((one) => stays(one.address))
    .map(({ name, address }) => ({
      name,
      address,
      attendance: known.get(address.toLowerCase())?.attendance ?? ('optional' as const),
    }));
  const movedByHand =
    timeMoved && rows.some((one) => stands(one, calendar.on(at)) && one.meetingTime === meetingTime(meeting));
  if (!moved && came.length === 0 && left.length === 0) return { ...nothing, notInvitable, step: { kind: 'none' } };
  return {
    notInvitable,
    movedByHand,
    step: {
      kind: 'change',
      eventId: event.id,
      wanted: { ...wanted, attendees: once([...kept, ...came]) },
      moved,
      replaced: came.length + left.length > 0,
    },
    invite: timeMoved ? invitees : came,
    again: invitees.filter((one) => lost.has(one.address.toLowerCase()) && there.has(one.address.toLowerCase())),
    withdraw: left
      .filter((one) => !lost.has(one.address.toLowerCase()) || !due.has(one.address.toLowerCase()))
      .map((one) => one.name),
  };
}

function addresses(given: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set(given.flatMap((one) => (one === undefined ? [] : [one.trim().toLowerCase()])));
}

/** Two people with one address are one attendee. */
function once<T extends { readonly name: string; readonly address: string; readonly attendance: AttendanceKind }>(
  given: readonly T[],
): WantedEvent['attendees'] {
  const found = new Map<string, T>();
  for (const one of given) if (!found.has(one.address.toLowerCase())) found.set(one.address.toLowerCase(), one);
  return [...found.values()].map(({ name, address, attendance }) => ({ name, address, attendance }));
}
