// When messages may leave, for everybody and for the people of one body.
import { createCalendar } from '../../bot/board/calendar';
import { resolvePolicy } from '../../bot/board/policy';
import { bodyQuietOn, closedUntil, heldWords, outsideHours, waitsUntil } from '../../bot/board/sendingHours';
import { aQuietBoard } from '../fixtures/builders';

const { policy } = resolvePolicy({});
const calendar = createCalendar({ timeZone: policy.timeZone, quietDays: policy.quietDays });
const halfTerm = { fromOn: '2025-02-17', toOn: '2025-02-21' };
const snapshot = {
  bodies: [{ name: 'Schools', volunteer: false, requiredAtBoard: false, quietDays: [halfTerm] }],
};

test.each([
  ['2025-01-08T08:00:00.000Z', undefined],
  ['2025-01-08T17:59:59.000Z', undefined],
  ['2025-01-08T18:00:00.000Z', '2025-01-09T08:00:00.000Z'],
  ['2025-01-08T07:59:00.000Z', '2025-01-08T08:00:00.000Z'],
  ['2025-01-11T12:00:00.000Z', '2025-01-13T08:00:00.000Z'],
  // Christmas is quiet, and the year begins on the first working day after it; in summer eight is seven in Greenwich.
  ['2024-12-24T10:00:00.000Z', '2025-01-02T08:00:00.000Z'],
  ['2025-06-11T20:00:00.000Z', '2025-06-12T07:00:00.000Z'],
])('at %s messages wait until %s', (at, untilAt) => {
  expect(closedUntil(at, calendar, policy)).toBe(untilAt);
  expect(outsideHours(at, calendar, policy) === undefined).toBe(untilAt === undefined);
});

test('says in words when the next may go out', () => {
  expect(outsideHours('2025-01-08T18:00:00.000Z', calendar, policy)).toBe(
    'Messages go out from 08:00 to 18:00 on working days; the next may go out on Thursday 9 January 2025, 08:00.',
  );
});

test.each([
  ['Schools', '2025-02-17T10:00:00.000Z', '2025-02-24T08:00:00.000Z'],
  // Closed on the evening before, and quiet on the day after it.
  ['Schools', '2025-02-14T20:00:00.000Z', '2025-02-24T08:00:00.000Z'],
  ['Schools', '2025-02-14T10:00:00.000Z', undefined],
  ['Council', '2025-02-17T10:00:00.000Z', undefined],
])('people of %s at %s wait until %s', (name, at, untilAt) => {
  expect(waitsUntil({ body: name }, snapshot, at, calendar, policy)).toBe(untilAt);
});

test('somebody unknown waits as the board does', () => {
  expect(waitsUntil(undefined, snapshot, '2025-02-17T20:00:00.000Z', calendar, policy)).toBe(
    '2025-02-18T08:00:00.000Z',
  );
  expect(bodyQuietOn({ body: 'Schools' }, snapshot, '2025-02-21')).toEqual(halfTerm);
});

test('nothing leaves in a pause or outside the hours, and the words say which', () => {
  const board = aQuietBoard();
  const pause = { byRef: 'P8', at: '2025-01-08T08:00:00.000Z', why: 'The list is being put right.' };
  const paused = { ...board, running: { planned: [], sending: { key: 'sending@northam', pause } } };
  expect(heldWords(board, '2025-01-08T10:00:00.000Z')).toBeUndefined();
  expect(heldWords(board, '2025-01-08T18:00:00.000Z')).toContain('on working days');
  expect(heldWords(paused, '2025-01-08T10:00:00.000Z')).toContain('The list is being put right.');
});
