// Help in chat: what this person can type, by their part on the board.
import { helpNotice } from '../cards/notice';
import { offersFor } from './skills';
import type { Skill } from './skills';

const phrases = new Set(['help', 'hello', 'hi', 'hey', '?', 'good morning', 'what can you do', 'what can i type']);

/** `skills`: all of them, read when somebody asks. */
export function createHelpSkill(skills: () => readonly Skill[]): Skill {
  return {
    inGroups: true,
    offers: [{ phrase: 'help', does: 'this list' }],
    message({ caller, seats, words }) {
      if (!phrases.has(words)) return Promise.resolve(undefined);
      return Promise.resolve([helpNotice(offersFor(skills(), seats, caller.personal))]);
    },
  };
}
