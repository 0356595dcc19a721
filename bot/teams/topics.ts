// A question about the board as a skill: who may ask it, where, its words, its card for each board, and its pages.
import { z } from 'zod';
import { adviserNotice } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import type { ViewName } from '../services/access';
import { staleWords } from '../services/viewBoard';
import { createContext } from '../services/viewContext';
import type { ViewContext } from '../services/viewContext';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, Offer, Skill } from './skills';

export interface Asked {
  /** What it is about; empty: nothing in particular. */
  readonly about: string;
  readonly page: number;
  /** False where others read the answer. */
  readonly personal: boolean;
}

export interface Topic {
  /** The verb of its buttons; their data hold `boardId`, `about` and `page`. */
  readonly verb: string;
  readonly offers: readonly Offer[];
  /** The view whose readers may ask this. */
  readonly view: ViewName;
  readonly inGroups?: boolean;
  /** What the words ask about on this board; undefined: they ask for something else. */
  asks(turn: ChatTurn, seat: Seat): string | undefined;
  answer(context: ViewContext, asked: Asked): NoticeCard | Promise<NoticeCard>;
}

const pressed = z.looseObject({
  about: z.string().max(100).default(''),
  page: z.number().int().min(1).max(1000).default(1),
});

export function topicSkill(topic: Topic): Skill {
  const answer = async (deps: ChatDeps, seat: Seat, asked: Asked): Promise<NoticeCard> =>
    seat.viewer.views.includes(topic.view) ? await topic.answer(contextOf(deps, seat), asked) : adviserNotice();
  return {
    offers: topic.offers,
    inGroups: topic.inGroups ?? false,
    verbs: [topic.verb],
    async message(turn) {
      const { personal } = turn.caller;
      const asked = turn.seats.flatMap((seat) => {
        const about = topic.asks(turn, seat);
        return about === undefined ? [] : [{ seat, about }];
      });
      if (asked.length === 0) return undefined;
      return Promise.all(asked.map(({ seat, about }) => answer(turn.deps, seat, { about, page: 1, personal })));
    },
    async press({ caller, seat, data, deps }) {
      const read = pressed.safeParse(data);
      if (!read.success) return messageReply(unreadableCard);
      const { about, page } = read.data;
      return cardReply((await answer(deps, seat, { about, page, personal: caller.personal })).card);
    },
  };
}

/** What the views of the tab are made from, for this person's chat. */
export function contextOf(deps: Pick<ChatDeps, 'records'>, seat: Seat): ViewContext {
  const { snapshot, assessment } = seat.view;
  const { readAt, stale } = deps.records.freshness(seat.boardId);
  return createContext({
    boardId: seat.boardId,
    snapshot,
    assessment,
    viewer: seat.viewer,
    readAt: readAt ?? snapshot.readAt,
    stale: stale && staleWords[stale],
  });
}

/** A topic whose words are among these phrases. */
export function amongPhrases(...phrases: readonly string[]): (turn: ChatTurn) => string | undefined {
  const known = new Set(phrases);
  return ({ words }) => (known.has(words.replace(/^(?:show(?: me)?|list)(?: the| all| our)? /, '')) ? '' : undefined);
}
