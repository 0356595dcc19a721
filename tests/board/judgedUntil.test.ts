// A judgement stands until the moment that judgedUntil names, whatever the records: assess() and clauses() say so.
import fc from 'fast-check';
import { assess } from '../../bot/board/assess';
import { clauses } from '../../bot/board/clauses';
import { judgedUntil } from '../../bot/board/judgedUntil';
import type { BoardSnapshot, Instant } from '../../bot/board/model';
import { itemsByPerson } from '../../bot/board/ownerItems';
import { aQuietBoard, anUpdate, fourMeetings } from '../fixtures/builders';
import { sampleSnapshot } from '../fixtures/samplePlan';

const sample = sampleSnapshot();

function judged(snapshot: BoardSnapshot, at: Instant) {
  const assessment = assess(snapshot, { at });
  const { at: _moment, ...rest } = assessment;
  const items = itemsByPerson(snapshot, assessment);
  return JSON.stringify([rest, clauses(snapshot, assessment), snapshot.people.map((one) => items(one.ref))]);
}

const instantOf = (ms: number): Instant => new Date(ms).toISOString();

test('nothing but the moment differs up to it', () => {
  const minute = fc.integer({ min: Date.parse('2024-11-01') / 60_000, max: Date.parse('2025-04-30') / 60_000 });
  fc.assert(
    fc.property(minute, fc.double({ min: 0, max: 1, noNaN: true }), minute, (one, part, saidMinute) => {
      const snapshot = {
        ...sample,
        updates: sample.updates.map((row, index) =>
          index === 3 ? { ...row, at: instantOf(saidMinute * 60_000) } : row,
        ),
      };
      const at = instantOf(one * 60_000);
      const untilMs = Date.parse(judgedUntil(snapshot, at));
      const later = instantOf(Date.parse(at) + Math.floor((untilMs - 1 - Date.parse(at)) * part));
      expect(judged(snapshot, later)).toBe(judged(snapshot, at));
    }),
    { numRuns: 60 },
  );
});

/** Owners have until Monday 16 June, 17:00 in London; the meeting ends on 25 June at 12:00. */
test.each([
  ['the end of a day', '2025-06-12T08:00:00.000Z', '2025-06-12T23:00:00.000Z'],
  ['the end of a day in winter', '2024-12-12T08:00:00.000Z', '2024-12-13T00:00:00.000Z'],
  ['the owners’ deadline', '2025-06-16T09:00:00.000Z', '2025-06-16T16:00:00.000Z'],
  ['the moment after it, for what came just in time', '2025-06-16T16:00:00.000Z', '2025-06-16T16:00:00.001Z'],
  ['the end of the meeting', '2025-06-25T08:00:00Z', '2025-06-25T11:00:00.000Z'],
])('%s ends it', (_, at, until) => {
  expect(judgedUntil(aQuietBoard(), at)).toBe(until);
});

test('a later update ends it, however its moment is written; so does a later dispatch, and a cancelled meeting does not', () => {
  const board = aQuietBoard({
    meetings: fourMeetings().map((one) => ({ ...one, state: 'cancelled' })),
    updates: [anUpdate({ at: '2025-06-25T08:00:00Z' }), anUpdate({ at: '2025-06-25T09:00:00Z' })],
    dispatches: [
      {
        meetingRef: 'M4',
        paper: 'Log',
        personRef: 'X1',
        sentAt: '2025-06-25T10:00:00Z',
        route: 'e-mail',
        delivery: 'sent',
      },
    ],
  });
  expect(judgedUntil(board, '2025-06-25T08:30:00Z')).toBe('2025-06-25T09:00:00.000Z');
  expect(judgedUntil(board, '2025-06-25T09:00:00Z')).toBe('2025-06-25T09:00:00.001Z');
  expect(judgedUntil(board, '2025-06-25T09:30:00Z')).toBe('2025-06-25T10:00:00.000Z');
  expect(judgedUntil(board, '2025-06-25T10:30:00Z')).toBe('2025-06-25T23:00:00.000Z');
});
