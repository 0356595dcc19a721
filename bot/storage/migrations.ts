// The database's shape, step by step: forward only, each step recorded, safe when several instances start at once.
import { ConfigError } from '../errors';
import type { Database } from './sql';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * Every table has board_id first in its key, so that it could be spread by board. Steps are added, never changed; from the
 * sixth on they only add, so that instances of the release before go on while a new one starts (a test looks at this).
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'conversations, ledger, operations, leases',
    statements: [
      `create table conversations (
        board_id text not null,
        entra_object_id text not null,
        reference text not null,
        kept_at timestamptz not null default clock_timestamp(),
        primary key (board_id, entra_object_id)
      )`,
      `create table ledger (
        board_id text not null,
        meeting_ref text not null,
        step text not null,
        person_ref text not null,
        state text not null
          check (state in ('planned', 'claimed', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')),
        route text check (route in ('chat', 'e-mail')),
        subject_refs text not null,
        planned_at timestamptz not null,
        not_before timestamptz,
        worker text,
        session text,
        lease_seconds real,
        lease_until timestamptz,
        sent_at timestamptz,
        activity_id text,
        detail text,
        attempts integer not null default 0,
        fence integer not null default 0,
        primary key (board_id, meeting_ref, step, person_ref)
      )`,
      `create index ledger_open on ledger (board_id, planned_at) where state in ('planned', 'claimed', 'sending')`,
      `create table operations (
        board_id text not null,
        operation_id text not null,
        request text,
        result text,
        begun_at timestamptz not null default clock_timestamp(),
        finished_at timestamptz,
        primary key (board_id, operation_id)
      )`,
      `create index operations_unfinished on operations (board_id, begun_at) where finished_at is null`,
      `create table leases (
        board_id text not null,
        name text not null,
        holder text not null,
        fence integer not null default 1,
        until_at timestamptz not null,
        primary key (board_id, name)
      )`,
    ],
  },
  {
    version: 2,
    name: 'keys of notifications',
    statements: [
      `create table notification_keys (
        board_id text not null,
        address text not null,
        client_state text not null,
        primary key (board_id)
      )`,
    ],
  },
  {
    version: 3,
    name: 'what became of a message before it was sent again',
    statements: [
      `alter table ledger add column earlier text`,
      `create index ledger_uncertain on ledger (board_id) where state = 'uncertain'`,
    ],
  },
  {
    version: 4,
    name: 'pace of sending',
    statements: [
      // Moments are milliseconds of the database's clock.
      `create table send_pace (
        board_id text not null,
        tenant text not null,
        share double precision not null,
        slowed_at_ms double precision not null,
        taken_at_ms double precision not null,
        next_at_ms double precision not null,
        every_ms double precision not null,
        primary key (board_id, tenant)
      )`,
      `create table send_times (
        board_id text not null,
        conversation text not null,
        times double precision[] not null,
        primary key (board_id, conversation)
      )`,
    ],
  },
  {
    version: 5,
    name: 'places of sending',
    statements: [
      `alter table send_pace drop column taken_at_ms, drop column next_at_ms, drop column every_ms`,
      `alter table send_pace add column places jsonb not null default '[]', add column sharers jsonb not null default '{}'`,
    ],
  },
  {
    version: 6,
    name: 'channels of boards',
    statements: [
      `create table channels (
        board_id text not null,
        channel_id text not null,
        reference text not null,
        chosen_by text not null,
        chosen_at timestamptz not null,
        primary key (board_id, channel_id)
      )`,
    ],
  },
];

/** Any number that no other program uses for an advisory lock in this database. */
const migrationLock = 734_102_118;

/** Brings the database to this program's shape; returns the steps taken now. Throws ConfigError for a newer database. */
export async function migrate(db: Database): Promise<readonly string[]> {
  return db.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await sql.query(`create table if not exists schema_steps (
      version integer primary key,
      name text not null,
      applied_at timestamptz not null default clock_timestamp()
    )`);
    const done = await sql.query<{ version: number }>('select version from schema_steps order by version');
    const newest = migrations.at(-1)?.version ?? 0;
    const found = done.at(-1)?.version ?? 0;
    if (found > newest)
      throw new ConfigError([
        `the database has shape ${found}, this program knows ${newest}: a newer version has run here; start that version`,
      ]);
    const due = migrations.filter((one) => one.version > found);
    for (const one of due) {
      for (const statement of one.statements) await sql.query(statement);
      await sql.query('insert into schema_steps (version, name) values ($1, $2)', [one.version, one.name]);
    }
    return due.map((one) => one.name);
  });
}
