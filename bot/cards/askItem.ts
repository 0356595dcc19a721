// One action, risk or measure as everybody on the board may read it: facts in words, a small chart of readings, no form.
import type { Ref } from '../board/model';
import { button, buttons, cardBytes, cardLimitBytes, cardOf, clean, container, heading, paragraph } from './kit';
import type { CardJson } from './kit';
import { staleLine } from './owner';
import { trendOf } from './trend';
import type { TrendReading } from './trend';
import { afterStatus, statusRuns } from './words';
import type { StatusWords } from './words';

export interface AskItemInput {
  readonly boardId: string;
  /** "Action APA1.04". */
  readonly heading: string;
  readonly ref: Ref;
  readonly title: string;
  readonly status?: StatusWords;
  readonly reason: string;
  /** What the owner says where the record says something else. */
  readonly claimed?: StatusWords;
  /** "Due": "Friday 29 November 2024 (38 days ago)". */
  readonly facts: readonly { readonly name: string; readonly words: string }[];
  /** Readings, the oldest first. */
  readonly readings?: readonly TrendReading[];
  readonly lastSaid?: { readonly text: string; readonly byline: string };
  readonly buttons: readonly { readonly title: string; readonly verb: string; readonly data: CardJson }[];
  /** Why what is shown is older than it should be. */
  readonly stale?: string;
}

/** Older readings are left out where the card would grow too large. */
export function askItemCard(input: AskItemInput): CardJson {
  const card = build(input);
  const readings = input.readings ?? [];
  return cardBytes(card) <= cardLimitBytes || readings.length === 0
    ? card
    : askItemCard({ ...input, readings: readings.slice(1) });
}

function build(input: AskItemInput): CardJson {
  const { lastSaid, claimed, status, stale } = input;
  const ways = input.buttons.map((one) => button(one.title, one.verb, one.data, { leaves: true }));
  const body = [
    heading(input.heading),
    paragraph([{ text: clean(input.title, 300), bold: true }], { spacing: 'None' }),
    paragraph([...(status ? [...statusRuns(status), ': '] : []), clean(afterStatus(status, input.reason), 500)], {
      spacing: 'Small',
    }),
    ...(claimed ? [paragraph(['The owner says: ', ...statusRuns(claimed)], { spacing: 'Small' })] : []),
    ...input.facts.map((one) =>
      paragraph([{ text: `${one.name}: `, bold: true }, clean(one.words, 500)], { spacing: 'Small' }),
    ),
    ...trendOf(input.readings ?? []),
    ...(lastSaid ? [said(lastSaid)] : []),
    ...staleLine(stale),
    ...(ways.length === 0 ? [] : [buttons(ways, { spacing: 'Medium' })]),
  ];
  return cardOf(body, `${input.heading}: ${input.title}. ${input.reason}`);
}

function said({ text, byline }: { readonly text: string; readonly byline: string }): CardJson {
  return container(
    [
      paragraph([{ text: clean(byline, 160), subtle: true, size: 'small' }]),
      paragraph([clean(text, 500)], { spacing: 'None' }),
    ],
    { style: 'emphasis', spacing: 'Medium' },
  );
}
