// From an edit in SharePoint to what people see: through a notification in moments, without any within a minute.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { notificationsPath, notificationsRouter } from '../../bot/api/notifications';
import { freshRecords, type FreshRecords } from '../../bot/services/freshRecords';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { createSubscriptions } from '../../bot/sharepoint/subscriptions';
import { handTime, type HandTime } from '../fixtures/handTime';
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryLogger } from '../fixtures/memoryPorts';

jest.setTimeout(30_000);

let board: LocalBoard;
let server: Server;
let notificationsUrl: string;
/** The instance that is called just now. */
let told: (boardId: string) => void = () => undefined;
const keys = { keysOf: async () => ({ address: 'a'.repeat(32), clientState: 'the secret of this board' }) };

beforeAll(async () => {
  board = await startLocalBoard({ local: { notifications: { gatherMs: 0 } } });
  const app = express();
  app.use(
    notificationsPath,
    notificationsRouter({
      boardIds: [localBoardId],
      keys,
      changed: (boardId) => told(boardId),
      logger: createMemoryLogger(),
    }),
  );
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  notificationsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${notificationsPath}`;
  const { graph, logger } = board;
  await createSubscriptions({ graph, records: createBoardRecords(board), keys, notificationsUrl, logger }).keep();
});
afterAll(async () => {
  await board.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Instance {
  readonly records: FreshRecords;
  readonly time: HandTime;
  title(): Promise<string | undefined>;
  /** The next reading that ends. */
  nextReading(): Promise<void>;
}

/** One instance of the service, with a snapshot of its own and a time that is moved by hand. */
function instance(): Instance {
  const time = handTime();
  const waiting: (() => void)[] = [];
  const source = createBoardRecords(board);
  const records = freshRecords(
    {
      ...source,
      refresh: (boardId) => source.refresh(boardId).finally(() => setImmediate(() => waiting.shift()?.())),
    },
    { maxAgeMs: 45_000, idleMaxAgeMs: 900_000, logger: board.logger, timing: time.timing },
  );
  return {
    records,
    time,
    title: async () => {
      const { actions } = await records.snapshot(localBoardId);
      return actions.find((one) => one.ref === 'APA1.04')?.title;
    },
    nextReading: () => new Promise((resolve) => void waiting.push(resolve)),
  };
}

/** A person changes a cell in SharePoint itself. */
async function editInSharePoint(title: string): Promise<void> {
  const { records } = board;
  const { actions } = await records.refresh(localBoardId);
  const stamp = actions.find((one) => one.ref === 'APA1.04')?.stamp;
  const response = await fetch(`${board.local.url}/_local/lists/Actions/items/${stamp?.itemId}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ version: stamp?.version, editor: 'P10', fields: { Title: title } }),
  });
  expect(response.status).toBe(200);
}

describe('an edit that a person makes in SharePoint', () => {
  test('is read in moments by the instance that is notified, though nobody asks', async () => {
    const { records, time, title, nextReading } = instance();
    expect(await title()).not.toBe('Told of at once');
    const notified = new Promise<void>((resolve) => {
      told = (boardId) => {
        records.changed(boardId);
        resolve();
      };
    });
    await editInSharePoint('Told of at once');
    await notified;
    const reading = nextReading();
    await time.pass(1_000);
    await reading;
    const readAt = records.freshness(localBoardId).readAt;
    expect(await title()).toBe('Told of at once');
    expect(records.freshness(localBoardId)).toEqual({ readAt });
    await records.stop();
  });

  test('is seen within a minute by an instance that is not notified', async () => {
    const { records, time, title } = instance();
    told = () => undefined;
    const before = await title();
    await editInSharePoint('Seen by its age');
    await time.pass(44_999);
    expect(await title()).toBe(before);
    await time.pass(1);
    expect(await title()).toBe('Seen by its age');
    await records.stop();
  });

  test('is read by the check when nobody looks and nothing was told', async () => {
    const { records, time, title } = instance();
    told = () => undefined;
    await title();
    await editInSharePoint('Found by the check');
    await time.pass(900_000);
    await records.check();
    const [before, after] = [records.freshness(localBoardId).readAt, await title()];
    expect([before, after]).toEqual([expect.any(String), 'Found by the check']);
    await records.stop();
  });

  test('is not lost when SharePoint is away just then: what was read before is shown with the reason', async () => {
    const { records, time, title } = instance();
    told = () => undefined;
    const before = await title();
    await editInSharePoint('Seen when it is back');
    const fault = { match: {}, times: 1_000, fault: { kind: 'status', status: 400, code: 'generalException' } };
    await fetch(`${board.local.url}/_local/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(fault),
    });
    records.changed(localBoardId);
    expect(await title()).toBe(before);
    expect(records.freshness(localBoardId).stale).toBe('no-answer');
    await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
    await time.pass(10_000);
    expect(await title()).toBe('Seen when it is back');
    expect(records.freshness(localBoardId).stale).toBeUndefined();
    await records.stop();
  });
});
