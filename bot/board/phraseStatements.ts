// Which words of a message speak of which item: a reference at the head of a sentence, after a comma, or behind "on".
import { mentionsIn } from './phraseRefs';
import type { Mention, NameIndex, NamedItem } from './phraseRefs';
import { isSmallTalk } from './phraseText';
import type { Ref } from './model';

export interface Statement {
  /** More than one: what follows is said of each. */
  readonly items: readonly NamedItem[];
  readonly by: 'ref' | 'title';
  /** Named before anything was said, not in passing. */
  readonly first: boolean;
  readonly text: string;
}

/** What looks like the name of an item and is none, with those it may be and what was said of it. */
export interface Unclear {
  readonly words: string;
  readonly nearest: readonly Ref[];
  readonly text: string;
}

export interface Statements {
  readonly statements: readonly Statement[];
  readonly unclear: readonly Unclear[];
  /** What was said before anything was named. */
  readonly loose: string;
}

interface Open {
  readonly mentions: Mention[];
  text: string;
  /** Named in the middle of a sentence: alone, it is only mentioned. */
  readonly inside: boolean;
  readonly first: boolean;
}

/** The statements of a message, in the order in which their items are named. */
export function statementsOf(text: string, index: NameIndex): Statements {
  const opened: Open[] = [];
  let loose = '';
  const say = (words: string): void => {
    const current = opened.at(-1);
    if (current) current.text += words;
    else loose += words;
  };
  for (const { words, end } of sentencesOf(text)) {
    let from = 0;
    let previous: { readonly mention: Mention; readonly role: Role } | undefined;
    let ownSubject = false;
    for (const mention of mentionsIn(words, index)) {
      const before = words.slice(from, mention.from);
      const role = roleOf({
        before,
        gap: words.slice(previous ? previous.mention.to : from, mention.from),
        after: words.slice(mention.to),
        mention,
        previous,
        ownSubject,
        carried: opened.length > 0,
      });
      const last = opened.at(-1);
      if (role === 'joined' && last) {
        last.mentions.push(mention);
        from = mention.to;
      } else if (role === 'same') {
        from = mention.to;
      } else if (role !== 'mention') {
        const kept = role === 'behind' ? headOf(before, ownSubject) : before;
        say(kept);
        const rest = before.slice(kept.length).replace(behindWords, '');
        const inside = role === 'inside' && opened.length > 0;
        opened.push({ mentions: [mention], text: rest === '' ? '' : `${rest} `, inside, first: role === 'head' });
        from = mention.to;
        ownSubject = true;
      }
      previous = { mention, role };
    }
    say(words.slice(from));
    say(end);
  }
  return { ...sorted(opened), loose: loose.trim() };
}

function sentencesOf(text: string): readonly { readonly words: string; readonly end: string }[] {
  const found = [...text.matchAll(/(?:[^\n.!?;]|[.!?;](?=\S))+/gu)];
  return found.map((one) => {
    const to = one.index + one[0].length;
    return { words: one[0], end: String(/^[.!?;]*\s*/u.exec(text.slice(to, to + 10))) };
  });
}

/**
 * `head`: begins what is said of it; `inside`: the same after a comma; `behind`: what stands before is said of it;
 * `joined`: one more of a list; `same`: its title beside its ref; `mention`: only spoken of.
 */
type Role = 'head' | 'inside' | 'behind' | 'joined' | 'same' | 'mention';

interface Place {
  readonly before: string;
  /** Since the mention before this one. */
  readonly gap: string;
  readonly after: string;
  readonly mention: Mention;
  readonly previous: { readonly mention: Mention; readonly role: Role } | undefined;
  readonly ownSubject: boolean;
  readonly carried: boolean;
}

