// Before the papers: what the secretary looks at and releases; nothing is frozen or shared before they have seen it.
import type { Readiness } from '../board/assessment';
import { boardWords, logOf, slowPart } from './messageMeeting';
import { pageLinks } from './messageNotices';
import type { MessageContent, MessageFact, MessageInput } from './messageShape';
import { timeWords } from './words';

export function papersContent(input: MessageInput): MessageContent {
  const { assessment } = input;
  const { policy, readiness, headline } = assessment;
  return {
    title: `Papers to check for ${boardWords(input)}`,
    summary: `Please look at the draft log and release it by ${timeWords(policy.papersDeadlineTime)} today. Nothing is frozen or shared before you have seen it.`,
    parts: [
      { kind: 'text', text: headline.text },
      ...(readiness ? [{ kind: 'facts' as const, heading: 'Ready?', rows: readinessFacts(readiness) }] : []),
      slowPart(logOf(input).now),
    ],
    links: pageLinks(input, 'Look at the log and release it', '/tab/log'),
  };
}

/** At 14:00 and at 16:00, to the secretary and the chair, while nothing is released. */
export function papersReminderContent(input: MessageInput): MessageContent {
  const { snapshot, assessment, personRef, step } = input;
  const { policy, readiness, headline } = assessment;
  const due = timeWords(policy.papersDeadlineTime);
  const secretary = snapshot.people.find((one) => one.boardRole === 'secretary');
  const isTheirs = secretary?.ref === personRef;
  const when = step === 'papers-last-call' ? `They were due by ${due} today` : `They are due by ${due} today`;
  const who = isTheirs
    ? 'Please look at the draft log and release it'
    : `${secretary?.name ?? 'The secretary'} is asked to look at the draft log and release it`;
  return {
    title: `Papers not released yet for ${boardWords(input)}`,
    summary: `${when}. ${who}. Nothing goes out unseen.`,
    parts: [
      { kind: 'text', text: headline.text },
      ...(readiness ? [{ kind: 'facts' as const, heading: 'Ready?', rows: readinessFacts(readiness) }] : []),
    ],
    links: pageLinks(input, isTheirs ? 'Look at the log and release it' : 'Look at the log', '/tab/log'),
  };
}

/** Counts with their base. */
export function readinessFacts(readiness: Readiness): readonly MessageFact[] {
  const of = (one: { readonly done: number; readonly total: number }): string =>
    one.total === 0 ? 'none asked' : `${one.done} of ${one.total}`;
  const toDecide = readiness.dateChangesToDecide.length;
  return [
    { name: 'Answers in', value: of(readiness.answers) },
    { name: 'Risks reviewed', value: of(readiness.risksReviewed) },
    { name: 'Readings in', value: of(readiness.readingsIn) },
    { name: 'Advisers invited', value: of(readiness.advisersInvited) },
    { name: 'Date changes to decide', value: toDecide === 0 ? 'none' : String(toDecide) },
  ];
}
