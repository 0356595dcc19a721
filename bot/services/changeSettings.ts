// The secretary changes a board's settings: shown first with what moves, written under the versions shown, put back from the history.
import { decideSettings } from '../board/settingChanges';
import { movedDates, settingLines } from '../board/settingLines';
import type { SettingChange, SettingLine, SettingPart, SettingsBefore, SettingValue } from '../board/settingModel';
import type { BoardSnapshot, Instant, QuietPeriod, Ref } from '../board/model';
import type { InputIssue } from '../errors';
import type { CarryOut, Decided, ManagedResult } from './carryOut';
import { bindingAsked, bindingChoices, bindingTried, type Prepared } from './changeBinding';
import { settingWrites, stampOf, type Managing } from './managedWrites';
import type { Actor, BoardRecords, Clock, RecordWrite } from './ports';
import type { AskedBinding, BindingShown, SettingsNow, SettingsStore, SettingTrace } from './portsSettings';
import { isObject, nameOfInputs } from './writeOnce';

/** A change as the tab asks for it; what is put back is named by its line of the history, a binding by what is chosen. */
export type AskedChange =
  | Exclude<SettingChange, { kind: 'put-back' | 'binding' }>
  | { readonly kind: 'put-back'; readonly change: string }
  | ({ readonly kind: 'binding' } & AskedBinding);

interface Asked {
  readonly boardId: string;
  readonly actor: Actor;
  readonly change: AskedChange;
}

export type SettingsPreview =
  | { readonly kind: 'refused'; readonly issues: readonly InputIssue[] }
  | {
      readonly kind: 'preview';
      readonly lines: readonly SettingLine[];
      /** Dates of the present cycle that move, and what is judged otherwise. */
      readonly moves: readonly SettingLine[];
      readonly notes: readonly string[];
      /** Names what was shown: the change is refused when a row has another version by then. */
      readonly version: string;
    };

export interface SettingsHistoryLine {
  readonly change: string;
  readonly at: Instant;
  readonly byName: string;
  readonly route: string;
  readonly lines: readonly SettingLine[];
  /** What it changed can be put back here. */
  readonly mayPutBack: boolean;
}

/** Each throws UpstreamError, ThrottledError, NotFoundError; who may read is for the caller to check. */
export interface ChangeSettings {
  preview(asked: Asked): Promise<SettingsPreview>;
  /** The same again changes nothing twice. Refuses `version` when somebody changed it since the preview. */
  change(asked: Asked & { readonly version: string; readonly nonce: string }): Promise<ManagedResult>;
  /** The newest first. */
  history(boardId: string): Promise<readonly SettingsHistoryLine[]>;
  binding(boardId: string): Promise<BindingShown>;
  /** What one of our lists may be in the site, for the secretary. */
  choices(asked: {
    readonly boardId: string;
    readonly personRef: Ref;
    readonly list: string;
    readonly title?: string;
  }): ReturnType<typeof bindingChoices>;
}

/** The row of a trace about the quiet days of a body. */
const bodyRow = 'body/';
/** As many changes as the history shows. */
const shownChanges = 100;
const changedSince =
  'Somebody changed these settings since they were shown: nothing was written. Look at what would change now, then save again.';

