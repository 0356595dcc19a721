// "Remind everyone" in chat: the secretary sees who would be reminded now and who not, and sends it with one button.
import { z } from 'zod';
import { secretaryOnly } from '../board/manageHandOver';
import { count } from '../board/wording';
import { manageDoneCard, manageFormCard } from '../cards/manageForm';
import { noticeCard } from '../cards/notice';
import type { NudgeOwners } from '../services/nudgeOwners';
import type { OutgoingCard } from '../services/ports';
import type { Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { PressReply, PressTurn, Skill } from './skills';

const phrases = new Set([
  ...['remind everyone', 'remind everybody', 'remind all', 'remind them', 'remind them all', 'remind owners'],
  ...['remind the owners', 'remind outstanding', 'remind all outstanding', 'remind people', 'send reminders'],
  ...['send a reminder', 'send reminder', 'send the reminders', 'chase everyone', 'chase everybody', 'chase them'],
  ...['nudge everyone', 'nudge everybody', 'nudge them', 'reminder to all', 'reminder to everyone'],
]);
const pressed = z.object({
  meetingRef: z.string().min(1).max(200),
  personRefs: z.array(z.string().min(1).max(60)).min(1).max(500),
});
/** Names beyond these are counted: nobody reads them on a phone. */
const mostNames = 20;
const byRoute = { chat: 'by chat', 'e-mail': 'by e-mail' } as const;

export function createNudgeSkill(nudgeOwners: NudgeOwners): Skill {
  return {
    offers: [
      { phrase: 'remind everyone', does: 'a reminder to all who have not answered, once a day', for: ['secretary'] },
    ],
    verbs: ['nudge-send'],
    saving: { 'nudge-send': 'Remind them' },
    async message({ words, seats }) {
      if (!phrases.has(words)) return undefined;
      const mine = seats.filter((one) => one.viewer.role === 'secretary');
      if (mine.length === 0) return [noticeCard({ title: 'That is for the secretary', lines: [secretaryOnly] })];
      return Promise.all(mine.map((seat) => lookCard(seat, nudgeOwners)));
    },
    press: (turn) => press(turn, nudgeOwners),
  };
}

async function lookCard(seat: Seat, nudgeOwners: NudgeOwners): Promise<OutgoingCard> {
  const look = await nudgeOwners.look(seat.boardId);
  if (look === undefined)
    return noticeCard({ title: 'Nobody is reminded', lines: ['No meeting is planned, so nothing is asked.'] });
  const { plan, meetingRef } = look;
  if (plan.closed !== undefined) return noticeCard({ title: 'Nobody is reminded now', lines: [plan.closed] });
  const name = (ref: string): string => seat.view.snapshot.people.find((one) => one.ref === ref)?.name ?? ref;
  const waiting = some(
    plan.notNow.map(({ personRef, why }) => `Not now: ${name(personRef)}. ${why}`),
    'are not reminded now',
  );
  if (plan.nudges.length === 0) {
    const none = plan.notNow.length === 0 ? ['Everybody who was asked has answered.'] : waiting;
    return noticeCard({ title: 'Nobody is left to remind', lines: none });
  }
  const title = `Remind ${count(plan.nudges.length, 'person', 'people')} now?`;
  const going = plan.nudges.map(
    ({ personRef, subjectRefs, route }) =>
      `${name(personRef)}: ${count(subjectRefs.length, 'item')} to answer, ${byRoute[route]}.`,
  );
  const card = manageFormCard({
    title,
    lines: ['Each gets what they have not answered, once today.', ...some(going, 'are reminded, too'), ...waiting],
    fields: [],
    save: { title: 'Remind them', verb: 'nudge-send' },
    data: { boardId: seat.boardId, meetingRef, personRefs: plan.nudges.map((one) => one.personRef) },
  });
  return { card, summary: title };
}

function some(lines: readonly string[], what: string): readonly string[] {
  const rest = lines.length - mostNames;
  return rest > 0 ? [...lines.slice(0, mostNames), `${rest} more ${what}.`] : lines;
}

async function press({ seat, data }: PressTurn, nudgeOwners: NudgeOwners): Promise<PressReply> {
  const read = pressed.safeParse(data);
  if (!read.success) return messageReply(unreadableCard);
  if (seat.viewer.role !== 'secretary')
    return cardReply(noticeCard({ title: 'That is for the secretary', lines: [secretaryOnly] }).card);
  const nudged = await nudgeOwners.send({ boardId: seat.boardId, byRef: seat.person.ref, ...read.data });
  const sent = nudged.sent.map((one) => `A reminder goes to ${one.name}.`);
  const not = nudged.notSent.map((one) => `Not to ${one.name}: ${one.why}`);
  const title = sent.length === 0 ? 'Nobody is reminded now' : `${count(sent.length, 'reminder')} on the way`;
  const words = [...sent, ...not, 'Type "delivery" to see what became of each.'];
  return cardReply(manageDoneCard({ title, words, findings: [] }));
}
