// Where a line of chat names an item of the board: by its reference however it is typed, or by its title.
import type { BoardSnapshot, Ref } from './model';
import { foldName, similarity } from './similarity';

export type NamedKind = 'action' | 'risk' | 'mitigation' | 'measure';

export interface NamedItem {
  readonly kind: NamedKind;
  readonly ref: Ref;
  readonly title: string;
  /** The milestone of the action that was named. */
  readonly milestoneRef?: Ref;
}

/** One place of a line that names something. */
export interface Mention {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly by: 'ref' | 'title';
  readonly item?: NamedItem;
  /** For what looks like a reference and is none, or a title that several have: those it may be. */
  readonly nearest?: readonly Ref[];
}

export interface NameIndex {
  readonly items: readonly NamedItem[];
  readonly byKey: ReadonlyMap<string, NamedItem>;
  /** `apa104` and `APA1.04` without its marks; undefined: several. */
  readonly byDigits: ReadonlyMap<string, NamedItem | undefined>;
  /** The letters that references begin with. */
  readonly prefixes: ReadonlySet<string>;
  /** By the first word of their titles. */
  readonly byFirstWord: ReadonlyMap<string, readonly TitleWords[]>;
}

interface TitleWords {
  readonly words: readonly string[];
  readonly items: readonly NamedItem[];
}

/** The names of all that can be answered on a board; `mine` are refs whose titles may be shortened. */
export function nameIndex(snapshot: BoardSnapshot, mine: ReadonlySet<Ref>): NameIndex {
  const titled = (kind: NamedKind, list: readonly { readonly ref: Ref; readonly title: string }[]): NamedItem[] =>
    list.map(({ ref, title }) => ({ kind, ref, title }));
  const items = [
    ...titled('action', snapshot.actions),
    ...titled('risk', snapshot.risks),
    ...titled(
      'mitigation',
      snapshot.mitigations.map((one) => ({ ref: one.ref, title: one.text })),
    ),
    ...titled(
      'measure',
      snapshot.measures.map((one) => ({ ref: one.ref, title: one.name })),
    ),
  ];
  const actions = new Map(items.filter((one) => one.kind === 'action').map((one) => [one.ref, one]));
  const byKey = new Map<string, NamedItem>();
  for (const one of snapshot.milestones) {
    const action = actions.get(one.actionRef);
    if (action) byKey.set(refKey(one.ref), { ...action, milestoneRef: one.ref });
  }
  for (const one of items) byKey.set(refKey(one.ref), one);
  const byDigits = new Map<string, NamedItem | undefined>();
  for (const one of items) {
    const digits = one.ref.toLowerCase().replace(/[^a-z\d]/gu, '');
    byDigits.set(digits, byDigits.has(digits) ? undefined : one);
  }
  const prefixes = new Set([...byKey.keys()].flatMap((key) => /^[a-z]+(?=\.)/u.exec(key) ?? []));
  for (const one of items) {
    const number = /^[a-z]+\.(\d+)$/u.exec(refKey(one.ref))?.[1];
    if (number !== undefined && kindWords.has(one.kind)) byKey.set(`${one.kind}.${number}`, one);
  }
  return { items, byKey, byDigits, prefixes, byFirstWord: titleWords(items, mine) };
}

/** "Risk 3" is R03. Actions and mitigations are numbered within an area or a risk, so the bare number says nothing. */
const kindWords: ReadonlySet<string> = new Set<NamedKind>(['risk', 'measure']);

/** Letters and numbers without leading zeros: `APA1-4` and `apa 1.04` are one. */
export function refKey(ref: string): string {
  return [...ref.toLowerCase().matchAll(/[a-z]+|\d+/gu)].map(([part]) => withoutZeros(part)).join('.');
}

function withoutZeros(part: string): string {
  return part.replace(/^0+(?=\d)/u, '');
}

