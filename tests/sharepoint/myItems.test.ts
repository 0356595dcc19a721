// The link to one's own items: a list that is there, filtered to one person, and no link rather than no e-mail.
import { createLogger } from '../../bot/logger';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { createMyItems } from '../../bot/sharepoint/myItems';
import { aPerson } from '../fixtures/builders';
import { addFault } from '../fixtures/localSite';
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';

jest.setTimeout(60_000);

let board: LocalBoard;
let myItems: ReturnType<typeof createMyItems>;
beforeAll(async () => {
  board = await startLocalBoard();
  const records = createBoardRecords({ ...board, logger: createLogger('silent') });
  myItems = createMyItems({ graph: board.graph, records, logger: createLogger('silent') });
});
afterAll(() => board.close());

const { entraObjectId, ...outside } = aPerson({ ref: 'P09', name: 'Imran Selwood', external: true });

test('leads to the list of what is asked, filtered to who has no account by their reference', async () => {
  const url = new URL((await myItems(localBoardId, outside, 'risk')) ?? '');
  expect(url.pathname).toBe('/sites/send-board/Lists/Risks');
  expect(Object.fromEntries(url.searchParams)).toEqual({ FilterField1: 'OwnerRef', FilterValue1: 'P09' });
});

test('filters to a guest with an account by their name', async () => {
  const url = new URL((await myItems(localBoardId, { ...outside, entraObjectId: 'x' }, 'action')) ?? '');
  expect(Object.fromEntries(url.searchParams)).toEqual({ FilterField1: 'Owner', FilterValue1: 'Imran Selwood' });
});

test('gives no link when SharePoint refuses, and one when it answers again', async () => {
  await addFault(board.local.url, { method: 'GET', pathIncludes: 'select=id,webUrl' }, 1, {
    kind: 'status',
    status: 403,
  });
  expect(await myItems(localBoardId, outside, 'measure')).toBeUndefined();
  expect(await myItems(localBoardId, outside, 'measure')).toContain('/Lists/Measures?');
  expect(await myItems('another', outside, 'measure')).toBeUndefined();
});
