// Killed at every labelled step of planning and sending, and started again: nobody gets two, nobody is lost from sight.
import path from 'node:path';
import { migrate } from '../../bot/storage/migrations';
import { openDatabase } from '../../bot/storage/sql';
import { startConnector, type Connector } from '../fixtures/connector/connector';
import { besiege, crashAt, faultsByBoard, severalAtOnce, startGround, type Crashed } from '../fixtures/crash/crash';
import { keepConversations } from '../fixtures/crash/deliveryRun';
import { crashPoints } from '../fixtures/crash/points';
import { temporaryFolder } from '../fixtures/databases';

const nothingWrong = { twice: [], lost: [], untrue: [], unlisted: [], open: [] };
const seed = 20250106;
/** Most of a restart is waiting for what the dead one held. */
const atOnce = 10;

describe('on a server, each sender beside others', () => {
  const points = crashPoints(40, seed);
  let start: Awaited<ReturnType<typeof startGround>>;
  let crashed: ReadonlyMap<string, Crashed>;

  beforeAll(async () => {
    start = await startGround();
    const all = await severalAtOnce(points, atOnce, async (point) => crashAt(start.ground, start.faults, point));
    crashed = new Map(all.map((one) => [one.point.boardId, one]));
  }, 400_000);
  afterAll(async () => start?.close());

  test.each(points.map((one) => [one.boardId, one.label, one.count] as const))(
    '%s: killed %s (%i), none twice, none lost from sight, all settled after one start',
    (boardId) => {
      const one = crashed.get(boardId);
      expect(one?.killed).toBe(true);
      expect(one?.verdict).toMatchObject(nothingWrong);
    },
  );

  test('every sender kept to the protocol, to the limits of a conversation and to Retry-After', () => {
    const { connector } = start.ground;
    expect(connector.malformed).toEqual([]);
    expect(connector.limited.conversation).toBe(0);
    expect(connector.early).toEqual([]);
    expect(connector.answers.get(201)).toBeGreaterThan(100);
  });

  test('three instances with one killed every second', async () => {
    const siege = { boardId: 'siege', owners: 120, instances: 3, seconds: 5, seed };
    const { kills, verdict } = await besiege(start.ground, start.faults, siege);
    expect(kills).toBeGreaterThanOrEqual(4);
    expect(verdict).toMatchObject(nothingWrong);
  }, 120_000);
});

/** An embedded database takes seconds to open in each process: three points there. */
describe('on the embedded database', () => {
  const points = crashPoints(13, seed + 1).filter((one) =>
    ['after claim', 'post taken', 'before record'].includes(one.label),
  );
  const place = temporaryFolder();
  const folder = path.join(place.folder, 'service');
  let connector: Connector;

  beforeAll(async () => {
    connector = await startConnector();
    const db = await openDatabase({ folder });
    await migrate(db);
    for (const { boardId, owners } of points) await keepConversations({ db, boardId, owners, port: connector.port });
    await db.close();
  }, 120_000);
  afterAll(async () => {
    await connector.close();
    place.remove();
  });

  test.each(points.map((one) => [one.label, one] as const))(
    'killed %s: none twice, none lost from sight, all settled after one start',
    async (_label, point) => {
      const open = async () => {
        const db = await openDatabase({ folder });
        return { db, done: () => db.close() };
      };
      const one = await crashAt(
        { connector, database: folder, chatsAreKept: true, open },
        faultsByBoard(connector),
        point,
      );
      expect(one.killed).toBe(true);
      expect(one.verdict).toMatchObject(nothingWrong);
    },
    60_000,
  );
});
