// Asks for a new due date and decides about it: one row, one date, one decision, however often and by how many it is pressed.
import { decideDateAsk, decideDateChange, decidersOf, type DateAsk } from '../board/dateChanges';
import { meetingAt } from '../board/cycle';
import type { CivilDate, DateChange, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import type { InputIssue } from '../errors';
import type { LogFacts } from '../logger';
import type { Actor, LedgerDraft } from './ports';
import {
  addWrite,
  changeWrite,
  createWriteOnce,
  isObject,
  nameOfInputs,
  type Decided,
  type WriteOncePorts,
} from './writeOnce';

export interface DateAskRequest extends DateAsk {
  readonly boardId: string;
  readonly actor: Actor;
  readonly nonce: string;
  readonly confirmedWarnings?: boolean;
}

export interface DateDecisionRequest {
  readonly boardId: string;
  readonly actor: Actor;
  /** The date change. */
  readonly ref: Ref;
  readonly approve: boolean;
  readonly reason?: string;
  readonly confirmedWarnings?: boolean;
}

interface DateReceipt {
  readonly ref: Ref;
  readonly subjectRef: Ref;
  readonly actionRef: Ref;
  readonly fromOn: CivilDate;
  readonly toOn: CivilDate;
}

export type DateResult =
  | ({ readonly kind: 'asked'; readonly beyondNoticeAim: boolean } & DateReceipt)
  | ({ readonly kind: 'decided'; readonly approved: boolean } & DateReceipt)
  /** Somebody decided it before. */
  | { readonly kind: 'already'; readonly change: Omit<DateChange, 'stamp'> }
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] }
  | { readonly kind: 'confirm'; readonly warnings: readonly string[] };

export interface DecideDate {
  /** Both throw UpstreamError, ThrottledError: it is finished by resume(), or by the same press again. */
  ask(request: DateAskRequest): Promise<DateResult>;
  decide(request: DateDecisionRequest): Promise<DateResult>;
  resume(boardId: string): Promise<number>;
}

export function createDecideDate(ports: WriteOncePorts): DecideDate {
  const once = createWriteOnce<DateResult>(ports, { kind: 'date', isResult: isWritten, facts: factsOf });
  return {
    ask: ({ boardId, actor, nonce, confirmedWarnings, subjectRef, toOn, reason }) => {
      const ask = { subjectRef, toOn, reason };
      return once.run({
        boardId,
        name: nameOfInputs([boardId, actor.personRef, nonce, ask]),
        turn: subjectRef,
        decide: (snapshot, at, operationId): Decided<DateResult> => {
          const { policy } = resolvePolicy(snapshot.policy);
          const decision = decideDateAsk({ snapshot, ask, byRef: actor.personRef, at, policy });
          if (decision.kind === 'refused') return { kind: 'not', result: decision };
          const confirm = toConfirm(decision.warnings, confirmedWarnings);
          if (confirm) return { kind: 'not', result: confirm };
          const { row } = decision;
          const meetingRef = meetingAt(snapshot, at).meeting?.ref;
          return {
            kind: 'write',
            writes: [addWrite(operationId, 'dateChange', row)],
            result: { kind: 'asked', beyondNoticeAim: row.beyondNoticeAim, ...receiptOf(row) },
            notices: noticesTo(
              decidersOf(snapshot, row, policy, row.requestedOn),
              boardId,
              meetingRef,
              `notice:date-asked:${row.ref}`,
              row,
            ),
          };
        },
      });
    },
    decide: ({ boardId, actor, ref, approve, reason, confirmedWarnings }) =>
      once.run({
        boardId,
        name: nameOfInputs([boardId, actor.personRef, 'decide', ref, approve, reason ?? null]),
        turn: ref,
        decide: (snapshot, at, operationId): Decided<DateResult> => {
          const { policy } = resolvePolicy(snapshot.policy);
          const said = reason === undefined ? {} : { reason };
          const decision = decideDateChange({ snapshot, ref, approve, ...said, byRef: actor.personRef, at, policy });
          if (decision.kind === 'refused') return { kind: 'not', result: decision };
          if (decision.kind === 'decided') {
            const { stamp: _stamp, ...change } = decision.change;
            return { kind: 'not', result: { kind: 'already', change } };
          }
          const confirm = toConfirm(decision.warnings, confirmedWarnings);
          if (confirm) return { kind: 'not', result: confirm };
          const { change, changes, update, subject } = decision;
          const told = [change.requestedByRef, subject.action.ownerRef].filter((one) => one !== undefined);
          const meetingRef = meetingAt(snapshot, at).meeting?.ref;
          return {
            kind: 'write',
            writes: [
              ...changes.map((one) => changeWrite(one)),
              ...(update ? [addWrite(operationId, 'update', { ...update, route: actor.route })] : []),
            ],
            result: { kind: 'decided', approved: approve, ...receiptOf(change) },
            notices: noticesTo(told, boardId, meetingRef, `notice:date-decided:${ref}`, change),
          };
        },
      }),
    resume: once.resume,
  };
}

function receiptOf({ ref, subjectRef, actionRef, fromOn, toOn }: DateReceipt): DateReceipt {
  return { ref, subjectRef, actionRef, fromOn, toOn };
}

function toConfirm(
  warnings: readonly { readonly message: string }[],
  confirmed: boolean | undefined,
): Extract<DateResult, { kind: 'confirm' }> | undefined {
  if (warnings.length === 0 || confirmed === true) return undefined;
  return { kind: 'confirm', warnings: warnings.map((one) => one.message) };
}

/** Messages belong to the meeting prepared for; without one people see it in their list. */
function noticesTo(
  people: readonly Ref[],
  boardId: string,
  meetingRef: Ref | undefined,
  step: LedgerDraft['step'],
  row: Pick<DateChange, 'ref'>,
): readonly LedgerDraft[] {
  if (meetingRef === undefined) return [];
  return [...new Set(people)].map((personRef) => ({ boardId, meetingRef, step, personRef, subjectRefs: [row.ref] }));
}

function factsOf(result: DateResult): LogFacts {
  const outcome = result.kind;
  if (result.kind === 'asked' || result.kind === 'decided') return { outcome, ref: result.ref };
  return { outcome };
}

/** What this file gave as a result, come back from the store. */
function isWritten(value: unknown): value is Extract<DateResult, { kind: 'asked' | 'decided' }> {
  return isObject(value) && (value['kind'] === 'asked' || value['kind'] === 'decided') && 'toOn' in value;
}
