import { hash } from 'node:crypto';
import BetterSqlite from 'better-sqlite3';
import { explained, requireReadable } from '../backup/copy-database.ts';
import { CommandError } from '../command-line/command-line.ts';
import { migrations } from '../database/migrate.ts';
import { requireKnown } from '../database/run-migrations.ts';
import { isDatabaseBusy } from '../database/transaction.ts';
import { exactNumber, familyTable, tableNames, tableOf } from './moved-tables.ts';
import type { ColumnOf, MovedTable, Row } from './moved-tables.ts';

const waitMs = 1000;

const expressionOf = ({ name, type }: ColumnOf): string => (type === 'integer' ? `cast(${name} as text)` : name);

const placeholderOf = ({ type }: ColumnOf): string => (type === 'integer' ? 'cast(? as integer)' : '?');

/** An SQLite database that nobody else has open, nor can open, until this is closed: what is read is all there is. */
export class MoveSource {
  readonly tables: readonly MovedTable[];
  readonly counts: ReadonlyMap<MovedTable, number>;
  /** Tells it from every other database, and from itself after a change. */
  readonly fingerprint: string;
  private readonly sqlite: BetterSqlite.Database;

  private constructor(sqlite: BetterSqlite.Database) {
    this.sqlite = sqlite;
    this.tables = tableNames.map((name) => tableOf(name, this.columnsOf(name)));
    this.counts = new Map(
      this.tables.map((table) => [table, Number(sqlite.prepare(`select count(*) from ${table.name}`).pluck().get())]),
    );
    const heads = sqlite.prepare('select organisation_id, sequence, hash from audit_head order by 1').raw().all();
    this.fingerprint = hash('sha256', JSON.stringify([[...this.counts.values()], heads]));
  }

  /** @throws CommandError, DatabaseTooNewError */
  static async open(file: string): Promise<MoveSource> {
    await requireReadable(file);
    let sqlite: BetterSqlite.Database | undefined;
    try {
      sqlite = new BetterSqlite(file, { fileMustExist: true, timeout: waitMs });
      requireCurrent(file, sqlite);
      sqlite.pragma('locking_mode = exclusive');
      sqlite.exec('begin exclusive; commit');
      return new MoveSource(sqlite);
    } catch (error) {
      sqlite?.close();
      if (isDatabaseBusy(error)) {
        throw new CommandError(
          'database_in_use',
          `${file} is in use: stop its servers and other commands first, or move a copy that \`backup\` made`,
        );
      }
      throw explained(`Cannot read ${file}`, error);
    }
  }

  /** Every row behind a key, or every row, in the order of the keys. */
  rows(table: MovedTable, after?: readonly string[]): IterableIterator<Row> {
    return this.select(table, table.name, '', after);
  }

  /**
   * The rows that can be written when those of all earlier generations have been: of a table whose rows refer to each
   * other, those without a parent are the first generation, their children the next.
   */
  generation(table: MovedTable, generation: number, after?: readonly string[]): IterableIterator<Row> {
    if (table.name !== familyTable) {
      return this.rows(table, after);
    }
    return generation === 0
      ? this.select(table, table.name, 'parent_id is null', after)
      : this.select(
          table,
          `${table.name} join temp.generation using (organisation_id, id)`,
          `generation = ${generation}`,
          after,
        );
  }

  /** How many generations a table has. */
  generations({ name }: MovedTable): number {
    return name === familyTable
      ? 1 + Number(this.sqlite.prepare('select coalesce(max(generation), 0) from temp.generation').pluck().get())
      : 1;
  }

