// What the delivery sends in chat: the content of a message as a card, with buttons where it can be acted on at once.
import { papersSentOf } from '../board/released';
import { contentCard } from './contentCard';
import { dateDecisionCard } from './dateChange';
import { button, type CardJson } from './kit';
import { askingHeading, askingNotes, isAskingStep, type AskingStep } from './messageAsking';
import { messageContent } from './messageContent';
import { dateToDecide, dateViewOf } from './messageNotices';
import type { MessageInput } from './messageShape';
import type { NoticeCard } from './notice';
import { ownerListCard, ownerView } from './ownerView';

/** The card of a step or notice for one person. Pure. */
export function messageCard(input: MessageInput): NoticeCard {
  const { step, boardId } = input;
  if (isAskingStep(step)) return askingCard({ ...input, step });
  const change = dateToDecide(input);
  if (change)
    return { card: dateDecisionCard(dateViewOf(input), change), summary: `A date to decide: ${change.subjectRef}` };
  const mine = button('My actions', 'list', { boardId }, { leaves: true });
  const isNotice = step.startsWith('notice:') && papersSentOf(step) === undefined;
  return contentCard(messageContent(input), isNotice ? [mine] : lookButton(input));
}

/** Of the messages that ask for the release: the draft, at once. */
function lookButton({ boardId, step, assessment: { meetingRef } }: MessageInput): readonly CardJson[] {
  if (!step.startsWith('papers') || meetingRef === undefined) return [];
  const data = { boardId, meetingRef, kind: 'for the meeting', seen: 'not yet' };
  return [button('Look at the draft', 'release-look', data, { style: 'positive', leaves: true })];
}

/** The list in which the owner answers at once, with the words of the message around it. */
function askingCard(input: MessageInput & { readonly step: AskingStep }): NoticeCard {
  const view = ownerView(input);
  const heading = askingHeading(input.step, view);
  const notes = askingNotes(input, view);
  const card: CardJson = ownerListCard(view, { heading, notes });
  return { card, summary: `${heading}. ${view.deadline}.` };
}
