// Imports a plan from a workbook: reads it, decides row by row, and writes a part of it, so that it can be gone on with at any time.
import { createHash } from 'node:crypto';
import { calendarOf } from '../board/cycle';
import { canonicalJson } from '../board/canonical';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { importUpdate } from '../board/planHistory';
import { decideImport, type ImportFinding, type ImportItem } from '../board/planImport';
import type { PlanSheet, PlanWorkbook } from '../board/planRecords';
import { resolvePolicy } from '../board/policy';
import { InvalidInputError, NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import { readPlanWorkbook } from '../papers/planWorkbook';
import type { BoardRecords, Clock, Operations, RecordWrite, WriteOperation } from './ports';

export interface ImportRequest {
  readonly boardId: string;
  readonly file: Uint8Array;
  /** Who imports; the board's secretary when absent. */
  readonly byRef?: Ref;
  readonly blank: boolean;
  readonly textsConfirmed: boolean;
  /** Why dates are to move, where the row of one does not say it. */
  readonly dateReason?: string;
  readonly dryRun: boolean;
  /** Keys of rows that an earlier part of this import has tried: none is tried twice. */
  readonly tried: readonly string[];
}

export interface ImportedRow extends Pick<ImportItem, 'kind' | 'ref' | 'where' | 'key' | 'changes'> {
  /** `planned` in a dry run and for what is left; `conflict`: somebody changed the record meanwhile. */
  readonly outcome: 'same' | 'refused' | 'added' | 'changed' | 'to add' | 'to change' | 'conflict' | 'failed';
}

export interface ImportReport {
  readonly sheets: readonly PlanSheet[];
  readonly rows: readonly ImportedRow[];
  readonly findings: readonly ImportFinding[];
  /** Rows that this part has tried. */
  readonly tried: readonly string[];
  /** Rows that are still to be written. */
  readonly left: number;
}

export interface ImportPlan {
  /**
   * Writes the next part of the plan; call again with what was tried until nothing is left. Throws InvalidInputError for a
   * file that is no plan, UpstreamError and ThrottledError: the same import again goes on where it stopped.
   */
  import(request: ImportRequest): Promise<ImportReport>;
  /** Carries out what a crash left unfinished; returns how many parts were completed. */
  resume(boardId: string): Promise<number>;
}

/** Rows a part: some seconds of work, so that progress can be shown. */
const rowsAtOnce = 20;
const operationPrefix = 'import-';

export function createImportPlan(ports: {
  readonly records: BoardRecords;
  readonly operations: Operations;
  readonly clock: Clock;
  readonly logger: Logger;
}): ImportPlan {
  const { records, operations, clock, logger } = ports;
  // A plan comes in parts, and is the same in each.
  let lastRead: { readonly hash: string; readonly workbook: PlanWorkbook } | undefined;

  async function read(file: Uint8Array): Promise<{ readonly hash: string; readonly workbook: PlanWorkbook }> {
    const hash = createHash('sha256').update(file).digest('hex');
    if (lastRead?.hash === hash) return lastRead;
    const plan = await readPlanWorkbook(file);
    if (plan.kind === 'refused') throw new InvalidInputError(plan.why, [{ field: 'file', message: plan.why }]);
    lastRead = { hash, workbook: plan.workbook };
    return lastRead;
  }

  /** True when it is written, now or before. */
  async function carryOut(operation: WriteOperation): Promise<boolean> {
    const { boardId, operationId } = operation;
    // What was written before is recognised by its keys; a row deleted since is made again.
    await operations.begin(boardId, operationId, { operation });
    try {
      const outcome = await records.write(operation);
      if (outcome.kind === 'written') await operations.finish(boardId, operationId, { written: outcome.items.length });
      else await operations.abandon(boardId, operationId);
      return outcome.kind === 'written';
    } catch (error) {
      // What can never be written must not be tried at every start.
      if (error instanceof InvalidInputError || error instanceof NotFoundError)
        await operations.abandon(boardId, operationId);
      throw error;
    }
  }

  async function writePart(part: Part): Promise<ReadonlyMap<string, ImportedRow['outcome']>> {
    const outcomes = new Map<string, ImportedRow['outcome']>();
    const adds = part.items.filter((one) => one.outcome === 'add');
    const groups = [
      ...(adds.length === 0 ? [] : [adds]),
      ...part.items.filter((one) => one.outcome === 'change').map((one) => [one]),
    ];
    for (const group of groups) {
      try {
        const written = await carryOut(operationOf(part, group));
        for (const item of group)
          outcomes.set(item.key, written ? (item.outcome === 'add' ? 'added' : 'changed') : 'conflict');
      } catch (error) {
        if (!(error instanceof InvalidInputError || error instanceof NotFoundError)) throw error;
        const [only] = group;
        if (group.length > 1) {
          // One row that the list does not take must not keep the others out.
          for (const item of group)
            for (const [key, outcome] of await writePart({ ...part, items: [item] })) outcomes.set(key, outcome);
        } else if (only) {
          outcomes.set(only.key, 'failed');
          part.findings.push(finding(only, 'import-not-written', error.message));
        }
      }
    }
    for (const item of part.items)
      if (outcomes.get(item.key) === 'conflict')
        part.findings.push(
          finding(
            item,
            'import-conflict',
            'Somebody changed the record in the meantime, so nothing of this row was written. Import the workbook again.',
          ),
        );
    return outcomes;
  }

  async function resume(boardId: string): Promise<number> {
    let completed = 0;
    for (const { operationId, request } of await operations.unfinished(boardId)) {
      if (!operationId.startsWith(operationPrefix)) continue;
      if (!isPrepared(request)) await operations.abandon(boardId, operationId);
      else {
        try {
          if (await carryOut(request.operation)) completed += 1;
        } catch (error) {
          // It stays to be tried again; the others must not wait for it.
          logger.error('unfinished import still not written', { boardId, operationId }, error);
        }
      }
    }
    return completed;
  }

  return {
    resume,
    import: async (request) => {
      const { boardId, dryRun } = request;
      const { hash, workbook } = await read(request.file);
      if (!dryRun && request.tried.length === 0) await resume(boardId);
      const snapshot = await records.refresh(boardId);
      const byRef = importer(snapshot, request.byRef);
      const at = clock.now().toISOString();
      const on = calendarOf(resolvePolicy(snapshot.policy).policy).on(at);
      const decision = decideImport({
        snapshot,
        plan: workbook,
        on,
        blank: request.blank,
        textsConfirmed: request.textsConfirmed,
        ...(request.dateReason === undefined ? {} : { dateReason: request.dateReason }),
      });
      const tried = new Set(request.tried);
      const open = decision.items.filter(
        (one) => (one.outcome === 'add' || one.outcome === 'change') && !tried.has(one.key),
      );
      const items = dryRun ? [] : open.slice(0, rowsAtOnce);
      const findings = [...decision.findings];
      const outcomes = await writePart({ boardId, hash, items, snapshot, byRef, at, findings });
      if (items.length > 0)
        logger.info('plan imported in part', { boardId, rows: items.length, left: open.length - items.length });
      return {
        sheets: workbook.sheets,
        rows: decision.items.map((one) => rowOf(one, outcomes.get(one.key))),
        findings,
        tried: items.map((one) => one.key),
        left: dryRun ? 0 : open.length - items.length,
      };
    },
  };
}

interface Part {
  readonly boardId: string;
  readonly hash: string;
  readonly items: readonly ImportItem[];
  readonly snapshot: BoardSnapshot;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly findings: ImportFinding[];
}

/** The same rows of the same file on the same versions are the same operation. */
function operationOf(part: Part, items: readonly ImportItem[]): WriteOperation {
  const { boardId, hash } = part;
  const name = canonicalJson([boardId, hash, items.map(({ key, stamp, values }) => [key, stamp?.version, values])]);
  const operationId = `${operationPrefix}${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
  const writes = items.flatMap((item): readonly RecordWrite[] => {
    const update = importUpdate(item, part.snapshot, part.byRef, part.at);
    const key = item.outcome === 'add' ? `import:${hash.slice(0, 16)}:${item.key}` : operationId;
    const history: readonly RecordWrite[] = update
      ? [{ kind: 'add', record: 'update', operationKey: `${key}/update`, values: { ...update, route: 'import' } }]
      : [];
    if (item.outcome === 'add')
      return [{ kind: 'add', record: item.kind, operationKey: key, values: valuesOf(item, part.byRef) }, ...history];
    if (Object.keys(item.values).length === 0) return history;
    if (!item.stamp)
      throw new UpstreamError('SharePoint', `The ${item.kind} ${item.ref} was read without its version.`);
    const { itemId, version } = item.stamp;
    return [{ kind: 'change', record: item.kind, ref: item.ref, itemId, version, changes: item.values }, ...history];
  });
  return { boardId, operationId, writes };
}

/** Who imports is who asks for the new date. */
function valuesOf({ kind, values }: ImportItem, byRef: Ref): ImportItem['values'] {
  return kind === 'dateChange' ? { ...values, requestedByRef: byRef } : values;
}

function rowOf(item: ImportItem, written: ImportedRow['outcome'] | undefined): ImportedRow {
  const { kind, ref, where, key, changes, narrative } = item;
  const planned = { add: 'to add', change: 'to change', same: 'same', refused: 'refused' } as const;
  const told =
    narrative === undefined ? [] : [{ field: 'narrative', title: 'Latest update', before: '', after: narrative }];
  return { kind, ref, where, key, changes: [...changes, ...told], outcome: written ?? planned[item.outcome] };
}

function finding(item: ImportItem, rule: string, text: string): ImportFinding {
  return { rule, level: 'finding', ref: item.ref, text, records: [item.ref], where: item.where };
}

function importer(snapshot: BoardSnapshot, named: Ref | undefined): Ref {
  const byRef = named ?? snapshot.facts.secretaryRef;
  if (byRef !== undefined && snapshot.people.some((one) => one.ref === byRef)) return byRef;
  throw new InvalidInputError(
    named === undefined
      ? 'The board has no secretary on record, so say with --by who imports: their ref in the list People.'
      : `There is no person ${named} in the list People.`,
  );
}

/** What this file gave to begin(), come back from the store. */
function isPrepared(value: unknown): value is { readonly operation: WriteOperation } {
  if (typeof value !== 'object' || value === null || !('operation' in value)) return false;
  const { operation } = value;
  return (
    typeof operation === 'object' &&
    operation !== null &&
    'operationId' in operation &&
    'writes' in operation &&
    Array.isArray(operation.writes)
  );
}
