// What an answer comes to while it is read: changes, words and issues of one item, kept in step.
import type { AnswerIssue, RecordAddition, RecordChange } from './answers';
import type { Calendar } from './calendar';
import type { BoardSnapshot, ChangedFields, CivilDate, Ref } from './model';
import { plain } from './wording';

/** What an answer comes to before permission, requests and privacy are looked at. */
export interface Draft {
  readonly changes: readonly RecordChange[];
  readonly additions: readonly RecordAddition[];
  readonly before: ChangedFields;
  readonly after: ChangedFields;
  /** In words, without what people wrote. */
  readonly changed: readonly string[];
  readonly issues: readonly AnswerIssue[];
  /** What people wrote, by input. */
  readonly texts: readonly { readonly field: string; readonly text: string }[];
  readonly noChange: boolean;
  readonly narrative?: string;
  readonly effect?: string;
  readonly blocker?: string;
  readonly evidenceLink?: string;
}

export interface RuleFacts {
  readonly snapshot: BoardSnapshot;
  readonly on: CivilDate;
  readonly calendar: Calendar;
}

/** Field values of one record while they are collected. */
export type Fields = Record<string, string | number | boolean | null>;

/** Trimmed, without control characters and lone surrogates; undefined when nothing is left. */
export function tidy(text: string | undefined): string | undefined {
  const clean = text
    ?.replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
  return clean === '' ? undefined : clean;
}

/** True for a date that exists, years 2000 to 2099. */
export function isCivilDate(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/u.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const narrativeLimits = { min: 10, max: 1000 };
export const textLimits = { min: 1, max: 1000 };
export const lineLimits = { min: 1, max: 300 };

/** Collects what an answer changes; one for each answer. */
export interface Collected {
  readonly issues: AnswerIssue[];
  /** What changed, in words. */
  readonly words: string[];
  readonly before: Fields;
  readonly after: Fields;
  readonly texts: { field: string; text: string }[];
  refuse(field: string, message: string): void;
  /** Records a change in the update history under `name`. */
  note(name: string, before: string | number | boolean | undefined, after: string | number | boolean | null): void;
  /** A text that people wrote: tidied, measured, kept for the privacy check. */
  text(
    field: string,
    given: string | undefined,
    limits: { readonly min: number; readonly max: number },
  ): string | undefined;
}

export function collect(): Collected {
  const found: Collected = {
    issues: [],
    words: [],
    before: {},
    after: {},
    texts: [],
    refuse: (field, message) => {
      found.issues.push({ field, message });
    },
    note: (name, before, after) => {
      found.before[name] = before ?? null;
      found.after[name] = after;
    },
    text: (field, given, { min, max }) => {
      const text = tidy(given);
      if (text === undefined) return undefined;
      const length = [...text].length;
      if (length < min) found.refuse(field, `Please write at least ${min} characters.`);
      if (length > max)
        found.refuse(field, `Please write at most ${plain(max)} characters; these are ${plain(length)}.`);
      found.texts.push({ field, text });
      return text;
    },
  };
  return found;
}

/** The change of one record. */
export function changeOf(
  record: RecordChange['record'],
  subject: { readonly ref: Ref; readonly stamp?: RecordChange['stamp'] },
  changes: ChangedFields,
): RecordChange {
  return { record, ref: subject.ref, ...(subject.stamp ? { stamp: subject.stamp } : {}), changes };
}

/** The draft of an answer; one that changes and says nothing is "no change". */
export function draft(
  found: Collected,
  changes: readonly RecordChange[],
  said: {
    readonly noChange?: boolean;
    readonly narrative?: string | undefined;
    readonly effect?: string | undefined;
    readonly blocker?: string | undefined;
    readonly evidenceLink?: string | undefined;
  },
): Draft {
  const { narrative, effect, blocker, evidenceLink } = said;
  const silent = found.words.length === 0 && [narrative, effect, evidenceLink].every((one) => one === undefined);
  return {
    changes,
    additions: [],
    before: found.before,
    after: found.after,
    changed: [
      ...found.words,
      ...(narrative === undefined ? [] : ['What happened']),
      ...(effect === undefined ? [] : ['What is different for children and families']),
    ],
    issues: found.issues,
    texts: found.texts,
    noChange: said.noChange ?? silent,
    ...(narrative === undefined ? {} : { narrative }),
    ...(effect === undefined ? {} : { effect }),
    ...(blocker === undefined ? {} : { blocker }),
    ...(evidenceLink === undefined ? {} : { evidenceLink }),
  };
}
