// The answer to a question about the board as a list: a heading, a few lines, and rows that can be opened, in pages.
import type { Ref } from '../board/model';
import { button, buttons, clean, container, heading, paragraph } from './kit';
import type { CardJson } from './kit';
import { pagedCard } from './paged';
import { afterStatus, statusRuns } from './words';
import type { StatusWords } from './words';

export interface AskRow {
  /** What the row is called by; empty where it has no reference. */
  readonly ref: Ref;
  readonly title: string;
  readonly status?: StatusWords;
  /** One sentence, why before what. */
  readonly text: string;
  /** "Due Friday 29 November (38 days ago). Council". */
  readonly foot?: string;
  readonly button?: { readonly title: string; readonly verb: string; readonly data: CardJson };
}

export interface AskListInput {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly rows: readonly AskRow[];
  /** "12 actions". */
  readonly inAll: string;
  /** What is said instead of rows. */
  readonly empty: string;
  readonly page?: number;
  readonly pager: { readonly verb: string; readonly data: CardJson };
  /** One more button below all. */
  readonly more?: { readonly title: string; readonly verb: string; readonly data: CardJson };
}

export function askListCard(input: AskListInput): CardJson {
  const lines = input.rows.length === 0 ? [...input.lines, input.empty] : input.lines;
  const { more } = input;
  return pagedCard({
    top: [heading(input.heading), ...lines.map((line) => paragraph([clean(line, 400)], { spacing: 'Small' }))],
    rows: input.rows.map(rowOf),
    inAll: input.inAll,
    pager: input.pager,
    spoken: [input.heading, ...lines].join('. '),
    ...(input.page === undefined ? {} : { page: input.page }),
    ...(more ? { bottom: [buttons([button(more.title, more.verb, more.data, { leaves: true })])] } : {}),
  });
}

function rowOf(row: AskRow): CardJson {
  const name = row.ref === '' ? [] : [{ text: `${row.ref}  `, bold: true }];
  const status = row.status ? [...statusRuns(row.status), ': '] : [];
  const parts = [
    paragraph([...name, { text: clean(row.title, 120), bold: row.ref === '' }]),
    paragraph([...status, clean(afterStatus(row.status, row.text), 500)], { spacing: 'Small' }),
    ...(row.foot === undefined
      ? []
      : [paragraph([{ text: clean(row.foot, 160), subtle: true, size: 'small' }], { spacing: 'Small' })]),
    ...(row.button === undefined
      ? []
      : [
          buttons([button(row.button.title, row.button.verb, row.button.data, { leaves: true })], {
            spacing: 'Small',
          }),
        ]),
  ];
  return container(parts, { separator: true, spacing: 'Medium' });
}
