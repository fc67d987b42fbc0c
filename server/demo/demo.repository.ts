import type { Trx } from '../database/transaction.ts';
import type { DemoRows } from './build-demo.ts';

/** SQLite takes at most 32,766 values a statement. */
const valuesAStatement = 30_000;

/** Inserts every table's rows, parents before children. */
export const insertDemoRows = async (trx: Trx, rows: DemoRows): Promise<void> => {
  for (const [table, all] of Object.entries(rows) as [keyof DemoRows, DemoRows[keyof DemoRows]][]) {
    const batch = Math.floor(valuesAStatement / Object.keys(all[0] ?? { none: null }).length);
    for (let start = 0; start < all.length; start += batch) {
      await trx
        .insertInto(table)
        .values(all.slice(start, start + batch))
        .execute();
    }
  }
};
