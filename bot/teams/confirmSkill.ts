// The secretary agrees in chat to the days of a plan that waits for it: the plan as a card, one button.
import { z } from 'zod';
import { daysHeld, planFor } from '../board/cycleView';
import { awaitsConfirmation } from '../board/cycleRow';
import { secretaryOnly } from '../board/manageHandOver';
import type { CardJson } from '../cards/kit';
import { manageDoneCard, manageFormCard } from '../cards/manageForm';
import { noticeCard } from '../cards/notice';
import type { ConfirmCycle } from '../services/confirmCycle';
import type { OutgoingCard } from '../services/ports';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { PressReply, PressTurn, Skill } from './skills';

const phrases = new Set(['confirm plan', 'confirm the plan', 'confirm cycle']);
const pressed = z.object({ nonce: z.string().min(8).max(100), meetingRef: z.string().min(1).max(200) });

export function createConfirmSkill(confirmCycle: ConfirmCycle): Skill {
  return {
    offers: [{ phrase: 'confirm plan', does: "agree to a squeezed meeting's days", for: ['secretary'] }],
    verbs: ['plan-confirm'],
    saving: { 'plan-confirm': 'Confirm the plan' },
    message: ({ words, seats, deps }) => {
      if (!phrases.has(words)) return Promise.resolve(undefined);
      const mine = seats.filter((one) => one.viewer.role === 'secretary');
      const refused = noticeCard({ title: 'That is for the secretary', lines: [secretaryOnly] });
      return Promise.resolve(mine.length === 0 ? [refused] : mine.map((seat) => planCard(seat, deps)));
    },
    press: (turn) => press(turn, confirmCycle),
  };
}

function planCard(seat: Seat, deps: ChatDeps): OutgoingCard {
  const { snapshot, assessment, calendar } = seat.view;
  const known = planFor(snapshot, assessment);
  if (!known || !awaitsConfirmation(snapshot, known.plan)) {
    const line = known
      ? `The plan for ${calendar.longDate(known.meeting.on)} does not wait for anybody.`
      : 'No meeting is planned, so there is no plan to confirm.';
    return noticeCard({ title: 'Nothing waits for you', lines: [line] });
  }
  const title = `Confirm the plan for ${calendar.longDate(known.meeting.on)}?`;
  const card: CardJson = manageFormCard({
    title,
    lines: [
      ...known.plan.toConfirm,
      ...daysHeld(known.plan, calendar),
      'Nobody is asked before you confirm. To choose other days, write them with the meeting in the list Meetings.',
    ],
    fields: [],
    save: { title: 'Confirm the plan', verb: 'plan-confirm' },
    data: { boardId: seat.boardId, nonce: deps.newNonce(), meetingRef: known.meeting.ref },
  });
  return { card, summary: title };
}

async function press({ seat, data }: PressTurn, confirmCycle: ConfirmCycle): Promise<PressReply> {
  const read = pressed.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  const actor = { personRef: seat.person.ref, route: 'chat card' } as const;
  const result = await confirmCycle.confirm({ boardId: seat.boardId, actor, ...read.data });
  if (result.kind === 'done') return cardReply(manageDoneCard({ title: 'The plan is confirmed', ...result.receipt }));
  const lines = result.kind === 'refused' ? result.issues.map((one) => one.message) : result.warnings;
  return cardReply(noticeCard({ title: 'Nothing was changed', lines }).card);
}
