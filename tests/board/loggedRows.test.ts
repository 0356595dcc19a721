// The frozen logs as their rows in the list tell of them: grouped by log, the last of several known by its rows.
import { latestLog, latestLogOf, loggedLogs } from '../../bot/board/loggedRows';
import { aLoggedRow } from '../fixtures/builders';

const before = { meetingRef: 'M3', kind: 'for the meeting' } as const;
const rows = [
  aLoggedRow({ ...before, logHash: 'one', frozenOn: '2025-05-01', slow: true }),
  aLoggedRow({ ...before, logHash: 'one', frozenOn: '2025-05-01', subjectKind: 'risk', subjectRef: 'R1' }),
  aLoggedRow({ ...before, logHash: 'two', frozenOn: '2025-05-02', slow: false }),
  aLoggedRow({ ...before, logHash: 'two', frozenOn: '2025-05-02', subjectRef: 'A1.02', slow: true }),
  aLoggedRow({ ...before, kind: 'after the meeting', logHash: 'three', frozenOn: '2025-05-12' }),
];

test('each log once, with its actions and how many of them were slow', () => {
  expect(loggedLogs(rows).map((one) => [one.hash, one.actions.length, one.slow, one.rows.length])).toEqual([
    ['one', 1, 1, 2],
    ['two', 2, 1, 2],
    ['three', 1, undefined, 1],
  ]);
  expect(loggedLogs(rows)).toBe(loggedLogs(rows));
});

test('of rows added on different days the last tells of the log', () => {
  const late = rows.slice(0, 2).map((one, index) => ({ ...one, frozenOn: `2025-05-0${3 - index}` }));
  expect(loggedLogs(late).map((one) => one.last.frozenOn)).toEqual(['2025-05-03']);
});

test('the last frozen, of all and of one meeting and kind', () => {
  expect(latestLog(rows)?.hash).toBe('three');
  expect(latestLog(rows.toReversed())?.hash).toBe('three');
  expect(latestLogOf(rows, 'M3', 'for the meeting')?.hash).toBe('two');
  expect(latestLogOf(rows, 'M4', 'for the meeting')).toBeUndefined();
  expect(latestLog([])).toBeUndefined();
});
