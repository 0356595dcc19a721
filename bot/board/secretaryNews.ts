// What the assistant did or could not do by itself, for the secretary: kept until one notice a day tells it. Source: docs/rules.md.
import type { NewsRow, SecretaryNote } from './manageModel';
import type { BoardSnapshot, CivilDate, Instant, Ref } from './model';

const news = 'notice:news:';
const mostKept = 60;
/** A notice that never reached the ledger is made up for so long. */
const makeUpDays = 7;

/** The step of one day's notice. */
export function newsStep(on: CivilDate): `notice:${string}` {
  return `${news}${on}`;
}

/** What the notice of a step tells, the oldest first; undefined: another message. */
export function newsOf(snapshot: Pick<BoardSnapshot, 'running'>, step: string): readonly SecretaryNote[] | undefined {
  if (!step.startsWith(news)) return undefined;
  return notesOf(snapshot).filter((one) => newsStep(one.toldOn ?? '') === step);
}

/** The notes with these added; undefined: they all wait to be told already, or were told today. */
export function withNotes(
  row: NewsRow | undefined,
  on: CivilDate,
  added: { readonly meetingRef: Ref; readonly at: Instant; readonly texts: readonly string[] },
): readonly SecretaryNote[] | undefined {
  const known = row?.notes ?? [];
  const isKnown = (text: string): boolean =>
    known.some(
      (one) =>
        one.text === text && one.meetingRef === added.meetingRef && (one.toldOn === undefined || one.toldOn === on),
    );
  const fresh = [...new Set(added.texts)].filter((text) => !isKnown(text));
  if (fresh.length === 0) return undefined;
  const notes = fresh.map((text): SecretaryNote => ({ meetingRef: added.meetingRef, at: added.at, text }));
  return [...known, ...notes].slice(-mostKept);
}

export interface NewsDue {
  /** The notes as they are to be kept before they are told; absent: nothing to write. */
  readonly notes?: readonly SecretaryNote[];
  /** The notice that the ledger must hold. */
  readonly notice?: { readonly step: `notice:${string}`; readonly meetingRef: Ref };
}

/** One notice a day: what nobody was told of goes into today's, unless today's is made already. */
export function newsDue(
  snapshot: Pick<BoardSnapshot, 'running'>,
  on: CivilDate,
  daysBetween: (fromOn: CivilDate, toOn: CivilDate) => number,
): NewsDue {
  const notes = notesOf(snapshot);
  const waiting = notes.find((one) => one.toldOn === undefined);
  const told = notes.flatMap(({ toldOn, meetingRef }) => (toldOn === undefined ? [] : [{ toldOn, meetingRef }]));
  const last = told.reduce<(typeof told)[number] | undefined>(
    (best, one) => (best && best.toldOn >= one.toldOn ? best : one),
    undefined,
  );
  if (waiting && last?.toldOn !== on)
    return {
      notes: notes.map((one) => (one.toldOn === undefined ? { ...one, toldOn: on } : one)),
      notice: { step: newsStep(on), meetingRef: waiting.meetingRef },
    };
  if (last === undefined || daysBetween(last.toldOn, on) > makeUpDays) return {};
  return { notice: { step: newsStep(last.toldOn), meetingRef: last.meetingRef } };
}

function notesOf(snapshot: Pick<BoardSnapshot, 'running'>): readonly SecretaryNote[] {
  return snapshot.running?.news?.notes ?? [];
}
