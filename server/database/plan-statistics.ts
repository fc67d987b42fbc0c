import { sql } from 'kysely';
import type { Db } from './transaction.ts';

interface IndexRow {
  table: string;
  index: string;
  is_unique: 0 | 1;
  columns: number;
  first_column: string;
}

const rowsInAll = 1_000_000;
const rowsAnOrganisation = 50_000;
const rowsBehindIt = [50, 10, 2];

/** `1000000 50000 50 1`: all rows, then the rows that share the first column, the first two, and so on. */
const statisticsOf = ({ is_unique: isUnique, columns, first_column: first }: IndexRow): string => {
  const shared = first === 'organisation_id' ? [rowsAnOrganisation, ...rowsBehindIt] : rowsBehindIt;
  const prefixes = Array.from({ length: columns }, (_, index) => shared[index] ?? 2);
  return [rowsInAll, ...(isUnique ? [...prefixes.slice(0, -1), 1] : prefixes)].join(' ');
};

/**
 * Tells SQLite's planner how rows are spread: many in an organisation, few behind what stands next in a key. Every key
 * starts with the organisation, and without being told SQLite takes that alone to find ten rows: it then reads all rows
 * of a merchant where an index leads to the few that are wanted. The figures are made up, so that plans do not depend on
 * when a database was last analysed; ANALYZE replaces them by counted ones.
 */
export const writePlanStatistics = async (db: Db): Promise<void> => {
  const { rows } = await sql<IndexRow>`
    select "table".name as "table",
      case when "table".wr = 1 and list.origin = 'pk' then "table".name else list.name end as "index",
      list."unique" as is_unique,
      (select count(*) from pragma_index_info(list.name)) as columns,
      (select name from pragma_index_info(list.name) where seqno = 0) as first_column
    from pragma_table_list as "table", pragma_index_list("table".name) as list
    where "table".schema = 'main' and "table".type = 'table' and "table".name not like 'sqlite!_%' escape '!'`.execute(
    db,
  );
  // The way to make the tables of statistics: to analyse something small.
  await sql`analyze kysely_migration`.execute(db);
  await sql`delete from sqlite_stat1`.execute(db);
  await sql`delete from sqlite_stat4`.execute(db);
  const values = rows.map((row) => sql`(${row.table}, ${row.index}, ${statisticsOf(row)})`);
  await sql`insert into sqlite_stat1 (tbl, idx, stat) values ${sql.join(values)}`.execute(db);
  await sql`analyze sqlite_schema`.execute(db);
};
