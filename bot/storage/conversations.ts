// Where each person can be spoken to first: the channel's own reference, kept on install and on every message.
import { z } from 'zod';
import type { Conversations } from '../services/ports';
import type { Database } from './sql';

/** A chat with the app belongs to the tenant, not to one board; the column keeps every key led by board_id. */
export const allBoards = '*';

const storedReference = z.record(z.string(), z.unknown());

/** Entra ids are compared without case. */
export function createConversations(db: Database): Conversations {
  return {
    async keep({ entraObjectId, reference }) {
      await db.query(
        `insert into conversations (board_id, entra_object_id, reference) values ($1, $2, $3)
         on conflict (board_id, entra_object_id)
         do update set reference = excluded.reference, kept_at = clock_timestamp()`,
        [allBoards, entraObjectId.toLowerCase(), JSON.stringify(reference)],
      );
    },

    async find(entraObjectId) {
      const [row] = await db.query<{ reference: string }>(
        'select reference from conversations where board_id = $1 and entra_object_id = $2',
        [allBoards, entraObjectId.toLowerCase()],
      );
      if (row === undefined) return undefined;
      return { entraObjectId, reference: storedReference.parse(JSON.parse(row.reference)) };
    },

    async forget(entraObjectId) {
      await db.query('delete from conversations where board_id = $1 and entra_object_id = $2', [
        allBoards,
        entraObjectId.toLowerCase(),
      ]);
    },
  };
}
