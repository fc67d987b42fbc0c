import BetterSqlite from 'better-sqlite3';

const pragmas = ['journal_mode = wal', 'synchronous = 2', 'foreign_keys = 1'];

interface Statements {
  invoices: BetterSqlite.Statement<unknown[]>;
  lines: BetterSqlite.Statement<unknown[]>;
}

/** The rows that an import has written, in the order in which it took them. */
const readersOf = (source: BetterSqlite.Database, batchSize: number): Statements => ({
  invoices: source
    .prepare(
      `select * from invoice where organisation_id = ? and external_id > ? order by external_id limit ${batchSize}`,
    )
    .raw(),
  lines: source
    .prepare(
      `select line.* from json_each(?) wanted
       cross join invoice_line_item line on line.organisation_id = ? and line.invoice_id = wanted.value
       order by wanted.key, line.position`,
    )
    .raw(),
});

const insertOf = (target: BetterSqlite.Database, table: string): BetterSqlite.Statement<unknown[]> => {
  const columns = target.prepare(`select * from ${table}`).columns();
  return target.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`);
};

/**
 * Inserts what an import has written into `sourceFile` into another database, by one prepared statement a table, in
 * transactions of so many invoices. Answers rows a second; reading is not counted.
 */
export const insertRows = (
  organisationId: string,
  sourceFile: string,
  targetFile: string,
  batchSize: number,
): number => {
  const source = new BetterSqlite(sourceFile, { readonly: true });
  const target = new BetterSqlite(targetFile);
  for (const pragma of pragmas) {
    target.pragma(pragma);
  }
  const columns = source.prepare('select * from invoice').columns();
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const [id, externalId] = [place('id'), place('external_id')];
  const readers = readersOf(source, batchSize);
  const insertInvoice = insertOf(target, 'invoice');
  const insertLine = insertOf(target, 'invoice_line_item');
  const insertBatch = target.transaction((invoices: unknown[][], lines: unknown[][]) => {
    for (const invoice of invoices) {
      insertInvoice.run(invoice);
    }
    for (const line of lines) {
      insertLine.run(line);
    }
  });
  let rows = 0;
  let elapsedMs = 0;
  for (let last: unknown = ''; ;) {
    const invoices = readers.invoices.all(organisationId, last) as unknown[][];
    const end = invoices.at(-1);
    if (end === undefined) {
      break;
    }
    last = end[externalId];
    const lines = readers.lines.all(JSON.stringify(invoices.map((row) => row[id])), organisationId) as unknown[][];
    const start = performance.now();
    insertBatch.immediate(invoices, lines);
    elapsedMs += performance.now() - start;
    rows += invoices.length + lines.length;
  }
  source.close();
  target.close();
  return (1000 * rows) / elapsedMs;
};
