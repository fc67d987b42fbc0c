import BetterSqlite from 'better-sqlite3';

/** Everything that a database holds, as text that can be compared. */
export interface DatabaseDump {
  /** What was created, in the order of the names. */
  schema: string[];
  /** The rows of each table, each a line of JSON, in the order of their text. */
  rows: Record<string, string[]>;
}

/** Which moment a migration ran at, and how a planner was told, say nothing of the data. */
const isData = (table: string): boolean => !table.startsWith('kysely_') && !table.startsWith('sqlite_');

/** Reads a whole database at one moment. */
export const dumpDatabase = (file: string): DatabaseDump => {
  const sqlite = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  try {
    sqlite.exec('begin');
    const entries = sqlite
      .prepare<[], { type: string; name: string; sql: string | null }>('select type, name, sql from sqlite_schema')
      .all()
      .filter(({ name }) => !name.startsWith('sqlite_'));
    const tables = entries.filter(({ type, name }) => type === 'table' && isData(name)).map(({ name }) => name);
    const executed = entries.some(({ name }) => name === 'kysely_migration')
      ? sqlite.prepare<[], string>('select name from kysely_migration').pluck().all()
      : [];
    return {
      schema: [...entries.map(({ type, name, sql }) => `${type} ${name}: ${sql ?? ''}`), ...executed].toSorted(),
      rows: Object.fromEntries(
        tables.toSorted().map((table) => [
          table,
          sqlite
            .prepare<[], unknown[]>(`select * from "${table}"`)
            .raw()
            .all()
            .map((row) => JSON.stringify(row))
            .toSorted(),
        ]),
      ),
    };
  } finally {
    sqlite.close();
  }
};
