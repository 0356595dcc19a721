// The database's address, and what happens when a server goes away.
import { ConfigError, UpstreamError } from '../../bot/errors';
import { openDatabase, poolSettings } from '../../bot/storage/sql';
import { startPostgres, type TestServer } from '../fixtures/databases';

describe('the address of a database server', () => {
  const noToken = async (): Promise<() => Promise<string>> => {
    throw new ConfigError(['no token was asked for']);
  };

  test('is used as it stands', async () => {
    const settings = await poolSettings('postgres://board:secret@db.example:5433/board?sslmode=verify-full', noToken);
    expect(settings.connectionString).toBe('postgres://board:secret@db.example:5433/board?sslmode=verify-full');
    expect(settings.password).toBeUndefined();
  });

  test('gets its password from Entra when it asks for it, over a checked connection', async () => {
    const asked: (string | undefined)[] = [];
    const settings = await poolSettings(
      'postgres://board%40hertland@db.example/board?authentication=entra&client_id=abc',
      async (clientId) => {
        asked.push(clientId);
        return async () => 'token-1';
      },
    );
    expect(settings).toMatchObject({
      host: 'db.example',
      port: 5432,
      database: 'board',
      user: 'board@hertland',
      ssl: { rejectUnauthorized: true },
    });
    expect(settings.connectionString).toBeUndefined();
    expect(asked).toEqual(['abc']);
    const password = settings.password;
    expect(typeof password === 'function' ? await password() : password).toBe('token-1');
  });

  test('is refused when it asks for a way to sign in that is not known', async () => {
    await expect(poolSettings('postgres://db.example/board?authentication=magic', noToken)).rejects.toThrow(
      'asks for authentication "magic"',
    );
  });

  test('is refused when there is neither an address nor a folder', async () => {
    await expect(openDatabase({})).rejects.toThrow(ConfigError);
  });
});

describe('a database server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(async () => server.stop());

  test('that is not there is reported as such', async () => {
    const db = await openDatabase({ databaseUrl: 'postgres://nobody:x@127.0.0.1:1/none' });
    const refused = await db.query('select 1').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UpstreamError);
    expect(refused).toMatchObject({ service: 'database', code: 'ECONNREFUSED' });
    await db.close();
  });

  test('that ends our connections is found again by the next statement', async () => {
    const databaseUrl = await server.createDatabase();
    const db = await openDatabase({ databaseUrl });
    const admin = await openDatabase({ databaseUrl });
    const cut = async (): Promise<unknown> =>
      admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
    const broken = await db
      .transaction(async (sql) => {
        await sql.query('create table half_done (n integer)');
        await cut();
        await sql.query('select 1');
      })
      .catch((error: unknown) => error);
    expect(broken).toBeInstanceOf(UpstreamError);
    expect(broken).toMatchObject({ mayHaveHappened: true });
    expect(await db.query(`select to_regclass('half_done')::text as name`)).toEqual([{ name: null }]);
    await cut();
    const after = await db.query('select 1 as one').catch(async () => db.query('select 1 as one'));
    expect(after).toEqual([{ one: 1 }]);
    await db.close();
    await db.close();
    await admin.close();
  });

  test('takes more transactions at a time than it has connections', async () => {
    const db = await openDatabase({ databaseUrl: await server.createDatabase() });
    await db.query('create table counted (n integer)');
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        db.transaction(async (sql) => sql.query('insert into counted (n) values ($1)', [n])),
      ),
    );
    expect(await db.query('select count(*)::int as n from counted')).toEqual([{ n: 40 }]);
    await db.close();
  });
});