  /** Finds out the generations. @throws CommandError for rows that are each other's ancestors */
  readGenerations(): void {
    this.sqlite.exec(`create temp table generation (organisation_id, id, generation, primary key (organisation_id, id));
      insert into temp.generation with recursive child (organisation_id, id, generation) as (
        select child.organisation_id, child.id, 1 from ${familyTable} as child
          join ${familyTable} as parent on parent.organisation_id = child.organisation_id and parent.id = child.parent_id
          where child.parent_id is not null and parent.parent_id is null
        union all
        select grandchild.organisation_id, grandchild.id, child.generation + 1 from child
          join ${familyTable} as grandchild
            on grandchild.organisation_id = child.organisation_id and grandchild.parent_id = child.id
      ) select * from child`);
    const circular = this.sqlite
      .prepare<[], { organisation_id: string; id: string }>(
        `select organisation_id, id from ${familyTable} where parent_id is not null
          and (organisation_id, id) not in (select organisation_id, id from temp.generation) limit 1`,
      )
      .get();
    if (circular !== undefined) {
      throw new CommandError(
        'rows_circular',
        `${familyTable} organisation_id ${circular.organisation_id}, id ${circular.id} is its own ancestor by parent_id`,
      );
    }
  }

  /** The bytes of each row's texts, all in one. */
  texts({ name, columns }: MovedTable): IterableIterator<Buffer> {
    const texts = columns.filter(({ type }) => type === 'text').map((column) => column.name);
    return this.sqlite
      .prepare<[], Buffer>(`select cast(concat_ws(' ', ${texts.join(', ')}) as blob) from ${name}`)
      .pluck()
      .iterate();
  }

  /** The bytes of each value of each row. */
  bytes({ name, columns }: MovedTable): IterableIterator<readonly (Buffer | null)[]> {
    return this.sqlite
      .prepare<[], (Buffer | null)[]>(
        `select ${columns.map((column) => `cast(${column.name} as blob)`).join(', ')} from ${name}`,
      )
      .raw()
      .iterate() as IterableIterator<(Buffer | null)[]>;
  }

  close(): void {
    this.sqlite.close();
  }

  private columnsOf(table: string): ColumnOf[] {
    const columns = this.sqlite.pragma(`table_info(${table})`) as { name: string; type: string }[];
    return columns.map(({ name, type }) => ({ name, type: type.toLowerCase() as ColumnOf['type'] }));
  }

  private *select(
    { columns, key }: MovedTable,
    from: string,
    condition: string,
    after: readonly string[] | undefined,
  ): IterableIterator<Row> {
    const keyColumns = key.flatMap((place) => columns[place] ?? []);
    const names = keyColumns.map(({ name }) => name).join(', ');
    const behind = after === undefined ? '' : `(${names}) > (${keyColumns.map(placeholderOf).join(', ')})`;
    const conditions = [condition, behind].filter((text) => text !== '').join(' and ');
    const reals = columns.flatMap(({ type }, place) => (type === 'real' ? [place] : []));
    const rows = this.sqlite
      .prepare<unknown[], (string | number | null)[]>(
        `select ${columns.map(expressionOf).join(', ')} from ${from}
          ${conditions === '' ? '' : `where ${conditions}`} order by ${names}`,
      )
      .raw()
      .iterate(...(after ?? []));
    for (const row of rows as IterableIterator<(string | number | null)[]>) {
      for (const place of reals) {
        const value = row[place];
        row[place] = typeof value === 'number' ? exactNumber(value) : null;
      }
      yield row as Row;
    }
  }
}

/** @throws CommandError unless the database has the schema of this program; DatabaseTooNewError */
const requireCurrent = (file: string, sqlite: BetterSqlite.Database): void => {
  const isPortal = sqlite.prepare(`select 1 from sqlite_schema where name = 'kysely_migration'`).get() !== undefined;
  if (!isPortal) {
    throw new CommandError('not_a_portal_database', `${file} is no database of the portal`);
  }
  const executed = sqlite.prepare<[], string>('select name from kysely_migration order by name').pluck().all();
  requireKnown(executed, migrations);
  if (executed.length < Object.keys(migrations).length) {
    throw new CommandError(
      'source_outdated',
      `${file} belongs to an older version of this program: bring it up to date first, by \`migrate\` with DATABASE_URL=sqlite:${file}`,
    );
  }
};
