// A long list is drawn in parts until all of it is there; another view begins at its top, and the rows of the one before
// go part by part, out of sight.
import { act, renderHook, waitFor } from '@testing-library/react';
import { useGrowing } from '../../tab/src/useGrowing';

const rows = Array.from({ length: 150 }, (_, index) => index);
const others = rows.map((one) => one + 1000);

type Parts = ReturnType<typeof useGrowing<number>>;
const shown = (parts: Parts) => parts.filter((one) => !one.isLeaving).flatMap((one) => one.rows);
const leaving = (parts: Parts) => parts.filter((one) => one.isLeaving).flatMap((one) => one.rows);

function growing(list: readonly number[]) {
  return renderHook(({ view, list: given }) => useGrowing(given, view), { initialProps: { view: 'all', list } });
}

test('begins with what a window shows and ends with everything, in its order', async () => {
  const { result } = growing(rows);
  expect(shown(result.current)).toEqual(rows.slice(0, 20));
  await waitFor(() => expect(shown(result.current)).toEqual(rows));
});

test('the same view read again stays whole', async () => {
  const { result, rerender } = growing(rows);
  await waitFor(() => expect(shown(result.current)).toEqual(rows));
  rerender({ view: 'all', list: [...rows, 150] });
  expect(shown(result.current)).toEqual([...rows, 150]);
  expect(leaving(result.current)).toEqual([]);
});

test('another view begins at its top; what was drawn before goes part by part, and no key is given twice', async () => {
  const { result, rerender } = growing(rows);
  await waitFor(() => expect(shown(result.current)).toEqual(rows));
  rerender({ view: 'others', list: others });
  expect(shown(result.current)).toEqual(others.slice(0, 20));
  expect(leaving(result.current)).toEqual(rows);
  rerender({ view: 'all', list: rows });
  const keys = result.current.map((one) => one.key);
  expect(new Set(keys).size).toBe(keys.length);
  await waitFor(() => {
    expect(shown(result.current)).toEqual(rows);
    expect(leaving(result.current)).toEqual([]);
  });
});

test('a short list is there at once', async () => {
  const { result } = growing(rows.slice(0, 60));
  expect(shown(result.current)).toHaveLength(60);
  await act(async () => undefined);
});
