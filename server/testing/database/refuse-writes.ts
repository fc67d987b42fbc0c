import { sql } from 'kysely';
import { byDialect, dialectOf } from '../../database/dialect.ts';
import type { Db } from '../../database/transaction.ts';

export interface Refusal {
  write: 'insert' | 'update';
  table: string;
  /** Of which rows: a condition on `new`; without one of all. */
  when?: string;
}

/** While `work` runs, the database fails at writes of one kind, as it may for any reason of its own. */
export const whileRefusing = async <Result>(
  db: Db,
  { write, table, when = 'true' }: Refusal,
  work: () => Promise<Result>,
): Promise<Result> => {
  const isPostgres = dialectOf(db) === 'postgres';
  const on = sql.raw(`before ${write} on ${table}`);
  const condition = sql.raw(when);
  if (isPostgres) {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`.execute(
      db,
    );
  }
  await byDialect({
    sqlite: sql`create trigger refusal ${on} when ${condition} begin select raise(abort, 'refused'); end`,
    postgres: sql`create trigger refusal ${on} for each row when (${condition}) execute function refuse()`,
  }).execute(db);
  try {
    return await work();
  } finally {
    await byDialect({
      sqlite: sql`drop trigger refusal`,
      postgres: sql`drop function refuse() cascade`,
    }).execute(db);
  }
};
