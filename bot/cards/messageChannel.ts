// What the board's channel gets: when the meeting is and how the board stands in whole numbers, with the way into the tab.
// Whoever reads the channel may be on no board: no title, no name, no body, and nothing that anybody wrote. Source: docs/messages.md.
import { channelNoticeOf, movedFrom } from '../board/channelNews';
import { calendarOf } from '../board/cycle';
import { notRecorded } from '../board/log';
import { count } from '../board/wording';
import { contentCard } from './contentCard';
import { boardWords, meetingOf } from './messageMeeting';
import type { MessageContent, MessageFact, MessageInput, MessageLink, MessagePart } from './messageShape';
import type { NoticeCard } from './notice';
import { timeWords } from './words';

/** A message to nobody in particular. */
export type ChannelMessage = Omit<MessageInput, 'personRef' | 'subjectRefs' | 'myItemsUrl'>;

/** The card of a public step or notice. Pure. */
export function channelCard(input: ChannelMessage): NoticeCard {
  return contentCard(channelContent(input));
}

/** The content of a public step or notice. */
export function channelContent(input: ChannelMessage): MessageContent {
  switch (channelNoticeOf(input.step)) {
    case 'papers':
      return papersContent(input);
    case 'log-after':
      return logAfterContent(input);
    case 'moved':
      return movedContent(input);
    case 'cancelled':
      return cancelledContent(input);
    case undefined:
      return input.step === 'arising' ? afterContent(input) : beforeContent(input);
  }
}

function beforeContent(input: ChannelMessage): MessageContent {
  const { measures, risks, readiness, headline, policy } = input.assessment;
  const behind = measures.filter((one) => one.state === 'behind').length;
  const above = risks.filter((one) => one.aboveTolerance).length;
  const toDecide = readiness?.dateChangesToDecide.length ?? 0;
  const rows: readonly MessageFact[] = [
    { name: 'Slow to progress', value: `${headline.slow} of ${count(headline.open, 'open action')}` },
    { name: 'Measures behind', value: `${behind} of ${measures.length}` },
    {
      name: 'Risks above tolerance',
      value: `${above} of ${risks.length} (scores over ${policy.riskToleranceScore})`,
    },
    ...(readiness && readiness.answers.total > 0
      ? [{ name: 'Answers in', value: `${readiness.answers.done} of ${readiness.answers.total}` }]
      : []),
    { name: 'Dates to decide', value: toDecide === 0 ? 'none' : String(toDecide) },
  ];
  return {
    title: `Before ${boardWords(input)}`,
    summary: whenSentence(input) ?? 'No meeting is planned.',
    parts: [{ kind: 'facts', heading: 'Where the board stands', rows }, membersOnly],
    links: link(input, 'Open the board', '/tab/board'),
  };
}

function papersContent(input: ChannelMessage): MessageContent {
  const { released } = input;
  const headline = released?.log.headline;
  const code = released === undefined ? '' : ` Log code: ${released.shortCode}.`;
  const slow =
    headline === undefined || headline === notRecorded
      ? []
      : [`${headline.slow} of ${count(headline.open, 'open action')} slow to progress.`];
  return {
    title: `Papers for ${boardWords(input)}`,
    summary: `The action and impact log and the board pack are released.${code}`,
    parts: [...texts([...sentences(whenSentence(input)), ...slow]), membersOnly],
    links: link(input, 'Open the log on the board', '/tab/log'),
  };
}

function afterContent(input: ChannelMessage): MessageContent {
  const { snapshot, assessment } = input;
  const decisions = snapshot.decisions.filter((one) => one.meetingRef === assessment.meetingRef);
  const owned = decisions.filter((one) => one.ownerRef !== undefined);
  const dated = owned.filter((one) => one.dueOn !== undefined);
  const done = decisions.filter((one) => one.state === 'done').length;
  return {
    title: `From ${boardWords(input)}`,
    summary: `${count(decisions.length, 'decision')} ${decisions.length === 1 ? 'is' : 'are'} recorded.`,
    parts: [
      ...texts([
        `${owned.length} with an owner, ${dated.length} of them with a date; ${done} carried out already. Each owner is told of their own.`,
      ]),
      membersOnly,
    ],
    links: link(input, 'Open the meeting on the board', '/tab/meeting'),
  };
}

function logAfterContent(input: ChannelMessage): MessageContent {
  return {
    title: `The log after ${boardWords(input)}`,
    summary: 'The action and impact log with what came of the meeting is frozen and filed.',
    parts: [membersOnly],
    links: link(input, 'Open the log on the board', '/tab/log'),
  };
}

function movedContent(input: ChannelMessage): MessageContent {
  const before = movedFrom(input.step);
  const calendar = calendarOf(input.assessment.policy);
  const was =
    before === undefined
      ? 'It had been cancelled.'
      : `It was to be on ${calendar.longDate(before.on)}, ${timeWords(before.time)}.`;
  return {
    title: before === undefined ? 'The meeting takes place after all' : 'The meeting has moved',
    summary: whenSentence(input) ?? 'Its new date is on the board.',
    parts: texts([was]),
    links: link(input, 'Open the meeting on the board', '/tab/meeting'),
  };
}

function cancelledContent(input: ChannelMessage): MessageContent {
  const meeting = meetingOf(input);
  const day = meeting ? ` on ${calendarOf(input.assessment.policy).longDate(meeting.on)}` : '';
  return {
    title: 'The meeting is cancelled',
    summary: `The meeting${day} does not take place.`,
    parts: [],
    links: link(input, 'Open the board', '/tab/board'),
  };
}

/** Without the place: it may be an address at which anybody could join. */
function whenSentence(input: ChannelMessage): string | undefined {
  const meeting = meetingOf(input);
  if (meeting === undefined) return undefined;
  const on = calendarOf(input.assessment.policy).longDate(meeting.on);
  return `The board meets on ${on}, ${timeWords(meeting.startsAtTime)} to ${timeWords(meeting.endsAtTime)}.`;
}

const membersOnly: MessagePart = {
  kind: 'text',
  text: 'What is behind these words opens in the tab for the people of the board.',
};

function sentences(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

function texts(lines: readonly string[]): readonly MessagePart[] {
  return lines.map((text) => ({ kind: 'text', text }));
}

function link({ tabAddress, boardId }: ChannelMessage, title: string, page: string): readonly MessageLink[] {
  const url = tabAddress?.(page, boardId);
  return url === undefined ? [] : [{ title, url }];
}
