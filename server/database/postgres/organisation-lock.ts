import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { everyOrganisation } from '../organisation-context.ts';

/** Any number that nobody else on the database server uses for a lock. */
const lockNumber = 5_203_771_906_324;

const beginnings = new AsyncLocalStorage<boolean>();

/**
 * A transaction that `begin` begins waits, in the message that begins it, until no other transaction writes for the same
 * organisation, or, across organisations, for any; until its own end. `begin` is given what to run its work in: what that
 * begins takes no lock.
 */
export const takingTurns = <Result>(
  begin: (within: <Inner>(work: () => Inner) => Inner) => Promise<Result>,
): Promise<Result> => beginnings.run(true, () => begin((work) => beginnings.run(false, work)));

/** The statement that takes the lock; undefined where the transaction that begins here needs none. */
export const lockOf = (organisationId: string): string | undefined => {
  if (beginnings.getStore() !== true) {
    return undefined;
  }
  return organisationId === everyOrganisation
    ? `select pg_advisory_xact_lock(${lockNumber})`
    : `select pg_advisory_xact_lock_shared(${lockNumber}), pg_advisory_xact_lock(hashtextextended(${pg.escapeLiteral(organisationId)}, ${lockNumber}))`;
};
