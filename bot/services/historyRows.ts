// What the update history owes to being append-only: rows that were changed or deleted by hand are findings.
import type { Calendar } from '../board/calendar';
import type { Finding, Update } from '../board/model';
import { listed } from '../board/wording';
import type { ItemVersion } from './ports';

/** Item ids as ranges, `1-433 435`: a list's ids run on, so that thousands take a line. */
export function writeRows(itemIds: Iterable<string>): string {
  const ids = [...new Set(itemIds)].map(Number).sort((one, other) => one - other);
  const ranges: { from: number; to: number }[] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    if (last && id === last.to + 1) last.to = id;
    else ranges.push({ from: id, to: id });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}

/** The ids that `writeRows` wrote. */
export function readRows(rows: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const [, from = '', to] of rows.matchAll(/(\d+)(?:-(\d+))?/gu))
    for (let id = Number(from); id <= Number(to ?? from); id += 1) ids.add(String(id));
  return ids;
}

/** A row of the history that no longer says what it said first; undefined for one that does. */
export function changedRow(
  row: Update | undefined,
  itemId: string,
  versions: readonly ItemVersion[],
  calendar: Calendar,
): Finding | undefined {
  const [first, last] = [versions[0], versions.at(-1)];
  if (!first || !last || first === last) return undefined;
  const names = [...new Set([...Object.keys(first.fields), ...Object.keys(last.fields)])];
  const changed = names.filter((name) => name !== 'lastOpId' && first.fields[name] !== last.fields[name]);
  if (changed.length === 0) return undefined;
  const who = listed([...new Set(versions.slice(1).map((one) => one.editor.name))]);
  const ref = row?.subjectRef ?? historyList;
  const about = row ? ` about ${row.subjectRef} of ${calendar.longDateTime(row.at)}` : '';
  return {
    rule: 'history-row-changed',
    level: 'finding',
    ref,
    text: `The row of the update history${about} (number ${itemId}) was changed in SharePoint by ${who}, last on ${calendar.longDateTime(last.at)}. The history is only ever added to: restore the row's first version from its version history in the list ${historyList}.`,
    records: [ref],
  };
}

/** Rows of the history that are gone; undefined when all are there. */
export function lostRows(itemIds: Iterable<string>): Finding | undefined {
  const ids = [...itemIds].map(Number).sort((one, other) => one - other);
  if (ids.length === 0) return undefined;
  const rows = ids.length === 1 ? `Row number ${ids[0]} was` : `Rows number ${listed(ids.map(String))} were`;
  return {
    rule: 'history-row-deleted',
    level: 'finding',
    ref: historyList,
    text: `${rows} deleted from the list ${historyList}. The history is only ever added to: restore what was deleted from the site's recycle bin.`,
    records: [],
  };
}

/** Items of the history that carry no key of ours: somebody made them in the list itself. */
export function rowsByHand(updates: readonly Update[]): ReadonlySet<string> {
  const ids = updates.map(({ key, stamp }) => (stamp && key === `${historyList} #${stamp.itemId}` ? stamp.itemId : ''));
  return new Set(ids.filter((one) => one !== ''));
}

/** A row that somebody added to the history in the list itself. */
export function addedRow(
  row: Update | undefined,
  itemId: string,
  versions: readonly ItemVersion[],
  calendar: Calendar,
): Finding {
  const ref = row?.subjectRef ?? historyList;
  const about = row ? ` about ${row.subjectRef}` : '';
  const [first] = versions;
  const by = first ? ` by ${first.editor.name} on ${calendar.longDateTime(first.at)}` : '';
  return {
    rule: 'history-row-added',
    level: 'finding',
    ref,
    text: `A row${about} (number ${itemId}) was added to the update history in SharePoint${by}. Only answers add to the history, and the row counts as one while it is there: delete it from the list ${historyList}; what it says can be said in chat, in the tab or in the item's own row.`,
    records: [ref],
  };
}

const historyList = 'Updates';
