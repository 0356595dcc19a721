// Takes one answer: reads the board, decides, writes it once however often it arrives, and says what became of it.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../board/canonical';
import { mergeAnswer, stampOf } from '../board/merge';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { decideAnswer, type AcceptedAnswer, type Answer } from '../board/update';
import { UpstreamError, type InputIssue } from '../errors';
import type { Logger } from '../logger';
import type { Actor, BoardRecords, Clock, Operations, RecordWrite, WriteOperation, WriteOutcome } from './ports';
import { createSeenVersions, type SeenVersions } from './seenVersions';

export interface AnswerRequest {
  readonly boardId: string;
  readonly actor: Actor;
  /** One a form shown; with the answer it names the operation. */
  readonly nonce: string;
  readonly answer: Answer;
  /** The version of the item that the person saw. */
  readonly seenVersion?: string;
  /** The person confirmed that warned texts identify nobody. */
  readonly confirmedWarnings?: boolean;
}

/** What the person is told; no text that people wrote. */
export interface Receipt {
  readonly ref: Ref;
  readonly title: string;
  /** In words. */
  readonly changed: readonly string[];
  readonly noChange: boolean;
  readonly savedAt: Instant;
  readonly recordedAs: 'answered' | 'late';
}

export type AnswerResult =
  | { readonly kind: 'saved'; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] }
  | { readonly kind: 'confirm'; readonly warnings: readonly string[] }
  | {
      readonly kind: 'conflict';
      readonly ref: Ref;
      readonly changed: readonly { readonly field: string; readonly theirs: string; readonly yours: string }[];
      readonly currentVersion: string;
    };

export interface UpdateItem {
  /** Throws UpstreamError, ThrottledError: the answer is kept and carried out by resume(), or by the same answer again. */
  answer(request: AnswerRequest): Promise<AnswerResult>;
  /** Carries out what a crash left unfinished; returns how many answers were completed. */
  resume(boardId: string): Promise<number>;
}

/** What is kept of an answer until it is written. */
interface Prepared {
  readonly operation: WriteOperation;
  readonly receipt: Receipt;
}

type Decided = { readonly kind: 'write'; readonly prepared: Prepared } | Exclude<AnswerResult, { kind: 'saved' }>;

/** Somebody else's change in the same second is met by deciding again on what is there then. */
const attempts = 8;

/** The use case; pass the `seen` that watches the records which cards and tab are made from. */
export function createUpdateItem(ports: {
  readonly records: BoardRecords;
  readonly operations: Operations;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly seen?: SeenVersions;
}): UpdateItem {
  const { records, operations, clock, logger } = ports;
  const seen = ports.seen ?? createSeenVersions();
  const inFlight = new Map<string, Promise<AnswerResult>>();
  const turns = new Map<string, Promise<AnswerResult>>();

  /** Answers about one item wait for each other here, so that they do not collide in SharePoint. */
  async function inTurn(item: string, work: () => Promise<AnswerResult>): Promise<AnswerResult> {
    const before = turns.get(item);
    const mine = before ? before.then(work, work) : work();
    turns.set(item, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(item) === mine) turns.delete(item);
    }
  }

  async function carryOut(request: AnswerRequest, operationId: string): Promise<AnswerResult> {
    const { boardId, answer } = request;
    let snapshot = await records.snapshot(boardId);
    // Who does not say what they saw has seen what is there now.
    const seenVersion = request.seenVersion ?? stampOf(snapshot, answer)?.version;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      seen.keep(boardId, snapshot);
      const decided = decide(request, seenVersion, operationId, snapshot, seen, clock.now().toISOString());
      const begun = await operations.begin(boardId, operationId, decided.kind === 'write' ? decided.prepared : null);
      if (begun.state === 'done') return recordedResult(begun.recorded);
      const earlier = begun.state === 'unfinished' ? await findUnfinished(boardId, operationId) : undefined;
      const next: Decided = earlier ? { kind: 'write', prepared: earlier } : decided;
      if (next.kind !== 'write') {
        await operations.abandon(boardId, operationId);
        logger.info('answer not taken', { boardId, ref: answer.ref, outcome: next.kind });
        return next;
      }
      const outcome = await records.write(next.prepared.operation);
      if (outcome.kind === 'written') return finish(boardId, operationId, next.prepared);
      await operations.abandon(boardId, operationId);
      snapshot = await records.refresh(boardId);
    }
    throw new UpstreamError('SharePoint', `The item ${answer.ref} changed ${attempts} times while it was written.`);
  }

  async function finish(boardId: string, operationId: string, prepared: Prepared): Promise<AnswerResult> {
    const result: AnswerResult = { kind: 'saved', receipt: prepared.receipt };
    await operations.finish(boardId, operationId, result);
    logger.info('answer saved', {
      boardId,
      ref: prepared.receipt.ref,
      operationId,
      recordedAs: prepared.receipt.recordedAs,
      noChange: prepared.receipt.noChange,
    });
    return result;
  }

  async function findUnfinished(boardId: string, operationId: string): Promise<Prepared | undefined> {
    const left = await operations.unfinished(boardId);
    const request = left.find((one) => one.operationId === operationId)?.request;
    return isPrepared(request) ? request : undefined;
  }

  return {
    answer: async (request) => {
      const operationId = operationIdOf(request);
      const key = `${request.boardId}/${operationId}`;
      const running = inFlight.get(key);
      if (running) return running;
      const started = inTurn(`${request.boardId}/${request.answer.ref}`, () => carryOut(request, operationId));
      inFlight.set(key, started);
      return started.finally(() => inFlight.delete(key));
    },
    resume: async (boardId) => {
      let completed = 0;
      for (const { operationId, request } of await operations.unfinished(boardId)) {
        if (!operationId.startsWith(operationPrefix)) continue;
        if (!isPrepared(request)) {
          await operations.abandon(boardId, operationId);
          continue;
        }
        let outcome: WriteOutcome;
        try {
          outcome = await records.write(request.operation);
        } catch (error) {
          // One that SharePoint does not take must hold up neither the others nor what comes after; it is tried again.
          logger.error(
            'unfinished answer still not written',
            { boardId, ref: request.receipt.ref, operationId },
            error,
          );
          continue;
        }
        if (outcome.kind === 'written') {
          await finish(boardId, operationId, request);
          completed += 1;
        } else {
          await operations.abandon(boardId, operationId);
          logger.warn('unfinished answer given up: the item changed meanwhile', {
            boardId,
            ref: outcome.ref,
            operationId,
          });
        }
      }
      return completed;
    },
  };
}

