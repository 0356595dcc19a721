// How the invitations of one meeting stand, in words: the same for chat, the API and the operator's command.
import { adviserInvitations, invitationGaps } from '../board/adviserInvitations';
import type { Calendar } from '../board/calendar';
import { calendarOf, meetingAt, planCycle } from '../board/cycle';
import { inviteesOf, isComing, isForNow, isLost, stands, type InvitationPlan } from '../board/invitations';
import type { BoardSnapshot, CivilDate, Instant, Invitation, Meeting, Person, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { isAdviserRole } from '../board/terms';
import { count, listed } from '../board/wording';

export type InvitedState =
  'accepted' | 'tentative' | 'declined' | 'invited' | 'not-arrived' | 'not-told-of-move' | 'not-invited';

export interface InvitedPerson {
  readonly personRef: Ref;
  readonly name: string;
  readonly role: string;
  readonly adviser: boolean;
  readonly state: InvitedState;
  /** What it is and since when, for people. */
  readonly words: string;
}

export interface InvitationsView {
  readonly meetingRef: Ref;
  /** `B10, Wednesday 26 February 2025, 10:00 to 12:00`. */
  readonly title: string;
  readonly latestOn: CivilDate;
  /** What is behind and what is well, in one sentence. */
  readonly summary: string;
  /** Advisers first. */
  readonly people: readonly InvitedPerson[];
  readonly gaps: readonly string[];
  /** What one press would do; absent: nothing is left to do. */
  readonly next?: { readonly title: string; readonly words: readonly string[] };
  readonly joinUrl?: string;
  /** Why the calendar could not be looked at, or nothing can be sent. */
  readonly problem?: string;
}

export function viewInvitations(input: {
  readonly snapshot: BoardSnapshot;
  readonly meeting: Meeting;
  readonly at: Instant;
  /** Absent: the calendar could not be looked at. */
  readonly plan?: InvitationPlan;
  readonly joinUrl?: string;
  readonly problem?: string;
}): InvitationsView {
  const { snapshot, meeting, at, plan, joinUrl } = input;
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const on = calendar.on(at);
  const { previous } = meetingAt(snapshot, at, meeting.ref);
  const latestOn = planCycle(meeting, previous, calendar, policy).deadlines.invitationsOn;
  const people = meeting.state === 'cancelled' ? [] : invitedPeople(snapshot, meeting, on, calendar);
  const next = plan && isComing(meeting, calendar, at) ? planWords(plan, meeting, calendar) : undefined;
  const problem = input.problem ?? plan?.problem;
  return {
    meetingRef: meeting.ref,
    title: `${meeting.ref}, ${calendar.longDate(meeting.on)}, ${meeting.startsAtTime} to ${meeting.endsAtTime}`,
    latestOn,
    summary: summaryOf(people, meeting, latestOn, on, calendar),
    people,
    gaps:
      meeting.state === 'cancelled'
        ? []
        : invitationGaps(snapshot, meeting, latestOn, on, calendar).map((one) => one.text),
    ...(next === undefined ? {} : { next }),
    ...(joinUrl === undefined ? {} : { joinUrl }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function summaryOf(
  people: readonly InvitedPerson[],
  meeting: Meeting,
  latestOn: CivilDate,
  on: CivilDate,
  calendar: Calendar,
): string {
  if (meeting.state === 'cancelled') return 'The meeting is cancelled.';
  const sent = people.filter((one) => one.state !== 'not-invited' && one.state !== 'not-told-of-move');
  const advisers = people.filter((one) => one.adviser);
  const done = sent.filter((one) => one.adviser).length;
  const accepted = people.filter((one) => one.state === 'accepted').length;
  const by = `The latest day ${latestOn < on ? 'was' : 'is'} ${calendar.longDate(latestOn)}.`;
  if (sent.length === 0) return `No invitation has been sent yet. ${by}`;
  return `${sent.length} of ${count(people.length, 'person', 'people')} invited, ${done} of ${count(advisers.length, 'adviser')} among them; ${accepted} accepted. ${by}`;
}

function invitedPeople(
  snapshot: BoardSnapshot,
  meeting: Meeting,
  on: CivilDate,
  calendar: Calendar,
): readonly InvitedPerson[] {
  const { invitees, notInvitable } = inviteesOf(snapshot, meeting);
  const why = new Map(notInvitable.map((one) => [one.personRef, one.why]));
  const advising = adviserInvitations(snapshot, meeting, on).flatMap(({ people }) =>
    people.map(({ person }) => person.ref),
  );
  const refs = new Set([...advising, ...invitees.map((one) => one.personRef), ...why.keys()]);
  const rows = snapshot.invitations.filter((one) => one.meetingRef === meeting.ref && stands(one, on));
  const known = new Map(snapshot.people.map((one) => [one.ref, one]));
  return [...refs].flatMap((ref) => {
    const person = known.get(ref);
    return person
      ? [
          invitedPerson(
            person,
            rows.filter((one) => one.personRef === ref),
            meeting,
            why.get(ref),
            calendar,
          ),
        ]
      : [];
  });
}

function invitedPerson(
  person: Person,
  rows: readonly Invitation[],
  meeting: Meeting,
  why: string | undefined,
  calendar: Calendar,
): InvitedPerson {
  const valid = rows.filter((one) => isForNow(one, meeting));
  const row = valid.findLast((one) => one.response !== 'none') ?? valid.findLast((one) => !isLost(one)) ?? valid.at(-1);
  const who = { personRef: person.ref, name: person.name, role: person.role, adviser: isAdviserRole(person.boardRole) };
  const cannot = why === undefined ? '' : `: ${why}`;
  if (!row) {
    return rows.length > 0
      ? {
          ...who,
          state: 'not-told-of-move',
          words: `invited to another date or time, not told of the new one${cannot}`,
        }
      : { ...who, state: 'not-invited', words: `not invited${cannot}` };
  }
  const sent = row.sentOn === undefined ? '' : `, invited on ${calendar.longDate(row.sentOn)}`;
  if (isLost(row)) {
    const error = row.error === undefined ? '' : ` (${row.error.slice(0, 160)})`;
    return { ...who, state: 'not-arrived', words: `the invitation did not arrive${sent}${error}` };
  }
  const answers: Readonly<Record<Invitation['response'], readonly [InvitedState, string]>> = {
    accepted: ['accepted', 'accepted'],
    tentative: ['tentative', 'may come'],
    declined: ['declined', 'declined'],
    none: ['invited', 'no answer yet'],
  };
  const [state, words] = answers[row.response];
  return { ...who, state, words: `${words}${sent}` };
}

const mostNames = 8;

function named(names: readonly string[]): string {
  const rest = names.length - mostNames;
  return rest <= 0 ? listed(names) : `${names.slice(0, mostNames).join(', ')} and ${count(rest, 'other')}`;
}

/** What a plan does, in the words of its button and of the question before it; undefined: nothing. */
export function planWords(plan: InvitationPlan, meeting: Meeting, calendar: Calendar): InvitationsView['next'] {
  const { step } = plan;
  const advisers = plan.invite.filter((one) => one.adviser);
  const names = [...advisers, ...plan.invite.filter((one) => !one.adviser)].map((one) => one.name);
  const left = plan.withdraw.length === 0 ? [] : [`Taken off the invitation, and told so: ${named(plan.withdraw)}.`];
  switch (step.kind) {
    case 'none':
      return undefined;
    case 'create':
      return {
        title: 'Invite now',
        words: [
          `An invitation to ${calendar.longDate(meeting.on)} goes to ${count(names.length, 'person', 'people')}: ${named(names)}.`,
        ],
      };
    case 'cancel':
      return {
        title: 'Cancel the invitations',
        words: [`${count(plan.withdraw.length, 'person is', 'people are')} told that ${meeting.ref} is cancelled.`],
      };
    case 'change': {
      const again = plan.again.map((one) => one.name);
      const moved = step.moved
        ? [
            plan.movedByHand
              ? `The calendar has another time than the list Meetings. Everybody is told of the list’s: ${calendar.longDate(meeting.on)}, ${meeting.startsAtTime} to ${meeting.endsAtTime}.`
              : `Everybody is told of the date, time and place as they are now.`,
          ]
        : names.length === 0
          ? []
          : [`An invitation goes to ${named(names)}.`];
      const repeat = again.length === 0 ? [] : [`What did not arrive goes again to ${named(again)}.`];
      return { title: again.length > 0 ? 'Send again' : 'Invite now', words: [...moved, ...repeat, ...left] };
    }
  }
}
