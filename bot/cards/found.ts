// What somebody found and puts into a conversation: a card to be read by whoever is there, with from when it is and a link.
import { buttons, cardOf, clean, heading, linkButton, paragraph } from './kit';
import type { CardJson } from './kit';
import { afterStatus, statusRuns } from './words';
import type { StatusWords } from './words';

export interface FoundInput {
  /** "Action APA1.04". */
  readonly heading: string;
  readonly title: string;
  readonly status?: StatusWords;
  readonly reason: string;
  readonly facts: readonly { readonly name: string; readonly words: string }[];
  readonly boardName: string;
  /** "As of Monday 6 January 2025, 09:00." */
  readonly asOf: string;
  /** Where the tab shows it; no button where it is no address of https. */
  readonly url?: string;
}

/** How a result looks in the list of results: two lines of plain text. */
export interface FoundPreview {
  readonly title: string;
  readonly text: string;
}

/** No form and no button that comes back: it carries no rights and asks nothing of its readers. */
export function foundCard(input: FoundInput): CardJson {
  const { status, url } = input;
  const links = url === undefined ? [] : linkButton('Open in the board’s tab', url);
  const body = [
    heading(input.heading),
    paragraph([{ text: clean(input.title, 300), bold: true }], { spacing: 'None' }),
    paragraph([...(status ? [...statusRuns(status), ': '] : []), clean(afterStatus(status, input.reason), 400)], {
      spacing: 'Small',
    }),
    ...input.facts.map((one) =>
      paragraph([{ text: `${one.name}: `, bold: true }, clean(one.words, 300)], { spacing: 'Small' }),
    ),
    paragraph([{ text: clean(`${input.boardName}. ${input.asOf}`, 300), subtle: true, size: 'small' }], {
      spacing: 'Medium',
    }),
    ...(links.length === 0 ? [] : [buttons(links, { spacing: 'Medium' })]),
  ];
  return cardOf(body, `${input.heading}: ${input.title}. ${input.reason} ${input.asOf}`);
}

export function foundPreview(input: Pick<FoundInput, 'title' | 'status' | 'reason'> & { readonly ref: string }) {
  const { status, reason } = input;
  const standing = status === undefined ? reason : `${status.word}: ${afterStatus(status, reason)}`;
  return {
    title: bare(`${input.ref}  ${clean(input.title, 100)}`),
    text: bare(clean(standing, 160)),
  } satisfies FoundPreview;
}

/** The lists of results read HTML: no tag and no entity comes from people's text. */
function bare(text: string): string {
  return text
    .replace(/\n+/g, ' ')
    .replace(/</g, '‹')
    .replace(/>/g, '›')
    .replace(/&(?=#?\w+;)/g, '& ');
}
