import type {
  ConsoleInvoicesExportQuery,
  PortalEntitlementsExportQuery,
  PortalPaymentsExportQuery,
} from '#contract/documents.ts';
import { billingDay } from '../customers/billing-day.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { eachEntitlement } from '../entitlements/entitlements.service.ts';
import { Download } from '../http/route.ts';
import { eachInvoice } from '../invoices/invoices.service.ts';
import { eachPayment } from '../payments/payments.service.ts';
import { csvStream, csvType } from './csv.ts';
import { entitlementColumns } from './entitlement-columns.ts';
import { invoiceColumns } from './invoice-columns.ts';
import { paymentColumns } from './payment-columns.ts';

const pageSize = 500;

/** `invoices-2026-11-23.csv`, by the day on which the file is made. */
export const datedFileName = ({ clock }: Dependencies, { timeZone }: CustomerView, name: string): string => {
  const [stem, extension] = name.split('.');
  return `${stem}-${billingDay(clock.now(), timeZone)}.${extension}`;
};

/** Every invoice that the filters leave, in the order asked for. */
export const exportInvoices = (
  dependencies: Dependencies,
  view: CustomerView,
  { format, ...query }: ConsoleInvoicesExportQuery,
): Download => {
  const pages = eachInvoice(dependencies, view, { query, pageSize });
  const content = csvStream(invoiceColumns(view.timeZone), pages, format);
  return new Download(csvType, datedFileName(dependencies, view, 'invoices.csv'), content);
};

/** Every payment and refund that the filters leave, in the order asked for. */
export const exportPayments = (
  dependencies: Dependencies,
  view: CustomerView,
  { format, ...query }: PortalPaymentsExportQuery,
): Download => {
  const pages = eachPayment(dependencies, view, { query, pageSize });
  const content = csvStream(paymentColumns(view.timeZone), pages, format);
  return new Download(csvType, datedFileName(dependencies, view, 'payments.csv'), content);
};

/** Everything granted that the filters leave, in the order asked for. */
export const exportEntitlements = (
  dependencies: Dependencies,
  view: CustomerView,
  { format, ...query }: PortalEntitlementsExportQuery,
): Download => {
  const pages = eachEntitlement(dependencies, view, { query, pageSize });
  const content = csvStream(entitlementColumns(view.timeZone), pages, format);
  return new Download(csvType, datedFileName(dependencies, view, 'entitlements.csv'), content);
};
