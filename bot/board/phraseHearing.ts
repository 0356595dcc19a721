// What was heard of one item while its words are gone through, clause by clause, from the head of each.
import type { Calendar } from './calendar';
import type { BoardSnapshot, CivilDate, Month, Ref } from './model';
import type { DateFacts } from './phraseDates';
import type { NamedItem } from './phraseRefs';
import { isSmallTalk } from './phraseText';
import type { Clause } from './phraseText';
import { foldName } from './similarity';
import type { StatusWord } from './planWords';
import { capital } from './wording';

/** Which words gave which input of the form. */
export interface Said {
  readonly field: string;
  readonly words: string;
}

/** Something that cannot be sure: asked in words, beside the input it is about. */
export interface PhraseQuestion {
  readonly field?: string;
  readonly text: string;
}

export interface HearingFacts extends DateFacts {
  readonly snapshot: BoardSnapshot;
  readonly calendar: Calendar;
  readonly todayOn: CivilDate;
  /** The month of the reading that is due, by measure. */
  readonly readingDue: (ref: string) => Month | undefined;
  /** False once a message holds more clauses than anybody writes: the rest are the person's own words. */
  readonly mayListen: () => boolean;
}

export interface Hearing {
  readonly item: NamedItem;
  readonly facts: HearingFacts;
  readonly fields: Record<string, string>;
  readonly said: Said[];
  readonly questions: PhraseQuestion[];
  /** What was said in the person's own words. */
  readonly free: string[];
  /** The milestone that is spoken of now. */
  milestoneRef: Ref | undefined;
  noChange: boolean;
  period?: Month;
}

export function newHearing(item: NamedItem, facts: HearingFacts): Hearing {
  return { item, facts, fields: {}, said: [], questions: [], free: [], milestoneRef: undefined, noChange: false };
}

/** Reads the head of a clause; the length of what it understood, 0 when these are not its words. `whole`: nothing was read before it. */
export type Head = (text: string, hearing: Hearing, whole: boolean) => number;

/** Inputs that hold one value: two different ones in a message are asked about. */
const single = new Set(['deliveryStatus', 'percentComplete', 'forecastOn', 'effectStatus', 'likelihood', 'impact']);

/** The last said of two values counts. */
export function hear(hearing: Hearing, field: string, value: string, words: string): void {
  const before = hearing.fields[field];
  if (before !== undefined && before !== value && single.has(field))
    ask(hearing, `Two different things were said; the last, "${words.trim()}", is filled in: check it.`);
  hearing.fields[field] = value;
  hearing.said.push({ field, words: words.trim() });
}

export function ask(hearing: Hearing, text: string, field?: string): void {
  hearing.questions.push(field === undefined ? { text } : { field, text });
}

/** A table of words folded once: a message may hold hundreds of clauses. */
export function wordLookup<T>(table: readonly StatusWord<T>[]): (words: string) => StatusWord<T> | undefined {
  const known = new Map([...table].reverse().flatMap((one) => one.words.map((word) => [foldName(word), one] as const)));
  known.delete('');
  return (words) => known.get(foldName(words));
}

const fillers =
  /^(?:(?:it|this|that|is|it's|its|are|now|has|have|been|we|we're|we've|i|i'm|i've|am|at(?![- ]risk)|just|still|currently|also|and|so|well|update|status|delivery|progress|to|fully|up|down|moved|reduced|increased|raised|lowered|gone|remains|looks|going(?! to plan)|think|say|reckon|back|again|overall|rated|would|put|but|then|where|my|our|the)(?=[\s:=-])|[\s:=,.()>*~"-])+/iu;
const connectors =
  /^(?:(?:because|cos|cuz|bcos|as|since|so|and|but|due to|owing to|that|where|which|however|though|although|only)\b|[\s:,.()>*"–-])+/iu;

/** Goes through the clauses with the heads of a kind; what no head understands is the person's own words. */
export function listen(clauses: readonly Clause[], heads: readonly Head[], hearing: Hearing): void {
  let open: { readonly mark: string } | undefined;
  for (const clause of clauses) {
    let rest = clause.text;
    let understood = false;
    for (let length = hearing.facts.mayListen() ? 1 : 0; length > 0;) {
      const { text, taken } = firstOf(rest, heads, hearing, !understood);
      length = taken;
      if (taken > 0) {
        rest = text.slice(taken);
        understood = true;
      }
    }
    const own = (understood ? rest.replace(connectors, '') : rest.replace(/^[\s:,.()>*=-]+/u, ''))
      .replace(/ {2,}/gu, ' ')
      .trim();
    if (isSmallTalk(own)) {
      open = understood ? undefined : open;
      continue;
    }
    const last = hearing.free.length - 1;
    if (open && !understood) hearing.free[last] = `${String(hearing.free[last])}${open.mark}${own}`;
    else hearing.free.push(own.replace(connectors, ''));
    open = { mark: clause.mark };
  }
}

/** The heads are tried with and without the small words before them. */
function firstOf(
  rest: string,
  heads: readonly Head[],
  hearing: Hearing,
  whole: boolean,
): { readonly text: string; readonly taken: number } {
  for (const text of [rest.trimStart(), rest.replace(fillers, '')]) {
    if (text === '') continue;
    for (const head of heads) {
      const taken = head(text, hearing, whole);
      if (taken > 0) return { text, taken };
    }
  }
  return { text: rest, taken: 0 };
}

/** One's own words as sentences. */
export function ownWords(hearing: Hearing): string {
  return hearing.free
    .map((one) => capital(one.replace(/[\s,;:–-]+$/u, '').trim()))
    .filter((one) => one !== '')
    .map((one) => (/[.!?)"]$/u.test(one) ? one : `${one}.`))
    .join(' ');
}

const sameAgain =
  /^(?:no (?:further |real |new |other )?(?:changes?|updates?|news)(?:(?: since| from)(?: the)? last (?:time|meeting|month|update|board|cycle|week)| to report| this (?:time|month|cycle|week)| yet| at all| here| now| either)*|nothing (?:new|to report|to add|has changed|changed|further|different)(?:(?: since| from)(?: the)? last (?:time|meeting|month|update)| to report| this (?:time|month|cycle)| yet)*|(?:still |all )?unchanged|(?:still |all |the |about the )*same(?: as (?:before|last time|last month|last meeting))?|as (?:before|last time|it was|last month)|n\/?c)(?= *$| *[,.;:(-]| (?:and|but|because|as|since|so|still|waiting|we|i|thanks|pls|please)\b)/iu;

/** "No change", for what may be answered so. */
export const noChangeHead: Head = (text, hearing, whole) => {
  const found = whole ? sameAgain.exec(text) : null;
  if (!found) return 0;
  hearing.noChange = true;
  hearing.said.push({ field: 'noChange', words: found[0].trim() });
  return found[0].length;
};
