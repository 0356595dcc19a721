// The card of delivery: for each message who was not reached and why, with a button for the secretary to send it again.
import { button, buttons, cardBytes, cardLimitBytes, cardOf, clean, container, heading, paragraph } from './kit';
import type { CardJson } from './kit';

export interface DeliveryCardInput {
  readonly boardId: string;
  readonly meetingRef: string;
  readonly meetingWords: string;
  readonly paused?: string;
  readonly steps: readonly {
    readonly title: string;
    readonly totals: string;
    /** What the reader is shown of it. */
    readonly lines: readonly DeliveryCardLine[];
  }[];
}

export interface DeliveryCardLine {
  readonly name: string;
  readonly words: string;
  /** With it, a button that sends it again. */
  readonly resend?: { readonly step: string; readonly personRef: string };
}

export const resendVerb = 'delivery-resend';
/** Buttons beyond these make a card that nobody reads; the rest are named. */
const mostLines = 12;

export function deliveryCard(input: DeliveryCardInput, shown = mostLines): CardJson {
  const { boardId, meetingRef } = input;
  const title = `Delivery for the meeting on ${input.meetingWords}`;
  const card = cardOf(
    [
      heading(title),
      ...(input.paused === undefined ? [] : [paragraph([clean(input.paused, 400)])]),
      ...(input.steps.length === 0 ? [paragraph(['Nothing has been sent for this meeting yet.'])] : []),
      ...input.steps.flatMap((step) => [
        paragraph([{ text: `${capital(step.title)}: ${step.totals}`, bold: true }], { spacing: 'Medium' }),
        ...step.lines.slice(0, shown).map((line) => lineOf(line, { boardId, meetingRef })),
        ...(step.lines.length > shown ? [paragraph([`And ${step.lines.length - shown} more.`])] : []),
      ]),
    ],
    title,
  );
  return cardBytes(card) <= cardLimitBytes || shown <= 1 ? card : deliveryCard(input, shown - 2);
}

function lineOf({ name, words, resend }: DeliveryCardLine, about: CardJson): CardJson {
  return container([
    paragraph([{ text: clean(name, 120), bold: true }], { spacing: 'Small' }),
    paragraph([clean(words, 400)], { spacing: 'None' }),
    ...(resend ? [buttons([button(`Send again to ${clean(name, 60)}`, resendVerb, { ...about, ...resend })])] : []),
  ]);
}

/** Asked before what may have arrived is sent again. */
export function resendCard(words: string, data: CardJson): CardJson {
  return cardOf(
    [
      heading('Send it again?'),
      paragraph([clean(words, 400)]),
      buttons([button('Send it again all the same', resendVerb, { ...data, mayArriveTwice: true })]),
    ],
    `Send it again? ${words}`,
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
