// Reads what an owner types in chat: which items, which inputs of their forms, and what was not understood. Nothing is saved here.
import { GB } from 'chrono-node/en';
import type { Calendar } from './calendar';
import type { BoardSnapshot, CivilDate, Month, Ref } from './model';
import { actionHeads } from './phraseAction';
import { dateAt } from './phraseDates';
import type { DateReading, SpeltDate } from './phraseDates';
import { measureHeads, mitigationHeads, riskHeads } from './phraseFigures';
import { ask, hear, listen, newHearing, ownWords } from './phraseHearing';
import type { Head, Hearing, HearingFacts, PhraseQuestion, Said } from './phraseHearing';
import { mentionsIn, nameIndex } from './phraseRefs';
import type { NamedItem, NamedKind } from './phraseRefs';
import { statementsOf } from './phraseStatements';
import type { Unclear } from './phraseStatements';
import { clausesOf, isSmallTalk, plainText, withoutSignature } from './phraseText';
import { deliveryRank, deliveryStatuses } from './terms';
import { capital, plain } from './wording';

export interface PhraseInput {
  readonly text: string;
  readonly snapshot: BoardSnapshot;
  readonly calendar: Calendar;
  /** The day in the board's zone. */
  readonly todayOn: CivilDate;
  /** The person's own: still to answer, and all; a title may be shortened, and with one open no name is needed. */
  readonly openRefs: readonly Ref[];
  readonly ownRefs: readonly Ref[];
  readonly readingDue: (ref: Ref) => Month | undefined;
}

/** What was read of one item. */
export interface PhraseItem {
  readonly kind: NamedKind;
  readonly ref: Ref;
  readonly title: string;
  /** `only`: nothing was named, and one item is open. */
  readonly by: 'ref' | 'title' | 'only';
  /** Named before anything was said of it. */
  readonly first: boolean;
  /** Values of the form's inputs; what was not said is absent. */
  readonly fields: Readonly<Record<string, string>>;
  readonly said: readonly Said[];
  readonly noChange: boolean;
  /** The month of a reading, when one was said. */
  readonly period?: Month;
  readonly questions: readonly PhraseQuestion[];
}

export interface PhraseReading {
  /** In the order in which they were named. */
  readonly items: readonly PhraseItem[];
  /** References that the board does not have, and titles that several have. */
  readonly unclear: readonly Unclear[];
  /** What belongs to no item. */
  readonly leftover: string;
}

const heads: Readonly<Record<NamedKind, readonly Head[]>> = {
  action: actionHeads,
  risk: riskHeads,
  mitigation: mitigationHeads,
  measure: measureHeads,
};
const ownWordsField: Readonly<Record<NamedKind, string>> = {
  action: 'narrative',
  risk: 'reason',
  mitigation: 'narrative',
  measure: 'note',
};

/** Reads a message; the first 5,000 characters of it. Never throws, never names an item that the board does not have. */
export function readPhrases(input: PhraseInput): PhraseReading {
  const { snapshot } = input;
  const index = nameIndex(snapshot, new Set(input.ownRefs));
  const names = snapshot.people.flatMap(({ name }) => [name.toLowerCase(), name.toLowerCase().replace(/ .*$/u, '')]);
  const text = withoutSignature(plainText(input.text), names, (part) => mentionsIn(part, index).length > 0);
  const { statements, unclear, loose } = statementsOf(text, index);
  let clauses = 0;
  const facts: HearingFacts = {
    ...input,
    spell: speller(input.todayOn),
    mayListen: () => (clauses += 1) <= mostClauses,
  };
  const hearings = new Map<Ref, Heard>();
  const hearOf = (item: NamedItem, by: Heard['by'], first: boolean, words: string): Hearing => {
    const known = hearings.get(item.ref) ?? { hearing: newHearing(item, facts), by, first };
    hearings.set(item.ref, known);
    known.hearing.milestoneRef = item.milestoneRef;
    listen(clausesOf(words), heads[item.kind], known.hearing);
    return known.hearing;
  };
  for (const one of statements) for (const item of one.items) hearOf(item, one.by, one.first, one.text);
  let leftover = isSmallTalk(loose) ? '' : loose;
  const only = hearings.size === 0 && unclear.length === 0 ? onlyOpen(input, index.items) : undefined;
  if (only && leftover !== '') {
    const heard = hearOf(only, 'only', true, leftover);
    // Free words alone may be about anything.
    if (heard.said.length === 0 && heard.questions.length === 0) hearings.clear();
    else leftover = '';
  }
  const items = [...hearings.values()].map(itemOf);
  return { items, unclear, leftover };
}

interface Heard {
  readonly hearing: Hearing;
  readonly by: PhraseItem['by'];
  readonly first: boolean;
}

function onlyOpen({ openRefs }: PhraseInput, items: readonly NamedItem[]): NamedItem | undefined {
  const [only, other] = openRefs;
  return other === undefined ? items.find((one) => one.ref === only) : undefined;
}

