// Whose contribution needs strengthening, and what would help. Rules: docs/rules.md, "Contributions".
import type { ActionAssessment, ContributionAssessment } from './assessment';
import { compareText, distinct, grouped, type Grounds } from './grounds';
import type { Finding, Meeting, Person, Reason, Ref, UpdateRequest } from './model';
import { isMitigationOverdue } from './risks';
import { count, listed } from './wording';

export interface ContributionJudgement {
  readonly contributions: readonly ContributionAssessment[];
  readonly findings: readonly Finding[];
}

interface Answered {
  readonly asked: number;
  readonly onTime: number;
  readonly late: number;
  readonly unanswered: number;
  /** What was late or is missing. */
  readonly subjects: readonly Ref[];
}

const none: Answered = { asked: 0, onTime: 0, late: 0, unanswered: 0, subjects: [] };

/** Owners and bodies over the last cycles (policy) whose owners' deadline has passed; volunteers only within their body. */
export function judgeContributions(grounds: Grounds, actions: readonly ActionAssessment[]): ContributionJudgement {
  const answered = countAnswers(grounds);
  const owned = indexOwned(grounds, actions);
  const findings: Finding[] = [];
  const contributions: ContributionAssessment[] = [];
  const people = [...grounds.snapshot.people].sort((a, b) => compareText(a.ref, b.ref));
  const volunteerBodies = new Set(grounds.snapshot.bodies.filter((one) => one.volunteer).map((one) => one.name));
  const byBody = new Map<string, { readonly answers: Answered[]; readonly reasons: Reason[] }>();
  for (const person of people) {
    const answers = answered.get(person.ref) ?? none;
    const reasons = personReasons(grounds, person, answers, owned);
    const body = byBody.get(person.body) ?? { answers: [], reasons: [] };
    byBody.set(person.body, body);
    body.answers.push(answers);
    if (person.volunteer) body.reasons.push(...reasons.map(supportive));
    if (person.volunteer || (answers.asked === 0 && reasons.length === 0)) continue;
    contributions.push(row('person', person.ref, person.name, person.body, false, answers, reasons));
    findings.push(...personFindings(person, reasons));
  }
  for (const [name, body] of [...byBody].sort(([a], [b]) => compareText(a, b))) {
    const volunteers = volunteerBodies.has(name);
    const answers = together(body.answers);
    const reason = answersReason(grounds, 'contribution-body-answers', name, answers, volunteers);
    // The body's own answers say it once for all its members.
    const supported = reason ? body.reasons.filter((one) => one.rule !== 'contribution-owner-answers') : body.reasons;
    const reasons = [...(reason ? [reason] : []), ...supported];
    if (answers.asked === 0 && reasons.length === 0) continue;
    contributions.push(row('body', name, name, name, volunteers, answers, reasons));
    if (reason) findings.push(finding(reason, name));
  }
  return { contributions, findings };
}

function row(
  kind: 'person' | 'body',
  ref: Ref,
  name: string,
  body: string,
  volunteer: boolean,
  answers: Answered,
  reasons: readonly Reason[],
): ContributionAssessment {
  const { asked, onTime, late, unanswered } = answers;
  const needsStrengthening = reasons.length > 0;
  return { kind, ref, name, body, volunteer, asked, onTime, late, unanswered, needsStrengthening, reasons };
}

/** The cycles looked at: their owners' deadline has passed, the latest first. */
function cyclesOf(grounds: Grounds): readonly Meeting[] {
  const current = grounds.meeting && grounds.ownersDeadlinePassed ? [grounds.meeting] : [];
  return [...current, ...grounds.meetingsBefore].slice(0, grounds.policy.contributionCycles);
}

/** One pass over the requests; cancelled ones do not count. */
function countAnswers(grounds: Grounds): ReadonlyMap<Ref, Answered> {
  const cycles = new Set(cyclesOf(grounds).map((one) => one.ref));
  const counts = new Map<Ref, { onTime: number; late: number; unanswered: number; subjects: Ref[] }>();
  for (const request of grounds.snapshot.requests) {
    if (!cycles.has(request.meetingRef) || request.state === 'cancelled') continue;
    const known = counts.get(request.ownerRef) ?? { onTime: 0, late: 0, unanswered: 0, subjects: [] };
    counts.set(request.ownerRef, known);
    const outcome = outcomeOf(grounds, request);
    known[outcome] += 1;
    if (outcome !== 'onTime') known.subjects.push(request.subjectRef);
  }
  return new Map(
    [...counts].map(([ref, one]) => [
      ref,
      { ...one, asked: one.onTime + one.late + one.unanswered, subjects: distinct(one.subjects.sort(compareText)) },
    ]),
  );
}

