import type { ConsoleInvoicesQuery, PortalInvoiceDetail, PortalInvoiceList } from '#contract/invoices.ts';
import type { CurrencySummary } from '#contract/summary.ts';
import { listCreditNotesOfInvoice } from '../credit-notes/credit-notes.service.ts';
import { rangeEndExclusive, rangeStart, startOfBillingDay } from '../customers/billing-day.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { getProfile } from '../customers/profile.service.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import { listPaymentsOfInvoice } from '../payments/payments.service.ts';
import { presentInvoice, presentInvoiceDetail } from './invoices.present.ts';
import { findInvoice, findInvoicePage, findLineItems, findNextDue, findOpenBalances } from './invoices.repository.ts';

/**
 * One page of a customer's invoices, filtered and ordered; each view sees the invoices of its audience.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listInvoices = async (
  { db, clock, config }: Dependencies,
  view: CustomerView,
  query: ConsoleInvoicesQuery,
): Promise<PortalInvoiceList> => {
  const { timeZone } = view;
  const today = { epochMs: clock.now(), timeZone };
  const from = (bound?: string) => (bound === undefined ? undefined : rangeStart(bound, timeZone));
  const before = (bound?: string) => (bound === undefined ? undefined : rangeEndExclusive(bound, timeZone));
  const filter = {
    search: query.search,
    statuses: query.status__in,
    isOverdue: query.is_overdue,
    createdFrom: from(query.created_at__gte),
    createdBefore: before(query.created_at__lte),
    dueFrom: from(query.due_date__gte),
    dueBefore: before(query.due_date__lte),
  };
  const startOfToday = startOfBillingDay(today.epochMs, timeZone);
  const page = await findInvoicePage(db, view, { startOfToday, filter, page: query }, config.signingKeys);
  return { ...page, results: page.results.map((row) => presentInvoice(row, today)) };
};

/** @throws HttpError 404 `invoice_not_found` when it is missing, somebody else's, or not for this audience */
export const getInvoice = async (
  { db, clock }: Dependencies,
  view: CustomerView,
  id: string,
): Promise<PortalInvoiceDetail> => {
  const { scope, timeZone } = view;
  const today = { epochMs: clock.now(), timeZone };
  const invoice = await findInvoice(db, view, id, startOfBillingDay(today.epochMs, timeZone));
  if (invoice === undefined) {
    throw notFound('invoice_not_found', 'There is no such invoice');
  }
  const { profile } = await getProfile(db, scope);
  return presentInvoiceDetail(invoice, {
    today,
    customer: profile,
    lineItems: await findLineItems(db, scope, id),
    payments: await listPaymentsOfInvoice(db, scope, id),
    creditNotes: await listCreditNotesOfInvoice(db, scope, id),
  });
};

/** What is open in each currency in which the viewer has any invoice. */
export const listBalances = async (
  { db, clock }: Dependencies,
  view: CustomerView,
): Promise<Omit<CurrencySummary, 'last_payment'>[]> => {
  const startOfToday = startOfBillingDay(clock.now(), view.timeZone);
  const balances = await findOpenBalances(db, view, startOfToday);
  const nextDue = new Map(
    (await findNextDue(db, view, startOfToday)).map((row) => [
      row.currency,
      {
        invoice_id: row.invoice_id,
        invoice_number: row.invoice_number,
        due_date: row.due_date,
        amount_due: row.amount_due,
      },
    ]),
  );
  return balances.map((balance) => ({ ...balance, next_due: nextDue.get(balance.currency) ?? null }));
};
