import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf } from '../dialect.ts';
import type { DialectName } from '../dialect.ts';
import type { Db } from '../transaction.ts';

/**
 * What SQLite's way to define a table means to PostgreSQL: texts are ordered by their bytes, whole numbers have 64 bits,
 * and an index is read from either end.
 */
const postgresOf = (statement: string): string =>
  statement
    .replace(/\) strict(, without rowid)?\s*$/, ')')
    .replace(/(\w+) text\b/g, '$1 text collate "C"')
    .replace(/(\w+) integer\b/g, '$1 bigint')
    .replace(/(\w+) real\b/g, '$1 double precision')
    .replace(/(\w+) collate nocase/g, 'lower($1)')
    .replace(/primary key \([^)]*\)/g, (key) => key.replaceAll(' desc', ''));

/** A migration that runs SQL statements in their order, each ended by `;` at the end of a line. */
export const migrationOf = (statements: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    const isPostgres = dialectOf(db as Db) === 'postgres';
    for (const statement of statements.split(';\n').filter((text) => text.trim() !== '')) {
      await sql.raw(isPostgres ? postgresOf(statement) : statement).execute(db);
    }
  },
});

/** A migration for what the two databases have in different words. */
export const migrationByDialect = (statements: Record<DialectName, readonly string[]>): Migration => ({
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements[dialectOf(db as Db)]) {
      await sql.raw(statement).execute(db);
    }
  },
});
