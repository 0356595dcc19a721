// While a new release starts, instances of the one before go on with its statements: each of them, on the newest shape.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';
import { placesOfStatements, sendEveryStatement, type SentStatement } from './everyStatement';

// Databases are opened one after the other on a busy machine.
jest.setTimeout(120_000);

/** One file for each release, named by its version; those of earlier releases are never written again. */
const folder = path.resolve(__dirname, '../fixtures/statements');
const fileOf = (release: string): string => path.join(folder, `${release}.json`);

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase('embedded');
});
afterEach(async () => opened.remove());

function kept(release: string): readonly SentStatement[] {
  return existsSync(fileOf(release)) ? (JSON.parse(readFileSync(fileOf(release), 'utf8')) as SentStatement[]) : [];
}

const textsOf = (statements: readonly SentStatement[]): readonly string[] =>
  [...new Set(statements.map((one) => one.sql))].sort();

/** What a release trips over on this database: statements that are refused, or that no longer touch as many rows. */
async function tripsOf(statements: readonly SentStatement[]): Promise<readonly string[]> {
  const trips: string[] = [];
  for (const { sql, values, rows } of statements) {
    const now = await opened.db.query(sql, values).catch((error: unknown) => ({ error }));
    if ('error' in now) trips.push(`refused: ${sql}`);
    // How many messages a conversation takes depends on how quickly they follow each other.
    else if (now.length !== rows && !sql.includes('send_times')) trips.push(`${now.length} rows, not ${rows}: ${sql}`);
  }
  return trips;
}

test('the statements of this release are kept, all of them', async () => {
  const sent = await sendEveryStatement(opened.db);
  expect([...new Set(sent.map((one) => one.place))].sort()).toEqual([...placesOfStatements()].sort());
  if (process.env['APPROVE'] === '1') {
    mkdirSync(folder, { recursive: true });
    const lines = sent.map(({ sql, values, rows }) =>
      // The keys of notifications are made by chance; what is kept of them here is nobody's.
      JSON.stringify({
        sql,
        values: /notification_keys \(/.test(sql) ? [values[0], 'address', 'state'] : values,
        rows,
      }),
    );
    writeFileSync(fileOf(version), `[\n${lines.join(',\n')}\n]\n`);
  }
  expect(textsOf(sent)).toEqual(textsOf(kept(version)));
});

test.each(readdirSync(folder).map((file) => path.basename(file, '.json')))(
  'instances of release %s go on with the newest shape',
  async (release) => {
    const statements = kept(release);
    expect(statements.length).toBeGreaterThan(30);
    expect(await tripsOf(statements)).toEqual([]);
  },
);

const swallow = `create function swallow() returns trigger as 'begin return null; end' language plpgsql`;

test.each([
  ['a column renamed', ['alter table ledger rename column earlier to before']],
  ['a column that an old insert does not name', ['alter table conversations add column tenant text not null']],
  ['a state that is no more', ["alter table ledger add check (state <> 'uncertain')"]],
  [
    'rows that go nowhere, without an error',
    [swallow, 'create trigger swallow before insert on channels for each row execute function swallow()'],
  ],
])('%s would be noticed', async (_what, step) => {
  for (const statement of step) await opened.db.query(statement);
  expect(await tripsOf(kept(version))).not.toEqual([]);
});
