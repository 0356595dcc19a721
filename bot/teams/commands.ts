// Words typed in chat: made plain, compared with phrases and references, and the nearest phrases when nothing fits.
import type { Ref } from '../board/model';

const mostCompared = 500;

/** Small letters, one line, without apostrophes, a "please" and closing marks: what phrases are compared with. */
export function plainWords(text: string): string {
  const line = text
    .slice(0, mostCompared)
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/['’‘`"“”]/g, '')
    .trim();
  const bare = line.replace(/[\s.!,;:]+$/, '').replace(/^[\s.!,;:]+/, '');
  const asked = bare.replace(/(?<=.)\?+$/, '').trim();
  return asked
    .replace(/^please /, '')
    .replace(/,? please$/, '')
    .trim();
}

/** The one of the references that the whole text names, put into the form of the record: `apa 1.4` is `APA1.04`. */
export function refNamed(text: string, refs: readonly Ref[]): Ref | undefined {
  const wanted = refKey(text.slice(0, mostCompared).replace(/[?!,;:\s]+$/, ''));
  return wanted === '' ? undefined : refs.find((one) => refKey(one) === wanted);
}

/** `APA1-4`, `apa 1.04` and `APA1.04` are one: letters and numbers without leading zeros. */
export function refKey(text: string): string {
  const parts = text.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  const rest = text.toLowerCase().replace(/[a-z0-9\s.\-_/]/g, '');
  return rest === '' ? parts.map((part) => part.replace(/^0+(?=\d)/, '')).join('.') : '';
}

/** The phrase that these words are with a slip of the finger: one letter in five, at most three; undefined: none. */
export function slipOf(words: string, phrases: readonly string[]): string | undefined {
  const [best] = ranked(words, phrases.filter(isWhole));
  if (best === undefined || best.distance === 0) return undefined;
  const allowed = Math.min(3, Math.floor(plainWords(best.phrase).length / 5));
  return best.distance <= allowed ? best.phrase : undefined;
}

/** A reference slipped by a letter is another reference; what one's own words follow cannot be corrected. */
function isWhole(phrase: string): boolean {
  return !/\d|\.\.\./.test(phrase);
}

/** The three phrases nearest to the words: by the share of letters that differ, so that a short phrase is not near to all. */
export function nearest(words: string, phrases: readonly string[]): readonly string[] {
  const length = Math.min(words.length, mostLetters);
  return ranked(words, phrases)
    .map((one) => ({ ...one, share: one.distance / Math.max(length, plainWords(one.phrase).length, 1) }))
    .sort((a, b) => a.share - b.share || a.index - b.index)
    .slice(0, 3)
    .map(({ phrase }) => phrase);
}

function ranked(
  words: string,
  phrases: readonly string[],
): readonly { readonly phrase: string; readonly index: number; readonly distance: number }[] {
  return phrases
    .map((phrase, index) => ({ phrase, index, distance: distanceTo(words, plainWords(phrase)) }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index);
}

const mostLetters = 40;

/** Letters added, left out, changed or swapped with the next, on the first 40 characters (optimal string alignment). */
function distanceTo(from: string, to: string): number {
  const text = from.slice(0, mostLetters);
  let before: readonly number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= text.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = text[row - 1] === to[column - 1] ? 0 : 1;
      const isSwap = text[row - 1] === to[column - 2] && text[row - 2] === to[column - 1];
      const swap = row > 1 && column > 1 && isSwap ? (before[column - 2] ?? 0) + 1 : Infinity;
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + change,
          swap,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? to.length;
}
