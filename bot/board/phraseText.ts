// What people type, made plain: quotes, bullets, emoji and signatures out of the way, cut into clauses that keep their words.

/** Characters read of one message; a page and a half. */
export const readLength = 5000;

/** A part of a sentence as it was typed, with the mark that ended it. */
export interface Clause {
  readonly text: string;
  readonly mark: string;
}

/** One kind of quotes, spaces and line ends; no emoji, no bullets, no control characters. */
export function plainText(text: string): string {
  return text
    .slice(0, readLength)
    .replace(/\p{Surrogate}/gu, ' ')
    .normalize('NFC')
    .replace(/\r\n?|[\u000b\u000c\u2028\u2029]/gu, '\n')
    .replace(/[‘’‚‛′]/gu, "'")
    .replace(/[“”„‟″]/gu, '"')
    .replace(/…/gu, '...')
    .replace(/[\u200b-\u200f\u2060\ufeff\ufe0f\u20e3]|[\p{Cc}\p{Bidi_Control}](?<!\n)/gu, (one) =>
      one === '\t' ? ' ' : '',
    )
    .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}](?<![\d#*])/gu, ' ')
    .replace(/[^\S\n]+/gu, ' ')
    .split('\n')
    .map(withoutBullet)
    .join('\n')
    .trim()
    .replace(greeting, '');
}

const greeting =
  /^(?:hi|hello|hey|hiya|dear|morning|afternoon|good (?:morning|afternoon|evening))\b[^,\n.!:\d]{0,30}(?:[,\n.!:]+|$)\s*/iu;

function withoutBullet(line: string): string {
  return line
    .trim()
    .replace(/^(?:[-*•·▪◦‣>–—]+|o(?= [A-Z])|\(?(?:\d{1,2}|[a-z])[.)](?= ))\s*/u, '')
    .trim();
}

const device =
  /\b(?:sent|typed) (?:from|on|via|using) (?:my |a )?(?:iphone|ipad|phone|mobile|android|samsung|blackberry|work phone|outlook|teams|yahoo|galaxy)\b|\bget outlook for\b/iu;
const signOff =
  /^(?:(?:with )?(?:kind|best|warm|many) (?:regards|wishes|thanks)|regards|thanks(?: again| all| very much| so much)?|thank you(?: all)?|cheers|best|br|kr|ta|yours(?: sincerely)?|speak soon|--|_{2,}|={3,})(?:[,.! ]+\p{L}[\p{L}' -]{0,40})?[,.! ]*$/iu;

/** At the end of a line of one's own: `On track. Kind regards, Freya`. */
const signOffAfter =
  /(?<=[.!,;])\s+(?:(?:with )?(?:kind|best|warm|many) (?:regards|wishes|thanks)|regards)(?:[,.! ]+\p{L}[\p{L}' -]{0,40})?[,.! ]*$/iu;

/** The text before a signature; `names` are those of the board's people. What follows is kept when it still names an item. */
export function withoutSignature(text: string, names: readonly string[], namesItem: (text: string) => boolean): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line, at) => {
    const isEnd = at > 0 && (signOff.test(line) || names.includes(line.replace(/[,.!x ]+$/u, '').toLowerCase()));
    return (isEnd || line.search(device) === 0) && !namesItem(lines.slice(at).join('\n'));
  });
  const kept = (end < 0 ? lines : lines.slice(0, end)).join('\n');
  const at = kept.search(device);
  const own = at < 0 || namesItem(kept.slice(at)) ? kept : kept.slice(0, at);
  const closing = own.search(signOffAfter);
  return (closing < 0 ? own : own.slice(0, closing)).trim();
}

const talk = new Set(
  (
    'hi hello hey dear morning afternoon evening good all there team everyone please pls plz thanks thank you thx ta cheers ' +
    'ok okay yes yep yeah so just quick quickly short brief update updates from me here is are my our the a an for to of on in board ' +
    'as requested sorry delay late below above following fyi hope well re regarding about also and then plus ' +
    "action actions risk risks measure measures mitigation mitigations item items ref i've got i have sure right both that that's it it's its this great lol kr br x"
  ).split(' '),
);

/** True of greetings, thanks and words that only lead to the next. */
export function isSmallTalk(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  return words.every((word) => talk.has(word));
}

/** Where a clause ends by a mark: not within a number, a time or a reference. */
const marks =
  /(?:[,;](?=\s)|[.!?]+(?=\s|$)|(?<!\b(?:blockers?|effect|impact|difference|source|status|forecast))\s+(?:-+>?|–|—|→|\|)\s+|\n)\s*/gu;
/** Words that begin a new clause without a mark. */
const openings =
  /(?<!\b(?:likelihood|impact|now|is|at|currently))\s+(?=(?:but|because|cos|cuz|bcos)\b|(?:should|will|expect(?:ed|ing)?|likely|hop(?:e|ing)) (?:now |to |it |hopefully )*(?:land|finish|complete|be (?:done|finished|complete|completed|ready|in place|live|delivered))\b|forecast\b|eta\b|likelihood (?:now|is|to|up|down|\d)|impact (?:now|is|to|up|down|\d)|and (?:waiting (?:for|on)|should|no change|nothing new|forecast|now|on track|at risk|off track|impact|likelihood|it should|we expect)\b|\d{1,3} ?(?:%|percent|per cent) (?:done|complete|finished)\b)/giu;

/** The clauses of a text, in order. */
export function clausesOf(text: string): readonly Clause[] {
  return split(text, marks, (mark) => mark).flatMap((part) => {
    const inner = split(part.text, openings, () => ' ');
    return inner.map((one, at) => (at === inner.length - 1 ? { text: one.text, mark: part.mark } : one));
  });
}

function split(text: string, at: RegExp, markOf: (found: string) => string): readonly Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (const found of text.matchAll(at)) {
    clauses.push({ text: text.slice(from, found.index), mark: markOf(found[0]) });
    from = found.index + found[0].length;
  }
  clauses.push({ text: text.slice(from), mark: '' });
  return clauses.filter((one) => one.text.trim() !== '');
}
