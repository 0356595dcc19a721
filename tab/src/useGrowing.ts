// Draws a long list in parts, so that the page answers in between; in the end all of it is there, for the browser's own
// search, for printing and for screen readers. A list that is never whole in the page would fail all three.
import { startTransition, useEffect, useState } from 'react';

/** More than a window shows. */
const first = 60;
/** Drawn well within a tenth of a second. */
const step = 40;

/** The part of the rows that is drawn now. `view` names what was asked for: another view begins at its top again. */
export function useGrowing<Row>(rows: readonly Row[], view: string): readonly Row[] {
  const [drawn, setDrawn] = useState({ view, count: first });
  const count = drawn.view === view ? drawn.count : first;
  useEffect(() => {
    if (count >= rows.length) return;
    // A transition is drawn in slices: what somebody presses meanwhile goes first.
    const timer = setTimeout(() => startTransition(() => setDrawn({ view, count: count + step })));
    return () => clearTimeout(timer);
  }, [view, count, rows.length]);
  return count >= rows.length ? rows : rows.slice(0, count);
}
