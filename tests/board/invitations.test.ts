// Who is invited, and what the event of a meeting needs: made, changed, cancelled, at both clock changes and at every boundary.
import { describe, expect, test } from '@jest/globals';
import {
  eventTime,
  inviteesOf,
  isComing,
  meetingTime,
  planInvitations,
  type InvitationPlan,
  type MeetingEvent,
} from '../../bot/board/invitations';
import { calendarRoute, settleInvitations } from '../../bot/board/invitationRows';
import type { BoardSnapshot, Invitation, Meeting, Person } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { aMeeting, anInvitation, aPerson, aSnapshot } from '../fixtures/builders';
import { calendar, now } from '../fixtures/judging';

const policy = { ...defaultPolicy, quietDays: [] };
const meeting: Meeting = aMeeting({
  ref: 'M4',
  on: '2025-06-25',
  state: 'planned',
  startsAtTime: '10:00',
  endsAtTime: '12:00',
});
const person = (ref: string, boardRole: Person['boardRole'], over: Partial<Person> = {}): Person =>
  aPerson({ ref, name: `Name ${ref}`, boardRole, email: `${ref.toLowerCase()}@northam.example`, ...over });
const people = [
  person('P1', 'owner'),
  person('P2', 'deputy'),
  person('P5', 'member'),
  person('P8', 'secretary'),
  person('P9', 'chair'),
  person('X1', 'dfe-send-adviser'),
  person('X2', 'nhse-adviser'),
  person('X3', 'dfe-case-lead'),
];
const all = ['P1', 'P5', 'P8', 'P9', 'X1', 'X2', 'X3'];
const snapshotOf = (over: Partial<BoardSnapshot> = {}): BoardSnapshot =>
  aSnapshot({ people, meetings: [meeting], ...over });
const attendee = (ref: string, response: Invitation['response'] = 'none') => ({
  name: `Name ${ref}`,
  address: `${ref.toLowerCase()}@northam.example`,
  response,
});
const event = (over: Partial<MeetingEvent> = {}): MeetingEvent => ({
  id: 'event-1',
  startsAt: '2025-06-25T09:00:00.000Z',
  endsAt: '2025-06-25T11:00:00.000Z',
  place: '',
  changedAt: '2025-06-02T08:00:00.000Z',
  attendees: all.map((ref) => attendee(ref)),
  ...over,
});
const sentRow = (personRef: string, over: Partial<Invitation> = {}): Invitation =>
  anInvitation({
    meetingRef: 'M4',
    personRef,
    sentOn: '2025-06-02',
    sentAt: '2025-06-02T08:00:00.000Z',
    sentTo: `${personRef.toLowerCase()}@northam.example`,
    meetingTime: '2025-06-25 10:00-12:00',
    delivery: 'unknown',
    response: 'none',
    route: calendarRoute,
    ...over,
  });
const plan = (
  given: { meeting?: Meeting; snapshot?: BoardSnapshot; event?: MeetingEvent; at?: string; resend?: boolean } = {},
): InvitationPlan => planInvitations({ snapshot: snapshotOf(), policy, meeting, at: now, ...given });
const invited = (one: InvitationPlan): readonly string[] => one.invite.map((who) => who.personRef);
const attendeesOf = ({ step }: InvitationPlan): readonly string[] =>
  step.kind === 'create' || step.kind === 'change' ? step.wanted.attendees.map((one) => one.address) : [];

