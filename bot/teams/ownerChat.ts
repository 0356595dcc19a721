// What a message or a button press leads to, free of any bot SDK: who asks, which skill answers, what if none does.
import { z } from 'zod';
import { clean } from '../cards/kit';
import { notUnderstoodNotice, personalChatNotice, strangerNotice } from '../cards/notice';
import type { OutgoingCard } from '../services/ports';
import { nearest, plainWords, slipOf } from './commands';
import { seatOn, seatsOf } from './seat';
import type { Caller, ChatDeps } from './seat';
import { cardReply, messageReply, offersFor, unreadableCard } from './skills';
import type { ChatTurn, PressReply, Skill } from './skills';
import { welcomeCard } from './welcome';

export interface OwnerChat {
  message(caller: Caller, text: string): Promise<readonly OutgoingCard[]>;
  press(caller: Caller, verb: unknown, data: unknown): Promise<PressReply>;
  welcome(caller: Caller): Promise<readonly OutgoingCard[]>;
  /** The title of the button with this verb, when it writes. */
  savingButton(verb: unknown): string | undefined;
}

const mostTyped = 5000;
const pressed = z.looseObject({ boardId: z.string().min(1).max(100) });

/** `skills` are asked in their order (skillList.ts). */
export function createOwnerChat(deps: ChatDeps, skills: readonly Skill[]): OwnerChat {
  const byVerb = new Map(skills.flatMap((skill) => (skill.verbs ?? []).map((verb) => [verb, skill] as const)));
  const skillFor = (verb: unknown): Skill | undefined => (typeof verb === 'string' ? byVerb.get(verb) : undefined);

  async function answered(turn: ChatTurn): Promise<readonly OutgoingCard[] | undefined> {
    for (const skill of skills) {
      if (!turn.caller.personal && !skill.inGroups) continue;
      const cards = await skill.message?.(turn);
      if (cards) return cards;
    }
    return undefined;
  }

  return {
    async message(caller, typed) {
      const seats = await seatsOf(deps, caller);
      if (seats.length === 0) return [strangerNotice()];
      const text = clean(typed, mostTyped).trim();
      const turn: ChatTurn = { caller, seats, text, words: plainWords(text), deps };
      const cards = await answered(turn);
      if (cards) return cards;
      const phrases = offersFor(skills, seats, caller.personal).map((offer) => offer.phrase);
      const meant = slipOf(turn.words, phrases);
      const corrected =
        meant === undefined ? undefined : await answered({ ...turn, text: meant, words: plainWords(meant) });
      if (corrected) return corrected;
      if (!caller.personal) return [personalChatNotice(phrases)];
      return [notUnderstoodNotice(text, nearest(turn.words, phrases))];
    },

    async welcome(caller) {
      if (!caller.personal) return [];
      const seats = await seatsOf(deps, caller);
      return seats.length === 0 ? [strangerNotice()] : seats.map(welcomeCard);
    },

    async press(caller, verb, data) {
      const skill = skillFor(verb);
      const read = pressed.safeParse(data);
      if (!skill?.press || typeof verb !== 'string' || !read.success) return messageReply(unreadableCard);
      if (!caller.personal && !skill.inGroups) return cardReply(personalChatNotice().card);
      const seat = await seatOn(deps, read.data.boardId, caller);
      if (seat === 'noBoard') return messageReply(unreadableCard);
      if (seat === 'stranger') return cardReply(strangerNotice().card);
      return skill.press({ caller, seat, verb, data, deps });
    },

    savingButton: (verb) => (typeof verb === 'string' ? skillFor(verb)?.saving?.[verb] : undefined),
  };
}
