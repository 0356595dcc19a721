// What a message or a button press leads to, free of any bot SDK: who asks, what is theirs, what they see next.
import type { Ref } from '../board/model';
import type { OwnerItem } from '../board/ownerItems';
import type { CardJson } from '../cards/kit';
import {
  goneNotice,
  helpNotice,
  nothingNotice,
  notUnderstoodNotice,
  notYoursNotice,
  personalChatNotice,
  strangerNotice,
  welcomeNotice,
} from '../cards/notice';
import { itemFormCard, ownerListCard } from '../cards/ownerView';
import { readCommand } from '../cards/verbs';
import type { OutgoingCard } from '../services/ports';
import { readMessage } from './commands';
import { findItem } from './findItem';
import { meetingCard } from './meetingWords';
import { saveForm } from './saveForm';
import { freshSeat, seatOn, seatsOf } from './seat';
import type { Caller, ChatDeps, Seat } from './seat';

/** `message` leaves the card as it is, with what was typed, and says a line. */
export type PressReply =
  { readonly kind: 'card'; readonly card: CardJson } | { readonly kind: 'message'; readonly text: string };

export interface OwnerChat {
  message(caller: Caller, text: string): Promise<readonly OutgoingCard[]>;
  press(caller: Caller, verb: unknown, data: unknown): Promise<PressReply>;
  welcome(caller: Caller): Promise<readonly OutgoingCard[]>;
}

export const unreadableCard =
  'This card cannot be read any more. Nothing was saved. Type "my actions" for a fresh one.';

export function createOwnerChat(deps: ChatDeps): OwnerChat {
  return {
    async message(caller, text) {
      if (!caller.personal) return [personalChatNotice()];
      const seats = await seatsOf(deps, caller);
      if (seats.length === 0) return [strangerNotice()];
      const command = readMessage(text, seats.flatMap(refsOf));
      switch (command.kind) {
        case 'my-actions':
          return lists(seats);
        case 'next-meeting':
          return seats.map((seat) => meetingCard(seat.view));
        case 'item':
          return [itemMessage(deps, seats, command.ref)];
        case 'help':
          return [helpNotice()];
        case 'unknown':
          return [notUnderstoodNotice(command.text, command.nearest)];
      }
    },

    async welcome(caller) {
      if (!caller.personal) return [];
      const seats = await seatsOf(deps, caller);
      if (seats.length === 0) return [strangerNotice()];
      return seats.map((seat) => welcomeNotice(boardName(seat), seat.boardId, seat.view.open.length));
    },

    async press(caller, verb, data) {
      const command = readCommand(verb, data);
      if (!command) return { kind: 'message', text: unreadableCard };
      if (!caller.personal) return { kind: 'card', card: personalChatNotice().card };
      const seat = await seatOn(deps, command.boardId, caller);
      if (seat === 'noBoard') return { kind: 'message', text: unreadableCard };
      if (seat === 'stranger') return { kind: 'card', card: strangerNotice().card };
      if (command.verb === 'list') return { kind: 'card', card: listCard(seat, command.page) };
      const found = findItem(seat, command.kind, command.ref);
      if (found.kind === 'gone') return { kind: 'card', card: goneNotice(command.ref, seat.boardId).card };
      if (found.kind === 'notYours') {
        deps.logger.warn('answer refused', { ref: command.ref, personRef: seat.person.ref });
        return { kind: 'card', card: notYoursNotice(command.ref, seat.boardId).card };
      }
      if (command.verb === 'open') {
        return { kind: 'card', card: itemFormCard(seat.view, found.item, { nonce: deps.newNonce() }) };
      }
      return { kind: 'card', card: await saveForm(deps, seat, found.item, command, () => freshSeat(deps, seat)) };
    },
  };
}

function boardName(seat: Seat): string {
  return seat.view.snapshot.facts.name;
}

function refsOf(seat: Seat): readonly Ref[] {
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
