// Every statement of bot/storage, sent once in an order in which each finds something to do, and noted on its way.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createChannels } from '../../bot/storage/channels';
import { createClaims } from '../../bot/storage/claims';
import { createConversations } from '../../bot/storage/conversations';
import { createLeases } from '../../bot/storage/leases';
import { createNotificationKeys } from '../../bot/storage/notificationKeys';
import { createOperations } from '../../bot/storage/operations';
import { createLedger } from '../../bot/storage/outbox';
import { createPersonalData } from '../../bot/storage/personalData';
import { createRestored } from '../../bot/storage/restored';
import { createSendPlaces } from '../../bot/storage/sendPlaces';
import type { Database, Sql } from '../../bot/storage/sql';

type Values = Parameters<Sql['query']>[1];

/** One statement as it was sent, with how many rows came back. */
export interface SentStatement {
  readonly sql: string;
  readonly values: NonNullable<Values>;
  readonly rows: number;
}

interface Noted extends SentStatement {
  /** `outbox.ts:54`: where in bot/storage it stands. */
  readonly place: string;
}

const folder = path.resolve(__dirname, '../../bot/storage');
/** The doors themselves and the steps of the shape: the steps are tried by every start. */
const notStores = ['sql.ts', 'migrations.ts'];

/** Where bot/storage sends statements, line by line. */
export function placesOfStatements(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => !notStores.includes(file))
    .flatMap((file) =>
      readFileSync(path.join(folder, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (/\b(db|sql)\.query\b/.test(line) ? [`${file}:${index + 1}`] : [])),
    );
}

function noting(db: Database, session: string, noted: Noted[]): Database {
  const through =
    (source: Sql): Sql['query'] =>
    async (sql, values = []) => {
      const [, place = 'unknown'] = /bot[/\\]storage[/\\](\w+\.ts:\d+)/.exec(new Error().stack ?? '') ?? [];
      const rows = await source.query<never>(sql, values);
      noted.push({ sql: sql.replace(/\s+/g, ' ').trim(), values, rows: rows.length, place });
      return rows;
    };
  return {
    ...db,
    session,
    query: through(db),
    transaction: (work) => db.transaction((sql) => work({ query: through(sql) })),
  };
}

const board = 'hertland-send';
const at = '2025-01-06T09:00:00.000Z';
const oid = '8387a07c-880d-5609-83da-52695bee250d';
const draft = (personRef: string) => ({
  ...{ boardId: board, meetingRef: 'B09', step: 'request' as const, personRef },
  subjectRefs: ['APA1.01'],
});

/** Sends each statement at least once to an empty database of the newest shape. */
export async function sendEveryStatement(db: Database): Promise<readonly Noted[]> {
  const noted: Noted[] = [];
  const first = noting(db, 'session-1', noted);
  const later = noting(db, 'session-2', noted);
  await talk(first);
  await sendMessages(first, later);
  await act(first);
  await forget(first);
  return noted;
}

async function talk(db: Database): Promise<void> {
  const conversations = createConversations(db);
  await conversations.keep({ entraObjectId: oid, reference: { conversation: { id: 'a:1' } } });
  await conversations.keep({ entraObjectId: oid, reference: { conversation: { id: 'a:2' } } });
  await conversations.find(oid);
  await conversations.keep({ entraObjectId: 'gone', reference: {} });
  await conversations.forget('gone');
  const channels = createChannels(db);
  await channels.keep(board, { channelId: '19:x@thread.tacv2', reference: {}, byRef: 'P15', at });
  await channels.keep(board, { channelId: '19:x@thread.tacv2', reference: {}, byRef: 'P01', at });
  await channels.find(board, '19:x@thread.tacv2');
  await channels.forget(board, '19:x@thread.tacv2');
  await createNotificationKeys(db).keysOf(board);
  const places = createSendPlaces(db, 'tenant');
  await places.change((before, nowMs) => [
    before ?? { places: [{ holder: 'one', untilMs: nowMs }], sharers: { one: nowMs }, share: 1, slowedAtMs: 0 },
    undefined,
  ]);
  // Until one is refused: 60 in half a minute are too many on the slowest machine.
  for (let message = 0; message < 70; message += 1) if ((await places.admit(['a:2'])).length > 0) break;
}

async function sendMessages(db: Database, later: Database): Promise<void> {
  const ledger = createLedger(db);
  const claims = createClaims(db);
  await ledger.plan(['P01', 'P02', 'P03', 'P04', 'P05', 'P06'].map(draft), at);
  await ledger.plan([draft('P01')], at);
  await ledger.queue(board, at);
  const [one, two, three, four] = await ledger.claim(board, 'worker-1', 4, 30, ['P06']);
  if (!one || !two || !three || !four) throw new Error('four messages were to be claimed');
  await claims.renew(board, 'worker-1');
  await claims.nextLapseMs(board, 'worker-2');
  await ledger.sending(one, one.fence);
  await ledger.record(one, one.fence, { state: 'sent', route: 'chat', activityId: 'activity-1' }, at);
  await ledger.record(two, two.fence, { state: 'failed', detail: 'not installed', route: 'chat' }, at);
  await ledger.record(three, three.fence, { state: 'planned', detail: 'asked to wait', notBefore: at }, at);
  await ledger.sending(four, four.fence, 'e-mail');
  await createLedger(later).settleAbandoned(board);
  await ledger.uncertain(board);
  await ledger.resend([four], 'P15', at);
  await ledger.reopen([draft('P02')], at);
  await ledger.entries(board, 'B09');
  await createRestored(db).settle(board, 'The database is a copy.');
}

async function act(db: Database): Promise<void> {
  const operations = createOperations(db);
  await operations.begin(board, 'done', { verb: 'save' });
  await operations.begin(board, 'done', { verb: 'save' });
  await operations.finish(board, 'done', { personRef: 'P01' });
  await operations.begin(board, 'refused', { verb: 'save' });
  await operations.abandon(board, 'refused');
  await operations.begin(board, 'begun', { verb: 'save' });
  await operations.unfinished(board);
  const leases = createLeases(db);
  await leases.acquire(board, 'cycle', 'one', 30);
  await leases.release(board, 'cycle', 'one');
  await leases.acquire(board, 'cycle', 'two', 30);
}

async function forget(db: Database): Promise<void> {
  const data = createPersonalData(db);
  const who = { boardId: board, personRef: 'P01', entraObjectId: oid };
  await data.count(who);
  await data.forget(who, true);
  await createOperations(db).finish(board, 'begun', {});
  await data.deleteOlder('2100-01-01T00:00:00.000Z');
}
