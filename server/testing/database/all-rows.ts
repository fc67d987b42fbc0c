import { sql } from 'kysely';
import type { Db } from '../../database/transaction.ts';

/** The names of a database's tables, but for those of the migrations' bookkeeping. */
export const tableNames = async (db: Db): Promise<string[]> =>
  (await db.introspection.getTables()).map(({ name }) => name).toSorted();

/** Every row of every table, each table's in the order of their text. */
export const readAllRows = async (db: Db): Promise<Record<string, string[]>> => {
  const found: Record<string, string[]> = {};
  for (const name of await tableNames(db)) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    found[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return found;
};
