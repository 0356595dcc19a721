// The words of a policy: each value has them, with its unit.
import { defaultPolicy } from '../../bot/board/policy';
import { policyGroups, policyValueWords, policyWords } from '../../bot/board/policyWords';

test('each value of the policy but the lists has words and a group', () => {
  const named = Object.keys(policyWords).toSorted();
  const known = Object.keys(defaultPolicy).filter((one) => one !== 'quietDays' && one !== 'agenda');
  expect(named).toEqual(known.toSorted());
  expect(new Set(Object.values(policyWords).map((one) => one.group))).toEqual(new Set(policyGroups));
});

test('no two values have the same words', () => {
  const words = Object.values(policyWords).map((one) => one.words);
  expect(new Set(words).size).toBe(words.length);
});

test.each([
  ['working day', 20, '20 working days'],
  ['working day', 1, '1 working day'],
  ['per cent', 80, '80%'],
  ['none', 12, '12'],
  ['none', 'Europe/London', 'Europe/London'],
  ['time', '17:00', '17:00'],
  ['none', true, 'yes'],
  ['none', false, 'no'],
] as const)('a value of the unit %s, %s, is said "%s"', (unit, value, words) => {
  expect(policyValueWords(unit, value)).toBe(words);
});
