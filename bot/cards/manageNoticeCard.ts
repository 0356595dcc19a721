// What the delivery sends: the card of a step of the cycle, or the notice after a hand-over to both its people.
import { calendarOf, type CycleStepName } from '../board/cycle';
import { handOverNotice, type HandedItem } from '../board/manageNotice';
import { resolvePolicy } from '../board/policy';
import { count } from '../board/wording';
import { actNotice } from './actNotice';
import { cycleCard, type CycleCardInput } from './cycleCard';
import { clean } from './kit';
import { noticeCard, type NoticeCard } from './notice';

type MessageInput = Omit<CycleCardInput, 'step'> & { readonly step: CycleStepName | `notice:${string}` };

/** A card is read on a phone: what does not fit is on the person's list. */
const mostItems = 12;

export function messageCard(input: MessageInput): NoticeCard {
  const { step, ...rest } = input;
  const act = actNotice(input);
  if (act) return act;
  return isNotice(step) ? handOverCard({ ...input, step }) : cycleCard({ ...rest, step });
}

function isNotice(step: MessageInput['step']): step is `notice:${string}` {
  return step.startsWith('notice:');
}

function handOverCard(input: MessageInput): NoticeCard {
  const { snapshot, boardId, assessment } = input;
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const told = handOverNotice(snapshot, {
    step: input.step,
    personRef: input.personRef,
    subjectRefs: input.subjectRefs,
    ...(assessment.meetingRef === undefined ? {} : { meetingRef: assessment.meetingRef }),
  });
  const mine = (one: HandedItem): string => {
    const from = one.from === undefined ? '' : ` It was ${one.from}'s.`;
    const asked =
      one.askedBy === undefined
        ? one.dueOn === undefined
          ? ''
          : ` Due by ${calendar.longDate(one.dueOn)}.`
        : ` Please give your update by ${calendar.longDate(one.askedBy)}.`;
    return `${one.ref} ${clean(one.title, 160)}.${from}${asked}`;
  };
  const theirs = (one: HandedItem): string =>
    `${one.ref} ${clean(one.title, 160)}: ${one.owner === undefined ? 'it has no owner now' : `${one.owner} owns it now`}.`;
  const title =
    told.yours.length > 0
      ? `${count(told.yours.length, 'item')} now yours`
      : `${count(told.others.length, 'item')} handed over`;
  return noticeCard({
    title,
    lines: [
      ...shown(told.yours, mine),
      ...(told.others.length === 0 ? [] : ['You are not asked about these any more:']),
      ...shown(told.others, theirs),
    ],
    ...(told.yours.length === 0 ? {} : { boardId }),
  });
}

function shown(items: readonly HandedItem[], say: (one: HandedItem) => string): readonly string[] {
  const rest = items.length - mostItems;
  return [...items.slice(0, mostItems).map(say), ...(rest > 0 ? [`And ${count(rest, 'more', 'more')}.`] : [])];
}
