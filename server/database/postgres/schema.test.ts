import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAllRows, tableNames } from '../../testing/database/all-rows.ts';
import { createDatabase } from '../../testing/test-server.ts';
import { migrate, migrations } from '../migrate.ts';
import { migrationOf } from '../migrations/statements.ts';
import { openDatabase } from '../open.ts';
import { DatabaseTooNewError, runMigrations } from '../run-migrations.ts';
import { transact } from '../transaction.ts';
import type { Db } from '../transaction.ts';

describe.runIf(process.env['TEST_DATABASE'] === 'postgres')('the schema on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let db: Db;

  beforeAll(async () => {
    database = await createDatabase();
    db = openDatabase(database.url);
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  const columnsThat = async (condition: string): Promise<string[]> => {
    const { rows } = await sql<{ name: string }>`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name not like 'kysely%' and ${sql.raw(condition)}
      order by name`.execute(db);
    return rows.map(({ name }) => name);
  };

  it('orders every text by its bytes, as SQLite does', async () => {
    expect((await columnsThat(`data_type = 'text'`)).length).toBeGreaterThan(150);
    expect(await columnsThat(`data_type = 'text' and collation_name is distinct from 'C'`)).toEqual([]);
  });

  it('has whole numbers of 64 bits', async () => {
    expect(await columnsThat(`data_type in ('integer', 'smallint', 'numeric')`)).toEqual(['rate_limit.points']);
  });

  it('stays as it was when a migration fails, and the ones before it are undone too', async () => {
    const before = [await tableNames(db), await readAllRows(db)];
    const broken = {
      ...migrations,
      '9001-works': migrationOf('create table extra (id text) strict;\n'),
      '9002-fails': { up: () => Promise.reject(new Error('no such luck')) },
    };
    await expect(runMigrations(db, broken)).rejects.toThrow('no such luck');
    expect([await tableNames(db), await readAllRows(db)]).toEqual(before);
  });

  it('stays as it was when the connection is cut in the midst of a migration', async () => {
    const before = await tableNames(db);
    const cut = {
      ...migrations,
      '9001-works': migrationOf('create table extra (id text) strict;\n'),
      '9002-is-cut': migrationOf('select pg_terminate_backend(pg_backend_pid());\n'),
    };
    await expect(runMigrations(db, cut)).rejects.toThrow();
    expect(await tableNames(db)).toEqual(before);
    expect(await migrate(db)).toEqual([]);
  });

  it('is made once by several who migrate at once, and they wait longer than a write would', async () => {
    const slow = {
      ...migrations,
      '9001-slow': migrationOf('create table slow (id text) strict;\nselect pg_sleep(3);\n'),
    };
    const others = [openDatabase(database.url), openDatabase(database.url)];
    const ran = await Promise.all([db, ...others].map((one) => runMigrations(one, slow)));
    expect(ran.flat()).toEqual(['9001-slow']);
    for (const other of others) {
      await other.destroy();
    }
  });

  it('of a newer version is refused', async () => {
    await transact(db, (trx) => sql`insert into kysely_migration values ('9000-future', '2030')`.execute(trx));
    await expect(migrate(db)).rejects.toThrow(DatabaseTooNewError);
    await expect(migrate(db)).rejects.toThrow('9000-future');
  });
});
