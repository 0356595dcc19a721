// What SharePoint's notifications of a board must carry: made once, the same for all instances and after a restart.
import { randomBytes } from 'node:crypto';
import { UpstreamError } from '../errors';
import type { NotificationKeys, NotificationKeysOfBoard } from '../services/ports';
import type { Database } from './sql';

export function createNotificationKeys(db: Database): NotificationKeys {
  return {
    async keysOf(boardId) {
      await db.query(
        `insert into notification_keys (board_id, address, client_state) values ($1, $2, $3)
         on conflict (board_id) do nothing`,
        [boardId, randomBytes(16).toString('hex'), randomBytes(32).toString('base64url')],
      );
      const [row] = await db.query<NotificationKeysOfBoard>(
        'select address, client_state as "clientState" from notification_keys where board_id = $1',
        [boardId],
      );
      if (row === undefined) throw new UpstreamError('database', 'The keys of a board’s notifications were not kept.');
      return row;
    },
  };
}
