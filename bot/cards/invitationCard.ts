// How the invitations of a meeting stand, as a card: advisers first, each in a line, what is to mend, and one button that mends it.
import { button, buttons, cardOf, clean, container, heading, paragraph, type CardJson } from './kit';

/** What the card shows; as the use case gives it. */
export interface InvitationCardInput {
  readonly boardId: string;
  readonly meetingRef: string;
  readonly title: string;
  readonly summary: string;
  readonly people: readonly {
    readonly name: string;
    readonly role: string;
    readonly adviser: boolean;
    readonly state: string;
    readonly words: string;
  }[];
  readonly gaps: readonly string[];
  readonly next?: { readonly title: string; readonly words: readonly string[] };
  readonly problem?: string;
  /** Only the secretary sends. */
  readonly maySend: boolean;
  /** What was just done. */
  readonly done?: readonly string[];
  /** Other meetings to come. */
  readonly others: readonly string[];
}

const icons: Readonly<Record<string, string>> = {
  accepted: '✓',
  tentative: '○',
  invited: '○',
  declined: '■',
  'not-arrived': '▲',
  'not-told-of-move': '▲',
  'not-invited': '▲',
};
const mostPeople = 24;

export function invitationCard(input: InvitationCardInput): CardJson {
  const { boardId, meetingRef, next, done = [] } = input;
  const asked = { boardId, meetingRef };
  const advisers = input.people.filter((one) => one.adviser);
  const others = input.people.filter((one) => !one.adviser);
  const shown = others.slice(0, mostPeople);
  const line = ({ name, role, words, state }: InvitationCardInput['people'][number]): CardJson =>
    paragraph(
      [{ text: `${icons[state] ?? '○'} ${clean(name, 80)}`, bold: true }, `, ${clean(role, 80)}: ${clean(words, 220)}`],
      { spacing: 'Small' },
    );
  const actions = [
    ...(next && input.maySend ? [button(next.title, 'invite-ask', asked, { style: 'positive' })] : []),
    ...input.others.slice(0, 3).map((ref) => button(ref, 'invitations', { boardId, meetingRef: ref })),
  ];
  return cardOf(
    [
      heading(`Invitations to ${input.title}`),
      ...done.map((one) => paragraph([{ text: '✓ ', bold: true }, clean(one, 400)], { spacing: 'Small' })),
      paragraph([clean(input.summary, 400)], { spacing: 'Small' }),
      ...warnings([...(input.problem === undefined ? [] : [input.problem]), ...input.gaps]),
      paragraph([{ text: 'Advisers', bold: true }]),
      ...advisers.map(line),
      ...(shown.length === 0 ? [] : [paragraph([{ text: 'Chair, members, secretary and owners', bold: true }])]),
      ...shown.map(line),
      ...(others.length > shown.length ? [paragraph([`And ${others.length - shown.length} more.`])] : []),
      ...(actions.length === 0 ? [] : [buttons(actions, { spacing: 'Medium' })]),
    ],
    `Invitations to ${input.title}. ${[...done, input.summary, ...input.gaps].join(' ')}`,
  );
}

function warnings(lines: readonly string[]): readonly CardJson[] {
  if (lines.length === 0) return [];
  const shown = lines.map((one) => paragraph([{ text: 'To mend ▲ ', bold: true }, clean(one, 400)]));
  return [container(shown, { style: 'warning' })];
}

/** The question before a sending: whom it reaches. */
export function inviteQuestionCard(
  input: Pick<InvitationCardInput, 'boardId' | 'meetingRef' | 'title'> & {
    readonly next: { readonly title: string; readonly words: readonly string[] };
  },
): CardJson {
  const { boardId, meetingRef, next } = input;
  const asked = { boardId, meetingRef };
  return cardOf(
    [
      heading(`${next.title}?`),
      paragraph([clean(input.title, 200)], { spacing: 'Small' }),
      ...next.words.map((one) => paragraph([clean(one, 500)], { spacing: 'Small' })),
      buttons(
        [
          button(next.title, 'invite-send', asked, { style: 'positive' }),
          button('Back', 'invitations', asked, { leaves: true }),
        ],
        { spacing: 'Medium' },
      ),
    ],
    `${next.title}? ${next.words.join(' ')}`,
  );
}
