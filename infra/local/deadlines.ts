// The next thing that happens in a meeting's cycle, for the console's clock: by the board's own days, hours and quiet days.
import { z } from 'zod';
import { civilDateOf, localInstant } from './clock';
import type { Tenant } from './tenant';
import { workingDays, type QuietDays, type WorkingDays } from './workingDays';

export interface Deadline {
  readonly what: string;
  /** An instant in UTC. */
  readonly at: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What the lists say that bears on the cycle. */
export interface CycleLists {
  readonly meetings: readonly Fields[];
  readonly settings: readonly Fields[];
  readonly bodies: readonly Fields[];
}

/** Defaults of docs/rules.md, the cycle, by the names that the policy has there. */
const defaults = {
  requestWorkingDaysBefore: 15,
  reminderWorkingDaysBefore: 10,
  finalReminderWorkingDaysBefore: 8,
  ownersDeadlineWorkingDaysBefore: 7,
  escalationWorkingDaysBefore: 6,
  papersDeadlineWorkingDaysBefore: 5,
  briefingWorkingDaysBefore: 3,
  digestWorkingDaysBefore: 1,
  arisingWorkingDaysAfter: 1,
  minutesWorkingDaysAfter: 5,
  squeezedBelowWorkingDays: 25,
  deadlineAfterQuietWorkingDays: 2,
  ownersDeadlineTime: '17:00',
  papersDeadlineTime: '16:00',
  sendingFromTime: '08:00',
  sendingUntilTime: '18:00',
};
type Policy = typeof defaults;

/** The first step or deadline after `now`; cancelled meetings have none. */
export function nextDeadline(tenant: Tenant, now: Date): Deadline | undefined {
  const rows = (name: string): readonly Fields[] => {
    const list = tenant.lists().find((one) => one.record.displayName === name);
    return [...(list?.items.values() ?? [])].filter((one) => !one.deleted).map((one) => one.fields);
  };
  const lists = { meetings: rows('Meetings'), settings: rows('Settings'), bodies: rows('Bodies') };
  return deadlines(lists).find((one) => Date.parse(one.at) > now.getTime());
}

/** Everything that happens in the cycles of the meetings that are not cancelled, in order of time. */
export function deadlines({ meetings, settings, bodies }: CycleLists): readonly Deadline[] {
  const stored = valuesSchema.parse(parsed(settings.find((one) => one['Key'] === 'policy')?.['Json']));
  const policy = policyOf(stored);
  const quiet: QuietDays = quietSchema.parse(stored['quietDays']) ?? 'default';
  const board = workingDays(quiet);
  const inOrder = meetings
    .filter((one) => one['State'] !== 'cancelled' && dayIn(one, 'HeldOn') !== undefined)
    .sort((a, b) => ((dayIn(a, 'HeldOn') ?? '') < (dayIn(b, 'HeldOn') ?? '') ? -1 : 1));
  const found = inOrder.flatMap((meeting, place) => {
    const days = boardDays(meeting, inOrder[place - 1], policy, board);
    const ref = String(meeting['Ref'] ?? 'meeting');
    const asked = (at: Days, of: string): readonly Moment[] => [
      [`updates are asked for${of}`, at.request, '09:00'],
      [`reminder${of}`, at.reminder, '09:00'],
      [`final reminder${of}`, at.finalReminder, '09:00'],
      [`morning of the owners' deadline${of}`, lastWorked(at.deadline, at.counted), '09:00'],
    ];
    const ofBodies = bodies.flatMap((body) => {
      const own = quietSchema.parse(parsed(body['QuietDays'])) ?? [];
      if (own.length === 0) return [];
      const of = `, ${String(body['Name'] ?? 'a body')}`;
      return asked(bodyDays(days, meeting, workingDays(quiet, own), board, policy), of);
    });
    return [...asked(days, ''), ...ofBodies, ...others(meeting, days, policy, board)].flatMap(([what, on, time]) => {
      const at = localInstant(on, what === 'the meeting begins' ? time : within(time, policy));
      return at === undefined ? [] : [{ what: `${ref}, ${what}`, at }];
    });
  });
  const sorted = found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return sorted.filter((one, place) => one.at !== sorted[place - 1]?.at);
}

type Moment = readonly [what: string, on: string, time: string];

interface Days {
  readonly request: string;
  readonly reminder: string;
  readonly finalReminder: string;
  readonly deadline: string;
  readonly counted: WorkingDays;
}

function boardDays(meeting: Fields, previous: Fields | undefined, policy: Policy, counted: WorkingDays): Days {
  const heldOn = dayIn(meeting, 'HeldOn') ?? '';
  const before = (n: number): string => counted.step(heldOn, -n);
  const stored = dayIn(meeting, 'OwnersDeadlineOn');
  const plain = before(policy.ownersDeadlineWorkingDaysBefore);
  const quiet = counted.quietJustBefore(plain, policy.deadlineAfterQuietWorkingDays);
  const moved = quiet ? counted.step(quiet.fromOn, -1) : plain;
  const earlier = stored === undefined ? counted.between(moved, plain) : 0;
  const request = before(policy.requestWorkingDaysBefore + earlier);
  const earliest = earliestRequest(previous, heldOn, policy, counted);
  return {
    request: nextWorked(dayIn(meeting, 'UpdateRequestOn') ?? (request < earliest ? earliest : request), counted),
    reminder: nextWorked(
      dayIn(meeting, 'FirstReminderOn') ?? before(policy.reminderWorkingDaysBefore + earlier),
      counted,
    ),
    finalReminder: before(policy.finalReminderWorkingDaysBefore + earlier),
    deadline: stored ?? moved,
    counted,
  };
}

/** Of meetings close together the day after the last minutes are due. */
function earliestRequest(previous: Fields | undefined, heldOn: string, policy: Policy, counted: WorkingDays): string {
  const lastOn = previous && dayIn(previous, 'HeldOn');
  if (previous === undefined || lastOn === undefined) return '';
  if (counted.between(lastOn, heldOn) >= policy.squeezedBelowWorkingDays) return '';
  return counted.step(dayIn(previous, 'MinutesDueOn') ?? counted.step(lastOn, policy.minutesWorkingDaysAfter), 1);
}

/** As the people of a body with quiet days of its own are asked. Source: docs/rules.md, the cycle. */
function bodyDays(days: Days, meeting: Fields, own: WorkingDays, board: WorkingDays, policy: Policy): Days {
  const stored = dayIn(meeting, 'OwnersDeadlineOn');
  const heldOn = dayIn(meeting, 'HeldOn') ?? '';
  const plain =
    stored === undefined ? own.step(heldOn, -board.between(days.deadline, heldOn)) : lastWorked(stored, own);
  const quiet = own.quietJustBefore(plain, policy.deadlineAfterQuietWorkingDays);
  const deadline = quiet ? own.step(quiet.fromOn, -1) : plain;
  const before = (on: string, storedOn?: string): string =>
    storedOn === undefined ? own.step(deadline, -board.between(on, days.deadline)) : lastWorked(storedOn, own);
  return {
    request: before(days.request, dayIn(meeting, 'UpdateRequestOn')),
    reminder: before(days.reminder, dayIn(meeting, 'FirstReminderOn')),
    finalReminder: before(days.finalReminder),
    deadline,
    counted: own,
  };
}

function others(meeting: Fields, days: Days, policy: Policy, counted: WorkingDays): readonly Moment[] {
  const heldOn = dayIn(meeting, 'HeldOn') ?? '';
  const before = (n: number): string => counted.step(heldOn, -n);
  const papersOn = dayIn(meeting, 'PapersDeadlineOn') ?? before(policy.papersDeadlineWorkingDaysBefore);
  const papers = nextWorked(papersOn, counted);
  const escalation = before(policy.escalationWorkingDaysBefore);
  const afterDeadline = counted.step(days.deadline, 1);
  const hour = Math.max(0, Number(policy.papersDeadlineTime.slice(0, 2)) - 2);
  const minutesOn = dayIn(meeting, 'MinutesDueOn') ?? counted.step(heldOn, policy.minutesWorkingDaysAfter);
  return [
    ["owners' deadline", days.deadline, policy.ownersDeadlineTime],
    ['escalation', escalation > afterDeadline ? escalation : afterDeadline, '10:00'],
    ['papers to check', papers, '08:00'],
    [
      'two hours before the papers are due',
      papers,
      `${String(hour).padStart(2, '0')}${policy.papersDeadlineTime.slice(2)}`,
    ],
    ['papers deadline', papers, policy.papersDeadlineTime],
    ["chair's briefing", before(policy.briefingWorkingDaysBefore), '09:00'],
    ['digest to members', before(policy.digestWorkingDaysBefore), '09:00'],
    ['the meeting begins', heldOn, String(meeting['StartsAt'] ?? '10:00')],
    ['decisions go to their owners', counted.step(heldOn, policy.arisingWorkingDaysAfter), '09:00'],
    ['minutes are due', minutesOn, '17:00'],
  ];
}

function lastWorked(on: string, counted: WorkingDays): string {
  return counted.isWorked(on) ? on : counted.step(on, -1);
}

function nextWorked(on: string, counted: WorkingDays): string {
  return counted.isWorked(on) ? on : counted.step(on, 1);
}

/** Messages leave in the sending hours. */
function within(time: string, { sendingFromTime, sendingUntilTime }: Policy): string {
  return time < sendingFromTime ? sendingFromTime : time > sendingUntilTime ? sendingUntilTime : time;
}

function dayIn(fields: Fields, column: string): string | undefined {
  const value = fields[column];
  return typeof value === 'string' ? civilDateOf(value) : undefined;
}

/** A value of another kind than the default's is left out, as the service does. */
function policyOf(stored: Fields): Policy {
  const known = Object.entries(stored).filter(
    ([name, value]) => Object.hasOwn(defaults, name) && typeof value === typeof Reflect.get(defaults, name),
  );
  return { ...defaults, ...Object.fromEntries(known) };
}

function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const valuesSchema = z.record(z.string(), z.unknown()).catch({});
const quietSchema = z
  .array(z.object({ fromOn: z.string(), toOn: z.string() }))
  .optional()
  .catch(undefined);
