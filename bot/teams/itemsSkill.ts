// What a person has to answer: their list, the form of one item, and the buttons that save it.
import type { Ref } from '../board/model';
import type { OwnerItem } from '../board/ownerItems';
import type { CardJson } from '../cards/kit';
import { goneNotice, nothingNotice, notYoursNotice, strangerNotice } from '../cards/notice';
import { itemFormCard, ownerListCard } from '../cards/ownerView';
import { readCommand } from '../cards/verbs';
import type { OutgoingCard } from '../services/ports';
import { refNamed } from './commands';
import { findItem } from './findItem';
import { saveForm } from './saveForm';
import { freshSeat } from './seat';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const listPhrases = new Set(['my actions', 'my action', 'my items', 'actions', 'update', 'updates', 'overdue']);

export const itemsSkill: Skill = {
  offers: [
    { phrase: 'my actions', does: 'what is open for you, most urgent first, with a form for each' },
    { phrase: 'APA1.04', does: 'the form for that item; any reference will do, such as "R03"' },
  ],
  verbs: ['list', 'open', 'save', 'no-change', 'resolve'],
  saving: { save: 'Save', resolve: 'Save', 'no-change': 'No change' },
  message: (turn) => Promise.resolve(messageFor(turn)),
  press: pressFor,
};

function messageFor({ seats, text, words, deps }: ChatTurn): readonly OutgoingCard[] | undefined {
  if (listPhrases.has(words)) return lists(seats);
  const ref = refNamed(text, seats.flatMap(refsOf));
  return ref === undefined ? undefined : [itemMessage(deps, seats, ref)];
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
  if (command.verb === 'open') return cardReply(itemFormCard(seat.view, found.item, { nonce: deps.newNonce() }));
  return cardReply(await saveForm(deps, seat, found.item, command, () => freshSeat(deps, seat)));
}

/** The references of what can be answered on a board. */
export function refsOf(seat: Seat): readonly Ref[] {
  const { actions, risks, mitigations, measures } = seat.view.snapshot;
  return [...actions, ...risks, ...mitigations, ...measures].map((one) => one.ref);
}

function lists(seats: readonly Seat[]): readonly OutgoingCard[] {
  const withItems = seats.filter((seat) => seat.view.items.length > 0);
  if (withItems.length === 0) return seats.map((seat) => nothingNotice(boardName(seat), nextMeetingLine(seat)));
  return withItems.map((seat) => ({
    card: ownerListCard(seat.view),
    summary: `${seat.view.heading}: ${seat.view.deadline}.`,
  }));
}

function listCard(seat: Seat, page: number): CardJson {
  return seat.view.items.length === 0
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

function itemMessage(deps: ChatDeps, seats: readonly Seat[], ref: Ref): OutgoingCard {
  let refusal: OutgoingCard | undefined;
  for (const seat of seats) {
    const kind = kindOf(seat, ref);
    if (kind === undefined) continue;
    const found = findItem(seat, kind, ref);
    if (found.kind === 'item') {
      const card = itemFormCard(seat.view, found.item, { nonce: deps.newNonce() });
      return { card, summary: `${ref}: ${found.item.title}` };
    }
    refusal = found.kind === 'gone' ? goneNotice(ref, seat.boardId) : notYoursNotice(ref, seat.boardId);
  }
  return refusal ?? strangerNotice();
}

function kindOf(seat: Seat, ref: Ref): Exclude<OwnerItem['kind'], 'decision'> | undefined {
  const { actions, risks, mitigations, measures } = seat.view.snapshot;
  if (actions.some((one) => one.ref === ref)) return 'action';
  if (risks.some((one) => one.ref === ref)) return 'risk';
  if (mitigations.some((one) => one.ref === ref)) return 'mitigation';
  return measures.some((one) => one.ref === ref) ? 'measure' : undefined;
}
