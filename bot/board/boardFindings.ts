// What the board itself owes: decisions, papers, invitations, reviews, answers to advisers, the voice of families.
// Rules: docs/rules.md, "The board".
import { compareText, distinct, grouped, hasHappened, type Grounds } from './grounds';
import { adviserInvitations, invitationGaps } from './adviserInvitations';
import type { ActionAssessment } from './assessment';
import type { CivilDate, Evidence, Finding, Meeting, Ref, Review } from './model';
import { contraryFinding } from './effect';
import { passedDays } from './delivery';
import { ownerFindings } from './manageFindings';
import { siteEditFindings } from './siteEditFindings';
import { count } from './wording';

/** Every finding about the board's own duties. */
export function boardFindings(
  grounds: Grounds,
  actions: readonly ActionAssessment[],
  lastVoiceOf: ReadonlyMap<Ref, CivilDate>,
): readonly Finding[] {
  return [
    ...decisionFindings(grounds),
    ...papersFindings(grounds),
    ...invitationFindings(grounds),
    ...reviewFindings(grounds),
    ...adviserNoteFindings(grounds),
    ...voiceFindings(grounds, lastVoiceOf),
    ...deputyFindings(grounds, actions),
    ...areaEvidenceFindings(grounds),
    ...siteEditFindings(grounds),
    ...ownerFindings(grounds),
  ];
}

function finding(rule: string, ref: Ref, text: string, records: readonly Ref[] = []): Finding {
  return { rule, level: 'finding', ref, text, records: distinct([ref, ...records]) };
}

function decisionFindings(grounds: Grounds): readonly Finding[] {
  return grounds.snapshot.decisions.flatMap((one) => {
    if (one.state !== 'open' || one.dueOn === undefined || one.dueOn >= grounds.on) return [];
    const days = grounds.calendar.workingDaysBetween(one.dueOn, grounds.on);
    const text = `The decision "${one.text}" is open; its date passed ${passedDays(days)}.`;
    return [finding('decision-overdue', one.ref, text, [one.meetingRef, ...(one.ownerRef ? [one.ownerRef] : [])])];
  });
}

/** Sent after the papers deadline, or not sent though it has passed and the meeting is still to come. */
function papersFindings(grounds: Grounds): readonly Finding[] {
  const { calendar, on } = grounds;
  return meetingsNotCancelled(grounds).flatMap((meeting) => {
    const deadlineOn = grounds.deadlinesOf(meeting).papersDeadlineOn;
    const deadline = calendar.longDate(deadlineOn);
    if (hasHappened(meeting.papersSentOn, on)) {
      if (meeting.papersSentOn <= deadlineOn) return [];
      const days = count(calendar.workingDaysBetween(deadlineOn, meeting.papersSentOn), 'working day');
      return [finding('papers-late', meeting.ref, `The papers went out ${days} after their deadline, ${deadline}.`)];
    }
    const ahead = meeting.state !== 'held' && meeting.on >= on;
    if (!ahead || deadlineOn >= on) return [];
    return [finding('papers-late', meeting.ref, `The papers are not sent; their deadline was ${deadline}.`)];
  });
}

function meetingsNotCancelled(grounds: Grounds): readonly Meeting[] {
  return grounds.snapshot.meetings.filter((one) => one.state !== 'cancelled');
}

/** The duty is sending: what was sent and failed is chased, but is not a missing invitation. */
function invitationFindings(grounds: Grounds): readonly Finding[] {
  const { snapshot, calendar, on } = grounds;
  return meetingsNotCancelled(grounds).flatMap((meeting) => {
    const latestOn = grounds.deadlinesOf(meeting).invitationsOn;
    const gaps = invitationGaps(snapshot, meeting, latestOn, on, calendar).flatMap((gap) => {
      if (gap.kind === 'failed' || (gap.kind === 'nobody' && meeting.ref !== grounds.meeting?.ref)) return [];
      const rule = gap.kind === 'declined' ? 'adviser-declined' : 'adviser-not-invited';
      return [finding(rule, meeting.ref, gap.text, gap.person ? [gap.person.ref] : [])];
    });
    return [...gaps, ...failedInvitations(grounds, meeting)];
  });
}

/** Each that failed stays on the record, sent again or not. */
function failedInvitations({ snapshot, on }: Grounds, meeting: Meeting): readonly Finding[] {
  return adviserInvitations(snapshot, meeting, on).flatMap(({ people, words }) =>
    people.flatMap(({ person, failed, sent }): Finding[] => {
      if (failed.length === 0) return [];
      const times = failed.length === 1 ? 'once' : `${failed.length} times`;
      const again = sent.length > failed.length ? 'and was sent again' : 'and has not been sent again';
      const text = `The invitation to ${person.name}, ${words}, did not arrive ${times} ${again}.`;
      return [{ ...finding('adviser-invitation-failed', meeting.ref, text, [person.ref]), level: 'information' }];
    }),
  );
}

