// How an answer meets a record that somebody changed since the person saw it: what both touched is a conflict, the rest merges.
import type { Answer } from './answers';
import { mitigationField } from './answers';
import { tidy } from './answerDraft';
import { createCalendar } from './calendar';
import { lastChangeOf, type LastChange } from './lastChange';
import type { Action, BoardSnapshot, Stamp } from './model';
import { deliveryWords, effectWords } from './wording';

/** In words for the person; `field` is the name of the input. */
export interface FieldConflict {
  readonly field: string;
  readonly theirs: string;
  readonly yours: string;
  /** Who wrote theirs, where the update history says so. */
  readonly last?: LastChange;
}

type Value = string | number | undefined;

/** The item an answer is about, as the record holds it; undefined when there is none. */
export function stampOf(snapshot: BoardSnapshot, answer: Answer): Stamp | undefined {
  const records: Readonly<Record<Answer['kind'], readonly { readonly ref: string; readonly stamp?: Stamp }[]>> = {
    action: snapshot.actions,
    risk: snapshot.risks,
    mitigation: snapshot.mitigations,
    measure: snapshot.measures,
  };
  return records[answer.kind].find((one) => one.ref === answer.ref)?.stamp;
}

/**
 * Brings an answer together with the record as it is now. `seen` is the board as the person saw it; without it every
 * field that differs counts as changed by somebody else. Fields the person left as they saw them keep what is there now.
 */
export function mergeAnswer(
  answer: Answer,
  current: BoardSnapshot,
  seen: BoardSnapshot | undefined,
): { readonly answer: Answer; readonly conflicts: readonly FieldConflict[] } {
  const conflicts: FieldConflict[] = [];
  /** True when the answer's value of a field is to be written. */
  const keeps = (field: string, yours: Value, read: (snapshot: BoardSnapshot) => Value): boolean => {
    const now = read(current);
    if (yours === now) return false;
    const before = seen && read(seen);
    if (seen && yours === before) return false;
    if (!seen || before !== now) {
      const last = lastChangeOf(current, answer.ref, field, now);
      conflicts.push({ field, theirs: inWords(now), yours: inWords(yours), ...(last && { last }) });
    }
    return true;
  };
  return { answer: merged(answer, current, keeps), conflicts };
}

type Keeps = (field: string, yours: Value, read: (snapshot: BoardSnapshot) => Value) => boolean;

function merged(answer: Answer, current: BoardSnapshot, keeps: Keeps): Answer {
  switch (answer.kind) {
    case 'measure':
      return answer;
    case 'mitigation': {
      const { status, ...rest } = answer;
      const read = (snapshot: BoardSnapshot): Value =>
        snapshot.mitigations.find((one) => one.ref === answer.ref)?.status;
      return status !== undefined && keeps('status', status, read) ? answer : rest;
    }
    case 'risk': {
      const { likelihood, impact, mitigations, ...rest } = answer;
      const score =
        (name: 'likelihood' | 'impact') =>
        (snapshot: BoardSnapshot): Value =>
          snapshot.risks.find((one) => one.ref === answer.ref)?.current[name];
      const kept = (mitigations ?? []).filter((one) =>
        keeps(
          `${mitigationField}${one.ref}`,
          one.status,
          (snapshot) => snapshot.mitigations.find((other) => other.ref === one.ref)?.status,
        ),
      );
      return {
        ...rest,
        ...(likelihood !== undefined && keeps('likelihood', likelihood, score('likelihood')) ? { likelihood } : {}),
        ...(impact !== undefined && keeps('impact', impact, score('impact')) ? { impact } : {}),
        ...(mitigations === undefined ? {} : { mitigations: kept }),
      };
    }
    case 'action':
      return mergedAction(answer, current, keeps);
  }
}

function mergedAction(answer: Answer & { readonly kind: 'action' }, current: BoardSnapshot, keeps: Keeps): Answer {
  const { deliveryStatus, percentComplete, forecastOn, effectStatus, blocker, ...rest } = answer;
  const of =
    (read: (action: Action) => Value) =>
    (snapshot: BoardSnapshot): Value => {
      const action = snapshot.actions.find((one) => one.ref === answer.ref);
      return action && read(action);
    };
  return {
    ...rest,
    ...(deliveryStatus !== undefined &&
    keeps(
      'deliveryStatus',
      deliveryStatus,
      of((one) => one.deliveryStatus),
    )
      ? { deliveryStatus }
      : {}),
    ...(percentComplete !== undefined &&
    keeps(
      'percentComplete',
      percentComplete,
      of((one) => one.percentComplete),
    )
      ? { percentComplete }
      : {}),
    ...(forecastOn !== undefined &&
    keeps(
      'forecastOn',
      forecastOn ?? undefined,
      of((one) => one.forecastOn),
    )
      ? { forecastOn }
      : {}),
    ...(effectStatus !== undefined &&
    keeps(
      'effectStatus',
      effectStatus,
      of((one) => one.effectStatus),
    )
      ? { effectStatus }
      : {}),
    ...mergedBlocker(blocker, of, keeps, current),
  };
}

/** Text and body merge apart: one person may write the words while another names the body. */
function mergedBlocker(
  blocker: { readonly text: string; readonly waitingOnBody?: string } | null | undefined,
  of: (read: (action: Action) => Value) => (snapshot: BoardSnapshot) => Value,
  keeps: Keeps,
  current: BoardSnapshot,
): { readonly blocker?: { readonly text: string; readonly waitingOnBody?: string } | null } {
  if (blocker === undefined) return {};
  const text = tidy(blocker?.text);
  const body = tidy(blocker?.waitingOnBody);
  const textNow = of((one) => one.blocker?.text);
  const bodyNow = of((one) => one.blocker?.waitingOnBody);
  const keepsText = keeps('blocker', text, textNow);
  const keepsBody = keeps('waitingOnBody', body, bodyNow);
  if (!keepsText && !keepsBody) return {};
  const mergedText = keepsText ? text : textNow(current);
  const mergedBody = keepsBody ? body : bodyNow(current);
  if (mergedText === undefined) return { blocker: null };
  return {
    blocker: { text: String(mergedText), ...(mergedBody === undefined ? {} : { waitingOnBody: String(mergedBody) }) },
  };
}

const words = new Map([
  ...Object.entries(deliveryWords),
  ...Object.entries(effectWords),
  ['in-progress', 'In progress'],
]);
const calendar = createCalendar({ timeZone: 'Europe/London', quietDays: [] });

function inWords(value: Value): string {
  if (value === undefined) return 'Nothing';
  const text = String(value);
  return words.get(text) ?? (/^\d{4}-\d{2}-\d{2}$/u.test(text) ? calendar.longDate(text) : text);
}
