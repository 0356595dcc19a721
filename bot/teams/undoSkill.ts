// Takes an answer back for some minutes after it was given: the button of its receipt, or the word.
import { z } from 'zod';
import { standingUpdates } from '../board/takenBack';
import { undoUntil } from '../board/undo';
import { small } from '../board/wording';
import { noticeCard } from '../cards/notice';
import { itemFormCard } from '../cards/ownerView';
import type { UndoAnswer, UndoResult } from '../services/undoAnswer';
import { findItem } from './findItem';
import { freshSeat } from './seat';
import type { ChatDeps, Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, Skill } from './skills';
import type { OutgoingCard } from '../services/ports';

const pressed = z.object({ updateKey: z.string().min(1).max(200) });

export function createUndoSkill(undoAnswer: Pick<UndoAnswer, 'undo'>): Skill {
  async function undo(deps: ChatDeps, seat: Seat, updateKey: string): Promise<OutgoingCard> {
    const actor = { personRef: seat.person.ref, route: 'chat card' } as const;
    const result = await undoAnswer.undo({ boardId: seat.boardId, actor, updateKey });
    return shown(deps, await freshSeat(deps, seat), result);
  }
  return {
    offers: [{ phrase: 'undo', does: 'take back the answer you gave in the last minutes' }],
    verbs: ['undo'],
    saving: { undo: 'Undo' },
    async message({ seats, words, deps }: ChatTurn) {
      if (words !== 'undo') return undefined;
      for (const seat of seats) {
        const last = lastAnswer(deps, seat);
        if (last !== undefined) return [await undo(deps, seat, last)];
      }
      const lines = ['You gave no answer in the last minutes. You can change any answer: type its reference.'];
      return [noticeCard({ title: 'Nothing to undo', lines })];
    },
    async press({ seat, data, deps }) {
      const read = pressed.safeParse(data);
      if (!read.success) return messageReply(unreadableCard);
      return cardReply((await undo(deps, seat, read.data.updateKey)).card);
    },
  };
}

/** The newest answer of this person that can still be taken back. */
function lastAnswer(deps: ChatDeps, { person, view }: Seat): string | undefined {
  const now = deps.clock.now().toISOString();
  const mine = standingUpdates(view.snapshot).filter(
    (one) => one.byRef === person.ref && one.route !== 'SharePoint' && one.route !== 'import',
  );
  const open = mine.filter((one) => one.key.startsWith('answer-') && now <= undoUntil(one.at, view.assessment.policy));
  return open.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.key;
}

/** The item's form as it is now, with what came of it on top. */
function shown(deps: ChatDeps, seat: Seat, result: UndoResult): OutgoingCard {
  if (result.kind === 'refused') return noticeCard({ title: 'Not taken back', lines: [result.message] });
  const { calendar } = seat.view;
  const words = resultWords(result, (at) => calendar.timeOf(at));
  const kind = seat.view.snapshot.updates.find((one) => one.subjectRef === result.ref)?.subjectKind;
  const found = kind === undefined || kind === 'decision' ? undefined : findItem(seat, kind, result.ref);
  if (result.kind === 'late' || found?.kind !== 'item')
    return noticeCard({
      title: result.kind === 'late' ? 'Too late to undo' : 'Taken back',
      lines: [words, `To answer again, type "${result.ref}".`],
      boardId: seat.boardId,
    });
  const card = itemFormCard(seat.view, found.item, { nonce: deps.newNonce(), receipt: words, receiptTitle: 'Undone' });
  return { card, summary: `Taken back: ${result.ref}` };
}

function resultWords(result: Exclude<UndoResult, { kind: 'refused' }>, timeOf: (at: string) => string): string {
  switch (result.kind) {
    case 'late':
      return `An answer can be taken back for some minutes; for ${result.ref} that was until ${timeOf(result.until)}. Nothing was changed.`;
    case 'already':
      return `Your answer to ${result.ref} was taken back at ${timeOf(result.at)} already.`;
    case 'undone': {
      const { ref, restored, kept, reopened } = result;
      const back =
        restored.length === 0 ? '' : ` ${restored.map((one, at) => (at === 0 ? one : small(one))).join('; ')}.`;
      const open = reopened ? ' It waits for your answer again.' : '';
      return `Your answer to ${ref} is taken back.${back}${kept.length === 0 ? '' : ` ${kept.join(' ')}`}${open}`;
    }
  }
}
