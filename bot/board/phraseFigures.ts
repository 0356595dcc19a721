// What an owner says of a risk, a mitigation or a measure, head by head: scores, steps, and readings with their month.
import { mitigationField } from './answers';
import { ask, hear, noChangeHead, wordLookup } from './phraseHearing';
import type { Head, Hearing } from './phraseHearing';
import { monthNumber } from './planDates';
import { scoreTable, stepTable } from './planWords';
import type { CivilDate, Month } from './terms';
import { monthName } from './wording';

const moves =
  '(?:score|rating|is|are|now|to|at|has|have|gone|goes|going|moved|moves|up|down|back|still|remains?|stays?|raised|rises|risen|drops?|dropped|reduced|lowered|increased|should|be|put|changed|from [1-5]|->?|→|=|:|-)';
const level =
  '(\\d{1,3}(?:\\.\\d+)?|one|two|three|four|five|very low|low|medium|moderate|high|very high|rare|unlikely|possible|likely|almost certain|certain|minor|major|severe|negligible|critical)';
const scale = '(?:\\s*(?:/|out of)\\s*5)?(?![\\p{L}\\p{N}%])';
const scored = new RegExp(
  `^(?:the |current )*(likelihood|lhood|probability|impact)(?:\\s*${moves})*\\s*${level}${scale}`,
  'iu',
);
const lettered = new RegExp(`^([li])\\s?[=:]?\\s?([1-5])${scale}`, 'iu');
const both = new RegExp(
  `^(?:both|likelihood (?:and|&) impact|impact (?:and|&) likelihood|l ?(?:&|and) ?i)(?:\\s*${moves}|\\s*both)*\\s*${level}${scale}`,
  'iu',
);
const product = /^([1-5])\s*(?:x|×|\*|by)\s*([1-5])(?:\s*=\s*\d{1,2})?(?![\p{L}\p{N}])/iu;
const totals = new RegExp(
  `^(?:the )?(?:risk )?(?:score|rating|total|overall)(?:\\s*${moves})*\\s*\\d{1,2}|^${moves}\\s+\\d{1,2}(?=[\\s,.;]|$)`,
  'iu',
);
const unsaid =
  /^(?:the )?(likelihood|impact)(?:\s+(?:is|has|now|gone|going|a bit|much|slightly))*\s+(?:up|down|higher|lower|worse|better|rising|falling|increased|reduced|the same|unchanged|same)(?=[\s,.;]|$)/iu;
const closing = /^(?:(?:can|could|should|to|be|please|now) )*(?:closed?|close it|retire[d]?)(?=[\s,.;]|$)[^,.;]*/iu;
const step = /^mitigation (?:step )?(\d{1,2})(?: (?:is|was|now|has been))*\s*[:=-]?\s*([a-z -]{2,30}?)[\s.!]*$/iu;

const numberWords = ['one', 'two', 'three', 'four', 'five'];
const scoreWord = wordLookup(scoreTable);
const stepWord = wordLookup(stepTable);

const scoreHead: Head = (text, hearing) => {
  const two = product.exec(text);
  if (two) {
    setLevel('likelihood', String(two[1]), two[0], hearing);
    setLevel('impact', String(two[2]), two[0], hearing);
    return two[0].length;
  }
  const same = both.exec(text);
  if (same) {
    for (const name of ['likelihood', 'impact']) setLevel(name, String(same[1]), same[0], hearing);
    return same[0].length;
  }
  const one = scored.exec(text) ?? lettered.exec(text);
  if (one) {
    setLevel(/^i/iu.test(String(one[1])) ? 'impact' : 'likelihood', String(one[2]), one[0], hearing);
    return one[0].length;
  }
  const vague = unsaid.exec(text) ?? totals.exec(text) ?? closing.exec(text);
  if (!vague) return 0;
  const name = /likelihood|impact/iu.exec(vague[1] ?? '')?.[0].toLowerCase();
  if (name !== undefined) ask(hearing, `"${vague[0].trim()}" gives no figure: choose ${name}, 1 to 5.`, name);
  else if (closing.test(vague[0]))
    ask(hearing, `"${vague[0].trim()}": the secretary closes a risk. Its scores can be changed here.`);
  else ask(hearing, `"${vague[0].trim()}": a score is likelihood times impact. Choose both, 1 to 5.`, 'likelihood');
  return vague[0].length;
};

