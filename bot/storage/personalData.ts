// What the database holds of one person: counted, taken out; and what has become old, deleted.
import { z } from 'zod';
import type { PersonalData, PersonIds } from '../services/portsPersonal';
import { allBoards } from './conversations';
import type { Database, Sql } from './sql';

const counted = z.array(z.object({ count: z.coerce.number() }));

/** Their reference as a JSON text holds it. $1 is the board. */
const namesThem = `board_id = $1 and finished_at is not null and position($2 in coalesce(result, '')) > 0`;
/** Nothing of these rows is to be done any more. */
const settled = `state in ('sent', 'failed', 'cancelled', 'uncertain')`;

export function createPersonalData(db: Database): PersonalData {
  return {
    async count({ boardId, personRef, entraObjectId }) {
      const [conversations, messages, operations] = await Promise.all([
        countOf(db, 'select count(*) from conversations where board_id = $1 and entra_object_id = $2', [
          allBoards,
          (entraObjectId ?? '').toLowerCase(),
        ]),
        countOf(db, 'select count(*) from ledger where board_id = $1 and person_ref = $2', [boardId, personRef]),
        countOf(db, `select count(*) from operations where ${namesThem}`, [boardId, JSON.stringify(personRef)]),
      ]);
      return { conversations, messages, operations };
    },

    forget: (who, alsoChat) =>
      db.transaction(async (sql) => {
        const conversations = alsoChat ? await forgetChat(sql, who) : 0;
        const { boardId, personRef } = who;
        const messages = await sql.query(
          `update ledger set detail = null, activity_id = null, earlier = null
           where board_id = $1 and person_ref = $2 returning step`,
          [boardId, personRef],
        );
        const operations = await sql.query(`delete from operations where ${namesThem} returning operation_id`, [
          boardId,
          JSON.stringify(personRef),
        ]);
        return { conversations, messages: messages.length, operations: operations.length };
      }),

    deleteOlder: (before) =>
      db.transaction(async (sql) => {
        const operations = await sql.query(
          'delete from operations where finished_at < $1::timestamptz returning operation_id',
          [before],
        );
        const messages = await sql.query(
          `delete from ledger where ${settled} and planned_at < $1::timestamptz
             and coalesce(sent_at, planned_at) < $1::timestamptz returning step`,
          [before],
        );
        return { operations: operations.length, messages: messages.length };
      }),
  };
}

async function forgetChat(sql: Sql, { entraObjectId }: PersonIds): Promise<number> {
  if (entraObjectId === undefined) return 0;
  const who = [allBoards, entraObjectId.toLowerCase()];
  const rows = await sql.query(
    'delete from conversations where board_id = $1 and entra_object_id = $2 returning entra_object_id',
    who,
  );
  // The pace of sending to a person is kept by their id, also where the chat is gone.
  await sql.query('delete from send_times where board_id = $1 and lower(conversation) = $2', who);
  return rows.length;
}

async function countOf(sql: Sql, statement: string, params: readonly string[]): Promise<number> {
  return counted.parse(await sql.query(statement, params))[0]?.count ?? 0;
}
