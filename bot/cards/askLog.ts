// The latest frozen log: of which meeting, when it was frozen, its code, and buttons that open its papers.
import { buttons, cardOf, clean, heading, linkButton, paragraph } from './kit';
import type { CardJson } from './kit';

export interface AskLogInput {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly papers: readonly { readonly title: string; readonly url: string }[];
}

const mostPapers = 5;

export function askLogCard(input: AskLogInput): CardJson {
  const links = input.papers.slice(0, mostPapers).flatMap((one) => linkButton(one.title, one.url));
  const body = [
    heading(input.heading),
    ...input.lines.map((line) => paragraph([clean(line, 400)], { spacing: 'Small' })),
    ...(links.length === 0 ? [] : [buttons(links, { spacing: 'Medium' })]),
  ];
  return cardOf(body, [input.heading, ...input.lines].join('. '));
}
