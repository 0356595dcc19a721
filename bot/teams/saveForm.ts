// One press of Save: the form becomes an answer, the answer a receipt with the next item, or the form again with words.
import type { OwnerItem } from '../board/ownerItems';
import { small } from '../board/wording';
import { conflictCard } from '../cards/conflict';
import { cardOf } from '../cards/kit';
import type { CardJson } from '../cards/kit';
import { itemFormCard, itemInput, ownerListCard } from '../cards/ownerView';
import { receiptBar } from '../cards/owner';
import type { UndoOffer } from '../cards/owner';
import type { FormState } from '../cards/ownerView';
import { answerOf } from '../cards/verbs';
import type { FormCommand, OpenCommand } from '../cards/verbs';
import type { AnswerResult, Receipt } from '../services/updateItem';
import type { ChatDeps, Seat } from './seat';

/** The form of an item, with what was typed before where something was. */
export function openForm(
  deps: Pick<ChatDeps, 'newNonce'>,
  seat: Seat,
  item: OwnerItem,
  { typed }: Pick<OpenCommand, 'typed'>,
): CardJson {
  return itemFormCard(seat.view, item, { nonce: deps.newNonce(), ...(typed === undefined ? {} : { typed }) });
}

/**
 * Saves at most once, however often the same press arrives: the card's nonce and its inputs name the operation.
 * `alone`: the card is one of several and turns into its receipt, not into the next item.
 */
export async function saveForm(
  deps: ChatDeps,
  seat: Seat,
  item: OwnerItem,
  command: FormCommand,
  freshSeat: () => Promise<Seat>,
  alone = false,
): Promise<CardJson> {
  const again = (state: Omit<FormState, 'nonce' | 'typed' | 'shown' | 'version'>): CardJson =>
    itemFormCard(seat.view, item, {
      ...state,
      nonce: deps.newNonce(),
      typed: command.typed,
      shown: command.shown,
      ...(command.version === undefined ? {} : { version: command.version }),
    });
  const read = answerOf(command);
  if ('issues' in read) return again({ issues: read.issues });
  const result = await deps.updateItem.answer({
    boardId: seat.boardId,
    actor: { personRef: seat.person.ref, route: 'chat card' },
    nonce: command.nonce,
    answer: read.answer,
    confirmedWarnings: command.confirmed,
    ...(command.version === undefined ? {} : { seenVersion: command.version }),
  });
  switch (result.kind) {
    case 'saved':
      return afterSaving(deps, await freshSeat(), result.receipt, alone);
    case 'refused':
      return again({ issues: result.issues });
    case 'confirm':
      return again({ warnings: result.warnings });
    case 'conflict':
      return conflict(deps, seat, item, command, result);
  }
}

/** The receipt on top, and below it the next item to answer, or the list with thanks. */
function afterSaving(deps: ChatDeps, seat: Seat, receipt: Receipt, alone: boolean): CardJson {
  const words = receiptWords(receipt);
  const undo = undoOffer(deps, seat, receipt);
  if (alone) return cardOf([receiptBar(words, undo.undo)], `Saved: ${words}`);
  const next = seat.view.open.find((one) => one.ref !== receipt.ref);
  return next
    ? itemFormCard(seat.view, next, { nonce: deps.newNonce(), receipt: words, ...undo })
    : ownerListCard(seat.view, { receipt: words, ...undo });
}

/** Nothing is offered that would be refused: a press repeated late shows the receipt alone. */
function undoOffer(deps: ChatDeps, seat: Seat, receipt: Receipt): { readonly undo?: UndoOffer } {
  if (deps.clock.now().toISOString() >= receipt.undoUntil) return {};
  const untilTime = seat.view.calendar.timeOf(receipt.undoUntil);
  return { undo: { boardId: seat.boardId, updateKey: receipt.updateKey, untilTime } };
}

/** One line: what the board will see. */
function receiptWords(receipt: Receipt): string {
  const unchanged = receipt.noChange || receipt.changed.length === 0;
  const what = unchanged ? 'No change' : receipt.changed.map(small).join('; ');
  const late =
    receipt.recordedAs === 'late' ? ' It came after the deadline, so the board sees it as received late.' : '';
  return `${receipt.ref} ${receipt.title}. ${unchanged ? what : `Recorded: ${what}`}.${late}`;
}

function conflict(
  deps: ChatDeps,
  seat: Seat,
  item: OwnerItem,
  command: FormCommand,
  result: Extract<AnswerResult, { kind: 'conflict' }>,
): CardJson {
  const { fields, progress, more } = itemInput(seat.view, item, { nonce: command.nonce });
  const { place } = command;
  const way =
    place ?? (progress === undefined ? undefined : `${progress}${more > 0 ? `, ${more} more after this` : ''}`);
  const theirs = result.changed.find((one) => one.by !== undefined);
  return conflictCard({
    boardId: seat.boardId,
    kind: command.kind,
    ref: command.ref,
    title: item.title,
    nonce: deps.newNonce(),
    currentVersion: result.currentVersion,
    ...(command.period === undefined ? {} : { period: command.period }),
    ...(theirs?.by === undefined ? {} : { by: theirs.by }),
    ...(theirs?.atWords === undefined ? {} : { atWords: theirs.atWords }),
    ...(way === undefined ? {} : { progress: way }),
    ...(place === undefined ? {} : { place }),
    changed: result.changed.map((one) => {
      const field = fields.find((candidate) => candidate.name === one.field);
      return {
        ...{ field: one.field, theirs: one.theirs, yours: one.yours },
        label: field ? field.label.replace(/,? ?[(0].*$/, '') : one.field,
        ...bothOf(one, field),
      };
    }),
    shown: command.shown,
    typed: command.typed,
  });
}

/** Two texts can both be kept, as far as the field holds them. */
function bothOf(
  { field, theirs, yours }: { readonly field: string; readonly theirs: string; readonly yours: string },
  known: ReturnType<typeof itemInput>['fields'][number] | undefined,
): { readonly both?: string } {
  if (known?.type !== 'text' || theirs === 'Nothing' || yours === 'Nothing') return {};
  const both = `${theirs.replace(/[.;\s]+$/u, '')}; ${yours}`;
  return field === 'blocker' && both.length <= known.maxLength ? { both } : {};
}
