// The product's planning, ledger, pace and messenger, sending to the stand-in for Teams from one instance.
import { createConversations } from '../../../bot/storage/conversations';
import { openDatabase, type Database } from '../../../bot/storage/sql';
import type { Pace } from '../../../bot/services/pace';
import { keepConversations, paceOf, runOnce } from '../../fixtures/crash/deliveryRun';

interface Board {
  readonly boardId: string;
  readonly port: number;
  readonly owners: number;
}

let db: Database;
let pace: Pace;

/** The database has its shape. */
export async function open(databaseUrl: string) {
  db = await openDatabase({ databaseUrl });
  pace = paceOf(db);
  // The pool connects when it is first asked; that belongs to the start, not to the sending.
  await createConversations(db).find('nobody');
}

/** The chats of a board's owners, known beforehand. */
export async function keep(board: Board) {
  await keepConversations({ ...board, db });
}

/** Plans the board's reminder and sends it. Facts: what became of it. */
export async function send(board: Board) {
  return { facts: { ...(await runOnce({ ...board, db, pace })) } };
}

export async function close(): Promise<void> {
  await db.close();
}
