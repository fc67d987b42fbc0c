import { sql } from 'kysely';
import type { Db } from '../transaction.ts';

/** A PostgreSQL that would not keep what we promise; the message says what to change. */
export class DatabaseUnsuitableError extends Error {}

interface Facts {
  role: string;
  can_bypass: number;
  encoding: string;
  version: number;
}

/** The first that has all we use: SQL functions with a body that is checked when they are made. */
const oldestVersion = 140_000;

/**
 * @throws DatabaseUnsuitableError for a role that row-level security does not hold, an encoding that cannot hold every
 * name, or a version too old
 */
export const requireSuitable = async (db: Db, setting = 'DATABASE_URL'): Promise<void> => {
  const { rows } = await sql<Facts>`
    select rolname as role, rolsuper or rolbypassrls as can_bypass, current_setting('server_encoding') as encoding,
      current_setting('server_version_num')::integer as version
    from pg_roles where rolname = current_user`.execute(db);
  const facts = rows[0];
  if (facts?.can_bypass !== 0) {
    throw new DatabaseUnsuitableError(
      `The role ${facts?.role ?? ''} of ${setting} can bypass row-level security; use one that cannot: create role portal login nosuperuser nobypassrls`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new DatabaseUnsuitableError(`The database of ${setting} has the encoding ${facts.encoding}; it must be UTF8`);
  }
  if (facts.version < oldestVersion) {
    throw new DatabaseUnsuitableError(`The server of ${setting} is older than PostgreSQL 14`);
  }
};
