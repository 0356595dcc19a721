// An ordered set of writes to a board's lists: conditional, recognised when repeated, carried out whole or refused whole.
// Longer than most: each step of an operation undoes or recognises the others, and is read beside them.
import { ConflictError, NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import type { RecordWrite, WriteOperation, WriteOutcome } from '../services/ports';
import { restoredCell } from './cellWriting';
import { fieldNameOf, selectedFields } from './columnNames';
import { columnsOf, sharesCells } from './fieldChanges';
import type { ColumnValues } from './fieldChanges';
import type { Graph } from './graphClient';
import type { ListSchema } from './lists';
import { parseItem } from './listItem';
import type { ListItem } from './listItem';
import { itemPath, listPath } from './siteLists';
import { schemaOf } from './snapshotReader';
import type { SnapshotReader } from './snapshotReader';
import { readVersions } from './versionHistory';

export interface WriterSettings {
  readonly graph: Graph;
  readonly reader: Pick<SnapshotReader, 'ground' | 'replace' | 'invalidate'>;
  readonly logger: Logger;
}

type Ground = Awaited<ReturnType<SnapshotReader['ground']>>;

/** A write with everything that it needs worked out. */
interface Target<W extends RecordWrite = RecordWrite> {
  readonly write: W;
  readonly position: number;
  readonly list: ListSchema;
  readonly listId: string;
  readonly missing: ReadonlySet<string>;
  readonly values: ColumnValues;
}
type Change = Target<Extract<RecordWrite, { kind: 'change' }>>;
type Add = Target<Extract<RecordWrite, { kind: 'add' }>>;

/** `ours`: this operation has written the item before; `todo`: it is as the person saw it. */
interface Standing {
  readonly state: 'ours' | 'todo' | 'conflict';
  readonly item?: ListItem;
}

/** Tries of one write whose answer was lost; each is safe, by its eTag or its OperationKey. */
const tries = 3;
const addsAtOnce = 4;
/** More written items than this cost more to read one by one than all lists do together. */
const readOneByOne = 25;

export class ItemWriter {
  private readonly graph: Graph;
  private readonly reader: WriterSettings['reader'];
  private readonly logger: Logger;

  constructor(settings: WriterSettings) {
    this.graph = settings.graph;
    this.reader = settings.reader;
    this.logger = settings.logger;
  }

  /** May be repeated at any time with the same operation: ends written or refused, never half. */
  async write(operation: WriteOperation): Promise<WriteOutcome> {
    const ground = await this.reader.ground();
    const run = new Run(this.graph, ground, operation.operationId);
    const targets: Target[] = [];
    for (const [position, write] of operation.writes.entries()) {
      const current = await this.sharedCells(ground, write);
      if (current === 'gone') {
        this.reader.invalidate();
        return { kind: 'conflict', ref: write.kind === 'change' ? write.ref : write.operationKey };
      }
      targets.push(targetOf(ground, write, position, current));
    }
    // Changes first: they alone can be refused. The history row comes last, when all else is there.
    const changes = targets.filter(isChange);
    const adds = targets.filter(isAdd);
    const refused = await this.change(run, changes);
    if (refused) {
      this.logger.info('write.conflict', { operationId: operation.operationId, ref: refused.write.ref });
      return { kind: 'conflict', ref: refused.write.ref };
    }
    const items = new Map(run.written);
    await this.add(
      run,
      adds.filter((one) => one.write.record !== 'update'),
      items,
    );
    await this.add(
      run,
      adds.filter((one) => one.write.record === 'update'),
      items,
    );
    await this.show(run, targets, items);
    return {
      kind: 'written',
      items: [...items]
        .sort(([one], [other]) => one - other)
        .map(([, { id, eTag }]) => ({ itemId: id, version: eTag })),
    };
  }

  /** What the row holds, where a column of the site holds several things of which this write changes one. */
  private async sharedCells(ground: Ground, write: RecordWrite): Promise<ColumnValues | undefined | 'gone'> {
    const list = schemaOf(write.record);
    const place = ground.places.get(list.name);
    const { binding } = ground.context;
    if (write.kind === 'add' || !place || !sharesCells(list, write.changes, binding)) return undefined;
    const columns = selectedFields(list, binding, place.missing);
    try {
      return parseItem(await this.graph.get(itemPath(ground.site.id, place.listId, write.itemId, columns))).fields;
    } catch (error) {
      if (error instanceof NotFoundError) return 'gone';
      throw error;
    }
  }

  /** The change that is refused, when there is one; by then nothing of the others is left. */
  private async change(run: Run, changes: readonly Change[]): Promise<Change | undefined> {
    // One change alone is checked by its own If-Match.
    if (changes.length > 1) {
      const standings = await Promise.all(changes.map((one) => run.standing(one)));
      for (const [at, standing] of standings.entries()) {
        const change = changes[at];
        if (change && standing.item) run.note(change, standing);
      }
      const at = standings.findIndex((one) => one.state === 'conflict');
      const refused = changes[at];
      if (refused) return this.refuse(run, changes, refused, standings[at]?.item);
    }
    for (const change of changes) {
      if (run.written.has(change.position)) continue;
      const standing = await run.change(change);
      if (standing.state === 'conflict') return this.refuse(run, changes, change, standing.item);
    }
    return undefined;
  }

  /** Each row has its key, so their order among themselves does not matter. */
  private async add(run: Run, adds: readonly Add[], items: Map<number, ListItem>): Promise<void> {
    for (let from = 0; from < adds.length; from += addsAtOnce) {
      const some = adds.slice(from, from + addsAtOnce);
      const results = await Promise.allSettled(some.map((one) => run.add(one)));
      for (const [at, result] of results.entries()) {
        if (result.status === 'rejected') throw result.reason;
        const add = some[at];
        if (add) items.set(add.position, result.value);
      }
    }
  }

  private async refuse(run: Run, changes: readonly Change[], refused: Change, theirs?: ListItem): Promise<Change> {
    for (const change of changes) {
      if (run.written.has(change.position)) this.reader.replace(change.list, await run.undo(change));
    }
    // What they wrote shows in the next snapshot; an item that is gone shows by reading all again.
    if (theirs) this.reader.replace(refused.list, theirs);
    else this.reader.invalidate();
    return refused;
  }

  /** Reads the written items again: dates and versions are only right in an answer to a GET. */
  private async show(run: Run, targets: readonly Target[], items: ReadonlyMap<number, ListItem>): Promise<void> {
    if (targets.length > readOneByOne) return this.reader.invalidate();
    try {
      const pairs = targets.map((target) => [target, items.get(target.position)] as const);
      await Promise.all(
        pairs.map(async ([target, item]) => item && this.reader.replace(target.list, await run.read(target, item.id))),
      );
    } catch (error) {
      // Written all the same; the next snapshot reads everything.
      this.logger.warn('write.reread', { operationId: run.operationId }, error);
      this.reader.invalidate();
    }
  }
}

/** One try at one operation. */
class Run {
  /** Items this operation has written, now or in an earlier try, by the write's position. */
  readonly written = new Map<number, ListItem>();
  readonly operationId: string;
  private readonly graph: Graph;
  private readonly ground: Ground;
  /** Column values as they were before this try, by the write's position. */
  private readonly before = new Map<number, ColumnValues>();

  constructor(graph: Graph, ground: Ground, operationId: string) {
    this.graph = graph;
    this.ground = ground;
    this.operationId = operationId;
  }

  async read(target: Target, itemId: string): Promise<ListItem> {
    return parseItem(await this.graph.get(itemPath(this.ground.site.id, target.listId, itemId, this.fields(target))));
  }

  note(change: Change, standing: Standing): void {
    if (!standing.item) return;
    if (standing.state === 'ours') this.written.set(change.position, standing.item);
    else this.before.set(change.position, standing.item.fields);
  }

  async standing(change: Change): Promise<Standing> {
    let item: ListItem;
    try {
      item = await this.read(change, change.write.itemId);
    } catch (error) {
      // Deleted since: nothing of it is left to be changed.
      if (error instanceof NotFoundError) return { state: 'conflict' };
      throw error;
    }
    if (item.fields[this.lastOpOf(change)] === this.operationId) return { state: 'ours', item };
    if (item.eTag === change.write.version) return { state: 'todo', item };
    // Somebody may have written after an earlier try of ours: the version history knows.
    return { state: (await this.ownVersion(change)) ? 'ours' : 'conflict', item };
  }

  async change(change: Change): Promise<Standing> {
    const path = itemPath(this.ground.site.id, change.listId, change.write.itemId);
    const fields = { ...change.values, [this.lastOpOf(change)]: this.operationId };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const item = parseItem(await this.graph.patch(path, { fields }, { ifMatch: change.write.version }));
        this.written.set(change.position, item);
        return { state: 'ours', item };
      } catch (error) {
        const lost = error instanceof UpstreamError && error.mayHaveHappened;
        if (!lost && !(error instanceof ConflictError) && !(error instanceof NotFoundError)) throw error;
        const standing = await this.standing(change);
        if (standing.state === 'ours') this.note(change, standing);
        if (standing.state !== 'todo') return standing;
        if (attempt >= tries) throw error;
      }
    }
  }

  async add(add: Add): Promise<ListItem> {
    const path = `${listPath(this.ground.site.id, add.listId)}/items`;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return parseItem(await this.graph.post(path, { fields: add.values }));
      } catch (error) {
        // A refused duplicate and a lost answer look alike: the row with our key tells.
        if (!(error instanceof UpstreamError || error instanceof ConflictError)) throw error;
        const lost = error instanceof UpstreamError && error.mayHaveHappened;
        const row = await this.rowWithKey(add, !lost);
        if (row) return row;
        if (!lost || attempt >= tries) throw error;
      }
    }
  }

  /** Puts back what this operation changed, column by column, and leaves what others have written since. */
  async undo(change: Change): Promise<ListItem> {
    const path = itemPath(this.ground.site.id, change.listId, change.write.itemId);
    for (let attempt = 1; ; attempt += 1) {
      const now = await this.read(change, change.write.itemId);
      const version = await this.ownVersion(change);
      const before = this.before.get(change.position) ?? version?.before;
      if (!before) {
        throw new UpstreamError('Microsoft Graph', `What ${change.write.ref} was before is not known any more.`);
      }
      const ours = version?.fields ?? this.written.get(change.position)?.fields ?? now.fields;
      const restored: Record<string, unknown> = { [this.lastOpOf(change)]: undone(this.operationId) };
      for (const column of change.list.columns) {
        const name = fieldNameOf(change.list, column, this.ground.context.binding);
        if ((name in change.values || `${name}LookupId` in change.values) && same(now.fields[name], ours[name])) {
          Object.assign(restored, restoredCell(change.list, column, before[name], this.ground.context));
        }
      }
      try {
        await this.graph.patch(path, { fields: restored }, { ifMatch: now.eTag });
        return await this.read(change, change.write.itemId);
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt >= tries) throw error;
      }
    }
  }

  /** The version that this operation wrote and the one before it; none when there is none, or it was undone. */
  private async ownVersion(change: Change): Promise<{ fields: ColumnValues; before?: ColumnValues } | undefined> {
    const path = itemPath(this.ground.site.id, change.listId, change.write.itemId);
    const versions = await readVersions(this.graph, path, this.fields(change));
    const lastOp = this.lastOpOf(change);
    // Newest first. The oldest of ours in a row is the one that made the change.
    const at = versions.findLastIndex((one) => one.fields[lastOp] === this.operationId);
    const own = versions[at];
    const undoneAt = versions.findIndex((one) => one.fields[lastOp] === undone(this.operationId));
    if (!own || (undoneAt >= 0 && undoneAt < at)) return undefined;
    const before = versions[at + 1]?.fields;
    return { fields: own.fields, ...(before ? { before } : {}) };
  }

  private async rowWithKey(add: Add, everyRow: boolean): Promise<ListItem | undefined> {
    const key = this.nameOf(add.list, 'operationKey');
    const items = `${listPath(this.ground.site.id, add.listId)}/items?$expand=fields($select=${this.fields(add).join(',')})`;
    const filter = encodeURIComponent(`fields/${key} eq '${add.write.operationKey.replaceAll("'", "''")}'`);
    const found = await this.graph.getAll(`${items}&$filter=${filter}`);
    // A filter has been known to find nothing where there is something: a refused duplicate is looked for in all rows.
    const rows = found.length === 0 && everyRow ? await this.graph.getAll(`${items}&$top=5000`) : found;
    return rows.map(parseItem).find((row) => row.fields[key] === add.write.operationKey);
  }

  private fields(target: Target): readonly string[] {
    return selectedFields(target.list, this.ground.context.binding, target.missing);
  }

  private lastOpOf(target: Target): string {
    return this.nameOf(target.list, 'lastOpId');
  }

  private nameOf(list: ListSchema, field: string): string {
    return operationColumn(this.ground, list, field);
  }
}

