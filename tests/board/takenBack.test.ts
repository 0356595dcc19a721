// What was taken back was not said: rows of the history and readings that still stand, and what judgement makes of them.
import { assess } from '../../bot/board/assess';
import { standingReadings, standingUpdates, standingUpdatesOf } from '../../bot/board/takenBack';
import { aQuietBoard, aReading, anUpdate } from '../fixtures/builders';

const said = anUpdate({ key: 'U1' });
const later = anUpdate({ key: 'U2', at: '2025-05-29T11:00:00.000Z' });
const back = anUpdate({ key: 'U3', at: '2025-05-28T11:04:00.000Z', takesBack: 'U1' });

describe('the history', () => {
  test('is itself while nothing was taken back', () => {
    const board = aQuietBoard({ updates: [said, later] });
    expect(standingUpdates(board)).toBe(board.updates);
  });

  test('leaves out what was taken back and the row that says so', () => {
    expect(standingUpdates(aQuietBoard({ updates: [said, later, back] })).map((one) => one.key)).toEqual(['U2']);
  });

  test('is asked about one subject in its order, without what was taken back', () => {
    const other = anUpdate({ key: 'U4', subjectRef: 'R1' });
    const board = aQuietBoard({ updates: [said, other, later, back, anUpdate({ key: 'U5' })] });
    const keys = (ref: string) => standingUpdatesOf(board, ref).map((one) => one.key);
    expect([keys(said.subjectRef), keys('R1'), keys('R2')]).toEqual([['U2', 'U5'], ['U4'], []]);
  });

  test('makes a taken-back answer no answer in judgement', () => {
    const answered = (updates: readonly (typeof said)[]): boolean | undefined =>
      assess(aQuietBoard({ updates, requests: [] }), { at: '2025-06-10T09:00:00.000Z', meetingRef: 'M4' }).actions[0]
        ?.answered;
    expect(answered([said])).toBe(true);
    expect(answered([said, back])).toBe(false);
  });
});

describe('readings', () => {
  test('are themselves while none was taken back', () => {
    const board = aQuietBoard();
    expect(standingReadings(board)).toBe(board.readings);
  });

  test('leave out one that was taken back, and so does judgement', () => {
    const readings = [aReading({ period: '2025-04' }), aReading({ period: '2025-05', value: 99, withdrawn: true })];
    expect(standingReadings({ readings }).map((one) => one.period)).toEqual(['2025-04']);
    const [measure] = assess(aQuietBoard({ readings }), { at: '2025-06-10T09:00:00.000Z' }).measures;
    expect(JSON.stringify(measure)).not.toContain('99');
  });
});
