// The delivery ledger: one row per (board, meeting, step, person), claimed with a lease and a fence, never sent twice.
import { z } from 'zod';
import type { DeliveryRoute, Ledger, LedgerDraft, LedgerEntry, LedgerKey, LedgerState } from '../services/ports';
import type { Database } from './sql';

interface Row {
  readonly board_id: string;
  readonly meeting_ref: string;
  readonly step: LedgerKey['step'];
  readonly person_ref: string;
  readonly state: LedgerState;
  readonly route: DeliveryRoute | null;
  readonly subject_refs: string;
  readonly planned_at: Date;
  readonly sent_at: Date | null;
  readonly activity_id: string | null;
  readonly detail: string | null;
  readonly attempts: number;
  readonly fence: number;
  readonly earlier: string | null;
}

const storedRefs = z.array(z.string());
const storedEarlier = z.array(
  z.object({
    state: z.enum(['planned', 'claimed', 'sending', 'sent', 'failed', 'uncertain', 'cancelled']),
    route: z.enum(['chat', 'e-mail']).exactOptional(),
    detail: z.string().exactOptional(),
    byRef: z.string(),
    at: z.string(),
  }),
);
const columns = `ledger.board_id, ledger.meeting_ref, ledger.step, ledger.person_ref, ledger.state, ledger.route,
  ledger.subject_refs, ledger.planned_at, ledger.sent_at, ledger.activity_id, ledger.detail, ledger.attempts, ledger.fence,
  ledger.earlier`;
/** $1 to $5 hold the drafts by column. */
const drafts = `unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
  as due (board_id, meeting_ref, step, person_ref, subject_refs)`;
const theKey = 'board_id = $1 and meeting_ref = $2 and step = $3 and person_ref = $4';
/** $2 is this session, $3 whether no other process can be alive. */
const abandoned = '(lease_until < clock_timestamp() or ($3::boolean and session <> $2))';
const interrupted = 'The service stopped while this was being sent; it may have arrived.';

/**
 * Leases run on the database's own clock. An embedded database has one process, so what an earlier process left is
 * abandoned at once, without waiting for its lease.
 */
