import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A migration that runs SQL statements in their order, each ended by `;` at the end of a line. */
export const migrationOf = (statements: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements.split(';\n').filter((text) => text.trim() !== '')) {
      await sql.raw(statement).execute(db);
    }
  },
});
