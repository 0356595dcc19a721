// Takes an answer back within its minutes: written once however often the button is pressed, and says what came of it.
import type { Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { decideUndo } from '../board/undo';
import type { LogFacts } from '../logger';
import type { Actor } from './ports';
import {
  addWrite,
  changeWrite,
  createWriteOnce,
  isObject,
  nameOfInputs,
  type Decided,
  type WriteOncePorts,
} from './writeOnce';

export interface UndoRequest {
  readonly boardId: string;
  readonly actor: Actor;
  /** Of the answer's receipt. */
  readonly updateKey: string;
}

export type UndoResult =
  | {
      readonly kind: 'undone';
      readonly ref: Ref;
      readonly restored: readonly string[];
      readonly kept: readonly string[];
      readonly reopened: boolean;
      readonly savedAt: Instant;
    }
  /** It was taken back before, by another press. */
  | { readonly kind: 'already'; readonly ref: Ref; readonly at: Instant }
  | { readonly kind: 'late'; readonly ref: Ref; readonly until: Instant }
  | { readonly kind: 'refused'; readonly message: string };

export interface UndoAnswer {
  /** Throws UpstreamError, ThrottledError: it is carried out by resume(), or by the same press again. */
  undo(request: UndoRequest): Promise<UndoResult>;
  /** Carries out what a crash left unfinished; returns how many were completed. */
  resume(boardId: string): Promise<number>;
}

export function createUndoAnswer(ports: WriteOncePorts): UndoAnswer {
  const once = createWriteOnce<UndoResult>(ports, { kind: 'undo', isResult: isUndone, facts: factsOf });
  return {
    undo: (request) => {
      const { boardId, actor, updateKey } = request;
      return once.run({
        boardId,
        // An answer is taken back once, whichever card the button stood on.
        name: nameOfInputs([boardId, actor.personRef, updateKey]),
        turn: updateKey,
        decide: (snapshot, at, operationId): Decided<UndoResult> => {
          const { policy } = resolvePolicy(snapshot.policy);
          const decision = decideUndo({ snapshot, updateKey, byRef: actor.personRef, at, policy });
          if (decision.kind !== 'accepted') return { kind: 'not', result: decision };
          const { changes, update, ref, restored, kept, reopened } = decision;
          return {
            kind: 'write',
            writes: [
              ...changes.map((change) => changeWrite(change)),
              addWrite(operationId, 'update', { ...update, route: actor.route }),
            ],
            result: { kind: 'undone', ref, restored, kept, reopened, savedAt: at },
          };
        },
      });
    },
    resume: once.resume,
  };
}

function factsOf(result: UndoResult): LogFacts {
  if (result.kind === 'refused') return { outcome: result.kind };
  const kept = result.kind === 'undone' ? { kept: result.kept.length, reopened: result.reopened } : {};
  return { outcome: result.kind, ref: result.ref, ...kept };
}

/** What this file gave as a result, come back from the store. */
function isUndone(value: unknown): value is Extract<UndoResult, { kind: 'undone' }> {
  return isObject(value) && value['kind'] === 'undone' && Array.isArray(value['restored']);
}
