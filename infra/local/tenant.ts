// The local tenant: lists, items with versions and eTags, users, files; every change is on disk before it is visible.
import { z } from 'zod';
import { isTaken } from './columns';
import { plainText, type Names } from './fieldReads';
import type { Referents } from './fieldWrites';
import { GraphFailure, notFound } from './graphError';
import { add, createItems, emptyList, findItem, type LocalList, type NewItem } from './localItems';
import {
  driveNodeSchema,
  listSchema,
  mailSchema,
  userSchema,
  type Column,
  type DriveNode,
  type Editor,
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

export type Tenant = ReturnType<typeof createTenant>;

const ownTypes = ['list', 'item', 'version', 'user', 'node', 'mail', 'value'];

export function createTenant(store: Store, now: () => Date) {
  const lists = new Map<string, LocalList>();
  const users = new Map<string, User>();
  const accounts = new Map<number, User>();
  const nodes = new Map<string, DriveNode>();
  const mails: Mail[] = [];
  const values = new Map<string, unknown>();
  const documents = createDocuments(store, exclusive);
  const listeners: ((listId: string) => void)[] = [];
  const items = createItems({ store, now, exclusive, announce });
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

  function announce(list: LocalList): void {
    for (const one of listeners) one(list.record.id);
  }

  function createList(record: ListRecord, rows: readonly NewItem[], editor: Editor): Promise<LocalList> {
    return exclusive(async () => {
      const taken = [...lists.values()].some(
        (one) => one.record.displayName.toLowerCase() === record.displayName.toLowerCase(),
      );
      if (taken) throw new GraphFailure(409, 'nameAlreadyExists', 'A list with this name exists already.');
      const list = emptyList(record);
      const made = items.prepare(list, rows, editor);
      await store.commit([{ kind: 'put', type: 'list', key: record.id, body: record }, ...made.map(add)]);
      for (const one of made) items.keep(list, one);
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

  function keepUser(user: User): void {
    users.set(user.id, user);
    if (user.lookupId !== undefined) accounts.set(user.lookupId, user);
  }

  function addUsers(added: readonly User[]): Promise<void> {
    return exclusive(async () => {
      await store.commit(added.map((body) => ({ kind: 'put', type: 'user', key: body.id, body })));
      for (const one of added) keepUser(one);
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
      for (const map of [lists, users, accounts, nodes, values, documents]) map.clear();
      mails.length = 0;
      for (const [key, value] of kept) values.set(key, value);
    });
  }

  function restore(stored: readonly StoredDocument[]): void {
    const of = (type: string): readonly StoredDocument[] => stored.filter((one) => one.type === type);
    for (const { body } of of('list')) {
      const record = listSchema.parse(body);
      lists.set(record.id, emptyList(record));
    }
    items.restoreItems(lists, of('item'), of('version'));
    for (const { body } of of('user').map((one) => ({ body: userSchema.parse(one.body) }))) keepUser(body);
    for (const { body } of of('node').map((one) => ({ body: driveNodeSchema.parse(one.body) })))
      nodes.set(body.id, body);
    mails.push(...of('mail').map((one) => mailSchema.parse(one.body)));
    for (const { key, body } of of('value')) values.set(key, z.object({ value: z.unknown() }).parse(body).value);
    documents.restore(stored.filter((one) => !ownTypes.includes(one.type)));
  }

  const referents: Referents = {
    isUser: (lookupId) => accounts.has(lookupId),
    isItem: (listId, id) => lists.get(listId)?.items.get(id)?.deleted === false,
  };
  const names: Names = {
    user: (lookupId) => {
      const user = accounts.get(lookupId);
      return user && { name: user.displayName, email: user.mail };
    },
    item: (listId, id, columnName) => {
      const value = lists.get(listId)?.items.get(id)?.fields[columnName];
      return value === undefined ? undefined : plainText(value);
    },
  };

  return {
    referents,
    names,
    lists: (): readonly LocalList[] => [...lists.values()],
    users: (): readonly User[] => [...users.values()],
    nodes: (): ReadonlyMap<string, DriveNode> => nodes,
    mails: (): readonly Mail[] => mails,
    /** The newest change's number. */
    sequence: items.sequence,
    value: (key: string): unknown => values.get(key),
    content: (key: string): Promise<Uint8Array | undefined> => store.content(key),
    userByLookupId: (lookupId: number): User | undefined => accounts.get(lookupId),
    findList,
    findItem,
    createItem: items.createItem,
    addItems: items.addItems,
    updateItem: items.updateItem,
    deleteItem: items.deleteItem,
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
