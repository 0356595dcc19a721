// What a value of the policy may be: its range in words, what is refused, and the order of a cycle's days.
import {
  isPolicyKey,
  orderProblems,
  rangeOf,
  rangeWords,
  whyNotValue,
  type PolicyKey,
} from '../../bot/board/policyLimits';
import { defaultPolicy, resolvePolicy } from '../../bot/board/policy';
import { policyWords } from '../../bot/board/policyWords';

const keys = Object.keys(policyWords).filter(isPolicyKey);

test.each(keys)('the default of %s is within what may be given', (key) => {
  expect(whyNotValue(key, defaultPolicy[key])).toBeUndefined();
  expect(rangeWords(key)).not.toBe('');
});

test('the lists of the policy, and what is not known, are no figures', () => {
  expect(['quietDays', 'agenda', 'toString'].filter(isPolicyKey)).toEqual([]);
});

test.each([
  ['requestWorkingDaysBefore', '0 to 60 working days'],
  ['onTimeAnswersPercent', '0 to 100%'],
  ['levelShareOfTolerance', '0 to 1'],
  ['secretaryDecidesDates', 'yes or no'],
  ['ownersDeadlineTime', 'a time such as 17:00'],
  ['timeZone', 'the name of a time zone, such as Europe/London'],
] as const)('the range of %s is said as "%s"', (key, words) => {
  expect(rangeWords(key)).toBe(words);
});

test.each([
  ['requestWorkingDaysBefore', 61, 'Give a whole number: 0 to 60 working days.'],
  ['requestWorkingDaysBefore', -1, 'Give a whole number: 0 to 60 working days.'],
  ['requestWorkingDaysBefore', 1.5, 'Give a whole number: 0 to 60 working days.'],
  ['requestWorkingDaysBefore', 'ten', 'Give a whole number: 0 to 60 working days.'],
  ['levelShareOfTolerance', 1.1, 'Give a number: 0 to 1.'],
  ['levelShareOfTolerance', 0.25, undefined],
  ['secretaryDecidesDates', 'yes', 'Choose yes or no.'],
  ['ownersDeadlineTime', '25:00', 'Give a time such as 17:00.'],
  ['ownersDeadlineTime', 17, 'Give a time such as 17:00.'],
  ['timeZone', ' ', 'Give the name of a time zone, such as Europe/London.'],
] as const)('%s may not be %j: %s', (key, value, why) => {
  expect(whyNotValue(key, value)).toBe(why);
});

test('a whole number is asked for everywhere but at a share', () => {
  expect(keys.filter((key) => rangeOf(key)?.whole === false)).toEqual(['levelShareOfTolerance']);
});

const problems = (given: Readonly<Partial<Record<PolicyKey, unknown>>>) =>
  orderProblems(resolvePolicy(given).policy, new Set(Object.keys(given)));

test.each([
  [
    { reminderWorkingDaysBefore: 8 },
    'reminderWorkingDaysBefore',
    /further from the meeting than “Final reminder.*more than 8 working days/,
  ],
  [
    { ownersDeadlineWorkingDaysBefore: 8 },
    'ownersDeadlineWorkingDaysBefore',
    /nearer to the meeting than “Final reminder.*fewer than 8 working days/,
  ],
  [{ sendingFromTime: '19:00' }, 'sendingFromTime', /begin before it ends/],
  [{ sendingUntilTime: '07:00' }, 'sendingUntilTime', /begin before it ends/],
])('%j is out of order', (given, field, words) => {
  expect(problems(given)).toEqual([{ field, message: expect.stringMatching(words) }]);
});

test('what keeps the order, and an order that was wrong before and is not touched, are no problem', () => {
  expect(problems({ reminderWorkingDaysBefore: 9, sendingFromTime: '09:00' })).toEqual([]);
  const { policy } = resolvePolicy({ reminderWorkingDaysBefore: 5 });
  expect(orderProblems(policy, new Set(['undoMinutes']))).toEqual([]);
});
