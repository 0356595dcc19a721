// The secretary's words in chat, taken apart: add, hand over, who leaves, pause. Nothing is looked up on the board here.
import type { CivilDate } from './model';
import { readDate } from './planDates';

export type ManageWords =
  | { readonly kind: 'add-action'; readonly area?: string; readonly title?: string }
  | { readonly kind: 'add-risk'; readonly title?: string }
  | { readonly kind: 'hand-over'; readonly what: string; readonly to?: string; readonly from?: string }
  | { readonly kind: 'leaves'; readonly who: string; readonly on?: string }
  | { readonly kind: 'hand-back' }
  | { readonly kind: 'planned' };

/** The longest title that a form takes. */
const longest = 300;

/** What a message of one line says; undefined: none of these. */
export function readManageWords(text: string): ManageWords | undefined {
  const line = text
    .replace(/\s+/gu, ' ')
    .replace(/^(?:please |pls )/iu, '')
    .trim()
    .slice(0, 500);
  const bare = line.replace(/[.!?]+$/u, '').toLowerCase();
  if (/^(?:hand|give|take) (?:it )?back$|^undo (?:the )?hand-?over$/u.test(bare)) return { kind: 'hand-back' };
  if (/^(?:planned )?hand-?overs$/u.test(bare)) return { kind: 'planned' };
  const action =
    /^(?:add|new)(?: an?| a new)? action(?: (?:to|for|in|under) ([a-z]+[\s-]?\d+)(?=$|[\s:,–-]))?\s*[:,–-]?\s*(.*)$/iu.exec(
      line,
    );
  if (action) return { kind: 'add-action', ...named('area', action[1]), ...named('title', action[2]) };
  const risk = /^(?:add|new)(?: an?| a new)? risk(?=$|[\s:,–-])\s*[:,–-]?\s*(.*)$/iu.exec(line);
  if (risk) return { kind: 'add-risk', ...named('title', risk[1]) };
  return handOver(line) ?? leaves(line);
}

function handOver(line: string): ManageWords | undefined {
  const found =
    /^(?:hand ?over|hand-over|handover|give|pass|reassign) (.+?)(?: (?:over )?to (.+?))?(?: (?:from|as of|on) (.+))?$/iu.exec(
      line,
    );
  const what = found?.[1];
  // "Give me ..." is another wish.
  if (what === undefined || !/\d/u.test(what)) return undefined;
  return { kind: 'hand-over', what, ...named('to', found?.[2]), ...named('from', found?.[3]) };
}

function leaves(line: string): ManageWords | undefined {
  const found =
    /^(.+?) (?:leaves|is leaving|will leave|has left|left)(?: us| the board| the council)?(?: (?:on|by|after) (.+)| (today|tomorrow))?[.!]?$/iu.exec(
      line,
    );
  const who = found?.[1];
  if (who === undefined || who.split(' ').length > 5) return undefined;
  return { kind: 'leaves', who, ...named('on', found?.[2] ?? found?.[3]) };
}

function named<K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } {
  const text = value?.trim().replace(/[.,;]+$/u, '');
  if (text === undefined || text === '') return {};
  const said: { [P in K]?: string } = {};
  said[name] = text.slice(0, longest);
  return said;
}

/** `3 February`, `Monday 3 Feb 2025`, `2025-02-03`, `today`, `tomorrow`; without a year the next such day. */
export function readDay(
  text: string,
  todayOn: CivilDate,
  addDays: (on: CivilDate, n: number) => CivilDate,
): CivilDate | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/u, '');
  if (plain === 'today' || plain === 'now') return todayOn;
  if (plain === 'tomorrow') return addDays(todayOn, 1);
  const whole = readDate(plain);
  if (whole) return whole.monthAlone ? undefined : whole.on;
  const year = Number(todayOn.slice(0, 4));
  const days = [year, year + 1].map((one) => readDate(`${plain} ${one}`));
  return days.find((one) => one !== undefined && !one.monthAlone && one.on >= todayOn)?.on;
}

export interface PauseWords {
  readonly kind: 'pause' | 'resume';
  readonly until?: string;
  readonly why?: string;
}

/** `pause`, `pause all sending until 20 January: the board is between secretaries`, `resume`. */
export function readPauseWords(text: string): PauseWords | undefined {
  const line = text.replace(/\s+/gu, ' ').trim().slice(0, 500);
  if (/^(?:resume|unpause|go on|carry on)(?: (?:all )?(?:sending|messages|reminders))?[.!]*$/iu.test(line))
    return { kind: 'resume' };
  const found =
    /^(?:pause|(?:stop|hold|suspend)(?= (?:all|sending|messages|reminders)))(?: all)?(?: (?:sending|messages|reminders))?(?: until ([^:]+?))?(?:(?::| because| as|,) ?(.+))?[.!]*$/iu.exec(
      line,
    );
  return found ? { kind: 'pause', ...named('until', found[1]), ...named('why', found[2]) } : undefined;
}