function setLevel(name: string, said: string, words: string, hearing: Hearing): void {
  const inWords = numberWords.indexOf(said.toLowerCase()) + 1;
  const value = /^\d/u.test(said) ? Number(said) : inWords > 0 ? inWords : scoreWord(said)?.value;
  if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= 5)
    hear(hearing, name, String(value), words);
  else ask(hearing, `"${words.trim()}": ${name} is a whole number from 1 to 5.`, name);
}

const stepHead: Head = (text, hearing) => {
  const found = step.exec(text);
  const status = found && stepWord(String(found[2]));
  if (!found || !status) return 0;
  const ref = `${hearing.item.ref}.${Number(found[1])}`;
  if (hearing.facts.snapshot.mitigations.some((one) => one.ref === ref))
    hear(hearing, `${mitigationField}${ref}`, status.value, text);
  else ask(hearing, `${hearing.item.ref} has no mitigation ${ref}.`);
  return text.length;
};

export const riskHeads: readonly Head[] = [noChangeHead, stepHead, scoreHead];

const stepStatus =
  /^(not (?:yet )?started|in progress|under ?way|in place|started|ongoing|partly done|(?:all |now )?(?:done|completed?|finished|implemented|closed))(?=\s*(?:$|[,.;:()!-]|(?:and|but|because|as|now|since|with|last|on|today|yesterday)\b))/iu;

const mitigationHead: Head = (text, hearing, whole) => {
  const words = whole ? (stepStatus.exec(text)?.[0] ?? /^[a-z -]{2,30}(?=[\s.!]*$)/iu.exec(text)?.[0]) : undefined;
  const known = words === undefined ? undefined : stepWord(words.replace(/^(?:all|now) |\byet /giu, ''));
  if (words === undefined || !known) return 0;
  hear(hearing, 'status', known.value, words);
  return words.length;
};

export const mitigationHeads: readonly Head[] = [noChangeHead, mitigationHead];

const monthWord =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const figure = '-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|-?\\d+(?:\\.\\d+)?';
/** Its groups: a month and year in figures, a month by its name, its year, a quarter, a word of doubt, a figure. */
const readingParts = new RegExp(
  [
    `(20\\d\\d-(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/20\\d\\d)(?![\\d/-])`,
    `(${monthWord})(?![a-z])\\.?(?:[ ,'-]*(20\\d\\d|2\\d(?=[\\s:=,-]+(?:is |was |at |reading |value |= ?)?\\d))(?![\\d.%]))?`,
    `(q[1-4])(?![a-z\\d])`,
    `((?:about|around|roughly|approx\\.?|approximately|nearly|almost|c\\.|~|between|over|under)(?=\\s*\\d))`,
    `from (?:${figure})\\s?%?\\s*(?:to|->?|→)(?=\\s*\\d)`,
    `(${figure})\\s?(?:%|percent\\b|per ?cent\\b|pct\\b)?(?![\\p{L}\\d])`,
    `(?:this|last) month(?![a-z])`,
    `(?:is|was|at|for|in|of|the|now|reading|value|figure|result|latest|came|comes|out|up|down|to|weeks?|days?|children|families|plans|cases|per|and|it|we|are|just|all|this|from|actual|month|end|area|stands|still|only|new|'s)(?![\\p{L}\\d])`,
    `[\\s:=()'"-]+`,
  ].join('|'),
  'iuy',
);

const readingHead: Head = (text, hearing) => {
  const read = partsOfReading(text.slice(0, 200));
  const { figures, months, length } = read;
  if (figures.length === 0 && months.length === 0) return 0;
  const words = text.slice(0, length);
  // A figure among other words is part of them.
  if (
    !/^\s*(?:$|[,.;()!-]|(?:as|because|but|which|due|source|per|note|so|with|since|after|following|not|based|revised|provisional|unvalidated|please|pls|thanks|vs|against|compared|better|worse)\b)/iu.test(
      text.slice(length),
    )
  )
    return 0;
  for (const month of months) setMonth(month, words, hearing);
  const [only, other] = figures;
  if (only !== undefined && other === undefined && !read.about && hearing.fields['value'] === undefined)
    hear(hearing, 'value', only, words);
  else if (only !== undefined) {
    delete hearing.fields['value'];
    ask(hearing, `"${words.trim()}" is no certain reading: type the one number that is right.`, 'value');
  }
  return length;
};

