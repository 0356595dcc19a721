// Which items of a board were looked at in which version, and which versions people wrote; plain comparisons, no reading.
import type { BoardSnapshot, Instant, Ref, Stamped } from '../board/model';
import { editedRecords, type EditedRecord } from '../board/siteEdits';
import { writeRows } from './historyRows';
import type { HistoryMark, ItemEditor, ItemVersion, ListedItem } from './ports';

type WatchedRecord = EditedRecord | 'update';

interface ItemKey {
  readonly record: WatchedRecord;
  readonly itemId: string;
}

/** What was looked at of one item; versions after it are new. */
export interface Seen extends ItemKey {
  /** The version that the board showed then; absent when it has to be looked at. */
  readonly version?: string;
  readonly after: { readonly number: number } | { readonly at: Instant };
  /** At the last look the row was gone, or could not be read as a record. */
  readonly leftOut?: boolean;
  /** A row of the history that somebody made in the list itself: it belongs not to what must stay. */
  readonly byHand?: boolean;
}

export const watchedRecords: readonly WatchedRecord[] = [...editedRecords, 'update'];

export function keyOf(record: WatchedRecord, itemId: string): string {
  return `${record}/${itemId}`;
}

export function itemOf(key: string): ItemKey {
  const at = key.indexOf('/');
  const record = watchedRecords.find((one) => one === key.slice(0, at)) ?? 'update';
  return { record, itemId: key.slice(at + 1) };
}

/** Every watched item of a snapshot by its key. */
export function itemsOf(snapshot: BoardSnapshot): ReadonlyMap<string, ItemKey & { readonly version: string }> {
  const items = new Map<string, ItemKey & { readonly version: string }>();
  for (const record of watchedRecords)
    for (const { stamp } of recordsOf(snapshot, record))
      if (stamp) items.set(keyOf(record, stamp.itemId), { record, ...stamp });
  return items;
}

export function recordsOf(snapshot: BoardSnapshot, record: WatchedRecord): readonly Stamped[] {
  const lists: Readonly<Record<WatchedRecord, readonly Stamped[]>> = {
    action: snapshot.actions,
    milestone: snapshot.milestones,
    risk: snapshot.risks,
    mitigation: snapshot.mitigations,
    measure: snapshot.measures,
    reading: snapshot.readings,
    update: snapshot.updates,
  };
  return lists[record];
}

export function firstMark(
  readAt: Instant,
  items: readonly { readonly item: ListedItem }[],
  rows: readonly string[],
): HistoryMark {
  const sinceAt = items.reduce((last, { item }) => laterOf(last, item.changedAt), items[0]?.item.changedAt ?? readAt);
  return { sinceAt, accountedToAt: readAt, historyRows: writeRows(rows) };
}

export function firstSight(record: WatchedRecord, item: ListedItem, settledAt: Instant): Seen {
  const { itemId, version, changedAt } = item;
  if (record === 'update') return { record, itemId, after: { number: 0 }, ...(item.wasChanged ? {} : { version }) };
  return changedAt <= settledAt
    ? { record, itemId, version, after: { at: changedAt } }
    : { record, itemId, after: { at: settledAt } };
}

export function isNew(version: ItemVersion, after: Seen['after']): boolean {
  return 'number' in after ? version.number > after.number : version.at > after.at;
}

/** Ours carry the mark of a new operation; a person who restores an older version brings an old one. */
export function isOurs(version: ItemVersion, previous: ItemVersion | undefined): boolean {
  if (version.editor.kind === 'person') return false;
  if (!previous) return version.operationKey !== undefined;
  return version.operationId !== undefined && version.operationId !== previous.operationId;
}

/** The person of the board, by Entra object id, address, or the site's number; else the words SharePoint has for them. */
export function editorRef(editor: ItemEditor, snapshot: BoardSnapshot): Ref {
  if (editor.kind === 'program') return editor.name;
  const same = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && one.toLowerCase() === other?.toLowerCase();
  const person =
    snapshot.people.find((one) => same(one.entraObjectId, editor.entraObjectId)) ??
    snapshot.people.find((one) => same(one.email, editor.email));
  return person?.ref ?? editor.personRef ?? editor.email ?? editor.name;
}

export function laterOf(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

export function shifted(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}
