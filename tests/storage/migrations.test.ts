// Steps of the database's shape: forward only, and harmless to instances of the release before, which still run.
import { migrations, type Migration } from '../../bot/storage/migrations';

/** Until this step no release had been made. */
const freeUntil = 5;

/** A new column must have a default or take nothing: an insert of the release before does not name it. */
function isAdditive(statement: string): boolean {
  if (/^create (table|index) \w+ /i.test(statement)) return true;
  const [table = '', ...columns] = statement.split(/,? ?add column /i);
  return (
    /^alter table \w+ ?$/i.test(table) &&
    columns.length > 0 &&
    columns.every((one) => !/\b(drop|rename|alter)\b/i.test(one) && (!/not null/i.test(one) || /default/i.test(one)))
  );
}

/** What old instances would trip over; nothing when the step only adds. */
function harmful({ statements }: Migration): readonly string[] {
  return statements.filter((one) => !isAdditive(one.trim()));
}

test('are numbered without a gap and named', () => {
  expect(migrations.map((one) => one.version)).toEqual(migrations.map((_, index) => index + 1));
  expect(new Set(migrations.map((one) => one.name)).size).toBe(migrations.length);
});

test('only add, since there is a release whose instances may still run', () => {
  const later = migrations.filter((one) => one.version > freeUntil);
  expect(later.length).toBeGreaterThan(0);
  expect(later.flatMap(harmful)).toEqual([]);
});

test('have board_id first in the key of every table', () => {
  const tables = migrations.flatMap((one) => one.statements).filter((one) => one.startsWith('create table'));
  expect(tables.filter((one) => !/primary key \(board_id\b/.test(one))).toEqual([]);
});

test.each([
  'alter table ledger drop column detail',
  'alter table ledger rename column detail to words',
  'alter table ledger alter column detail type integer',
  'alter table ledger add column why text not null',
  'drop table leases',
  "update ledger set state = 'sent'",
])('"%s" would be noticed', (statement) => {
  expect(harmful({ version: 9, name: 'x', statements: [statement] })).toEqual([statement]);
});

test.each(['alter table ledger add column why text', 'alter table ledger add column n integer not null default 0'])(
  '"%s" only adds',
  (statement) => {
    expect(harmful({ version: 9, name: 'x', statements: [statement] })).toEqual([]);
  },
);
