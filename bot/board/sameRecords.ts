// Whether two readings of a board hold the same records.
import type { BoardSnapshot } from './model';

/** The same but for the moment of the reading: lists and records that did not change are the same objects in both. */
export function sameRecords(before: BoardSnapshot, after: BoardSnapshot): boolean {
  if (before === after) return true;
  const { readAt: _before, ...was } = before;
  const { readAt: _after, ...is } = after;
  const now = new Map<string, unknown>(Object.entries(is));
  return (
    Object.keys(was).length === now.size && Object.entries(was).every(([name, one]) => sameValue(one, now.get(name)))
  );
}

function sameValue(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (!Array.isArray(before) || !Array.isArray(after)) return JSON.stringify(before) === JSON.stringify(after);
  if (before.length !== after.length) return false;
  return before.every((one, index) => one === after[index] || JSON.stringify(one) === JSON.stringify(after[index]));
}
