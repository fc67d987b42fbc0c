import type { InvoicePayment } from '#contract/invoices.ts';
import type { PortalPaymentList, PortalPaymentsQuery } from '#contract/payments.ts';
import type { CurrencySummary } from '#contract/summary.ts';
import { rangeEndExclusive, rangeStart } from '../customers/billing-day.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Db } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { visibleStatuses } from '../invoices/invoice-statuses.ts';
import type { CustomerScope } from '../scope.ts';
import { findAllocations, findLatestPayments, findPaymentPage, findPaymentsOfInvoice } from './payments.repository.ts';
import { presentInvoicePayment, presentLastPayment, presentPayment } from './payments.present.ts';

/**
 * One page of a customer's payments and refunds, with the invoices that each was applied to.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listPayments = async (
  { db, config }: Dependencies,
  view: CustomerView,
  query: PortalPaymentsQuery,
): Promise<PortalPaymentList> => {
  const { scope, timeZone } = view;
  const invoiceStatuses = visibleStatuses(view);
  const filter = {
    search: query.search,
    types: query.type__in,
    statuses: query.status__in,
    from: query.timestamp__gte === undefined ? undefined : rangeStart(query.timestamp__gte, timeZone),
    before: query.timestamp__lte === undefined ? undefined : rangeEndExclusive(query.timestamp__lte, timeZone),
  };
  const page = await findPaymentPage(db, scope, { filter, page: query, invoiceStatuses }, config.signingKeys);
  const ids = page.results.map(({ id }) => id);
  const allocations = Map.groupBy(
    await findAllocations(db, scope, ids, invoiceStatuses),
    ({ payment_id: paymentId }) => paymentId,
  );
  return { ...page, results: page.results.map((row) => presentPayment(row, allocations.get(row.id) ?? [])) };
};

/** What payments and refunds did to one invoice, oldest first. */
export const listPaymentsOfInvoice = async (
  db: Db,
  scope: CustomerScope,
  invoiceId: string,
): Promise<InvoicePayment[]> => (await findPaymentsOfInvoice(db, scope, invoiceId)).map(presentInvoicePayment);

/** The latest money received, in each currency that a payment was ever made in. */
export const listLastPayments = async (
  db: Db,
  scope: CustomerScope,
): Promise<Pick<CurrencySummary, 'currency' | 'last_payment'>[]> =>
  (await findLatestPayments(db, scope)).map(({ currency, payment }) => ({
    currency,
    last_payment: payment === undefined ? null : presentLastPayment(payment),
  }));
