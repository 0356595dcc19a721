// The local clock: starts at nine on the seed's day, runs on, can be moved forward, and stands still while nothing runs.
import { DateTime } from 'luxon';
import { LocalError } from './graphError';

export const boardZone = 'Europe/London';

export interface LocalClock {
  now(): Date;
  /** Local time less real time. */
  offsetMs(): number;
  /** Refuses a moment before now. */
  advanceTo(at: Date): void;
  /** Starts again at `at`. */
  reset(at: Date): void;
}

export function createClock(startAt: Date): LocalClock {
  let offsetMs = startAt.getTime() - Date.now();
  const now = (): Date => new Date(Date.now() + offsetMs);
  return {
    now,
    offsetMs: () => offsetMs,
    advanceTo(at) {
      if (Number.isNaN(at.getTime()))
        throw new LocalError('That is not a moment in time, such as 2025-01-06T17:00:00Z.');
      if (at.getTime() < now().getTime()) throw new LocalError('The local clock only moves forward.');
      offsetMs = at.getTime() - Date.now();
    },
    reset(at) {
      offsetMs = at.getTime() - Date.now();
    },
  };
}

/** 09:00 in the board's zone on a civil date; now, when there is no date. */
export function nineOn(civilDate: string | undefined): Date {
  const at = civilDate === undefined ? undefined : DateTime.fromISO(`${civilDate}T09:00`, { zone: boardZone });
  return at?.isValid === true ? at.toJSDate() : new Date();
}

/** Plans name few days many times, and finding a local moment is slow. */
const instants = new Map<string, string | undefined>();
const mostInstants = 10_000;

/** A local moment `YYYY-MM-DD` `HH:mm` in the board's zone as an instant in UTC. */
export function localInstant(civilDate: string, time: string): string | undefined {
  const key = `${civilDate}T${time}`;
  if (instants.has(key)) return instants.get(key);
  const at = DateTime.fromISO(key, { zone: boardZone });
  const instant = at.isValid ? graphInstant(at.toJSDate()) : undefined;
  if (instants.size < mostInstants) instants.set(key, instant);
  return instant;
}

/** The local midnight before an instant, which is how SharePoint keeps a date without a time. */
export function localMidnight(at: Date): string {
  return graphInstant(DateTime.fromJSDate(at, { zone: boardZone }).startOf('day').toJSDate());
}

/** The civil date in the board's zone. */
export function civilDateOf(instant: string): string {
  return DateTime.fromISO(instant, { zone: boardZone }).toISODate() ?? instant;
}

/** "Monday 6 January 2025, 09:00". */
export function inWords(at: Date): string {
  return DateTime.fromJSDate(at, { zone: boardZone }).setLocale('en-GB').toFormat('cccc d LLLL yyyy, HH:mm');
}

/** Whole seconds, as SharePoint writes moments. */
export function graphInstant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
