// The agenda of a board meeting from the board's standing items, each with what it asks of the board by the record.
import { startTimes, type AgendaItem } from '../board/agenda';
import { resolvePolicy } from '../board/policy';
import { count, listed } from '../board/wording';
import type { Meeting } from '../board/model';
import type { Block } from './document';
import { col, heading, paragraph } from './logBlocks';
import { fromWords, lines, longDate } from './logWords';
import { namesOf, type PackInput } from './packBlocks';

/** What the record says of a topic, and where the pack has more of it. */
interface Topic {
  readonly where: string;
  asks(input: PackInput): string;
}

const topics: Readonly<Record<Exclude<AgendaItem['topic'], 'other'>, Topic>> = {
  'lived-experience': {
    where: 'Lived experience',
    asks: ({ log }) => {
      const heard = log.sections.livedExperience.filter((one) => one.voices.length > 0);
      const silent = log.sections.livedExperience.filter((one) => one.voices.length === 0);
      return silent.length === 0
        ? `Hear what is new from ${count(heard.length, 'area')}.`
        : `Hear what is new from ${count(heard.length, 'area')}; nothing new from ${listed(silent.map((one) => one.ref))}.`;
    },
  },
  decisions: {
    where: 'Decisions',
    asks: ({ log }) => {
      const open = log.sections.decisions.filter((one) => one.state === 'open');
      const late = open.filter((one) => one.overdue);
      return `Agree the minutes. ${count(open.length, 'decision')} open${late.length === 0 ? '' : `, past their date: ${listed(late.map((one) => one.ref))}`}.`;
    },
  },
  slow: {
    where: 'Slow to progress',
    asks: ({ log }) => {
      const asked = log.actions.filter((one) => one.detail.ask === 'decide' || one.detail.ask === 'help');
      return `${log.headline.slow} of ${count(log.headline.open, 'open action')} slow.${asked.length === 0 ? '' : ` Decide or help: ${listed(asked.map((one) => one.ref))}.`}`;
    },
  },
  contributions: {
    where: 'Contributions to strengthen',
    asks: ({ log }) =>
      log.sections.contributions.rows.length === 0
        ? 'None by the rules.'
        : `Agree what would help: ${listed(log.sections.contributions.rows.map((one) => one.name))}.`,
  },
  measures: {
    where: 'Measures with charts',
    asks: ({ log }) => {
      const behind = log.sections.measures.filter((one) => one.state === 'behind');
      return `${behind.length} of ${count(log.sections.measures.length, 'measure')} behind${behind.length === 0 ? '' : `: ${listed(behind.map((one) => one.ref))}`}.`;
    },
  },
  risks: {
    where: 'Risk register',
    asks: ({ log }) => {
      const above = log.risks.filter((one) => one.detail.aboveTolerance);
      return `${above.length} of ${count(log.risks.length, 'risk')} above tolerance${above.length === 0 ? '' : `: ${listed(above.map((one) => one.ref))}`}.`;
    },
  },
  'date-changes': {
    where: 'Date changes to decide',
    asks: ({ log }) => {
      const waiting = log.sections.dateChanges.filter((one) => one.decision === 'pending');
      return waiting.length === 0
        ? 'Nothing to decide.'
        : `Decide ${count(waiting.length, 'request')}: ${listed(waiting.map((one) => one.actionRef))}.`;
    },
  },
  advisers: {
    where: 'Questions and concerns of the advisers',
    asks: (input) => {
      const open = openNotes(input);
      const review = nextReview(input);
      return lines([
        open.length === 0 ? 'No question is open.' : `No answer yet: ${listed(open.map((one) => one.ref))}.`,
        review && `Next review: ${review.kind}, ${longDate(review.on)}.`,
      ]);
    },
  },
  close: {
    where: '',
    asks: (input) => {
      const next = input.snapshot.meetings
        .filter((one) => one.on > input.log.meetingOn && one.state !== 'cancelled')
        .sort((a, b) => (a.on < b.on ? -1 : 1))[0];
      return next ? `Next meeting: ${longDate(next.on)}, ${next.startsAtTime}.` : 'No further meeting is planned.';
    },
  },
};

