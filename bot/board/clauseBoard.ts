// Clauses 5a, 5b and 6: who sits on the board, who answers for what, who was invited. Rules: docs/rules.md, "Clauses".
// Longer than most: clauses of one kind, each a function that stands by itself; they share the words for people and bodies.
import {
  cycleFromOn,
  dated,
  newest,
  openGap,
  pastGap,
  type ClauseDraft,
  type ClauseEvidence,
  type ClauseFacts,
  type ClauseGap,
} from './clauseState';
import { adviserInvitations, type AdviserInvitation } from './adviserInvitations';
import { actionGap } from './clausePlan';
import { compareText, distinct, hasHappened } from './grounds';
import { present } from './logFacts';
import type { Action, Attendance, Invitation, Meeting, Person, Ref } from './model';
import { advisers } from './terms';
import { count, listed } from './wording';

export function boardClauses(facts: ClauseFacts): readonly ClauseDraft[] {
  return [membership(facts), accountability(facts), invitations(facts)];
}

interface Post {
  readonly words: string;
  readonly holds: (person: Person, facts: ClauseFacts) => boolean;
}

const isOf = (person: Person, body: string): boolean => person.body.toLowerCase() === body.toLowerCase();

/** The posts that the notice names, known by board role, body and the words of the role. */
const posts: readonly Post[] = [
  { words: 'the chair', holds: (person) => person.boardRole === 'chair' },
  {
    words: "the council's chief executive",
    holds: (person, { grounds }) =>
      /chief executive/i.test(person.role) && isOf(person, grounds.snapshot.facts.localAuthority),
  },
  {
    words: "the ICB's chief executive",
    holds: (person, { grounds }) => /chief executive/i.test(person.role) && isOf(person, grounds.snapshot.facts.icb),
  },
  {
    words: "the accountable officer of children's services",
    holds: (person, { grounds }) =>
      /children/i.test(person.role) && isOf(person, grounds.snapshot.facts.localAuthority),
  },
  {
    words: "the ICB's accountable officer",
    holds: (person, { grounds }) => /accountable/i.test(person.role) && isOf(person, grounds.snapshot.facts.icb),
  },
  {
    words: 'an elected member of the council',
    holds: (person) => /elected|councillor|executive member|cabinet member|lead member/i.test(person.role),
  },
];

function membership(facts: ClauseFacts): ClauseDraft {
  const { snapshot } = facts.grounds;
  const required = snapshot.people.filter((one) => one.requiredByNotice).sort((a, b) => compareText(a.ref, b.ref));
  const rows = new Map(snapshot.attendance.map((one) => [`${one.meetingRef}:${one.personRef}`, one]));
  const unfilled = posts.filter((post) => !required.some((person) => post.holds(person, facts)));
  const { chairRef, chairAgreedWithDepartmentOn, noticeIssuedOn } = snapshot.facts;
  const recorded = facts.held.filter((meeting) => snapshot.attendance.some((one) => one.meetingRef === meeting.ref));
  const gaps: ClauseGap[] = unfilled.map((post) =>
    openGap(
      `No one who must attend is recorded as ${post.words}.`,
      'Enter the person with the words of the post, and mark them as required by the notice.',
      noticeIssuedOn,
    ),
  );
  const chairAgreed = dated(facts, chairAgreedWithDepartmentOn, () => ({
    ref: chairRef ?? 'chair',
    kind: 'fact',
    text: 'The Department agreed the chair.',
  }));
  if (chairAgreed.length === 0)
    gaps.push(
      openGap(
        'The day on which the Department agreed the chair is not recorded.',
        'Enter the day and keep the letter.',
        noticeIssuedOn,
      ),
    );
  const silent = facts.held.filter((one) => !recorded.includes(one));
  const [firstSilent] = silent;
  if (firstSilent)
    gaps.push(
      openGap(
        `Nobody's attendance is recorded for ${listed(silent.map((one) => one.ref))}.`,
        'Record who was there, from the minutes.',
        firstSilent.on,
        silent.map((one) => one.ref),
      ),
    );
  for (const person of required) gaps.push(...missed(facts, person, recorded, rows));
  for (const meeting of facts.held)
    if (meeting.quorate === false)
      gaps.push(pastGap(`${meeting.ref} had no quorum.`, 'It stays on the record.', meeting.on, [meeting.ref]));
  const timetable = dated(facts, facts.extra.timetableAgreedOn, () => ({
    ref: 'timetable',
    kind: 'fact',
    text: 'The Department agreed the dates of the meetings.',
    ...present('link', facts.extra.timetableLink),
  }));
  const last = recorded.at(-1);
  return {
    clause: '5a',
    title: 'Who sits on the board',
    shows: last
      ? `${there(required, last, rows)} of ${count(required.length, 'required member')} came to ${last.ref} or sent a deputy`
      : 'No attendance is recorded yet',
    nothing: 'No meeting has been held.',
    evidence: [
      ...chairAgreed,
      ...timetable,
      ...recorded.map((meeting) => ({
        ref: meeting.ref,
        kind: 'meeting',
        on: meeting.on,
        text: `${there(required, meeting, rows)} of ${count(required.length, 'required member')} came or sent a deputy.`,
      })),
    ],
    gaps,
    toConfirm: timetable.length > 0 ? [] : ['The day on which the Department agreed the dates of the meetings.'],
    counts: { required: required.length, meetings: facts.held.length, withAttendance: recorded.length },
  };
}

