// One meeting for a reader: when, who came, what was decided and by whom it is done, dates to decide, what may be released.
import {
  agendaLeads,
  agendaLeadWords,
  agendaTopics,
  agendaTopicWords,
  defaultAgenda,
  startTimes,
} from '../board/agenda';
import { datesToDecide, mayDecideDates } from '../board/dateChanges';
import { meetingAt, planCycle } from '../board/cycle';
import { attendanceWords } from '../board/logOutcomes';
import type { Attendance, Decision, Meeting, Ref } from '../board/model';
import { responsesOf } from '../board/responses';
import { dateDecisionWords, stateWords, type DateView } from '../cards/dateChange';
import { NotFoundError } from '../errors';
import { ownPageOf } from './tabPages';
import { distanceWords, ownerOf, type ViewContext } from './viewContext';
import { shownDeadlines } from './viewFirst';
import { frozenLogs } from './viewLog';

/** The next meeting, or any by its ref; advisers read decisions and attendance. Source: docs/rules.md. Throws NotFoundError. */
export function viewMeeting(context: ViewContext, meetingRef?: Ref) {
  const { snapshot, assessment, calendar, asOf } = context;
  const meetings = snapshot.meetings
    .toSorted((a, b) => (a.on < b.on ? 1 : -1))
    .map((one) => ({ ref: one.ref, words: `${one.ref}, ${calendar.longDate(one.on)}${heldWords[one.state]}` }));
  const { meeting, previous } = meetingAt(snapshot, assessment.at, meetingRef);
  if (!meeting) {
    if (meetingRef !== undefined) throw new NotFoundError('meeting', meetingRef);
    const none = 'No meeting is planned. The secretary adds meetings to the list Meetings in SharePoint.';
    return { asOf, none, meetings, meeting: undefined };
  }
  const isAdviser = context.viewer.role === 'adviser';
  const { deadlines } = planCycle(meeting, previous, calendar, assessment.policy);
  return {
    asOf,
    none: undefined,
    meetings,
    meeting: {
      ref: meeting.ref,
      on: meeting.on,
      words: `${calendar.longDate(meeting.on)}, ${meeting.startsAtTime} to ${meeting.endsAtTime}`,
      distance: distanceWords(calendar, assessment.on, meeting.on),
      place: meeting.place,
      stateWords: stateOf[meeting.state],
      note: isAdviser ? undefined : meeting.note,
      deadlines: meeting.state === 'cancelled' ? [] : shownDeadlines(context, meeting, deadlines),
      agenda: agendaOf(context, meeting),
      minutes: minutesOf(context, meeting, deadlines.minutesDueOn),
      attendance: attendanceOf(context, meeting),
      decisions: snapshot.decisions
        .filter((one) => one.meetingRef === meeting.ref)
        .map((one) => decisionRow(context, one)),
      slow: isAdviser ? undefined : slowOf(context, meeting),
      datesDecided: snapshot.dateChanges
        .filter((one) => one.meetingRef === meeting.ref && one.decision !== 'pending')
        .map((one) => ({
          ref: one.ref,
          text: `${one.subjectRef} from ${calendar.longDate(one.fromOn)} to ${calendar.longDate(one.toOn)}: ${one.decision}${one.decidedOn === undefined ? '' : ` on ${calendar.longDate(one.decidedOn)}`}.`,
          to: `/tab/actions/${one.actionRef}`,
        })),
      datesToDecide: toDecide(context),
      release: releaseOf(context, meeting),
    },
  };
}

const heldWords: Readonly<Record<Meeting['state'], string>> = {
  held: '',
  'in-preparation': ' (in preparation)',
  planned: ' (planned)',
  cancelled: ' (cancelled)',
};
const stateOf: Readonly<Record<Meeting['state'], string>> = {
  held: 'Held',
  'in-preparation': 'In preparation',
  planned: 'Planned',
  cancelled: 'Cancelled',
};

/** Of a meeting that was held the filed pack says what its agenda was. */
function agendaOf({ assessment, viewer }: ViewContext, meeting: Meeting) {
  if (meeting.state === 'held' || meeting.state === 'cancelled') return undefined;
  const { agenda } = assessment.policy;
  const times = startTimes(meeting, agenda);
  return {
    isDefault: agenda === defaultAgenda,
    mayChange: viewer.role === 'secretary',
    items: agenda.map(({ topic, title, minutes, lead, asks }, index) => ({
      ...{ topic, title, minutes, lead, asks },
      starts: times[index] ?? '',
      leadWords: agendaLeadWords[lead],
    })),
    topics: agendaTopics.map((topic) => ({ topic, words: agendaTopicWords[topic] })),
    leads: agendaLeads.map((lead) => ({ lead, words: agendaLeadWords[lead] })),
  };
}

