// Pauses and resumes all sending of a board: a row of the board's own Settings list, so that every instance sees it.
import { collect, lineLimits } from '../board/answerDraft';
import { calendarOf } from '../board/cycle';
import { secretaryOnly } from '../board/manageHandOver';
import { pauseAt, pauseWords } from '../board/managePause';
import { isSecretary } from '../board/mayAnswer';
import type { Instant, SendingPause } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { checkTexts } from '../board/update';
import type { CarryOut, Decided, ManagedResult } from './carryOut';
import { settingWrites, type Managing } from './managedWrites';
import type { Actor } from './ports';

export interface PauseRequest {
  readonly boardId: string;
  readonly actor: Actor;
  readonly nonce: string;
  readonly why: string;
  /** It ends by itself then; absent: when somebody resumes. */
  readonly untilAt?: Instant;
}

/** Each throws UpstreamError, ThrottledError: it is finished by the same request again. */
export interface PauseSending {
  pause(request: PauseRequest): Promise<ManagedResult>;
  /** What is still right is sent; what is out of date is not. */
  resume(request: Pick<PauseRequest, 'boardId' | 'actor' | 'nonce'>): Promise<ManagedResult>;
}

export function createPauseSending({ carryOut }: { readonly carryOut: CarryOut }): PauseSending {
  function run(
    { boardId, actor, nonce }: Pick<PauseRequest, 'boardId' | 'actor' | 'nonce'>,
    name: readonly unknown[],
    decide: (managing: Managing) => Decided,
  ): Promise<ManagedResult> {
    return carryOut.run({
      boardId,
      parts: [boardId, actor.personRef, nonce, ...name],
      decide: (snapshot, at, operationId) =>
        isSecretary(snapshot, actor.personRef)
          ? decide({ boardId, operationId, actor, at, snapshot })
          : refused('byRef', secretaryOnly),
    });
  }

  return {
    pause: (request) =>
      run(request, ['pause', request.why, request.untilAt ?? null], (managing) => pausing(managing, request)),
    resume: (request) => run(request, ['resume'], resuming),
  };
}

function pausing(managing: Managing, { why, untilAt }: PauseRequest): Decided {
  const { snapshot, at, actor } = managing;
  const found = collect();
  const reason = found.text('why', why, lineLimits);
  if (reason === undefined) found.refuse('why', 'Please say why, in a line: everybody who looks sees it.');
  if (untilAt !== undefined && untilAt <= at) found.refuse('untilAt', 'Choose a moment that is still to come.');
  const privacy = checkTexts(found);
  // Nobody stops to reword a reason that is read by the secretary and the chair: a doubtful one is refused.
  const issues = [
    ...found.issues,
    ...privacy.issues,
    ...privacy.warnings.map(({ field, message }) => ({ field, message })),
  ];
  if (issues.length > 0) return { kind: 'refused', issues };
  const pause: SendingPause = {
    byRef: actor.personRef,
    at,
    why: reason ?? '',
    ...(untilAt === undefined ? {} : { untilAt }),
  };
  return toWrite(managing, { pause }, [pauseWords(pause, snapshot, calendarIn(managing))]);
}

function resuming(managing: Managing): Decided {
  const { snapshot, at } = managing;
  if (!pauseAt(snapshot, at)) return refused('pause', 'Sending is not paused.');
  return toWrite(managing, {}, ['Sending goes on. What is still right goes out; what is out of date does not.']);
}

function toWrite(managing: Managing, value: { readonly pause?: SendingPause }, words: readonly string[]): Decided {
  const { boardId, snapshot } = managing;
  const row = snapshot.running?.sending;
  const before = row && (row.pause ? { pause: row.pause } : {});
  const kept = row ?? ({ key: `sending@${boardId}`, isNew: true } as const);
  return {
    kind: 'write',
    writes: settingWrites(managing, kept, value, before),
    notices: [],
    receipt: { subjectRef: 'sending', words, findings: [] },
  };
}

function calendarIn({ snapshot }: Managing) {
  return calendarOf(resolvePolicy(snapshot.policy).policy);
}

function refused(field: string, message: string): Decided {
  return { kind: 'refused', issues: [{ field, message }] };
}
