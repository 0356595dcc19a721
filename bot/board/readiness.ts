// How ready the meeting is, each count with who or what is outstanding. Rules: docs/rules.md, "Readiness".
import { adviserInvitations, isSent } from './adviserInvitations';
import type { MeasureAssessment, OutstandingCount, Readiness, RiskAssessment } from './assessment';
import { compareText, distinct, grouped, hasHappened, type Grounds } from './grounds';
import type { BoardRole, Meeting, Person, Ref } from './model';
import { advisers } from './terms';

const uncounted: readonly BoardRole[] = [...advisers.map((one) => one.role), 'secretary'];

/** The readiness of the meeting judged for; undefined without one. */
export function judgeReadiness(
  grounds: Grounds,
  risks: readonly RiskAssessment[],
  measures: readonly MeasureAssessment[],
): Readiness | undefined {
  const { meeting } = grounds;
  if (!meeting) return undefined;
  const asked = [...grounds.requests].sort(
    (a, b) => compareText(a.ownerRef, b.ownerRef) || compareText(a.subjectRef, b.subjectRef),
  );
  const waiting = asked.filter((one) => !grounds.answersOf(one.subjectKind, one.subjectRef).sinceLastMeeting);
  const waitingOf = grouped(waiting, (one) => one.ownerRef);
  const openRisks = risks.filter((one) => grounds.risks.get(one.ref)?.status === 'open');
  const asksReadings = measures.filter((one) => one.readingDue !== undefined || isIn(grounds, one));
  return {
    answers: counted(
      asked.map((one) => one.subjectRef),
      waiting.map((one) => one.subjectRef),
    ),
    outstandingByPerson: distinct(waiting.map((one) => one.ownerRef)).map((personRef) => ({
      personRef,
      subjectRefs: distinct(waitingOf(personRef).map((one) => one.subjectRef)),
    })),
    risksReviewed: counted(
      openRisks.map((one) => one.ref),
      openRisks.filter((one) => !isReviewed(grounds, one.ref)).map((one) => one.ref),
    ),
    readingsIn: counted(
      asksReadings.map((one) => one.ref),
      asksReadings.filter((one) => one.readingDue !== undefined).map((one) => one.ref),
    ),
    advisersInvited: advisersInvited(grounds, meeting),
    quorum: quorumOf(grounds, meeting),
    dateChangesToDecide: grounds.snapshot.dateChanges
      .filter((one) => one.decision === 'pending' && one.requestedOn <= grounds.on)
      .map((one) => one.ref)
      .sort(compareText),
  };
}

function counted(all: readonly Ref[], outstanding: readonly Ref[]): OutstandingCount {
  return { done: all.length - outstanding.length, total: all.length, outstandingRefs: outstanding };
}

/** A reading that came since the last meeting. */
function isIn(grounds: Grounds, measure: MeasureAssessment): boolean {
  const last = measure.points.at(-1);
  const since = grounds.meetingsBefore[0];
  return last !== undefined && (!since || last.reportedOn > since.on);
}

/** Reviewed or answered since the last meeting. */
function isReviewed(grounds: Grounds, riskRef: Ref): boolean {
  const since = grounds.meetingsBefore[0];
  const lastOn = grounds.risks.get(riskRef)?.lastReviewedOn;
  const reviewed = hasHappened(lastOn, grounds.on) && (!since || lastOn > since.on);
  return reviewed || grounds.answersOf('risk', riskRef).sinceLastMeeting;
}

function advisersInvited({ snapshot, on }: Grounds, meeting: Meeting): OutstandingCount {
  const people = adviserInvitations(snapshot, meeting, on).flatMap((one) => one.people);
  const missing = new Set(people.filter((one) => !isSent(one)).map((one) => one.person.ref));
  const refs = people.map((one) => one.person.ref).sort(compareText);
  return counted(
    refs,
    refs.filter((ref) => missing.has(ref)),
  );
}

/** Everybody of the board but the secretary and the advisers counts, in person or by deputy. */
function quorumOf(grounds: Grounds, meeting: Meeting): Readiness['quorum'] {
  const rule = grounds.snapshot.facts.quorum;
  const coming = new Map<Ref, Person>();
  for (const one of grounds.snapshot.attendance) {
    const person = grounds.people.get(one.personRef);
    if (one.meetingRef !== meeting.ref || !person || uncounted.includes(person.boardRole)) continue;
    const comes = one.state === 'expected' || one.state === 'present' || one.state === 'deputy';
    if (comes || one.deputyRef !== undefined) coming.set(person.ref, person);
  }
  const minimum = rule?.minimum ?? 0;
  const people = [...coming.values()];
  const met = coming.size >= minimum && (rule?.mustInclude ?? []).every((words) => includes(grounds, people, words));
  return { expected: coming.size, minimum, met };
}

/** `chair or deputy`, `council`, `icb`, or a body by its name. */
function includes(grounds: Grounds, people: readonly Person[], words: string): boolean {
  const { localAuthority, icb } = grounds.snapshot.facts;
  const wanted = words.trim().toLowerCase();
  if (wanted.startsWith('chair')) return people.some((one) => one.boardRole === 'chair');
  const body = wanted === 'council' ? localAuthority : wanted === 'icb' ? icb : words.trim();
  return people.some((one) => one.body.toLowerCase() === body.toLowerCase());
}
