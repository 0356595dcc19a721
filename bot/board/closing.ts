// Which requests an answer closes, and whether it came in time; by card, chat, tab or in the list itself. Source: docs/rules.md.
import type { RecordChange } from './answers';
import { calendarOf, meetingAt, planCycle } from './cycle';
import type { BoardSnapshot, Instant, Ref } from './model';
import type { BoardPolicy } from './policy';

interface ClosingRequests {
  /** The meeting prepared for when the answer came. */
  readonly meetingRef?: Ref;
  /** Against the owners' deadline of that meeting. */
  readonly recordedAs: 'answered' | 'late';
  /** One answered before keeps its first answer. */
  readonly requests: readonly RecordChange[];
}

/** What an answer about these subjects, given at a moment, does to what was asked. */
export function closingRequests(answer: {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly at: Instant;
  readonly byRef: Ref;
  readonly subjectRefs: ReadonlySet<Ref>;
  readonly noChange: boolean;
  readonly meetingRef?: Ref;
}): ClosingRequests {
  const { snapshot, policy, at, byRef, subjectRefs, noChange } = answer;
  const calendar = calendarOf(policy);
  const { meeting, previous } = meetingAt(snapshot, at, answer.meetingRef);
  const deadlineAt = meeting && planCycle(meeting, previous, calendar, policy).deadlines.ownersDeadlineAt;
  const recordedAs = deadlineAt === undefined || at <= deadlineAt ? 'answered' : 'late';
  // What was answered before the last meeting ended was an answer to that one.
  if (!meeting || (previous && calendar.at(previous.on, previous.endsAtTime) >= at))
    return { recordedAs, requests: [] };
  const changes = { state: recordedAs, answeredOn: calendar.on(at), answeredByRef: byRef, noChange };
  return {
    meetingRef: meeting.ref,
    recordedAs,
    requests: snapshot.requests
      .filter((one) => one.meetingRef === meeting.ref && subjectRefs.has(one.subjectRef))
      .filter((one) => one.state === 'open' || one.state === 'unanswered')
      .map((one) => ({
        record: 'request',
        ref: one.subjectRef,
        ...(one.stamp ? { stamp: one.stamp } : {}),
        changes,
      })),
  };
}
