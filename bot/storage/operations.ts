// Answers already given and answers begun, by operation id; what was asked is kept only until it is finished.
import type { Operations } from '../services/ports';
import type { Database } from './sql';

interface Row {
  readonly request: string | null;
  readonly result: string | null;
  readonly finished: boolean;
}

/** Requests and results are JSON text: PostgreSQL's own JSON type refuses NUL and lone surrogates, which people can send. */
export function createOperations(db: Database): Operations {
  return {
    async begin(boardId, operationId, request) {
      const added = await db.query(
        `insert into operations (board_id, operation_id, request) values ($1, $2, $3)
         on conflict (board_id, operation_id) do nothing returning operation_id`,
        [boardId, operationId, write(request)],
      );
      if (added.length > 0) return { state: 'new' };
      const [row] = await db.query<Row>(
        `select request, result, finished_at is not null as finished from operations
         where board_id = $1 and operation_id = $2`,
        [boardId, operationId],
      );
      return row?.finished === true ? { state: 'done', recorded: read(row.result) } : { state: 'unfinished' };
    },

    async finish(boardId, operationId, result) {
      await db.query(
        `insert into operations (board_id, operation_id, result, finished_at) values ($1, $2, $3, clock_timestamp())
         on conflict (board_id, operation_id)
         do update set request = null, result = excluded.result, finished_at = clock_timestamp()
         where operations.finished_at is null`,
        [boardId, operationId, write(result)],
      );
    },

    async abandon(boardId, operationId) {
      await db.query('delete from operations where board_id = $1 and operation_id = $2 and finished_at is null', [
        boardId,
        operationId,
      ]);
    },

    async unfinished(boardId) {
      const rows = await db.query<{ operation_id: string; request: string | null }>(
        `select operation_id, request from operations where board_id = $1 and finished_at is null
         order by begun_at, operation_id`,
        [boardId],
      );
      return rows.map((row) => ({ operationId: row.operation_id, request: read(row.request) }));
    },
  };
}

/** `undefined` has no JSON of its own and is kept as no text. */
function write(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function read(text: string | null): unknown {
  return text === null ? undefined : (JSON.parse(text) as unknown);
}
