// Which record of the board a row of a plan is: by its ref, else by its name beside the same parent; new refs follow the old.
import type { BoardSnapshot, Ref } from './model';
import type { PlanKind } from './planRecords';
import { foldName } from './similarity';

/** What is known of a record while a plan is gone through, from the board or from an earlier row. */
export interface KnownRecord {
  readonly ref: Ref;
  readonly name: string;
  /** The area, action or risk it belongs to. */
  readonly parentRef?: Ref;
  /** The record as the board holds it; absent for one that an earlier row of the plan brings. */
  readonly record?: object;
}

export type KnownRecords = Map<PlanKind, KnownRecord[]>;

export function knownRecords(snapshot: BoardSnapshot): KnownRecords {
  return new Map<PlanKind, KnownRecord[]>([
    ['area', snapshot.areas.map((record) => ({ ref: record.ref, name: record.title, record }))],
    ['body', snapshot.bodies.map((record) => ({ ref: record.name, name: record.name, record }))],
    [
      'measure',
      snapshot.measures.map((record) => ({ ref: record.ref, name: record.name, parentRef: record.areaRef, record })),
    ],
    ['risk', snapshot.risks.map((record) => ({ ref: record.ref, name: record.title, record }))],
    [
      'action',
      snapshot.actions.map((record) => ({ ref: record.ref, name: record.title, parentRef: record.areaRef, record })),
    ],
    [
      'milestone',
      snapshot.milestones.map((record) => ({
        ref: record.ref,
        name: record.title,
        parentRef: record.actionRef,
        record,
      })),
    ],
    [
      'mitigation',
      snapshot.mitigations.map((record) => ({ ref: record.ref, name: record.text, parentRef: record.riskRef, record })),
    ],
  ]);
}

/** By ref, whatever its case and spaces; with letters in it also without leading zeros: `APA1.4` is APA1.04. */
export function withRef(known: readonly KnownRecord[], ref: string): KnownRecord | undefined {
  const key = refKey(ref);
  const same = known.find((one) => refKey(one.ref) === key);
  // A bare 1.1 may be what Excel made of 1.10.
  if (same !== undefined || !/\p{L}/u.test(key)) return same;
  const like = known.filter((one) => withoutZeros(refKey(one.ref)) === withoutZeros(key));
  return like.length === 1 ? like[0] : undefined;
}

/** By name, beside the same parent where there is one; none when two have it. */
export function withName(known: readonly KnownRecord[], name: string, parentRef?: Ref): KnownRecord | undefined {
  const key = foldName(name);
  const found = known.filter(
    (one) => foldName(one.name) === key && (parentRef === undefined || one.parentRef === parentRef),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** By ref, by name, or by the ref at the beginning: `APA1`, `Leadership`, `APA 1: Leadership`, `1.04 Publish the standard`. */
export function meant(known: readonly KnownRecord[], text: string): KnownRecord | undefined {
  const joined = text.trim().replace(/^(\p{L}{1,5}) (?=\d)/u, '$1');
  return (
    withRef(known, text) ??
    withName(known, text) ??
    withRef(known, firstWord(joined)) ??
    withRef(known, firstWord(text.trim()))
  );
}

function firstWord(text: string): string {
  return text.replace(/[\s:–—].*$/su, '').replace(/[.,]$/u, '');
}

function refKey(ref: string): string {
  return ref.replace(/\s+/gu, '').toLowerCase();
}

function withoutZeros(key: string): string {
  return key.replace(/(?<!\d)0+(?=\d)/gu, '');
}

/** What stands between the ref of the parent and the number, and the figures of the number. */
const besideParent: Readonly<Partial<Record<PlanKind, { readonly mark: string; readonly width: number }>>> = {
  action: { mark: '.', width: 2 },
  milestone: { mark: '-', width: 1 },
  mitigation: { mark: '.', width: 1 },
};

/** The next free ref of a kind, in the manner of those that are there. */
export function nextRef(kind: PlanKind, known: readonly KnownRecord[], parentRef: Ref | undefined): Ref {
  const beside = besideParent[kind];
  if (beside !== undefined && parentRef !== undefined)
    return numbered(`${parentRef}${beside.mark}`, beside.width, known);
  return numbered(usualPrefix(known) ?? (kind === 'measure' ? 'M' : 'R'), 2, known);
}

function numbered(prefix: string, width: number, known: readonly KnownRecord[]): Ref {
  const numbers = known.flatMap((one) => {
    const rest = one.ref.startsWith(prefix) ? one.ref.slice(prefix.length) : '';
    return /^\d+$/u.test(rest) ? [Number(rest)] : [];
  });
  const highest = numbers.reduce((most, one) => Math.max(most, one), 0);
  return `${prefix}${String(highest + 1).padStart(width, '0')}`;
}

/** `R` of R01, R02, K1. */
function usualPrefix(known: readonly KnownRecord[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { ref } of known) {
    const prefix = /^(\D+)\d+$/u.exec(ref)?.[1];
    if (prefix !== undefined) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
