// Draws a long list in parts, so that the page answers in between; in the end all of it is there, for the browser's own
// search, for printing and for screen readers. A list that is never whole in the page would fail all three.
import { startTransition, useEffect, useMemo, useState } from 'react';
import { usePrinting } from './printing';

/** A list up to this is drawn at once. */
const short = 60;
/** Of a longer one, what most windows show; the rest follows at once. */
const first = 20;
/** Drawn well within a tenth of a second. */
const step = 40;

export interface Part<Row> {
  readonly key: string;
  readonly rows: readonly Row[];
  /** Of a view before this one: out of sight, and taken away in its turn. */
  readonly isLeaving: boolean;
}

interface Shown<Row> {
  readonly view: string;
  /** How many views were shown before. */
  readonly turn: number;
  readonly parts: readonly (readonly Row[])[];
  readonly count: number;
  readonly leaving: readonly Part<Row>[];
}

/**
 * The parts that are in the page now. `view` names what was asked for: another view begins at its top, and the rows of the
 * one before go part by part, for to take away thousands at once holds the page up as long as to draw them.
 */
export function useGrowing<Row>(rows: readonly Row[], view: string): readonly Part<Row>[] {
  const parts = useMemo(() => inParts(rows), [rows]);
  const [known, setShown] = useState<Shown<Row>>(() => ({ view, turn: 0, parts, count: 1, leaving: [] }));
  const shown = upToDate(known, view, parts);
  // Adjusted while drawing: nothing of the old view is seen under the new one.
  if (shown !== known) setShown(shown);
  const isDone = shown.count >= parts.length && shown.leaving.length === 0;
  useEffect(() => {
    if (isDone) return;
    // A transition is drawn in slices: what somebody presses meanwhile goes first.
    const timer = setTimeout(() => startTransition(() => setShown(oneStepOn)));
    return () => clearTimeout(timer);
  }, [shown, isDone]);
  // Whoever prints at once gets all of it.
  const isPrinting = usePrinting();
  return [...drawn(isPrinting ? { ...shown, count: parts.length } : shown, false), ...shown.leaving];
}

function upToDate<Row>(known: Shown<Row>, view: string, parts: Shown<Row>['parts']): Shown<Row> {
  if (known.view !== view)
    return { view, turn: known.turn + 1, parts, count: 1, leaving: [...drawn(known, true), ...known.leaving] };
  if (known.parts === parts) return known;
  // What was whole stays whole when a row comes that begins a part of its own.
  const isWhole = known.count >= known.parts.length;
  return { ...known, parts, count: isWhole ? Math.min(known.count + 1, parts.length) : known.count };
}

function drawn<Row>({ turn, parts, count }: Shown<Row>, isLeaving: boolean): readonly Part<Row>[] {
  return parts.slice(0, count).map((rows, index) => ({ key: `${turn} ${index}`, rows, isLeaving }));
}

/** One part more, or once all are drawn one less of those that leave. */
function oneStepOn<Row>(shown: Shown<Row>): Shown<Row> {
  if (shown.count < shown.parts.length) return { ...shown, count: shown.count + 1 };
  return { ...shown, leaving: shown.leaving.slice(0, -1) };
}

function inParts<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  if (rows.length <= short) return [rows];
  const more = Math.ceil((rows.length - first) / step);
  const places = Array.from({ length: more }, (_, index) => first + index * step);
  return [rows.slice(0, first), ...places.map((from) => rows.slice(from, from + step))];
}
