// When messages may leave: in the sending hours of working days, and to nobody whose body has quiet days. Source: docs/rules.md, the cycle.
import type { Calendar } from './calendar';
import { calendarOf } from './cycle';
import { pauseAt, pauseWords } from './managePause';
import type { BoardSnapshot, CivilDate, Instant, Person, QuietPeriod } from './model';
import { resolvePolicy, type BoardPolicy } from './policy';

/** The first moment from which messages go out again; undefined inside the sending hours of a working day. */
export function closedUntil(at: Instant, calendar: Calendar, policy: BoardPolicy): Instant | undefined {
  const on = calendar.on(at);
  const time = calendar.timeOf(at);
  const isWorkingDay = calendar.isWorkingDay(on);
  if (isWorkingDay && policy.sendingFromTime <= time && time < policy.sendingUntilTime) return undefined;
  const isToday = isWorkingDay && time < policy.sendingFromTime;
  return calendar.at(isToday ? on : calendar.addWorkingDays(on, 1), policy.sendingFromTime);
}

/** Why nothing may go out at this moment; undefined inside the sending hours of a working day. */
export function outsideHours(at: Instant, calendar: Calendar, policy: BoardPolicy): string | undefined {
  const untilAt = closedUntil(at, calendar, policy);
  if (untilAt === undefined) return undefined;
  return `Messages go out from ${policy.sendingFromTime} to ${policy.sendingUntilTime} on working days; the next may go out on ${calendar.longDate(calendar.on(untilAt))}, ${policy.sendingFromTime}.`;
}

/** Why no message leaves at this moment, in words: a pause, or the hour; undefined when they leave. */
export function heldWords(snapshot: BoardSnapshot, at: Instant): string | undefined {
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const pause = pauseAt(snapshot, at);
  return pause ? pauseWords(pause, snapshot, calendar) : outsideHours(at, calendar, policy);
}

/** The quiet days of a person's body in which a day lies. */
export function bodyQuietOn(
  person: Pick<Person, 'body'>,
  { bodies }: Pick<BoardSnapshot, 'bodies'>,
  on: CivilDate,
): QuietPeriod | undefined {
  const body = bodies.find((one) => one.name === person.body);
  return body?.quietDays.find((one) => one.fromOn <= on && on <= one.toOn);
}

/** The first moment from which a message may go to this person; undefined: now. */
export function waitsUntil(
  person: Pick<Person, 'body'> | undefined,
  snapshot: Pick<BoardSnapshot, 'bodies'>,
  at: Instant,
  calendar: Calendar,
  policy: BoardPolicy,
): Instant | undefined {
  let untilAt = closedUntil(at, calendar, policy);
  for (;;) {
    const quiet = person && bodyQuietOn(person, snapshot, calendar.on(untilAt ?? at));
    if (quiet === undefined) return untilAt;
    untilAt = calendar.at(calendar.addWorkingDays(quiet.toOn, 1), policy.sendingFromTime);
  }
}
