// Search in words: "find locality profiles" lists what fits on the board, best first, each row with a way to its card.
import { count } from '../board/wording';
import { clean } from '../cards/kit';
import { noticeCard } from '../cards/notice';
import type { Search } from '../services/search';
import { listed, showButton } from './askActions';
import { nothingWords } from './messageExtension';
import type { Skill } from './skills';
import { topicSkill } from './topics';

const asked =
  /^\s*(?:please\s+)?(?:can you\s+)?(?:find|search(?:\s+for)?|look\s+for|look\s+up)\b[\s:]*([^\n]{0,200}?)[\s?!.]*$/iu;
/** The words travel in the buttons of further pages. */
const mostTyped = 100;
const mostFound = 24;

/** The same search as from where messages are written, and as in the tab. */
export function createSearchSkill(search: Search): Skill {
  return topicSkill({
    verb: 'find',
    view: 'log',
    offers: [{ phrase: 'find locality profiles', does: 'actions, risks, measures and decisions that fit your words' }],
    asks: ({ text }) => {
      const words = asked.exec(text)?.[1];
      return words === undefined ? undefined : clean(words.replace(/^["'“‘]|["'”’]$/gu, ''), mostTyped).trim();
    },
    async answer(context, { about, page, personal }) {
      if (about === '') {
        return noticeCard({
          title: 'What shall be found?',
          lines: ['Type "find" and a reference, words of a title, a name or a status: "find locality profiles".'],
        });
      }
      const { found, total, asOf, released } = await search.find(context, about, mostFound);
      if (total === 0) return noticeCard({ title: 'Nothing found', lines: [nothingWords(about, released)] });
      const cut = total > found.length ? ` The ${found.length} that fit best are shown.` : '';
      return listed(
        context,
        { about, page, personal },
        {
          verb: 'find',
          heading: `Found: ${count(total, 'record')}`,
          lines: [`What fits "${about}", the best first.${cut} ${asOf}`],
          rows: found.map((one) => ({
            ref: one.ref,
            title: one.title,
            text: one.reason,
            ...(one.status === undefined ? {} : { status: one.status }),
            ...(one.owner === undefined ? {} : { foot: `Owner: ${one.owner}` }),
            // What is under way is read by those on the board; advisers have what was released here.
            ...(released ? {} : { button: showButton(context, `${one.kind}:${one.ref}`, one.ref) }),
          })),
          unit: 'record',
          empty: nothingWords(about, released),
        },
      );
    },
  });
}
