// Search over a board: references however typed, words with slips, whole or begun; one index a board, kept up by its changes.
import MiniSearch from 'minisearch';
import { keptByJudgement } from '../board/keptByJudgement';
import { oneSlip, refKey } from '../board/phraseRefs';
import { ownerItems } from '../board/ownerItems';
import type { Ref } from '../board/model';
import { kindWords } from '../cards/words';
import { createReleasedLog } from './releasedLog';
import type { Library } from './ports';
import { releasedSearchables, searchables, type Searchable } from './searchable';
import type { BoardContext, ViewContext } from './viewContext';

export interface SearchResult {
  /** Best first, cut at the limit. */
  readonly found: readonly Searchable[];
  readonly total: number;
  /** From when what is found is, in words. */
  readonly asOf: string;
  /** Only what the board released was searched. */
  readonly released: boolean;
}

export interface Search {
  /** What fits the words; what the reader may see alone. Throws UpstreamError, ThrottledError for advisers. */
  find(context: ViewContext, query: string, limit?: number): Promise<SearchResult>;
  /** What is the reader's own, worst first; where nothing is, what is slow to progress. */
  own(context: ViewContext, limit?: number): Promise<SearchResult>;
}

const mostFound = 25;
const mostTyped = 200;

export function createSearch(ports: { readonly library: Library }): Search {
  const releasedLog = createReleasedLog(ports.library);
  const indexes = new Map<string, BoardIndex>();

  async function catalogue(context: ViewContext): Promise<Catalogue> {
    if (context.viewer.role !== 'adviser') return { all: listOf(context), asOf: asOfWords(context), released: false };
    const released = await releasedLog(context);
    if (!released) return { all: [], asOf: 'No log has been released yet.', released: true };
    const { log, shortCode } = released;
    const asOf = `As released in the log ${shortCode}, as of ${context.calendar.longDate(log.judgedOn)}.`;
    return { all: listOfLog(log, context), asOf, released: true };
  }

  function indexOf(boardId: string, { all, released }: Catalogue): BoardIndex {
    const key = `${released ? 'released' : 'now'} ${boardId}`;
    const index = indexes.get(key) ?? createIndex();
    indexes.set(key, index);
    index.hold(all);
    return index;
  }

  return {
    async find(context, query, limit = mostFound) {
      const { all, asOf, released } = await catalogue(context);
      const ranked = indexOf(context.boardId, { all, asOf, released }).rank(query.slice(0, mostTyped));
      return { found: ranked.slice(0, limit), total: ranked.length, asOf, released };
    },
    async own(context, limit = mostFound) {
      const { all, asOf, released } = await catalogue(context);
      const mine = released ? [] : ownOf(context, all);
      const found = mine.length > 0 ? mine : all.filter((one) => one.slow);
      return { found: found.slice(0, limit), total: found.length, asOf, released };
    },
  };
}

interface Catalogue {
  readonly all: readonly Searchable[];
  readonly asOf: string;
  readonly released: boolean;
}

const listOf = keptByJudgement(({ snapshot, assessment, calendar }: BoardContext) =>
  searchables(snapshot, assessment, calendar),
);

const listsOfLogs = new WeakMap<object, readonly Searchable[]>();

/** A frozen log gives the same list each time. */
function listOfLog(log: Parameters<typeof releasedSearchables>[0], { calendar }: ViewContext): readonly Searchable[] {
  const list = listsOfLogs.get(log) ?? releasedSearchables(log, calendar);
  listsOfLogs.set(log, list);
  return list;
}

function asOfWords({ asOf }: ViewContext): string {
  return asOf.stale === undefined ? `As of ${asOf.atWords}.` : `As of ${asOf.readAtWords}. ${asOf.stale}`;
}

/** A mitigation is found with its risk. */
function ownOf({ snapshot, assessment, viewer }: ViewContext, all: readonly Searchable[]): readonly Searchable[] {
  const known = new Map(all.map((one) => [idOf(one), one]));
  const riskOf = (ref: Ref): Ref => snapshot.mitigations.find((one) => one.ref === ref)?.riskRef ?? ref;
  const ids = ownerItems(snapshot, assessment, viewer.person.ref).map(({ kind, ref }) =>
    kind === 'mitigation' ? `risk ${riskOf(ref)}` : `${kind} ${ref}`,
  );
  return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
}

function idOf({ kind, ref }: Pick<Searchable, 'kind' | 'ref'>): string {
  return `${kind} ${ref}`;
}

interface Indexed {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly words: string;
  readonly text: string;
}

interface BoardIndex {
  /** Takes in what is new or changed since the last list, and lets go of what is gone. */
  hold(all: readonly Searchable[]): void;
  rank(query: string): readonly Searchable[];
}

