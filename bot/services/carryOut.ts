// Decisions of the secretary, carried out one after the other: each sees the one before, those concerned are told once.
import type { BoardSnapshot, Instant } from '../board/model';
import type { InputIssue } from '../errors';
import type { LogFacts } from '../logger';
import type { LedgerDraft, RecordWrite } from './ports';
import { createWriteOnce, isObject, nameOfInputs, type Decided as DecidedOnce, type WriteOncePorts } from './writeOnce';

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

/** One request of a kind. */
export interface Job {
  readonly boardId: string;
  /** The same parts are the same request: it gets the recorded result. */
  readonly parts: readonly unknown[];
  readonly decide: (snapshot: BoardSnapshot, at: Instant, operationId: string) => Decided;
}

export interface CarryOut {
  /** Throws UpstreamError, ThrottledError: it is finished by resume(), or by the same request again. */
  run(job: Job): Promise<ManagedResult>;
  /** Finishes what a crash left half done; returns how many. */
  resume(boardId: string): Promise<number>;
}

export type CarryOutPorts = Omit<WriteOncePorts, 'sendSoon'> & {
  /** After something was done: sends what is to be sent. */
  readonly afterwards?: (boardId: string) => void;
};

export function createCarryOut({ afterwards, ...ports }: CarryOutPorts): CarryOut {
  const once = createWriteOnce<ManagedResult>(ports, { kind: 'manage', isResult: isDone, facts: factsOf, afterwards });
  return {
    run: ({ boardId, parts, decide }) =>
      once.run({
        boardId,
        name: nameOfInputs(parts),
        // One after the other, so that no two take the same reference.
        turn: 'manage',
        readsAnew: true,
        decide: (...asked): DecidedOnce<ManagedResult> => {
          const decided = decide(...asked);
          if (decided.kind !== 'write') return { kind: 'not', result: decided };
          const { receipt, ...toWrite } = decided;
          return { ...toWrite, result: { kind: 'done', receipt } };
        },
      }),
    resume: once.resume,
  };
}

function factsOf(result: ManagedResult): LogFacts {
  return { outcome: result.kind };
}

/** What this file gave as a result, come back from the store. */
function isDone(value: unknown): value is Extract<ManagedResult, { kind: 'done' }> {
  if (!isObject(value) || !isObject(value['receipt'])) return false;
  const { subjectRef, words } = value['receipt'];
  return typeof subjectRef === 'string' && Array.isArray(words);
}
