// Carries a decision out once, however often it is asked for: begun, written under the versions read, recorded, resumed.
import { createHash } from 'node:crypto';
import type { RecordChange } from '../board/answers';
import { canonicalJson } from '../board/canonical';
import type { BoardSnapshot, ChangedFields, Instant } from '../board/model';
import { ConflictError, siteLackWords, UpstreamError } from '../errors';
import type { LogFacts, Logger } from '../logger';
import type {
  BoardRecords,
  Clock,
  Ledger,
  LedgerDraft,
  Operations,
  RecordKind,
  RecordWrite,
  WriteOperation,
  WriteOutcome,
} from './ports';

/** `result` is what the person is told; what is not written leaves no trace, so that they may try again. */
export type Decided<R> =
  | {
      readonly kind: 'write';
      readonly writes: readonly RecordWrite[];
      readonly result: R;
      /** Who is told of it, once. */
      readonly notices?: readonly LedgerDraft[];
    }
  | { readonly kind: 'not'; readonly result: R };

export interface OnceTask<R> {
  readonly boardId: string;
  /** The same press gives the same name, another press another. */
  readonly name: string;
  /** Tasks of one turn wait for each other here, so that they do not collide in SharePoint. */
  readonly turn: string;
  /** Decides on a board read anew, and not on the one at hand: for what others may have changed a moment ago. */
  readonly readsAnew?: true;
  /** Decides on the board as it is; again when somebody wrote in between. */
  decide(snapshot: BoardSnapshot, at: Instant, operationId: string): Decided<R>;
}

export interface WriteOnce<R> {
  /** Throws UpstreamError, ThrottledError: what was decided is kept and carried out by resume(), or by the same task again. */
  run(task: OnceTask<R>): Promise<R>;
  /** Carries out what a crash left unfinished; returns how many were completed. */
  resume(boardId: string): Promise<number>;
}

export interface WriteOncePorts {
  readonly records: BoardRecords;
  readonly operations: Operations;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where messages about what was done wait to be sent. */
  readonly ledger?: Pick<Ledger, 'plan'>;
  /** Sends what waits; after something was planned. */
  readonly sendSoon?: (boardId: string) => void;
}

/** What is kept of a task until it is written. */
interface Prepared<R> {
  readonly operation: WriteOperation;
  readonly result: R;
  readonly notices: readonly LedgerDraft[];
}

/** Somebody else's change in the same second is met by deciding again on what is there then. */
const attempts = 8;

