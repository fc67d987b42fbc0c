import { audit, commandLine } from '../audit/audit.service.ts';
import type { Clock } from '../clock.ts';
import { CommandError } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { importBatch } from './import-batch.ts';
import type { BatchContext, BatchResult, Change, ReadRow, Rejection } from './import-batch.ts';
import { columnsOf } from './mapping.ts';
import type { Mapping } from './mapping.ts';
import { CellError } from './parse-value.ts';
import { openText, readCsv } from './read-csv.ts';
import type { CsvRow } from './read-csv.ts';
import { rowReader } from './read-row.ts';
import { RejectionReport } from './rejection-report.ts';

const rowsATransaction = 250;

export interface ImportResult {
  rows: number;
  customers: Change;
  invoices: Change;
  repeated: number;
  rejected: number;
  /** The file of rejected rows; null when there are none. */
  report: string | null;
}

export interface ImportOrder {
  file: string;
  mapping: Mapping;
  report: string;
  scope: OrganisationScope;
  timeZone: string;
  onProgress: (progress: { rows: number; share: number }) => void;
}

/** Checks that the first row names every column that the mapping reads. @throws CommandError */
const headerOf = (first: CsvRow | undefined, { file, mapping }: ImportOrder): string[] => {
  if (first === undefined) {
    throw new CommandError('file_empty', `${file} is empty: it has no header line`);
  }
  if ('reason' in first) {
    throw new CommandError('header_unreadable', `${file}: the header line cannot be read: ${first.reason}`);
  }
  const header = first.values.map((name) => name.replace(/^\uFEFF/, '').trim());
  const columns = [...columnsOf(mapping)];
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new CommandError('column_missing', `${file} has no column ${missing.map((name) => `"${name}"`).join(', ')}`);
  }
  const doubled = columns.find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (doubled !== undefined) {
    throw new CommandError('column_doubled', `${file} has two columns "${doubled}"`);
  }
  return header;
};

const addTo = (total: Change, part: Change): void => {
  total.created += part.created;
  total.updated += part.updated;
  total.unchanged += part.unchanged;
};

/** Reads one row, or says why it cannot be taken. */
const read = (row: CsvRow, header: readonly string[], readRow: ReturnType<typeof rowReader>): ReadRow | Rejection => {
  if ('reason' in row) {
    return row;
  }
  const { line, values } = row;
  if (values.length !== header.length) {
    return { line, values, reason: `the row has ${values.length} columns, the header ${header.length}` };
  }
  try {
    return { line, values, ...readRow(values) };
  } catch (error) {
    if (error instanceof CellError) {
      return { line, values, reason: error.message };
    }
    throw error;
  }
};

/** Writes down what a batch changed, with it: whoever has read what is so no more learns of it by the audit. */
const writeDown = async (
  trx: Trx,
  { clock, scope }: BatchContext,
  { customers, invoices, rejected }: BatchResult,
  badRows: number,
): Promise<void> => {
  const changes = [
    { action: 'customers.bulk_changed', detail: { ...customers, failed: 0 } },
    { action: 'invoices.bulk_changed', detail: { ...invoices, failed: rejected.length + badRows } },
  ] as const;
  for (const { action, detail } of changes) {
    if (detail.created + detail.updated > 0) {
      await audit(trx, clock, scope, { actor: commandLine, action, detail });
    }
  }
};

/**
 * Imports invoices, their customers and what was paid, a few hundred rows a transaction, so that an interrupted run can
 * simply be run again. Each that changed something is in the audit with what it changed, and at the end the whole run. Bad
 * rows go into the report and do not keep the good ones out.
 * @throws CommandError before anything is written, when file or mapping are unusable
 */
export const importInvoices = async (db: Db, clock: Clock, order: ImportOrder): Promise<ImportResult> => {
  const { scope, mapping } = order;
  const text = await openText(order.file);
  const rows = readCsv(text.chunks, mapping.delimiter);
  const header = headerOf((await rows.next()).value as CsvRow | undefined, order);
  const readRow = rowReader(mapping, header, order.timeZone);
  const report = await RejectionReport.open(order.report, header);
  const context: BatchContext = {
    clock,
    scope,
    method: mapping.payment.method,
    seen: { customers: new Set(), invoices: new Map() },
  };
  const facts = {
    rows: 0,
    customers: { created: 0, updated: 0, unchanged: 0 },
    invoices: { created: 0, updated: 0, unchanged: 0 },
    repeated: 0,
    rejected: 0,
  };
  let batch: (ReadRow | Rejection)[] = [];

  const store = async (): Promise<void> => {
    const good = batch.filter((row): row is ReadRow => !('reason' in row));
    const bad = batch.filter((row): row is Rejection => 'reason' in row);
    const done = await transact(db, async (trx) => {
      const result = await importBatch(trx, context, good);
      await writeDown(trx, context, result, bad.length);
      return result;
    });
    const rejected = [...bad, ...done.rejected].sort((a, b) => a.line - b.line);
    await report.add(rejected);
    addTo(facts.customers, done.customers);
    addTo(facts.invoices, done.invoices);
    facts.rows += batch.length;
    facts.repeated += done.repeated;
    facts.rejected += rejected.length;
    batch = [];
    order.onProgress({ rows: facts.rows, share: text.size === 0 ? 1 : text.bytesRead() / text.size });
  };

  let reportPath: string | null;
  try {
    for await (const row of rows) {
      batch.push(read(row, header, readRow));
      if (batch.length === rowsATransaction) {
        await store();
      }
    }
    await store();
  } finally {
    reportPath = await report.close();
  }
  await transact(db, (trx) =>
    audit(trx, clock, scope, {
      actor: commandLine,
      action: 'invoices.imported',
      detail: facts,
    }),
  );
  return { ...facts, report: reportPath };
};
