// What came of a meeting, for the log after it: who came, what was decided, what was agreed about each slow item.
import type { LogFacts } from './logFacts';
import { notRecorded, type LogOutcomes } from './logShape';
import type { Attendance, Ref } from './model';
import { responsesOf } from './responses';
import { count, listed } from './wording';

export function meetingOutcomes(facts: LogFacts): LogOutcomes {
  const { snapshot, assessment, meetingRef } = facts;
  const responses = responsesOf(snapshot, assessment.on).filter((one) => one.meetingRef === meetingRef);
  const decided = snapshot.dateChanges.filter((one) => one.meetingRef === meetingRef && one.decision !== 'pending');
  return {
    attendance: attendanceWords(facts),
    decisionRefs: snapshot.decisions.filter((one) => one.meetingRef === meetingRef).map((one) => one.ref),
    dateChangeRefs: decided.map((one) => one.ref),
    slow: slowBefore(facts).map(({ ref, title }) => ({
      ref,
      title,
      agreed: responses.filter((one) => one.subjectRef === ref).map((one) => one.text),
    })),
  };
}

/** What the board saw as slow: in the log for this meeting, or where there is none, now. */
function slowBefore({ snapshot, assessment, previous, meetingRef }: LogFacts) {
  const titles = new Map(snapshot.actions.map((one) => [one.ref, one.title]));
  const named = (ref: Ref) => ({ ref, title: titles.get(ref) ?? ref });
  if (previous?.meetingRef !== meetingRef)
    return assessment.actions.filter((one) => one.slow).map((one) => named(one.ref));
  if (previous.sections === notRecorded)
    return previous.actions.filter((one) => one.slow === true).map((one) => named(one.ref));
  return previous.sections.slow.map(({ ref, title }) => ({ ref, title }));
}

const states: readonly (readonly [Attendance['state'], string])[] = [
  ['present', 'present'],
  ['deputy', 'by a deputy'],
  ['apologies', 'with apologies'],
  ['absent', 'absent'],
];

/** The groups add up to the list: who only answered the invitation, or did not, is not recorded as having come or not. */
export function attendanceWords({ snapshot, meetingRef }: Pick<LogFacts, 'snapshot' | 'meetingRef'>): string {
  const rows = snapshot.attendance.filter((one) => one.meetingRef === meetingRef);
  const counted = states
    .map(([state, words]) => ({ n: rows.filter((one) => one.state === state).length, words }))
    .filter(({ n }) => n > 0);
  if (counted.length === 0) return 'Who came is not recorded yet.';
  const open = rows.length - counted.reduce((sum, { n }) => sum + n, 0);
  const groups = open === 0 ? counted : [...counted, { n: open, words: 'not recorded' }];
  const quorate = snapshot.meetings.find((one) => one.ref === meetingRef)?.quorate;
  const quorum = quorate === undefined ? '' : quorate ? ' There was a quorum.' : ' There was no quorum.';
  return `Of ${count(rows.length, 'person', 'people')} on the list: ${listed(groups.map(({ n, words }) => `${n} ${words}`))}.${quorum}`;
}
