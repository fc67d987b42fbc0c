import { sql } from 'kysely';
import type { Db } from '../database/transaction.ts';

/** Throws when the database does not answer. */
export const probeDatabase = async (db: Db): Promise<void> => {
  await sql`select 1`.execute(db);
};
