// Answers taken back: which rows of the history, and which readings, still stand. Source: docs/rules.md, taking an answer back.
import type { BoardSnapshot, Reading, Ref, Update } from './model';

/** The history without what was taken back and without the rows that say so: neither was said, as far as rules go. */
export function standingUpdates({ updates }: Pick<BoardSnapshot, 'updates'>): readonly Update[] {
  const known = standing.get(updates) ?? withoutTakenBack(updates);
  standing.set(updates, known);
  return known;
}

/** What stands of one history: every rule asks again. */
const standing = new WeakMap<readonly Update[], readonly Update[]>();

function withoutTakenBack(updates: readonly Update[]): readonly Update[] {
  const taken = new Set(updates.flatMap((one) => (one.takesBack === undefined ? [] : [one.takesBack])));
  return taken.size === 0 ? updates : updates.filter((one) => one.takesBack === undefined && !taken.has(one.key));
}

/** The standing rows about one subject, in their order. */
export function standingUpdatesOf(snapshot: Pick<BoardSnapshot, 'updates'>, subjectRef: Ref): readonly Update[] {
  const { updates } = snapshot;
  const index = bySubject.get(updates) ?? grouped(standingUpdates(snapshot));
  bySubject.set(updates, index);
  return index.get(subjectRef) ?? [];
}

function grouped(updates: readonly Update[]): ReadonlyMap<Ref, readonly Update[]> {
  const index = new Map<Ref, Update[]>();
  for (const one of updates) {
    const rows = index.get(one.subjectRef);
    if (rows) rows.push(one);
    else index.set(one.subjectRef, [one]);
  }
  return index;
}

const bySubject = new WeakMap<readonly Update[], ReadonlyMap<Ref, readonly Update[]>>();

/** The readings that whoever reported them has not taken back. */
export function standingReadings(snapshot: Pick<BoardSnapshot, 'readings'>): readonly Reading[] {
  const { readings } = snapshot;
  return readings.some((one) => one.withdrawn === true) ? readings.filter((one) => one.withdrawn !== true) : readings;
}