function targetOf(ground: Ground, write: RecordWrite, position: number, current?: ColumnValues): Target {
  const list = schemaOf(write.record);
  const place = ground.places.get(list.name);
  if (!place) throw new NotFoundError('list', list.name);
  const { listId, missing } = place;
  for (const name of ['OperationKey', 'LastOpId']) {
    // Without them a repeat could not be recognised.
    if (missing.has(name)) throw new NotFoundError('column', `${name} in the list ${list.name}`);
  }
  const given = write.kind === 'add' ? withoutKey(write) : write.changes;
  const values = columnsOf(list, given, ground.context, missing, current);
  const key = write.kind === 'add' ? { [operationColumn(ground, list, 'operationKey')]: write.operationKey } : {};
  const all = write.kind === 'add' ? dropEmpty({ ...values, ...key }) : values;
  return { write, position, list, listId, missing, values: all };
}

/** A row of the history is known by its OperationKey alone. */
function withoutKey(write: Extract<RecordWrite, { kind: 'add' }>): Readonly<Record<string, unknown>> {
  if (write.record !== 'update') return write.values;
  return Object.fromEntries(Object.entries(write.values).filter(([field]) => field !== 'key'));
}

function dropEmpty(values: ColumnValues): ColumnValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function operationColumn(ground: Ground, list: ListSchema, field: string): string {
  const column = list.columns.find((one) => one.field === field);
  if (!column) throw new NotFoundError('column', `${field} in the list ${list.name}`);
  return fieldNameOf(list, column, ground.context.binding);
}

function isChange(target: Target): target is Change {
  return target.write.kind === 'change';
}

function isAdd(target: Target): target is Add {
  return target.write.kind === 'add';
}

function undone(operationId: string): string {
  return `${operationId}:undone`;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
