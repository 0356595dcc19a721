// Takes one answer: reads the board, decides, writes it once however often it arrives, and says what became of it.
import { calendarOf } from '../board/cycle';
import { mergeAnswer, stampOf, type FieldConflict } from '../board/merge';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { undoUntil } from '../board/undo';
import { decideAnswer, type AcceptedAnswer, type Answer } from '../board/update';
import type { InputIssue } from '../errors';
import type { LogFacts } from '../logger';
import type { Actor, RecordWrite } from './ports';
import { createSeenVersions, type SeenVersions } from './seenVersions';
import {
  addWrite,
  changeWrite,
  createWriteOnce,
  isObject,
  nameOfInputs,
  type Decided,
  type WriteOncePorts,
} from './writeOnce';

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
  /** The row of the history by which it can be taken back, and until when. */
  readonly updateKey: string;
  readonly undoUntil: Instant;
}

export type AnswerResult =
  | { readonly kind: 'saved'; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] }
  | { readonly kind: 'confirm'; readonly warnings: readonly string[] }
  | {
      readonly kind: 'conflict';
      readonly ref: Ref;
      readonly changed: readonly ConflictingField[];
      readonly currentVersion: string;
    };

/** In words; `field` is the name of the input. */
export interface ConflictingField {
  readonly field: string;
  readonly theirs: string;
  readonly yours: string;
  /** Who changed it, `You` for the person who answers, and when; absent where the update history does not say. */
  readonly by?: string;
  readonly atWords?: string;
}

export interface UpdateItem {
  /** Throws UpstreamError, ThrottledError: the answer is kept and carried out by resume(), or by the same answer again. */
  answer(request: AnswerRequest): Promise<AnswerResult>;
  /** Carries out what a crash left unfinished; returns how many answers were completed. */
  resume(boardId: string): Promise<number>;
}

type Saved = Extract<AnswerResult, { kind: 'saved' }>;

/** The use case; pass the `seen` that watches the records which cards and tab are made from. */
export function createUpdateItem(ports: WriteOncePorts & { readonly seen?: SeenVersions }): UpdateItem {
  const seen = ports.seen ?? createSeenVersions();
  const once = createWriteOnce<AnswerResult>(ports, { kind: 'answer', isResult: isSaved, facts: factsOf });
  return {
    answer: (request) => {
      const { boardId, answer } = request;
      // Who does not say what they saw has seen what is there now.
      let seenVersion = request.seenVersion;
      return once.run({
        boardId,
        name: nameOf(request),
        turn: answer.ref,
        decide: (snapshot, at, operationId) => {
          seenVersion ??= stampOf(snapshot, answer)?.version;
          seen.keep(boardId, snapshot);
          return decide({ request, seenVersion, operationId, snapshot, seen, at });
        },
      });
    },
    resume: once.resume,
  };
}

function factsOf(result: AnswerResult): LogFacts {
  if (result.kind !== 'saved') return { outcome: result.kind };
  const { ref, recordedAs, noChange } = result.receipt;
  return { ref, recordedAs, noChange };
}

/** The same person, form and inputs give the same operation; other inputs another. */
function nameOf({ boardId, actor, nonce, answer }: AnswerRequest): string {
  return nameOfInputs([boardId, actor.personRef, nonce, answer]);
}

function decide(facts: {
  readonly request: AnswerRequest;
  readonly seenVersion: string | undefined;
  readonly operationId: string;
  readonly snapshot: BoardSnapshot;
  readonly seen: SeenVersions;
  readonly at: Instant;
}): Decided<AnswerResult> {
  const { request, seenVersion, operationId, snapshot, seen, at } = facts;
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
  const not = (result: AnswerResult): Decided<AnswerResult> => ({ kind: 'not', result });
  const { policy } = resolvePolicy(snapshot.policy);
  const { personRef } = request.actor;
  const decision = decideAnswer({ snapshot, answer: merge.answer, byRef: personRef, at, policy });
  const isTheirs = decision.kind === 'accepted' || decision.issues.every((one) => one.field !== 'byRef');
  // What somebody else wrote is for those who may answer.
  if (merge.conflicts.length > 0 && isTheirs)
    return not({
      kind: 'conflict',
      ref: request.answer.ref,
      changed: merge.conflicts.map((one) => inWords(one, snapshot, personRef)),
      currentVersion: current ?? '',
    });
  if (decision.kind === 'refused') return not({ kind: 'refused', issues: decision.issues });
  if (decision.warnings.length > 0 && request.confirmedWarnings !== true)
    return not({ kind: 'confirm', warnings: decision.warnings.map((one) => one.message) });
  const updateKey = `${operationId}/update`;
  return {
    kind: 'write',
    writes: writesOf(request.actor, operationId, decision),
    result: {
      kind: 'saved',
      receipt: {
        ref: decision.ref,
        title: decision.title,
        changed: decision.changed,
        noChange: decision.noChange,
        savedAt: at,
        recordedAs: decision.recordedAs,
        updateKey,
        undoUntil: undoUntil(at, policy),
      },
    },
  };
}

/** A volunteer is named by their body. */
function inWords({ last, ...field }: FieldConflict, snapshot: BoardSnapshot, personRef: Ref): ConflictingField {
  if (!last) return field;
  const person = snapshot.people.find((one) => one.ref === last.byRef);
  const named = person?.volunteer ? person.body : (person?.name ?? last.byRef);
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  return { ...field, by: last.byRef === personRef ? 'You' : named, atWords: calendar.longDateTime(last.at) };
}

function writesOf(actor: Actor, operationId: string, decision: AcceptedAnswer): readonly RecordWrite[] {
  const changes = decision.changes.map((change) =>
    changeWrite(change, change.record === 'request' ? { route: actor.route } : {}),
  );
  const additions = decision.additions.map(({ record, values }) => addWrite(operationId, record, values));
  const update = addWrite(operationId, 'update', { ...decision.update, route: actor.route });
  return [...changes, ...additions, update];
}

/** What this file gave as a result, come back from the store. */
function isSaved(value: unknown): value is Saved {
  return isObject(value) && isObject(value['receipt']) && Array.isArray(value['receipt']['changed']);
}
