// The local tenant: lists, items with versions and eTags, users, files; every change is on disk before it is visible.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { graphInstant } from './clock';
import { etagOf, fieldKey, isTaken } from './columns';
import type { FieldChanges } from './columns';
import { GraphFailure, invalidRequest, notFound } from './graphError';
import {
  driveNodeSchema,
  itemSchema,
  itemStateSchema,
  listSchema,
  mailSchema,
  userSchema,
  type Column,
  type DriveNode,
  type Editor,
  type Fields,
  type Item,
  type ItemState,
  type ListRecord,
  type Mail,
  type User,
} from './records';
import { createDocuments } from './shelf';
import type { Store, StoreChange, StoredDocument } from './store';

export const tenantId = '33333333-3333-3333-3333-333333333333';
const host = 'hertland.sharepoint.example';
const path = '/sites/send-board';
export const site = {
  host,
  path,
  id: `${host},3b0fd4a1-6c52-4a0e-9a58-0a3c1f7f2b10,7d5a8c1e-2f49-4d0b-8b7e-51c0e4a9d6f2`,
  name: 'send-board',
  displayName: 'SEND Improvement Board',
  webUrl: `https://${host}${path}`,
  createdAt: '2024-01-15T09:00:00Z',
} as const;

/** A list with its items in order of id, and their earlier versions. */
export interface LocalList {
  record: ListRecord;
  readonly items: Map<number, Item>;
  readonly earlier: Map<number, ItemState[]>;
  lastItemId: number;
}

export type Tenant = ReturnType<typeof createTenant>;

const ownTypes = ['list', 'item', 'version', 'user', 'node', 'mail', 'value'];

/** What a seed or a new list puts in at once. */
export interface NewItem {
  readonly fields: Fields;
  /** Wanted id, for lists whose ids are referred to. */
  readonly id?: number;
}

