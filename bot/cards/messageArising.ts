// After the meeting: what the board agreed that one owner is to do, and by when.
import { calendarOf } from '../board/cycle';
import { count } from '../board/wording';
import { boardWords, listPart } from './messageMeeting';
import { pageLinks } from './messageNotices';
import type { MessageContent, MessageInput, MessageItem } from './messageShape';
import { dayWords, distanceWords } from './words';

const mostItems = 12;

export function arisingContent(input: MessageInput): MessageContent {
  const { snapshot, assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const items = input.subjectRefs.flatMap((ref): readonly MessageItem[] => {
    const decision = snapshot.decisions.find((one) => one.ref === ref);
    if (!decision) return [];
    const { dueOn, subjectRef } = decision;
    const about = snapshot.actions.find((one) => one.ref === subjectRef);
    const by =
      dueOn === undefined
        ? 'No date was set.'
        : `By ${dayWords(calendar, dueOn, assessment.on)} (${distanceWords(calendar, dueOn, assessment.on)}).`;
    return [
      {
        ref,
        title: decision.text,
        lines: [...(about ? [`About ${about.ref} ${about.title}.`] : []), by],
      },
    ];
  });
  return {
    title: `For you from ${boardWords(input)}`,
    summary: `The board agreed ${count(items.length, 'thing')} for you to do. Tell the secretary when ${items.length === 1 ? 'it is' : 'one is'} done.`,
    parts: [listPart('For you to do', items.slice(0, mostItems), items.length, 'Nothing is open any more.')],
    links: pageLinks(input, 'Open the board', '/tab/board'),
  };
}