describe('who is invited', () => {
  test('are the advisers, chair, members and secretary, who must be there, and the owners, who may', () => {
    const { invitees } = inviteesOf({ people }, meeting);
    expect(invitees.map((one) => [one.personRef, one.attendance])).toEqual([
      ['P1', 'optional'],
      ...['P5', 'P8', 'P9', 'X1', 'X2', 'X3'].map((ref) => [ref, 'required']),
    ]);
  });

  test.each([
    ['2025-06-24', false],
    ['2025-06-25', true],
    ['2025-06-26', true],
  ])('who leaves on %s is among them: %s', (leavesOn, among) => {
    const found = inviteesOf({ people: [person('X1', 'dfe-send-adviser', { leavesOn })] }, meeting);
    expect(found.invitees).toHaveLength(among ? 1 : 0);
    expect(found.notInvitable).toEqual([]);
  });

  test.each([
    ['', 'no address is recorded'],
    ['   ', 'no address is recorded'],
    ['x1 at northam', 'what is recorded as the address is none'],
    ['x1@northam', 'what is recorded as the address is none'],
    ['a@b.example, c@d.example', 'what is recorded as the address is none'],
  ])('who has "%s" as an address cannot be: %s', (email, why) => {
    const found = inviteesOf({ people: [person('X1', 'dfe-send-adviser', { email })] }, meeting);
    expect(found).toEqual({ invitees: [], notInvitable: [{ personRef: 'X1', why }] });
  });

  test('without any address recorded', () => {
    const { email: _gone, ...without } = person('X1', 'dfe-send-adviser');
    expect(inviteesOf({ people: [without] }, meeting).notInvitable).toHaveLength(1);
  });
});

describe('a meeting without an event', () => {
  test('gets one with everybody, at its local time in the board’s zone', () => {
    const made = plan({ meeting: { ...meeting, place: 'County Hall' } });
    expect(made.step).toMatchObject({
      kind: 'create',
      wanted: {
        meetingRef: 'M4',
        boardName: 'Northam SEND Improvement Board',
        on: '2025-06-25',
        startsAtTime: '10:00',
        endsAtTime: '12:00',
        timeZone: 'Europe/London',
        place: 'County Hall',
      },
    });
    expect(invited(made)).toEqual(all);
    expect(attendeesOf(made)).toHaveLength(7);
  });

  test.each<[string, Partial<Meeting>, string, string]>([
    ['before it begins', {}, '2025-06-25T08:59:59.000Z', 'create'],
    ['as it begins', {}, '2025-06-25T09:00:00.000Z', 'none'],
    ['in preparation', { state: 'in-preparation' }, now, 'create'],
    ['held', { state: 'held' }, now, 'none'],
    ['cancelled', { state: 'cancelled' }, now, 'none'],
    ['ending as it begins', { endsAtTime: '10:00' }, now, 'none'],
    ['ending a minute after it begins', { endsAtTime: '10:01' }, now, 'create'],
  ])('%s', (_, over, at, kind) => {
    expect(plan({ meeting: { ...meeting, ...over }, at }).step.kind).toBe(kind);
  });

  test('says why nothing can be done where its times are wrong', () => {
    expect(plan({ meeting: { ...meeting, endsAtTime: '09:00' } }).problem).toMatch(/ends before it begins/);
  });

  test('two people with one address are one attendee, and both are invited', () => {
    const shared = [
      person('P5', 'member', { email: 'Office@northam.example' }),
      person('P6', 'member', { email: 'office@northam.example' }),
    ];
    const made = plan({ snapshot: snapshotOf({ people: shared }) });
    expect([invited(made), attendeesOf(made)]).toEqual([['P5', 'P6'], ['Office@northam.example']]);
  });
});

