// What people are told when something was handed over, waits for them or was decided, as the board is when it is sent.
import { calendarOf } from '../board/cycle';
import { cycleDeputies, delegatedItem } from '../board/cycleDeputies';
import { decidesDate } from '../board/dateChanges';
import { handOverNotice, type HandedItem } from '../board/manageNotice';
import type { DateChange, Ref } from '../board/model';
import { count } from '../board/wording';
import { dateDecisionWords, dateNews, type DateView } from './dateChange';
import { cycleContent } from './messageCycle';
import type { MessageContent, MessageInput, MessageItem, MessageLink, MessagePart } from './messageShape';

/** What does not fit is on the person's list. */
const mostItems = 12;

/** The content of a message that an event leads to. */
export function noticeContent(input: MessageInput): MessageContent {
  if (input.step.startsWith('notice:date-')) return dateContent(input);
  const board = pageLinks(input, 'The board', '/tab/board');
  const ofCycle = cycleContent(input, { actions: actionsLink(input), board });
  if (ofCycle) return ofCycle;
  return input.step.startsWith('notice:deputy:') ? deputyContent(input) : handOverContent(input);
}

/** The date change that this person is asked to decide. */
export function dateToDecide(input: MessageInput): DateChange | undefined {
  if (!input.step.startsWith('notice:date-')) return undefined;
  const change = input.snapshot.dateChanges.find((one) => one.ref === input.subjectRefs[0]);
  if (change?.decision !== 'pending') return undefined;
  const { policy, on } = input.assessment;
  return decidesDate(input.snapshot, change, input.personRef, policy, on) ? change : undefined;
}

export function dateViewOf({ boardId, snapshot, assessment }: MessageInput): DateView {
  const { policy } = assessment;
  return { boardId, snapshot, calendar: calendarOf(policy), policy, todayOn: assessment.on };
}

function dateContent(input: MessageInput): MessageContent {
  const view = dateViewOf(input);
  const change = dateToDecide(input);
  if (change) {
    const { title, lines } = dateDecisionWords(view, change);
    return said(title, lines, pageLinks(input, 'Decide on the board', '/tab/board'));
  }
  const [ref = ''] = input.subjectRefs;
  const decision = input.snapshot.dateChanges.find((one) => one.ref === ref)?.decision;
  const title = decision === 'refused' ? 'The date stays' : 'A date was decided';
  return said(title, dateNews(view, ref), actionsLink(input));
}

/** Who answers for an owner this cycle: one item, or all that changed when somebody left or stayed. */
function deputyContent(input: MessageInput): MessageContent {
  const told = input.subjectRefs.map((ref) => deputyWords(input, ref));
  const [first] = told;
  if (told.length < 2 && first)
    return said(first.words, [...(first.title === '' ? [] : [first.title]), first.after], actionsLink(input));
  return {
    title: `Who answers ${count(told.length, 'item')} has changed`,
    summary: 'Each says whether you answer it this cycle.',
    parts: shown(
      'This cycle',
      told.map(({ ref, title, words, after }) => ({ ref, title, lines: [`${words}.`, after] })),
    ),
    links: actionsLink(input),
  };
}

function deputyWords({ snapshot, assessment, personRef }: MessageInput, ref: Ref) {
  const item = delegatedItem(snapshot, ref);
  const title = item?.title ?? '';
  const deputyRef = cycleDeputies(snapshot, assessment.at).get(ref)?.deputyRef;
  const owner = snapshot.people.find((one) => one.ref === item?.ownerRef)?.name ?? 'The owner';
  if (deputyRef === personRef) {
    const words = `Please answer ${ref} for ${owner}`;
    return { ref, title, words, after: 'It is in your list until the next meeting.' };
  }
  if (item?.ownerRef === personRef && deputyRef === undefined) {
    const words = `${ref} is yours to answer again`;
    return { ref, title, words, after: 'The colleague who was to answer it this cycle no longer does.' };
  }
  return {
    ref,
    title,
    words: `${ref} is no longer yours to answer`,
    after: 'Nothing is asked of you about it any more.',
  };
}

function handOverContent(input: MessageInput): MessageContent {
  const { snapshot, assessment } = input;
  const calendar = calendarOf(assessment.policy);
  const told = handOverNotice(snapshot, {
    step: input.step,
    personRef: input.personRef,
    subjectRefs: input.subjectRefs,
    ...(assessment.meetingRef === undefined ? {} : { meetingRef: assessment.meetingRef }),
  });
  const due = ({ askedBy, dueOn }: HandedItem): readonly string[] => {
    if (askedBy !== undefined) return [`Please give your update by ${calendar.longDate(askedBy)}.`];
    return dueOn === undefined ? [] : [`Due by ${calendar.longDate(dueOn)}.`];
  };
  const mine = (one: HandedItem): MessageItem => ({
    ref: one.ref,
    title: one.title,
    lines: [...(one.from === undefined ? [] : [`It was ${one.from}'s.`]), ...due(one)],
  });
  const theirs = (one: HandedItem): MessageItem => ({
    ref: one.ref,
    title: one.title,
    lines: [one.owner === undefined ? 'It has no owner now.' : `${one.owner} owns it now.`],
  });
  const { yours, others } = told;
  return {
    title:
      yours.length > 0 ? `${count(yours.length, 'item')} now yours` : `${count(others.length, 'item')} handed over`,
    summary:
      yours.length > 0 ? 'You answer for this before the board from now on.' : 'You are not asked about this any more.',
    parts: [
      ...shown('Yours now', yours.map(mine)),
      ...shown(yours.length > 0 ? 'Not asked of you any more' : 'Handed over', others.map(theirs)),
    ],
    links: actionsLink(input),
  };
}

function shown(heading: string, items: readonly MessageItem[]): readonly MessagePart[] {
  if (items.length === 0) return [];
  const rest = items.length - mostItems;
  const more = rest > 0 ? { more: `And ${count(rest, 'more', 'more')}.` } : {};
  return [{ kind: 'list', heading, items: items.slice(0, mostItems), ...more }];
}

function said(title: string, lines: readonly string[], links: readonly MessageLink[]): MessageContent {
  const [summary = '', ...rest] = lines;
  return { title, summary, parts: rest.map((text) => ({ kind: 'text', text })), links };
}

function actionsLink(input: MessageInput): readonly MessageLink[] {
  return pageLinks(input, 'Your actions on the board', '/tab/actions');
}

/** A page of the tab; people outside the tenant have none. */
export function pageLinks(input: MessageInput, title: string, page: string): readonly MessageLink[] {
  const person = input.snapshot.people.find((one) => one.ref === input.personRef);
  const url = person?.external === true ? undefined : input.tabAddress?.(page, input.boardId);
  return url === undefined ? [] : [{ title, url }];
}
