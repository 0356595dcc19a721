// Conversations, channels of boards, operations, leases and migrations on both databases.
import { createChannels } from '../../bot/storage/channels';
import { createConversations } from '../../bot/storage/conversations';
import { createLeases } from '../../bot/storage/leases';
import { migrate } from '../../bot/storage/migrations';
import { createOperations } from '../../bot/storage/operations';
import { ConfigError, UpstreamError } from '../../bot/errors';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';

describe.each(['embedded', 'server'] as const)('the %s database', (kind) => {
  let opened: TestDatabase;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
  }, 120_000);
  afterAll(async () => opened.remove());

  describe('conversations', () => {
    const id = '8387A07C-880d-5609-83da-52695bee250d';

    test('finds what was kept last, whatever the case of the id', async () => {
      const conversations = createConversations(opened.db);
      await conversations.keep({ entraObjectId: id, reference: { serviceUrl: 'https://one.example' } });
      await conversations.keep({ entraObjectId: id.toLowerCase(), reference: { serviceUrl: 'https://two.example' } });
      expect(await conversations.find(id.toUpperCase())).toEqual({
        entraObjectId: id.toUpperCase(),
        reference: { serviceUrl: 'https://two.example' },
      });
    });

    test('finds nothing for a person who never spoke, or was forgotten', async () => {
      const conversations = createConversations(opened.db);
      expect(await conversations.find('nobody')).toBeUndefined();
      await conversations.keep({ entraObjectId: 'gone', reference: {} });
      await conversations.forget('GONE');
      expect(await conversations.find('gone')).toBeUndefined();
    });
  });

  describe('channels', () => {
    const chosen = {
      channelId: '19:papers@thread.tacv2',
      reference: { channelId: 'msteams', conversation: { id: '19:papers@thread.tacv2' } },
      byRef: 'P15',
      at: '2025-01-06T09:00:00.000Z',
    };

    test('are found by board and channel, and keep the last choice', async () => {
      const channels = createChannels(opened.db);
      expect(await channels.find('one', chosen.channelId)).toBeUndefined();
      await channels.keep('one', chosen);
      expect(await channels.find('one', chosen.channelId)).toEqual(chosen);
      expect(await channels.find('two', chosen.channelId)).toBeUndefined();
      const later = { ...chosen, reference: { channelId: 'msteams' }, byRef: 'P01', at: '2025-02-03T10:00:00.000Z' };
      await channels.keep('one', later);
      expect(await channels.find('one', chosen.channelId)).toEqual(later);
    });

    test('are forgotten one by one', async () => {
      const channels = createChannels(opened.db);
      await channels.keep('three', chosen);
      await channels.keep('three', { ...chosen, channelId: '19:other' });
      await channels.forget('three', chosen.channelId);
      expect(await channels.find('three', chosen.channelId)).toBeUndefined();
      expect((await channels.find('three', '19:other'))?.channelId).toBe('19:other');
    });
  });

  describe('operations', () => {
    const hostile = {
      text: 'NUL \u0000, lone \ud800, "quotes"; drop table operations; --',
      nested: [null, 1, { a: true }],
    };

    test('starts an operation once, and finds it unfinished until it is finished', async () => {
      const operations = createOperations(opened.db);
      expect(await operations.begin('once', 'op-1', hostile)).toEqual({ state: 'new' });
      expect(await operations.begin('once', 'op-1', hostile)).toEqual({ state: 'unfinished' });
      expect(await operations.unfinished('once')).toEqual([{ operationId: 'op-1', request: hostile }]);
    });

    test('starts an operation for one of many that begin it at once', async () => {
      const operations = createOperations(opened.db);
      const begun = await Promise.all(Array.from({ length: 6 }, () => operations.begin('race', 'op-1', {})));
      expect(begun.filter((one) => one.state === 'new')).toHaveLength(1);
    });

    test('gives the recorded result of a finished operation, and keeps no request', async () => {
      const operations = createOperations(opened.db);
      await operations.begin('done', 'op-1', hostile);
      await operations.finish('done', 'op-1', { saved: hostile.text });
      expect(await operations.begin('done', 'op-1', hostile)).toEqual({
        state: 'done',
        recorded: { saved: hostile.text },
      });
      expect(await operations.unfinished('done')).toEqual([]);
      expect(await opened.db.query(`select request from operations where board_id = 'done'`)).toEqual([
        { request: null },
      ]);
    });

    test('keeps the first result when an operation is finished twice', async () => {
      const operations = createOperations(opened.db);
      await operations.begin('twice', 'op-1', {});
      await operations.finish('twice', 'op-1', 'first');
      await operations.finish('twice', 'op-1', 'second');
      expect(await operations.begin('twice', 'op-1', {})).toEqual({ state: 'done', recorded: 'first' });
    });

    test('forgets an abandoned operation, but never a finished one', async () => {
      const operations = createOperations(opened.db);
      await operations.begin('left', 'op-1', {});
      await operations.abandon('left', 'op-1');
      expect(await operations.begin('left', 'op-1', {})).toEqual({ state: 'new' });
      await operations.finish('left', 'op-1', undefined);
      await operations.abandon('left', 'op-1');
      expect(await operations.begin('left', 'op-1', {})).toEqual({ state: 'done', recorded: undefined });
    });

    test('lists what is unfinished of one board, oldest first', async () => {
      const operations = createOperations(opened.db);
      for (const id of ['op-3', 'op-1', 'op-2']) await operations.begin('many', id, { id });
      await operations.begin('other', 'op-9', {});
      await operations.finish('many', 'op-1', {});
      expect((await operations.unfinished('many')).map((one) => one.operationId)).toEqual(['op-3', 'op-2']);
    });
  });

  describe('leases', () => {
    test('gives a lease to one holder, who may renew it', async () => {
      const leases = createLeases(opened.db);
      const fence = await leases.acquire('board', 'cycle', 'one', 30);
      expect(await leases.acquire('board', 'cycle', 'two', 30)).toBeUndefined();
      expect(await leases.acquire('board', 'cycle', 'one', 30)).toBe(fence);
      expect(await leases.acquire('another', 'cycle', 'two', 30)).toBeDefined();
    });

    test('passes a lease on when it ran out or was released, with a higher fence', async () => {
      const leases = createLeases(opened.db);
      expect(await leases.acquire('board', 'passed', 'one', -1)).toBe(1);
      expect(await leases.acquire('board', 'passed', 'two', 30)).toBe(2);
      await leases.release('board', 'passed', 'one');
      expect(await leases.acquire('board', 'passed', 'three', 30)).toBeUndefined();
      await leases.release('board', 'passed', 'two');
      expect(await leases.acquire('board', 'passed', 'three', 30)).toBe(3);
    });
  });

  describe('shape', () => {
    test('does nothing when it is already in shape, several starting at once', async () => {
      expect(await Promise.all([migrate(opened.db), migrate(opened.db), migrate(opened.db)])).toEqual([[], [], []]);
    });

    test('has board_id first in the key of every table', async () => {
      const keys = await opened.db.query<{ name: string; first: string }>(
        `select t.relname as name, a.attname as first from pg_index i
         join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
         join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
         where n.nspname = 'public' and i.indisprimary and t.relname <> 'schema_steps' order by 1`,
      );
      expect(keys.map((one) => one.name)).toEqual([
        'channels',
        'conversations',
        'leases',
        'ledger',
        'notification_keys',
        'operations',
        'send_pace',
        'send_times',
      ]);
      expect(keys.filter((one) => one.first !== 'board_id')).toEqual([]);
    });

    test('refuses a database that a newer version has shaped', async () => {
      await opened.db.query(`insert into schema_steps (version, name) values (9999, 'from the future')`);
      await expect(migrate(opened.db)).rejects.toThrow(ConfigError);
      await opened.db.query('delete from schema_steps where version = 9999');
    });
  });

  describe('transactions', () => {
    test('keeps all of a transaction or nothing', async () => {
      const leases = createLeases(opened.db);
      const failing = opened.db.transaction(async (sql) => {
        await sql.query(`insert into leases (board_id, name, holder, until_at) values ('t', 'half', 'x', now())`);
        throw new UpstreamError('database', 'stopped here');
      });
      await expect(failing).rejects.toThrow('stopped here');
      expect(await opened.db.query(`select name from leases where board_id = 't'`)).toEqual([]);
      expect(await leases.acquire('t', 'half', 'y', 30)).toBe(1);
    });

    test('says what the database refused, without what was asked', async () => {
      const refused = await opened.db.query(`select 'secret' from no_such_table`).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UpstreamError);
      expect(refused).toMatchObject({ service: 'database', code: '42P01', mayHaveHappened: false });
      expect(String(refused)).not.toContain('secret');
    });

    test('works on after a statement that was refused', async () => {
      await opened.db.query('select 1 / 0').catch(() => undefined);
      expect(await opened.db.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });
});
