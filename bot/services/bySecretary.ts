// What the secretary alone decides about one row of the list Settings: asked, refused or written, with a trace.
import type { BoardSnapshot, Instant, Ref, Stamp } from '../board/model';
import { secretaryOnly } from '../board/manageHandOver';
import { isSecretary } from '../board/mayAnswer';
import type { CarryOut, Decided, ManagedResult, ToWrite } from './carryOut';
import { settingWrites, type Managing } from './managedWrites';
import type { Actor } from './ports';

/** The same request again is the same request: it gets the recorded result. */
export interface SecretarysRequest {
  readonly boardId: string;
  readonly actor: Actor;
  readonly nonce: string;
}

type Refusal = Extract<Decided, { kind: 'refused' }>;

/** Throws UpstreamError, ThrottledError: it is finished by the same request again. */
export function runAsSecretary(
  carryOut: CarryOut,
  { boardId, actor, nonce }: SecretarysRequest,
  /** What is asked, as data: it tells two requests with one nonce apart. */
  asked: readonly unknown[],
  decide: (managing: Managing) => Decided,
  otherwise: string = secretaryOnly,
): Promise<ManagedResult> {
  return carryOut.run({
    boardId,
    parts: [boardId, actor.personRef, nonce, ...asked],
    decide: (snapshot: BoardSnapshot, at: Instant, operationId: string) =>
      isSecretary(snapshot, actor.personRef)
        ? decide({ boardId, operationId, actor, at, snapshot })
        : refusal('byRef', otherwise),
  });
}

export function refusal(field: string, message: string): Refusal {
  return { kind: 'refused', issues: [{ field, message }] };
}

type SettingRow = Parameters<typeof settingWrites>[1];

/** The row `key` under the version that the snapshot has, or its first writing. */
export function settingRow(key: string, row: { readonly stamp?: Stamp } | undefined): SettingRow {
  if (!row) return { key, isNew: true };
  return row.stamp ? { key, stamp: row.stamp } : { key };
}

/** The new value of the row and what the secretary is told; nobody else gets a message. */
export function settingDecision(
  managing: Managing,
  row: SettingRow,
  values: { readonly before: unknown; readonly after: unknown },
  told: { readonly subjectRef: Ref; readonly words: readonly string[] },
): ToWrite {
  return {
    kind: 'write',
    writes: settingWrites(managing, row, values.after, values.before),
    notices: [],
    receipt: { ...told, findings: [] },
  };
}
