// A list in memory, row by row as SharePoint gave it; a change makes new maps, so that what is unchanged stays the same.
import { NotFoundError } from '../errors';
import { listOf } from './lists';
import type { ListSchema } from './lists';
import type { ListItem } from './listItem';

/** Where a list is and which of our columns it lacks. */
export interface ListPlace {
  readonly listId: string;
  readonly missing: ReadonlySet<string>;
}

export type Rows = ReadonlyMap<string, ListItem>;

/** One list as it was read. */
export interface ListReplica {
  readonly title: string;
  /** How Graph was asked for it: by its title or its id. */
  readonly address: string;
  /** The columns asked for. */
  readonly columns: readonly string[];
  readonly missing: ReadonlySet<string>;
  readonly items: Rows;
  /** Ids that were deleted: an older reading of them that comes late is not taken. */
  readonly gone: ReadonlySet<string>;
  /** Where the changes go on from; none where SharePoint refuses to tell changes. */
  readonly deltaLink?: string;
}

/** True where `one` is the newer version of an item, or the same: a version ends in its number. */
export function isAsNew(one: ListItem, other: ListItem | undefined): boolean {
  return other === undefined || versionOf(other) <= versionOf(one);
}

function versionOf(item: ListItem): number {
  return Number(/,(\d+)"?$/.exec(item.eTag)?.[1] ?? 0);
}

/** The list with an item in the place of its older version; the same list when what is there is newer, or deleted. */
export function withItem(list: ListReplica, item: ListItem): ListReplica {
  if (list.gone.has(item.id) || !isAsNew(item, list.items.get(item.id))) return list;
  return { ...list, items: new Map(list.items).set(item.id, item) };
}

export function withoutItem(list: ListReplica, id: string): ListReplica {
  const items = new Map(list.items);
  items.delete(id);
  return { ...list, items, gone: new Set(list.gone).add(id) };
}

/** The schema of a kind of record; every shape has its list. */
export function schemaOf(kind: string): ListSchema {
  const list = listOf(kind);
  if (!list) throw new NotFoundError('list of records', kind);
  return list;
}