export function createChangeSettings(ports: {
  readonly settings: SettingsStore;
  readonly records: BoardRecords;
  readonly carryOut: CarryOut;
  readonly clock: Clock;
}): ChangeSettings {
  const { settings, records, carryOut, clock } = ports;

  /** What is asked for as a change of rows; the site is read only where the binding is to change. */
  async function prepare({ boardId, actor, change }: Asked, now: SettingsNow, snapshot: BoardSnapshot) {
    const asking = { boardId, byRef: actor.personRef, snapshot, before: now.rows.binding.value };
    const prepared: Prepared =
      change.kind === 'binding'
        ? await bindingAsked(settings, asking, change)
        : change.kind === 'put-back'
          ? putBack(change.change, now.history)
          : { change, issues: [], notes: [] };
    return bindingTried(settings, asking, prepared);
  }

  /** The decision on what was read, with the checks of the published form. */
  function decide(prepared: Prepared, actor: Actor, now: SettingsNow, snapshot: BoardSnapshot, at: Instant) {
    const { change, notes } = prepared;
    if (!change) return { kind: 'refused', issues: prepared.issues } as const;
    const decision = decideSettings({ snapshot, before: beforeOf(now), at, byRef: actor.personRef, change });
    if (decision.kind === 'refused') return decision;
    const issues = decision.parts.flatMap((part) =>
      part.row === 'body' ? [] : settings.problems(part.row, part.after).map((one) => issueOf(part.row, one)),
    );
    if (issues.length > 0) return { kind: 'refused', issues } as const;
    return { ...decision, notes: [...decision.notes, ...notes] };
  }

  return {
    async preview(asked) {
      const [now, snapshot] = await Promise.all([settings.read(asked.boardId), records.refresh(asked.boardId)]);
      const at = clock.now().toISOString();
      const decision = decide(await prepare(asked, now, snapshot), asked.actor, now, snapshot, at);
      if (decision.kind === 'refused') return decision;
      const { lines, parts, notes } = decision;
      const moves = movedDates(snapshot, beforeOf(now), parts, at);
      return { kind: 'preview', lines, moves, notes, version: versionOf(parts, now, snapshot) };
    },

    async change({ version, nonce, ...asked }) {
      const { boardId, actor } = asked;
      const [now, before] = await Promise.all([settings.read(boardId), records.snapshot(boardId)]);
      const prepared = await prepare(asked, now, before);
      let isFirst = true;
      return carryOut.run({
        boardId,
        parts: [boardId, actor.personRef, nonce, 'settings', asked.change],
        decide: (snapshot, at, operationId): Decided => {
          const decision = decide(prepared, actor, now, snapshot, at);
          if (decision.kind === 'refused') return decision;
          // Asked a second time, somebody was quicker in SharePoint: what was read here is old.
          const isCurrent = isFirst && versionOf(decision.parts, now, snapshot) === version;
          isFirst = false;
          if (!isCurrent) return { kind: 'refused', issues: [{ field: 'version', message: changedSince }] };
          const managing: Managing = { boardId, operationId, actor, at, snapshot };
          return {
            kind: 'write',
            writes: decision.parts.flatMap((part) => writesOf(managing, part, now)),
            notices: [],
            receipt: {
              subjectRef: 'settings',
              words: decision.lines.map(({ what, after }) => `${what}: ${after}.`),
              findings: decision.notes,
            },
          };
        },
      });
    },

    async history(boardId) {
      const [now, snapshot] = await Promise.all([settings.read(boardId), records.snapshot(boardId)]);
      const nameOf = (ref: string): string => snapshot.people.find((one) => one.ref === ref)?.name ?? ref;
      return changesOf(now.history).map(([change, traces]) => {
        const [first] = traces;
        return {
          ...{ change, at: first.at, byName: nameOf(first.by), route: first.route },
          lines: traces.flatMap((one) => linesOf(one)),
          mayPutBack: traces.every((one) => partBefore(one) !== undefined),
        };
      });
    },

    binding: (boardId) => settings.binding(boardId),

    async choices({ boardId, personRef, list, title }) {
      const snapshot = await records.snapshot(boardId);
      return bindingChoices(settings, { boardId, byRef: personRef, snapshot }, list, title);
    },
  };
}

function putBack(change: string, history: readonly SettingTrace[]): Prepared {
  const parts = history.filter((one) => one.change === change).map(partBefore);
  const known = parts.filter((one) => one !== undefined);
  if (known.length > 0 && known.length === parts.length)
    return { change: { kind: 'put-back', parts: known }, issues: [], notes: [] };
  const message = 'This change is not in the history any more.';
  return { issues: [{ field: 'change', message }], notes: [] };
}

/** The row as it was before a change; undefined where it cannot be put back here. */
function partBefore({ row, before }: SettingTrace): SettingPart | undefined {
  return partOf(row, before ?? {});
}

