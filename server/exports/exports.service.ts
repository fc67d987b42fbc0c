import type {
  ConsoleInvoicesExportQuery,
  CsvFormat,
  PortalEntitlementsExportQuery,
  PortalPaymentsExportQuery,
} from '#contract/documents.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { eachEntitlement } from '../entitlements/entitlements.service.ts';
import { Download } from '../http/route.ts';
import { eachInvoice } from '../invoices/invoices.service.ts';
import { eachPayment } from '../payments/payments.service.ts';
import { csvStream, csvType } from './csv.ts';
import type { Column } from './csv.ts';
import { datedFileName } from './dated-file-name.ts';
import { entitlementColumns } from './entitlement-columns.ts';
import { invoiceColumns } from './invoice-columns.ts';
import { paymentColumns } from './payment-columns.ts';

const pageSize = 100;

/** By another order than the one in which its rows lie, each page looks through the whole list. */
const sortedPageSize = 2_500;

const pageSizeOf = (order: string, stored: string): number =>
  order === stored || order === `-${stored}` ? pageSize : sortedPageSize;

interface CsvFile<Row> {
  stem: string;
  columns: readonly Column<Row>[];
  pages: AsyncIterable<readonly Row[]>;
  format: CsvFormat;
}

const downloadCsv = <Row>(
  dependencies: Dependencies,
  view: CustomerView,
  { stem, columns, pages, format }: CsvFile<Row>,
): Download => new Download(csvType, datedFileName(dependencies, view, stem, 'csv'), csvStream(columns, pages, format));

/** Every invoice that the filters leave, in the order asked for. */
export const exportInvoices = (
  dependencies: Dependencies,
  view: CustomerView,
  { format, ...query }: ConsoleInvoicesExportQuery,
): Download =>
  downloadCsv(dependencies, view, {
    stem: 'invoices',
    columns: invoiceColumns(view.timeZone),
    pages: eachInvoice(dependencies, view, { query, pageSize: pageSizeOf(query.order, 'created_at') }),
    format,
  });

/** Every payment and refund that the filters leave, in the order asked for. */
export const exportPayments = (
  dependencies: Dependencies,
  view: CustomerView,
  { format, ...query }: PortalPaymentsExportQuery,
): Download =>
  downloadCsv(dependencies, view, {
    stem: 'payments',
    columns: paymentColumns(view.timeZone),
    pages: eachPayment(dependencies, view, { query, pageSize: pageSizeOf(query.order, 'timestamp') }),
    format,
  });

/** Everything granted that the filters leave, in the order asked for. */
export const exportEntitlements = (
  dependencies: Dependencies,
  view: CustomerView,
  { format, ...query }: PortalEntitlementsExportQuery,
): Download =>
  downloadCsv(dependencies, view, {
    stem: 'entitlements',
    columns: entitlementColumns(view.timeZone),
    pages: eachEntitlement(dependencies, view, { query, pageSize: sortedPageSize }),
    format,
  });
