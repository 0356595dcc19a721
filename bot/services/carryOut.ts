// Carries out one decision of the secretary: decided on what is there, written once and whole, those concerned told once.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../board/canonical';
import type { BoardSnapshot } from '../board/model';
import { ConflictError, UpstreamError } from '../errors';
import type { InputIssue } from '../errors';
import type { Logger } from '../logger';
import type { BoardRecords, Ledger, LedgerDraft, Operations, RecordWrite, WriteOperation } from './ports';

/** What the person is told of what was done. */
export interface ManagedReceipt {
  readonly subjectRef: string;
  readonly words: readonly string[];
  /** What the board's findings say about it. */
  readonly findings: readonly string[];
}

export type ManagedResult =
  | { readonly kind: 'done'; readonly receipt: ManagedReceipt }
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] }
  | { readonly kind: 'confirm'; readonly warnings: readonly string[] };

/** Ready to be written under an operation. */
export interface ToWrite {
  readonly kind: 'write';
  readonly writes: readonly RecordWrite[];
  readonly notices: readonly LedgerDraft[];
  readonly receipt: ManagedReceipt;
}
export type Decided = ToWrite | Exclude<ManagedResult, { kind: 'done' }>;

/** One request of a kind; it goes through JSON while it is unfinished. */
export interface Job {
  readonly boardId: string;
  /** The same name is the same request: it gets the recorded result. */
  readonly operationId: string;
  readonly decide: (snapshot: BoardSnapshot) => Decided;
}

export interface CarryOut {
  /** Throws UpstreamError, ThrottledError: it is finished by resume(), or by the same request again. */
  run(job: Job): Promise<ManagedResult>;
  /** Finishes what a crash left half done; returns how many. */
  resume(boardId: string): Promise<number>;
}

export interface CarryOutPorts {
  readonly records: BoardRecords;
  readonly operations: Operations;
  readonly ledger: Pick<Ledger, 'plan'>;
  readonly clock: { now(): Date };
  readonly logger: Logger;
  /** After something was done: sends what is to be sent. */
  readonly afterwards?: (boardId: string) => void;
}

const prefix = 'manage-';
const attempts = 8;

/** Names an operation by what makes it one. */
export function managedId(parts: readonly unknown[]): string {
  return `${prefix}${createHash('sha256').update(canonicalJson(parts)).digest('hex').slice(0, 40)}`;
}

interface Prepared {
  readonly operation: WriteOperation;
  readonly notices: readonly LedgerDraft[];
  readonly receipt: ManagedReceipt;
}