describe('a meeting with its event', () => {
  test('needs nothing while they agree', () => {
    expect(plan({ event: event() })).toMatchObject({ step: { kind: 'none' }, invite: [], withdraw: [] });
  });

  test.each<[string, Partial<Meeting>, Partial<MeetingEvent>, boolean, readonly string[]]>([
    ['on another day', { on: '2025-06-26' }, {}, true, all],
    ['beginning later', { startsAtTime: '10:30' }, {}, true, all],
    ['ending later', { endsAtTime: '12:30' }, {}, true, all],
    ['in another place', { place: 'Town Hall' }, { place: 'County Hall' }, true, []],
  ])('%s is changed, and everybody is told', (_, over, eventOver, moved, asked) => {
    const made = plan({ meeting: { ...meeting, ...over }, event: event(eventOver) });
    expect(made.step).toMatchObject({ kind: 'change', eventId: 'event-1', moved, replaced: false });
    expect(invited(made)).toEqual(asked);
    expect(made.movedByHand).toBe(false);
  });

  test.each([
    ['', 'Microsoft Teams Meeting'],
    ['Town Hall', 'Town Hall'],
    ['Town Hall', 'Town Hall; Microsoft Teams Meeting'],
  ])('in "%s" is left where Outlook writes "%s"', (place, written) => {
    expect(plan({ meeting: { ...meeting, place }, event: event({ place: written }) }).step.kind).toBe('none');
  });

  test('an adviser who comes into the role is added, the one who left is taken out, a guest of somebody else stays', () => {
    const changed = [
      ...people.map((one) => (one.ref === 'X1' ? { ...one, leavesOn: '2025-06-20' } : one)),
      person('X4', 'dfe-send-adviser'),
    ];
    const guest = { name: 'Guest', address: 'guest@school.example', response: 'none' as const };
    const made = plan({
      snapshot: snapshotOf({ people: changed }),
      event: event({ attendees: [...event().attendees, guest] }),
    });
    expect(made.step).toMatchObject({ kind: 'change', moved: false, replaced: true });
    expect(invited(made)).toEqual(['X4']);
    expect(made.withdraw).toEqual(['Name X1']);
    expect(attendeesOf(made)).toEqual([
      ...all.filter((ref) => ref !== 'X1').map((ref) => `${ref.toLowerCase()}@northam.example`),
      'guest@school.example',
      'x4@northam.example',
    ]);
    expect(made.step.kind === 'change' && made.step.wanted.attendees.find((one) => one.name === 'Guest')).toMatchObject(
      {
        attendance: 'optional',
      },
    );
  });

  test('who is on the list People no more is known by the address that was written to', () => {
    const gone = event({ attendees: [...event().attendees, attendee('X9')] });
    expect(plan({ event: gone }).step.kind).toBe('none');
    const { email: _none, ...nameless } = person('P7', 'member');
    const byHand = anInvitation({ meetingRef: 'M4', personRef: 'X2' });
    const snapshot = snapshotOf({ people: [...people, nameless], invitations: [sentRow('X9'), byHand] });
    expect(plan({ event: gone, snapshot }).withdraw).toEqual(['Name X9']);
  });

  test('a corrected address is invited, and the old one taken out', () => {
    const corrected = people.map((one) => (one.ref === 'X3' ? { ...one, email: 'new.x3@dfe.example' } : one));
    const snapshot = snapshotOf({ people: corrected, invitations: [sentRow('X3', { delivery: 'failed' })] });
    const made = plan({ snapshot, event: event() });
    expect([invited(made), made.withdraw]).toEqual([['X3'], ['Name X3']]);
  });

  test('what did not arrive is taken out to be sent again, only when asked', () => {
    const snapshot = snapshotOf({
      invitations: [sentRow('X3', { delivery: 'failed' }), sentRow('X2', { delivery: 'failed', response: 'accepted' })],
    });
    expect(plan({ snapshot, event: event() }).step.kind).toBe('none');
    const first = plan({ snapshot, event: event(), resend: true });
    expect([invited(first), first.again.map((one) => one.personRef), first.withdraw]).toEqual([[], ['X3'], []]);
    expect(attendeesOf(first)).not.toContain('x3@northam.example');
    const out = event({ attendees: event().attendees.filter((one) => one.name !== 'Name X3') });
    expect(invited(plan({ snapshot: snapshotOf(), event: out, resend: true }))).toEqual(['X3']);
    const left = people.map((one) => (one.ref === 'X3' ? { ...one, leavesOn: '2025-06-20' } : one));
    const gone = plan({ snapshot: { ...snapshot, people: left }, event: event(), resend: true });
    expect([gone.again, gone.withdraw]).toEqual([[], ['Name X3']]);
    const both = plan({ snapshot, event: out, resend: true });
    expect([invited(both), both.again]).toEqual([['X3'], []]);
  });

  test('cancelled is cancelled, and all are told; held or over it is left', () => {
    const made = plan({ meeting: { ...meeting, state: 'cancelled' }, event: event() });
    expect(made.step).toEqual({ kind: 'cancel', eventId: 'event-1' });
    expect(made.withdraw).toHaveLength(7);
    expect(plan({ meeting: { ...meeting, state: 'held' }, event: event() }).step.kind).toBe('none');
    const over = plan({ meeting: { ...meeting, state: 'cancelled' }, event: event(), at: '2025-06-25T09:00:00.000Z' });
    expect(over.step.kind).toBe('none');
  });

  test('moved in the calendar itself is told apart from moved in the list', () => {
    const later = event({ startsAt: '2025-06-26T09:00:00.000Z', endsAt: '2025-06-26T11:00:00.000Z' });
    const snapshot = snapshotOf({ invitations: [sentRow('X1')] });
    expect(plan({ event: later, snapshot }).movedByHand).toBe(true);
    const inList = { ...meeting, on: '2025-06-27' };
    expect(plan({ event: later, snapshot, meeting: inList }).movedByHand).toBe(false);
    const taken = snapshotOf({ invitations: [sentRow('X1', { withdrawnOn: '2025-06-03' })] });
    expect(plan({ event: later, snapshot: taken }).movedByHand).toBe(false);
  });
});

