// Finds what a board must not hold about a child or a private person in free text. Source: docs/rules.md, personal data.

export type PrivacyKind =
  'nhs-number' | 'pupil-number' | 'postcode' | 'date-of-birth' | 'phone' | 'email' | 'small-count';

/** What was found, never the text itself. `refused` is not saved; a `warning` the writer may confirm. */
export interface PrivacyHit {
  readonly kind: PrivacyKind;
  readonly level: 'refused' | 'warning';
}

interface Check {
  readonly kind: PrivacyKind;
  readonly level: PrivacyHit['level'];
  readonly found: (text: string) => boolean;
}

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const datePattern = `(?:\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)?\\s+(?:${months}),?\\s+\\d{4})`;
const birthDate = new RegExp(
  `(?:\\bborn\\b|\\bd\\.?\\s?o\\.?\\s?b\\b|\\bbirth(?:day|\\s?date)?\\b)[^\\d]{0,30}${datePattern}`,
  'iu',
);
/** All upper or all lower case, so that "B09 3rd" is no postcode. */
const postcode =
  /\b(?:[A-Z]{1,2}(?:[1-9]\d|\d[A-Z]?) ?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}(?:[1-9]\d|\d[a-z]?) ?\d[abd-hjlnp-uw-z]{2})\b/u;
const email = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
const phone = /(?<![\d+])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|0(?=[1-9]))(?:\d[\s-]?){9}\d?(?!\d)/u;

const checks: readonly Check[] = [
  {
    kind: 'nhs-number',
    level: 'refused',
    found: (text) => some(text, /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/gu, isNhsNumber),
  },
  {
    kind: 'pupil-number',
    level: 'refused',
    found: (text) => some(text, /(?<![\p{L}\p{N}])[a-z][ -]?\d{11}[\da-z](?![\p{L}\p{N}])/giu, isPupilNumber),
  },
  { kind: 'postcode', level: 'warning', found: (text) => postcode.test(text) },
  { kind: 'date-of-birth', level: 'warning', found: (text) => birthDate.test(text) },
  { kind: 'phone', level: 'warning', found: (text) => phone.test(text) },
  { kind: 'email', level: 'warning', found: (text) => email.test(text) },
  { kind: 'small-count', level: 'warning', found: hasSmallCount },
];

/** Every kind of personal data that a text seems to hold, once each, refused kinds first. */
export function checkText(text: string): readonly PrivacyHit[] {
  const plain = text.normalize('NFKC');
  return checks.filter((check) => check.found(plain)).map(({ kind, level }) => ({ kind, level }));
}

/** What a kind is called in a sentence for the writer. */
export const privacyWords: Readonly<Record<PrivacyKind, string>> = {
  'nhs-number': 'an NHS number',
  'pupil-number': 'a unique pupil number',
  postcode: 'a full postcode',
  'date-of-birth': 'a date of birth',
  phone: 'a phone number',
  email: 'an e-mail address',
  'small-count': 'a count of five or fewer children or families',
};

function some(text: string, pattern: RegExp, accept: (found: string) => boolean): boolean {
  return [...text.matchAll(pattern)].some(([found]) => accept(found));
}

/** Modulus 11 over ten digits. Source: NHS Data Dictionary, NHS NUMBER. */
function isNhsNumber(found: string): boolean {
  const digits = [...found.replace(/\D/gu, '')].map(Number);
  const check = digits.at(-1);
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0);
  return sum > 0 && (11 - (sum % 11)) % 11 === check;
}

/** The check letter over the twelve characters that follow it. Source: DfE guide to unique pupil numbers. */
function isPupilNumber(found: string): boolean {
  const letters = 'ABCDEFGHJKLMNPQRTUVWXYZ';
  const [check, ...rest] = found.toUpperCase().replace(/[ -]/gu, '');
  const values = rest.map((one) => (/\d/u.test(one) ? Number(one) : letters.indexOf(one)));
  const sum = values.reduce((total, value, index) => total + value * (index + 2), 0);
  return !values.includes(-1) && letters[sum % 23] === check;
}

const smallNumbers = /^(?:[1-5]|one|two|three|four|five)$/iu;
const people = /^(?:child(?:ren)?|pupils?|famil(?:y|ies)|parents?|learners?)(?:['’]s?)?$/iu;
const notACount = /^(?:%|per|percent|days?|weeks?|months?|years?|terms?|hours?|minutes?|times|points?|percentage)$/iu;

/** A count of one to five within four words of a child, a family or the like; a share, a time or a school year is none. */
function hasSmallCount(text: string): boolean {
  const words = text
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}%]+|[^\p{L}\p{N}%]+$/gu, ''))
    .filter((word) => word !== '');
  const isPeople = words.map(
    (word, index) =>
      people.test(word) || (/^young$/iu.test(word) && /^(?:person|people)/iu.test(words[index + 1] ?? '')),
  );
  return words.some((word, index) => {
    if (!smallNumbers.test(word)) return false;
    const isCount = !notACount.test(words[index + 1] ?? '') && !/^years?$/iu.test(words[index - 1] ?? '');
    return isCount && isPeople.slice(Math.max(0, index - 4), index + 5).includes(true);
  });
}
