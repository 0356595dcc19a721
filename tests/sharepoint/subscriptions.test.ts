// Subscriptions to a board's lists on a local Microsoft 365: made once, reused, renewed, given up, and done without.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { notificationsPath, notificationsRouter } from '../../bot/api/notifications';
import type { NotificationKeys } from '../../bot/services/ports';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { createSubscriptions } from '../../bot/sharepoint/subscriptions';
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryLogger } from '../fixtures/memoryPorts';

// Nineteen handshakes and more a test, on a machine that does other work too.
jest.setTimeout(30_000);

const days = 24 * 60 * 60_000;
const listsThatTell = 19;

let board: LocalBoard;
let server: Server;
let url: string;
let isReachable = true;

const keysWith = (address: string): NotificationKeys => ({
  keysOf: async () => ({ address, clientState: `secret of ${address}` }),
});
const keys = keysWith('a'.repeat(32));
const formerKeys = keysWith('b'.repeat(32));
const elsewhere = '/elsewhere/notifications';

beforeAll(async () => {
  board = await startLocalBoard();
  const app = express();
  app.use((_request, response, next) => (isReachable ? next() : void response.status(502).end()));
  const take = (one: NotificationKeys) =>
    notificationsRouter({
      boardIds: [localBoardId],
      keys: one,
      changed: () => undefined,
      logger: createMemoryLogger(),
    });
  app.use(notificationsPath, take(keys), take(formerKeys));
  app.use(elsewhere, take(keys));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${notificationsPath}`;
});
afterEach(async () => {
  isReachable = true;
  await fetch(`${board.local.url}/_local/faults`, { method: 'DELETE' });
  for (const one of await running()) await board.graph.delete(`subscriptions/${one.id}`);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await board.close();
});

interface Running {
  readonly id: string;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly expirationDateTime: string;
}

async function running(): Promise<readonly Running[]> {
  return (await board.graph.getAll('subscriptions')) as readonly Running[];
}

function subscribing(over: { keys?: NotificationKeys; nowMs?: () => number } = {}) {
  const logger = createMemoryLogger();
  const subscriptions = createSubscriptions({
    graph: board.graph,
    records: createBoardRecords(board),
    keys,
    notificationsUrl: url,
    logger,
    ...over,
  });
  return { subscriptions, logger, events: () => logger.lines.map((one) => one.event) };
}

const refused = { kind: 'status', status: 403 };
const fault = (body: unknown) =>
  fetch(`${board.local.url}/_local/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('subscriptions', () => {
  test('are made once for each list that people edit', async () => {
    const { subscriptions, logger } = subscribing();
    await subscriptions.keep();
    const first = await running();
    expect(first).toHaveLength(listsThatTell);
    expect(new Set(first.map((one) => one.resource)).size).toBe(listsThatTell);
    expect(logger.lines).toEqual([
      {
        level: 'info',
        event: 'subscriptions.kept',
        facts: { boardId: localBoardId, made: listsThatTell, renewed: 0, lists: listsThatTell },
      },
    ]);
    expect(subscriptions.state(localBoardId)).toMatchObject({ kind: 'told' });
  });

  test('are reused by another instance and after a restart', async () => {
    await subscribing().subscriptions.keep();
    const first = await running();
    const again = subscribing();
    await again.subscriptions.keep();
    expect(await running()).toEqual(first);
    expect(again.logger.lines).toEqual([]);
  });

  test('are renewed when half of their week is over', async () => {
    await subscribing().subscriptions.keep();
    const before = await running();
    const early = subscribing({ nowMs: () => Date.now() + 3 * days });
    await early.subscriptions.keep();
    expect(await running()).toEqual(before);
    const nowMs = Date.now() + 4 * days;
    const late = subscribing({ nowMs: () => nowMs });
    await late.subscriptions.keep();
    const after = await running();
    expect(after.map((one) => one.id)).toEqual(before.map((one) => one.id));
    expect(new Set(after.map((one) => one.expirationDateTime))).toEqual(
      new Set([new Date(nowMs + 7 * days).toISOString()]),
    );
  });

  test('that are one too many, or under former keys, are given up; those of others stay', async () => {
    await subscribing({ keys: formerKeys }).subscriptions.keep();
    const [one] = await running();
    const others = await board.graph.post('subscriptions', {
      changeType: 'updated',
      resource: one?.resource,
      notificationUrl: `${new URL(url).origin}${elsewhere}/${'a'.repeat(32)}`,
      expirationDateTime: new Date(Date.now() + 6 * days).toISOString(),
      clientState: 'secret',
    });
    await subscribing().subscriptions.keep();
    const left = await running();
    const ours = left.filter((each) => each.notificationUrl === `${url}/${'a'.repeat(32)}`);
    expect([left.length, ours.length]).toEqual([listsThatTell + 1, listsThatTell]);
    expect(left.map((each) => each.id)).toContain((others as Running).id);
  });

  test('are made again when SharePoint knows them no more', async () => {
    const { subscriptions } = subscribing();
    await subscriptions.keep();
    const [gone] = await running();
    await board.graph.delete(`subscriptions/${gone?.id}`);
    await subscriptions.keep();
    const after = await running();
    expect(after).toHaveLength(listsThatTell);
    expect(after.map((one) => one.id)).not.toContain(gone?.id);
  });

  test('that are refused are done without, said once', async () => {
    const { subscriptions, events } = subscribing();
    await fault({ match: { method: 'POST', pathIncludes: '/subscriptions' }, times: 2, fault: refused });
    await subscriptions.keep();
    await subscriptions.keep();
    expect([subscriptions.state(localBoardId), events()]).toEqual([{ kind: 'refused' }, ['subscriptions.refused']]);
    await subscriptions.keep();
    expect(subscriptions.state(localBoardId).kind).toBe('told');
  });

  test('fail in words when our address cannot be reached from SharePoint', async () => {
    const { subscriptions, events } = subscribing();
    isReachable = false;
    await subscriptions.keep();
    await subscriptions.keep();
    expect([subscriptions.state(localBoardId), events()]).toEqual([{ kind: 'failed' }, ['subscriptions.failed']]);
    expect(await running()).toEqual([]);
  });

  test('are not given up because they cannot be listed', async () => {
    await subscribing().subscriptions.keep();
    const before = await running();
    const { subscriptions } = subscribing();
    await fault({ match: { method: 'GET', pathIncludes: '/subscriptions' }, fault: refused });
    await subscriptions.keep();
    expect(subscriptions.state(localBoardId)).toEqual({ kind: 'refused' });
    expect(await running()).toEqual(before);
  });
});
