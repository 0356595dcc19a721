// Clauses 7, 8, 11 and 12: the advisers' reports, the dates of reviews, and what a reviewer is given. Rules: docs/rules.md, "Clauses".
import {
  dated,
  newest,
  oldest,
  openGap,
  pastGap,
  type ClauseDraft,
  type ClauseEvidence,
  type ClauseFacts,
  type ClauseGap,
} from './clauseState';
import { compareText, hasHappened } from './grounds';
import { present } from './logFacts';
import type { AdviserNote, BoardRole, CivilDate, Ref, Review } from './model';
import { standingReadings } from './takenBack';
import { count, listed, plain } from './wording';

export function reviewClauses(facts: ClauseFacts): readonly ClauseDraft[] {
  return [advisersReports(facts), reviewDates(facts), diagnostic(facts), access(facts)];
}

const reporting: readonly BoardRole[] = ['dfe-send-adviser', 'nhse-adviser'];

/** What each adviser was given and when; what they asked, the answer, the days it stayed open. */
function advisersReports(facts: ClauseFacts): ClauseDraft {
  const { snapshot, calendar, on, people, policy } = facts.grounds;
  const isAdviser = (ref: Ref): boolean => reporting.some((role) => role === people.get(ref)?.boardRole);
  const given = snapshot.dispatches.filter((one) => isAdviser(one.personRef) && one.sentAt <= facts.grounds.at);
  const notes = snapshot.adviserNotes.filter((one) => one.on <= on);
  const daysOpen = (one: AdviserNote): number =>
    calendar.workingDaysBetween(one.on, hasHappened(one.answeredOn, on) ? one.answeredOn : on);
  const slow = notes.filter((one) => daysOpen(one) > policy.adviserQuestionWorkingDays);
  return {
    clause: '7',
    title: "The advisers' reports",
    always: 'the-departments-to-do',
    shows: `The advisers report to the Department; on record are ${count(notes.length, 'question or concern', 'questions and concerns')} and ${count(given.length, 'paper')} sent to them`,
    nothing: 'The advisers report to the Department; nothing that they were given or asked is on record.',
    evidence: [
      ...given.map((one) => ({
        ref: one.meetingRef,
        kind: 'dispatch',
        on: calendar.on(one.sentAt),
        text: `${one.paper}, to ${facts.nameOf(one.personRef)}.`,
      })),
      ...notes.map((one) => ({
        ref: one.ref,
        kind: 'adviser note',
        on: one.on,
        text: `A ${one.kind} of ${facts.nameOf(one.adviserRef)}, ${hasHappened(one.answeredOn, on) ? 'answered after' : 'open for'} ${count(daysOpen(one), 'working day')}.`,
      })),
    ],
    gaps: slow.map((one) => {
      const words = `The ${one.kind} ${one.ref} of ${facts.nameOf(one.adviserRef)}`;
      const days = count(daysOpen(one), 'working day');
      return hasHappened(one.answeredOn, on)
        ? pastGap(`${words} waited ${days}.`, 'Closed by the answer.', one.on, [one.ref], one.answeredOn)
        : openGap(`${words} has waited ${days}.`, 'An answer.', one.on, [one.ref]);
    }),
    counts: {
      given: given.length,
      notes: notes.length,
      open: notes.filter((one) => !hasHappened(one.answeredOn, on)).length,
    },
  };
}

/** Reviews of any kind that were held, the first first. */
export function heldReviews(facts: ClauseFacts): readonly Review[] {
  return facts.grounds.snapshot.reviews
    .filter((one) => one.state === 'held' && one.on <= facts.grounds.on)
    .sort((a, b) => compareText(a.on, b.on) || compareText(a.ref, b.ref));
}

export function bookedReviews(facts: ClauseFacts): readonly Review[] {
  return facts.grounds.snapshot.reviews
    .filter((one) => one.state === 'planned' && one.on >= facts.grounds.on)
    .sort((a, b) => compareText(a.on, b.on) || compareText(a.ref, b.ref));
}

export function reviewEvidence(reviews: readonly Review[]): readonly ClauseEvidence[] {
  return reviews.map((one) => ({ ref: one.ref, kind: 'review', on: one.on, text: `${one.kind}, by ${one.party}.` }));
}