function outcomeOf(grounds: Grounds, request: UpdateRequest): 'onTime' | 'late' | 'unanswered' {
  const current = request.meetingRef === grounds.meeting?.ref;
  const answers = grounds.answersOf(request.subjectKind, request.subjectRef);
  if (current && answers.inTime) return 'onTime';
  if (request.answeredOn !== undefined && request.answeredOn > grounds.on) return 'unanswered';
  if (request.state === 'answered') return 'onTime';
  return request.state === 'late' || (current && answers.sinceLastMeeting) ? 'late' : 'unanswered';
}

/** The answers of a body's members as one, summed once, because a large board has many members. */
function together(members: readonly Answered[]): Answered {
  const sum = (count: (one: Answered) => number): number => members.reduce((total, one) => total + count(one), 0);
  return {
    asked: sum((one) => one.asked),
    onTime: sum((one) => one.onTime),
    late: sum((one) => one.late),
    unanswered: sum((one) => one.unanswered),
    subjects: distinct(members.flatMap((one) => one.subjects).sort(compareText)),
  };
}

interface Owned {
  readonly overdue: RefsOf;
  readonly withoutEffect: RefsOf;
  readonly decisions: RefsOf;
  readonly mitigations: RefsOf;
  readonly missed: RefsOf;
}

/** What each person owns that counts here, each in one pass. */
function indexOwned(grounds: Grounds, actions: readonly ActionAssessment[]): Owned {
  const { policy, calendar, on, snapshot } = grounds;
  const farPast = (dueOn: string): boolean =>
    calendar.workingDaysBetween(dueOn, on) > policy.contributionOverdueWorkingDays;
  const lastButOne = grounds.meetingsBefore[1];
  const lastThree = new Set(grounds.meetingsBefore.slice(0, 3).map((one) => one.ref));
  const missed = snapshot.attendance.filter(
    (one) =>
      lastThree.has(one.meetingRef) &&
      (one.state === 'apologies' || one.state === 'absent') &&
      one.deputyRef === undefined,
  );
  return {
    overdue: owners(
      actions.filter(
        (one) =>
          !one.complete &&
          one.dueOn !== undefined &&
          one.dueOn < on &&
          farPast(one.dueOn) &&
          grounds.actions.get(one.ref)?.blocker?.accepted !== true,
      ),
    ),
    withoutEffect: owners(
      actions.filter(
        (one) =>
          one.computedEffect === 'no-evidence' &&
          lastButOne !== undefined &&
          one.completedOn !== undefined &&
          one.completedOn <= lastButOne.on,
      ),
    ),
    decisions: owners(
      snapshot.decisions.filter((one) => one.state === 'open' && one.dueOn !== undefined && one.dueOn < on),
    ),
    mitigations: owners(
      snapshot.mitigations.filter(
        (one) =>
          grounds.risks.get(one.riskRef)?.status === 'open' && isMitigationOverdue(grounds, one) && farPast(one.dueOn),
      ),
    ),
    missed: owners(missed.map((one) => ({ ref: one.meetingRef, ownerRef: one.personRef }))),
  };
}

type RefsOf = (personRef: Ref) => readonly Ref[];

function owners(records: readonly { readonly ref: Ref; readonly ownerRef?: Ref }[]): RefsOf {
  const owned = grouped(records, (one) => one.ownerRef);
  return (personRef) =>
    owned(personRef)
      .map((one) => one.ref)
      .sort(compareText);
}

