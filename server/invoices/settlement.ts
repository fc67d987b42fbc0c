import type { InvoiceStatus } from '#contract/invoices.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findInvoiceWithSums, updateSettled } from './settlement.repository.ts';

/** The sums that an invoice's status and amount due follow from, in minor units. */
export interface Sums {
  /** The net total where there is one. */
  total: number;
  appliedBalance: number;
  paid: number;
  credited: number;
}

/** What is still owed. More credit than was open does not make the merchant a debtor: the rest came back as credits. */
export const amountDueOf = ({ total, appliedBalance, paid, credited }: Sums): number =>
  Math.max(0, total - appliedBalance - paid - credited);

const settling = new Set<InvoiceStatus>(['approved', 'partially_paid', 'paid', 'void']);

/** Credited in full, an invoice is void; else it is paid once nothing is owed. Before it is approved, nothing settles it. */
export const settledStatus = (current: InvoiceStatus, sums: Sums): InvoiceStatus => {
  if (!settling.has(current)) {
    return current;
  }
  if (sums.credited > 0 && sums.credited >= sums.total) {
    return 'void';
  }
  if (current === 'void') {
    return current;
  }
  if (amountDueOf(sums) === 0) {
    return 'paid';
  }
  return sums.paid > 0 || sums.credited > 0 || sums.appliedBalance > 0 ? 'partially_paid' : 'approved';
};

/**
 * Brings an invoice's paid amount, amount due and status in line with its payments and credit notes. Call it in the
 * transaction of every change to either; answers whether anything changed.
 */
export const settleInvoice = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  invoiceId: string,
): Promise<boolean> => {
  const invoice = await findInvoiceWithSums(trx, scope, invoiceId);
  if (invoice === undefined) {
    return false;
  }
  const { paid, credited } = invoice;
  const total = invoice.net_invoice_total ?? invoice.invoice_total;
  const sums: Sums = { total, appliedBalance: invoice.applied_balance, paid, credited };
  const status = settledStatus(invoice.status, sums);
  const amountDue = status === 'void' ? 0 : amountDueOf(sums);
  const now = timestamp(clock.now());
  const paidAt = status === 'paid' ? (invoice.paid_at ?? now) : null;
  if (status === invoice.status && amountDue === invoice.amount_due && paid === invoice.paid_amount) {
    return false;
  }
  await updateSettled(trx, scope, invoiceId, {
    status,
    paid_amount: paid,
    amount_due: amountDue,
    paid_at: paidAt,
    updated_at: now,
  });
  return true;
};
