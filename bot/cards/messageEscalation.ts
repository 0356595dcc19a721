// What goes up once after the owners' deadline: what, whose, why, and what is asked of the person it goes to.
import { calendarOf, planCycle } from '../board/cycle';
import { datedSubject } from '../board/dateChanges';
import { escalationPersonOf, unansweredTwice } from '../board/escalation';
import { ownedItems, type OwnedItem } from '../board/manageOwned';
import type { Person } from '../board/model';
import { count } from '../board/wording';
import { boardWords, listPart, meetingOf } from './messageMeeting';
import { pageLinks } from './messageNotices';
import { mostSlow, type MessageContent, type MessageInput, type MessageItem } from './messageShape';
import { dayWords } from './words';

export function escalationContent(input: MessageInput): MessageContent {
  const { snapshot, personRef } = input;
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const owned = new Map(ownedItems(snapshot).map((one) => [one.ref, one]));
  const items = input.subjectRefs.flatMap((ref) => owned.get(ref) ?? []);
  const ownerOf = (one: OwnedItem): Person | undefined => people.get(one.ownerRef ?? '');
  /** A copy to the owner: somebody else was asked. */
  const isCopy = (one: OwnedItem): boolean => {
    const owner = ownerOf(one);
    return owner?.ref === personRef && escalationPersonOf(owner, snapshot) !== personRef;
  };
  const theirs = items.filter((one) => !isCopy(one));
  const own = items.filter(isCopy);
  const board = boardWords(input);
  const seniors = [...new Set(own.flatMap((one) => seniorName(ownerOf(one), input)))];
  const whom = seniors.length === 1 ? ` to ${seniors[0] ?? ''}` : '';
  return {
    title:
      theirs.length > 0
        ? `${count(theirs.length, 'item')} for your attention before ${board}`
        : `A copy for you: ${count(own.length, 'item')} went${whom === '' ? ' further' : whom}`,
    summary:
      theirs.length > 0
        ? `Please speak with each owner${papersWords(input)}, so that the board reads what is being done.`
        : `It was off track, not answered for two meetings, or waits for a decision. You can still answer${papersWords(input)}.`,
    parts: [
      ...(theirs.length === 0 ? [] : [part('For your attention', theirs, input, ownerOf)]),
      ...(own.length === 0 ? [] : [part(`Yours, sent${whom === '' ? ' further' : whom}`, own, input, ownerOf)]),
    ],
    links: pageLinks(input, 'Open the board', '/tab/board'),
  };
}

function part(
  heading: string,
  items: readonly OwnedItem[],
  input: MessageInput,
  ownerOf: (one: OwnedItem) => Person | undefined,
) {
  const shown = items.slice(0, mostSlow).map((one) => itemOf(one, ownerOf(one), input));
  return listPart(heading, shown, items.length, undefined);
}

function itemOf(item: OwnedItem, owner: Person | undefined, input: MessageInput): MessageItem {
  const { snapshot, assessment, personRef } = input;
  const calendar = calendarOf(assessment.policy);
  const judged = assessment.actions.find((one) => one.ref === item.ref);
  const offTrack = judged?.computedDelivery === 'off-track';
  const twice = unansweredTwice(snapshot, assessment.meetingRef, assessment.previousMeetingRef).has(item.ref);
  const pending = snapshot.dateChanges.find((one) => one.decision === 'pending' && one.actionRef === item.ref);
  const why = offTrack ? judged.deliveryReasons[0]?.text : undefined;
  const asked = pending && datedSubject(snapshot, pending.subjectRef);
  return {
    ref: item.ref,
    title: item.title,
    lines: [
      ...(owner === undefined || owner.ref === personRef ? [] : [`Owner: ${ownerWords(owner, input)}.`]),
      ...(why === undefined ? [] : [why]),
      ...(twice ? ['Asked for two meetings running, and not answered.'] : []),
      ...(pending && asked
        ? [
            `A new date waits for a decision: ${calendar.longDate(pending.fromOn)} to ${calendar.longDate(pending.toOn)}.`,
          ]
        : []),
      ...(item.dueOn === undefined || offTrack || pending?.subjectRef === item.ref
        ? []
        : [`Due ${calendar.longDate(item.dueOn)}.`]),
    ],
  };
}

/** A volunteer is named by their body. */
function ownerWords(owner: Person, { snapshot }: MessageInput): string {
  const body = snapshot.bodies.find((one) => one.name === owner.body);
  return owner.volunteer || body?.volunteer === true ? `a volunteer of ${owner.body}` : `${owner.name}, ${owner.body}`;
}

function seniorName(owner: Person | undefined, { snapshot }: MessageInput): readonly string[] {
  const senior = owner && escalationPersonOf(owner, snapshot);
  const name = snapshot.people.find((one) => one.ref === senior)?.name;
  return name === undefined ? [] : [name];
}

/** " before the papers go out on Wednesday 8 January". */
function papersWords(input: MessageInput): string {
  const { snapshot, assessment } = input;
  const meeting = meetingOf(input);
  if (!meeting) return '';
  const calendar = calendarOf(assessment.policy);
  const previous = snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef);
  const { deadlines } = planCycle(meeting, previous, calendar, assessment.policy);
  return ` before the papers go out on ${dayWords(calendar, deadlines.papersDeadlineOn, assessment.on)}`;
}