describe('the clock changes', () => {
  test.each([
    ['winter', '2025-03-29', '2025-03-29T10:00:00.000Z'],
    ['the day the clocks go forward', '2025-03-30', '2025-03-30T09:00:00.000Z'],
    ['summer', '2025-10-25', '2025-10-25T09:00:00.000Z'],
    ['the day the clocks go back', '2025-10-26', '2025-10-26T10:00:00.000Z'],
  ])('in %s ten o’clock is ten o’clock in London', (_, on, startsAt) => {
    const it = { ...meeting, on };
    const endsAt = new Date(Date.parse(startsAt) + 2 * 3_600_000).toISOString();
    const at = '2025-01-06T09:00:00.000Z';
    expect(plan({ meeting: it, at, event: event({ startsAt, endsAt }) }).step.kind).toBe('none');
    expect(eventTime({ startsAt, endsAt }, calendar)).toBe(meetingTime(it));
    expect(isComing(it, calendar, startsAt)).toBe(false);
    expect(isComing(it, calendar, new Date(Date.parse(startsAt) - 1).toISOString())).toBe(true);
  });
});

describe('the rows of the list', () => {
  const settle = (over: Partial<Parameters<typeof settleInvitations>[0]> = {}) =>
    settleInvitations({ snapshot: snapshotOf(), calendar, meeting, at: now, bounces: [], event: event(), ...over });
  const rows = all.map((ref) => sentRow(ref));

  test('are made for everybody on the event, as of its last change', () => {
    const { add, change } = settle();
    expect(add.map((one) => one.personRef)).toEqual(all);
    expect(add[4]).toEqual({
      meetingRef: 'M4',
      personRef: 'X1',
      sentOn: '2025-06-02',
      sentAt: '2025-06-02T08:00:00.000Z',
      sentTo: 'x1@northam.example',
      meetingTime: '2025-06-25 10:00-12:00',
      delivery: 'unknown',
      response: 'none',
      route: 'calendar',
    });
    expect(change).toEqual([]);
  });

  test('are never dated later than now, and tell of an answer at once', () => {
    const early = event({ changedAt: '2025-06-11T08:00:00.000Z', attendees: [attendee('X1', 'accepted')] });
    expect(settle({ event: early }).add).toMatchObject([
      { personRef: 'X1', sentAt: now, delivery: 'delivered', response: 'accepted' },
    ]);
  });

  test('stay as they are while nothing happened, whoever sent others by hand', () => {
    const byHand = anInvitation({ meetingRef: 'M4', personRef: 'X1', route: 'e-mail' });
    const other = anInvitation({ meetingRef: 'M3', personRef: 'X1', route: calendarRoute });
    expect(settle({ snapshot: snapshotOf({ invitations: [...rows, byHand, other] }) })).toEqual({
      add: [],
      change: [],
    });
  });

  test.each<[string, Partial<Invitation>, Invitation['response'], object | undefined]>([
    ['an answer arrives', {}, 'accepted', { response: 'accepted', delivery: 'delivered' }],
    ['it says no', {}, 'declined', { response: 'declined', delivery: 'delivered' }],
    ['it is changed', { delivery: 'delivered', response: 'accepted' }, 'tentative', { response: 'tentative' }],
    ['it is taken back', { delivery: 'delivered', response: 'accepted' }, 'none', { response: 'none' }],
    ['it is the same', { delivery: 'delivered', response: 'accepted' }, 'accepted', undefined],
    ['it comes though the mail failed', { delivery: 'failed' }, 'accepted', { response: 'accepted' }],
  ])('%s', (_, over, response, changes) => {
    const snapshot = snapshotOf({ invitations: [sentRow('X1', over)], people: [person('X1', 'dfe-send-adviser')] });
    const found = settle({ snapshot, event: event({ attendees: [attendee('X1', response)] }) });
    expect(found.add).toEqual([]);
    expect(found.change.map((one) => one.changes)).toEqual(changes === undefined ? [] : [changes]);
  });

  test.each<[string, Partial<Invitation>, string, boolean]>([
    ['the moment it was sent', {}, '2025-06-02T08:00:00.000Z', true],
    ['before it was sent', {}, '2025-06-02T07:59:59.999Z', false],
    ['for one that failed already', { delivery: 'failed' }, '2025-06-03T08:00:00.000Z', false],
    ['for one that is known to have arrived', { delivery: 'delivered' }, '2025-06-03T08:00:00.000Z', false],
  ])('a report of %s counts: %s', (_, over, at, counts) => {
    const bounces = [
      { address: 'other@dfe.example', at: '2025-06-09T08:00:00.000Z', why: 'Other' },
      { address: 'X1@Northam.example', at, why: 'The mailbox is full' },
    ];
    const snapshot = snapshotOf({ invitations: [sentRow('X1', over)], people: [person('X1', 'dfe-send-adviser')] });
    const found = settle({ snapshot, bounces, event: event({ attendees: [attendee('X1')] }) });
    expect(found.change.map((one) => one.changes)).toEqual(
      counts ? [{ delivery: 'failed', error: 'The mailbox is full' }] : [],
    );
  });

  test('a report counts for a row that says no moment too', () => {
    const { sentAt: _none, ...undated } = sentRow('X1');
    const snapshot = snapshotOf({ invitations: [undated], people: [person('X1', 'dfe-send-adviser')] });
    const bounces = [{ address: 'x1@northam.example', at: '2025-06-01T08:00:00.000Z', why: 'Unknown' }];
    expect(settle({ snapshot, bounces, event: event({ attendees: [attendee('X1')] }) }).change).toHaveLength(1);
  });

  test('a new time is a new invitation for everybody; the old ones do not stand any more', () => {
    const moved = event({ startsAt: '2025-06-26T09:00:00.000Z', endsAt: '2025-06-26T11:00:00.000Z' });
    const { add, change } = settle({ snapshot: snapshotOf({ invitations: rows }), event: moved });
    expect(add).toHaveLength(7);
    expect(new Set(add.map((one) => one.meetingTime))).toEqual(new Set(['2025-06-26 10:00-12:00']));
    expect(change.map((one) => one.changes)).toEqual(rows.map(() => ({ withdrawnOn: '2025-06-10' })));
  });

  test('nothing stands once there is no event; what was taken back before is left', () => {
    const before = sentRow('X2', { withdrawnOn: '2025-06-05' });
    const { event: _none, ...gone } = { event: event() };
    const found = settleInvitations({
      snapshot: snapshotOf({ invitations: [sentRow('X1'), before] }),
      calendar,
      meeting,
      at: now,
      bounces: [],
      ...gone,
    });
    expect(found).toMatchObject({
      add: [],
      change: [{ row: { personRef: 'X1' }, changes: { withdrawnOn: '2025-06-10' } }],
    });
  });

  test('who is taken out loses theirs, and a row without an address is nobody’s on the event', () => {
    const { sentTo: _none, ...nameless } = sentRow('P5');
    const snapshot = snapshotOf({ invitations: [sentRow('X1'), nameless] });
    const found = settle({ snapshot, event: event({ attendees: [attendee('X2'), attendee('P5')] }) });
    expect(found.change.map((one) => one.row.personRef)).toEqual(['X1', 'P5']);
    expect(found.add.map((one) => one.personRef)).toEqual(['P5', 'X2']);
  });
});
