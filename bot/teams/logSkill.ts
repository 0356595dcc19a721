// The latest frozen action and impact log in chat, with links to its papers in the board's library.
import { askLogCard } from '../cards/askLog';
import { noticeCard } from '../cards/notice';
import { count } from '../board/wording';
import type { Library } from '../services/ports';
import { viewLatestLog } from '../services/viewLog';
import type { Skill } from './skills';
import { amongPhrases, topicSkill } from './topics';

export function createLogSkill(library: Pick<Library, 'list'>): Skill {
  return topicSkill({
    verb: 'log',
    view: 'log',
    offers: [{ phrase: 'log', does: 'the latest action and impact log, with links' }],
    asks: amongPhrases('log', 'the log', 'latest log', 'last log', 'action log', 'impact log', 'action and impact log'),
    async answer(context) {
      const found = await viewLatestLog(context, library);
      if (!found) {
        return noticeCard({
          title: 'No log yet',
          lines: ['A log appears here when the secretary has frozen it for a meeting.'],
        });
      }
      const { log, papers, unread } = found;
      const heading = `Action and impact log, ${log.kind}`;
      const slow = log.slow === undefined ? '' : `, ${log.slow} slow to progress`;
      const lines = [
        `Meeting on ${log.meetingWords}. Frozen on ${context.calendar.longDate(log.frozenOn)}, code ${log.shortCode}.`,
        `${count(log.actions, 'action')}${slow}.`,
        ...(unread === undefined ? [] : [unread]),
      ];
      const card = askLogCard({
        heading,
        lines,
        papers: papers.map((one) => ({ title: `Open the ${one.kindWords}`, url: one.webUrl })),
      });
      return { card, summary: `${heading}: the meeting on ${log.meetingWords}` };
    },
  });
}
