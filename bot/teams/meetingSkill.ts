// The next meeting in chat, for a person and for a group.
import { meetingCard } from './meetingWords';
import type { Skill } from './skills';

const phrases = new Set(['next meeting', 'meeting', 'when is the next meeting', 'whens the next meeting', 'deadline']);

export const meetingSkill: Skill = {
  inGroups: true,
  offers: [{ phrase: 'next meeting', does: 'its date and the deadlines before it' }],
  message({ caller, seats, words }) {
    if (!phrases.has(words)) return Promise.resolve(undefined);
    return Promise.resolve(
      seats.map((seat) => {
        const { role, seesReadiness } = seat.viewer;
        return meetingCard(seat.view, caller.personal, { gaps: role === 'secretary', invitations: seesReadiness });
      }),
    );
  },
};
