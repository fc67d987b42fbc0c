import type { InvoiceStatus } from '#contract/invoices.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { notFound } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { emitInvoiceEvents } from './invoice-events.ts';
import type { InvoiceEventType } from './invoice-events.ts';
import { issuedStatuses } from './invoice-statuses.ts';
import type { InvoiceTable } from './invoices.table.ts';
import { findInvoiceWithSums, updateSettled } from './settlement.repository.ts';

/** The sums that an invoice's status and amount due follow from, in minor units. */
export interface Sums {
  /** The net total where there is one. */
  total: number;
  appliedBalance: number;
  /** Received for it, less what was given back. */
  paid: number;
  credited: number;
  /** What of `credited` was paid already, and came back to the customer as credits instead of reducing what is owed. */
  creditsReturned: number;
}

/** What is still owed. */
export const amountDueOf = ({ total, appliedBalance, paid, credited, creditsReturned }: Sums): number =>
  Math.max(0, total - appliedBalance - paid - (credited - creditsReturned));

/** Whether payments and credit notes count: before it is approved, or once thrown away, nothing settles an invoice. */
export const isIssued = (status: InvoiceStatus): boolean => issuedStatuses.includes(status);

/** Credited in full, an invoice is void, and stays so. Else it is paid once nothing is owed. */
const settledStatus = (current: InvoiceStatus, sums: Sums): InvoiceStatus => {
  if (!isIssued(current) || current === 'void') {
    return current;
  }
  if (sums.credited > 0 && sums.credited >= sums.total) {
    return 'void';
  }
  if (amountDueOf(sums) === 0) {
    return 'paid';
  }
  return sums.paid > 0 || sums.appliedBalance > 0 ? 'partially_paid' : 'approved';
};

type Settled = Pick<InvoiceTable, 'status' | 'amount_due' | 'paid_at'>;

/** What follows for an invoice from its sums. Nothing is owed on one that is void. */
export const settlementOf = (invoice: Pick<InvoiceTable, 'status' | 'paid_at'>, sums: Sums, now: string): Settled => {
  const status = settledStatus(invoice.status, sums);
  return {
    status,
    amount_due: status === 'void' ? 0 : amountDueOf(sums),
    paid_at: status === 'paid' ? (invoice.paid_at ?? now) : null,
  };
};

/**
 * The invoice with the sums that it is settled by.
 * @throws HttpError 404 `invoice_not_found`
 */
export const getInvoiceSums = async (
  trx: Trx,
  scope: OrganisationScope,
  invoiceId: string,
): Promise<{ invoice: InvoiceTable; sums: Sums }> => {
  const found = await findInvoiceWithSums(trx, scope, invoiceId);
  if (found === undefined) {
    throw notFound('invoice_not_found', 'There is no such invoice');
  }
  return found;
};

const eventOf = (status: InvoiceStatus): InvoiceEventType => {
  switch (status) {
    case 'paid':
      return 'invoice.paid';
    case 'partially_paid':
      return 'invoice.partially_paid';
    case 'void':
      return 'invoice.voided';
    default:
      return 'invoice.updated';
  }
};

/** Brings an invoice in line with its sums; answers its status before and after, unless nothing has changed. */
export const updateSettlement = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  invoiceId: string,
): Promise<{ before: InvoiceStatus; after: InvoiceStatus } | undefined> => {
  const found = await findInvoiceWithSums(trx, scope, invoiceId);
  if (found === undefined) {
    return undefined;
  }
  const { invoice, sums } = found;
  const now = timestamp(clock.now());
  const settled = settlementOf(invoice, sums, now);
  if (
    settled.status === invoice.status &&
    settled.amount_due === invoice.amount_due &&
    sums.paid === invoice.paid_amount
  ) {
    return undefined;
  }
  await updateSettled(trx, scope, invoiceId, { ...settled, paid_amount: sums.paid, updated_at: now });
  return { before: invoice.status, after: settled.status };
};

/** Tells who wants to know that an invoice has got another status. */
export const emitStatusChange = (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  invoiceId: string,
  { before, after }: { before: InvoiceStatus; after: InvoiceStatus },
): Promise<void> =>
  emitInvoiceEvents(trx, clock, scope, invoiceId, [before === after ? 'invoice.updated' : eventOf(after)]);

/**
 * Brings an invoice's paid amount, amount due and status in line with its payments and credit notes, and tells who wants
 * to know. Call it in the transaction of every change to either; answers whether anything changed.
 */
export const settleInvoice = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  invoiceId: string,
): Promise<boolean> => {
  const change = await updateSettlement(trx, clock, scope, invoiceId);
  if (change !== undefined) {
    await emitStatusChange(trx, clock, scope, invoiceId, change);
  }
  return change !== undefined;
};