export function createCarryOut(ports: CarryOutPorts): CarryOut {
  const { records, operations, ledger, clock, logger } = ports;
  const turns = new Map<string, Promise<unknown>>();

  /** One decision of a board after the other: each sees the one before, so that no two take the same reference. */
  async function inTurn<T>(boardId: string, work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(boardId) ?? Promise.resolve()).then(work, work);
    turns.set(boardId, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(boardId) === mine) turns.delete(boardId);
    }
  }

  async function run({ boardId, operationId, decide }: Job): Promise<ManagedResult> {
    // Others may have added or handed over since this instance looked.
    let snapshot = await records.refresh(boardId);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const decided = decide(snapshot);
      const fresh = decided.kind === 'write' ? preparedOf(boardId, operationId, decided) : null;
      const begun = await operations.begin(boardId, operationId, fresh);
      if (begun.state === 'done') return recordedResult(begun.recorded);
      const earlier = begun.state === 'unfinished' ? await unfinishedOf(boardId, operationId) : undefined;
      if (begun.state === 'unfinished' && !earlier) {
        // Begun where it was refused: what is kept must be what is written now.
        await operations.abandon(boardId, operationId);
        await operations.begin(boardId, operationId, fresh);
      }
      const prepared = earlier ?? fresh;
      if (!prepared) {
        await operations.abandon(boardId, operationId);
        logger.info('managing not done', { boardId, outcome: decided.kind });
        return decided.kind === 'write' ? { kind: 'refused', issues: [] } : decided;
      }
      if (await written(prepared)) return finish(boardId, operationId, prepared);
      await operations.abandon(boardId, operationId);
      snapshot = await records.refresh(boardId);
    }
    throw new UpstreamError('SharePoint', `What was to be changed kept changing: ${attempts} tries.`);
  }

  /** False when somebody changed something of it since, or took the same reference: nothing of it is there then. */
  async function written({ operation }: Prepared): Promise<boolean> {
    try {
      return (await records.write(operation)).kind === 'written';
    } catch (error) {
      // Of rows alone nothing is left when the first is refused; what changed items has to be finished.
      if (isTaken(error) && operation.writes.every((one) => one.kind === 'add')) return false;
      throw error;
    }
  }

  async function finish(boardId: string, operationId: string, prepared: Prepared): Promise<ManagedResult> {
    // Before it is finished: a crash in between plans them again, under the same keys.
    await ledger.plan(prepared.notices, clock.now().toISOString());
    const result: ManagedResult = { kind: 'done', receipt: prepared.receipt };
    await operations.finish(boardId, operationId, result);
    logger.info('managed', { boardId, operationId, writes: prepared.operation.writes.length });
    ports.afterwards?.(boardId);
    return result;
  }

  async function unfinishedOf(boardId: string, operationId: string): Promise<Prepared | undefined> {
    const left = await operations.unfinished(boardId);
    const request = left.find((one) => one.operationId === operationId)?.request;
    return isPrepared(request) ? request : undefined;
  }

  async function resume(boardId: string): Promise<number> {
    let completed = 0;
    for (const { operationId, request } of await operations.unfinished(boardId)) {
      if (!operationId.startsWith(prefix)) continue;
      try {
        if (isPrepared(request) && (await written(request))) {
          await finish(boardId, operationId, request);
          completed += 1;
        } else {
          await operations.abandon(boardId, operationId);
          logger.warn('unfinished managing given up: something of it changed meanwhile', { boardId, operationId });
        }
      } catch (error) {
        // It stays to be tried again; the others must not wait for it.
        logger.error('unfinished managing still not written', { boardId, operationId }, error);
      }
    }
    return completed;
  }

  return {
    run: (job) => inTurn(job.boardId, () => run(job)),
    resume: (boardId) => inTurn(boardId, () => resume(boardId)),
  };
}

/** SharePoint refuses a second row with the same reference before it writes anything. */
function isTaken(error: unknown): boolean {
  if (error instanceof ConflictError) return true;
  return error instanceof UpstreamError && error.status === 409 && !error.mayHaveHappened;
}

/** Several changes of one item are one write: a second one would find its version gone. */
function preparedOf(boardId: string, operationId: string, decided: ToWrite): Prepared {
  const writes: RecordWrite[] = [];
  const at = new Map<string, number>();
  for (const write of decided.writes) {
    const key = write.kind === 'change' ? `${write.record}/${write.itemId}` : undefined;
    const known = key === undefined ? undefined : at.get(key);
    const before = known === undefined ? undefined : writes[known];
    if (known !== undefined && write.kind === 'change' && before?.kind === 'change') {
      writes[known] = { ...before, changes: { ...before.changes, ...write.changes } };
      continue;
    }
    if (key !== undefined) at.set(key, writes.length);
    writes.push(write);
  }
  const { notices, receipt } = decided;
  return { operation: { boardId, operationId, writes }, notices, receipt };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isReceipt(value: unknown): value is ManagedReceipt {
  return isObject(value) && typeof value['subjectRef'] === 'string' && Array.isArray(value['words']);
}

/** What this file gave to begin(), come back from the store. */
function isPrepared(value: unknown): value is Prepared {
  return (
    isObject(value) &&
    isReceipt(value['receipt']) &&
    Array.isArray(value['notices']) &&
    isObject(value['operation']) &&
    Array.isArray(value['operation']['writes'])
  );
}

function recordedResult(recorded: unknown): ManagedResult {
  if (isObject(recorded) && isReceipt(recorded['receipt'])) return { kind: 'done', receipt: recorded['receipt'] };
  throw new UpstreamError('database', 'The recorded result of a change of the plan cannot be read.');
}
