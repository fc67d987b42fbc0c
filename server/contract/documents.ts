import { z } from 'zod';
import { PortalEntitlementsQuery } from './entitlements.ts';
import { ConsoleInvoicesQuery, PortalInvoicesQuery } from './invoices.ts';
import { PortalPaymentsQuery } from './payments.ts';
import { Id, queryListOf } from './primitives.ts';

export const pdf = ['application/pdf'] as const;
export const csv = ['text/csv'] as const;
export const zip = ['application/zip'] as const;

/**
 * `csv`: UTF-8, comma, CRLF. `excel`: the same with a byte order mark, so that a spreadsheet reads it as UTF-8. In both
 * a text that a spreadsheet would compute is escaped, and amounts are plain decimal numbers in major units.
 */
export const CsvFormat = z.enum(['csv', 'excel']);
export type CsvFormat = z.infer<typeof CsvFormat>;

const format = {
  format: CsvFormat.default('csv').describe('`excel` is CSV with a byte order mark, by which spreadsheets know UTF-8.'),
};
const paging = { cursor: true, limit: true } as const;

/** The filters and the order of the list, whose every page is exported. */
export const PortalInvoicesExportQuery = PortalInvoicesQuery.omit(paging).extend(format);
export type PortalInvoicesExportQuery = z.infer<typeof PortalInvoicesExportQuery>;

export const ConsoleInvoicesExportQuery = ConsoleInvoicesQuery.omit(paging).extend(format);
export type ConsoleInvoicesExportQuery = z.infer<typeof ConsoleInvoicesExportQuery>;

export const PortalPaymentsExportQuery = PortalPaymentsQuery.omit(paging).extend(format);
export type PortalPaymentsExportQuery = z.infer<typeof PortalPaymentsExportQuery>;

export const PortalEntitlementsExportQuery = PortalEntitlementsQuery.omit(paging).extend(format);
export type PortalEntitlementsExportQuery = z.infer<typeof PortalEntitlementsExportQuery>;

/** Up to 100 invoices, whose PDFs come in one zip file. */
export const InvoicePdfsQuery = z.strictObject({
  id__in: queryListOf(Id, 100).describe('Up to 100 invoices.'),
});
export type InvoicePdfsQuery = z.infer<typeof InvoicePdfsQuery>;

/** Days in the customer's billing time zone, both included. */
export const StatementQuery = z
  .strictObject({
    from: z.iso.date('Expected a day (2026-11-23)').describe('The first day.'),
    to: z.iso.date('Expected a day (2026-11-23)').describe('The last day; it is included.'),
    format: z
      .enum(['pdf', ...CsvFormat.options])
      .default('pdf')
      .describe('`excel` is CSV with a byte order mark.'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'to is before from' });
export type StatementQuery = z.infer<typeof StatementQuery>;

/** What the portal, the console and the merchant API say of a statement. */
export const statementDescription = `Each currency on its own: the opening balance, every invoice, payment, refund, reversal and credit note of the days
asked for (both included, in the customer's billing time zone), the closing balance, and by age what was overdue on the
last day. A last day in the future counts as today; a first day in the future is refused. Credits that a refund or a
credit note returned are no part of the account until they pay for an invoice. At most 5,000 entries as PDF and 50,000 as
CSV.`;
