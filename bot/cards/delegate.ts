// Cards about who answers an item for its owner this cycle: what was arranged, or which colleague is meant.
import type { DelegatedItem } from '../board/cycleDeputies';
import type { Person } from '../board/model';
import { button, buttons, cardOf, clean, heading, paragraph } from './kit';
import type { CardJson } from './kit';
import { manageDoneCard } from './manageForm';

/** What stands now, and how to take it back. */
export function deputyCard(input: {
  readonly boardId: string;
  readonly item: DelegatedItem;
  readonly nonce: string;
  readonly owner: string;
  /** Absent: nobody answers it for the owner any more. */
  readonly deputy?: string;
  readonly meetingOn: string;
}): CardJson {
  const { boardId, item, deputy, owner, meetingOn } = input;
  if (deputy === undefined)
    return manageDoneCard({
      title: `${owner} answers ${item.ref}`,
      words: [item.title, 'Nobody else answers it for this meeting any more.'],
      findings: [],
    });
  return manageDoneCard({
    title: `${deputy} answers ${item.ref} this cycle`,
    words: [
      item.title,
      `${owner} stays accountable; the record will say "Answered by ${deputy} for ${owner}".`,
      `It ends by itself with the meeting on ${meetingOn}.`,
    ],
    findings: [],
    back: { title: 'Take it back', verb: 'deputy-back', data: { boardId, ref: item.ref, nonce: input.nonce } },
  });
}

/** Several are called so, or nobody quite: the person chooses. */
export function whichColleagueCard(input: {
  readonly boardId: string;
  readonly ref: string;
  readonly nonce: string;
  readonly words: string;
  readonly people: readonly Person[];
}): CardJson {
  const { boardId, ref, nonce, people } = input;
  const title = people.length === 1 ? 'Is this who you mean?' : 'Who do you mean?';
  return cardOf(
    [
      heading(title),
      paragraph([`You wrote: ${clean(input.words, 80)}. Nothing is arranged yet for ${ref}.`], { spacing: 'Small' }),
      // A button longer than a phone is wide would be cut.
      ...people.flatMap((one) => [
        paragraph([`${clean(one.name, 40)}, ${clean(one.role, 60)}`]),
        buttons([button(clean(one.name, 30), 'deputy-choose', { boardId, ref, nonce, to: one.ref })]),
      ]),
    ],
    `${title} ${people.map((one) => one.name).join(', ')}`,
  );
}
