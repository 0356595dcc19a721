// A decision of the secretary as the writes of one operation: changes, rows added, the history, and a trace in Settings.
import { meetingAt } from '../board/cycle';
import type { ManagedAccepted } from '../board/manageDecision';
import type { BoardSnapshot, Instant, Ref, Stamp } from '../board/model';
import { handOverStep } from '../board/manageNotice';
import { UpstreamError } from '../errors';
import type { ToWrite } from './carryOut';
import type { Actor, LedgerDraft, RecordWrite } from './ports';

export interface Managing {
  readonly boardId: string;
  readonly operationId: string;
  readonly actor: Actor;
  readonly at: Instant;
  readonly snapshot: BoardSnapshot;
}

export function writesOf(managing: Managing, decision: ManagedAccepted): ToWrite {
  const { operationId, actor } = managing;
  const changes = decision.changes.map(({ record, ref, stamp, changes: fields }): RecordWrite => {
    return { kind: 'change', record, ref, ...stampOf(ref, stamp), changes: fields };
  });
  const additions = decision.additions.map(({ record, operationKey, values }, index): RecordWrite => {
    return { kind: 'add', record, operationKey: operationKey ?? `${operationId}/${record}/${index}`, values };
  });
  const updates = decision.updates.map((update, index): RecordWrite => {
    const values = { ...update, route: actor.route };
    return { kind: 'add', record: 'update', operationKey: `${operationId}/update/${index}`, values };
  });
  return {
    kind: 'write',
    writes: [...changes, ...additions, ...updates, ...leftWrites(managing, decision)],
    notices: draftsOf(managing, decision),
    receipt: {
      subjectRef: decision.subjectRef,
      words: [...decision.words, ...(decision.asks ?? [])],
      findings: decision.findings,
    },
  };
}

/** The ledger keeps messages by meeting; a board without one has nobody to send anything. */
function draftsOf({ boardId, operationId, at, snapshot }: Managing, decision: ManagedAccepted): readonly LedgerDraft[] {
  const meetingRef = meetingAt(snapshot, at).meeting?.ref;
  if (meetingRef === undefined) return [];
  const steps = { owner: handOverStep(operationId), deputy: `notice:deputy:${operationId.slice(-24)}` } as const;
  return decision.notices.map(({ about, ...told }) => ({
    boardId,
    meetingRef,
    step: steps[about ?? 'owner'],
    ...told,
  }));
}

/** What a person who left held, as a row of its own beside a planned hand-over's: it may be given back. */
function leftWrites(managing: Managing, { left }: ManagedAccepted): readonly RecordWrite[] {
  if (!left) return [];
  const key = `left@${managing.boardId}/${managing.operationId.slice(-16)}`;
  return settingWrites(managing, { key, isNew: true }, { state: 'left', ...left }, undefined, '/left');
}

export function stampOf(ref: Ref, stamp: Stamp | undefined): Stamp {
  if (stamp) return stamp;
  throw new UpstreamError('SharePoint', `The row ${ref} was read without its version.`);
}

/** A row of the list Settings that is ours alone, and beside it one that says who changed it, when, and to what. */
export function settingWrites(
  managing: Managing,
  row: { readonly key: string; readonly stamp?: Stamp } | { readonly key: string; readonly isNew: true },
  value: unknown,
  before: unknown,
  /** Tells two rows of one operation apart. */
  part = '',
): readonly RecordWrite[] {
  const { operationId, actor, at } = managing;
  const { key } = row;
  const json = JSON.stringify(value);
  const own: RecordWrite =
    'isNew' in row
      ? { kind: 'add', record: 'setting', operationKey: `${operationId}/setting${part}`, values: { key, json } }
      : { kind: 'change', record: 'setting', ref: key, ...stampOf(key, row.stamp), changes: { json } };
  const trace = {
    by: actor.personRef,
    at,
    route: actor.route,
    before: before === undefined ? null : JSON.stringify(before),
    after: json,
  };
  return [
    own,
    {
      kind: 'add',
      record: 'setting',
      operationKey: `${operationId}/trace${part}`,
      values: { key: `trace/${key}/${at}/${operationId.slice(-8)}`, json: JSON.stringify(trace) },
    },
  ];
}
