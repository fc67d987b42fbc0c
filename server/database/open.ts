import { closeSync, openSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { unicodeLower } from './search.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/**
 * Required of every SQLite connection: a commit that was acknowledged survives a power cut, foreign keys hold, waiting for
 * another process blocks Node's only thread for at most this long, and sorting a long list needs no space on the disk.
 */
const settings = { busy_timeout: 250, journal_mode: 'wal', synchronous: 2, foreign_keys: 1, temp_store: 2 } as const;

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

/** Opens the database of a `sqlite:<file>` URL. The caller migrates it, and destroys it at the end. */
export const openDatabase = (url: string): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new ImmediateSqliteDialect(openSqlite(url.replace(/^sqlite:/, ''))) });

/**
 * A connection of its own for counters that a rollback elsewhere must not take back. While another writes it fails at once:
 * whoever makes attempts that are counted could else make Node's only thread wait for each of them.
 */
export const openCounters = (url: string): BetterSqlite.Database => {
  const sqlite = openSqlite(url.replace(/^sqlite:/, ''));
  sqlite.pragma('busy_timeout = 0');
  return sqlite;
};