/** The day six months after the last review or the notice, and whether a review is booked by then. */
function reviewDates(facts: ClauseFacts): ClauseDraft {
  const { calendar, on, policy, snapshot } = facts.grounds;
  const latest = (fromOn: CivilDate): CivilDate => calendar.addMonths(fromOn, policy.reviewGapMonths);
  const held = heldReviews(facts);
  const [booked] = bookedReviews(facts);
  const gaps: ClauseGap[] = [];
  let before = snapshot.facts.noticeIssuedOn;
  for (const review of held) {
    if (before !== undefined && review.on > latest(before))
      gaps.push(
        pastGap(
          `${review.ref} came later than ${count(policy.reviewGapMonths, 'month')} after ${calendar.longDate(before)}.`,
          'Closed by the review.',
          latest(before),
          [review.ref],
          review.on,
        ),
      );
    before = review.on;
  }
  const dueOn = before === undefined ? undefined : latest(before);
  const bookedWords = booked ? `${booked.ref} is booked for ${calendar.longDate(booked.on)}` : 'none is booked';
  if (dueOn !== undefined && (on > dueOn || (booked !== undefined && booked.on > dueOn)))
    gaps.push(
      openGap(
        `A review was due by ${calendar.longDate(dueOn)}; ${bookedWords}.`,
        'Ask the Department for a day.',
        dueOn,
      ),
    );
  const due =
    dueOn === undefined ? bookedWords : `the next review is due by ${calendar.longDate(dueOn)}; ${bookedWords}`;
  return {
    clause: '8',
    title: 'Reviews at least every six months',
    always: 'the-departments-to-do',
    shows: `${count(held.length, 'review')} held; ${due}`,
    nothing: `No review has been held yet; ${due}.`,
    evidence: reviewEvidence(held),
    gaps,
    counts: { held: held.length, booked: bookedReviews(facts).length },
  };
}

/** Only when the Department requires one. */
function diagnostic(facts: ClauseFacts): ClauseDraft {
  const isDiagnostic = (one: Review): boolean => /diagnos/i.test(one.kind);
  const held = heldReviews(facts).filter(isDiagnostic);
  const [booked] = bookedReviews(facts).filter(isDiagnostic);
  return {
    clause: '11',
    title: 'A diagnostic review',
    shows: `${count(held.length, 'diagnostic review')} ${held.length === 1 ? 'is' : 'are'} recorded`,
    nothing: booked
      ? `One is booked for ${facts.grounds.calendar.longDate(booked.on)}, by ${booked.party}.`
      : 'The Department has not required one, as far as the record shows.',
    evidence: reviewEvidence(held),
    gaps: [],
    toConfirm:
      held.length === 0
        ? []
        : [
            'That both sides agreed the party, and when.',
            'Its scope, and that the report came.',
            'That its recommendations became actions.',
          ],
    counts: { held: held.length },
  };
}

/** What a reviewer may see: figures with date and source, minutes; people, room and access are for a person to confirm. */
function access(facts: ClauseFacts): ClauseDraft {
  const { snapshot, on, deadlinesOf } = facts.grounds;
  const reviews = [...heldReviews(facts), ...bookedReviews(facts)];
  const isFiled = (one: { readonly minutesFiledOn?: CivilDate }): boolean => hasHappened(one.minutesFiledOn, on);
  const filed = facts.held.filter(isFiled);
  const unfiled = facts.held.filter((one) => !isFiled(one) && deadlinesOf(one).minutesDueOn < on);
  const readings = standingReadings(snapshot).filter((one) => one.reportedOn <= on);
  const sourced = readings.filter((one) => one.source !== undefined);
  const unsourced = readings.length - sourced.length;
  const noLink = filed.filter((one) => one.minutesLink === undefined).map((one) => one.ref);
  return {
    clause: '12',
    title: 'What reviewers are given',
    shows: `Minutes are on file for ${filed.length} of ${count(facts.held.length, 'meeting')}, and a source is named for ${plain(sourced.length)} of ${count(readings.length, 'reading')}`,
    nothing: reviews.length === 0 ? 'No review is recorded or booked.' : 'Nothing is on file yet.',
    evidence:
      reviews.length === 0
        ? []
        : [
            ...filed.flatMap((one) =>
              dated(facts, one.minutesFiledOn, () => ({
                ref: one.ref,
                kind: 'minutes',
                text: `Minutes of ${one.ref}.`,
                ...present('link', one.minutesLink),
              })),
            ),
            ...dated(facts, newest(sourced.map((one) => one.reportedOn)), () => ({
              ref: 'readings',
              kind: 'readings',
              text: `${count(sourced.length, 'reading')} with source and date.`,
            })),
          ],
    gaps:
      reviews.length === 0
        ? []
        : [
            ...(unfiled.length === 0
              ? []
              : [
                  openGap(
                    `No minutes are on file for ${listed(unfiled.map((one) => one.ref))}.`,
                    'File the minutes.',
                    oldest(unfiled.map((one) => deadlinesOf(one).minutesDueOn)),
                    unfiled.map((one) => one.ref),
                  ),
                ]),
            ...(unsourced === 0
              ? []
              : [openGap(`${count(unsourced, 'reading names', 'readings name')} no source.`, 'The source of each.')]),
          ],
    toConfirm:
      reviews.length === 0
        ? []
        : [
            'The people and times offered to the reviewers.',
            'Room, link and equipment.',
            'When access to minutes and data was opened and closed.',
            ...(noLink.length === 0 ? [] : [`Where the minutes of ${listed(noLink)} can be opened.`]),
          ],
    counts: {
      meetings: facts.held.length,
      withMinutes: filed.length,
      readings: readings.length,
      withSource: sourced.length,
    },
  };
}
