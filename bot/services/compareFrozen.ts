// Compares any two frozen logs by the names people use for them: a meeting, one of its two logs, or a code read out.
import { calendarOf } from '../board/cycle';
import { diffLogs, type LogDiff } from '../board/diff';
import { compareLogs, type LogComparison } from '../board/diffWords';
import { rebuildLog } from '../board/log';
import { isLaterRow, loggedLogs } from '../board/loggedRows';
import type { BoardSnapshot, LoggedRow, LogKind, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { listed } from '../board/wording';
import { InvalidInputError, NotFoundError } from '../errors';
import { paperName, readFrozen, shortCodeOf, type Frozen } from './frozenLogs';
import type { BoardRecords, Library } from './ports';

export interface CompareRequest {
  readonly boardId: string;
  /** "B08", "B08-before", "B08-after, 4F2A"; the frozen log before `to` when absent. */
  readonly from?: string;
  readonly to: string;
}

export interface ComparedLog {
  readonly meetingRef: Ref;
  readonly kind: LogKind;
  readonly shortCode: string;
  readonly hash: string;
  /** Only its rows are on file: what rows do not hold is not compared. */
  readonly rowsAlone: boolean;
}

export type FrozenComparison =
  | {
      readonly kind: 'compared';
      readonly from: ComparedLog;
      readonly to: ComparedLog;
      readonly comparison: LogComparison;
      /** Applied to the first log it gives the second. */
      readonly exact: LogDiff;
    }
  /** No log was frozen before it: nothing is compared, and nothing invented. */
  | { readonly kind: 'no-predecessor'; readonly to: ComparedLog; readonly text: string };

export interface CompareFrozen {
  /** Throws NotFoundError for an unknown meeting, InvalidInputError where no such log is frozen, UpstreamError. */
  compare(request: CompareRequest): Promise<FrozenComparison>;
}

export function createCompareFrozen(ports: {
  readonly records: BoardRecords;
  readonly library: Library;
}): CompareFrozen {
  const { records, library } = ports;

  /** The filed record where its bytes fit the hash, else what the rows hold. */
  async function read(boardId: string, snapshot: BoardSnapshot, row: LoggedRow): Promise<Frozen> {
    const { meetingRef, kind, logHash: hash } = row;
    const filed = await library.read(boardId, meetingRef, `${paperName(meetingRef, kind, hash)}.json`);
    const log = filed && readFrozen(filed, hash);
    if (log) return { log, hash };
    const own = snapshot.loggedRows.filter((one) => one.logHash === hash);
    const rebuilt = rebuildLog({ ...snapshot, loggedRows: own }, meetingRef, kind);
    if (!rebuilt) throw new NotFoundError('frozen log', shortCodeOf(meetingRef, kind, hash));
    return { log: rebuilt, hash };
  }

  return {
    async compare({ boardId, from, to }) {
      const snapshot = await records.refresh(boardId);
      const heads = headsOf(snapshot);
      const second = find(snapshot, heads, to);
      const first = from === undefined ? heads[heads.indexOf(second) - 1] : find(snapshot, heads, from);
      const after = await read(boardId, snapshot, second);
      if (!first)
        return {
          kind: 'no-predecessor',
          to: named(after),
          text: `No log was frozen before ${shortCodeOf(second.meetingRef, second.kind, second.logHash)}, so there is nothing to compare it with.`,
        };
      const before = await read(boardId, snapshot, first);
      const { longDate } = calendarOf(resolvePolicy(snapshot.policy).policy);
      return {
        kind: 'compared',
        from: named(before),
        to: named(after),
        comparison: compareLogs(before.log, after.log, longDate),
        exact: diffLogs(before.log, after.log),
      };
    },
  };
}

function named({ log, hash }: Frozen): ComparedLog {
  const { meetingRef, kind } = log;
  const shortCode = shortCodeOf(meetingRef, kind, hash);
  return { meetingRef, kind, shortCode, hash, rowsAlone: log.sections === 'not recorded then' };
}

/** One row of each frozen log, by meeting, the log for it before the one after it, then as they were frozen. */
function headsOf(snapshot: BoardSnapshot): readonly LoggedRow[] {
  const on = new Map(snapshot.meetings.map((one) => [one.ref, one.on]));
  const place = (row: LoggedRow): string =>
    `${on.get(row.meetingRef) ?? row.frozenOn} ${row.meetingRef} ${row.kind === 'for the meeting' ? 0 : 1}`;
  const heads = loggedLogs(snapshot.loggedRows).map((one) => one.last);
  return heads.sort((a, b) => {
    if (place(a) !== place(b)) return place(a) < place(b) ? -1 : 1;
    return isLaterRow(a, b) ? 1 : -1;
  });
}

const name = /^(?<meeting>[^,\s]+?)(?:-(?<kind>before|after))?(?:[,\s]+(?<figures>[0-9A-Fa-f]{4,64}))?$/;

/** The newest log that the words mean. */
function find(snapshot: BoardSnapshot, heads: readonly LoggedRow[], words: string): LoggedRow {
  const { meeting, kind, figures = '' } = name.exec(words.trim())?.groups ?? {};
  if (meeting === undefined)
    throw new InvalidInputError(`"${words}" is no frozen log. Write B08, B08-before or "B08-after, 4F2A".`);
  if (!snapshot.meetings.some((one) => one.ref === meeting) && !heads.some((one) => one.meetingRef === meeting))
    throw new NotFoundError('meeting', meeting);
  const wanted: LogKind | undefined =
    kind === undefined ? undefined : kind === 'before' ? 'for the meeting' : 'after the meeting';
  const found = heads.filter(
    (one) =>
      one.meetingRef === meeting &&
      (wanted === undefined || one.kind === wanted) &&
      one.logHash.toUpperCase().startsWith(figures.toUpperCase()),
  );
  const last = found.at(-1);
  if (last) return last;
  const there = heads.map((one) => shortCodeOf(one.meetingRef, one.kind, one.logHash));
  throw new InvalidInputError(
    there.length === 0
      ? 'No log is frozen yet.'
      : `No log "${words}" is frozen. There are: ${listed(there.slice(-8))}${there.length > 8 ? ', and earlier ones' : ''}.`,
  );
}
