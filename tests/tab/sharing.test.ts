// What is read again keeps the objects of what did not change.
import { isNews, shared } from '../../tab/src/sharing';

const before = {
  asOf: { at: '09:00' },
  rows: [
    { ref: 'A', tags: ['x'] },
    { ref: 'B', tags: [] },
  ],
  note: 'same',
};
const copy = (): typeof before => JSON.parse(JSON.stringify(before)) as typeof before;

test('what is equal is the same object', () => {
  expect(shared(before, copy())).toBe(before);
});

test('only what changed is new', () => {
  const after = copy();
  after.rows[1] = { ref: 'B', tags: ['late'] };
  const made = shared(before, after);
  expect(made).toEqual(after);
  expect(made.rows[0]).toBe(before.rows[0]);
  expect(made.asOf).toBe(before.asOf);
  expect(isNews(before, made)).toBe(true);
});

test.each([
  [{ ...before, asOf: { at: '09:15' } }, false],
  [{ ...before, rows: before.rows.slice(1) }, true],
  [{ ...before, more: 1 }, true],
  [{ asOf: before.asOf, rows: before.rows }, true],
  [['another', 'kind'], true],
  [null, true],
])('%j is news: %s', (after, expected) => {
  const made = shared(before, JSON.parse(JSON.stringify(after)) as unknown);
  expect(made).toEqual(after);
  expect(isNews(before, made)).toBe(expected);
});
