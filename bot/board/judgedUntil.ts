// How long a judgement stands while nobody changes a record: until a day ends, a meeting does, a deadline passes, or a
// record of a later moment counts.
import { calendarOf, cycleDeadlines } from './cycle';
import { instant, meetingsInOrder } from './grounds';
import type { BoardSnapshot, Instant } from './model';
import { resolvePolicy } from './policy';

/**
 * The first moment after `at` from which assess(), clauses() or ownerItems() may say otherwise of the same records. Up to
 * it, only the moment told differs.
 */
export function judgedUntil(snapshot: BoardSnapshot, at: Instant): Instant {
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const inOrder = meetingsInOrder(snapshot);
  const ofMeetings = inOrder.flatMap((one, index) => [
    calendar.at(one.on, one.endsAtTime),
    cycleDeadlines(one, inOrder[index - 1], calendar, policy).ownersDeadlineAt,
  ]);
  const ofRecords = [...snapshot.updates.map((one) => one.at), ...snapshot.dispatches.map((one) => one.sentAt)];
  const now = instant(at);
  let first = calendar.at(calendar.addDays(calendar.on(now), 1), '00:00');
  for (const one of [...ofMeetings, ...ofRecords.map(instant)]) {
    // What counts "until" a moment still counts at it: from the next millisecond on it does not.
    const moment = one === now ? afterIt(one) : one;
    if (moment > now && moment < first) first = moment;
  }
  return first;
}

function afterIt(at: Instant): Instant {
  return new Date(Date.parse(at) + 1).toISOString();
}
