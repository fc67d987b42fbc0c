import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

const attempts = 6;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/**
 * Runs `work` in one write transaction: all of it or nothing. Opened at the top of an operation and passed down as
 * `trx`; inside, the outer `db` must not be used, because there is one connection and the transaction holds it.
 *
 * While another process writes, this tries again for about two seconds. Between two tries the connection is free, so
 * that reading goes on; `work` begins once.
 */
export const transact = async <Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> => {
  let hasBegun = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((trx) => {
        hasBegun = true;
        return work(trx);
      });
    } catch (error) {
      if (hasBegun || !isBusy(error) || attempt === attempts) {
        throw error;
      }
      await delay(10 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
};
