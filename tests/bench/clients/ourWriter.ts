// One edit through the port of the use cases: decided on the snapshot, written under its version, known again by its key.
import { isKnownError } from '../../../bot/errors';
import type { BoardRecords, WriteOperation, WriteOutcome } from '../../../bot/services/ports';
import { boardId, newInstance } from './ours';

export interface Edit {
  readonly mark: string;
  readonly itemId: string;
  readonly ref: string;
}

/** Two instances of the service on one site, with what each holds of the board. */
let instances: readonly BoardRecords[] = [];

export async function connect({ url }: { url: string }): Promise<void> {
  instances = await Promise.all([newInstance(url), newInstance(url)]);
  for (const records of instances) await records.refresh(boardId);
}

const decisions = 100;
const repeats = 10;

/** True when it was written; the worker's number chooses the instance. */
export async function editAction(
  { mark, itemId, ref }: Edit,
  worker: number,
  textWith: (text: string | undefined, mark: string) => string,
): Promise<boolean> {
  const records = instances[worker % instances.length];
  if (records === undefined) return false;
  let snapshot = await records.snapshot(boardId);
  for (let decision = 1; decision <= decisions; decision += 1) {
    const action = snapshot.actions.find((one) => one.stamp?.itemId === itemId);
    if (action?.stamp === undefined) return false;
    const outcome = await writeOnce(records, {
      boardId,
      operationId: `${mark}-${decision}`,
      writes: [
        {
          kind: 'change',
          record: 'action',
          ref,
          itemId,
          version: action.stamp.version,
          changes: { description: textWith(action.description, mark) },
        },
        {
          kind: 'add',
          record: 'update',
          operationKey: `${mark}/update`,
          values: {
            subjectKind: 'action',
            subjectRef: ref,
            byRef: 'P10',
            at: '2025-01-06T09:05:00.000Z',
            route: 'bench',
            narrative: mark,
            noChange: false,
          },
        },
      ],
    });
    if (outcome === undefined) return false;
    if (outcome.kind === 'written') return true;
    snapshot = await records.refresh(boardId);
  }
  return false;
}

/** An operation whose end is not known is carried out again: that is safe, and it is what the service does. */
async function writeOnce(records: BoardRecords, operation: WriteOperation): Promise<WriteOutcome | undefined> {
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    try {
      return await records.write(operation);
    } catch (error) {
      if (!isKnownError(error) || (error.kind !== 'upstream' && error.kind !== 'throttled')) throw error;
    }
  }
  return undefined;
}
