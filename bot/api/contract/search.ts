// The body of a search: what fits the words, best first.
import * as z from 'zod/mini';
import { asOf, count, line, list, words } from './terms';

/** GET /api/v1/boards/:boardId/search?q=; without words the reader's own. */
export const searchQuery = z.strictObject({ q: z.optional(z.string().check(z.maxLength(200))) });

export const searchResponse = z.strictObject({
  asOf,
  query: line,
  /** All that fit; the rows may be fewer. */
  total: count,
  /** From when what was searched is. */
  fromWords: line,
  none: words,
  rows: list(
    z.strictObject({
      kind: z.enum(['action', 'risk', 'measure', 'decision']),
      kindWords: line,
      ref: line,
      title: line,
      statusWords: words,
      text: line,
      owner: words,
      /** The page of the tab that shows it. */
      to: line,
    }),
  ),
});

export type SearchResponse = z.infer<typeof searchResponse>;
