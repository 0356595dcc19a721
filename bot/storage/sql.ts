// The only door to SQL: PostgreSQL in the process (PGlite, one folder) or on a server (pg), the same SQL for both.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Results, Transaction } from '@electric-sql/pglite';
import type { PoolClient, PoolConfig } from 'pg';
import { ConfigError, UpstreamError, isKnownError } from '../errors';
import type { Logger } from '../logger';
import { errorCode } from './errorCode';
import { lockFolder } from './folderLock';

type SqlValue = string | number | boolean | null | readonly string[];

export interface Sql {
  query<T extends object>(sql: string, params?: readonly SqlValue[]): Promise<T[]>;
}

/** Throws UpstreamError for everything the database refuses or does not answer. */
export interface Database extends Sql {
  /** All of `work`, or nothing; use the Sql it is given, not the database itself. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
  readonly kind: 'embedded' | 'server';
  /** Of this opening: an embedded database has one at a time, so what carries another is left from before. */
  readonly session: string;
}

export interface DatabaseSettings {
  /** `postgres://...`; with `?authentication=entra` the password is an Entra token, `client_id` names the identity. */
  readonly databaseUrl?: string;
  /** Of the embedded database, when there is no URL. */
  readonly folder?: string;
  /** The files of an empty embedded database: a new folder begins with a copy, which takes a tenth of making them. */
  readonly emptyFiles?: string;
  readonly logger?: Logger;
}

/** Opens the database that the settings name. Throws ConfigError when another living process holds the folder. */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.databaseUrl !== undefined) return openServer(settings.databaseUrl, settings.logger);
  if (settings.folder !== undefined) return openEmbedded(settings.folder, settings.emptyFiles);
  throw new ConfigError(['neither a database address nor a data folder is given']);
}

/** 128 MB, PostgreSQL's default, is counted in this process: 313 MB when open; with 16 MB it is 187 MB. */
const sharedBuffers = 'shared_buffers=16MB';

async function openEmbedded(folder: string, emptyFiles: string | undefined): Promise<Database> {
  const lock = lockFolder(folder);
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    const dataDir = path.join(folder, 'postgres');
    if (!existsSync(dataDir)) await createFiles(folder, dataDir, emptyFiles);
    const lite = await PGlite.create({ dataDir, startParams: [...PGlite.defaultStartParams, '-c', sharedBuffers] });
    let closed: Promise<void> | undefined;
    return {
      kind: 'embedded',
      session: randomUUID(),
      query: async (sql, params) => liteRows(lite, sql, params),
      transaction: async (work) =>
        translate('transaction', () =>
          lite.transaction((within) => work({ query: async (sql, params) => liteRows(within, sql, params) })),
        ),
      close: async () => {
        closed ??= lite.close().finally(() => lock.release());
        await closed;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Copies the database's files, or makes them in a process of its own: creating them takes 840 MB, which this process
 * would keep. A crash half-way leaves only a draft, which the next start replaces.
 */
async function createFiles(folder: string, dataDir: string, emptyFiles: string | undefined): Promise<void> {
  const draft = path.join(folder, 'postgres.draft');
  rmSync(draft, { recursive: true, force: true });
  if (emptyFiles !== undefined && existsSync(emptyFiles)) {
    cpSync(emptyFiles, draft, { recursive: true });
    renameSync(draft, dataDir);
    return;
  }
  const program =
    'const { PGlite } = require(process.argv[1]); PGlite.create({ dataDir: process.argv[2] }).then((db) => db.close())';
  const args = ['-e', program, require.resolve('@electric-sql/pglite'), draft];
  try {
    await promisify(execFile)(process.execPath, args, { timeout: 120_000, env: {} });
  } catch (cause) {
    throw new UpstreamError('database', `The files of the database could not be created in ${folder}.`, { cause });
  }
  renameSync(draft, dataDir);
}

interface LiteSource {
  query<T>(sql: string, params?: unknown[]): Promise<Results<T>>;
}

async function liteRows<T extends object>(
  source: LiteSource | Transaction,
  sql: string,
  params: readonly SqlValue[] = [],
): Promise<T[]> {
  return translate('query', async () => (await source.query<T>(sql, [...params])).rows);
}

async function openServer(databaseUrl: string, logger: Logger | undefined): Promise<Database> {
  const { Pool } = await import('pg');
  const pool = new Pool(await poolSettings(databaseUrl));
  // An idle connection that breaks is replaced; without a listener it would end the process.
  pool.on('error', (error) => logger?.warn('database.connectionLost', {}, error));
  const rows = async <T extends object>(
    source: Pick<PoolClient, 'query'>,
    sql: string,
    params: readonly SqlValue[] = [],
  ): Promise<T[]> => translate('query', async () => (await source.query<T>(sql, [...params])).rows);
  let closed: Promise<void> | undefined;
  return {
    kind: 'server',
    session: randomUUID(),
    query: async (sql, params) => translate('query', async () => (await pool.query(sql, [...(params ?? [])])).rows),
    transaction: async (work) => {
      const client = await translate('connect', () => pool.connect());
      // The pool listens only while a connection is idle; what breaks now, the statement under way reports.
      const lost = (error: Error): void => logger?.warn('database.connectionLost', {}, error);
      client.on('error', lost);
      try {
        await rows(client, 'begin');
        const result = await work({ query: async (sql, params) => rows(client, sql, params) });
        await rows(client, 'commit');
        client.off('error', lost);
        client.release();
        return result;
      } catch (error) {
        // A connection whose rollback is not sure is thrown away: the server rolls back what it held.
        client.release(true);
        throw error;
      }
    },
    close: async () => {
      closed ??= pool.end();
      await closed;
    },
  };
}

/** The pool's settings from the address; `tokenFor` gives the password where Entra is asked for. */
export async function poolSettings(
  databaseUrl: string,
  tokenFor: (clientId: string | undefined) => Promise<() => Promise<string>> = entraTokens,
): Promise<PoolConfig> {
  const url = new URL(databaseUrl);
  const authentication = url.searchParams.get('authentication');
  const clientId = url.searchParams.get('client_id') ?? undefined;
  url.searchParams.delete('authentication');
  url.searchParams.delete('client_id');
  const settings: PoolConfig = {
    connectionString: url.href,
    max: 10,
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
    statement_timeout: 25_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    application_name: 'board-assistant',
  };
  if (authentication === null) return settings;
  if (authentication !== 'entra')
    throw new ConfigError([`the database address asks for authentication "${authentication}"; only "entra" is known`]);
  // pg lets the address win over these fields, so the address goes in parts.
  return {
    ...settings,
    connectionString: undefined,
    host: url.hostname,
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: await tokenFor(clientId),
    ssl: { rejectUnauthorized: true },
  };
}

async function entraTokens(clientId: string | undefined): Promise<() => Promise<string>> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
  // Source: Microsoft, "Use Microsoft Entra ID for authentication with Azure Database for PostgreSQL".
  return async () => (await credential.getToken('https://ossrdbms-aad.database.windows.net/.default')).token;
}

async function translate<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (isKnownError(cause)) throw cause;
    const code = errorCode(cause);
    throw new UpstreamError('database', `The database did not carry out a ${what}.`, {
      cause,
      mayHaveHappened: !isRefusal(code),
      ...(code === undefined ? {} : { code }),
    });
  }
}

/** A SQLSTATE but for lost connections and shutdowns: the server says that it did not do it. */
function isRefusal(code: string | undefined): boolean {
  return code !== undefined && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) && !/^(08|57P)/.test(code);
}