const operationPrefix = 'answer-';

/** The same person, form and inputs give the same operation; other inputs another. */
function operationIdOf(request: AnswerRequest): string {
  const { boardId, actor, nonce, answer } = request;
  const text = canonicalJson([boardId, actor.personRef, nonce, answer]);
  return `${operationPrefix}${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
}

function decide(
  request: AnswerRequest,
  seenVersion: string | undefined,
  operationId: string,
  snapshot: BoardSnapshot,
  seen: SeenVersions,
  at: Instant,
): Decided {
  const { boardId } = request;
  const current = stampOf(snapshot, request.answer)?.version;
  const stale = seenVersion !== undefined && current !== undefined && seenVersion !== current;
  const merge = stale
    ? mergeAnswer(
        request.answer,
        snapshot,
        seen.find(boardId, (one) => stampOf(one, request.answer)?.version === seenVersion),
      )
    : { answer: request.answer, conflicts: [] };
  if (merge.conflicts.length > 0)
    return { kind: 'conflict', ref: request.answer.ref, changed: merge.conflicts, currentVersion: current ?? '' };
  const decision = decideAnswer({
    snapshot,
    answer: merge.answer,
    byRef: request.actor.personRef,
    at,
    policy: resolvePolicy(snapshot.policy).policy,
  });
  if (decision.kind === 'refused') return { kind: 'refused', issues: decision.issues };
  if (decision.warnings.length > 0 && request.confirmedWarnings !== true)
    return { kind: 'confirm', warnings: decision.warnings.map((one) => one.message) };
  return { kind: 'write', prepared: prepare(request, operationId, decision, at) };
}

function prepare(request: AnswerRequest, operationId: string, decision: AcceptedAnswer, at: Instant): Prepared {
  const { boardId, actor } = request;
  const changes = decision.changes.map(({ record, ref, stamp, changes: fields }): RecordWrite => {
    if (!stamp) throw new UpstreamError('SharePoint', `The ${record} ${ref} was read without its version.`);
    const values = record === 'request' ? { ...fields, route: actor.route } : fields;
    return { kind: 'change', record, ref, itemId: stamp.itemId, version: stamp.version, changes: values };
  });
  const additions = decision.additions.map(({ record, values }): RecordWrite => ({
    kind: 'add',
    record,
    operationKey: `${operationId}/${record}`,
    values,
  }));
  const update: RecordWrite = {
    kind: 'add',
    record: 'update',
    operationKey: `${operationId}/update`,
    values: { ...decision.update, route: actor.route },
  };
  return {
    operation: { boardId, operationId, writes: [...changes, ...additions, update] },
    receipt: {
      ref: decision.ref,
      title: decision.title,
      changed: decision.changed,
      noChange: decision.noChange,
      savedAt: at,
      recordedAs: decision.recordedAs,
    },
  };
}

/** What this file gave to begin(), come back from the store. */
function isPrepared(value: unknown): value is Prepared {
  return isObject(value) && isReceipt(value['receipt']) && isOperation(value['operation']);
}

function isOperation(value: unknown): boolean {
  return isObject(value) && typeof value['operationId'] === 'string' && Array.isArray(value['writes']);
}

function isReceipt(value: unknown): value is Receipt {
  return isObject(value) && typeof value['ref'] === 'string' && Array.isArray(value['changed']);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function recordedResult(recorded: unknown): AnswerResult {
  if (isObject(recorded) && isReceipt(recorded['receipt'])) return { kind: 'saved', receipt: recorded['receipt'] };
  throw new UpstreamError('database', 'The recorded result of an answer cannot be read.');
}
