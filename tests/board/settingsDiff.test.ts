// Two settings compared value by value.
import { differences, differenceWords } from '../../bot/board/settingsDiff';

const words = (before: unknown, after: unknown) => differences(before, after).map(differenceWords);

test.each([
  [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, ['a.c: 2 -> 3']],
  [{ a: [1, 2] }, { a: [1] }, ['a: [1,2] -> [1]']],
  [undefined, { a: 'x' }, ['a: not set -> "x"']],
  [{ a: null, b: {} }, {}, ['a: null -> not set', 'b: {} -> not set', 'the whole: not set -> {}']],
  ['x', 'x', []],
])('%j and %j differ in %j', (before, after, expected) => {
  expect(words(before, after)).toEqual(expected);
});
