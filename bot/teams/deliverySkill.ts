// "delivery" in chat: who was not reached and why, one's own messages for owners; the secretary sends one again.
import { z } from 'zod';
import { isChannel } from '../board/recipients';
import { deliveryCard, resendCard, resendVerb } from '../cards/deliveryCard';
import { noticeCard } from '../cards/notice';
import { isKnownError } from '../errors';
import { totalsWords, type DeliveryLine } from '../services/deliveryLines';
import type { OutgoingCard } from '../services/ports';
import type { ResendMessage } from '../services/resendMessage';
import type { Delivery, ViewDelivery } from '../services/viewDelivery';
import type { Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const pressed = z.object({
  meetingRef: z.string().min(1).max(40),
  step: z.string().min(1).max(200),
  personRef: z.string().min(1).max(40),
  mayArriveTwice: z.literal(true).optional(),
});
const asked =
  /^(?:delivery|did they get it|who got (?:it|what|the request|the reminder))(?: (?:for |of )?([a-z]\d{1,4}))?$/;

export interface DeliverySkillDeps {
  readonly viewDelivery: Pick<ViewDelivery, 'forPerson'>;
  readonly resendMessage: ResendMessage;
}

export function createDeliverySkill({ viewDelivery, resendMessage }: DeliverySkillDeps): Skill {
  return {
    offers: [
      { phrase: 'delivery', does: 'who got which message, by which way, and why not', for: ['secretary', 'chair'] },
      { phrase: 'delivery B09', does: 'the same for another meeting', for: ['secretary', 'chair'] },
    ],
    verbs: [resendVerb],
    saving: { [resendVerb]: 'Send again' },
    async message(turn: ChatTurn) {
      const [found, meeting] = asked.exec(turn.words.replace(/\?+$/, '')) ?? [];
      if (found === undefined) return undefined;
      return Promise.all(turn.seats.map((seat) => show(viewDelivery, seat, meeting?.toUpperCase())));
    },
    press: (turn) => pressFor(turn, resendMessage),
  };
}

async function show(view: DeliverySkillDeps['viewDelivery'], seat: Seat, meetingRef?: string): Promise<OutgoingCard> {
  try {
    const delivery = await view.forPerson(seat.boardId, seat.person.ref, meetingRef);
    const card = deliveryCard({
      boardId: seat.boardId,
      meetingRef: delivery.meetingRef,
      meetingWords: delivery.meetingWords,
      ...(delivery.paused === undefined ? {} : { paused: delivery.paused }),
      steps: delivery.steps.map((step) => ({
        title: step.title,
        totals: delivery.isWhole ? totalsWords(step.totals) : 'yours',
        lines: step.lines.filter((one) => !delivery.isWhole || tells(one)).map((one) => lineOf(one, delivery)),
      })),
    });
    return { card, summary: `Delivery for the meeting on ${delivery.meetingWords}` };
  } catch (error) {
    if (!isKnownError(error) || (error.kind !== 'notAuthorised' && error.kind !== 'notFound')) throw error;
    // What SharePoint says of the service is for its operator.
    if (error.kind === 'notAuthorised' && error.reason === 'serviceRefused') throw error;
    return noticeCard({ title: 'Delivery is not shown', lines: [error.message] });
  }
}

/** What went as it should is counted; what did not, or not in the usual way, is named. */
function tells(line: DeliveryLine): boolean {
  if (isChannel(line.personRef)) return true;
  return line.state !== 'sent' || line.route !== 'chat' || line.mayHaveArrivedTwice;
}

function lineOf(line: DeliveryLine, { mayResend }: Delivery) {
  const { name, words, step, personRef, resend } = line;
  return { name, words, ...(mayResend && resend !== undefined ? { resend: { step, personRef } } : {}) };
}

async function pressFor({ seat, data }: PressTurn, resendMessage: ResendMessage): Promise<PressReply> {
  const read = pressed.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const { mayArriveTwice, ...about } = read.data;
  const result = await resendMessage.resend({
    ...about,
    boardId: seat.boardId,
    byRef: seat.person.ref,
    ...(mayArriveTwice === undefined ? {} : { mayArriveTwice }),
  });
  if (result.kind === 'confirm') return cardReply(resendCard(result.words, { ...about, boardId: seat.boardId }));
  const title = result.kind === 'resent' ? 'Sent again' : 'Nothing was sent';
  const lines = [result.words, 'Type "delivery" to see what became of it.'];
  return cardReply(noticeCard({ title, lines }).card);
}
