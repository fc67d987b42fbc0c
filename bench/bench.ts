import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { benchBulkImport } from './bulk-import.ts';
import { benchExport } from './export.ts';
import { benchInvoiceList } from './invoice-list.ts';
import { benchInvoicePdf } from './invoice-pdf.ts';
import { benchListWork } from './list-work.ts';
import { benchOpenPortal } from './open-portal.ts';
import { printTable } from './result.ts';

const rows = [
  ...(await benchInvoiceList()),
  await benchOpenPortal(),
  ...(await benchListWork()),
  await benchInvoicePdf(),
  ...(await benchBulkImport()),
  ...(await benchExport()),
];
printTable(rows);
writeFileSync(
  fileURLToPath(new URL('../.cache/bench/result.json', import.meta.url)),
  JSON.stringify({ node: process.version, rows }, null, 2),
);
process.exitCode = rows.every((row) => row.isMet) ? 0 : 1;
