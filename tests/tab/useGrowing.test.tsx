// A long list is drawn in parts until all of it is there; another view begins at its top, the same one stays whole.
import { act, renderHook, waitFor } from '@testing-library/react';
import { useGrowing } from '../../tab/src/useGrowing';

const rows = Array.from({ length: 150 }, (_, index) => index);

test('begins with what a window shows and ends with everything', async () => {
  const { result } = renderHook(() => useGrowing(rows, 'all'));
  expect(result.current).toEqual(rows.slice(0, 60));
  await waitFor(() => expect(result.current).toBe(rows));
});

test('another view begins at its top; the same view read again stays whole', async () => {
  const { result, rerender } = renderHook(({ view, list }) => useGrowing(list, view), {
    initialProps: { view: 'all', list: rows },
  });
  await waitFor(() => expect(result.current).toBe(rows));
  const again = [...rows];
  rerender({ view: 'all', list: again });
  expect(result.current).toBe(again);
  rerender({ view: 'open', list: rows });
  expect(result.current).toHaveLength(60);
  await waitFor(() => expect(result.current).toBe(rows));
});

test('a short list is there at once', async () => {
  const short = rows.slice(0, 45);
  const { result } = renderHook(() => useGrowing(short, 'all'));
  expect(result.current).toBe(short);
  await act(async () => undefined);
});
