// What the secretary is told: kept once, in one notice a day, made up where a notice was lost.
import type { SecretaryNote } from '../../bot/board/manageModel';
import { newsDue, newsOf, newsStep, withNotes } from '../../bot/board/secretaryNews';

const at = '2025-01-09T19:00:00.000Z';
const note = (text: string, toldOn?: string): SecretaryNote => ({
  meetingRef: 'M4',
  at,
  text,
  ...(toldOn === undefined ? {} : { toldOn }),
});
const rowOf = (...notes: readonly SecretaryNote[]) => ({ key: 'news@northam', notes });
const board = (...notes: readonly SecretaryNote[]) => ({ running: { planned: [], news: rowOf(...notes) } });
const daysBetween = (fromOn: string, toOn: string) => (Date.parse(toOn) - Date.parse(fromOn)) / 86_400_000;

describe('keeping', () => {
  const added = { meetingRef: 'M4', at, texts: ['The pack is missing.', 'The pack is missing.'] };

  test('adds each text once, the newest last', () => {
    expect(withNotes(undefined, '2025-01-09', added)).toEqual([note('The pack is missing.')]);
    expect(withNotes(rowOf(note('Before.', '2025-01-08')), '2025-01-09', added)).toHaveLength(2);
  });

  test.each([
    ['waits to be told', note('The pack is missing.'), undefined],
    ['was told today', note('The pack is missing.', '2025-01-09'), undefined],
    ['was told on another day', note('The pack is missing.', '2025-01-08'), 2],
    ['is of another meeting', { ...note('The pack is missing.'), meetingRef: 'M5' }, 2],
  ])('a text that %s', (_, known, length) => {
    expect(withNotes(rowOf(known), '2025-01-09', added)?.length).toBe(length);
  });

  test('keeps sixty at most', () => {
    const many = Array.from({ length: 60 }, (_, n) => note(`Thing ${n}.`, '2025-01-01'));
    const kept = withNotes(rowOf(...many), '2025-01-09', added);
    expect(kept).toHaveLength(60);
    expect(kept?.at(-1)?.text).toBe('The pack is missing.');
  });
});

describe('telling', () => {
  test('puts what nobody was told of into the notice of the day', () => {
    const due = newsDue(board(note('Old.', '2025-01-08'), note('New.')), '2025-01-09', daysBetween);
    expect(due).toEqual({
      notes: [note('Old.', '2025-01-08'), note('New.', '2025-01-09')],
      notice: { step: 'notice:news:2025-01-09', meetingRef: 'M4' },
    });
  });

  test('what comes after the notice of the day waits for the next', () => {
    const notes = [note('Told.', '2025-01-09'), note('Later.')];
    expect(newsDue(board(...notes), '2025-01-09', daysBetween)).toEqual({
      notice: { step: 'notice:news:2025-01-09', meetingRef: 'M4' },
    });
    expect(newsDue(board(...notes), '2025-01-10', daysBetween).notice?.step).toBe('notice:news:2025-01-10');
  });

  test('a notice is made up for a week, and nothing is due without notes', () => {
    expect(newsDue(board(note('Told.', '2025-01-09')), '2025-01-16', daysBetween).notice?.step).toBe(
      'notice:news:2025-01-09',
    );
    expect(newsDue(board(note('Told.', '2025-01-09')), '2025-01-17', daysBetween)).toEqual({});
    expect(newsDue({}, '2025-01-09', daysBetween)).toEqual({});
    expect(newsDue(board(), '2025-01-09', daysBetween)).toEqual({});
  });

  test('a notice tells what its day tells, and no other message does', () => {
    const told = board(note('Mine.', '2025-01-09'), note('Other.', '2025-01-08'), note('Waits.'));
    expect(newsOf(told, newsStep('2025-01-09'))).toEqual([note('Mine.', '2025-01-09')]);
    expect(newsOf(told, 'notice:confirm:request')).toBeUndefined();
  });
});

test('a lost notice is made up for the last day that was told of, whatever the order of the notes', () => {
  const early = note('Early.', '2025-01-08');
  const late = note('Late.', '2025-01-09');
  for (const notes of [
    [early, late],
    [late, early],
  ])
    expect(newsDue(board(...notes), '2025-01-10', daysBetween).notice?.step).toBe('notice:news:2025-01-09');
});