type Rows = ReadonlyMap<string, Attendance>;

function cameTo(person: Person, meeting: Meeting, rows: Rows): boolean {
  const row = rows.get(`${meeting.ref}:${person.ref}`);
  return row?.state === 'present' || row?.state === 'deputy';
}

function there(required: readonly Person[], meeting: Meeting, rows: Rows): number {
  return required.filter((one) => cameTo(one, meeting, rows)).length;
}

/** Each run of meetings that a member missed without a deputy; the run that reaches the last meeting is open. */
function missed(facts: ClauseFacts, person: Person, meetings: readonly Meeting[], rows: Rows): readonly ClauseGap[] {
  const gaps: ClauseGap[] = [];
  let run: Meeting[] = [];
  const text = (): string =>
    `${facts.nameOf(person.ref)}, ${person.role}, was not at ${listed(run.map((one) => one.ref))}, and no deputy is recorded.`;
  const refs = (): readonly Ref[] => [person.ref, ...run.map((one) => one.ref)];
  for (const meeting of meetings) {
    if (!cameTo(person, meeting, rows)) {
      run.push(meeting);
      continue;
    }
    const [first] = run;
    if (first) gaps.push(pastGap(text(), `Closed at ${meeting.ref}.`, first.on, refs(), meeting.on));
    run = [];
  }
  const [first] = run;
  if (first) gaps.push(openGap(text(), 'Attendance, or a deputy, at the next meeting.', first.on, refs()));
  return gaps;
}

/** One person, a date, a measure that can be checked, and the decision that assigned it. */
function accountability(facts: ClauseFacts): ClauseDraft {
  const { snapshot, people, measures } = facts.grounds;
  const decisions = new Map(snapshot.decisions.map((one) => [one.ref, one]));
  const { actions } = snapshot;
  const hasPerson = (one: Action): boolean => one.ownerRef !== undefined && people.has(one.ownerRef);
  const hasMeasure = (one: Action): boolean =>
    one.measureRefs.some((ref) => {
      const measure = measures.get(ref);
      return measure?.baseline !== undefined && measure.target !== undefined;
    });
  const isAssigned = (one: Action): boolean =>
    one.assignedByDecisionRef !== undefined && decisions.has(one.assignedByDecisionRef);
  const lacking = (has: (one: Action) => boolean): readonly Action[] => actions.filter((one) => !has(one));
  const hasDate = (one: Action): boolean => one.dueOn !== undefined;
  const sound = actions.filter((one) => hasPerson(one) && hasDate(one) && hasMeasure(one));
  const measured = actions.filter(hasMeasure).length;
  return {
    clause: '5b',
    title: 'Accountability and targets',
    shows: `One person, a date and a measure with baseline, target and date are recorded for ${sound.length} of ${count(actions.length, 'action')}`,
    nothing: 'No action is recorded.',
    evidence: sound.map((one) => {
      const decision = decisions.get(one.assignedByDecisionRef ?? '');
      const on = facts.grounds.meetings.get(decision?.meetingRef ?? '')?.on;
      return {
        ref: one.ref,
        kind: 'action',
        ...(hasHappened(on, facts.grounds.on) ? { on } : {}),
        text: `One person, a date and ${listed(one.measureRefs)}${decision ? `; assigned by ${decision.ref}` : ''}.`,
      };
    }),
    gaps: [
      ...actionGap(lacking(hasPerson), 'no accountable person of the board', 'Name one person.'),
      ...actionGap(lacking(hasDate), 'no due date', 'Agree a date.'),
      ...actionGap(
        lacking(hasMeasure),
        'no linked measure with baseline, target and date',
        'Link a measure, or complete the one that is linked.',
      ),
      ...actionGap(
        lacking(isAssigned),
        'no recorded decision of the board that assigns accountability',
        'Enter the decision of the board that assigned the action.',
      ),
    ],
    counts: {
      actions: actions.length,
      person: actions.length - lacking(hasPerson).length,
      date: actions.length - lacking(hasDate).length,
      measure: measured,
      decision: actions.length - lacking(isAssigned).length,
    },
  };
}

