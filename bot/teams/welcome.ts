// The first card of a person on a board: what this is, what is theirs, and what they can type.
import type { OwnerItem } from '../board/ownerItems';
import { welcomeNotice } from '../cards/notice';
import type { NoticeCard } from '../cards/notice';
import { deliveryWords } from '../cards/words';
import type { AccessRole } from '../services/access';
import type { Seat } from './seat';

export function welcomeCard(seat: Seat): NoticeCard {
  const { items, open, snapshot } = seat.view;
  return welcomeNotice({
    boardName: snapshot.facts.name,
    boardId: seat.boardId,
    items: items.map(itemLine),
    open: open.length,
    examples: examplesFor(seat),
  });
}

function itemLine(item: OwnerItem): string {
  const rating = item.computed ?? item.claimed;
  const status = rating === undefined ? '' : `${deliveryWords[rating].word} ${deliveryWords[rating].icon}: `;
  return `${item.ref} ${item.title}. ${status}${item.reason}`;
}

/** Three phrases with a reference of their own where they have one. */
function examplesFor({ view, viewer }: Seat): readonly string[] {
  const first = view.open[0] ?? view.items.find((one) => one.kind !== 'decision');
  if (!first) return roleExamples[viewer.role];
  return ['my actions', first.ref, first.kind === 'action' ? `${first.ref} is 60% done` : `no change on ${first.ref}`];
}

const roleExamples: Readonly<Record<AccessRole, readonly string[]>> = {
  chair: ["who hasn't answered", 'what changed', 'risks'],
  secretary: ["who hasn't answered", 'what changed', 'all overdue'],
  member: ['overdue', 'what changed', 'next meeting'],
  owner: ['overdue', 'what changed', 'next meeting'],
  adviser: ['log', 'next meeting', 'help'],
};
