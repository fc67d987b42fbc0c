import { sql } from 'kysely';
import { dialectOf } from '../database/dialect.ts';
import { tryTransact } from '../database/transaction.ts';
import type { Db } from '../database/transaction.ts';

/** Throws when the database does not answer. */
export const probeReading = async (db: Db): Promise<void> => {
  await sql`select 1`.execute(db);
};

/** Commits a change that changes nothing; throws when nothing can be saved now. */
export const probeWriting = (db: Db): Promise<void> =>
  tryTransact(db, async (trx) => {
    if (dialectOf(trx) === 'postgres') {
      await sql`select pg_current_xact_id()`.execute(trx);
      return;
    }
    const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(trx);
    await sql`pragma user_version = ${sql.lit(rows[0]?.user_version ?? 0)}`.execute(trx);
  });