/** The duty is sending; arrival is shown apart and chased. */
function invitations(facts: ClauseFacts): ClauseDraft {
  const { grounds } = facts;
  const { snapshot, on } = grounds;
  const meetings = snapshot.meetings.filter((one) => one.state !== 'cancelled');
  const evidence: ClauseEvidence[] = [];
  const gaps: ClauseGap[] = [];
  let due = 0;
  let complete = 0;
  for (const meeting of meetings) {
    const latestOn = grounds.deadlinesOf(meeting).invitationsOn;
    const isDue = latestOn < on;
    const roles = adviserInvitations(snapshot, meeting, on);
    const reached = roles.filter((one) => one.isSent).length;
    for (const { words, people } of roles) {
      if (people.length === 0 && isDue)
        gaps.push(missing(facts, meeting, `No one is recorded as ${words}, so no invitation to ${meeting.ref} went.`));
      for (const { person, sent, state } of people) {
        const text = notSent(facts, meeting, state, `${person.name}, ${words}`);
        if (text !== undefined && (isDue || state === 'not-told-of-move')) gaps.push(missing(facts, meeting, text));
        gaps.push(...undelivered(facts, meeting, person, sent));
      }
    }
    due += isDue ? 1 : 0;
    complete += isDue && reached === advisers.length ? 1 : 0;
    const toAdvisers = roles.flatMap((one) => one.people.flatMap(({ sent }) => sent));
    const sentOn = newest(toAdvisers.map((row) => row.sentOn));
    if (sentOn !== undefined) evidence.push(sentTo(meeting, toAdvisers, reached, sentOn));
  }
  return {
    clause: '6',
    title: 'Invitations to the three advisers',
    shows: `For ${complete} of ${count(due, 'meeting')} whose invitations are due, all three were sent theirs`,
    nothing: 'No invitation is due yet.',
    evidence,
    gaps,
    freshFromOn: cycleFromOn(facts),
    counts: { meetingsDue: due, sentToAllThree: complete },
  };
}

function notSent(
  { grounds }: ClauseFacts,
  meeting: Meeting,
  state: AdviserInvitation['state'],
  who: string,
): string | undefined {
  const { calendar } = grounds;
  if (state === 'not-invited')
    return `No invitation to ${meeting.ref} was sent to ${who}; it should have gone by ${calendar.longDate(grounds.deadlinesOf(meeting).invitationsOn)}.`;
  if (state !== 'not-told-of-move') return undefined;
  return `${who}, was invited to another date or time of ${meeting.ref} and has not been told of ${calendar.longDate(meeting.on)}.`;
}

function sentTo(meeting: Meeting, sent: readonly Invitation[], reached: number, on: string): ClauseEvidence {
  const arrived = distinct(sent.filter((row) => row.delivery === 'delivered').map((row) => row.personRef)).length;
  return {
    ref: meeting.ref,
    kind: 'invitations',
    on,
    text: `Sent for ${reached} of the 3 roles; ${count(arrived, 'arrival')} confirmed.`,
  };
}

/** Open until a cycle has passed since the meeting; an invitation that never went stays to be seen. */
function missing(facts: ClauseFacts, meeting: Meeting, text: string): ClauseGap {
  const since = facts.grounds.deadlinesOf(meeting).invitationsOn;
  const from = cycleFromOn(facts);
  if (from === undefined || meeting.on >= from) {
    const closes = facts.held.includes(meeting) ? 'Invitations to the next meetings, sent in time.' : 'Send it today.';
    return openGap(text, closes, since, [meeting.ref]);
  }
  return pastGap(text, 'The meeting is over; it stays on the record.', since, [meeting.ref]);
}

/** What failed: closed by sending again, open while nobody has, past once the meeting is over. */
function undelivered(
  facts: ClauseFacts,
  meeting: Meeting,
  person: Person,
  rows: readonly Invitation[],
): readonly ClauseGap[] {
  const failed = rows.filter((row) => row.delivery === 'failed');
  const since = newest(failed.map((row) => row.sentOn));
  if (since === undefined) return [];
  const again = newest(
    rows.filter((row) => row.delivery !== 'failed' && String(row.sentOn) >= since).map((row) => row.sentOn),
  );
  const refs = [meeting.ref, person.ref];
  const text = `The invitation to ${meeting.ref} did not reach ${person.name}`;
  if (again !== undefined)
    return [pastGap(`${text} at first; it was sent again.`, 'Closed by sending it again.', since, refs, again)];
  if (facts.held.includes(meeting))
    return [pastGap(`${text}.`, 'The meeting is over; it stays on the record.', since, refs)];
  return [openGap(`${text}.`, 'Send it again, by another way if need be.', since, refs)];
}