function partOf(row: string, given: unknown): SettingPart | undefined {
  if (row.startsWith(bodyRow)) {
    const name = row.slice(bodyRow.length);
    return Array.isArray(given) ? { row: 'body', name, after: given.filter(isPeriod) } : undefined;
  }
  if (row !== 'policy' && row !== 'board' && row !== 'clauses' && row !== 'binding') return undefined;
  return isValue(given) ? { row, after: given } : undefined;
}

function linesOf(trace: SettingTrace): readonly SettingLine[] {
  const was = partOf(trace.row, trace.before ?? {});
  const is = partOf(trace.row, trace.after);
  if (!is) return [{ what: trace.row, before: 'as it was', after: 'changed' }];
  const before: SettingsBefore = was === undefined || was.row === 'body' ? {} : { [was.row]: was.after };
  return settingLines(() => (was?.row === 'body' ? was.after : []), before, [is]);
}

/** The traces of each change together, the newest change first. */
function changesOf(history: readonly SettingTrace[]) {
  const byChange = new Map<string, [SettingTrace, ...SettingTrace[]]>();
  for (const one of history) {
    const known = byChange.get(one.change);
    if (known) known.push(one);
    else byChange.set(one.change, [one]);
  }
  return [...byChange].slice(0, shownChanges);
}

function beforeOf({ rows }: SettingsNow): SettingsBefore {
  const { policy, board, clauses, binding } = rows;
  return {
    ...(policy.value ? { policy: policy.value } : {}),
    ...(board.value ? { board: board.value } : {}),
    ...(clauses.value ? { clauses: clauses.value } : {}),
    ...(binding.value ? { binding: binding.value } : {}),
  };
}

function versionOf(parts: readonly SettingPart[], now: SettingsNow, snapshot: BoardSnapshot): string {
  const versions = parts.map((part) =>
    part.row === 'body'
      ? [part.name, snapshot.bodies.find((one) => one.name === part.name)?.stamp?.version ?? null]
      : [now.rows[part.row].key, now.rows[part.row].stamp?.version ?? null],
  );
  return nameOfInputs(versions);
}

function writesOf(managing: Managing, part: SettingPart, now: SettingsNow): readonly RecordWrite[] {
  if (part.row !== 'body') {
    const { key, stamp, value } = now.rows[part.row];
    const row = stamp ? { key, stamp } : ({ key, isNew: true } as const);
    return settingWrites(managing, row, part.after, value, `/${part.row}`);
  }
  const { boardId, operationId, actor, at, snapshot } = managing;
  const { name, after } = part;
  const body = snapshot.bodies.find((one) => one.name === name);
  const trace = {
    ...{ by: actor.personRef, at, route: actor.route },
    before: JSON.stringify(body?.quietDays ?? []),
    after: JSON.stringify(after),
  };
  return [
    { kind: 'change', record: 'body', ref: name, ...stampOf(name, body?.stamp), changes: { quietDays: after } },
    {
      kind: 'add',
      record: 'setting',
      operationKey: `${operationId}/trace/body`,
      values: {
        key: `trace/${bodyRow}${name}@${boardId}/${at}/${operationId.slice(-8)}`,
        json: JSON.stringify(trace),
      },
    },
  ];
}

/** `policy.timeZone: ...` as the field and what is wrong with it. */
function issueOf(row: string, problem: string): InputIssue {
  // The words of a site may have spaces.
  const [, path = row, message = problem] = /^(\w+(?:\.[^:]+)?): (.+)$/su.exec(problem) ?? [];
  return { field: path.startsWith(`${row}.`) ? path.slice(row.length + 1) : path, message };
}

function isValue(given: unknown): given is SettingValue {
  return isObject(given) && !Array.isArray(given);
}

function isPeriod(given: unknown): given is QuietPeriod {
  return isObject(given) && typeof given['fromOn'] === 'string' && typeof given['toOn'] === 'string';
}