function createIndex(): BoardIndex {
  const engine = new MiniSearch<Indexed>({
    fields: ['title', 'owner', 'words', 'text'],
    processTerm: term,
    searchOptions: {
      boost: { title: 4, owner: 3, words: 2 },
      // A slip in a number is another number.
      fuzzy: (word) => (word.length < 4 || /\d/.test(word) || states.has(word) ? false : 0.25),
      prefix: (word) => word.length > 1 && !states.has(word),
    },
  });
  const indexed = new Map<string, Indexed>();
  let held: readonly Searchable[] | undefined;
  let byId: ReadonlyMap<string, Searchable> = new Map();
  let names: readonly RefName[] = [];

  return {
    hold(all) {
      if (held === all) return;
      held = all;
      // Of two rows with one reference the first is found; the double is a finding of its own.
      byId = new Map([...all].reverse().map((one) => [idOf(one), one]));
      names = [...byId].map(([id, one]) => refName(id, one.ref));
      for (const [id, entry] of indexed) {
        if (byId.has(id)) continue;
        engine.remove(entry);
        indexed.delete(id);
      }
      for (const [id, one] of byId) {
        const entry = entryOf(id, one);
        const before = indexed.get(id);
        if (before && sameEntry(before, entry)) continue;
        if (before) engine.remove(before);
        engine.add(entry);
        indexed.set(id, entry);
      }
    },
    rank(query) {
      const scores = new Map<string, number>();
      const refs = scoreRefs(query, names);
      for (const [id, score] of refs) scores.set(id, score * refWeight);
      for (const { id, score } of textHits(engine, query, refs.size > 0)) {
        scores.set(String(id), (scores.get(String(id)) ?? 0) + score);
      }
      return [...scores]
        .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
        .flatMap(([id]) => byId.get(id) ?? []);
    },
  };
}

/** Words beside each other that are one word of the board. */
const joined: readonly (readonly [RegExp, string])[] = [
  [/\boff[ -]?track\b/g, 'offtrack'],
  [/\bon[ -]?track\b/g, 'ontrack'],
  [/\bat[ -]?risk\b/g, 'atrisk'],
  [/\bnot[ -]?started\b/g, 'notstarted'],
];

/** Off track and on track are two letters apart. */
const states = new Set(joined.map(([, word]) => word));

function join(text: string): string {
  return joined.reduce((words, [pattern, word]) => words.replace(pattern, word), text.toLowerCase());
}

function entryOf(id: string, one: Searchable): Indexed {
  const status = one.status?.word ?? '';
  // Both ways, so that "off trak" is found by its parts.
  const words = `${kindWords[one.kind]} ${status} ${join(status)} ${one.words}`;
  return { id, title: one.title, owner: one.owner ?? '', words, text: one.text };
}

function sameEntry(one: Indexed, other: Indexed): boolean {
  return one.title === other.title && one.owner === other.owner && one.words === other.words && one.text === other.text;
}

const filler = new Set(['the', 'and', 'for', 'of', 'to', 'in', 'is', 'an', 'all', 'what', 'with', 'show', 'me']);

/** Small letters without accents; nothing for single letters and words that say nothing. */
function term(word: string): string | null {
  const plain = word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return (plain.length < 2 && !/\d/.test(plain)) || filler.has(plain) ? null : plain;
}

const mostWords = 8;

/** Nothing but a reference: that it is not there must not be hidden by what is like a part of it. */
const onlyRef = /^\s*[a-z]{0,5}[\s.-]?\d+(?:[\s.\-_/]\d+)*\s*$/i;

/** Every word must fit; where that finds nothing, any. */
function textHits(engine: MiniSearch<Indexed>, query: string, namedByRef: boolean) {
  const words = join(query)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords)
    .join(' ');
  const strict = engine.search(words, { combineWith: 'AND' });
  return strict.length > 0 || namedByRef || onlyRef.test(query) ? strict : engine.search(words, { combineWith: 'OR' });
}

/** One exact reference outweighs every word. */
const refWeight = 1000;

interface RefName {
  readonly id: string;
  /** `apa.1.4` */
  readonly key: string;
  /** `apa104` and, without the zeros, `apa14`. */
  readonly whole: string;
  readonly short: string;
}

function refName(id: string, ref: Ref): RefName {
  const key = refKey(ref);
  return { id, key, whole: ref.toLowerCase().replace(/[^a-z\d]/g, ''), short: key.replaceAll('.', '') };
}

/** How well the references fit: the whole of what was typed, or one word of it. */
function scoreRefs(query: string, names: readonly RefName[]): ReadonlyMap<string, number> {
  const words = query.split(/\s+/).filter((word) => /[a-z]/i.test(word) && /\d/.test(word));
  const scores = new Map<string, number>();
  for (const [at, typed] of [query, ...words.slice(0, mostWords)].entries()) {
    const key = refKey(typed);
    const bare = typed.toLowerCase().replace(/[^a-z\d]/g, '');
    if (bare.length < 2) continue;
    for (const name of names) {
      // What is a word among others must be a reference in full.
      const score = scoreRef(name, key, bare);
      if (score > 0 && (at === 0 || score >= 80)) scores.set(name.id, Math.max(score, scores.get(name.id) ?? 0));
    }
  }
  return scores;
}

function scoreRef(name: RefName, key: string, bare: string): number {
  if (name.key === key || name.whole === bare) return 100;
  if (name.short === bare) return 95;
  if (name.key.startsWith(`${key}.`)) return 80;
  if (name.whole.startsWith(bare) || name.short.startsWith(bare)) return 70;
  if (/^\d+\.\d/.test(key) && name.key.endsWith(`.${key}`)) return 60;
  // A letter mistyped; a slip in a number is another reference.
  const like = bare.length > 3 && /\d/.test(bare) && digits(bare) === digits(name.whole);
  if (like && oneSlip(name.whole, bare)) return 40;
  return bare.length > 3 && digits(bare) === digits(name.short) && oneSlip(name.short, bare) ? 30 : 0;
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}
