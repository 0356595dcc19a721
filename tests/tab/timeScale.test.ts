// Where dates stand on a line of months, and which months are named on it.
import { placeOf, ticksOf } from '../../tab/src/timeScale';

const january = { fromOn: '2025-01-01', toOn: '2025-01-31' };

test.each([
  ['2025-01-01', 0],
  ['2025-01-16', 48.39],
  ['2025-01-31', 96.77],
  ['2024-12-01', 0],
  ['2025-03-01', 100],
])('%s stands at %d percent', (on, place) => {
  expect(placeOf(on, january)).toBe(place);
});

test.each([
  [january, ['Jan 2025']],
  [{ fromOn: '2024-11-01', toOn: '2025-02-28' }, ['Nov 2024', 'Dec 2024', 'Jan 2025', 'Feb 2025']],
  [{ fromOn: '2024-05-01', toOn: '2025-06-30' }, ['Jul 2024', 'Oct 2024', 'Jan 2025', 'Apr 2025']],
  [
    { fromOn: '2023-02-01', toOn: '2026-03-31' },
    ['Jul 2023', 'Jan 2024', 'Jul 2024', 'Jan 2025', 'Jul 2025', 'Jan 2026'],
  ],
  [
    { fromOn: '2020-01-01', toOn: '2027-12-31' },
    ['Jan 2020', 'Jan 2021', 'Jan 2022', 'Jan 2023', 'Jan 2024', 'Jan 2025', 'Jan 2026', 'Jan 2027'],
  ],
])('the months of %j are named %j', (span, labels) => {
  const ticks = ticksOf(span);
  expect(ticks.map((one) => one.label)).toEqual(labels);
  expect(ticks.map((one) => one.place)).toEqual(ticks.map((one) => placeOf(one.on, span)));
});
