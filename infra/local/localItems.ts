// Items of the local lists: their ids, versions and eTags, in the order in which they changed.
import { randomUUID } from 'node:crypto';
import { graphInstant } from './clock';
import { fieldKey } from './columns';
import { etagOf } from './fieldReads';
import type { FieldChanges } from './fieldWrites';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import { itemSchema, itemStateSchema, type Editor, type Fields, type Item, type ItemState } from './records';
import type { ListRecord } from './records';
import type { Store, StoreChange, StoredDocument } from './store';

/** A list with its items in order of id, and their earlier versions. */
export interface LocalList {
  record: ListRecord;
  readonly items: Map<number, Item>;
  /** The same items, the one changed last at the end. */
  readonly byChange: Map<number, Item>;
  readonly earlier: Map<number, ItemState[]>;
  lastItemId: number;
}

/** What a seed or a new list puts in at once. */
export interface NewItem {
  readonly fields: Fields;
  /** Wanted id, for lists whose ids are referred to. */
  readonly id?: number;
}

interface Settings {
  readonly store: Store;
  readonly now: () => Date;
  /** Lets one change at a time through. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  readonly announce: (list: LocalList) => void;
}

export function emptyList(record: ListRecord): LocalList {
  return { record, items: new Map(), byChange: new Map(), earlier: new Map(), lastItemId: 0 };
}

export function createItems({ store, now, exclusive, announce }: Settings) {
  /** Of the newest change that is kept; one still on its way to the disk does not count. */
  let sequence = 0;

  function newItem(list: LocalList, id: number, seq: number, fields: Fields, editor: Editor): Item {
    const at = graphInstant(now());
    return {
      id,
      listId: list.record.id,
      guid: randomUUID(),
      version: 1,
      fields,
      createdAt: at,
      createdBy: editor,
      modifiedAt: at,
      modifiedBy: editor,
      seq,
      deleted: false,
    };
  }

  function keep(list: LocalList, item: Item): void {
    list.items.set(item.id, item);
    list.byChange.delete(item.id);
    list.byChange.set(item.id, item);
    list.lastItemId = Math.max(list.lastItemId, item.id);
    sequence = Math.max(sequence, item.seq);
  }

  /** Items made but not yet kept, and what puts them on disk. */
  function prepare(list: LocalList, items: readonly NewItem[], editor: Editor): readonly Item[] {
    let [id, seq] = [list.lastItemId, sequence];
    return items.map((one) => {
      id = one.id ?? id + 1;
      seq += 1;
      return newItem(list, id, seq, one.fields, editor);
    });
  }

  function createItem(list: LocalList, changes: FieldChanges, editor: Editor): Promise<Item> {
    return exclusive(async () => {
      const fields = apply({}, changes);
      checkUnique(list, fields, undefined);
      const item = newItem(list, list.lastItemId + 1, sequence + 1, fields, editor);
      await store.commit([put(item)]);
      keep(list, item);
      announce(list);
      return item;
    });
  }

  /** Many rows in one step, without a look at unique columns. */
  function addItems(list: LocalList, items: readonly NewItem[], editor: Editor): Promise<void> {
    return exclusive(async () => {
      const made = prepare(list, items, editor);
      await store.commit(made.map(add));
      for (const one of made) keep(list, one);
      announce(list);
    });
  }

  /** Refuses with 412 when `ifMatch` is not the item's eTag. */
  function updateItem(
    list: LocalList,
    id: string,
    changes: FieldChanges,
    editor: Editor,
    ifMatch: string | undefined,
  ): Promise<Item> {
    return exclusive(async () => {
      const before = findItem(list, id);
      checkMatch(before, ifMatch);
      const fields = apply(before.fields, changes);
      checkUnique(list, fields, before);
      const after: Item = {
        ...before,
        fields,
        version: before.version + 1,
        modifiedAt: graphInstant(now()),
        modifiedBy: editor,
        seq: sequence + 1,
      };
      const earlier = stateOf(before);
      await store.commit([
        put(after),
        { kind: 'put', type: 'version', key: `${before.listId}/${before.id}/${before.version}`, body: earlier },
      ]);
      keep(list, after);
      list.earlier.set(before.id, [...(list.earlier.get(before.id) ?? []), earlier]);
      announce(list);
      return after;
    });
  }

