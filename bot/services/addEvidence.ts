// Adds evidence to an action: checked before it is kept, one row however often the form is sent.
import { decideEvidence, type EvidenceGiven } from '../board/newEvidence';
import type { Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import type { InputIssue } from '../errors';
import type { LogFacts } from '../logger';
import type { Actor } from './ports';
import { addWrite, createWriteOnce, isObject, nameOfInputs, type Decided, type WriteOncePorts } from './writeOnce';

export interface EvidenceRequest {
  readonly boardId: string;
  readonly actor: Actor;
  readonly nonce: string;
  readonly given: EvidenceGiven;
  /** The writer confirmed that warned texts identify nobody. */
  readonly confirmedWarnings?: boolean;
}

export type EvidenceResult =
  | { readonly kind: 'added'; readonly ref: Ref; readonly actionRef: Ref; readonly contrary: boolean }
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] }
  | { readonly kind: 'confirm'; readonly warnings: readonly string[] };

export interface AddEvidence {
  /** Throws UpstreamError, ThrottledError: it is finished by resume(), or by the same form again. */
  add(request: EvidenceRequest): Promise<EvidenceResult>;
  resume(boardId: string): Promise<number>;
}

export function createAddEvidence(ports: WriteOncePorts): AddEvidence {
  const once = createWriteOnce<EvidenceResult>(ports, { kind: 'evidence', isResult: isAdded, facts: factsOf });
  return {
    add: ({ boardId, actor, nonce, given, confirmedWarnings }) =>
      once.run({
        boardId,
        name: nameOfInputs([boardId, actor.personRef, nonce, given]),
        // References are given in turn.
        turn: 'evidence',
        decide: (snapshot, at, operationId): Decided<EvidenceResult> => {
          const { policy } = resolvePolicy(snapshot.policy);
          const decision = decideEvidence({ snapshot, given, byRef: actor.personRef, at, policy });
          if (decision.kind === 'refused') return { kind: 'not', result: decision };
          const { row, update, action, warnings } = decision;
          if (warnings.length > 0 && confirmedWarnings !== true)
            return { kind: 'not', result: { kind: 'confirm', warnings: warnings.map((one) => one.message) } };
          return {
            kind: 'write',
            writes: [
              addWrite(operationId, 'evidence', row),
              addWrite(operationId, 'update', { ...update, route: actor.route }),
            ],
            result: { kind: 'added', ref: row.ref, actionRef: action.ref, contrary: row.contrary },
          };
        },
      }),
    resume: once.resume,
  };
}

function factsOf(result: EvidenceResult): LogFacts {
  return result.kind === 'added' ? { outcome: result.kind, ref: result.ref } : { outcome: result.kind };
}

/** What this file gave as a result, come back from the store. */
function isAdded(value: unknown): value is Extract<EvidenceResult, { kind: 'added' }> {
  return isObject(value) && value['kind'] === 'added' && typeof value['actionRef'] === 'string';
}
