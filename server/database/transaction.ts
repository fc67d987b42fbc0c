import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

/**
 * Runs `work` in one write transaction: all of it or nothing. Opened at the top of an operation and passed down as
 * `trx`; inside, the outer `db` must not be used, because there is one connection and the transaction holds it.
 */
export const transact = <Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> =>
  db.transaction().execute(work);