const joiner = /^[\s,&+/()–-]*(?:and|plus|also|&)?[\s,(]*$/iu;
const behindWords = /[\s,]*\b(?:on|for|re|about|with|against|to|of|regarding|in)?[\s:]*$/iu;
const sayings =
  /\bno (?:change|changes|update|updates|news)\b|\bnothing (?:new|to|has)\b|\b(?:unchanged|same)\b|\d\s?(?:%|per ?cent)|\b(?:done|complete|completed|finished|on track|off track|at risk|slipping|stuck|not started|likelihood|impact|reading|value|figure|forecast|update)\b|^\s*\d/iu;
const cues =
  /\b(?:waiting|depend\w*|blocked|link(?:s|ed)|see|because|due to|after|until|once|rel(?:ies|iant|ated)|held up|based|(?:impact|effect|work|progress|discussion|as|same) (?:on|as|with|for))\b/iu;
const value =
  /^\s*(?:[:=]|(?:is |now |at |still )*(?:\d{1,3}\s?(?:%|per ?cent)|on track|off track|at risk|done|complete|stuck|slipping|no change|unchanged|likelihood|impact))/iu;

function roleOf(place: Place): Role {
  const { before, mention, previous } = place;
  const adjacent = previous !== undefined && joiner.test(place.gap);
  if (adjacent && previous.role !== 'mention') return besideSubject(before, previous.mention, mention);
  if (adjacent) return 'mention';
  if (isSmallTalk(before)) return 'head';
  if (mention.by === 'ref' && /(?:[,:–-]|\b(?:and|then|plus|also|but))\s*$/iu.test(before)) return 'inside';
  if (!place.carried) return 'behind';
  if (/\b(?:on|for|re|about|to|regarding)[\s:]*$/iu.test(before) && sayings.test(before) && !cues.test(before))
    return 'behind';
  return mention.by === 'ref' &&
    value.test(place.after) &&
    !/\b(?:on|by|for|see|to|of|from|than|like|as|with|in|until|after|via)\s*$/iu.test(before)
    ? 'inside'
    : 'mention';
}

function besideSubject(between: string, before: Mention, mention: Mention): Role {
  if (mention.item && before.item?.ref === mention.item.ref && mention.item.milestoneRef === undefined) return 'same';
  // Words of another item's title right behind a reference are only words.
  return mention.by === 'title' && before.by === 'ref' && !/,|and|&|\+/iu.test(between) ? 'mention' : 'joined';
}

const newClause = /(?:,|\s[-–—]|\s(?:and|but))\s/giu;

/** What stood before a new item and still belongs to the one before it: `60% done no change on` ..., `on track, 85% on` ... */
function headOf(before: string, ownSubject: boolean): string {
  if (!ownSubject) return '';
  const at = before.search(
    /(?:\b(?:and|but) )?\b(?:no (?:change|changes|update|updates|news)|nothing (?:new|to|has)|unchanged|same)\b(?!.*\b(?:no (?:change|update)|nothing|unchanged|same)\b)/iu,
  );
  const end = at < 0 ? ([...before.matchAll(newClause)].at(-1)?.index ?? 0) : at;
  return before.slice(0, end);
}

/** A name in the middle of which nothing is said goes back into the words around it. */
function sorted(opened: readonly Open[]): Omit<Statements, 'loose'> {
  const kept: Open[] = [];
  for (const one of opened) {
    const last = kept.at(-1);
    if (one.inside && last && isSmallTalk(one.text))
      last.text += `${one.mentions.map((mention) => mention.words).join(' ')}${one.text}`;
    else kept.push(one);
  }
  const statements: Statement[] = [];
  const unclear: Unclear[] = [];
  for (const { mentions, text, first } of kept) {
    const items = mentions.flatMap((one) => one.item ?? []);
    const by = mentions.some((one) => one.by === 'ref') ? 'ref' : 'title';
    if (items.length > 0) statements.push({ items, by, first, text: text.trim() });
    for (const one of mentions)
      if (one.nearest)
        unclear.push({ words: one.words, nearest: one.nearest, text: items.length > 0 ? '' : text.trim() });
  }
  return { statements, unclear };
}
