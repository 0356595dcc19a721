// Reading the board by another binding: rows understood, what is to be mended, and whether it could be put back.
import { bindingTrial } from '../../bot/board/bindingTrial';
import type { Finding } from '../../bot/board/model';
import { anAction, aPerson, aSnapshot } from '../fixtures/builders';

const secretary = aPerson({ ref: 'S1', boardRole: 'secretary' });
const finding = (text: string, level: Finding['level'] = 'finding'): Finding => ({
  ...{ rule: 'row-not-understood', level, ref: 'A1', text, records: [] },
});
const board = (actions: number, findings: readonly Finding[] = [], people = [secretary]) =>
  aSnapshot({ actions: Array.from({ length: actions }, (_, at) => anAction({ ref: `A1.0${at}` })), people, findings });

const read = (...names: readonly string[]) => names.map((name) => ({ name, isKept: true }));

test('says how many rows would be understood, beside how many are', () => {
  expect(bindingTrial(board(3), board(2), read('Actions'), 'S1').notes).toEqual([
    'Actions: 2 rows would be understood; 3 are now.',
  ]);
  expect(bindingTrial(board(1), board(0), read('Actions', 'Requests'), 'S1').notes).toEqual([
    'Actions: no row would be understood, 1 is now: look whether this is the right list.',
  ]);
  expect(bindingTrial(board(1), board(1), read('Actions', 'People'), 'S1').notes).toEqual([
    'People: 1 row would be understood, as many as now.',
    'Actions: 1 row would be understood, as many as now.',
  ]);
});

test('says of a list that would not be kept that nothing of it would be read, and that it stays as it is', () => {
  expect(bindingTrial(board(2), board(0), [{ name: 'Actions', isKept: false }], 'S1').notes).toEqual([
    'Actions: no row would be read, 2 are now; nothing in the list itself changes.',
  ]);
});

test('tells the first things that would have to be mended, and counts the rest', () => {
  const many = Array.from({ length: 7 }, (_, at) => finding(`Row ${at} is not understood.`));
  const { notes } = bindingTrial(
    board(0, many.slice(0, 1)),
    board(0, [
      ...many,
      finding('By the way.', 'information'),
      { ...finding('No such column.'), rule: 'column-missing' },
    ]),
    [],
    'S1',
  );
  expect(notes).toEqual([...many.slice(1, 5).map((one) => one.text), '2 more things would have to be mended.']);
});

test('refuses what would leave the board without whoever asks for it', () => {
  const { issues } = bindingTrial(board(1), board(1, [], [aPerson({ ref: 'S1' })]), read('People'), 'S1');
  expect(issues.map((one) => one.field)).toEqual(['change']);
  expect(issues[0]?.message).toMatch(/^By this you would not be the board’s secretary any more/);
});