function personReasons(grounds: Grounds, person: Person, answers: Answered, owned: Owned): readonly Reason[] {
  const { policy } = grounds;
  const reasons: Reason[] = [];
  const put = (rule: string, text: string, figures: Reason['figures'], records: readonly Ref[]): void => {
    reasons.push({ rule, text, figures, records: distinct([person.ref, ...records]) });
  };
  const slowAnswers = answersReason(grounds, 'contribution-owner-answers', person.ref, answers, false);
  if (slowAnswers) reasons.push(slowAnswers);
  const overdue = owned.overdue(person.ref);
  if (overdue.length >= policy.contributionOverdueActions)
    put(
      'contribution-owner-overdue',
      `${count(overdue.length, 'action')} ${overdue.length === 1 ? 'is' : 'are'} overdue by more than ${count(policy.contributionOverdueWorkingDays, 'working day')}: ${listed(overdue)}.`,
      { actions: overdue.length, workingDays: policy.contributionOverdueWorkingDays },
      overdue,
    );
  const missed = owned.missed(person.ref);
  if (person.requiredByNotice && missed.length >= policy.contributionMissedMeetings)
    put(
      'required-member-missed',
      `Not at ${listed(missed)}, ${missed.length} of the last ${count(Math.min(3, grounds.meetingsBefore.length), 'meeting')}, and no deputy came.`,
      { missed: missed.length, meetings: Math.min(3, grounds.meetingsBefore.length) },
      missed,
    );
  const decisions = owned.decisions(person.ref);
  if (decisions.length > 0)
    put(
      'decision-overdue',
      `${count(decisions.length, 'decision')} ${decisions.length === 1 ? 'is' : 'are'} past the date set by the board: ${listed(decisions)}.`,
      { decisions: decisions.length },
      decisions,
    );
  const mitigations = owned.mitigations(person.ref);
  if (mitigations.length > 0)
    put(
      'mitigation-overdue',
      `${count(mitigations.length, 'mitigation')} ${mitigations.length === 1 ? 'is' : 'are'} overdue by more than ${count(policy.contributionOverdueWorkingDays, 'working day')}: ${listed(mitigations)}.`,
      { mitigations: mitigations.length, workingDays: policy.contributionOverdueWorkingDays },
      mitigations,
    );
  const bare = owned.withoutEffect(person.ref);
  if (bare.length >= policy.contributionNoEffectActions)
    put(
      'contribution-owner-effect',
      `${count(bare.length, 'action')} ${bare.length === 1 ? 'has' : 'have'} been complete for more than one cycle with no evidence of effect: ${listed(bare)}.`,
      { actions: bare.length },
      bare,
    );
  return reasons;
}

/** Both must hold: a low share on time, and enough of them late or missing. */
function answersReason(
  grounds: Grounds,
  rule: string,
  ref: Ref,
  answers: Answered,
  volunteers: boolean,
): Reason | undefined {
  const { policy } = grounds;
  const missing = answers.late + answers.unanswered;
  if (missing < policy.lateAnswersMinimum || answers.onTime * 100 >= policy.onTimeAnswersPercent * answers.asked)
    return undefined;
  const cycles = count(cyclesOf(grounds).length, 'cycle');
  const figures = `${answers.onTime} of ${count(answers.asked, 'request')} answered on time over the last ${cycles}; ${answers.late} late, ${answers.unanswered} without an answer`;
  return {
    rule,
    text: volunteers
      ? `${figures}. Its members are volunteers: ask what would help them to answer, such as fewer questions, a call or another route.`
      : `${figures}.`,
    figures: {
      asked: answers.asked,
      onTime: answers.onTime,
      late: answers.late,
      unanswered: answers.unanswered,
      percentWanted: policy.onTimeAnswersPercent,
    },
    records: distinct([ref, ...answers.subjects]),
  };
}

/** What would be a reason for a person is, for volunteers, the support that their body lacks; nobody is named. */
function supportive(reason: Reason): Reason {
  return {
    ...reason,
    text: `${reason.text} Those who own this are volunteers: ask what support they lack.`,
    records: reason.records.slice(1),
  };
}

/** Overdue decisions and mitigations are findings of their own, so they are reasons here and no second finding. */
function personFindings(person: Person, reasons: readonly Reason[]): readonly Finding[] {
  return reasons
    .filter((one) => one.rule !== 'decision-overdue' && one.rule !== 'mitigation-overdue')
    .map((one) => finding(one, person.ref));
}

function finding(reason: Reason, ref: Ref): Finding {
  return { rule: reason.rule, level: 'finding', ref, text: reason.text, records: distinct([ref, ...reason.records]) };
}
