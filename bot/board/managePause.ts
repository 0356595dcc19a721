// Whether the board's messages are paused at a moment, and how that is said everywhere. Source: docs/rules.md, the cycle.
import type { Calendar } from './calendar';
import type { SendingPause } from './manageModel';
import type { BoardSnapshot, Instant } from './model';

/** The pause in force at a moment; undefined when messages go out. */
export function pauseAt(snapshot: Pick<BoardSnapshot, 'running'>, at: Instant): SendingPause | undefined {
  const pause = snapshot.running?.sending?.pause;
  return pause === undefined || (pause.untilAt !== undefined && pause.untilAt <= at) ? undefined : pause;
}

/** "Sending is paused since Monday 6 January 2025, 09:12, by Marlow Finchley, until somebody resumes it. Why: ..." */
export function pauseWords(pause: SendingPause, snapshot: Pick<BoardSnapshot, 'people'>, calendar: Calendar): string {
  const by = snapshot.people.find((one) => one.ref === pause.byRef)?.name ?? pause.byRef;
  const until = pause.untilAt === undefined ? 'until somebody resumes it' : `until ${endOf(pause.untilAt, calendar)}`;
  return `Sending is paused since ${calendar.longDateTime(pause.at)}, by ${by}, ${until}. Why: ${pause.why}`;
}

/** A pause of whole days ends at midnight: people name the last day. */
function endOf(untilAt: Instant, calendar: Calendar): string {
  if (calendar.timeOf(untilAt) !== '00:00') return calendar.longDateTime(untilAt);
  return `the end of ${calendar.longDate(calendar.addDays(calendar.on(untilAt), -1))}`;
}
