// Changed settings in words: each value before and after, and the dates of the cycle that move with them.
import { isAgenda } from './agenda';
import { agendaLines } from './agendaChange';
import { bindingLines } from './bindingLines';
import { calendarOf, meetingAt, planCycle } from './cycle';
import type { CycleDeadlines } from './cycleSteps';
import type { BoardSnapshot, CivilDate, Instant, QuietPeriod } from './model';
import { isPolicyKey } from './policyLimits';
import { defaultPolicy, resolvePolicy, type BoardPolicy } from './policy';
import { policyValueWords, policyWords } from './policyWords';
import type { SettingLine, SettingName, SettingPart, SettingsBefore, SettingValue } from './settingModel';
import { differences } from './settingsDiff';
import { count, dayWords } from './wording';

/** Before and after of each value that the parts change; none when they change nothing. */
export function settingLines(
  quietDaysOf: (bodyName: string) => readonly QuietPeriod[],
  before: SettingsBefore,
  parts: readonly SettingPart[],
): readonly SettingLine[] {
  return parts.flatMap((part) => {
    if (part.row === 'body') return daysLine(`Quiet days of ${part.name}`, quietDaysOf(part.name), part.after);
    const was = before[part.row] ?? {};
    if (part.row === 'binding') return bindingLines(was, part.after);
    return part.row === 'policy' ? policyLines(was, part.after) : factLines(was, part.after);
  });
}

function policyLines(was: SettingValue, is: SettingValue): readonly SettingLine[] {
  const before = resolvePolicy(was).policy;
  const after = resolvePolicy(is).policy;
  const known = Object.keys(policyWords)
    .filter(isPolicyKey)
    .flatMap((key) => {
      const words = (policy: BoardPolicy): string => {
        const value = policyValueWords(policyWords[key].unit, policy[key]);
        return policy[key] === defaultPolicy[key] ? `${value} (the default)` : value;
      };
      return before[key] === after[key]
        ? []
        : [{ what: policyWords[key].words, before: words(before), after: words(after) }];
    });
  // An agenda that does not fit is no agenda: it is told as it stands.
  const isTold = ([key, value]: readonly [string, unknown]): boolean =>
    isPolicyKey(key) || key === 'quietDays' || (key === 'agenda' && isAgenda(value));
  const rest = (value: SettingValue) => Object.fromEntries(Object.entries(value).filter((one) => !isTold(one)));
  return [
    ...known,
    ...daysLine('Quiet days of the council', before.quietDays, after.quietDays),
    ...agendaLines(before.agenda, after.agenda),
    ...factLines(rest(was), rest(is)),
  ];
}

function daysLine(what: string, was: BoardPolicy['quietDays'], is: BoardPolicy['quietDays']): readonly SettingLine[] {
  const line = { what, before: daysWords(was), after: daysWords(is) };
  return line.before === line.after ? [] : [line];
}

function daysWords(days: BoardPolicy['quietDays']): string {
  if (days === 'default') return '24 December to 1 January each year (the default)';
  return days.length === 0 ? 'none' : days.map(periodWords).join('; ');
}

/** `24 December 2025 to 1 January 2026: Christmas and New Year`. */
export function periodWords({ fromOn, toOn, why }: QuietPeriod): string {
  const days = fromOn === toOn ? dayWords(fromOn) : `${dayWords(fromOn)} to ${dayWords(toOn)}`;
  return why === undefined || why === '' ? days : `${days}: ${why}`;
}

const factWords: Readonly<Record<string, string>> = {
  actionsAimOn: 'The notice’s aim date',
  'noticeState.text': 'The state of the notice',
  'noticeState.on': 'The day of the Department’s letter',
  'noticeState.byRef': 'Entered by',
  'noticeState.link': 'Where the letter can be opened',
};

/** Facts in words where they have some, else by their place in the setting. */
function factLines(was: SettingValue, is: SettingValue): readonly SettingLine[] {
  return (
    differences(was, is)
      // Of a setting that was empty as a whole, its values alone are told.
      .filter((one) => one.path !== '')
      .map(({ path, before, after }) => ({
        what: factWords[path] ?? path,
        before: leafWords(before),
        after: leafWords(after),
      }))
  );
}

function leafWords(json: string | undefined): string {
  if (json === undefined) return 'not recorded';
  const text = json.replace(/^"|"$/gu, '');
  return /^\d{4}-\d\d-\d\d$/u.test(text) ? dayWords(text) : text;
}

const deadlineWords: readonly (readonly [keyof CycleDeadlines, string])[] = [
  ['invitationsOn', 'Invitations'],
  ['requestOn', 'Update request'],
  ['reminderOn', 'Reminder'],
  ['finalReminderOn', 'Final reminder'],
  ['ownersDeadlineOn', 'Owners’ deadline'],
  ['escalationOn', 'Escalation'],
  ['papersDeadlineOn', 'Papers deadline'],
  ['briefingOn', 'Chair’s briefing'],
  ['digestOn', 'Digest'],
  ['arisingOn', 'Decisions and actions arising'],
  ['minutesDueOn', 'Draft minutes'],
];

/** What of the present cycle, and of what is judged by the aim date, moves when the parts are kept. */
export function movedDates(
  snapshot: BoardSnapshot,
  before: SettingsBefore,
  parts: readonly SettingPart[],
  at: Instant,
): readonly SettingLine[] {
  const after: { [Name in SettingName]?: SettingValue } = {};
  for (const one of parts) if (one.row !== 'body') after[one.row] = one.after;
  return [...movedDeadlines(snapshot, before, after, at), ...movedAim(snapshot, after)];
}

function movedDeadlines(snapshot: BoardSnapshot, before: SettingsBefore, after: SettingsBefore, at: Instant) {
  const { meeting, previous } = meetingAt(snapshot, at);
  if (!after.policy || !meeting) return [];
  const deadlines = (
    given: SettingValue,
  ): { readonly dates: CycleDeadlines; readonly day: (on: CivilDate) => string } => {
    const { policy } = resolvePolicy(given);
    const calendar = calendarOf(policy);
    const { deadlines: dates } = planCycle(meeting, previous, calendar, policy);
    return { dates, day: (on) => `${calendar.longDate(on)}${on < calendar.on(at) ? ' (passed)' : ''}` };
  };
  const was = deadlines(before.policy ?? {});
  const is = deadlines(after.policy);
  return deadlineWords.flatMap(([key, words]) =>
    was.dates[key] === is.dates[key]
      ? []
      : [
          {
            what: `${words} for the meeting on ${dayWords(meeting.on)}`,
            before: was.day(was.dates[key]),
            after: is.day(is.dates[key]),
          },
        ],
  );
}

function movedAim(snapshot: BoardSnapshot, { board }: SettingsBefore): readonly SettingLine[] {
  const aimOn = board?.['actionsAimOn'];
  if (typeof aimOn !== 'string') return [];
  const late = (by: CivilDate | undefined): string =>
    by === undefined
      ? 'not judged'
      : count(snapshot.actions.filter((one) => one.dueOn !== undefined && one.dueOn > by).length, 'action');
  const line = { what: 'Due after the aim date', before: late(snapshot.facts.actionsAimOn), after: late(aimOn) };
  return line.before === line.after ? [] : [line];
}
