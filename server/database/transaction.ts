import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Logger } from 'pino';
import { dialectOf } from './dialect.ts';
import { currentOrganisation } from './organisation-context.ts';
import { takingTurns } from './postgres/organisation-lock.ts';
import type { Tables } from './tables.ts';
import { Turns } from './turns.ts';

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

/** How long a write waits, in all, for another process that writes. */
const patienceMs = 2000;
const shortestPauseMs = 5;
const longestPauseMs = 100;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** PostgreSQL: a lock was not to be had in time, two waited for each other, the statement took too long. */
const busyCodes = /^(SQLITE_BUSY|55P03$|40P01$|57014$)/;

/** Another process writes, or the database has too much to do. */
export const isDatabaseBusy = (error: unknown): boolean => busyCodes.test(codeOf(error));

/** SHMSIZE: there was space for the write, but not for the index of the write-ahead log, which grows by 32 kB at a time. */
const fullCodes = /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|53100$)/;

export const isStorageFull = (error: unknown): boolean => fullCodes.test(codeOf(error));

/** PostgreSQL is shutting down, starting, not there or not the primary any more; connections that break name no code. */
const goneCodes =
  /^(57P0[1-5]|08\w{3}|25006|25P0[34]|53[34]00|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NOTFOUND|AI_AGAIN))$/;
const goneMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** The database server cannot be reached, or ended the connection. */
export const isDatabaseGone = (error: unknown): boolean =>
  goneCodes.test(codeOf(error)) || (error instanceof Error && goneMessages.test(error.message));

/**
 * As {@link transact}, but on SQLite gives up at once when another process writes, and on PostgreSQL runs beside other
 * transactions of the organisation: for one statement that is right by itself.
 */
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

let gathering: Promise<void> | undefined;

/** Until all that has arrived by now has been read, so that writes that come at the same time are committed together. */
const gathered = (): Promise<void> => {
  gathering ??= new Promise((resolve) => {
    setImmediate(() => {
      gathering = undefined;
      resolve();
    });
  });
  return gathering;
};

const transactOnSqlite = async <Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> => {
  let hasBegun = false;
  await gathered();
  return untilNotBusy(
    () =>
      tryTransact(db, (trx) => {
        hasBegun = true;
        return work(trx);
      }),
    () => !hasBegun,
  );
};

const turns = new WeakMap<object, Turns>();

const turnsOf = (db: Db): Turns => {
  const { adapter } = db.getExecutor();
  const known = turns.get(adapter) ?? new Turns();
  turns.set(adapter, known);
  return known;
};

const transactOnPostgres = async <Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> => {
  const organisationId = currentOrganisation();
  if (organisationId === '') {
    throw new Error('A transaction needs to know whose it is');
  }
  return turnsOf(db).take(organisationId, patienceMs, () =>
    takingTurns((within) => tryTransact(db, (trx) => within(() => work(trx)))),
  );
};

/**
 * Runs `work` in one write transaction: all of it or nothing. Opened at the top of an operation and passed down as
 * `trx`; inside, the outer `db` must not be used: on SQLite there is one connection and the transaction holds it.
 *
 * Transactions that write for one organisation come one after the other, so that what one has read is still so when it
 * writes. On SQLite all do: while another process writes, this tries again for about two seconds. A try blocks nothing,
 * and between two the connection is free, so that reading goes on; `work` begins once. On PostgreSQL it waits as long for
 * those of its own process, without a connection, and then for those of others.
 */
export const transact = <Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> =>
  dialectOf(db) === 'sqlite' ? transactOnSqlite(db, work) : transactOnPostgres(db, work);

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