function minutesOf({ calendar, assessment }: ViewContext, meeting: Meeting, dueOn: string) {
  const link = meeting.minutesLink;
  const state = meeting.minutesState === undefined ? '' : `, ${meeting.minutesState}`;
  if (meeting.minutesFiledOn !== undefined)
    return { words: `Filed on ${calendar.longDate(meeting.minutesFiledOn)}${state}.`, link };
  if (meeting.state === 'cancelled') return { words: 'The meeting was cancelled.', link };
  const due = `${calendar.longDate(dueOn)} (${distanceWords(calendar, assessment.on, dueOn)})`;
  return { words: `Not filed${state}. They ${dueOn < assessment.on ? 'were' : 'are'} due by ${due}.`, link };
}

/** In the order they are read; before the meeting a state is an answer to the invitation. */
const groups: readonly (readonly [Attendance['state'], string])[] = [
  ['present', 'Present'],
  ['deputy', 'Represented by a deputy'],
  ['apologies', 'Apologies'],
  ['absent', 'Absent'],
  ['expected', 'Expected'],
  ['tentative', 'Not sure yet'],
  ['declined', 'Declined'],
  ['none', 'No answer yet'],
];
const unrecorded: readonly Attendance['state'][] = ['expected', 'tentative', 'declined', 'none'];

function attendanceOf(context: ViewContext, meeting: Meeting) {
  const { snapshot } = context;
  const roles = new Map(snapshot.people.map((one) => [one.ref, one.role]));
  const isOver = meeting.state === 'held';
  const rows = snapshot.attendance.filter((one) => one.meetingRef === meeting.ref);
  const named = (one: Attendance) => {
    const name = context.nameOf(one.personRef);
    // Volunteers are named by their body, the deputy's too.
    const by = one.deputyRef === undefined ? name : context.nameOf(one.deputyRef);
    return { name: by === name ? name : `${name}, by ${by}`, role: roles.get(one.personRef) ?? '' };
  };
  const group = (label: string, states: readonly Attendance['state'][]) => ({
    label,
    people: rows.filter((one) => states.includes(one.state)).map(named),
  });
  const shown = isOver
    ? [
        ...groups.filter(([state]) => !unrecorded.includes(state)).map(([state, label]) => group(label, [state])),
        group('Not recorded', unrecorded),
      ]
    : groups.map(([state, label]) => group(label, [state]));
  return {
    words: isOver
      ? attendanceWords({ snapshot, meetingRef: meeting.ref })
      : rows.length === 0
        ? 'Nobody has answered the invitation yet.'
        : 'What people answered to the invitation. Who came is recorded after the meeting.',
    groups: shown.filter((one) => one.people.length > 0),
  };
}

function decisionRow(context: ViewContext, one: Decision) {
  const { snapshot, calendar, assessment } = context;
  const isAdviser = context.viewer.role === 'adviser';
  const late = one.state === 'open' && one.dueOn !== undefined && one.dueOn < assessment.on;
  const done = one.completedOn === undefined ? '' : ` on ${calendar.longDate(one.completedOn)}`;
  // Pages of what is under way are not the advisers'.
  const linked = (ref: Ref, title: string, to: string | undefined) => ({ ref, title, to: isAdviser ? undefined : to });
  return {
    ref: one.ref,
    text: one.text,
    about: one.subjectRef === undefined ? undefined : linked(one.subjectRef, ...subjectOf(context, one.subjectRef)),
    owner: ownerOf(context, one.ownerRef),
    dueWords: one.dueOn && `${calendar.longDate(one.dueOn)} (${distanceWords(calendar, assessment.on, one.dueOn)})`,
    stateWords: one.state === 'done' ? `Done${done}` : late ? 'Open, late' : 'Open',
    state: late ? ('late' as const) : one.state,
    ledTo: snapshot.actions
      .filter((action) => action.assignedByDecisionRef === one.ref)
      .map((action) => linked(action.ref, action.title, ownPageOf('action', action.ref))),
  };
}

