// Short cards in words: welcome, help, a stranger, not yours, nothing to answer, not understood.
import type { Ref } from '../board/model';
import { button, buttons, cardOf, clean, heading, paragraph } from './kit';
import type { CardJson } from './kit';
import { receiptBar } from './owner';

/** A card with the plain words that stand for it in notifications. */
export interface NoticeCard {
  readonly card: CardJson;
  readonly summary: string;
}

interface Notice {
  readonly title: string;
  readonly lines: readonly string[];
  /** One line about what was just saved. */
  readonly receipt?: string;
  /** With a button that leads to the person's items on this board. */
  readonly boardId?: string;
}

/** A heading, a few lines and at most one button. */
export function noticeCard(notice: Notice): NoticeCard {
  const body = [
    ...(notice.receipt === undefined ? [] : [receiptBar(notice.receipt)]),
    heading(notice.title),
    ...notice.lines.map((line) => paragraph([clean(line, 600)], { spacing: 'Small' })),
    ...(notice.boardId === undefined
      ? []
      : [buttons([button('My actions', 'list', { boardId: notice.boardId }, { leaves: true })])]),
  ];
  const summary = `${notice.receipt === undefined ? '' : `Saved: ${notice.receipt} `}${notice.title}`;
  return { card: cardOf(body, [summary, ...notice.lines].join('. ')), summary: clean(summary, 200) };
}

export interface WelcomeInput {
  readonly boardName: string;
  readonly boardId: string;
  /** What the person answers for, worst first, a line each. */
  readonly items: readonly string[];
  /** How many of them wait for an answer. */
  readonly open: number;
  /** Three phrases that fit the person. */
  readonly examples: readonly string[];
}

const mostWelcomeItems = 5;

/** Two sentences, their items, three examples. */
export function welcomeNotice(input: WelcomeInput): NoticeCard {
  const { boardName, items, open } = input;
  const more = items.length - mostWelcomeItems;
  const owner = [
    `Before each meeting of ${boardName} it asks you here for an update on what you answer for, and puts your answer before the board. You answer in a card or in your own words, and can change an answer at any time.`,
    `${items.length === 1 ? 'This is' : 'These are'} yours${open === 0 ? '; nothing is waiting for an answer now' : `; ${open} ${open === 1 ? 'waits' : 'wait'} for an answer`}:`,
    ...items.slice(0, mostWelcomeItems),
    ...(more > 0 ? [`And ${more} more: press "My actions".`] : []),
  ];
  const others = [
    `It keeps the actions, risks and measures of ${boardName}, and asks their owners for an update before each meeting. You can ask it here where something stands.`,
  ];
  return noticeCard({
    title: 'Welcome to Board Assistant',
    lines: [
      ...(items.length === 0 ? others : owner),
      `You can type: ${input.examples.map((one) => `"${one}"`).join(', ')}.`,
    ],
    ...(items.length === 0 ? {} : { boardId: input.boardId }),
  });
}

/** What can be typed, a line each. */
export function helpNotice(offers: readonly { readonly phrase: string; readonly does: string }[]): NoticeCard {
  const title = 'What you can type';
  const last = 'You can change an answer at any time by answering again.';
  const lines = offers.map(({ phrase, does }) =>
    paragraph([{ text: phrase, bold: true }, `: ${does}.`], { spacing: 'Small' }),
  );
  const spoken = [title, ...offers.map(({ phrase, does }) => `${phrase}: ${does}`)].join('. ');
  return { card: cardOf([heading(title), ...lines, paragraph([last], { spacing: 'Small' })], spoken), summary: title };
}

/** Nobody of a board: the words give nothing away about it. */
export function strangerNotice(): NoticeCard {
  return noticeCard({
    title: 'This account is not on the board',
    lines: [
      'Board Assistant answers the people of an improvement board. Your account is not in its list of people, so it cannot show you anything.',
      'If you should be there, ask the secretary of your board to add you.',
    ],
  });
}

/** Advisers read what was released; what is under way is the board's. */
export function adviserNotice(): NoticeCard {
  return noticeCard({
    title: 'Advisers read what the board has released',
    lines: ['What is under way is not shown here. Type "log" for the latest action and impact log.'],
  });
}

export function notYoursNotice(ref: Ref, boardId: string): NoticeCard {
  return noticeCard({
    title: `${ref} is not yours to answer`,
    lines: [
      'Its owner, their deputies and the secretary can answer it. Nothing was saved.',
      'It may have been handed over since this card was sent.',
    ],
    boardId,
  });
}

export function goneNotice(ref: Ref, boardId: string): NoticeCard {
  return noticeCard({
    title: `There is no ${ref} here`,
    lines: ['The board has no open item with this reference. Nothing was saved.'],
    boardId,
  });
}

export function nothingNotice(boardName: string, deadline: string): NoticeCard {
  return noticeCard({
    title: 'Nothing to answer',
    lines: [`You own nothing that is open on ${boardName}.`, deadline, 'If that is wrong, tell the secretary.'],
  });
}

export function notUnderstoodNotice(text: string, nearest: readonly string[]): NoticeCard {
  const ways = nearest.map((one) => `"${one}"`).join(', ');
  return noticeCard({
    title: 'That was not understood',
    lines: [
      `You wrote: "${clean(text, 120).replace(/\n+/g, ' ')}".`,
      `The nearest it knows: ${ways}.`,
      'To find something type "find" and words of it; "help" lists everything.',
    ],
  });
}

/** `phrases`: what can be asked where others read along. */
export function personalChatNotice(phrases: readonly string[] = []): NoticeCard {
  return noticeCard({
    title: 'Let us talk in private',
    lines: [
      'Updates are given in your own chat with Board Assistant, so that nobody else sees your drafts.',
      ...(phrases.length === 0 ? [] : [`Here it answers: ${phrases.map((one) => `"${one}"`).join(', ')}.`]),
    ],
  });
}

export function meetingNotice(title: string, lines: readonly string[]): NoticeCard {
  return noticeCard({ title, lines });
}