function titleWords(items: readonly NamedItem[], mine: ReadonlySet<Ref>): NameIndex['byFirstWord'] {
  const titles = new Map<string, NamedItem[]>();
  const add = (words: readonly string[], item: NamedItem): void => {
    const key = words.join(' ');
    titles.set(key, [...(titles.get(key) ?? []), item]);
  };
  for (const item of items) {
    const words = foldName(item.title).split(' ');
    if (words.length > 1) add(words, item);
    // Two words of a longer title are enough for one's own.
    if (mine.has(item.ref) && words.length > 2) add(words.slice(0, 2), item);
  }
  const byFirst = new Map<string, TitleWords[]>();
  for (const [key, named] of titles) {
    const words = key.split(' ');
    const first = String(words[0]);
    const ours = named.filter((one) => mine.has(one.ref));
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, items: ours.length > 0 ? ours : named }]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

/** All that a line names, in order, none inside another. */
export function mentionsIn(line: string, index: NameIndex): readonly Mention[] {
  const found = [...refMentions(line, index), ...titleMentions(line, index)].sort(
    (a, b) => a.from - b.from || b.to - a.to,
  );
  const apart: Mention[] = [];
  for (const one of found) if (one.from >= (apart.at(-1)?.to ?? 0)) apart.push(one);
  return apart;
}

