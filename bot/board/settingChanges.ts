// What the secretary changes in a board's settings: what fits, the settings as they are afterwards, before and after in words.
import type { AgendaItem } from './agenda';
import { agendaDraft } from './agendaChange';
import { collect, isCivilDate, lineLimits } from './answerDraft';
import { calendarOf } from './cycle';
import { secretaryOnly } from './manageHandOver';
import { isSecretary } from './mayAnswer';
import type { BoardSnapshot, Body, Instant, QuietPeriod, Ref } from './model';
import { isPolicyKey, orderProblems, whyNotValue } from './policyLimits';
import { resolvePolicy } from './policy';
import { settingLines } from './settingLines';
import type {
  SettingChange,
  SettingIssue,
  SettingLine,
  SettingPart,
  SettingsBefore,
  SettingValue,
} from './settingModel';
import { strictIssues } from './update';

export type SettingDecision =
  | { readonly kind: 'refused'; readonly issues: readonly SettingIssue[] }
  | {
      readonly kind: 'accepted';
      readonly parts: readonly SettingPart[];
      readonly lines: readonly SettingLine[];
      /** What else follows, a sentence each. */
      readonly notes: readonly string[];
    };

export interface SettingInput {
  readonly snapshot: BoardSnapshot;
  readonly before: SettingsBefore;
  readonly at: Instant;
  readonly byRef: Ref;
  readonly change: SettingChange;
}

/** As long as a period of quiet days may be. */
const longestDays = 60;
/** As many winters are written out when a board that keeps the default adds to it. */
const winters = 3;

/** What the change comes to. Refuses (`byRef`): anybody but the secretary; (a field): what does not fit. */
export function decideSettings(input: SettingInput): SettingDecision {
  if (!isSecretary(input.snapshot, input.byRef)) return refused('byRef', secretaryOnly);
  const drafted = draftOf(input);
  if ('issues' in drafted) return { kind: 'refused', issues: drafted.issues };
  const quietDaysOf = (name: string) => input.snapshot.bodies.find((one) => one.name === name)?.quietDays ?? [];
  const lines = settingLines(quietDaysOf, input.before, drafted.parts);
  if (lines.length === 0) return refused('change', 'That is so already: nothing would change.');
  return { kind: 'accepted', parts: drafted.parts, lines, notes: drafted.notes ?? [] };
}

type Drafted =
  | { readonly issues: readonly SettingIssue[] }
  | { readonly parts: readonly SettingPart[]; readonly notes?: readonly string[] };

function draftOf(input: SettingInput): Drafted {
  const { change, before } = input;
  switch (change.kind) {
    case 'policy':
      return policyDraft(before.policy ?? {}, change.values);
    case 'add-quiet-days':
      return addedDays(input, change.body, change.period);
    case 'remove-quiet-days':
      return removedDays(input, change.body, change.period);
    case 'default-quiet-days':
      return { parts: [{ row: 'policy', after: without(before.policy ?? {}, 'quietDays') }] };
    case 'aim-date':
      return aimDraft(input, change);
    case 'agenda':
      return changedAgenda(before.policy ?? {}, change.items);
    case 'binding':
      return { parts: [{ row: 'binding', after: change.after }] };
    case 'put-back':
      return { parts: change.parts };
  }
}

function policyDraft(before: SettingValue, values: Extract<SettingChange, { kind: 'policy' }>['values']): Drafted {
  const issues: SettingIssue[] = [];
  let after = before;
  for (const { key, value } of values) {
    if (!isPolicyKey(key)) {
      issues.push({ field: key, message: `There is no setting “${key}” that is changed here.` });
      continue;
    }
    const why = value === null ? undefined : whyNotValue(key, value);
    if (why !== undefined) issues.push({ field: key, message: why });
    after = value === null ? without(after, key) : { ...after, [key]: value };
  }
  if (issues.length > 0) return { issues };
  const wrong = orderProblems(resolvePolicy(after).policy, new Set(values.map((one) => one.key)));
  return wrong.length > 0 ? { issues: wrong } : { parts: [{ row: 'policy', after }] };
}

function addedDays(input: SettingInput, name: string | undefined, given: QuietPeriod): Drafted {
  const { snapshot, at } = input;
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const found = collect();
  const why = found.text('why', given.why, lineLimits);
  if (why === undefined) found.refuse('why', 'Please say why, in a line: it stands beside the days.');
  for (const field of ['fromOn', 'toOn'] as const) if (!isCivilDate(given[field])) found.refuse(field, 'Choose a day.');
  if (found.issues.length === 0) {
    if (given.toOn < given.fromOn) found.refuse('toOn', 'The last day cannot come before the first.');
    else if (calendar.daysBetween(given.fromOn, given.toOn) >= longestDays)
      found.refuse('toOn', `Quiet days last at most ${longestDays} days.`);
    if (given.toOn < calendar.on(at)) found.refuse('toOn', 'These days have passed.');
  }
  const issues = strictIssues(found);
  if (why === undefined || issues.length > 0) return { issues };
  const period: QuietPeriod = { fromOn: given.fromOn, toOn: given.toOn, why };
  if (name !== undefined)
    return ofBody(snapshot, name, (body) => ({
      parts: [{ row: 'body', name, after: inOrder([...others(body.quietDays, period), period]) }],
      notes: [
        `People of ${body.name} get no message on these days; what falls on them waits until ${calendar.longDate(calendar.addWorkingDays(period.toOn, 1))}. No deadline moves.`,
      ],
    }));
  const policy = input.before.policy ?? {};
  const { quietDays } = resolvePolicy(policy).policy;
  const list = quietDays === 'default' ? writtenOut(Number(calendar.on(at).slice(0, 4))) : quietDays;
  return {
    parts: [{ row: 'policy', after: { ...policy, quietDays: inOrder([...others(list, period), period]) } }],
    notes:
      quietDays === 'default'
        ? [
            `A board’s own list replaces the default, so 24 December to 1 January is written into it for ${winters} winters.`,
          ]
        : [],
  };
}