/** Notes of the advisers up to the day of the log that have no answer by then. */
export function openNotes({ snapshot, log }: PackInput) {
  return snapshot.adviserNotes.filter(
    (one) => one.on <= log.judgedOn && (one.answeredOn === undefined || one.answeredOn > log.judgedOn),
  );
}

export function nextReview({ snapshot, log }: PackInput) {
  return snapshot.reviews
    .filter((one) => one.on > log.judgedOn && one.state !== 'cancelled')
    .sort((a, b) => (a.on < b.on ? -1 : 1))[0];
}

export function agendaSection(input: PackInput): readonly Block[] {
  const { log, snapshot } = input;
  const meeting = snapshot.meetings.find((one) => one.ref === log.meetingRef);
  const { agenda } = resolvePolicy(snapshot.policy).policy;
  const times = meeting ? startTimes(meeting, agenda) : undefined;
  const leads = leadNames(input);
  return [
    heading('Agenda'),
    paragraph(meeting ? meetingWords(meeting) : `${longDate(log.meetingOn)}. The time and place are not recorded.`),
    paragraph(expectedWords(input)),
    {
      kind: 'table',
      caption: `The agenda of ${log.meetingRef}, with what each item asks of the board. ${fromWords(log, 'the frozen log')}`,
      columns: [
        col('Time', 9),
        col('Item', 27),
        col('What is asked of the board', 35),
        col('Lead', 14),
        col('In this pack', 15),
      ],
      rows: agenda.map((item, index) => {
        const topic = item.topic === 'other' ? undefined : topics[item.topic];
        return [
          times?.[index] ?? '',
          `${index + 1}. ${item.title}`,
          lines([item.asks, topic?.asks(input)]),
          leads[item.lead],
          topic?.where ?? '',
        ];
      }),
      whenEmpty: 'No item.',
    },
  ];
}

function meetingWords(meeting: Meeting): string {
  const place = meeting.place === undefined ? 'The place is not recorded.' : meeting.place;
  return `${longDate(meeting.on)}, ${meeting.startsAtTime} to ${meeting.endsAtTime}. ${place}`;
}

function leadNames({ snapshot }: PackInput): Readonly<Record<AgendaItem['lead'], string>> {
  const name = namesOf(snapshot);
  const forum = snapshot.bodies.find((one) => one.volunteer)?.name;
  return {
    chair: snapshot.facts.chairRef === undefined ? 'Chair' : `${name(snapshot.facts.chairRef)}, chair`,
    secretary:
      snapshot.facts.secretaryRef === undefined ? 'Secretary' : `${name(snapshot.facts.secretaryRef)}, secretary`,
    families: forum ?? 'Chair',
    owners: 'The accountable owners',
  };
}

/** What people answered to the invitation, or who came to a meeting that was held. */
function expectedWords({ snapshot, log }: PackInput): string {
  const rows = snapshot.attendance.filter((one) => one.meetingRef === log.meetingRef);
  if (rows.length === 0) return 'Nobody has answered the invitation yet.';
  const name = namesOf(snapshot);
  const who = (states: readonly string[]): string =>
    listed(rows.filter((one) => states.includes(one.state)).map((one) => name(one.personRef)));
  const coming = rows.filter((one) => ['expected', 'present', 'deputy'].includes(one.state)).length;
  const sorry = who(['declined', 'apologies', 'absent']);
  const open = who(['tentative', 'none']);
  return [
    `${coming} of ${count(rows.length, 'member')} are expected.`,
    sorry === '' ? '' : `Apologies: ${sorry}.`,
    open === '' ? '' : `Not certain yet: ${open}.`,
  ]
    .filter((one) => one !== '')
    .join(' ');
}
