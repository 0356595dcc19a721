// A card of many rows in pages, as many rows on a page as stay within the size that Teams takes.
import { cardBytes, cardLimitBytes, cardOf, container, paragraph, sideBySide, button, buttons } from './kit';
import type { CardJson } from './kit';

export interface PagedCardInput {
  /** Heading and what else stands above the rows, on every page. */
  readonly top: readonly CardJson[];
  readonly rows: readonly CardJson[];
  /** Below the rows of every page. */
  readonly bottom?: readonly CardJson[];
  /** "12 items", for the line beside the pager. */
  readonly inAll: string;
  /** From 1; a page that no longer exists shows the last. */
  readonly page?: number;
  /** The button that leads to a page: it comes back with `page` in its data. */
  readonly pager: { readonly verb: string; readonly data: CardJson };
  readonly spoken: string;
}

const mostRowsOnPage = 8;

/** Never larger than `cardLimitBytes`, as long as one row fits. */
export function pagedCard(input: PagedCardInput): CardJson {
  for (let rowsOnPage = mostRowsOnPage; ; rowsOnPage -= 1) {
    const card = onePage(input, rowsOnPage);
    if (rowsOnPage === 1 || cardBytes(card) <= cardLimitBytes) return card;
  }
}

function onePage(input: PagedCardInput, rowsOnPage: number): CardJson {
  const pages = Math.max(1, Math.ceil(input.rows.length / rowsOnPage));
  const current = Math.min(Math.max(1, Math.trunc(input.page ?? 1)), pages);
  const first = (current - 1) * rowsOnPage;
  const body = [
    ...input.top,
    ...input.rows.slice(first, first + rowsOnPage),
    ...(pages > 1 ? [pagerOf(input, current, pages, rowsOnPage)] : []),
    ...(input.bottom ?? []),
  ];
  return cardOf(body, input.spoken);
}

function pagerOf(input: PagedCardInput, current: number, pages: number, rowsOnPage: number): CardJson {
  const rest = input.rows.length - current * rowsOnPage;
  const { verb, data } = input.pager;
  const to = (page: number, title: string): CardJson => button(title, verb, { ...data, page }, { leaves: true });
  const ways = [
    ...(current > 1 ? [to(current - 1, 'Back')] : []),
    ...(rest > 0 ? [to(current + 1, `Show ${Math.min(rest, rowsOnPage)} more`)] : []),
  ];
  const place = paragraph([{ text: `Page ${current} of ${pages}, ${input.inAll} in all`, subtle: true }]);
  return container([sideBySide([place], [buttons(ways)])], { separator: true, spacing: 'Medium' });
}
