// Where the board's channel can be spoken to: Teams' own reference, with who chose it and when.
import { z } from 'zod';
import type { Channels } from '../services/portsChannels';
import type { Database } from './sql';

const storedReference = z.record(z.string(), z.unknown());

export function createChannels(db: Database): Channels {
  return {
    async keep(boardId, { channelId, reference, byRef, at }) {
      await db.query(
        `insert into channels (board_id, channel_id, reference, chosen_by, chosen_at)
         values ($1, $2, $3, $4, $5::timestamptz)
         on conflict (board_id, channel_id)
         do update set reference = excluded.reference, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`,
        [boardId, channelId, JSON.stringify(reference), byRef, at],
      );
    },

    async find(boardId, channelId) {
      const [row] = await db.query<{ reference: string; chosen_by: string; chosen_at: Date }>(
        'select reference, chosen_by, chosen_at from channels where board_id = $1 and channel_id = $2',
        [boardId, channelId],
      );
      if (row === undefined) return undefined;
      const reference = storedReference.parse(JSON.parse(row.reference));
      return { channelId, reference, byRef: row.chosen_by, at: row.chosen_at.toISOString() };
    },

    async forget(boardId, channelId) {
      await db.query('delete from channels where board_id = $1 and channel_id = $2', [boardId, channelId]);
    },
  };
}
