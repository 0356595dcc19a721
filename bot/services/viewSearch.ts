// What fits the words of a search, as rows for the tab.
import { kindWords } from '../cards/words';
import type { Search } from './search';
import { tabPageOf } from './tabPages';
import type { ViewContext } from './viewContext';

/** Best first; no words: the reader's own. Throws UpstreamError, ThrottledError for advisers. */
export async function viewSearch(context: ViewContext, search: Search, query: string) {
  const words = query.trim();
  const { found, total, asOf, released } = await (words === '' ? search.own(context) : search.find(context, words));
  return {
    asOf: context.asOf,
    query: words,
    total,
    fromWords: asOf,
    none: found.length > 0 ? undefined : 'Nothing fits. Try a reference, words of a title, a name or a status.',
    rows: found.map((one) => ({
      kind: one.kind,
      kindWords: kindWords[one.kind],
      ref: one.ref,
      title: one.title,
      statusWords: one.status?.word,
      text: one.reason,
      owner: one.owner,
      to: released ? '/tab/log' : tabPageOf(one.kind, one.ref),
    })),
  };
}
