import { createHash } from 'node:crypto';
import { keyOf } from './moved-tables.ts';
import type { MovedTable, Row } from './moved-tables.ts';

/** Where two tables are not the same. */
export interface Difference {
  kind: 'missing_in_target' | 'only_in_target' | 'different';
  key: string[];
  /** Of a row that is different. */
  columns: string[];
}

export interface Compared {
  table: MovedTable;
  rows: number;
  /** Over all rows of the source in the order of their keys, each a line of JSON of its values as texts. */
  sha256: string;
  /** The first. */
  difference: Difference | undefined;
}

/** Both databases order texts by their bytes. */
const compareKeys = (table: MovedTable, one: readonly string[], other: readonly string[]): number => {
  for (const [index, place] of table.key.entries()) {
    const [a, b] = [one[index] ?? '', other[index] ?? ''];
    const order =
      table.columns[place]?.type === 'integer'
        ? Number(BigInt(a) - BigInt(b))
        : Buffer.compare(Buffer.from(a), Buffer.from(b));
    if (order !== 0) {
      return order;
    }
  }
  return 0;
};

const differenceOf = (table: MovedTable, own: Row | undefined, moved: Row | undefined): Difference => {
  const ownKey = own && keyOf(table, own);
  const movedKey = moved && keyOf(table, moved);
  const order = ownKey === undefined ? 1 : movedKey === undefined ? -1 : compareKeys(table, ownKey, movedKey);
  if (order !== 0) {
    return order < 0
      ? { kind: 'missing_in_target', key: ownKey ?? [], columns: [] }
      : { kind: 'only_in_target', key: movedKey ?? [], columns: [] };
  }
  const columns = table.columns.flatMap(({ name }, place) => (own?.[place] === moved?.[place] ? [] : [name]));
  return { kind: 'different', key: ownKey ?? [], columns };
};

/** Reads both sides of a table in the order of the keys, row for row, up to the first difference. */
export const compareRows = async (
  table: MovedTable,
  own: Iterator<Row>,
  moved: AsyncIterator<Row>,
  onRow: () => void,
): Promise<Compared> => {
  const sum = createHash('sha256');
  for (let rows = 0; ; rows += 1) {
    const { value: ownRow } = own.next() as { value: Row | undefined };
    const { value: movedRow } = (await moved.next()) as { value: Row | undefined };
    const line = JSON.stringify(ownRow);
    if (line !== JSON.stringify(movedRow)) {
      own.return?.();
      await moved.return?.();
      return { table, rows, sha256: '', difference: differenceOf(table, ownRow, movedRow) };
    }
    if (ownRow === undefined) {
      return { table, rows, sha256: sum.digest('hex'), difference: undefined };
    }
    sum.update(line).update('\n');
    onRow();
  }
};
