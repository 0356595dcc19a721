// What a person has to answer: their list, the form of one item, and the buttons that save it.
import type { Ref } from '../board/model';
import type { CardJson } from '../cards/kit';
import { goneNotice, nothingNotice, notYoursNotice } from '../cards/notice';
import { itemFormCard, ownerListCard } from '../cards/ownerView';
import { readCommand } from '../cards/verbs';
import type { OutgoingCard } from '../services/ports';
import { refNamed } from './commands';
import { findItem } from './findItem';
import { openForm, saveForm } from './saveForm';
import { freshSeat, refsOf } from './seat';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const listPhrases = new Set([
  ...['my actions', 'my action', 'my items', 'my updates', 'actions', 'update', 'updates', 'to do', 'todo'],
  ...['whats due', 'what is due', 'whats mine', 'what do you need from me', 'what do i need to do'],
  ...['what have i got to do', 'what do i have to do', 'what do i owe'],
]);
/** "update APA1.04" asks for its form, as its reference alone does. */
const askedFor = /^\s*(?:please\s+)?(?:update|answer|open)\s+/iu;

export const itemsSkill: Skill = {
  offers: [{ phrase: 'my actions', does: 'what is open for you, most urgent first, with a form for each' }],
  verbs: ['list', 'open', 'save', 'no-change', 'resolve'],
  saving: { save: 'Save', resolve: 'Save my choice', 'no-change': 'No change' },
  message: (turn) => Promise.resolve(messageFor(turn)),
  press: pressFor,
};

function messageFor({ seats, text, words, deps }: ChatTurn): readonly OutgoingCard[] | undefined {
  if (listPhrases.has(words)) return lists(seats);
  const ref = refNamed(text.replace(askedFor, ''), seats.flatMap(refsOf));
  return ref === undefined ? undefined : itemMessage(deps, seats, ref);
}

async function pressFor({ seat, verb, data, deps }: PressTurn): Promise<PressReply> {
  const command = readCommand(verb, data);
  if (!command) return messageReply(unreadableCard);
  if (command.verb === 'list') return cardReply(listCard(seat, command.page));
  const found = findItem(seat, command.kind, command.ref);
  if (found.kind === 'gone') return cardReply(goneNotice(command.ref, seat.boardId).card);
  if (found.kind === 'notYours') {
    deps.logger.warn('answer refused', { ref: command.ref, personRef: seat.person.ref });
    return cardReply(notYoursNotice(command.ref, seat.boardId).card);
  }
  if (command.verb === 'open') return cardReply(openForm(deps, seat, found.item, command));
  return cardReply(await saveForm(deps, seat, found.item, command, () => freshSeat(deps, seat)));
}

function lists(seats: readonly Seat[]): readonly OutgoingCard[] {
  const withItems = seats.filter(({ view }) => view.items.length > 0 || view.toDecide > 0);
  if (withItems.length === 0) return seats.map((seat) => nothingNotice(boardName(seat), nextMeetingLine(seat)));
  return withItems.map((seat) => ({
    card: ownerListCard(seat.view),
    summary: `${seat.view.heading}: ${seat.view.deadline}.`,
  }));
}

function listCard(seat: Seat, page: number): CardJson {
  return seat.view.items.length === 0 && seat.view.toDecide === 0
    ? nothingNotice(boardName(seat), nextMeetingLine(seat)).card
    : ownerListCard(seat.view, { page });
}

function boardName(seat: Seat): string {
  return seat.view.snapshot.facts.name;
}

function nextMeetingLine(seat: Seat): string {
  const { meeting, calendar } = seat.view;
  return meeting === undefined
    ? 'No meeting is planned yet.'
    : `The next meeting is on ${calendar.longDate(meeting.on)}.`;
}

/** The form of an item that is open and theirs; others are read first (readSkill.ts). */
function itemMessage(deps: ChatDeps, seats: readonly Seat[], ref: Ref): readonly OutgoingCard[] | undefined {
  for (const { view } of seats) {
    const item = view.items.find((one) => one.ref === ref && one.kind !== 'decision');
    if (item) return [{ card: itemFormCard(view, item, { nonce: deps.newNonce() }), summary: `${ref}: ${item.title}` }];
  }
  return undefined;
}
