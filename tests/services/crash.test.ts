// Killed at every labelled step of planning and sending, and started again: nobody gets two, nobody is lost from sight.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { LedgerEntry } from '../../bot/services/ports';
import { createLedger } from '../../bot/storage/outbox';
import { openDatabase } from '../../bot/storage/sql';
import { startPostgres, temporaryFolder, type TestServer } from '../fixtures/databases';
import { owners, runOnce, type Label } from './deliveryRun';

/** A connector that counts what it accepts; it can kill the sender when a message arrives, before or after taking it. */
function createConnector() {
  const accepted: string[] = [];
  let onArrival: (() => 'take' | 'leave' | 'answer') | undefined;
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      const conversation = /\/conversations\/([^/]+)\/activities/.exec(request.url ?? '')?.[1] ?? 'unknown';
      const decided = onArrival?.() ?? 'answer';
      if (decided !== 'leave') accepted.push(decodeURIComponent(conversation));
      if (decided !== 'answer') return;
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: `activity-${accepted.length}` }));
    });
  });
  return {
    accepted,
    server,
    killOnArrival(kill: () => void, number: number, then: 'take' | 'leave'): void {
      let left = number;
      onArrival = () => {
        left -= 1;
        if (left !== 0) return 'answer';
        kill();
        return then;
      };
    },
    answerAll(): void {
      onArrival = undefined;
    },
  };
}

type Point = readonly [label: Label | 'post arrived' | 'post taken', count: number];

/** Thrice in the middle of the messages, so that some are done, some under way, some not begun. */
const points: readonly Point[] = [
  ['before plan', 1],
  ['after plan', 1],
  ['after settle', 1],
  ['before claim', 1],
  ['after claim', 1],
  ['before sending', 3],
  ['after sending', 3],
  ['post arrived', 2],
  ['post taken', 2],
  ['after post', 2],
  ['before record', 3],
  ['after record', 3],
];

/** An embedded database takes seconds to open in each process: three points there, all of them on a server. */
const embeddedPoints = points.filter(([label]) => ['after claim', 'post taken', 'before record'].includes(label));

describe.each([
  ['embedded', embeddedPoints],
  ['server', points],
] as const)('delivery on the %s database, killed', (kind, killedAt) => {
  const connector = createConnector();
  const place = temporaryFolder();
  let server: TestServer | undefined;
  let database = path.join(place.folder, 'service');
  let port = 0;

  beforeAll(async () => {
    connector.server.listen(0, '127.0.0.1');
    await once(connector.server, 'listening');
    port = (connector.server.address() as AddressInfo).port;
    if (kind === 'server') {
      server = await startPostgres();
      database = await server.createDatabase();
    } else await (await openDatabase({ folder: database })).close();
  }, 120_000);
  afterAll(async () => {
    connector.server.closeAllConnections();
    connector.server.close();
    await server?.stop();
    place.remove();
  });

  test.each(killedAt)(
    '%s (%i): none twice, none lost from sight, all of it after one start',
    async (label, count) => {
      const boardId = `${kind} ${label}`.replaceAll(' ', '-');
      const child = spawn(
        process.execPath,
        [
          '--import',
          'tsx',
          path.join(__dirname, 'deliveryRun.ts'),
          database,
          boardId,
          String(port),
          label,
          String(count),
        ],
        { stdio: 'inherit' },
      );
      if (label === 'post arrived' || label === 'post taken')
        connector.killOnArrival(() => child.kill('SIGKILL'), count, label === 'post taken' ? 'take' : 'leave');
      const [, signal] = await once(child, 'exit');
      connector.answerAll();
      expect(signal).toBe('SIGKILL');

      const settings = kind === 'embedded' ? { folder: database } : { databaseUrl: database };
      const db = await openDatabase(settings);
      // On a server another instance could be alive: what the killed one held is free when its lease has run out.
      if (kind === 'server')
        await db
          .query(
            `update ledger set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
          )
          .catch(() => []);
      const drained = await runOnce(db, boardId, port);
      const entries = await createLedger(db).entries(boardId, 'M4');
      await db.close();

      const received = (entry: LedgerEntry): number =>
        connector.accepted.filter((one) => one === `${boardId}-${entry.personRef}`).length;
      expect(entries.map((one) => one.personRef)).toEqual([...owners]);
      expect(entries.filter((one) => received(one) > 1)).toEqual([]);
      expect(entries.filter((one) => one.state !== 'sent' && one.state !== 'uncertain')).toEqual([]);
      expect(entries.filter((one) => one.state === 'sent' && received(one) !== 1)).toEqual([]);
      const uncertain = entries.filter((one) => one.state === 'uncertain');
      expect(drained).toMatchObject({ uncertain: uncertain.length, failed: 0, unreachable: 0, waiting: 0 });
      expect(uncertain.every((one) => one.detail !== undefined)).toBe(true);
    },
    30_000,
  );
});
