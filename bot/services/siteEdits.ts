// Makes what people change in the lists themselves part of the update history: one row a foreign version, however often looked.
// Longer than most: what one look has seen, what it writes and what it tells next are one state, and are read side by side.
import { calendarOf } from '../board/cycle';
import type { BoardSnapshot, ChangedFields, Finding, Instant } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { decideSiteEdit, type EditedRecord, type SiteEdit } from '../board/siteEdits';
import { isKnownError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import { addedRow, changedRow, lostRows, readRows, rowsByHand, writeRows } from './historyRows';
import type {
  BoardRecords,
  HistoryMark,
  ItemVersion,
  RecordWrite,
  SiteHistory,
  WriteOperation,
  WriteOutcome,
} from './ports';
import {
  editorRef,
  firstMark,
  firstSight,
  isNew,
  isOurs,
  itemOf,
  itemsOf,
  keyOf,
  laterOf,
  recordsOf,
  shifted,
  watchedRecords,
  type Seen,
} from './seenItems';

export interface SiteEdits {
  /**
   * The same records; every reading also puts what people changed in SharePoint into the update history, so that nobody
   * is asked for what they have just answered there. Throws as reading does; what does not pass by itself is a finding.
   */
  watch(records: BoardRecords): BoardRecords;
}

interface Watched {
  readonly seen: Map<string, Seen>;
  mark: HistoryMark;
  /** By item: rows of the history that somebody changed, items whose history is cut short. */
  readonly findings: Map<string, Finding>;
  /** Rows of the history that are gone, by item id. */
  readonly lost: Set<string>;
  shown: BoardSnapshot;
}

/** One look at one board. */
interface Look {
  readonly boardId: string;
  readonly records: BoardRecords;
  readonly watched: Watched;
  snapshot: BoardSnapshot;
}

/** Clocks of SharePoint and of this service may differ, and the lists of one reading are not of one moment. */
const markMarginMs = 60 * 60_000;
/** Each move changes the Settings list; what lies after the mark is looked at again after a restart. */
const markMovesAfterMs = 24 * 60 * 60_000;
const attempts = 5;
const itemsAtOnce = 4;

export function createSiteEdits(ports: { readonly history: SiteHistory; readonly logger: Logger }): SiteEdits {
  const { history, logger } = ports;
  const boards = new Map<string, Watched>();
  const failures = new Map<string, Finding>();
  const turns = new Map<string, Promise<unknown>>();
  const told = new WeakMap<BoardSnapshot, { readonly findings: string; readonly snapshot: BoardSnapshot }>();

  /** Looks come one after another: each builds on what the one before it has seen. */
  function inTurn<T>(boardId: string, work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(boardId) ?? Promise.resolve()).then(work, work);
    turns.set(boardId, mine);
    return mine;
  }

  async function begin(boardId: string, snapshot: BoardSnapshot): Promise<Watched> {
    const [known, ...lists] = await Promise.all([
      history.mark(boardId),
      ...watchedRecords.map((record) => history.items(boardId, record)),
    ]);
    const all = watchedRecords.flatMap((record, at) => (lists[at] ?? []).map((item) => ({ record, item })));
    // What was there before us is the history as we found it.
    const accepted = known && readRows(known.historyRows);
    const byHand = rowsByHand(snapshot.updates);
    const items = all.filter(
      ({ record, item: { itemId } }) => record !== 'update' || !byHand.has(itemId) || accepted?.has(itemId) !== false,
    );
    const rows = items.filter((one) => one.record === 'update').map((one) => one.item.itemId);
    const mark = known ?? firstMark(snapshot.readAt, items, rows);
    if (!known) await history.keepMark(boardId, mark);
    const settledAt = laterOf(mark.sinceAt, shifted(mark.accountedToAt, -markMarginMs));
    const there = new Set(rows);
    return {
      seen: new Map(items.map(({ record, item }) => [keyOf(record, item.itemId), firstSight(record, item, settledAt)])),
      mark,
      findings: new Map(),
      lost: new Set([...readRows(mark.historyRows)].filter((id) => !there.has(id))),
      shown: snapshot,
    };
  }

  /** Everything that differs from the last look, written into the history; how many rows that made. */
  async function look(boardId: string, records: BoardRecords, snapshot: BoardSnapshot): Promise<number> {
    const watched = boards.get(boardId) ?? (await begin(boardId, snapshot));
    boards.set(boardId, watched);
    const { seen } = watched;
    const there = itemsOf(snapshot);
    const byHand = rowsByHand(snapshot.updates);
    const changed = [...there].filter(([key, one]) => {
      const known = seen.get(key);
      if (known) return known.version !== one.version;
      if (one.record !== 'update' || byHand.has(one.itemId)) return true;
      // A new row of the history with a key is ours.
      seen.set(key, { ...one, after: { number: 0 } });
      return false;
    });
    const gone = [...seen].filter(([key, one]) => !there.has(key) && one.leftOut !== true);
    const items = [...changed, ...gone].map(([key]) => ({ key, version: there.get(key)?.version }));
    const current: Look = { boardId, records, watched, snapshot };
    let rows = 0;
    for (let from = 0; from < items.length; from += itemsAtOnce) {
      const some = items.slice(from, from + itemsAtOnce);
      const results = await Promise.allSettled(some.map((one) => examine(current, one.key, one.version)));
      for (const result of results) {
        if (result.status === 'rejected') throw result.reason;
        rows += result.value;
      }
    }
    watched.shown = snapshot;
    await moveMark(boardId, watched, snapshot.readAt);
    return rows;
  }

  async function examine(look: Look, key: string, version: string | undefined): Promise<number> {
    const { boardId, watched } = look;
    const { record, itemId } = itemOf(key);
    // A row that the first listing did not show was made since.
    const before: Seen = watched.seen.get(key) ?? { record, itemId, after: { number: 0 }, byHand: record === 'update' };
    const versions = await history.versions(boardId, record, itemId);
    const last = versions?.at(-1);
    const after = last ? { number: last.number } : before.after;
    const { byHand = false } = before;
    const sight: Seen = { record, itemId, after, byHand, ...(version === undefined ? { leftOut: true } : { version }) };
    let rows = 0;
    if (record === 'update') examineHistory(look, itemId, versions, byHand);
    else if (versions) rows = await recordVersions(look, record, before, versions);
    else rows = await recordEdits(look, record, itemId, 'deleted', deletionOf(watched, record, itemId));
    watched.seen.set(key, sight);
    return rows;
  }

  function examineHistory(
    look: Look,
    itemId: string,
    versions: readonly ItemVersion[] | undefined,
    byHand: boolean,
  ): void {
    const { lost, findings } = look.watched;
    const key = keyOf('update', itemId);
    findings.delete(key);
    if (versions) lost.delete(itemId);
    else if (!byHand) lost.add(itemId);
    const row = look.snapshot.updates.find((one) => one.stamp?.itemId === itemId);
    const calendar = calendarOf(resolvePolicy(look.snapshot.policy).policy);
    const finding = versions && (byHand ? addedRow : changedRow)(row, itemId, versions, calendar);
    if (finding) findings.set(key, finding);
  }

  async function recordVersions(
    look: Look,
    record: EditedRecord,
    before: Seen,
    versions: readonly ItemVersion[],
  ): Promise<number> {
    const edits: NumberedEdit[] = [];
    for (const [at, version] of versions.entries()) {
      const previous = versions[at - 1];
      if (!isNew(version, before.after) || isOurs(version, previous)) continue;
      if (!previous && version.number > 1) noteCut(look, record, before.itemId, version);
      edits.push({
        number: version.number,
        edit: (snapshot) => ({
          record,
          byRef: editorRef(version.editor, snapshot),
          at: version.at,
          ...(previous ? { before: previous.fields } : {}),
          after: version.fields,
        }),
      });
    }
    return recordEdits(look, record, before.itemId, String(edits.at(-1)?.number ?? ''), edits);
  }

  /** The list keeps too few versions, or none. */
  function noteCut(look: Look, record: EditedRecord, itemId: string, version: ItemVersion): void {
    const ref = typeof version.fields['ref'] === 'string' ? version.fields['ref'] : `${record} ${itemId}`;
    const text = `${ref} was changed in SharePoint, and its version history does not reach back to what it was before. Let the list keep at least 500 versions.`;
    look.watched.findings.set(keyOf(record, itemId), {
      rule: 'site-edit-history-cut',
      level: 'finding',
      ref,
      text,
      records: [ref],
    });
  }

  /** One operation for all new versions of an item; its keys make it the same for every instance and every repeat. */
  async function recordEdits(
    look: Look,
    record: EditedRecord,
    itemId: string,
    last: string,
    edits: readonly NumberedEdit[],
  ): Promise<number> {
    const { boardId, records } = look;
    const name = `site-edit:${record}:${itemId}`;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const known = new Set(look.snapshot.updates.map((one) => one.key));
      const { policy } = resolvePolicy(look.snapshot.policy);
      const requests = new Map<string, RecordWrite>();
      const updates: RecordWrite[] = [];
      for (const { number, edit } of edits) {
        const operationKey = `${name}:${number}`;
        const decided = decideSiteEdit({ snapshot: look.snapshot, policy, edit: edit(look.snapshot) });
        if (!decided || known.has(operationKey)) continue;
        for (const { ref, stamp, changes } of decided.requests) {
          if (!stamp || requests.has(stamp.itemId)) continue;
          requests.set(stamp.itemId, { kind: 'change', record: 'request', ref, ...stamp, changes });
        }
        updates.push({
          kind: 'add',
          record: 'update',
          operationKey,
          values: { ...decided.update, route: 'SharePoint' },
        });
      }
      if (updates.length === 0) return 0;
      const writes = [...requests.values(), ...updates];
      const outcome = await writeNoted(records, { boardId, operationId: `${name}:${last}`, writes });
      if (outcome.kind === 'written') {
        logger.info('siteEdits.recorded', { boardId, record, itemId, rows: updates.length, requests: requests.size });
        return updates.length;
      }
      look.snapshot = await records.refresh(boardId);
    }
    throw new UpstreamError(
      'SharePoint',
      `What was changed in ${name} could not be recorded: its requests kept changing.`,
    );
  }

  /** What we write ourselves need not be looked at. */
  async function writeNoted(records: BoardRecords, operation: WriteOperation): Promise<WriteOutcome> {
    const outcome = await records.write(operation);
    const seen = boards.get(operation.boardId)?.seen;
    if (!seen || outcome.kind !== 'written') return outcome;
    for (const [at, write] of operation.writes.entries()) {
      const item = outcome.items[at];
      const record = watchedRecords.find((one) => one === write.record);
      if (!item || !record) continue;
      const key = keyOf(record, item.itemId);
      const known = seen.get(key);
      if (write.kind === 'add' && !known) seen.set(key, { record, ...item, after: { number: 0 } });
      // Whoever wrote between what we saw and what we wrote has been looked at, or has to be.
      if (write.kind === 'change' && known?.version === write.version)
        seen.set(key, { ...known, version: item.version });
    }
    return outcome;
  }

  async function moveMark(boardId: string, watched: Watched, readAt: Instant): Promise<void> {
    const { mark, seen } = watched;
    if (Date.parse(readAt) - Date.parse(mark.accountedToAt) < markMovesAfterMs) return;
    const rows = [...seen.values()]
      .filter((one) => one.record === 'update' && one.byHand !== true)
      .map((one) => one.itemId);
    const historyRows = writeRows([...readRows(mark.historyRows), ...rows]);
    watched.mark = { ...mark, accountedToAt: readAt, historyRows };
    await history.keepMark(boardId, watched.mark);
  }

  /** The snapshot with what only the version history tells. */
  function tell(boardId: string, snapshot: BoardSnapshot): BoardSnapshot {
    const watched = boards.get(boardId);
    const failure = failures.get(boardId);
    const lost = watched && lostRows(watched.lost);
    const more = [...(watched?.findings.values() ?? []), ...(lost ? [lost] : []), ...(failure ? [failure] : [])];
    if (more.length === 0) return snapshot;
    const findings = JSON.stringify(more);
    const known = told.get(snapshot);
    if (known?.findings === findings) return known.snapshot;
    const made = { ...snapshot, findings: [...snapshot.findings, ...more] };
    told.set(snapshot, { findings, snapshot: made });
    return made;
  }

  async function refresh(records: BoardRecords, boardId: string): Promise<BoardSnapshot> {
    const snapshot = await records.refresh(boardId);
    try {
      const rows = await look(boardId, records, snapshot);
      failures.delete(boardId);
      return tell(boardId, rows === 0 ? snapshot : await records.snapshot(boardId));
    } catch (error) {
      if (!isKnownError(error) || error.kind === 'upstream' || error.kind === 'throttled') throw error;
      logger.warn('siteEdits.notRecorded', { boardId }, error);
      failures.set(boardId, notRecorded);
      return tell(boardId, snapshot);
    }
  }

  return {
    watch: (records) => ({
      ...records,
      snapshot: async (...asked) => tell(asked[0], await records.snapshot(...asked)),
      refresh: (boardId) => inTurn(boardId, () => refresh(records, boardId)),
      write: (operation) => writeNoted(records, operation),
    }),
  };
}

interface NumberedEdit {
  readonly number: number | 'deleted';
  /** Who wrote is looked up among the people of the snapshot that decides. */
  readonly edit: (snapshot: BoardSnapshot) => SiteEdit;
}

const notRecorded: Finding = {
  rule: 'site-edits-not-recorded',
  level: 'finding',
  ref: 'Updates',
  text: 'What people change in the lists themselves cannot be recorded as answers: run "npm run board -- doctor" to see which list or column is missing.',
  records: [],
};

/** A row that is gone, as it was last shown; SharePoint does not say who deleted it. */
function deletionOf(watched: Watched, record: EditedRecord, itemId: string): readonly NumberedEdit[] {
  const last = recordsOf(watched.shown, record).find((one) => one.stamp?.itemId === itemId);
  if (!last) return [];
  const before: Record<string, ChangedFields[string]> = {};
  for (const [name, value] of Object.entries(last)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') before[name] = value;
  }
  return [
    {
      number: 'deleted',
      edit: (snapshot) => ({ record, byRef: 'somebody unknown', at: snapshot.readAt, before }),
    },
  ];
}
