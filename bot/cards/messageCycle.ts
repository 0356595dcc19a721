// What people are told when a cycle itself changes: the meeting moved or was cancelled, a plan waits, a review asks.
import { planOf } from '../board/bodyCycle';
import { calendarOf } from '../board/cycle';
import { daysHeld, planFor } from '../board/cycleView';
import { newsOf } from '../board/secretaryNews';
import { reviewNotice, reviewTrack } from '../board/reviewTrack';
import { count } from '../board/wording';
import type { SecretaryNote } from '../board/manageModel';
import type { MessageContent, MessageInput, MessageItem, MessageLink } from './messageShape';

/** The content of such a notice; undefined: it is of another kind. `links` lead to the person's items. */
export function cycleContent(
  input: MessageInput,
  links: { readonly actions: readonly MessageLink[]; readonly board: readonly MessageLink[] },
): MessageContent | undefined {
  const { step } = input;
  if (step.startsWith('notice:moved:')) return movedContent(input, links.actions);
  if (step.startsWith('notice:cancelled:')) return cancelledContent(input);
  const news = newsOf(input.snapshot, step);
  if (news) return newsContent(input, news, links.board);
  if (step.startsWith('notice:confirm:')) return confirmContent(input, links.board);
  return step.startsWith('notice:review:') ? reviewContent(input, links.board) : undefined;
}

function movedContent(input: MessageInput, links: readonly MessageLink[]): MessageContent {
  const { assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const known = planFor(input.snapshot, input.assessment);
  const asked = count(input.subjectRefs.length, 'item');
  if (!known) return nothingMore(`You were asked about ${asked} for a meeting that is not in the list any more.`);
  const { meeting, plan } = known;
  const person = input.snapshot.people.find((one) => one.ref === input.personRef);
  const { ownersDeadlineAt } = planOf(person, plan, input.snapshot, assessment.policy).deadlines;
  const when = `The meeting is on ${calendar.longDate(meeting.on)}, ${meeting.startsAtTime}.`;
  const late = assessment.at >= ownersDeadlineAt;
  return {
    title: late ? 'The meeting was moved: please answer now' : 'The date for your answers has changed',
    summary: late
      ? `The new date for answers has passed already, so please answer at once what you can: ${asked} still open.`
      : `Please answer by ${calendar.longDateTime(ownersDeadlineAt)}: ${asked} still open.`,
    parts: [
      { kind: 'text', text: when },
      { kind: 'text', text: `It is about ${input.subjectRefs.join(', ')}. What you have answered already stays.` },
    ],
    links,
  };
}

function cancelledContent(input: MessageInput): MessageContent {
  const calendar = calendarOf(input.assessment.policy);
  const known = planFor(input.snapshot, input.assessment);
  const day = known ? ` on ${calendar.longDate(known.meeting.on)}` : '';
  return nothingMore(
    `The meeting${day} does not take place, so nothing is asked of you for it any more.`,
    `You had been asked about ${input.subjectRefs.join(', ')}. What you have answered stays on record.`,
  );
}

function nothingMore(summary: string, ...texts: readonly string[]): MessageContent {
  const title = 'The meeting is cancelled';
  return { title, summary, parts: texts.map((text) => ({ kind: 'text', text })), links: [] };
}

function confirmContent(input: MessageInput, links: readonly MessageLink[]): MessageContent {
  const calendar = calendarOf(input.assessment.policy);
  const known = planFor(input.snapshot, input.assessment);
  if (!known)
    return { title: 'A plan to confirm', summary: 'Its meeting is not in the list any more.', parts: [], links };
  const { meeting, plan } = known;
  const texts = [
    ...plan.toConfirm,
    ...daysHeld(plan, calendar),
    'Type "confirm plan" to Board Assistant. To choose other days, write them with the meeting in the list Meetings.',
  ];
  return {
    title: `Please confirm the plan for ${calendar.longDate(meeting.on)}`,
    summary: 'Nobody is asked for anything until you confirm these days.',
    parts: texts.map((text) => ({ kind: 'text', text })),
    links,
  };
}

/** More are counted. */
const mostNotes = 12;

/** What went wrong or was done by itself, a line each under its meeting. */
function newsContent(
  { snapshot, assessment }: MessageInput,
  notes: readonly SecretaryNote[],
  links: readonly MessageLink[],
): MessageContent {
  const calendar = calendarOf(assessment.policy);
  const shown = notes.slice(0, mostNotes);
  const items = [...new Set(shown.map((one) => one.meetingRef))].map((ref): MessageItem => {
    const meeting = snapshot.meetings.find((one) => one.ref === ref);
    const lines = shown.filter((one) => one.meetingRef === ref).map((one) => one.text);
    return { ref, title: meeting ? `the meeting on ${calendar.longDate(meeting.on)}` : 'a meeting', lines };
  });
  const rest = notes.length - shown.length;
  return {
    title: `For you to know: ${count(notes.length, 'thing')} about papers and invitations`,
    summary: 'Done by itself, or not done, since you were last told.',
    parts: [
      {
        kind: 'list',
        heading: 'What happened',
        items,
        ...(rest > 0 ? { more: `And ${count(rest, 'more', 'more')}.` } : {}),
      },
    ],
    links,
  };
}

function reviewContent(input: MessageInput, links: readonly MessageLink[]): MessageContent {
  const { snapshot, assessment, step } = input;
  const calendar = calendarOf(assessment.policy);
  const track = reviewTrack(snapshot, assessment.policy, assessment.at);
  const own = track.find((one) => reviewNotice(one) === step);
  if (!own) return { title: 'A review', summary: 'It is not planned any more.', parts: [], links };
  return {
    title: `A review is coming: ${own.reviewRef}`,
    summary: own.what,
    parts: [
      {
        kind: 'facts',
        heading: 'Its steps',
        rows: track
          .filter((one) => one.reviewRef === own.reviewRef)
          .map((one) => ({ name: calendar.longDate(one.on), value: one.done ?? one.what })),
      },
    ],
    links,
  };
}
