import { sql } from 'kysely';
import { DatabaseRefusedError } from './run-migrations.ts';
import type { Db } from './transaction.ts';

/** Whether a move into this PostgreSQL database has begun and not ended: its table is there until then. */
export const isHalfMoved = async (db: Db): Promise<boolean> =>
  (await sql`select 1 where to_regclass('data_move') is not null`.execute(db)).rows.length > 0;

/** @throws DatabaseRefusedError for a database that has only a part of its data yet */
export const requireWhole = async (db: Db): Promise<void> => {
  if (await isHalfMoved(db)) {
    throw new DatabaseRefusedError(
      'move_unfinished',
      'The move into this database has not ended: run migrate-data again',
    );
  }
};
