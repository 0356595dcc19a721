// Times of calendar events: what a client gives in its zone, what Outlook answers in another.
import { DateTime } from 'luxon';
import { z } from 'zod';
import { invalidRequest } from './graphError';

export const timeSchema = z.strictObject({ dateTime: z.string(), timeZone: z.string() });
export type EventTime = z.infer<typeof timeSchema>;

/** Windows names that Outlook gives and takes beside those of IANA; others are refused. */
const windowsZones: Readonly<Record<string, string>> = {
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Eastern Standard Time': 'America/New_York',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Tokyo Standard Time': 'Asia/Tokyo',
};

function zoneOf(name: string): string {
  const zone = windowsZones[name] ?? name;
  if (!DateTime.local({ zone }).isValid) throw invalidRequest(`The time zone '${name}' is not known.`);
  return zone;
}

/** The instant in UTC of a time with its zone. */
export function instantOf(time: EventTime): string {
  const at = DateTime.fromISO(time.dateTime, { zone: zoneOf(time.timeZone) });
  if (!at.isValid) throw invalidRequest(`The time '${time.dateTime}' is not a moment such as 2025-01-13T10:00:00.`);
  return at.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

/** As Outlook writes it: seven decimals, no offset, the zone apart. */
export function timeIn(instant: string, zone: string): EventTime {
  const at = DateTime.fromISO(instant, { zone: zoneOf(zone) });
  return { dateTime: at.toFormat("yyyy-MM-dd'T'HH:mm:ss'.0000000'"), timeZone: zone };
}

/** The zone of `Prefer: outlook.timezone="..."`, else UTC. */
export function preferredZone(prefer: string | undefined): string {
  const [, zone] = /outlook\.timezone\s*=\s*"([^"]+)"/i.exec(prefer ?? '') ?? [];
  if (zone === undefined) return 'UTC';
  zoneOf(zone);
  return zone;
}