/** At least every six months (policy), from the notice or the last review of any kind. */
function reviewFindings(grounds: Grounds): readonly Finding[] {
  const { calendar, on, policy, snapshot } = grounds;
  const { noticeIssuedOn } = snapshot.facts;
  const latest = (fromOn: CivilDate): CivilDate => calendar.addMonths(fromOn, policy.reviewGapMonths);
  const reviews = snapshot.reviews
    .filter((one) => one.state === 'held' || (one.state === 'planned' && one.on >= on))
    .sort((a, b) => compareText(a.on, b.on) || compareText(a.ref, b.ref));
  const found: Finding[] = [];
  let before: { readonly ref: Ref; readonly on: CivilDate; readonly words: string } | undefined =
    noticeIssuedOn === undefined ? undefined : { ref: 'notice', on: noticeIssuedOn, words: 'the notice' };
  for (const review of reviews) {
    if (before && review.on > latest(before.on))
      found.push(finding('review-gap-over-six-months', review.ref, gapText(grounds, review, before), [before.ref]));
    before = { ref: review.ref, on: review.on, words: `the ${review.kind} ${review.ref}` };
  }
  if (before && on > latest(before.on))
    found.push(
      finding(
        'review-gap-over-six-months',
        before.ref,
        `No review has been held or booked since ${before.words} on ${calendar.longDate(before.on)}; one was due by ${calendar.longDate(latest(before.on))}.`,
      ),
    );
  return found;
}

function gapText(grounds: Grounds, review: Review, before: { readonly on: CivilDate; readonly words: string }): string {
  const { calendar, policy } = grounds;
  const comes = review.state === 'held' ? 'came' : 'is planned';
  return `The ${review.kind} on ${calendar.longDate(review.on)} ${comes} more than ${count(policy.reviewGapMonths, 'month')} after ${before.words}, ${calendar.longDate(before.on)}.`;
}

function adviserNoteFindings(grounds: Grounds): readonly Finding[] {
  return grounds.snapshot.adviserNotes.flatMap((one) => {
    if (hasHappened(one.answeredOn, grounds.on) || one.on > grounds.on) return [];
    const days = grounds.calendar.workingDaysBetween(one.on, grounds.on);
    if (days <= grounds.policy.adviserQuestionWorkingDays) return [];
    const text = `The ${one.kind} of ${grounds.nameOf(one.adviserRef)} from ${grounds.calendar.longDate(one.on)} has waited ${count(days, 'working day')} for an answer: "${one.text}"`;
    return [finding('adviser-question-unanswered', one.ref, text, [one.adviserRef, one.meetingRef])];
  });
}

/** Evidence of a family's or child's voice in the last whole cycles (policy), or since; for or against. */
function voiceFindings(grounds: Grounds, lastVoiceOf: ReadonlyMap<Ref, CivilDate>): readonly Finding[] {
  const from = grounds.meetingsBefore[grounds.policy.voiceCycles];
  if (!from) return [];
  return grounds.snapshot.areas.flatMap((area) => {
    const lastOn = lastVoiceOf.get(area.ref);
    if (lastOn !== undefined && lastOn > from.on) return [];
    const last = lastOn === undefined ? 'none is recorded' : `the last is from ${grounds.calendar.longDate(lastOn)}`;
    const text = `No evidence of a family's or child's voice since the meeting on ${grounds.calendar.longDate(from.on)}; ${last}.`;
    return [finding('area-without-recent-voice', area.ref, text, [from.ref])];
  });
}

/** The date of the last voice of a family or child in each area, for or against. */
export function lastVoices(grounds: Grounds): ReadonlyMap<Ref, CivilDate> {
  const last = new Map<Ref, CivilDate>();
  for (const one of grounds.snapshot.evidence) {
    if ((one.kind !== 'family-voice' && one.kind !== 'child-voice') || one.on > grounds.on) continue;
    const area = areaOf(grounds, one);
    if (area !== undefined && one.on > (last.get(area) ?? '')) last.set(area, one.on);
  }
  return last;
}

function areaOf(grounds: Grounds, evidence: Evidence): Ref | undefined {
  const action = evidence.actionRef === undefined ? undefined : grounds.actions.get(evidence.actionRef);
  return action?.areaRef ?? evidence.areaRef;
}

/** Owners of open actions; volunteers are not named. */
function deputyFindings(grounds: Grounds, actions: readonly ActionAssessment[]): readonly Finding[] {
  const alone = actions.filter((one) => !one.complete && !grounds.actions.get(one.ref)?.deputyRefs.length);
  const openOf = grouped(alone, (one) => one.ownerRef);
  return grounds.snapshot.people.flatMap((person) => {
    const refs = openOf(person.ref).map((one) => one.ref);
    if (refs.length === 0 || person.volunteer || person.deputyRefs.length > 0) return [];
    const text = `Owns ${count(refs.length, 'open action')} and has no deputy.`;
    return [finding('owner-without-deputy', person.ref, text, refs)];
  });
}

/** Evidence against a whole area, linked to no action. */
function areaEvidenceFindings(grounds: Grounds): readonly Finding[] {
  const open = grounds.snapshot.evidence.filter(
    (one) => one.contrary && one.on <= grounds.on && !hasHappened(one.resolvedOn, grounds.on),
  );
  const openOf = grouped(open, (one) => (one.actionRef === undefined ? one.areaRef : undefined));
  return grounds.snapshot.areas.flatMap((area) => {
    const rows = [...openOf(area.ref)].sort((a, b) => compareText(a.ref, b.ref));
    return rows.length === 0 ? [] : [contraryFinding(area.ref, rows)];
  });
}
