// What a value of the policy may be: its kind, its range by its unit, and the order that the days of a cycle keep.
import { defaultPolicy, type BoardPolicy } from './policy';
import { policyValueWords, policyWords } from './policyWords';
import { plain } from './wording';

export type PolicyKey = keyof typeof policyWords;
export type PolicyValue = string | number | boolean;

export function isPolicyKey(name: string): name is PolicyKey {
  return Object.hasOwn(policyWords, name);
}

/** In the unit of the value, both ends included; `whole` where only whole numbers mean something. */
export interface PolicyRange {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

const byUnit: Readonly<Partial<Record<(typeof policyWords)[PolicyKey]['unit'], readonly [number, number]>>> = {
  'working day': [0, 60],
  'calendar day': [1, 365],
  month: [0, 36],
  minute: [0, 1440],
  point: [1, 100],
  'per cent': [0, 100],
  reading: [1, 24],
  meeting: [1, 3],
  log: [1, 12],
  cycle: [1, 12],
  action: [1, 50],
  answer: [1, 50],
};

/** Values without a unit, and those whose rule makes its own limits. */
const own: Readonly<Partial<Record<PolicyKey, readonly [number, number]>>> = {
  datesMovedTimes: [1, 20],
  levelShareOfTolerance: [0, 1],
  // Likelihood times impact.
  riskToleranceScore: [1, 25],
  // A line needs two points.
  forecastReadings: [2, 24],
  forecastMinimumReadings: [2, 24],
};

/** The range of a figure; undefined for times, texts, and yes or no. */
export function rangeOf(key: PolicyKey): PolicyRange | undefined {
  const [least, most] = own[key] ?? byUnit[policyWords[key].unit] ?? [];
  if (least === undefined || most === undefined) return undefined;
  return { least, most, whole: key !== 'levelShareOfTolerance' };
}

/** `0 to 60 working days`, `a time such as 17:00`, `yes or no`. */
export function rangeWords(key: PolicyKey): string {
  const range = rangeOf(key);
  if (range) return `${plain(range.least)} to ${policyValueWords(policyWords[key].unit, range.most)}`;
  if (typeof defaultPolicy[key] === 'boolean') return 'yes or no';
  return policyWords[key].unit === 'time' ? 'a time such as 17:00' : 'the name of a time zone, such as Europe/London';
}

/** Why a value may not be kept, for the person who gave it; undefined when it may. */
export function whyNotValue(key: PolicyKey, value: PolicyValue): string | undefined {
  const range = rangeOf(key);
  if (range) {
    const fits =
      typeof value === 'number' &&
      value >= range.least &&
      value <= range.most &&
      (!range.whole || Number.isInteger(value));
    return fits ? undefined : `Give ${range.whole ? 'a whole number' : 'a number'}: ${rangeWords(key)}.`;
  }
  if (typeof defaultPolicy[key] === 'boolean') return typeof value === 'boolean' ? undefined : 'Choose yes or no.';
  const isText = typeof value === 'string' && value.trim() !== '';
  const isTime = isText && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
  return (policyWords[key].unit === 'time' ? isTime : isText) ? undefined : `Give ${rangeWords(key)}.`;
}

/** Pairs of which the first lies more working days before the meeting. */
const order: readonly (readonly [PolicyKey, PolicyKey])[] = [
  ['requestWorkingDaysBefore', 'reminderWorkingDaysBefore'],
  ['reminderWorkingDaysBefore', 'finalReminderWorkingDaysBefore'],
  ['finalReminderWorkingDaysBefore', 'ownersDeadlineWorkingDaysBefore'],
  ['ownersDeadlineWorkingDaysBefore', 'escalationWorkingDaysBefore'],
  ['ownersDeadlineWorkingDaysBefore', 'papersDeadlineWorkingDaysBefore'],
  ['papersDeadlineWorkingDaysBefore', 'briefingWorkingDaysBefore'],
  ['briefingWorkingDaysBefore', 'digestWorkingDaysBefore'],
];

/** What of the changed values leaves the order of a cycle or of a day, under the key that was changed. */
export function orderProblems(
  policy: BoardPolicy,
  changed: ReadonlySet<string>,
): readonly { readonly field: PolicyKey; readonly message: string }[] {
  const days = order.flatMap(([early, late]) => {
    if (policy[early] > policy[late] || !(changed.has(early) || changed.has(late))) return [];
    const words = (key: PolicyKey): string => `“${policyWords[key].words}”`;
    return changed.has(early)
      ? [
          {
            field: early,
            message: `It must lie further from the meeting than ${words(late)}: more than ${policyValueWords('working day', policy[late])}.`,
          },
        ]
      : [
          {
            field: late,
            message: `It must lie nearer to the meeting than ${words(early)}: fewer than ${policyValueWords('working day', policy[early])}.`,
          },
        ];
  });
  const isHours = changed.has('sendingFromTime') || changed.has('sendingUntilTime');
  if (!isHours || policy.sendingFromTime < policy.sendingUntilTime) return days;
  const field = changed.has('sendingFromTime') ? 'sendingFromTime' : 'sendingUntilTime';
  return [...days, { field, message: 'Sending must begin before it ends.' }];
}
