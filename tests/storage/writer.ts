// A process to be killed: opens the embedded database, leaves one message claimed and one sending, then writes on and on.
import { migrate } from '../../bot/storage/migrations';
import { createLedger } from '../../bot/storage/outbox';
import { openDatabase } from '../../bot/storage/sql';

async function main(folder: string): Promise<void> {
  const db = await openDatabase({ folder });
  await migrate(db);
  await db.query('create table if not exists written (n integer primary key)');
  const ledger = createLedger(db);
  const key = (personRef: string) => ({ boardId: 'board', meetingRef: 'B09', step: 'request' as const, personRef });
  await db.query('delete from ledger');
  await ledger.plan(
    ['P10', 'P11'].map((one) => ({ ...key(one), subjectRefs: [] })),
    '2025-01-06T09:00:00.000Z',
  );
  const [first] = await ledger.claim('board', 'worker-1', 2, 600);
  if (first !== undefined) await ledger.sending(first, first.fence);
  process.stdout.write('open\n');
  const [last] = await db.query<{ n: number }>('select coalesce(max(n), 0)::int as n from written');
  for (let n = (last?.n ?? 0) + 1; ; n += 1) {
    await db.query('insert into written (n) values ($1)', [n]);
    process.stdout.write(`${n}\n`);
  }
}

void main(process.argv[2] ?? '');