function removedDays({ snapshot, before }: SettingInput, name: string | undefined, period: QuietPeriod): Drafted {
  const gone: Drafted = { issues: [{ field: 'period', message: 'These quiet days are not in the list any more.' }] };
  if (name !== undefined)
    return ofBody(snapshot, name, (body) => {
      const after = others(body.quietDays, period);
      return after.length === body.quietDays.length ? gone : { parts: [{ row: 'body', name, after }] };
    });
  const policy = before.policy ?? {};
  const { quietDays } = resolvePolicy(policy).policy;
  const after = quietDays === 'default' ? [] : others(quietDays, period);
  if (quietDays === 'default' || after.length === quietDays.length) return gone;
  return { parts: [{ row: 'policy', after: { ...policy, quietDays: after } }] };
}

function aimDraft(input: SettingInput, change: Extract<SettingChange, { kind: 'aim-date' }>): Drafted {
  const { snapshot, before, at, byRef } = input;
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const found = collect();
  const reference = found.text('reference', change.reference, lineLimits);
  if (reference === undefined)
    found.refuse('reference', 'Say by what the letter is known: its reference or its subject.');
  if (!isCivilDate(change.aimOn)) found.refuse('aimOn', 'Choose the day that the letter names.');
  if (!isCivilDate(change.letterOn)) found.refuse('letterOn', 'Choose the day of the letter.');
  else if (change.letterOn > calendar.on(at)) found.refuse('letterOn', 'The letter’s day is still to come.');
  if (change.link !== undefined && !/^https:\/\/\S+$/u.test(change.link))
    found.refuse('link', 'Give an address that begins with https://, or leave it empty.');
  if (before.board === undefined)
    found.refuse('aimOn', 'The board’s own facts are not set yet: an operator sets them first (settings set board).');
  const issues = strictIssues(found);
  if (reference === undefined || issues.length > 0) return { issues };
  const { aimOn, letterOn, link } = change;
  const noticeState = {
    text: `The date by which the actions should be done is now ${calendar.longDate(aimOn)}, by the letter of the Department “${reference}”.`,
    on: letterOn,
    byRef,
    ...(link === undefined ? {} : { link }),
  };
  return {
    parts: [
      { row: 'board', after: { ...before.board, actionsAimOn: aimOn } },
      { row: 'clauses', after: { ...before.clauses, noticeState } },
    ],
  };
}

function changedAgenda(policy: SettingValue, given: readonly AgendaItem[] | null): Drafted {
  const drafted = agendaDraft(given);
  if ('issues' in drafted) return drafted;
  const { items } = drafted;
  return {
    parts: [
      { row: 'policy', after: { ...without(policy, 'agenda'), ...(items === undefined ? {} : { agenda: items }) } },
    ],
    notes: ['It holds for every meeting that is still to come. A board pack that is filed stays as it is.'],
  };
}

function ofBody(snapshot: BoardSnapshot, name: string, drafted: (body: Body) => Drafted): Drafted {
  const body = snapshot.bodies.find((one) => one.name === name);
  return body
    ? drafted(body)
    : { issues: [{ field: 'body', message: 'There is no such body on this board any more.' }] };
}

/** The default as a list, from the winter that a year begins in. */
function writtenOut(year: number): readonly QuietPeriod[] {
  return Array.from({ length: winters }, (_, index) => ({
    fromOn: `${year - 1 + index}-12-24`,
    toOn: `${year + index}-01-01`,
    why: 'Christmas and New Year',
  }));
}

function others(list: readonly QuietPeriod[], { fromOn, toOn }: QuietPeriod): readonly QuietPeriod[] {
  return list.filter((one) => one.fromOn !== fromOn || one.toOn !== toOn);
}

function inOrder(list: readonly QuietPeriod[]): readonly QuietPeriod[] {
  return [...list].sort((a, b) => (periodKey(a) < periodKey(b) ? -1 : 1));
}

function periodKey({ fromOn, toOn }: QuietPeriod): string {
  return `${fromOn}/${toOn}`;
}

function without(value: SettingValue, key: string): SettingValue {
  return Object.fromEntries(Object.entries(value).filter(([one]) => one !== key));
}

function refused(field: string, message: string): SettingDecision {
  return { kind: 'refused', issues: [{ field, message }] };
}