/** One for each kind of task: `kind` begins its operations' ids and its lines in the log. */
export function createWriteOnce<R>(
  ports: WriteOncePorts,
  of: {
    readonly kind: string;
    /** What this kind gave as a result, come back from the store. */
    isResult(value: unknown): value is R;
    /** Facts for the log; never what people wrote. */
    facts(result: R): LogFacts;
    /** After each one that was written. */
    readonly afterwards?: ((boardId: string) => void) | undefined;
  },
): WriteOnce<R> {
  const { records, operations, clock, logger } = ports;
  const prefix = `${of.kind}-`;
  const inFlight = new Map<string, Promise<R>>();
  const turns = new Map<string, Promise<R>>();

  async function inTurn(turn: string, work: () => Promise<R>): Promise<R> {
    const before = turns.get(turn);
    const mine = before ? before.then(work, work) : work();
    turns.set(turn, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(turn) === mine) turns.delete(turn);
    }
  }

  async function carryOut(task: OnceTask<R>, operationId: string): Promise<R> {
    const { boardId } = task;
    let snapshot = await (task.readsAnew ? records.refresh(boardId) : records.snapshot(boardId));
    let changed = task.turn;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const decided = task.decide(snapshot, clock.now().toISOString(), operationId);
      const prepared: Prepared<R> | null =
        decided.kind === 'write'
          ? {
              operation: { boardId, operationId, writes: oneWriteEach(decided.writes) },
              result: decided.result,
              notices: decided.notices ?? [],
            }
          : null;
      const begun = await operations.begin(boardId, operationId, prepared);
      if (begun.state === 'done') return recorded(begun.recorded);
      const earlier = begun.state === 'unfinished' ? await findUnfinished(boardId, operationId) : undefined;
      if (begun.state === 'unfinished' && !earlier) {
        // Begun where it was refused: what is kept must be what is written now.
        await operations.abandon(boardId, operationId);
        await operations.begin(boardId, operationId, prepared);
      }
      const next = earlier ?? prepared;
      if (!next) {
        await operations.abandon(boardId, operationId);
        logger.info(`${of.kind} not taken`, { boardId, ...of.facts(decided.result) });
        return decided.result;
      }
      const outcome = await write(next.operation).catch(async (error: unknown) => {
        // The site lacks a list or column: of a first try nothing is written, and the person is told so.
        if (!earlier && siteLackWords(error) !== undefined) await operations.abandon(boardId, operationId);
        throw error;
      });
      if (outcome.kind === 'written') return finish(next);
      await operations.abandon(boardId, operationId);
      changed = outcome.ref;
      snapshot = await records.refresh(boardId);
    }
    throw new UpstreamError('SharePoint', `The item ${changed} changed ${attempts} times while it was written.`);
  }

  /** A reference that somebody else took at the same moment is met like any other change. */
  async function write(operation: WriteOperation): Promise<WriteOutcome> {
    try {
      return await records.write(operation);
    } catch (error) {
      const [first] = operation.writes;
      // Of rows alone nothing is left when the first is refused; what changed items has to be finished.
      if (first?.kind !== 'add' || !isTaken(error) || operation.writes.some((one) => one.kind !== 'add')) throw error;
      return { kind: 'conflict', ref: first.operationKey };
    }
  }

  async function finish({ operation, result, notices }: Prepared<R>): Promise<R> {
    const { boardId, operationId } = operation;
    // Before it is finished: a crash in between plans them again, under the same keys.
    if (notices.length > 0) await ports.ledger?.plan(notices, clock.now().toISOString());
    await operations.finish(boardId, operationId, result);
    logger.info(`${of.kind} saved`, { boardId, operationId, ...of.facts(result) });
    if (notices.length > 0) ports.sendSoon?.(boardId);
    of.afterwards?.(boardId);
    return result;
  }

  async function findUnfinished(boardId: string, operationId: string): Promise<Prepared<R> | undefined> {
    const left = await operations.unfinished(boardId);
    const request = left.find((one) => one.operationId === operationId)?.request;
    return isPrepared(request) ? request : undefined;
  }

  function isPrepared(value: unknown): value is Prepared<R> {
    if (!isObject(value) || !Array.isArray(value['notices'])) return false;
    return isOperation(value['operation']) && of.isResult(value['result']);
  }

  function recorded(value: unknown): R {
    if (of.isResult(value)) return value;
    throw new UpstreamError('database', `The recorded result of an ${of.kind} cannot be read.`);
  }

  return {
    run: async (task) => {
      const operationId = `${prefix}${task.name}`;
      const key = `${task.boardId}/${operationId}`;
      const running = inFlight.get(key);
      if (running) return running;
      const started = inTurn(`${task.boardId}/${task.turn}`, () => carryOut(task, operationId));
      inFlight.set(key, started);
      return started.finally(() => inFlight.delete(key));
    },
    resume: async (boardId) => {
      let completed = 0;
      for (const { operationId, request } of await operations.unfinished(boardId)) {
        // What is being written here at this moment is not left behind.
        if (!operationId.startsWith(prefix) || inFlight.has(`${boardId}/${operationId}`)) continue;
        if (!isPrepared(request)) {
          await operations.abandon(boardId, operationId);
          continue;
        }
        let outcome: WriteOutcome;
        try {
          outcome = await write(request.operation);
        } catch (error) {
          // One that SharePoint does not take must hold up neither the others nor what comes after; it is tried again.
          const facts = { boardId, operationId, ...of.facts(request.result) };
          logger.error(`unfinished ${of.kind} still not written`, facts, error);
          continue;
        }
        if (outcome.kind === 'written') {
          await finish(request);
          completed += 1;
        } else {
          await operations.abandon(boardId, operationId);
          const facts = { boardId, ref: outcome.ref, operationId };
          logger.warn(`unfinished ${of.kind} given up: the item changed meanwhile`, facts);
        }
      }
      return completed;
    },
  };
}

/** SharePoint refuses a second row with the same reference before it writes anything. */
function isTaken(error: unknown): boolean {
  if (error instanceof ConflictError) return true;
  return error instanceof UpstreamError && error.status === 409 && !error.mayHaveHappened;
}

/** Several changes of one item are one write: a second one would find its version gone. */
function oneWriteEach(writes: readonly RecordWrite[]): readonly RecordWrite[] {
  const known = new Map<string, RecordWrite>();
  for (const write of writes) {
    const key = write.kind === 'change' ? `${write.record}/${write.itemId}` : write.operationKey;
    const before = known.get(key);
    const both = write.kind === 'change' && before?.kind === 'change';
    known.set(key, both ? { ...before, changes: { ...before.changes, ...write.changes } } : write);
  }
  return [...known.values()];
}

/** A name for a task: the same inputs give the same one, other inputs another. */
export function nameOfInputs(inputs: readonly unknown[]): string {
  return createHash('sha256').update(canonicalJson(inputs)).digest('hex').slice(0, 40);
}

/** The write of one decided change, under the version it was decided on. */
export function changeWrite({ record, ref, stamp, changes }: RecordChange, more: ChangedFields = {}): RecordWrite {
  if (!stamp) throw new UpstreamError('SharePoint', `The ${record} ${ref} was read without its version.`);
  const { itemId, version } = stamp;
  return { kind: 'change', record, ref, itemId, version, changes: { ...changes, ...more } };
}

/** The write of a new row, known for ever by its operation. */
export function addWrite(operationId: string, record: RecordKind, values: object): RecordWrite {
  return { kind: 'add', record, operationKey: `${operationId}/${record}`, values: { ...values } };
}

function isOperation(value: unknown): boolean {
  return isObject(value) && typeof value['operationId'] === 'string' && Array.isArray(value['writes']);
}

/** An object whose members can be looked at. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
