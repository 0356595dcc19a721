// What asks an owner for an update: the request, its reminders, and the last day with where it goes afterwards.
import { escalationPersonOf } from '../board/escalation';
import { isNudge, type NudgeStep } from '../board/nudges';
import { listed } from '../board/wording';
import type { MessageContent, MessageInput, MessageItem, MessageLink } from './messageShape';
import { ownerRows, ownerView, type OwnerView } from './ownerView';
import type { OwnerRow } from './owner';
import { afterStatus } from './words';

type StepOfCycle = 'request' | 'reminder' | 'final-reminder' | 'deadline-day';
export type AskingStep = StepOfCycle | NudgeStep;

export function isAskingStep(step: string): step is AskingStep {
  return Object.hasOwn(openings, step) || isNudge(step);
}

/** How the message announces itself; the request needs no word before it. */
const openings: Readonly<Record<StepOfCycle, string>> = {
  request: '',
  reminder: 'Reminder: ',
  'final-reminder': 'Last reminder: ',
  'deadline-day': 'Today is the last day: ',
};

/** "Last reminder: update for the board on Wednesday 15 January". */
export function askingHeading(step: AskingStep, view: OwnerView): string {
  const opening = openingOf(step, view);
  return opening === '' ? view.heading : `${opening}${view.heading.charAt(0).toLowerCase()}${view.heading.slice(1)}`;
}

/** The last message comes earlier where the day of the deadline is no working day of theirs. */
function openingOf(step: AskingStep, view: OwnerView): string {
  if (isNudge(step)) return openings.reminder;
  const isLastDay = view.deadlines?.ownersDeadlineOn === view.assessment.on;
  return step === 'deadline-day' && !isLastDay ? 'Last call: ' : openings[step];
}

/** What stands before the list, a sentence each. */
export function askingNotes(input: MessageInput & { readonly step: AskingStep }, view: OwnerView): readonly string[] {
  if (isNudge(input.step) && view.open.length > 0) return ['The board’s secretary asks you for this.'];
  if (input.step !== 'deadline-day' || view.open.length === 0) return [];
  const { snapshot, personRef } = input;
  const nameOf = (ref: string): string => snapshot.people.find((one) => one.ref === ref)?.name ?? ref;
  const owners = [...new Set(view.open.map((one) => one.ownerRef))];
  const seniors = new Set(
    owners.flatMap((ref) => {
      const owner = snapshot.people.find((one) => one.ref === ref);
      const senior = owner && escalationPersonOf(owner, snapshot);
      return senior === undefined || senior === personRef ? [] : [senior];
    }),
  );
  const deputies = [...new Set(view.open.filter((one) => !one.asDeputy).map((one) => one.ownerRef))].length === 0;
  return [
    ...(deputies ? ['You get this as a deputy: no answer has come yet.'] : []),
    ...(seniors.size === 0
      ? []
      : [
          `After that, what is off track or was not answered for two meetings goes to ${listed([...seniors].map(nameOf))}.`,
        ]),
  ];
}

export function askingContent(input: MessageInput & { readonly step: AskingStep }): MessageContent {
  const view = ownerView(input);
  const rows = ownerRows(view).filter((one) => one.answered === undefined);
  return {
    title: askingHeading(input.step, view),
    summary: `${view.deadline}.`,
    parts: [
      ...askingNotes(input, view).map((text) => ({ kind: 'text' as const, text })),
      { kind: 'list', heading: 'To answer', items: rows.map(itemOf) },
    ],
    links: answerLinks(input),
  };
}

function itemOf(row: OwnerRow): MessageItem {
  const foot = [row.due, row.deputyFor === undefined ? undefined : `You answer for ${row.deputyFor}`]
    .filter((part) => part !== undefined)
    .join('. ');
  const status = row.status === undefined ? '' : `${row.status.word}: `;
  return {
    ref: row.ref,
    title: row.title,
    lines: [`${status}${afterStatus(row.status, row.reason)}`, ...(foot === '' ? [] : [`${foot}.`])],
  };
}

/** Where somebody answers whom the card does not reach. */
function answerLinks(input: MessageInput): readonly MessageLink[] {
  const person = input.snapshot.people.find((one) => one.ref === input.personRef);
  if (person?.external === true)
    return input.myItemsUrl === undefined ? [] : [{ title: 'My items: answer there', url: input.myItemsUrl }];
  const url = input.tabAddress?.('/tab/actions', input.boardId);
  return url === undefined ? [] : [{ title: 'Your actions on the board', url }];
}