  function deleteItem(list: LocalList, id: string, ifMatch: string | undefined): Promise<void> {
    return exclusive(async () => {
      const before = findItem(list, id);
      checkMatch(before, ifMatch);
      const modifiedAt = graphInstant(now());
      const after: Item = { ...before, deleted: true, fields: {}, seq: sequence + 1, modifiedAt };
      await store.commit([put(after)]);
      keep(list, after);
      announce(list);
    });
  }

  /** Puts back what the disk holds. */
  function restoreItems(
    lists: ReadonlyMap<string, LocalList>,
    items: readonly StoredDocument[],
    versions: readonly StoredDocument[],
  ): void {
    const parsed = items.map(({ body }) => itemSchema.parse(body));
    for (const item of parsed.sort((a, b) => a.id - b.id)) lists.get(item.listId)?.items.set(item.id, item);
    for (const item of parsed.sort((a, b) => a.seq - b.seq)) {
      const list = lists.get(item.listId);
      if (list) keep(list, item);
    }
    const states = versions.map(({ key, body }) => ({ key, state: itemStateSchema.parse(body) }));
    for (const { key, state } of states.sort((a, b) => a.state.version - b.state.version)) {
      const [listId = '', id = ''] = key.split('/');
      const earlier = lists.get(listId)?.earlier;
      earlier?.set(Number(id), [...(earlier.get(Number(id)) ?? []), state]);
    }
  }

  return {
    sequence: (): number => sequence,
    prepare,
    keep,
    createItem,
    addItems,
    updateItem,
    deleteItem,
    restoreItems,
  };
}

function put(item: Item): StoreChange {
  return { kind: 'put', type: 'item', key: `${item.listId}/${item.id}`, body: item };
}

/** The same for an item whose list or key is new. */
export function add(item: Item): StoreChange {
  return { kind: 'add', type: 'item', key: `${item.listId}/${item.id}`, body: item };
}

export function findItem(list: LocalList, id: string): Item {
  const item = list.items.get(Number(id));
  if (!item || item.deleted || !/^\d+$/.test(id)) throw notFound('The specified item was not found.');
  return item;
}

export function stateOf(item: Item): ItemState {
  const { version, fields, modifiedAt, modifiedBy } = item;
  return { version, fields, modifiedAt, modifiedBy };
}

function apply(fields: Fields, changes: FieldChanges): Fields {
  const next: Fields = { ...fields };
  for (const [name, value] of changes) {
    if (value === null) delete next[name];
    else next[name] = value;
  }
  return next;
}

function checkUnique(list: LocalList, fields: Fields, before: Item | undefined): void {
  for (const column of list.record.columns) {
    const key = fieldKey(column);
    const value = fields[key];
    if (!column.unique || value === undefined || value === before?.fields[key]) continue;
    const wanted = String(value).toLowerCase();
    for (const other of list.items.values()) {
      if (other.deleted || other.id === before?.id) continue;
      if (String(other.fields[key] ?? '').toLowerCase() !== wanted) continue;
      throw new GraphFailure(
        409,
        'nameAlreadyExists',
        `The list item could not be added or updated because duplicate values were found in the following field(s) in the list: [${column.name}].`,
      );
    }
  }
}

function checkMatch(item: Item, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  if (!/^(W\/)?".*"$/.test(ifMatch)) throw invalidRequest('ETags must be quoted strings', 'malformedEntityTag');
  if (ifMatch.replace(/^W\//, '') === etagOf(item)) return;
  throw new GraphFailure(412, 'resourceModified', 'The resource has changed since the caller last read it.', {
    innerCode: 'entityTagDoesNotMatch',
  });
}