const shortest = 10;
const longest = 1000;

function itemOf({ hearing, by, first }: Heard): PhraseItem {
  const { item } = hearing;
  const own = ownWords(hearing);
  const field = ownWordsField[item.kind];
  if (own !== '' && own.length < shortest && field !== 'note')
    ask(hearing, `"${own}" was not understood and is too short to tell the board.`);
  else if (own !== '') hear(hearing, field, own, own);
  if (own.length > longest)
    ask(hearing, `These are ${plain(own.length)} characters; at most ${plain(longest)} can be saved.`, field);
  settle(hearing);
  if (item.kind === 'action') checkAction(hearing);
  if (item.kind === 'measure') checkMeasure(hearing);
  const changed = Object.keys(hearing.fields).some((name) => name !== field);
  return {
    kind: item.kind,
    ref: item.ref,
    title: item.title,
    by,
    first,
    fields: hearing.fields,
    said: hearing.said,
    noChange: hearing.noChange && !changed,
    ...(hearing.period === undefined ? {} : { period: hearing.period }),
    questions: hearing.questions,
  };
}

/** "No longer off track, now on track": what was asked was answered in the same breath. */
function settle({ fields, questions }: Hearing): void {
  for (const name of ['deliveryStatus', 'percentComplete']) {
    const at = fields[name] === undefined ? -1 : questions.findIndex((one) => one.field === name);
    if (at >= 0) questions.splice(at, 1);
  }
}

/** What the rules will ask before an action is saved is asked at once. */
function checkAction(hearing: Hearing): void {
  const { fields, facts, item } = hearing;
  const before = facts.snapshot.actions.find((one) => one.ref === item.ref)?.deliveryStatus;
  const said = deliveryStatuses.find((one) => one === fields['deliveryStatus']);
  const status = said ?? before;
  const isWorse = said !== undefined && before !== undefined && deliveryRank[said] < deliveryRank[before];
  if ((isWorse || status === 'off-track') && fields['narrative'] === undefined && hearing.said.length > 0)
    explain(hearing, isWorse);
  if (fields['percentComplete'] === '100' && status !== undefined && deliveryRank[status] < deliveryRank.complete)
    ask(hearing, '100% is not yet "complete": choose the status.', 'deliveryStatus');
}

/** Who said what is in the way has told the board what happened: their own words stand for it. */
function explain(hearing: Hearing, isWorse: boolean): void {
  // The body waited for was named in the words of the blocker.
  const parts = hearing.said.filter((one) => hearing.fields[one.field] !== undefined && one.field !== 'waitingOnBody');
  const words = `${parts.map((one) => one.words).join(', ')}.`;
  if (hearing.fields['blocker'] !== undefined && words.length >= shortest && words.length <= longest)
    hear(hearing, 'narrative', capital(words), words);
  else
    ask(
      hearing,
      `${isWorse ? 'This is worse than before' : 'It is off track'}: say in a line what happened.`,
      'narrative',
    );
}

function checkMeasure(hearing: Hearing): void {
  if (hearing.fields['value'] === undefined || hearing.period !== undefined || hearing.questions.length > 0) return;
  if (hearing.facts.readingDue(hearing.item.ref) === undefined)
    ask(hearing, 'No reading is due now: say for which month this is, for example "December".', 'value');
}

/** A day named at the beginning of some words, or what to ask when more than one may be meant. */
export function spokenDate(words: string, todayOn: CivilDate, calendar: Calendar): DateReading | undefined {
  return dateAt(words, { todayOn, calendar, spell: speller(todayOn) });
}

/** More dates than anybody writes cost more time than a message may take: those after it stay words. */
const mostDates = 20;
const mostClauses = 150;

function speller(todayOn: CivilDate): HearingFacts['spell'] {
  let left = mostDates;
  return (words) => {
    left -= 1;
    return left < 0 ? undefined : spellDate(words, todayOn);
  };
}

/** A day and a month spelt out, by chrono; noon of the day in UTC keeps the server's zone out of it. */
function spellDate(words: string, todayOn: CivilDate): SpeltDate | undefined {
  const instant = new Date(`${todayOn}T12:00:00Z`);
  const [first] = GB.parse(words, { instant, timezone: 0 }, { forwardDate: true });
  if (!first || first.index > 4 || !/^(?:the )?$/iu.test(words.slice(0, first.index)) || first.end) return undefined;
  const { start } = first;
  const day = start.get('day');
  const month = start.get('month');
  if (
    day === null ||
    month === null ||
    !start.isCertain('day') ||
    !start.isCertain('month') ||
    first.tags().has('result/relativeDate')
  )
    return undefined;
  const year = start.isCertain('year') ? start.get('year') : null;
  const weekday = start.isCertain('weekday') ? start.get('weekday') : null;
  return {
    length: first.index + first.text.length,
    day,
    month,
    ...(year === null ? {} : { year }),
    ...(weekday === null ? {} : { weekday }),
  };
}
