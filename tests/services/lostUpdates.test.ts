// 50 people edit 20 items at once, a tenth of them in SharePoint itself: nothing is lost and nothing applied twice.
// MANY_EDITS=10000 runs the whole load; without it a part that fits into the tests.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { editAtOnce } from '../fixtures/manyEdits';

const edits = Number(process.env['MANY_EDITS'] ?? 150);
jest.setTimeout(120_000 + edits * 200);

let board: LocalBoard;
beforeEach(async () => {
  // The shape of so many answers is looked at elsewhere.
  board = await startLocalBoard({ local: { observe: () => undefined } });
});
afterEach(() => board.close());

test('edits at once are all there, each once', async () => {
  const { wallMs, ...result } = await editAtOnce(board, {
    edits,
    workers: 50,
    items: 20,
    byHandEvery: 10,
    instances: Number(process.env['INSTANCES'] ?? 2),
  });
  const figures = {
    ...result,
    lost: result.lost.slice(0, 5),
    twice: result.twice.slice(0, 5),
    astray: result.astray.slice(0, 5),
  };
  expect(figures).toMatchObject({ lost: [], twice: [], astray: [], byHand: Math.floor(edits / 10) });
  expect(result.answers).toBe(edits - result.byHand);
  if (process.env['MANY_EDITS'] !== undefined)
    process.stderr.write(`${JSON.stringify({ ...result, wallSeconds: Math.round(wallMs / 100) / 10 })}\n`);
});
