// How alike two names are, so that a council's own headings can be proposed for ours; the one measure for lists and workbooks.

/** A name as it is compared: small letters, words apart, no marks; `Due_x0020_Date`, `dueDate` and `Due date:` are one. */
export function foldName(name: string): string {
  return name
    .replace(/_x([0-9a-f]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/gu, ' and ')
    .replace(/%/gu, ' per cent ')
    .replace(/['’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words that say nothing about which column is meant. */
const filler = new Set(['the', 'a', 'an', 'of', 'for', 'to', 'in', 'on', 'and', 'or', 'is', 'this']);

/** 0 to 1: 1 for the same name, counting shared words and, for small misspellings, shared pairs of letters. */
export function similarity(one: string, other: string): number {
  const a = partsOf(one);
  const b = partsOf(other);
  if (a.folded === '' || b.folded === '') return 0;
  if (a.folded === b.folded) return 1;
  // Never 1: alike is not the same.
  return Math.min(0.99, Math.max(shared(a.words, b.words), shared(a.pairs, b.pairs) * 0.95));
}

interface NameParts {
  readonly folded: string;
  readonly words: readonly string[];
  readonly pairs: readonly string[];
}

/** A name is compared with many: what it is made of is worked out once. */
const mostRemembered = 5000;
const remembered = new Map<string, NameParts>();

function partsOf(name: string): NameParts {
  const known = remembered.get(name);
  if (known) return known;
  const folded = foldName(name);
  const parts = { folded, words: wordsOf(folded), pairs: pairsOf(folded) };
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(name, parts);
  return parts;
}

export interface Likeness<T> {
  readonly candidate: T;
  readonly score: number;
}

/** The candidate whose names are most like `name`, when at least `least` alike; the first of equals. */
export function mostAlike<T>(
  name: string,
  candidates: readonly T[],
  namesOf: (candidate: T) => readonly string[],
  least = 0.75,
): Likeness<T> | undefined {
  let best: Likeness<T> | undefined;
  for (const candidate of candidates) {
    const score = Math.max(0, ...namesOf(candidate).map((one) => similarity(name, one)));
    if (score >= least && score > (best?.score ?? 0)) best = { candidate, score };
  }
  return best;
}

function wordsOf(folded: string): readonly string[] {
  const words = folded.split(' ');
  const telling = words.filter((word) => !filler.has(word));
  return (telling.length === 0 ? words : telling).map(singular);
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function pairsOf(folded: string): readonly string[] {
  const text = folded.replaceAll(' ', '');
  return [...text].slice(1).map((letter, at) => `${text.charAt(at)}${letter}`);
}

/** Dice's coefficient of two bags. */
function shared(a: readonly string[], b: readonly string[]): number {
  let both = 0;
  // Names are short: looking through the other bag costs less than counting it.
  const used = new Set<number>();
  for (const one of a) {
    let at = b.indexOf(one);
    while (at >= 0 && used.has(at)) at = b.indexOf(one, at + 1);
    if (at < 0) continue;
    used.add(at);
    both += 1;
  }
  return a.length + b.length === 0 ? 0 : (2 * both) / (a.length + b.length);
}
