// A frozen log on the local Microsoft 365 through the real adapters: what the library and the list hold.
import { paperRenderer } from '../../bot/papers/logPapers';
import { createCompileLog } from '../../bot/services/compileLog';
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';

const boardId = localBoardId;
let board: LocalBoard;

beforeAll(async () => {
  board = await startLocalBoard();
}, 60_000);

afterAll(() => board.close());

test('a log is frozen into library and list once, and compared with the one of November', async () => {
  const { records, library, clock, logger } = board;
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const request = { boardId, meetingRef: 'B09', kind: 'for the meeting', at: '2025-01-06T17:30:00.000Z' } as const;
  const frozen = await compileLog.freeze(request);
  expect(frozen.previousShortCode).toMatch(/^B08-before, [0-9A-F]{4}$/);
  expect(frozen.diff?.changes.length).toBeGreaterThan(0);
  const filed = (await library.list(boardId, 'B09')).map((one) => one.name.split('.').at(-1)).sort();
  expect(filed).toEqual(['csv', 'docx', 'json', 'xlsx']);
  const rows = (await records.refresh(boardId)).loggedRows.filter((one) => one.logHash === frozen.hash);
  expect(rows).toHaveLength(1 + 45 + 14);
  const again = await compileLog.freeze(request);
  expect(again).toMatchObject({ alreadyFrozen: true, hash: frozen.hash });
  expect(await library.list(boardId, 'B09')).toHaveLength(4);
}, 60_000);
