import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Tables } from './tables.ts';

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

/** How long a write waits, in all, for another process that writes. */
const patienceMs = 2000;
const shortestPauseMs = 5;
const longestPauseMs = 100;

const isOfKind = (error: unknown, kind: string): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith(kind);

export const isDatabaseBusy = (error: unknown): boolean => isOfKind(error, 'SQLITE_BUSY');

/** SHMSIZE: there was space for the write, but not for the index of the write-ahead log, which grows by 32 kB at a time. */
export const isStorageFull = (error: unknown): boolean =>
  isOfKind(error, 'SQLITE_FULL') || isOfKind(error, 'SQLITE_IOERR_SHMSIZE');

/** As {@link transact}, but gives up at once when another process writes. */
export const tryTransact = <Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> =>
  db.transaction().execute(work);

/**
 * Does something that fails at once while another connection writes, again and again for about two seconds. Between two
 * tries others have their turn.
 * @throws what `attempt` throws: SQLite's SQLITE_BUSY when the two seconds are over or `mayTryAgain` forbids
 */
export const untilNotBusy = async <Result>(
  attempt: () => Promise<Result>,
  mayTryAgain: () => boolean = () => true,
): Promise<Result> => {
  let waitedMs = 0;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isDatabaseBusy(error) || waitedMs >= patienceMs || !mayTryAgain()) {
        throw error;
      }
      const jitteredMs = pauseMs * (0.5 + Math.random());
      await delay(jitteredMs);
      waitedMs += jitteredMs;
    }
  }
};

/**
 * Runs `work` in one write transaction: all of it or nothing. Opened at the top of an operation and passed down as
 * `trx`; inside, the outer `db` must not be used, because there is one connection and the transaction holds it.
 *
 * While another process writes, this tries again for about two seconds. A try blocks nothing, and between two the
 * connection is free, so that reading goes on; `work` begins once.
 */
export const transact = <Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> => {
  let hasBegun = false;
  return untilNotBusy(
    () =>
      tryTransact(db, (trx) => {
        hasBegun = true;
        return work(trx);
      }),
    () => !hasBegun,
  );
};

/**
 * Writes a sign of life, on which no answer depends: what cannot be written at once, because another process writes or no
 * space is left, is logged and left out, so that reading goes on.
 */
export const noteInPassing = async (
  { db, log }: { db: Db; log: Logger },
  work: (trx: Trx) => Promise<void>,
): Promise<void> => {
  try {
    await tryTransact(db, work);
  } catch (error) {
    if (!isDatabaseBusy(error) && !isStorageFull(error)) {
      throw error;
    }
    log.warn({ reason: (error as Error).message }, 'a sign of life was not written down');
  }
};
