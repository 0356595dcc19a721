// What goes through all rows of a plan while it is decided: what is known by then, what came of it, what was found.
import type { BoardSnapshot, CivilDate, Finding, FindingLevel, Ref, Stamp } from './model';
import type { FieldChange } from './planCompare';
import type { PlanKind, PlanWorkbook } from './planRecords';
import type { KnownRecord, KnownRecords } from './planRefs';

/** A finding of an import says where in the workbook it was found. */
export interface ImportFinding extends Finding {
  readonly where: string;
}

export type ImportKind = Exclude<PlanKind, 'person'>;

export interface ImportItem {
  /** `dateChange`: a request to move a date that the workbook moves. */
  readonly kind: ImportKind | 'dateChange';
  readonly ref: Ref;
  readonly where: string;
  /** Names the row for ever, together with the file. */
  readonly key: string;
  readonly outcome: 'add' | 'change' | 'same' | 'refused';
  /** The record that is changed. */
  readonly stamp?: Stamp;
  /** All values of an added record, the changed ones of a changed one; null empties. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly changes: readonly FieldChange[];
  /** What the workbook tells of progress and the history does not hold yet. */
  readonly narrative?: string;
  /** The action or risk under which the history keeps it. */
  readonly parentRef?: Ref;
  readonly ownerRef?: Ref;
}

export interface ImportDecision {
  readonly items: readonly ImportItem[];
  readonly findings: readonly ImportFinding[];
}

export interface ImportInput {
  readonly snapshot: BoardSnapshot;
  readonly plan: PlanWorkbook;
  /** Today in the board's zone. */
  readonly on: CivilDate;
  /** Let empty cells empty what the board holds. */
  readonly blank: boolean;
  /** The person who imports says that warned texts tell of no child or family. */
  readonly textsConfirmed: boolean;
  /** Why dates are to move, where the row of one does not say it. */
  readonly dateReason?: string;
}

/** What goes through all rows: what is known by then, and what was found. */
export interface ImportWork {
  readonly input: ImportInput;
  readonly known: KnownRecords;
  readonly items: ImportItem[];
  readonly findings: ImportFinding[];
  /** By the row's place in the plan, the ref it came to. */
  readonly refs: Map<number, Ref>;
  readonly seen: Set<string>;
}

/** What is known of a kind by now; of readings, which have no ref, nothing. */
export function knownOf(work: Pick<ImportWork, 'known'>, kind: PlanKind): KnownRecord[] {
  return work.known.get(kind) ?? [];
}

/** Adds a finding about a record at a place of the workbook. */
export function find(
  work: Pick<ImportWork, 'findings'>,
  rule: string,
  ref: Ref,
  where: string,
  text: string,
  level: FindingLevel = 'finding',
): void {
  work.findings.push({ rule, level, ref, text, records: [ref], where });
}
