import BetterSqlite from 'better-sqlite3';

/** The end of an organisation's audit. */
export interface Head {
  sequence: number;
  hash: string;
}

/** A file whose commits are as durable as ours, without what ours has besides: triggers, and foreign keys to look up. */
export const openBare = (file: string): BetterSqlite.Database => {
  const sqlite = new BetterSqlite(file);
  for (const pragma of ['journal_mode = wal', 'synchronous = 2', 'foreign_keys = 0']) {
    sqlite.pragma(pragma);
  }
  const triggers = sqlite.prepare<[], string>(`select name from sqlite_schema where type = 'trigger'`).pluck().all();
  for (const name of triggers) {
    sqlite.exec(`drop trigger ${name}`);
  }
  return sqlite;
};
