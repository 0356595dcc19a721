// Invitations in chat: how they stand for secretary and chair, and one button by which the secretary sends or mends them.
import { z } from 'zod';
import { isComing } from '../board/invitations';
import { invitationCard, inviteQuestionCard } from '../cards/invitationCard';
import type { CardJson } from '../cards/kit';
import { noticeCard } from '../cards/notice';
import { InvalidInputError } from '../errors';
import type { InviteBoard } from '../services/inviteBoard';
import type { OutgoingCard } from '../services/ports';
import type { InvitationsView } from '../services/viewInvitations';
import type { ChatDeps, Seat } from './seat';
import {
  cardReply,
  messageReply,
  unreadableCard,
  type ChatTurn,
  type PressReply,
  type PressTurn,
  type Skill,
} from './skills';

const pressed = z.object({ meetingRef: z.string().min(1).max(60) });
const asks =
  /^(?:show (?:me )?(?:the )?)?(?:invitations|invites|who is invited|whos invited)(?: (?:to|for|of))?(?: ([a-z0-9._-]{1,60}))?$/u;

export function createInvitationSkill(inviteBoard: Pick<InviteBoard, 'view' | 'send'>): Skill {
  return {
    offers: [
      {
        phrase: 'invitations',
        does: 'who is invited to the next meeting, and who answered',
        for: ['secretary', 'chair'],
      },
      { phrase: 'invitations ...', does: 'the same of another meeting, such as B10', for: ['secretary', 'chair'] },
    ],
    verbs: ['invitations', 'invite-ask', 'invite-send'],
    saving: { 'invite-send': 'Invite now' },
    message: (turn) => messageFor(turn, inviteBoard),
    press: (turn) => pressFor(turn, inviteBoard),
  };
}

async function messageFor(
  { seats, words, deps }: ChatTurn,
  inviteBoard: Pick<InviteBoard, 'view'>,
): Promise<readonly OutgoingCard[] | undefined> {
  const [matched, named] = asks.exec(words) ?? [];
  if (matched === undefined) return undefined;
  const mine = seats.filter((one) => one.viewer.seesReadiness);
  if (mine.length === 0)
    return [noticeCard({ title: 'That is for the secretary and the chair', lines: ['They look at invitations.'] })];
  return Promise.all(mine.map((seat) => shownTo(seat, named, deps, inviteBoard)));
}

async function shownTo(
  seat: Seat,
  named: string | undefined,
  deps: ChatDeps,
  inviteBoard: Pick<InviteBoard, 'view'>,
): Promise<OutgoingCard> {
  const coming = comingRefs(seat, deps);
  const meetings = seat.view.snapshot.meetings.map((one) => one.ref);
  const ref = named === undefined ? coming[0] : meetings.find((one) => one.toLowerCase() === named);
  if (ref === undefined) {
    const lines =
      coming.length === 0 ? ['No meeting to come is planned.'] : [`The meetings to come: ${coming.join(', ')}.`];
    return noticeCard({
      title: named === undefined ? 'No meeting to invite to' : `There is no meeting ${named}`,
      lines,
    });
  }
  const view = await inviteBoard.view({ boardId: seat.boardId, meetingRef: ref, byRef: seat.person.ref });
  return { card: cardOf(seat, view, deps), summary: `Invitations to ${view.title}` };
}

async function pressFor(
  { seat, verb, data, deps }: PressTurn,
  inviteBoard: Pick<InviteBoard, 'view' | 'send'>,
): Promise<PressReply> {
  const read = pressed.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const request = { boardId: seat.boardId, meetingRef: read.data.meetingRef, byRef: seat.person.ref };
  if (!seat.viewer.seesReadiness) return messageReply('The secretary and the chair look at invitations.');
  if (verb === 'invite-send') {
    if (seat.viewer.role !== 'secretary') return messageReply('The secretary sends invitations. Nothing was sent.');
    try {
      const { words, view } = await inviteBoard.send(request);
      return cardReply(cardOf(seat, view, deps, words.length === 0 ? ['There was nothing to send.'] : words));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return cardReply(noticeCard({ title: 'Nothing was sent', lines: [error.message] }).card);
    }
  }
  const view = await inviteBoard.view(request);
  const { next } = view;
  if (verb === 'invite-ask' && next && seat.viewer.role === 'secretary')
    return cardReply(inviteQuestionCard({ ...request, title: view.title, next }));
  return cardReply(cardOf(seat, view, deps));
}

function cardOf(seat: Seat, view: InvitationsView, deps: ChatDeps, done?: readonly string[]): CardJson {
  const others = comingRefs(seat, deps).filter((one) => one !== view.meetingRef);
  return invitationCard({
    ...view,
    boardId: seat.boardId,
    maySend: seat.viewer.role === 'secretary',
    others,
    ...(done ? { done } : {}),
  });
}

function comingRefs(seat: Seat, deps: ChatDeps): readonly string[] {
  const { snapshot, calendar } = seat.view;
  const at = deps.clock.now().toISOString();
  return snapshot.meetings
    .filter((one) => one.state !== 'cancelled' && isComing(one, calendar, at))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .map((one) => one.ref);
}