export function createTenant(store: Store, now: () => Date) {
  const lists = new Map<string, LocalList>();
  const users = new Map<string, User>();
  const nodes = new Map<string, DriveNode>();
  const mails: Mail[] = [];
  const values = new Map<string, unknown>();
  const documents = createDocuments(store, exclusive);
  const listeners: ((listId: string) => void)[] = [];
  let seq = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** One change at a time: it decides on what is committed, and the next one sees it. */
  function exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work, work);
    queue = result.catch(() => undefined);
    return result;
  }

  function findList(idOrTitle: string): LocalList {
    const wanted = idOrTitle.toLowerCase();
    const byId = lists.get(wanted);
    const found = byId ?? [...lists.values()].find((one) => one.record.displayName.toLowerCase() === wanted);
    if (!found) throw notFound(`The list '${idOrTitle}' was not found.`);
    return found;
  }

  function findItem(list: LocalList, id: string): Item {
    const item = list.items.get(Number(id));
    if (!item || item.deleted || !/^\d+$/.test(id)) throw notFound('The specified item was not found.');
    return item;
  }

  function checkUnique(list: LocalList, fields: Fields, except: number | undefined): void {
    for (const column of list.record.columns.filter((one) => one.unique)) {
      const value = fields[fieldKey(column)];
      if (value === undefined) continue;
      const wanted = String(value).toLowerCase();
      for (const other of list.items.values()) {
        if (other.deleted || other.id === except) continue;
        if (String(other.fields[fieldKey(column)] ?? '').toLowerCase() !== wanted) continue;
        throw new GraphFailure(
          409,
          'nameAlreadyExists',
          `The list item could not be added or updated because duplicate values were found in the following field(s) in the list: [${column.name}].`,
        );
      }
    }
  }

  function newItem(list: LocalList, id: number, fields: Fields, editor: Editor): Item {
    const at = graphInstant(now());
    seq += 1;
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
    list.lastItemId = Math.max(list.lastItemId, item.id);
  }

  const put = (item: Item): StoreChange => ({
    kind: 'put',
    type: 'item',
    key: `${item.listId}/${item.id}`,
    body: item,
  });

  function createItem(list: LocalList, changes: FieldChanges, editor: Editor): Promise<Item> {
    return exclusive(async () => {
      const fields = apply({}, changes);
      checkUnique(list, fields, undefined);
      const item = newItem(list, list.lastItemId + 1, fields, editor);
      await store.commit([put(item)]);
      keep(list, item);
      announce(list);
      return item;
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
      checkUnique(list, fields, before.id);
      seq += 1;
      const after: Item = {
        ...before,
        fields,
        version: before.version + 1,
        modifiedAt: graphInstant(now()),
        modifiedBy: editor,
        seq,
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
      seq += 1;
      const after: Item = { ...before, deleted: true, fields: {}, seq, modifiedAt: graphInstant(now()) };
      await store.commit([put(after)]);
      keep(list, after);
      announce(list);
    });
  }

  function announce(list: LocalList): void {
    for (const one of listeners) one(list.record.id);
  }

  function createList(record: ListRecord, items: readonly NewItem[], editor: Editor): Promise<LocalList> {
    return exclusive(async () => {
      const taken = [...lists.values()].some(
        (one) => one.record.displayName.toLowerCase() === record.displayName.toLowerCase(),
      );
      if (taken) throw new GraphFailure(409, 'nameAlreadyExists', 'A list with this name exists already.');
      const list: LocalList = { record, items: new Map(), earlier: new Map(), lastItemId: 0 };
      const made: Item[] = [];
      for (const one of items) {
        const item = newItem(list, one.id ?? list.lastItemId + 1, one.fields, editor);
        keep(list, item);
        made.push(item);
      }
      await store.commit([{ kind: 'put', type: 'list', key: record.id, body: record }, ...made.map(put)]);
      lists.set(record.id, list);
      return list;
    });
  }

  /** Replaces a list's columns; refuses a name that is taken. */
  function setColumns(list: LocalList, change: (columns: readonly Column[]) => Column[]): Promise<void> {
    return exclusive(async () => {
      const record = { ...list.record, columns: change(list.record.columns) };
      await store.commit([{ kind: 'put', type: 'list', key: record.id, body: record }]);
      list.record = record;
    });
  }

  function addColumn(list: LocalList, column: Column): Promise<void> {
    return setColumns(list, (columns) => {
      if (isTaken(list.record, column.name))
        throw new GraphFailure(409, 'nameAlreadyExists', `The list has a column named '${column.name}' already.`);
      return [...columns, column];
    });
  }

  function addUsers(added: readonly User[]): Promise<void> {
    return exclusive(async () => {
      await store.commit(added.map((body) => ({ kind: 'put', type: 'user', key: body.id, body })));
      for (const one of added) users.set(one.id, one);
    });
  }

  /** Decides on the files as they are, then keeps what it returns, contents included. */
  function changeFiles<T>(
    work: (nodes: ReadonlyMap<string, DriveNode>) => {
      readonly result: T;
      readonly nodes: readonly DriveNode[];
      readonly removed?: readonly string[];
      readonly content?: { readonly key: string; readonly bytes: Uint8Array };
    },
  ): Promise<T> {
    return exclusive(async () => {
      const done = work(nodes);
      await store.commit([
        ...done.nodes.map((body): StoreChange => ({ kind: 'put', type: 'node', key: body.id, body })),
        ...(done.removed ?? []).map((key): StoreChange => ({ kind: 'remove', type: 'node', key })),
        ...(done.content ? [{ kind: 'content' as const, ...done.content }] : []),
      ]);
      for (const one of done.nodes) nodes.set(one.id, one);
      for (const key of done.removed ?? []) nodes.delete(key);
      return done.result;
    });
  }

  function addMail(mail: Mail): Promise<void> {
    return exclusive(async () => {
      await store.commit([{ kind: 'put', type: 'mail', key: mail.id, body: mail }]);
      mails.push(mail);
    });
  }

  /** A small value of the local Microsoft 365 itself: the clock, the signing key, the seed's report. */
  function setValue(key: string, value: unknown): Promise<void> {
    return exclusive(async () => {
      await store.commit([{ kind: 'put', type: 'value', key, body: { value } }]);
      values.set(key, value);
    });
  }

  /** Empties everything but the values named. */
  function clear(keepValues: readonly string[]): Promise<void> {
    return exclusive(async () => {
      const kept = [...values].filter(([key]) => keepValues.includes(key));
      await store.commit([
        { kind: 'clear' },
        ...kept.map(([key, value]): StoreChange => ({ kind: 'put', type: 'value', key, body: { value } })),
      ]);
      for (const map of [lists, users, nodes, values, documents]) map.clear();
      mails.length = 0;
      for (const [key, value] of kept) values.set(key, value);
    });
  }

  function restore(stored: readonly StoredDocument[]): void {
    const of = (type: string): readonly StoredDocument[] => stored.filter((one) => one.type === type);
    for (const { body } of of('list')) {
      const record = listSchema.parse(body);
      lists.set(record.id, { record, items: new Map(), earlier: new Map(), lastItemId: 0 });
    }
    const items = of('item').map(({ body }) => itemSchema.parse(body));
    for (const item of items.sort((a, b) => a.id - b.id)) {
      const list = lists.get(item.listId);
      if (list) keep(list, item);
      seq = Math.max(seq, item.seq);
    }
    const versions = of('version').map(({ key, body }) => ({ key, state: itemStateSchema.parse(body) }));
    for (const { key, state } of versions.sort((a, b) => a.state.version - b.state.version)) {
      const [listId = '', id = ''] = key.split('/');
      const earlier = lists.get(listId)?.earlier;
      earlier?.set(Number(id), [...(earlier.get(Number(id)) ?? []), state]);
    }
    for (const { body } of of('user').map((one) => ({ body: userSchema.parse(one.body) }))) users.set(body.id, body);
    for (const { body } of of('node').map((one) => ({ body: driveNodeSchema.parse(one.body) })))
      nodes.set(body.id, body);
    mails.push(...of('mail').map((one) => mailSchema.parse(one.body)));
    for (const { key, body } of of('value')) values.set(key, z.object({ value: z.unknown() }).parse(body).value);
    documents.restore(stored.filter((one) => !ownTypes.includes(one.type)));
  }

  return {
    lists: (): readonly LocalList[] => [...lists.values()],
    users: (): readonly User[] => [...users.values()],
    nodes: (): ReadonlyMap<string, DriveNode> => nodes,
    mails: (): readonly Mail[] => mails,
    /** The newest change's number. */
    sequence: (): number => seq,
    value: (key: string): unknown => values.get(key),
    content: (key: string): Promise<Uint8Array | undefined> => store.content(key),
    userByLookupId: (lookupId: number): User | undefined =>
      [...users.values()].find((one) => one.lookupId === lookupId),
    findList,
    findItem,
    createItem,
    updateItem,
    deleteItem,
    createList,
    setColumns,
    addColumn,
    addUsers,
    changeFiles,
    addMail,
    documents,
    /** Calls `listener` with the list's id after each change of its items. */
    onItemChange: (listener: (listId: string) => void): void => void listeners.push(listener),
    setValue,
    clear,
    restore,
    now,
  };
}

function apply(fields: Fields, changes: FieldChanges): Fields {
  const next: Fields = { ...fields };
  for (const [name, value] of changes) {
    if (value === null) delete next[name];
    else next[name] = value;
  }
  return next;
}

export function stateOf(item: Item): ItemState {
  const { version, fields, modifiedAt, modifiedBy } = item;
  return { version, fields, modifiedAt, modifiedBy };
}

function checkMatch(item: Item, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  if (!/^(W\/)?".*"$/.test(ifMatch)) throw invalidRequest('ETags must be quoted strings', 'malformedEntityTag');
  if (ifMatch.replace(/^W\//, '') === etagOf(item)) return;
  throw new GraphFailure(412, 'resourceModified', 'The resource has changed since the caller last read it.', {
    innerCode: 'entityTagDoesNotMatch',
  });
}
