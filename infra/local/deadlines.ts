// The next thing that happens in a meeting's cycle, for the console's clock: stored dates, and steps counted from them.
import Holidays from 'date-holidays';
import { civilDateOf, localInstant } from './clock';
import type { Tenant } from './tenant';

export interface Deadline {
  readonly what: string;
  /** An instant in UTC. */
  readonly at: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Working days from the meeting, unless the meeting names the day; the defaults of docs/rules.md, the cycle. */
const steps: readonly {
  readonly what: string;
  readonly time: string;
  readonly stored?: string;
  /** Counted from this stored column instead of the meeting, where it is filled. */
  readonly from?: readonly [column: string, workingDays: number];
  readonly workingDays: number;
}[] = [
  { what: 'updates are asked for', time: '09:00', stored: 'UpdateRequestOn', workingDays: -15 },
  { what: 'reminder', time: '09:00', stored: 'FirstReminderOn', workingDays: -10 },
  { what: 'final reminder', time: '09:00', from: ['OwnersDeadlineOn', -1], workingDays: -8 },
  { what: "morning of the owners' deadline", time: '09:00', stored: 'OwnersDeadlineOn', workingDays: -7 },
  { what: "owners' deadline", time: '17:00', stored: 'OwnersDeadlineOn', workingDays: -7 },
  { what: 'escalation', time: '10:00', from: ['OwnersDeadlineOn', 1], workingDays: -6 },
  { what: 'papers to check', time: '08:00', stored: 'PapersDeadlineOn', workingDays: -5 },
  { what: 'two hours before the papers are due', time: '14:00', stored: 'PapersDeadlineOn', workingDays: -5 },
  { what: 'papers deadline', time: '16:00', stored: 'PapersDeadlineOn', workingDays: -5 },
  { what: "chair's briefing", time: '09:00', workingDays: -3 },
  { what: 'digest to members', time: '09:00', workingDays: -1 },
  { what: 'decisions go to their owners', time: '09:00', workingDays: 1 },
  { what: 'minutes are due', time: '17:00', stored: 'MinutesDueOn', workingDays: 5 },
];

const bankHolidays = new Map<string, ReadonlySet<string>>();

function bankHolidaysOf(year: string): ReadonlySet<string> {
  const known = bankHolidays.get(year);
  if (known) return known;
  const days = new Holidays('GB', 'ENG').getHolidays(Number(year)).filter((one) => one.type === 'public');
  const found = new Set(days.map((one) => one.date.slice(0, 10)));
  bankHolidays.set(year, found);
  return found;
}

function isWorkingDay(day: Date): boolean {
  const on = day.toISOString().slice(0, 10);
  return day.getUTCDay() !== 0 && day.getUTCDay() !== 6 && !bankHolidaysOf(on.slice(0, 4)).has(on);
}

function counted(on: string, workingDays: number): string {
  const day = new Date(`${on}T00:00:00Z`);
  for (let left = Math.abs(workingDays); left > 0;) {
    day.setUTCDate(day.getUTCDate() + Math.sign(workingDays));
    if (isWorkingDay(day)) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

/** The first step or deadline after `now`; cancelled meetings have none. */
export function nextDeadline(tenant: Tenant, now: Date): Deadline | undefined {
  const meetings = tenant.lists().find((one) => one.record.displayName === 'Meetings');
  const ahead: Deadline[] = [];
  for (const item of meetings?.items.values() ?? []) {
    if (item.deleted || item.fields['State'] === 'cancelled') continue;
    for (const { what, at } of momentsOf(item.fields))
      if (at !== undefined && Date.parse(at) > now.getTime())
        ahead.push({ what: `${String(item.fields['Ref'] ?? 'meeting')}, ${what}`, at });
  }
  return ahead.sort((a, b) => (a.at < b.at ? -1 : 1))[0];
}

function momentsOf(fields: Fields): readonly { readonly what: string; readonly at: string | undefined }[] {
  const dayIn = (column: string | undefined): string | undefined => {
    const value = column === undefined ? undefined : fields[column];
    return typeof value === 'string' ? civilDateOf(value) : undefined;
  };
  const heldOn = dayIn('HeldOn');
  if (heldOn === undefined) return [];
  const begins = { what: 'the meeting begins', at: localInstant(heldOn, String(fields['StartsAt'] ?? '10:00')) };
  return [
    begins,
    ...steps.map(({ what, time, stored, from, workingDays }) => {
      const base = dayIn(from?.[0]);
      const on = dayIn(stored) ?? (base === undefined ? counted(heldOn, workingDays) : counted(base, from?.[1] ?? 0));
      return { what, at: localInstant(on, time) };
    }),
  ];
}
