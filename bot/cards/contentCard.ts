// The card of a message's content: heading, summary, short parts, and buttons that open pages or come back to the bot.
import { cardBytes, cardLimitBytes, buttons, cardOf, clean, container, heading, linkButton, paragraph } from './kit';
import type { CardJson } from './kit';
import type { MessageContent, MessageItem, MessagePart } from './messageShape';
import type { NoticeCard } from './notice';

const mostButtons = 6;

/** `actions`: buttons that come back to the bot; they stand before those that open a page. */
export function contentCard(content: MessageContent, actions: readonly CardJson[] = []): NoticeCard {
  const links = content.links.flatMap((one) => linkButton(one.title, one.url));
  const bar = [...actions, ...links].slice(0, mostButtons);
  const foot = bar.length === 0 ? [] : [buttons(bar, { spacing: 'Medium' })];
  const top = [
    heading(content.title),
    paragraph([{ text: clean(content.summary, 600), bold: true }], { spacing: 'Small' }),
  ];
  const spoken = `${content.title}. ${content.summary}`;
  // Every list is cut to a length that fits; people's long words could still be too many for a card.
  for (const limit of [600, 300, 150, 80]) {
    const parts = content.parts.flatMap((part) => partOf(part, limit));
    const card = cardOf(
      content.linksFirst === true ? [...top, ...foot, ...parts] : [...top, ...parts, ...foot],
      spoken,
    );
    if (cardBytes(card) <= cardLimitBytes) return { card, summary: clean(spoken, 200) };
  }
  return { card: cardOf([...top, ...foot], spoken), summary: clean(spoken, 200) };
}

function partOf(part: MessagePart, limit: number): readonly CardJson[] {
  if (part.kind === 'text') return [paragraph([clean(part.text, limit)], { spacing: 'Small' })];
  const head = heading(part.heading, { size: 'Medium', spacing: 'Large' });
  if (part.kind === 'facts')
    return [
      head,
      ...part.rows.map((one) =>
        paragraph([{ text: `${clean(one.name, 80)}: `, bold: true }, clean(one.value, limit)], { spacing: 'Small' }),
      ),
    ];
  return [
    head,
    ...(part.note === undefined ? [] : [paragraph([clean(part.note, limit)], { spacing: 'Small' })]),
    ...part.items.map((one) => itemOf(one, limit)),
    ...(part.more === undefined ? [] : [paragraph([clean(part.more, limit)], { spacing: 'Small' })]),
  ];
}

function itemOf(item: MessageItem, limit: number): CardJson {
  const title = clean(item.title, Math.min(limit, 160));
  const name =
    item.ref === undefined
      ? paragraph([{ text: title, bold: true }])
      : paragraph([{ text: clean(item.ref, 60), bold: true }, ` ${title}`]);
  const lines = item.lines.map((line) => paragraph([clean(line, limit)], { spacing: 'None' }));
  return container([name, ...lines], { spacing: 'Small' });
}
