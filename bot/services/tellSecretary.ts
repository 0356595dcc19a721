// Keeps what the secretary is to be told, in a row of the board's own Settings list; the cycle makes one notice a day of it.
import { createHash } from 'node:crypto';
import { calendarOf } from '../board/cycle';
import { withNotes } from '../board/secretaryNews';
import type { SecretaryNote } from '../board/manageModel';
import type { BoardSnapshot, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import type { Logger } from '../logger';
import { stampOf } from './managedWrites';
import type { BoardRecords, Clock, RecordWrite } from './ports';

/** Never throws: what is told of was done, or failed, without it. */
export type TellSecretary = (boardId: string, meetingRef: Ref, texts: readonly string[]) => Promise<void>;

/** Somebody else may keep a note at the same moment. */
const rounds = 5;

export function createTellSecretary(ports: {
  readonly records: Pick<BoardRecords, 'refresh' | 'write'>;
  readonly clock: Clock;
  readonly logger: Logger;
}): TellSecretary {
  const { records, clock, logger } = ports;

  async function keep(boardId: string, meetingRef: Ref, texts: readonly string[]): Promise<boolean> {
    const snapshot = await records.refresh(boardId);
    const at = clock.now().toISOString();
    const on = calendarOf(resolvePolicy(snapshot.policy).policy).on(at);
    const notes = withNotes(snapshot.running?.news, on, { meetingRef, at, texts: texts.map(shortened) });
    if (notes === undefined) return true;
    const write = newsWrite(snapshot, boardId, notes);
    const outcome = await records.write({ boardId, operationId: newsOperation(write), writes: [write] });
    // Two who add the row at once get the same one: the next look tells whose notes it holds.
    return outcome.kind === 'written' && write.kind === 'change';
  }

  return async (boardId, meetingRef, texts) => {
    if (texts.length === 0) return;
    try {
      for (let round = 1; round <= rounds; round += 1) if (await keep(boardId, meetingRef, texts)) return;
      logger.warn('secretary.notTold', { boardId, meetingRef, why: 'the row was changed meanwhile' });
    } catch (error) {
      logger.warn('secretary.notTold', { boardId, meetingRef }, error);
    }
  };
}

/** The row as it is to be, under the version that was read. */
export function newsWrite(
  snapshot: Pick<BoardSnapshot, 'running'>,
  boardId: string,
  notes: readonly SecretaryNote[],
): RecordWrite {
  const key = `news@${boardId}`;
  const row = snapshot.running?.news;
  const json = JSON.stringify({ notes });
  return row
    ? { kind: 'change', record: 'setting', ref: key, ...stampOf(key, row.stamp), changes: { json } }
    : { kind: 'add', record: 'setting', operationKey: key, values: { key, json } };
}

export function newsOperation(write: RecordWrite): string {
  return `news:${createHash('sha256').update(JSON.stringify(write)).digest('hex').slice(0, 24)}`;
}

/** What does not fit in a message is cut. */
function shortened(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 399)}…`;
}
