// The next meeting in chat, for a person and for a group.
import { meetingCard } from './meetingWords';
import type { Skill } from './skills';

const phrases = new Set([
  ...['next meeting', 'meeting', 'when is the next meeting', 'whens the next meeting', 'when is the meeting'],
  ...[
    'when is the deadline',
    'whens the deadline',
    'what is the deadline',
    'whats the deadline',
    'deadline',
    'deadlines',
  ],
  ...['the deadline', 'my deadline', 'owners deadline', 'papers deadline', 'when is the papers deadline'],
  ...['when are answers due', 'when are updates due', 'when is my update due', 'when is it due', 'by when'],
  ...['when do you need it by', 'when do you need it', 'when do i have to answer', 'how long have i got'],
]);

export const meetingSkill: Skill = {
  inGroups: true,
  offers: [
    { phrase: 'next meeting', does: 'its date and the deadlines before it' },
    { phrase: 'when is the deadline', does: 'the same', unlisted: true },
  ],
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
