// What is said of one clause of the notice, and how its state follows from records and gaps. Rules: docs/rules.md, "Clauses".
import type { BoardAssessment } from './assessment';
import type { ClauseExtra, Confirmation } from './clauseRecords';
import type { ClauseEvidence, ClauseGap, ClauseState, ClauseStateName } from './clauseShape';
import { compareText, hasHappened, prepareGrounds, type Grounds } from './grounds';
import { present } from './logFacts';
import type { BoardSnapshot, CivilDate, Meeting, Person, Ref } from './model';
import { count } from './wording';

export type * from './clauseShape';
export { clauseStateWords } from './clauseShape';

/** What every clause is judged from. */
export interface ClauseFacts {
  readonly grounds: Grounds;
  readonly assessment: BoardAssessment;
  readonly extra: ClauseExtra;
  /** Meetings that have ended, the first first. */
  readonly held: readonly Meeting[];
  /** A record up to and including this day is older than a cycle; absent while there are fewer than two meetings. */
  readonly cycleAfterOn: CivilDate | undefined;
  /** A record before this day is older than the months between reviews. */
  readonly halfYearFromOn: CivilDate;
  /** A volunteer is named by their body. */
  readonly nameOf: (personRef: Ref) => string;
}

/** What a rule gathers; its state is concluded from it. */
export interface ClauseDraft {
  readonly clause: string;
  readonly title: string;
  /** What the records show, to be read before "." or ", but ...". */
  readonly shows: string;
  /** The sentence when there is neither record nor open gap. */
  readonly nothing: string;
  readonly evidence: readonly ClauseEvidence[];
  readonly gaps: readonly ClauseGap[];
  readonly toConfirm?: readonly string[];
  /** A newest record before this day makes it partly evidenced. */
  readonly freshFromOn?: CivilDate | undefined;
  readonly always?: ClauseStateName;
  /** What is still to come by its date, which holds back "evidenced". */
  readonly pending?: boolean;
  readonly counts: Readonly<Record<string, number>>;
}

export function prepareClauses(snapshot: BoardSnapshot, assessment: BoardAssessment, extra: ClauseExtra): ClauseFacts {
  const { at, meetingRef } = assessment;
  const grounds = prepareGrounds(snapshot, { at, ...present('meetingRef', meetingRef) });
  const named = (person: Person): string => (person.volunteer ? person.body : person.name);
  return {
    grounds,
    assessment,
    extra,
    held: [...grounds.meetingsBefore].reverse(),
    cycleAfterOn: grounds.meetingsBefore[1]?.on,
    halfYearFromOn: grounds.calendar.addMonths(grounds.on, -grounds.policy.reviewGapMonths),
    nameOf: (ref) => {
      const person = grounds.people.get(ref);
      return person ? named(person) : ref;
    },
  };
}

/** The first day that counts as within the last cycle. */
export function cycleFromOn(facts: ClauseFacts): CivilDate | undefined {
  return facts.cycleAfterOn === undefined ? undefined : facts.grounds.calendar.addDays(facts.cycleAfterOn, 1);
}

export function openGap(text: string, closes: string, since?: CivilDate, refs: readonly Ref[] = []): ClauseGap {
  return { text, closes, open: true, refs, ...present('since', since) };
}

/** A gap of the past: closed on a day, or past putting right. */
export function pastGap(
  text: string,
  closes: string,
  since: CivilDate,
  refs: readonly Ref[],
  closedOn?: CivilDate,
): ClauseGap {
  return { text, closes, open: false, since, refs, ...present('closedOn', closedOn) };
}

/** A record that something was shown on a day; absent, or later than the day judged, it is none. */
export function dated(
  facts: ClauseFacts,
  on: CivilDate | undefined,
  record: (on: CivilDate) => Omit<ClauseEvidence, 'on'>,
): readonly ClauseEvidence[] {
  return hasHappened(on, facts.grounds.on) ? [{ ...record(on), on }] : [];
}

/** The latest of the days, if there is one. */
export function newest(days: readonly (CivilDate | undefined)[]): CivilDate | undefined {
  return days.reduce((last, day) => (day !== undefined && (last === undefined || day > last) ? day : last), undefined);
}

/** The earliest of the days, if there is one. */
export function oldest(days: readonly (CivilDate | undefined)[]): CivilDate | undefined {
  return days.reduce((last, day) => (day !== undefined && (last === undefined || day < last) ? day : last), undefined);
}

