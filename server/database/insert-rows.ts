import type { Compilable, CompiledQuery, InsertQueryBuilder, InsertResult } from 'kysely';
import type { Tables } from './tables.ts';
import type { Trx } from './transaction.ts';

/** How many rows one statement takes: the largest that still fits what is left to insert. */
const sizes = [100, 10, 1] as const;

/**
 * Makes a write of many rows of one table that answers how many it wrote. Its few statements have a fixed shape and are
 * compiled once; building one takes several times as long as running it. `columns` are all of the table's columns.
 */
export const rowWriter = <Name extends keyof Tables, Row extends object = Tables[Name]>(
  table: Name,
  columns: readonly (keyof Row & string)[],
  complete: (insert: InsertQueryBuilder<Tables, Name, InsertResult>) => Compilable,
) => {
  const compiled = new WeakMap<object, Map<number, CompiledQuery>>();

  const statementOf = (trx: Trx, size: number): CompiledQuery => {
    const { adapter } = trx.getExecutor();
    const statements = compiled.get(adapter) ?? new Map<number, CompiledQuery>();
    compiled.set(adapter, statements);
    let statement = statements.get(size);
    if (statement === undefined) {
      const row = Object.fromEntries(columns.map((column) => [column, 0]));
      const insert = trx
        .withTables<Record<string, Record<string, number>>>()
        .insertInto<string>(table)
        .values(Array.from({ length: size }, () => row));
      statement = complete(insert as unknown as InsertQueryBuilder<Tables, Name, InsertResult>).compile();
      statements.set(size, statement);
    }
    return statement;
  };

  return async (trx: Trx, rows: readonly Row[]): Promise<number> => {
    let written = 0;
    let start = 0;
    for (const size of sizes) {
      for (; rows.length - start >= size; start += size) {
        const parameters = new Array<unknown>(size * columns.length);
        let place = 0;
        for (let index = start; index < start + size; index += 1) {
          const row = rows[index] as Row;
          for (const column of columns) {
            parameters[place] = row[column];
            place += 1;
          }
        }
        const { numAffectedRows } = await trx.executeQuery({ ...statementOf(trx, size), parameters });
        written += Number(numAffectedRows);
      }
    }
    return written;
  };
};

/** Makes an insert of many rows of one table, see {@link rowWriter}. */
export const rowInserter = <Row extends object>(table: keyof Tables, columns: readonly (keyof Row & string)[]) => {
  const write = rowWriter<keyof Tables, Row>(table, columns, (insert) => insert);
  return async (trx: Trx, rows: readonly Row[]): Promise<void> => {
    await write(trx, rows);
  };
};
