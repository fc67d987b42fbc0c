import { transact } from '../database/transaction.ts';
import type { Db } from '../database/transaction.ts';
import { compareRows } from './compare-rows.ts';
import type { Compared } from './compare-rows.ts';
import { analyseTables, deleteMove, findMove, readRows } from './move-target.repository.ts';
import type { MoveSource } from './move-source.ts';
import type { Progress } from './move-progress.ts';

const rowsARead = 1_000;

/** Compares every row of every table. */
export const verifyRows = async (db: Db, source: MoveSource, onProgress: Progress): Promise<Compared[]> => {
  const results: Compared[] = [];
  let rows = 0;
  for (const table of source.tables) {
    const result = await compareRows(table, source.rows(table), readRows(db, table, rowsARead), () => {
      rows += 1;
      onProgress(rows, table.name);
    });
    results.push(result);
  }
  return results;
};

/** The planner learns what the tables hold now. */
export const analyseTarget = (db: Db, source: MoveSource): Promise<void> => analyseTables(db, source.tables);

/** From here on the target is a database like any other. */
export const endMove = async (db: Db): Promise<void> => {
  if ((await findMove(db)) !== undefined) {
    await transact(db, deleteMove);
  }
};
