// What an owner says of an action, head by head: percent, status, forecast, what is in the way, effect, milestones.
import { bodiesIn } from './phraseBodies';
import { dueDateHead, forecastHead, forecastLength } from './phraseForecast';
import { ask, hear, noChangeHead, wordLookup } from './phraseHearing';
import type { Head, Hearing } from './phraseHearing';
import { deliveryTable, effectTable } from './planWords';
import type { DeliveryStatus } from './terms';
import { capital, listed } from './wording';

/** The value of an input for "nobody". Source: the form of an action. */
export const nobodyWaitedFor = 'nobody';

const doneWords =
  'done|complete[d]?|completion|finished|there(?: yet)?|through|of the way(?: (?:there|through))?|ready|implemented|delivered|progress(?:ed)?';
/** A share of something else is no progress of the action: `60% of schools`. */
const percentEnds = `(?: (?:${doneWords}))?(?=\\s*(?:$|[,.;:()!&+/"-]|(?:now|so far|but|because|cos|as|and|still|waiting|awaiting|should|forecast|on track|off track|at risk|slipping|stuck|with|eta|by|since|expected|expect|due|overall|i think|in total|or so|likely|held|blocked|no|not|hopefully|will|aiming|need|needs|land|lands|finish|thanks|pls|please|delayed|though)\\b))`;
const percentSign = '\\s?(?:%|percent|per ?cent|per-cent|pct|pc)(?![\\p{L}])';
const about = '(?:(?:approximately|approx\\.?|about|around|roughly|circa|c\\.?|~|say|up to|only)\\s*)?';
const near = '(?:nearly|almost|over|just over|just under|under|more than|less than|at least|maybe|perhaps|well over)';
const fractions: Readonly<Record<string, number>> = {
  'a third': 33,
  'one third': 33,
  'two thirds': 67,
  'a quarter': 25,
  'one quarter': 25,
  'three quarters': 75,
  '1/4': 25,
  '1/3': 33,
  '1/2': 50,
  '2/3': 67,
  '3/4': 75,
  half: 50,
  halfway: 50,
  'half way': 50,
  'half-way': 50,
  'two-thirds': 67,
  'three-quarters': 75,
};
const tens = ['ten', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety', 'hundred'];
const units = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const range = new RegExp(
  `^(?:between |from )?\\d{1,3}\\s*%?\\s*(?:-|–|to|or|and|/)\\s*\\d{1,3}${percentSign}${percentEnds}`,
  'iu',
);
const moved = new RegExp(
  `^(?:up )?from \\d{1,3}(?:${percentSign})?\\s*(?:to|->?|→|up to)\\s*(\\d{1,3})(?:${percentSign})${percentEnds}`,
  'iu',
);
const exact = new RegExp(`^${about}(\\d+(?:\\.\\d+)?)${percentSign}${percentEnds}`, 'iu');
const nearly = new RegExp(`^${near} \\d{1,3}${percentSign}${percentEnds}`, 'iu');
const inWords = new RegExp(
  `^${about}(?:an? |one )?(${tens.join('|')})(?:[ -](${units.join('|')}))?${percentSign}${percentEnds}`,
  'iu',
);
const fraction = new RegExp(
  `^(?:about |around |roughly |nearly |almost |just over |over |c\\.? ?|~)?(${Object.keys(fractions)
    .map((one) => (one.includes('/') ? `${one}(?= (?:${doneWords}))` : one))
    .join('|')})${percentEnds}`,
  'iu',
);
const vague = new RegExp(
  `^(?:(?:very |pretty |so )?(?:nearly|almost|mostly|practically|virtually|largely|partly|partially|part|just about|more or less|about|not (?:yet |quite |all |fully |far off )?|isn't |hasn't been |far from |close to (?:being )?)\\s*(?:${doneWords}|finishing|finish|on track|at risk|off track|stuck|started)|(?:getting|nearing|approaching) (?:there|completion|the end)|no longer (?:on track|at risk|off track|stuck|slipping|delayed|behind))(?: (?:yet|at all))?(?=\\s*(?:$|[,.;:()!"-]|(?:but|because|as|and|yet|now|still|waiting|should|with)\\b))`,
  'iu',
);
const bare = /^(\d{1,3})(?: (?:done|complete|completed|finished))?[\s.!]*$/iu;

const deliveryWord = wordLookup(deliveryTable);
const effectWord = wordLookup(effectTable);

const percentHead: Head = (text, hearing, whole) => {
  const found = moved.exec(text) ?? exact.exec(text) ?? inWords.exec(text);
  const words = found?.[0] ?? '';
  if (found) {
    const word = String(found[1]).toLowerCase();
    const unit = found[2] === undefined ? 0 : units.indexOf(found[2].toLowerCase()) + 1;
    const percent = /^\d/u.test(word) ? Number(word) : (tens.indexOf(word) + 1) * 10 + unit;
    if (Number.isInteger(percent) && percent <= 100) hear(hearing, 'percentComplete', String(percent), words);
    else ask(hearing, `"${words.trim()}": a percentage is a whole number from 0 to 100.`, 'percentComplete');
    return words.length;
  }
  const unsure = range.exec(text)?.[0] ?? nearly.exec(text)?.[0] ?? (whole ? bare.exec(text)?.[0] : undefined);
  if (unsure !== undefined) {
    ask(hearing, `"${unsure.trim()}" is no certain percentage: type a whole number from 0 to 100.`, 'percentComplete');
    return unsure.length;
  }
  const part = fraction.exec(text);
  if (!part) return 0;
  const share = fractions[String(part[1]).toLowerCase()];
  ask(hearing, `"${part[0].trim()}" is about ${String(share)}%: type the number that is right.`, 'percentComplete');
  return part[0].length;
};

const vagueHead: Head = (text, hearing) => {
  const words = vague.exec(text)?.[0] ?? '';
  if (words === '') return 0;
  ask(
    hearing,
    `"${words.trim()}" says what it is not, or not how far it is: choose the status and type the percentage.`,
    'deliveryStatus',
  );
  return words.length;
};

const tail =
  '(?=\\s*(?:$|[,.;:()!/&+"-]|(?:but|because|cos|as|and|now|still|waiting|awaiting|should|with|for|to|since|due to|after|until|at|by|again|on|over|while|so|if|in|due|the|this|unless|pending|thanks|pls|please|overall|we|i|despite|given|although|though|owing|forecast|eta|\\d)\\b))';
const anywhere: readonly { readonly value: DeliveryStatus; readonly pattern: RegExp }[] = [
  {
    value: 'not-started',
    pattern: new RegExp(
      `^(?:not (?:yet )?(?:been )?(?:started|begun)|yet to (?:start|begin)|(?:haven't|havent|hasn't|hasnt) (?:started|begun)(?: yet)?)(?: yet)?${tail}`,
      'iu',
    ),
  },
  {
    value: 'off-track',
    pattern: new RegExp(
      `^(?:(?:well |way |now )?off[- ]?track|not on[- ]?track|stuck|stalled|slipped|behind schedule|off target)${tail}`,
      'iu',
    ),
  },
  {
    value: 'on-track',
    pattern: new RegExp(`^(?:on[- ]?track|on target|on schedule|going to plan|on plan|progressing well)${tail}`, 'iu'),
  },
  {
    value: 'at-risk',
    pattern: new RegExp(
      `^(?:at[- ]?risk|atrisk|slipping(?: a (?:bit|little))?|some slippage|(?:slightly |a bit |a little )?delayed|running late)${tail}`,
      'iu',
    ),
  },
];
const finished =
  /^(?:all )?(?:done|completed?|finished|delivered|closed|implemented|embedded)(?: (?:now|already|today|yesterday|last \w+|this \w+|at last|finally|and dusted|in full|on time|early|and embedded)| (?:on|in) [\w /]{1,20}| \d{1,2}(?:(?:st|nd|rd|th)? [a-z]{3,9}(?: 20\d\d)?|[/.]\d{1,2}(?:[/.]\d{2,4})?))*(?=\s*(?:$|[,.;:()!"-]|(?:and|but|thanks|we|all)\b))/iu;

const statusHead: Head = (text, hearing, whole) => {
  for (const { value, pattern } of anywhere) {
    const words = pattern.exec(text)?.[0];
    if (words === undefined) continue;
    hear(hearing, 'deliveryStatus', value, words);
    // "On track for 14 February" says when as well.
    return (
      words.length +
      (value === 'on-track'
        ? forecastLength(text.slice(words.length).trimStart(), hearing, false, true) + spaces(text.slice(words.length))
        : 0)
    );
  }
  const done = whole ? finished.exec(text)?.[0] : undefined;
  if (done !== undefined) {
    hear(hearing, 'deliveryStatus', /embedded/iu.test(done) ? 'embedded' : 'complete', done);
    // When it was done is part of the story.
    if (/ (?:on|in|last|this|yesterday|today|\d)/iu.test(done)) hearing.free.push(done);
    return done.length;
  }
  const phrase = /^[^,.;:()!?]{2,30}/u.exec(text)?.[0] ?? '';
  const known = whole && phrase.length === text.replace(/[\s.!]+$/u, '').length ? deliveryWord(phrase) : undefined;
  if (!known) return 0;
  if (known.doubt === undefined) hear(hearing, 'deliveryStatus', known.value, phrase);
  else ask(hearing, `"${phrase.trim()}" ${known.doubt}: choose the status.`, 'deliveryStatus');
  return text.length;
};

function spaces(text: string): number {
  return text.length - text.trimStart().length;
}

const inTheWay =
  /^(?:(?:only|all|really|basically) )?(?:(waiting (?:for|on|to hear from|to hear back from)|awaiting|waiting(?=[\s.!]*$)|blocked (?:by|on)|held up (?:by|at|with|in)|stuck (?:on|with|waiting for|behind)|depends on|dependent on|delayed by|chasing)|(?:main |biggest )?(?:blockers?|obstacles?|barriers?)(?: is| are)?\s*[:=-]?|(?:blocked|stuck)\s*[:=-])\s*(.*)$/iu;
const nothingInTheWay =
  /^(?:no (?:longer |more )?(?:blockers?|obstacles?|barriers?|blocked)(?: now| any ?more)?|nothing (?:is )?(?:blocking|in the way|holding (?:us|it) up)|not (?:blocked|waiting (?:for|on) (?:anyone|anybody|anything|any one)(?: else)?(?: now| any ?more| at the moment)*)|no longer (?:blocked|waiting|held up)[^,.;]*|unblocked(?: now)?|(?:blockers?|obstacles?)(?: (?:is|are|has|have)(?: now)?(?: been)?)?\s*:?\s*(?:gone|cleared|removed|resolved|sorted|none|nil|n\/a|lifted))(?=\s*(?:$|[,.;:()!"-]|(?:and|but|so|as)\b))/iu;

const blockerHead: Head = (text, hearing) => {
  const gone = nothingInTheWay.exec(text)?.[0];
  if (gone !== undefined) {
    hear(hearing, 'blocker', '', gone);
    hear(hearing, 'waitingOnBody', nobodyWaitedFor, gone);
    return gone.length;
  }
  const found = inTheWay.exec(text);
  if (!found) return 0;
  const what = String(found[2]).trim();
  if (what === '') {
    ask(hearing, `"${text.trim()}": say in a line what is in the way, and who could help.`, 'blocker');
    return text.length;
  }
  const words = found[1] === undefined ? what : text;
  hear(hearing, 'blocker', capital(words.replace(/[\s.!]+$/u, '')), text);
  const bodies = bodiesIn(what, hearing.facts.snapshot);
  const [body] = bodies;
  if (body !== undefined && bodies.length === 1) hear(hearing, 'waitingOnBody', body, what);
  const before = hearing.facts.snapshot.actions.find((one) => one.ref === hearing.item.ref)?.blocker?.waitingOnBody;
  if (bodies.length === 0 && before !== undefined)
    ask(hearing, `${before} was recorded before: choose who could help now.`, 'waitingOnBody');
  if (bodies.length > 1) ask(hearing, `It may wait for ${listed(bodies)}: choose who could help.`, 'waitingOnBody');
  return text.length;
};

const effectLabel =
  /^(?:the )?(?:effect|impact)(?: so far| status)?\s*(?:(?:is|now|still)\s+|[:=-]\s*)*([a-z ]{2,40})[\s.!]*$/iu;
const difference =
  /^(?:(?:what is |what's )?different for (?:children|families|children and families)|difference|effect|impact)\s*(?:[:=]|\s-\s)\s*(.{3,})$/iu;

const effectHead: Head = (text, hearing, whole) => {
  const label = effectLabel.exec(text)?.[1];
  const plain =
    whole && /\b(?:evidence|too early)\b/iu.test(text) ? /^[a-z ]{2,40}(?=[\s.!]*$)/iu.exec(text)?.[0] : undefined;
  const known = [label, plain].flatMap((words) => (words === undefined ? [] : (effectWord(words) ?? [])))[0];
  if (known) {
    hear(hearing, 'effectStatus', known.value, text);
    return text.length;
  }
  const said = difference.exec(text)?.[1];
  if (said === undefined) return 0;
  hear(hearing, 'effect', capital(said.trim()), text);
  return text.length;
};

const milestone =
  /^milestones? (\d{1,2}(?:(?:,|\+| and| &)+ ?\d{1,2})*)(?: (?:is|are|were|both|was|now|has been|done|all))* (?:done|completed?|finished|met|achieved|delivered|signed off)[\s.!]*$/iu;

const milestoneHead: Head = (text, hearing) => {
  const found = milestone.exec(text);
  if (!found) return 0;
  for (const [number] of String(found[1]).matchAll(/\d+/gu))
    completeMilestone(`${hearing.item.ref}-${Number(number)}`, text, hearing);
  return text.length;
};

/** Ticks a milestone; one that is done already, or that there is none of, is said. */
function completeMilestone(ref: string, words: string, hearing: Hearing): void {
  const known = hearing.facts.snapshot.milestones.find((one) => one.ref === ref && one.actionRef === hearing.item.ref);
  if (!known) ask(hearing, `${hearing.item.ref} has no milestone ${ref}.`, 'milestonesCompleted');
  else if (known.completedOn !== undefined)
    ask(hearing, `Milestone ${ref} is already recorded as done.`, 'milestonesCompleted');
  else {
    hear(hearing, 'milestonesCompleted', [...listedBefore(hearing), ref].join(','), words);
  }
}

function listedBefore(hearing: Hearing): readonly string[] {
  return hearing.fields['milestonesCompleted']?.split(',') ?? [];
}

/** What is said of one milestone: only whether it is done. */
const namedMilestoneHead: Head = (text, hearing, whole) => {
  const ref = hearing.milestoneRef;
  const words = whole ? finished.exec(text)?.[0] : undefined;
  if (ref === undefined || words === undefined) return 0;
  completeMilestone(ref, words, hearing);
  return words.length;
};

export const actionHeads: readonly Head[] = [
  namedMilestoneHead,
  noChangeHead,
  milestoneHead,
  dueDateHead,
  percentHead,
  blockerHead,
  forecastHead,
  statusHead,
  vagueHead,
  effectHead,
];
