// The frozen logs of a meeting as they are filed: their names, codes and hashes, read back from the library.
import { createHash } from 'node:crypto';
import { notRecorded, type ActionImpactLog, type CompiledLog } from '../board/log';
import type { LogKind, Ref } from '../board/model';
import type { Logger } from '../logger';
import type { Library } from './ports';

export interface Frozen {
  readonly log: ActionImpactLog;
  /** SHA-256 of the log's canonical JSON (RFC 8785). */
  readonly hash: string;
}

export interface FrozenOf {
  readonly boardId: string;
  readonly meetingRef: Ref;
  readonly kind: LogKind;
}

/** What is frozen for this meeting and kind, newest last; a file that does not fit its name is no frozen log. */
export async function findFrozen(
  ports: { readonly library: Pick<Library, 'list' | 'read'>; readonly logger?: Logger },
  { boardId, meetingRef, kind }: FrozenOf,
): Promise<readonly Frozen[]> {
  const stem = paperStem(meetingRef, kind);
  const found: Frozen[] = [];
  for (const { name } of await ports.library.list(boardId, meetingRef)) {
    if (!name.startsWith(stem) || !name.endsWith('.json')) continue;
    const content = await ports.library.read(boardId, meetingRef, name);
    if (!content) continue;
    const hash = sha256(content);
    const log = name === `${paperName(meetingRef, kind, hash)}.json` ? readFrozen(content, hash) : undefined;
    if (log) found.push({ log, hash });
    else ports.logger?.warn('frozen log does not fit its hash', { boardId, meetingRef });
  }
  const corrected = new Set(found.map((one) => one.log.corrects?.hash));
  return [...found.filter((one) => corrected.has(one.hash)), ...found.filter((one) => !corrected.has(one.hash))];
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** "B09-before, 4F2A": what a chair can read out. */
export function shortCodeOf(meetingRef: Ref, kind: LogKind, hash: string): string {
  const name = `${meetingRef}-${kind === 'for the meeting' ? 'before' : 'after'}`;
  return /^[0-9a-f]{64}$/i.test(hash) ? `${name}, ${hash.slice(0, 4).toUpperCase()}` : name;
}

export function paperStem(meetingRef: Ref, kind: LogKind): string {
  return `${meetingRef} action and impact log, ${kind}, `;
}

/** The papers of a frozen log; the record last, so that where it is, the papers are. */
export const endings = ['docx', 'xlsx', 'csv', 'json'] as const;

/** Eight figures of the hash keep a correction beside what it corrects. */
export function paperName(meetingRef: Ref, kind: LogKind, hash: string): string {
  return `${paperStem(meetingRef, kind)}${hash.slice(0, 8).toUpperCase()}`;
}

/** The log of a filed JSON; undefined when it is not the text of that hash, or no log. */
export function readFrozen(content: Uint8Array, hash: string): ActionImpactLog | undefined {
  return sha256(content) === hash ? parseLog(content) : undefined;
}

/** The log that these bytes say; undefined when they are no log. */
export function parseLog(content: Uint8Array): ActionImpactLog | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(content));
    return isLog(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Enough, because the hash says whether these are the bytes we wrote. */
function isLog(value: unknown): value is ActionImpactLog {
  return typeof value === 'object' && value !== null && 'form' in value && value.form === 'action-impact-log/1';
}

/** A filed log was compiled whole; one rebuilt from its rows was not. */
export function isCompiled(log: ActionImpactLog): log is CompiledLog {
  return log.headline !== notRecorded && log.sections !== notRecorded;
}
