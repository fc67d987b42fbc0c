import { InvoiceStatus, PortalInvoiceStatus } from '#contract/invoices.ts';
import type { CustomerView } from '../customers/customer-view.ts';

/** Which invoices the viewer may know of at all: it holds wherever an invoice is listed, counted, opened or linked. */
export const visibleStatuses = ({ audience }: Pick<CustomerView, 'audience'>): readonly InvoiceStatus[] =>
  audience === 'staff' ? InvoiceStatus.options : PortalInvoiceStatus.options;

/** In these, payments and credit notes count. */
export const issuedStatuses: readonly InvoiceStatus[] = ['approved', 'partially_paid', 'paid', 'void'];

/** In these, what is due is owed. An invoice that is upcoming, being worked on, paid or void is not open. */
export const openStatuses: readonly InvoiceStatus[] = ['approved', 'partially_paid'];
