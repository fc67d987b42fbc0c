import { closeSync, openSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { openPool, openPostgres } from './postgres/open-postgres.ts';
import type { PostgresSettings } from './postgres/open-postgres.ts';
import { requireSuitable } from './postgres/require-suitable.ts';
import { observed } from './observed-dialect.ts';
import type { DatabaseObserver } from './observed-dialect.ts';
import { unicodeLower } from './search.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/**
 * Required of every SQLite connection: a commit that was acknowledged survives a power cut, foreign keys hold, waiting for
 * another process blocks Node's only thread for at most this long, and sorting a long list needs no space on the disk. Of
 * the file's pages 4 MB are kept instead of better-sqlite3's 16: the system keeps them too, once for all processes. Lists
 * cost no more processor time for it, inserting in bulk a tenth.
 */
const settings = {
  busy_timeout: 250,
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  temp_store: 2,
  cache_size: -4000,
} as const;

const ownerOnly = 0o600;

const openSqlite = (file: string) => {
  // Customers' data; SQLite gives the files beside it the same mode.
  closeSync(openSync(file, 'a', ownerOnly));
  const sqlite = new BetterSqlite(file);
  sqlite.function(unicodeLower, { deterministic: true }, (text) => (text === null ? null : String(text).toLowerCase()));
  for (const [name, wanted] of Object.entries(settings)) {
    sqlite.pragma(`${name} = ${wanted}`);
    const actual = sqlite.pragma(name, { simple: true });
    if (actual !== wanted) {
      sqlite.close();
      throw new Error(`SQLite setting ${name} is ${String(actual)}, but must be ${wanted} (file ${file})`);
    }
  }
  return sqlite;
};

export const isPostgresUrl = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/** What a command line needs, also through a pooler; a server is told. */
const fewConnections: PostgresSettings = { connections: 4, preparesStatements: false };

const counterConnections = 2;

/**
 * Opens the database of a `sqlite:<file>` or `postgres://…` URL. The caller migrates it, and destroys it at the end. A
 * file is opened at once, a server asked at the first use.
 */
export const openDatabase = (
  url: string,
  settings: PostgresSettings = fewConnections,
  observer?: DatabaseObserver,
): Kysely<Tables> =>
  isPostgresUrl(url)
    ? openPostgres(url, settings, observer)
    : new Kysely<Tables>({
        dialect: observed(
          new ImmediateSqliteDialect(openSqlite(url.replace(/^sqlite:/, '')), observer?.statement !== undefined),
          observer,
        ),
      });

/**
 * A copy must hide other organisations' rows as the database itself does.
 * @throws DatabaseUnsuitableError, or why it does not answer
 */
export const requireSuitableReplica = async (readUrl: string | undefined): Promise<void> => {
  if (readUrl === undefined) {
    return;
  }
  const replica = openPostgres(readUrl, { connections: 1, preparesStatements: false });
  try {
    await requireSuitable(replica, 'DATABASE_READ_URL');
  } finally {
    await replica.destroy();
  }
};

/** Where failed attempts are counted. */
export type Counters = BetterSqlite.Database | Pool;

const openSqliteCounters = (url: string): BetterSqlite.Database => {
  const sqlite = openSqlite(url.replace(/^sqlite:/, ''));
  sqlite.pragma('busy_timeout = 0');
  return sqlite;
};

/**
 * Connections of their own for counters that a rollback elsewhere must not take back. While another process writes, SQLite's
 * fails at once: whoever makes attempts that are counted could else make Node's only thread wait for each of them.
 */
export const openCounters = (url: string, settings: PostgresSettings = fewConnections): Counters =>
  isPostgresUrl(url) ? openPool(url, { ...settings, connections: counterConnections }, []) : openSqliteCounters(url);

/** The database as a probe asks it: on PostgreSQL past those who wait for one of the requests' connections. */
export const openProbe = (db: Kysely<Tables>, counters: Counters): Kysely<Tables> =>
  counters instanceof BetterSqlite ? db : new Kysely<Tables>({ dialect: new PostgresDialect({ pool: counters }) });

export const closeCounters = async (counters: Counters): Promise<void> => {
  await (counters instanceof BetterSqlite ? counters.close() : counters.end());
};
