// When an owner expects an action to be done, in their words: only where they speak of finishing, never a date in passing.
import { dateAt } from './phraseDates';
import { ask, hear } from './phraseHearing';
import type { Head, Hearing } from './phraseHearing';

const split = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words that say that a date is a forecast. */
const strong = split(
  "forecast forecasting forecasted eta expected expect expecting due should will would aim aiming hope hoping hopefully plan planned planning likely target targeting land lands landing finish finishing finishes completion complete completes completing by until slip slips slipped slipping moved pushed ready it'll",
);
/** Words that may stand between. */
const weak = split(
  'is now to be it for on in at before we think i this that date of around about probably still going done finished completed delivered deliver delivery place live go signed off published fully all latest later than no has new hit back into into out end-to-end our my are',
);
const after =
  /^\s*(?:$|[,.;:()!-]|(?:if|but|and|because|as|at the|latest|now|instead|unless|when|provided|providing|depending|subject|hopefully|i (?:think|hope)|or|once|given|assuming|not|with|though|so|for (?:the|our|all)|to|please|pls|thanks|rather|since|due to|at \d|\d{1,2}(?::\d\d)? ?(?:am|pm)|eod|cop|close)\b)/iu;
const sayDay = 'The forecast is a day to come: choose the date.';

/** A forecast at the head of a clause; `loose` after "on track", where "for" is enough. */
export function forecastLength(text: string, hearing: Hearing, whole: boolean, loose = false): number {
  const said = leadOf(text);
  const isStrong = said.words.some((word) => strong.has(word)) || (loose && said.words.length > 0);
  // Small words alone lead to no forecast; "in a fortnight" may be all that was said.
  const lead = isStrong ? said : { words: [], length: 0 };
  const rest = text.slice(lead.length);
  const read = dateAt(rest, hearing.facts, lead.words.at(-1));
  if (!read) return 0;
  const tail = rest.slice(read.length);
  // Without a word that leads to it, a date stands alone.
  if (!(lead.words.length > 0 ? after.test(tail) : whole && /^[\s.!]*$/u.test(tail))) return 0;
  const words = text.slice(0, lead.length + read.length);
  const { calendar, todayOn } = hearing.facts;
  if (read.kind === 'ask') ask(hearing, read.text, 'forecastOn');
  else if (read.on < todayOn) ask(hearing, `${calendar.longDate(read.on)} has passed. ${sayDay}`, 'forecastOn');
  else hear(hearing, 'forecastOn', read.on, words);
  return words.length;
}

function leadOf(text: string): { readonly words: readonly string[]; readonly length: number } {
  const words: string[] = [];
  let length = 0;
  for (const found of text.slice(0, 120).matchAll(/([a-z'-]+)[\s:=]+|(?:[:=~]|->?)\s*/giu)) {
    const word = found[1]?.toLowerCase();
    if (found.index !== length || (word !== undefined && !strong.has(word) && !weak.has(word))) break;
    if (word !== undefined) words.push(word);
    length += found[0].length;
  }
  return { words, length };
}

/** A date in the form of a forecast. */
export const forecastHead: Head = (text, hearing, whole) => forecastLength(text, hearing, whole);

const moving =
  /^(?:(?:can|could|please|need|want|would like|like|request|requesting|asking|ask|i|we|to|an?|the|you|for|have)\s+)*(?:(?:move|extend|change|push|shift)\w*\s+(?:the |our |my |its |back )*(?:due date|deadline|date)\b|(?:extension|more time|new (?:due date|deadline))\b|(?:due date|deadline)\s+(?:to|should|needs|must|change|moved|extension)\b).*$/iu;

/** A due date moves by request, with a reason and somebody's decision. */
export const dueDateHead: Head = (text, hearing) => {
  const found = moving.exec(text);
  if (!found) return 0;
  ask(
    hearing,
    `"${found[0].trim()}": a due date moves by request, so nothing was filled in for it. Use "Ask to move the date".`,
  );
  return found[0].length;
};
