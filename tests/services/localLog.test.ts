// A frozen log on the local Microsoft 365 through the real adapters: what the library and the list hold.
import { paperRenderer } from '../../bot/papers/logPapers';
import { documentTexts } from '../../bot/papers/readPapers';
import { createCompileLog } from '../../bot/services/compileLog';
import { createUpdateItem } from '../../bot/services/updateItem';
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryOperations } from '../fixtures/memoryPorts';

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

test('what an owner replies to the record stands beside the disagreement in the log and its paper', async () => {
  const { records, library, clock, logger } = board;
  const reply = 'The due date in the notice is being put right with the provider.';
  const updateItem = createUpdateItem({ records, operations: createMemoryOperations(), clock, logger });
  const result = await updateItem.answer({
    boardId,
    actor: { personRef: 'P10', route: 'chat card' },
    nonce: 'nonce-reply',
    answer: { kind: 'action', ref: 'APA1.04', narrative: 'The extract came and is checked.', reply },
  });
  expect(result.kind === 'saved' && result.receipt.changed).toContain('Your reply to the computed rating');
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const request = { boardId, meetingRef: 'B09', kind: 'for the meeting', at: '2025-01-06T17:45:00.000Z' } as const;
  const frozen = await compileLog.freeze(request);
  const row = frozen.log.actions.find((one) => one.ref === 'APA1.04');
  expect(row).toMatchObject({ detail: { reply } });
  const paper = frozen.papers.find((one) => one.name.endsWith('.docx'));
  const document = await library.read(boardId, 'B09', paper?.name ?? '');
  expect((documentTexts(document ?? new Uint8Array()) ?? []).join('\n')).toContain(`Owner's reply: ${reply}`);
}, 60_000);