export function createLedger(db: Database): Ledger {
  const soleProcess = db.kind === 'embedded';

  return {
    async plan(entries, at) {
      if (entries.length === 0) return [];
      const rows = await db.query<Row>(
        `insert into ledger (board_id, meeting_ref, step, person_ref, subject_refs, state, planned_at)
         select due.*, 'planned', $6::timestamptz from ${drafts}
         on conflict (board_id, meeting_ref, step, person_ref) do nothing
         returning ${columns}`,
        [...columnsOf(entries), at],
      );
      return rows.map(keyOf);
    },

    async claim(boardId, worker, limit, leaseSeconds, notTo = []) {
      const rows = await db.query<Row>(
        `with due as materialized (
           select board_id, meeting_ref, step, person_ref from ledger
           where board_id = $1 and person_ref <> all($7::text[]) and (
             (state = 'planned' and (not_before is null or not_before <= clock_timestamp()))
             or (state = 'claimed' and ${abandoned}))
           order by planned_at, meeting_ref, step, person_ref
           limit $4 for update skip locked)
         update ledger set state = 'claimed', worker = $5, session = $2, fence = ledger.fence + 1,
           lease_seconds = $6::float8, lease_until = clock_timestamp() + make_interval(secs => $6::float8)
         from due
         where ledger.board_id = due.board_id and ledger.meeting_ref = due.meeting_ref
           and ledger.step = due.step and ledger.person_ref = due.person_ref
         returning ${columns}`,
        [boardId, db.session, soleProcess, limit, worker, leaseSeconds, notTo],
      );
      return rows.map(entryOf).sort(inOrder);
    },

    async sending(key, fence, route = 'chat') {
      const rows = await db.query(
        `update ledger set state = 'sending', route = $6, attempts = attempts + 1,
           lease_until = clock_timestamp() + make_interval(secs => lease_seconds)
         where ${theKey} and fence = $5 and lease_until > clock_timestamp()
           and (state = 'claimed' or (state = 'sending' and route <> $6))
         returning fence`,
        [...valuesOf(key), fence, route],
      );
      return rows.length === 1;
    },

    async record(key, fence, outcome, at) {
      // A sender that was given up as uncertain may still say what it knows, unless somebody took the row on since.
      const from = outcome.state === 'sent' ? "('sending', 'uncertain')" : "('claimed', 'sending', 'uncertain')";
      const rows = await db.query(
        `update ledger set state = $6, route = $7, sent_at = $8::timestamptz, activity_id = $9, detail = $10,
           not_before = $11::timestamptz, worker = null, session = null, lease_until = null, lease_seconds = null
         where ${theKey} and fence = $5 and state in ${from}
         returning fence`,
        [
          ...valuesOf(key),
          fence,
          outcome.state,
          'route' in outcome ? (outcome.route ?? null) : null,
          outcome.state === 'sent' ? at : null,
          outcome.state === 'sent' ? (outcome.activityId ?? null) : null,
          outcome.detail ?? null,
          outcome.state === 'planned' ? outcome.notBefore : null,
        ],
      );
      return rows.length === 1;
    },

    async settleAbandoned(boardId) {
      const rows = await db.query(
        `update ledger set state = 'uncertain', detail = $4, lease_until = null, lease_seconds = null
         where board_id = $1 and state = 'sending' and ${abandoned}
         returning fence`,
        [boardId, db.session, soleProcess, interrupted],
      );
      return rows.length;
    },

    async reopen(entries, at) {
      if (entries.length === 0) return [];
      const rows = await db.query<Row>(
        `update ledger set state = 'planned', detail = null, not_before = null, attempts = 0,
           planned_at = $6::timestamptz, subject_refs = due.subject_refs
         from ${drafts}
         where ledger.board_id = due.board_id and ledger.meeting_ref = due.meeting_ref
           and ledger.step = due.step and ledger.person_ref = due.person_ref and ledger.state in ('failed', 'cancelled')
         returning ${columns}`,
        [...columnsOf(entries), at],
      );
      return rows.map(keyOf);
    },

    async resend(keys, byRef, at) {
      if (keys.length === 0) return [];
      const rows = await db.query<Row>(
        `update ledger set
           earlier = (coalesce(ledger.earlier, '[]')::jsonb || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
             'state', ledger.state, 'route', ledger.route, 'detail', ledger.detail, 'byRef', $6::text, 'at', $7::text)))
           )::text,
           state = 'planned', route = null, detail = null, not_before = null, attempts = 0, planned_at = $7::timestamptz
         from ${drafts}
         where ledger.board_id = due.board_id and ledger.meeting_ref = due.meeting_ref
           and ledger.step = due.step and ledger.person_ref = due.person_ref and ledger.state in ('failed', 'uncertain')
         returning ${columns}`,
        [...columnsOf(keys.map((one) => ({ ...one, subjectRefs: [] }))), byRef, at],
      );
      return rows.map(keyOf);
    },

    async uncertain(boardId) {
      const rows = await db.query<Row>(`select ${columns} from ledger where board_id = $1 and state = 'uncertain'`, [
        boardId,
      ]);
      return rows.map(entryOf).sort(inOrder);
    },

    async entries(boardId, meetingRef) {
      const rows = await db.query<Row>(`select ${columns} from ledger where board_id = $1 and meeting_ref = $2`, [
        boardId,
        meetingRef,
      ]);
      return rows.map(entryOf).sort(inOrder);
    },

    async queue(boardId, at) {
      const [row] = await db.query<{ count: number; since: Date | null }>(
        `select count(*)::int as count, min(greatest(planned_at, not_before))
           filter (where not_before is null or not_before <= $2::timestamptz) as since
         from ledger where board_id = $1 and state in ('planned', 'claimed')`,
        [boardId, at],
      );
      return { count: row?.count ?? 0, ...(row?.since ? { since: row.since.toISOString() } : {}) };
    },
  };
}

function columnsOf(entries: readonly LedgerDraft[]): readonly (readonly string[])[] {
  return [
    entries.map((one) => one.boardId),
    entries.map((one) => one.meetingRef),
    entries.map((one) => one.step),
    entries.map((one) => one.personRef),
    entries.map((one) => JSON.stringify(one.subjectRefs)),
  ];
}

function valuesOf(key: LedgerKey): readonly [string, string, string, string] {
  return [key.boardId, key.meetingRef, key.step, key.personRef];
}

function keyOf(row: Row): LedgerKey {
  return { boardId: row.board_id, meetingRef: row.meeting_ref, step: row.step, personRef: row.person_ref };
}

function entryOf(row: Row): LedgerEntry {
  return {
    ...keyOf(row),
    state: row.state,
    subjectRefs: storedRefs.parse(JSON.parse(row.subject_refs)),
    plannedAt: row.planned_at.toISOString(),
    attempts: row.attempts,
    fence: row.fence,
    ...(row.route === null ? {} : { route: row.route }),
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at.toISOString() }),
    ...(row.activity_id === null ? {} : { activityId: row.activity_id }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.earlier === null ? {} : { earlier: storedEarlier.parse(JSON.parse(row.earlier)) }),
  };
}

/** The order of planning, the same on every database whatever its collation. */
function inOrder(a: LedgerEntry, b: LedgerEntry): number {
  return compare(a.plannedAt, b.plannedAt) || compare(a.step, b.step) || compare(a.personRef, b.personRef);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