/** The one place where a state is reached. */
export function conclude(facts: ClauseFacts, draft: ClauseDraft): ClauseState {
  const confirmed = confirmationOf(facts, draft);
  const evidence = [...draft.evidence].sort(
    (a, b) => compareText(b.on ?? '', a.on ?? '') || compareText(a.ref, b.ref) || compareText(a.text, b.text),
  );
  const on = newest(evidence.map((one) => one.on));
  const gaps = [...draft.gaps, ...staleGap(facts, draft, on)].sort(
    (a, b) =>
      Number(b.open) - Number(a.open) || compareText(a.since ?? '', b.since ?? '') || compareText(a.text, b.text),
  );
  const toConfirm = confirmed ? [] : (draft.toConfirm ?? []);
  const open = gaps.filter((one) => one.open);
  const state = draft.always ?? stateOf(evidence, open, toConfirm, draft.pending === true);
  return {
    clause: draft.clause,
    title: draft.title,
    state,
    sentence: sentenceOf(draft, state, open, toConfirm),
    ...present('on', on),
    evidence,
    gaps,
    toConfirm,
    ...(confirmed
      ? {
          confirmedBy: {
            name: facts.nameOf(confirmed.byRef),
            on: confirmed.on,
            text: confirmed.text,
            ...present('link', confirmed.link),
          },
        }
      : {}),
    counts: draft.counts,
  };
}

function stateOf(
  evidence: readonly ClauseEvidence[],
  open: readonly ClauseGap[],
  toConfirm: readonly string[],
  pending: boolean,
): ClauseStateName {
  if (open.length > 0) return evidence.length > 0 ? 'partly-evidenced' : 'gap';
  if (pending) return 'not-yet-due';
  if (toConfirm.length > 0) return 'for-a-person-to-confirm';
  return evidence.length > 0 ? 'evidenced' : 'not-yet-due';
}

function sentenceOf(
  draft: ClauseDraft,
  state: ClauseStateName,
  open: readonly ClauseGap[],
  toConfirm: readonly string[],
): string {
  const [first] = open;
  const gapsOpen = `${count(open.length, 'gap')} ${open.length === 1 ? 'is' : 'are'} open`;
  if (draft.evidence.length === 0) return first?.text ?? draft.nothing;
  if (first) return `${draft.shows}; ${gapsOpen}.`;
  if (state === 'for-a-person-to-confirm')
    return `${draft.shows}; ${count(toConfirm.length, 'point')} ${toConfirm.length === 1 ? 'waits' : 'wait'} for a person to confirm.`;
  return `${draft.shows}.`;
}

function staleGap(facts: ClauseFacts, draft: ClauseDraft, on: CivilDate | undefined): readonly ClauseGap[] {
  if (on === undefined || draft.freshFromOn === undefined || on >= draft.freshFromOn) return [];
  const text = `The newest record is from ${facts.grounds.calendar.longDate(on)}, older than the clause's period.`;
  return [openGap(text, 'A newer record.', on)];
}

/** The newest confirmation by a person of the board; one that is older than the clause's period has lapsed. */
function confirmationOf(facts: ClauseFacts, draft: ClauseDraft): Confirmation | undefined {
  const { people, on } = facts.grounds;
  const given = (facts.extra.confirmations ?? []).filter(
    (one) =>
      one.clause === draft.clause &&
      one.on <= on &&
      people.has(one.byRef) &&
      (draft.freshFromOn === undefined || one.on >= draft.freshFromOn),
  );
  return [...given].sort((a, b) => compareText(b.on, a.on) || compareText(a.byRef, b.byRef))[0];
}

const parties = ['parents', 'children', 'schools'] as const;
export type Party = (typeof parties)[number];

/** How each party is known in free words such as "Youth panel". */
const partyWords: Readonly<Record<Party, RegExp>> = {
  parents: /parent|carer|famil/i,
  children: /child|young|youth|pupil|student/i,
  schools: /school|college|headteacher|head teacher|nurser|education leader/i,
};

/** Whom the words name; a forum of "parent carers of children" is the parents' alone. */
export function partiesIn(words: string): readonly Party[] {
  const named = parties.filter((one) => partyWords[one].test(words));
  return named.includes('parents')
    ? named.filter((one) => one !== 'children' || /young|youth|pupil/i.test(words))
    : named;
}

/** The parties not among those given. */
export function withoutParties(given: readonly Party[]): readonly Party[] {
  return parties.filter((one) => !given.includes(one));
}
