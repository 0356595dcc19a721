// The track of a stocktake or deep dive: collect, draft, sign off, send, counted back from its day. Source: docs/rules.md.
import { calendarOf } from './cycle';
import type { BoardSnapshot, CivilDate, Instant, Ref, Review } from './model';
import type { BoardPolicy } from './policy';

export const reviewStepNames = ['collect', 'draft', 'sign-off', 'send'] as const;
export type ReviewStepName = (typeof reviewStepNames)[number];

export interface ReviewStep {
  readonly reviewRef: Ref;
  readonly step: ReviewStepName;
  readonly on: CivilDate;
  /** When its messages go out. */
  readonly at: Instant;
  /** Who is asked to act, in order of ref. */
  readonly personRefs: readonly Ref[];
  /** What is to be done, for people. */
  readonly what: string;
  /** Why nothing is left to do; absent while there is. */
  readonly done?: string;
}

/** Working days before the review. Source: docs/rules.md, the cycle. */
const workingDaysBefore: Readonly<Record<ReviewStepName, number>> = { collect: 15, draft: 10, 'sign-off': 6, send: 5 };
const sentAtTime = '09:00';

const words: Readonly<Record<ReviewStepName, string>> = {
  collect: 'Collect what the self-assessment rests on',
  draft: 'Read the draft of the self-assessment',
  'sign-off': 'Sign the self-assessment off',
  send: 'Send the self-assessment',
};

/** The steps of each review that is still to come; a stored day for the self-assessment is the day it is sent. */
export function reviewTrack(snapshot: BoardSnapshot, policy: BoardPolicy, at: Instant): readonly ReviewStep[] {
  const calendar = calendarOf(policy);
  const ahead = snapshot.reviews.filter((one) => one.state === 'planned' && one.on >= calendar.on(at));
  return ahead.flatMap((review) =>
    reviewStepNames.map((step) => {
      const counted = calendar.addWorkingDays(review.on, -workingDaysBefore[step]);
      const on = step === 'send' ? (review.selfAssessmentDueOn ?? counted) : counted;
      const done = doneWords(review, step);
      return {
        reviewRef: review.ref,
        step,
        on,
        at: calendar.at(on, later(sentAtTime, policy.sendingFromTime)),
        personRefs: peopleFor(snapshot, step),
        what: `${words[step]} for the ${review.kind} on ${calendar.longDate(review.on)}.`,
        ...(done === undefined ? {} : { done }),
      };
    }),
  );
}

/** Of each review the latest step that is due and not done; the one before it has lost its turn. */
export function reviewStepsDue(snapshot: BoardSnapshot, policy: BoardPolicy, at: Instant): readonly ReviewStep[] {
  const track = reviewTrack(snapshot, policy, at).filter((one) => one.at <= at && one.done === undefined);
  return track.filter((one, index) => track[index + 1]?.reviewRef !== one.reviewRef);
}

/** The step under which the ledger keeps the messages of a step of a review. */
export function reviewNotice(step: Pick<ReviewStep, 'reviewRef' | 'step'>): `notice:${string}` {
  return `notice:review:${step.step}:${step.reviewRef}`;
}

function doneWords(review: Review, step: ReviewStepName): string | undefined {
  if (review.sentOn !== undefined) return 'The self-assessment was sent.';
  return review.signedOffByRef !== undefined && step !== 'send' ? 'The self-assessment was signed off.' : undefined;
}

function peopleFor(snapshot: BoardSnapshot, step: ReviewStepName): readonly Ref[] {
  const { people, facts } = snapshot;
  const volunteers = new Set(snapshot.bodies.filter((one) => one.volunteer).map((one) => one.name));
  const chosen = people.filter((one) => {
    switch (step) {
      case 'collect':
      case 'send':
        return one.boardRole === 'secretary';
      case 'draft': {
        const forum = one.boardRole === 'member' && (one.volunteer || volunteers.has(one.body));
        return one.boardRole === 'chair' || (forum && /\bforum\b/iu.test(one.body));
      }
      case 'sign-off':
        return one.body === facts.localAuthority && /\baccountable officer\b/iu.test(one.role);
    }
  });
  // Where the list People names no accountable officer, the chair sees to it.
  const found = chosen.length > 0 ? chosen : people.filter((one) => one.boardRole === 'chair');
  return found.map((one) => one.ref).sort();
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