interface ReadingParts {
  readonly figures: string[];
  readonly months: { readonly month: number; readonly year?: number; readonly quarter?: string }[];
  about: boolean;
  length: number;
}

function partsOfReading(text: string): ReadingParts {
  const read: ReadingParts = { figures: [], months: [], about: false, length: 0 };
  for (let found = next(text, 0); found; found = next(text, read.length)) {
    const [, iso, month, year, quarter, about, number] = found;
    if (iso !== undefined)
      read.months.push(
        iso.includes('-')
          ? { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5)) }
          : { year: Number(iso.slice(-4)), month: Number(iso.slice(0, -5)) },
      );
    if (month !== undefined)
      read.months.push({
        month: monthNumber(month.toLowerCase()),
        ...(year === undefined ? {} : { year: Number(year.padStart(4, '20')) }),
      });
    if (quarter !== undefined) read.months.push({ month: 0, quarter });
    if (about !== undefined) read.about = true;
    if (number !== undefined) read.figures.push(number.replaceAll(',', ''));
    read.length += found[0].length;
  }
  return read;
}

function next(text: string, from: number): RegExpExecArray | null {
  readingParts.lastIndex = from;
  return readingParts.exec(text);
}

/** A month without a year is the last of its name that has begun. */
function setMonth(said: ReadingParts['months'][number], words: string, hearing: Hearing): void {
  const { todayOn } = hearing.facts;
  if (said.quarter !== undefined) {
    ask(hearing, `"${said.quarter}" is no month: say which month the reading is for, for example "December".`, 'value');
    return;
  }
  const ofYear = (year: number): Month => `${year}-${String(said.month).padStart(2, '0')}`;
  const thisYear = Number(todayOn.slice(0, 4));
  const period =
    said.year === undefined
      ? ofYear(thisYear) <= todayOn.slice(0, 7)
        ? ofYear(thisYear)
        : ofYear(thisYear - 1)
      : ofYear(said.year);
  const measure = hearing.facts.snapshot.measures.find((one) => one.ref === hearing.item.ref);
  if (period > todayOn.slice(0, 7))
    ask(hearing, `${monthName(period)} has not begun: no reading can be given for it yet.`, 'value');
  else if (measure?.frequency === 'quarterly' && !measure.readingMonths.includes(period.slice(5)))
    ask(
      hearing,
      `${hearing.item.ref} has no reading for ${monthName(period)}: it is read in ${measure.readingMonths.map((one) => monthName(`2000-${one}`).replace(' 2000', '')).join(', ')}.`,
      'value',
    );
  else {
    if (hearing.period !== undefined && hearing.period !== period)
      ask(hearing, `Two months were named: this is the reading for ${monthName(period)}.`, 'value');
    if (period === todayOn.slice(0, 7))
      ask(hearing, `${monthName(period)} is not over yet: check that the reading is for it.`, 'value');
    if (said.year === undefined && period < monthsBefore(todayOn, 6))
      ask(hearing, `This would be the reading for ${monthName(period)}: say the year when another is meant.`, 'value');
    hearing.period = period;
    hearing.said.push({ field: 'period', words: words.trim() });
  }
}

function monthsBefore(on: CivilDate, n: number): Month {
  const months = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 - n;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

const sourced = /^(?:source|from|per|according to|as per)\s*[:=-]?\s+(.{3,200})$/iu;

const sourceHead: Head = (text, hearing) => {
  const source = sourced.exec(text)?.[1];
  if (source === undefined || !/[a-z]/iu.test(source)) return 0;
  hear(hearing, 'source', source.replace(/[\s.!]+$/u, ''), text);
  return text.length;
};

const missing =
  /^(?:no (?:data|figures?|reading|return)(?: yet)?|not (?:available|in|ready|published)(?: yet)?|n\/a|tbc|awaiting(?: the)? (?:data|figures?|return)|(?:still )?(?:unchanged|(?:the )?same(?: as (?:last (?:month|time)|before))?)|no change)[^,.;]*/iu;

const missingHead: Head = (text, hearing, whole) => {
  const words = whole ? missing.exec(text)?.[0] : undefined;
  if (words === undefined) return 0;
  ask(hearing, `"${words.trim()}": a reading is a number for its month, also when it is the same as before.`, 'value');
  return words.length;
};

export const measureHeads: readonly Head[] = [missingHead, readingHead, sourceHead];