interface Part {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function partsOf(line: string, pattern: RegExp): readonly Part[] {
  return [...line.matchAll(pattern)].map((found) => ({
    text: found[0],
    from: found.index,
    to: found.index + found[0].length,
  }));
}

const mostParts = 6;

function refMentions(line: string, index: NameIndex): readonly Mention[] {
  const parts = partsOf(line, /[a-z]+|\d+/giu);
  const mentions: Mention[] = [];
  let next = 0;
  for (let at = 0; at < parts.length; at += 1) {
    if (at < next) continue;
    const known = longestRef(line, parts, at, index);
    const mention = known ?? likeRef(line, parts, at, index);
    if (!mention) continue;
    mentions.push(mention);
    next = parts.findIndex((one) => one.from >= mention.to);
    if (next < 0) break;
  }
  return mentions;
}

/** A figure that counts or measures is no part of a reference: `APA1.04-2 weeks late`. */
const counted = /^\s*(?:%|percent|per ?cent|weeks?|wks?|days?|months?|of\b|x\s?\d|[.:]\d)/iu;

function longestRef(line: string, parts: readonly Part[], at: number, index: NameIndex): Mention | undefined {
  const first = parts[at];
  if (!first || !begins(line, first)) return undefined;
  const isKind = kindWords.has(first.text.toLowerCase());
  // "At risk 2 weeks" speaks of a state.
  if (isKind && /\bat\s+$/iu.test(line.slice(0, first.from))) return undefined;
  let key = '';
  let best: Mention | undefined;
  for (let end = at; end < Math.min(parts.length, at + mostParts); end += 1) {
    const part = parts[end];
    const before = parts[end - 1];
    if (!part || (end > at && before && !joins(line.slice(before.to, part.from), first, best !== undefined))) break;
    key = key === '' ? part.text.toLowerCase() : `${key}.${withoutZeros(part.text)}`;
    const item = index.byKey.get(key) ?? (end === at + 1 ? compact(line, first, part, index) : undefined);
    const whole = !/[\p{L}\p{N}]/u.test(line.charAt(part.to));
    if (item && whole && !((best ?? isKind) && counted.test(line.slice(part.to, part.to + 12))))
      best = { from: first.from, to: part.to, words: line.slice(first.from, part.to), by: 'ref', item };
  }
  return best;
}

/** Letters begin a reference, at the beginning of a word. */
function begins(line: string, part: Part): boolean {
  return /^[a-z]/iu.test(part.text) && !/[\p{L}\p{N}'@/]/u.test(line.charAt(part.from - 1));
}

/** What may stand within a reference; after a whole one only a mark, so that `R03 2` is R03. */
function joins(between: string, first: Part, known: boolean): boolean {
  if (known) return /^[.\-_/]$/u.test(between);
  // "m 1" of small letters is no measure.
  if (between.startsWith(' ') && first.text.length === 1 && first.text === first.text.toLowerCase()) return false;
  return between.length < 3 && /^\s?[.\-_/:,]?\s?$/u.test(between);
}

function compact(line: string, first: Part, part: Part, index: NameIndex): NamedItem | undefined {
  return part.text.length > 2 ? index.byDigits.get(line.slice(first.from, part.to).toLowerCase()) : undefined;
}

/** What has the letters of the board's references and a number, and is none of them. */
function likeRef(line: string, parts: readonly Part[], at: number, index: NameIndex): Mention | undefined {
  const first = parts[at];
  if (!first || !begins(line, first)) return undefined;
  const known = index.prefixes.has(first.text.toLowerCase());
  if (!known && !isLikePrefix(first.text.toLowerCase(), index)) return undefined;
  const rest = /^[ .-]?[\dOol]+(?:[.\-_/][\dOol]+)*(?![\p{L}\p{N}%])/u.exec(line.slice(first.to, first.to + 20));
  const spaced = rest?.[0].startsWith(' ') === true;
  if (!rest || !/\d/u.test(rest[0]) || (spaced && (first.text.length === 1 || first.text !== first.text.toUpperCase())))
    return undefined;
  if (!known && (spaced || !/\d[.\-_/]\d/u.test(rest[0]))) return undefined;
  const to = first.to + rest[0].length;
  const words = line.slice(first.from, to);
  return { from: first.from, to, words, by: 'ref', nearest: nearestRefs(words, index.items) };
}

/** Letters that are nearly those of a reference: `AP1.04`, `ABP1.04`. */
function isLikePrefix(letters: string, index: NameIndex): boolean {
  return [...index.prefixes].some(
    (one) => one.length > 2 && one.charAt(0) === letters.charAt(0) && Math.abs(one.length - letters.length) < 2,
  );
}

/** The three references most like one that the board does not have; those of the same area first. */
export function nearestRefs(words: string, items: readonly Pick<NamedItem, 'ref'>[]): readonly Ref[] {
  const key = refKey(words);
  const likeness = (ref: Ref): number => (refKey(ref).startsWith(`${key}.`) ? 1 : 0) + similarity(key, refKey(ref));
  return items
    .map((one, order) => ({ ref: one.ref, order, score: likeness(one.ref) }))
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, 3)
    .map((one) => one.ref);
}

function titleMentions(line: string, index: NameIndex): readonly Mention[] {
  const parts = partsOf(line, /[\p{L}\p{N}][\p{L}\p{N}']*/gu);
  const words = parts.map((one) => foldName(one.text));
  return parts.flatMap((part, at) => {
    const titles = index.byFirstWord.get(String(words[at])) ?? slippedFirst(String(words[at]), index);
    const title = titles.find((one) => one.words.every((word, next) => sameWord(word, words[at + next])));
    const last = title && parts[at + title.words.length - 1];
    if (!title || !last) return [];
    const [only, other] = title.items;
    const named =
      only && other === undefined ? { item: only } : { nearest: title.items.map((one) => one.ref).slice(0, 3) };
    return [{ from: part.from, to: last.to, words: line.slice(part.from, last.to), by: 'title' as const, ...named }];
  });
}

/** Titles whose first word is a long one with a slip in it. */
function slippedFirst(word: string, index: NameIndex): readonly TitleWords[] {
  if (word.length < 6) return [];
  return [...index.byFirstWord].flatMap(([first, titles]) => (sameWord(first, word) ? titles : []));
}

/** The same but for one slip in a long word, or a plural. */
function sameWord(word: string, typed: string | undefined): boolean {
  if (typed === undefined) return false;
  if (word === typed || word === `${typed}s` || `${word}s` === typed) return true;
  return word.length > 5 && word.charAt(0) === typed.charAt(0) && oneSlip(word, typed);
}

/** One letter more, less or other, or two beside each other changed about; for two that differ. */
export function oneSlip(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one.charAt(start) === other.charAt(start)) start += 1;
  const rest = [one.slice(start + 1), one.slice(start)];
  return (
    rest[0] === other.slice(start + 1) ||
    rest[0] === other.slice(start) ||
    rest[1] === other.slice(start + 1) ||
    (one.charAt(start) === other.charAt(start + 1) &&
      one.charAt(start + 1) === other.charAt(start) &&
      one.slice(start + 2) === other.slice(start + 2))
  );
}
