import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { isHalfMoved } from '../database/half-moved.ts';
import type { Db, Trx } from '../database/transaction.ts';
import { arrayLiteral } from './array-literal.ts';
import { exactNumber, keyOf } from './moved-tables.ts';
import type { ColumnOf, MovedTable, Row, TableName } from './moved-tables.ts';

/** How far a move has come. */
export interface Place {
  table: TableName;
  generation: number;
  /** Of the last row that was moved. */
  key: readonly string[];
  /** Of all tables. */
  rows: number;
}

/** What a target knows of the move into it. */
export interface BegunMove {
  /** The source's fingerprint. */
  source: string;
  place: Place | undefined;
}

const bookkeeping = sql.raw('data_move');

export const findMove = async (db: Db): Promise<BegunMove | undefined> => {
  if (!(await isHalfMoved(db))) {
    return undefined;
  }
  const { rows } = await sql<{
    source: string;
    place: string | null;
  }>`select source, place from ${bookkeeping}`.execute(db);
  const [row] = rows;
  return row && { source: row.source, place: row.place === null ? undefined : (JSON.parse(row.place) as Place) };
};

/** Every row is an organisation's. */
export const hasRows = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('organisation').select('id').limit(1).execute()).length > 0;

export const insertMove = async (trx: Trx, source: string): Promise<void> => {
  await sql`create table ${bookkeeping} (source text not null, rows bigint not null, place text)`.execute(trx);
  await sql`insert into ${bookkeeping} (source, rows) values (${source}, 0)`.execute(trx);
};

/** Goes from one place to the next; false when somebody else has moved on meanwhile. */
export const updateMove = async (trx: Trx, rowsBefore: number, place: Place): Promise<boolean> => {
  const { numAffectedRows } = await sql`update ${bookkeeping} set rows = ${place.rows}, place = ${JSON.stringify(place)}
    where rows = ${rowsBefore}`.execute(trx);
  return numAffectedRows === 1n;
};

export const deleteMove = async (trx: Trx): Promise<void> => {
  await sql`drop table ${bookkeeping}`.execute(trx);
};

const typeNames = { text: 'text', integer: 'bigint', real: 'double precision' } as const satisfies Record<
  ColumnOf['type'],
  string
>;

const namesOf = (columns: readonly ColumnOf[]): RawBuilder<unknown> =>
  sql.join(columns.map(({ name }) => sql.ref(name)));

const setting = (place: number): string => `portal.moved_${place}`;

/**
 * Appends entries to the audit one after the other. The database takes only the entry that is next in its chain, and has
 * the chain's end where it belongs only when the statement before is over.
 */
const appendEntries = async (trx: Trx, { name, columns }: MovedTable, values: readonly string[]): Promise<void> => {
  await sql`select ${sql.join(values.map((value, place) => sql`set_config(${setting(place)}, ${value}, true)`))}`.execute(
    trx,
  );
  const arrays = columns.map(({ type }, place) => `current_setting('${setting(place)}')::${typeNames[type]}[]`);
  const names = columns.map((column) => column.name).join(', ');
  await sql
    .raw(
      `do $$ declare entry record; begin
        for entry in select * from unnest(${arrays.join(', ')}) with ordinality as entry (${names}, place) order by place loop
          insert into ${name} (${names}) values (${columns.map((column) => `entry.${column.name}`).join(', ')});
        end loop;
      end $$`,
    )
    .execute(trx);
};

export const insertRows = async (trx: Trx, table: MovedTable, rows: readonly Row[]): Promise<void> => {
  const { name, columns } = table;
  const values = columns.map((_, place) => arrayLiteral(rows.map((row) => row[place] ?? null)));
  if (name === 'audit_event') {
    await appendEntries(trx, table, values);
    return;
  }
  const arrays = columns.map(({ type }, place) => sql`${values[place]}::${sql.raw(typeNames[type])}[]`);
  await sql`insert into ${sql.table(name)} (${namesOf(columns)}) select * from unnest(${sql.join(arrays)})`.execute(
    trx,
  );
};

/** Rows behind a key, or the first ones, in the order of the keys. */
export const findRows = async (
  db: Db,
  table: MovedTable,
  after: readonly string[] | undefined,
  limit: number,
): Promise<Row[]> => {
  const { name, columns, key } = table;
  const keyColumns = key.flatMap((place) => columns[place] ?? []);
  // With their table: a bare name would mean what is selected, which for numbers is text.
  const names = sql.join(keyColumns.map((column) => sql.ref(`${name}.${column.name}`)));
  const behind = sql`where (${names}) > (${sql.join(
    keyColumns.map(({ type }, place) => sql`${after?.[place]}::${sql.raw(typeNames[type])}`),
  )})`;
  const values = columns.map(({ name: column, type }) =>
    type === 'integer' ? sql`${sql.ref(column)}::text as ${sql.ref(column)}` : sql.ref(column),
  );
  const { rows } = await sql<Record<string, string | number | null>>`
    select ${sql.join(values)} from ${sql.table(name)} ${after === undefined ? sql`` : behind}
    order by ${names} limit ${sql.lit(limit)}`.execute(db);
  return rows.map((row) => Object.values(row).map((value) => (typeof value === 'number' ? exactNumber(value) : value)));
};

/** Every row, in the order of the keys. The next ones are on their way while some are looked at. */
export async function* readRows(db: Db, table: MovedTable, rowsABatch: number): AsyncGenerator<Row> {
  let reading: Promise<Row[]> | undefined = findRows(db, table, undefined, rowsABatch);
  while (reading !== undefined) {
    const rows: Row[] = await reading;
    const last = rows.at(-1);
    reading =
      last === undefined || rows.length < rowsABatch ? undefined : findRows(db, table, keyOf(table, last), rowsABatch);
    // Whoever stops in between does not hear of it.
    reading?.catch(() => undefined);
    yield* rows;
  }
}

/** What the planner knows of tables that were empty a moment ago. */
export const analyseTables = async (db: Db, tables: readonly MovedTable[]): Promise<void> => {
  for (const { name } of tables) {
    await sql`analyze ${sql.table(name)}`.execute(db);
  }
};
