// Help in chat: what this person can type, by their part on the board.
import { count } from '../board/wording';
import { helpNotice, noticeCard } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import type { Seat } from './seat';
import { offersFor } from './skills';
import type { Skill } from './skills';

const phrases = new Set(['help', 'hello', 'hi', 'hey', '?', 'good morning', 'what can you do', 'what can i type']);

const thanks = new Set([
  'thanks',
  'thank you',
  'thx',
  'cheers',
  'ta',
  'ok',
  'okay',
  'great',
  'ok thanks',
  'many thanks',
]);

/** `skills`: all of them, read when somebody asks. */
export function createHelpSkill(skills: () => readonly Skill[]): Skill {
  return {
    inGroups: true,
    offers: [{ phrase: 'help', does: 'this list' }],
    message({ caller, seats, words }) {
      if (caller.personal && thanks.has(words)) return Promise.resolve(seats.map(restNotice));
      if (!phrases.has(words)) return Promise.resolve(undefined);
      const listed = offersFor(skills(), seats, caller.personal).filter((offer) => !offer.unlisted);
      return Promise.resolve([helpNotice(listed)]);
    },
  };
}

/** A word of thanks asks for nothing: what is left is said, and nothing was changed by it. */
function restNotice({ boardId, view }: Seat): NoticeCard {
  const open = view.open.length;
  const line =
    open === 0 ? 'Nothing of yours waits for an answer.' : `${count(open, 'item')} of yours still to answer.`;
  return noticeCard({ title: 'Thank you too', lines: [line], ...(open === 0 ? {} : { boardId }) });
}