function subjectOf({ snapshot }: ViewContext, ref: Ref): readonly [string, string | undefined] {
  const action = snapshot.actions.find((one) => one.ref === ref);
  if (action) return [action.title, ownPageOf('action', ref)];
  const risk = snapshot.risks.find((one) => one.ref === ref);
  if (risk) return [risk.title, ownPageOf('risk', ref)];
  const measure = snapshot.measures.find((one) => one.ref === ref);
  return [measure?.name ?? '', measure && ownPageOf('measure', ref)];
}

/** Slow in the log frozen for this meeting, or for the one prepared for, slow now; with what was agreed about each. */
function slowOf(context: ViewContext, meeting: Meeting) {
  const { snapshot, assessment } = context;
  const frozen = frozenLogs(context).find((one) => one.meetingRef === meeting.ref && one.kind === 'for the meeting');
  const isNext = meeting.ref === assessment.meetingRef;
  const refs = frozen
    ? snapshot.loggedRows.filter((one) => one.logHash === frozen.hash && one.slow === true).map((one) => one.subjectRef)
    : isNext
      ? assessment.actions.filter((one) => one.slow).map((one) => one.ref)
      : [];
  const responses = responsesOf(snapshot, assessment.on).filter((one) => one.meetingRef === meeting.ref);
  const rows = refs.flatMap((ref) => {
    const action = context.actionsByRef.get(ref);
    if (!action) return [];
    const agreed = responses.filter((one) => one.subjectRef === ref).map((one) => one.text);
    return [{ ref, title: action.title, to: `/tab/actions/${ref}`, agreed }];
  });
  const source = frozen
    ? frozen.slow === undefined
      ? `The log ${frozen.shortCode} did not record what was slow.`
      : `As the log ${frozen.shortCode} had it.`
    : isNext
      ? 'As the record stands now: the log for this meeting is not frozen yet.'
      : 'No log was frozen for this meeting that says what was slow.';
  return { words: source, rows };
}

/** What waits for a decision; who may only watch (the secretary, where it is not delegated) reads it. */
function toDecide(context: ViewContext) {
  const { snapshot, assessment, calendar, viewer } = context;
  const { policy } = assessment;
  const mine = new Set(datesToDecide(snapshot, viewer.person.ref, policy, assessment.on).map((one) => one.ref));
  if (!viewer.seesReadiness && !mayDecideDates(snapshot, viewer.person.ref, policy, assessment.on)) return undefined;
  const view: DateView = { boardId: context.boardId, snapshot, calendar, policy, todayOn: assessment.on };
  return snapshot.dateChanges
    .filter((one) => one.decision === 'pending')
    .map((one) => {
      const { title, lines } = dateDecisionWords(view, one);
      return { ref: one.ref, title, lines: lines.filter((line) => line !== ''), mayDecide: mine.has(one.ref) };
    });
}

/** Before a meeting its log can be released, and what came of it once it was held. */
function releaseOf(context: ViewContext, meeting: Meeting) {
  const { viewer, calendar, assessment } = context;
  if (!viewer.seesReadiness || meeting.state === 'cancelled') return undefined;
  const isOver = calendar.at(meeting.on, meeting.startsAtTime) <= assessment.at;
  return {
    kind: isOver ? ('after' as const) : ('before' as const),
    title: isOver ? 'The log after the meeting' : 'The log for the meeting',
    frozen: frozenLogs(context)
      .filter((one) => one.meetingRef === meeting.ref)
      .map(({ shortCode, kind, frozenOn, actions }) => ({
        shortCode,
        words: `${shortCode}, ${kind}, frozen on ${calendar.longDate(frozenOn)}`,
        actions,
      })),
    mayRelease: viewer.role === 'secretary',
  };
}

/** What came of a decision about a date, for who took it. */
export function dateDecidedWords(context: ViewContext, ref: Ref): string {
  const { snapshot, calendar } = context;
  const change = snapshot.dateChanges.find((one) => one.ref === ref);
  if (!change) return '';
  const outcome =
    change.decision === 'approved'
      ? `${change.subjectRef} is now due on ${calendar.longDate(change.toOn)}.`
      : `${change.subjectRef} stays due on ${calendar.longDate(change.fromOn)}.`;
  return `${stateWords({ snapshot, calendar }, change)} ${outcome} The owner is told. To change it, a new date is asked for.`;
}
