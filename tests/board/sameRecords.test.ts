// Two readings hold the same records whenever nothing but the moment of the reading, or which object holds a value, differs.
import { sameRecords } from '../../bot/board/sameRecords';
import { aQuietBoard, anAction } from '../fixtures/builders';

const board = aQuietBoard();

test.each([
  ['the same reading', board],
  ['another moment', { ...board, readAt: '2025-06-11T08:00:00.000Z' }],
  ['equal records in other objects', structuredClone(board)],
  ['equal facts in another object', { ...board, facts: { ...board.facts } }],
])('the same: %s', (_, other) => {
  expect(sameRecords(board, other)).toBe(true);
});

test.each([
  ['a record changed', { ...board, actions: board.actions.map((one) => ({ ...one, title: 'Other' })) }],
  ['a record more', { ...board, actions: [...board.actions, anAction({ ref: 'A1.02' })] }],
  ['a fact changed', { ...board, facts: { ...board.facts, name: 'Another board' } }],
  ['something that was not there', { ...board, clauseRecords: {} }],
])('not the same: %s', (_, other) => {
  expect(sameRecords(board, other)).toBe(false);
});
