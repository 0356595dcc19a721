// Pauses and resumes all sending of a board: a row of the board's own Settings list, so that every instance sees it.
import { collect, lineLimits } from '../board/answerDraft';
import { calendarOf } from '../board/cycle';
import { pauseAt, pauseWords } from '../board/managePause';
import type { Instant, SendingPause } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { strictIssues } from '../board/update';
import { refusal, runAsSecretary, settingDecision, settingRow, type SecretarysRequest } from './bySecretary';
import type { CarryOut, Decided, ManagedResult } from './carryOut';
import type { Managing } from './managedWrites';

export interface PauseRequest extends SecretarysRequest {
  readonly why: string;
  /** It ends by itself then; absent: when somebody resumes. */
  readonly untilAt?: Instant;
}

/** Each throws UpstreamError, ThrottledError: it is finished by the same request again. */
export interface PauseSending {
  pause(request: PauseRequest): Promise<ManagedResult>;
  /** What is still right is sent; what is out of date is not. */
  resume(request: SecretarysRequest): Promise<ManagedResult>;
}

export function createPauseSending({ carryOut }: { readonly carryOut: CarryOut }): PauseSending {
  return {
    pause: (request) =>
      runAsSecretary(carryOut, request, ['pause', request.why, request.untilAt ?? null], (managing) =>
        pausing(managing, request),
      ),
    resume: (request) => runAsSecretary(carryOut, request, ['resume'], resuming),
  };
}

function pausing(managing: Managing, { why, untilAt }: PauseRequest): Decided {
  const { snapshot, at, actor } = managing;
  const found = collect();
  const reason = found.text('why', why, lineLimits);
  if (reason === undefined) found.refuse('why', 'Please say why, in a line: everybody who looks sees it.');
  if (untilAt !== undefined && untilAt <= at) found.refuse('untilAt', 'Choose a moment that is still to come.');
  const issues = strictIssues(found);
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
  if (!pauseAt(snapshot, at)) return refusal('pause', 'Sending is not paused.');
  return toWrite(managing, {}, ['Sending goes on. What is still right goes out; what is out of date does not.']);
}

function toWrite(managing: Managing, value: { readonly pause?: SendingPause }, words: readonly string[]): Decided {
  const { boardId, snapshot } = managing;
  const row = snapshot.running?.sending;
  return settingDecision(
    managing,
    settingRow(`sending@${boardId}`, row),
    { before: row && (row.pause ? { pause: row.pause } : {}), after: value },
    { subjectRef: 'sending', words },
  );
}

function calendarIn({ snapshot }: Managing) {
  return calendarOf(resolvePolicy(snapshot.policy).policy);
}
