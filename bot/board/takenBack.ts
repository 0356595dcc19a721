// Answers taken back: which rows of the history, and which readings, still stand. Source: docs/rules.md, taking an answer back.
import type { BoardSnapshot, Reading, Update } from './model';

/** The history without what was taken back and without the rows that say so: neither was said, as far as rules go. */
export function standingUpdates(snapshot: Pick<BoardSnapshot, 'updates'>): readonly Update[] {
  const { updates } = snapshot;
  const taken = new Set(updates.flatMap((one) => (one.takesBack === undefined ? [] : [one.takesBack])));
  return taken.size === 0 ? updates : updates.filter((one) => one.takesBack === undefined && !taken.has(one.key));
}

/** The readings that whoever reported them has not taken back. */
export function standingReadings(snapshot: Pick<BoardSnapshot, 'readings'>): readonly Reading[] {
  const { readings } = snapshot;
  return readings.some((one) => one.withdrawn === true) ? readings.filter((one) => one.withdrawn !== true) : readings;
}
