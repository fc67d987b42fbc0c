import type { PortalInvoiceDetail, PortalInvoiceList, PortalInvoicesQuery } from '#contract/invoices.ts';

/** What the invoices need of the portal API. Failures are `Error`s with `status` and `requestId`. */
export interface InvoicesApi {
  listInvoices(query: Partial<PortalInvoicesQuery>, signal: AbortSignal): Promise<PortalInvoiceList>;
  getInvoice(invoiceId: string, signal: AbortSignal): Promise<PortalInvoiceDetail>;
}
