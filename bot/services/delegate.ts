// Lets somebody answer an item for its owner this cycle, and takes it back: once, however often it is pressed.
import { decideDelegation } from '../board/cycleDeputies';
import type { Ref } from '../board/model';
import type { InputIssue } from '../errors';
import type { LogFacts } from '../logger';
import type { Actor } from './ports';
import { addWrite, createWriteOnce, isObject, nameOfInputs, type Decided, type WriteOncePorts } from './writeOnce';

export interface DelegationRequest {
  readonly boardId: string;
  readonly actor: Actor;
  readonly nonce: string;
  readonly ref: Ref;
  /** Absent: whoever it was left to answers it no more. */
  readonly toRef?: Ref;
}

export type DelegationResult =
  | { readonly kind: 'done' | 'same'; readonly ref: Ref; readonly meetingRef: Ref; readonly deputyRef?: Ref }
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] };

export interface Delegate {
  /** Throws UpstreamError, ThrottledError: it is finished by resume(), or by the same press again. */
  delegate(request: DelegationRequest): Promise<DelegationResult>;
  resume(boardId: string): Promise<number>;
}

export function createDelegate(ports: WriteOncePorts): Delegate {
  const once = createWriteOnce<DelegationResult>(ports, { kind: 'deputy', isResult: isDone, facts: factsOf });
  return {
    delegate: ({ boardId, actor, nonce, ref, toRef }) =>
      once.run({
        boardId,
        name: nameOfInputs([boardId, actor.personRef, nonce, ref, toRef ?? null]),
        turn: ref,
        decide: (snapshot, at, operationId): Decided<DelegationResult> => {
          const to = toRef === undefined ? {} : { toRef };
          const decision = decideDelegation({ snapshot, ref, ...to, byRef: actor.personRef, at });
          if (decision.kind === 'refused') return { kind: 'not', result: decision };
          const { meetingRef, deputy } = decision;
          const said = { ref, meetingRef, ...(deputy ? { deputyRef: deputy.ref } : {}) };
          if (decision.kind === 'same') return { kind: 'not', result: { kind: 'same', ...said } };
          return {
            kind: 'write',
            writes: [addWrite(operationId, 'update', { ...decision.update, route: actor.route })],
            result: { kind: 'done', ...said },
            notices: deputy
              ? [
                  {
                    ...{ boardId, meetingRef, personRef: deputy.ref, subjectRefs: [ref] },
                    step: `notice:deputy:${operationId.slice(-24)}`,
                  },
                ]
              : [],
          };
        },
      }),
    resume: once.resume,
  };
}

function factsOf(result: DelegationResult): LogFacts {
  return result.kind === 'refused' ? { outcome: result.kind } : { outcome: result.kind, ref: result.ref };
}

/** What this file gave as a result, come back from the store. */
function isDone(value: unknown): value is Extract<DelegationResult, { kind: 'done' | 'same' }> {
  return isObject(value) && value['kind'] === 'done' && typeof value['meetingRef'] === 'string';
}
