// The secretary's last hand-over, to be taken back with a word: what still is as it was made goes back to who had it.
import { isHandOver } from './handOvers';
import { hasLeft, ownedItems, type OwnedItem } from './manageOwned';
import type { BoardSnapshot, CivilDate, HandOverMove, Instant, Ref, Update } from './model';

export interface LastHandOver {
  readonly at: Instant;
  /** What goes back. */
  readonly moves: readonly HandOverMove[];
  /** Handed over again since, or had by somebody who has left: it stays. */
  readonly stays: readonly Ref[];
}

/** How long a slip is taken back with a word; later it is a hand-over like any other. */
export const takeBackDays = 7;

export function lastHandOver(
  snapshot: BoardSnapshot,
  byRef: Ref,
  at: Instant,
  on: CivilDate,
): LastHandOver | undefined {
  const mine = handOversBy(snapshot, byRef, at);
  const lastAt = latestOf(mine);
  const taken = new Set(snapshot.updates.map((one) => one.takesBack));
  const group = mine.filter((one) => one.at === lastAt && !taken.has(one.key));
  if (group.length === 0) return undefined;
  return { at: lastAt, ...backMoves(snapshot, group, on) };
}

/** When this person handed something over last, taken back since or not. */
export function lastHandOverAt(snapshot: BoardSnapshot, byRef: Ref, at: Instant): Instant | undefined {
  const mine = handOversBy(snapshot, byRef, at);
  return mine.length === 0 ? undefined : latestOf(mine);
}

/** Of the last days; what was done in SharePoint or by an import is not taken back with a word. */
function handOversBy(snapshot: BoardSnapshot, byRef: Ref, at: Instant): readonly Update[] {
  const sinceAt = new Date(Date.parse(at) - takeBackDays * 86_400_000).toISOString();
  return snapshot.updates.filter(
    (one) =>
      one.byRef === byRef &&
      one.at >= sinceAt &&
      one.route !== 'SharePoint' &&
      one.route !== 'import' &&
      // One that takes back is not taken back in turn.
      one.takesBack === undefined &&
      isHandOver(one),
  );
}

function latestOf(updates: readonly Update[]): Instant {
  return updates.reduce((latest, one) => (one.at > latest ? one.at : latest), '');
}

/** What of these hand-overs still is as it was made goes back to who had it, if they are on the board. */
export function backMoves(
  snapshot: BoardSnapshot,
  handOvers: readonly Update[],
  on: CivilDate,
): Omit<LastHandOver, 'at'> {
  const items = new Map(ownedItems(snapshot).map((one) => [`${one.kind}/${one.ref}`, one]));
  const moves: HandOverMove[] = [];
  const stays: Ref[] = [];
  for (const update of handOvers) {
    const item = items.get(`${update.subjectKind}/${update.subjectRef}`);
    const toRef = update.before['ownerRef'];
    const back = typeof toRef === 'string' ? { toRef } : {};
    if (item && stillAsMade(item, update) && !isGone(snapshot, back.toRef, on))
      moves.push({ kind: item.kind, ref: item.ref, ...back, takesBack: update.key });
    else stays.push(update.subjectRef);
  }
  return { moves, stays };
}

function stillAsMade(item: OwnedItem, update: Update): boolean {
  return item.open && (item.ownerRef ?? null) === update.after['ownerRef'];
}

function isGone(snapshot: BoardSnapshot, ref: Ref | undefined, on: CivilDate): boolean {
  const person = snapshot.people.find((one) => one.ref === ref);
  return ref !== undefined && (!person || hasLeft(person, on));
}
