// The next deadline that the Meetings list names, for the console's clock.
import { civilDateOf, localInstant } from './clock';
import type { Tenant } from './tenant';

export interface Deadline {
  readonly what: string;
  /** An instant in UTC. */
  readonly at: string;
}

/** Columns of the Meetings list and the time of day at which each date counts. */
const kinds: readonly (readonly [column: string, time: string, what: string])[] = [
  ['UpdateRequestOn', '08:00', 'updates are asked for'],
  ['FirstReminderOn', '08:00', 'first reminder'],
  ['OwnersDeadlineOn', '17:00', "owners' deadline"],
  ['PapersDeadlineOn', '16:00', 'papers deadline'],
  ['HeldOn', 'StartsAt', 'the meeting begins'],
  ['MinutesDueOn', '17:00', 'minutes are due'],
];

/** The first deadline after `now`; cancelled meetings have none. */
export function nextDeadline(tenant: Tenant, now: Date): Deadline | undefined {
  const meetings = tenant.lists().find((one) => one.record.displayName === 'Meetings');
  const ahead: Deadline[] = [];
  for (const item of meetings?.items.values() ?? []) {
    if (item.deleted || item.fields['State'] === 'cancelled') continue;
    for (const [column, time, what] of kinds) {
      const on = item.fields[column];
      if (typeof on !== 'string') continue;
      const timeOfDay = time === 'StartsAt' ? String(item.fields['StartsAt'] ?? '10:00') : time;
      const at = localInstant(civilDateOf(on), timeOfDay);
      if (at !== undefined && Date.parse(at) > now.getTime())
        ahead.push({ what: `${String(item.fields['Ref'] ?? 'meeting')}, ${what}`, at });
    }
  }
  return ahead.sort((a, b) => (a.at < b.at ? -1 : 1))[0];
}
