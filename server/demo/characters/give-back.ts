import type { InvoiceTable } from '../../invoices/invoices.table.ts';
import { percentOf } from '../../money.ts';
import type { Ledger } from '../ledger.ts';
import { later } from '../settlement.ts';

const dayMs = 24 * 3_600_000;

const paymentFor = (ledger: Ledger, invoice: InvoiceTable) => {
  const ids = new Set(ledger.allocations.filter((row) => row.invoice_id === invoice.id).map((row) => row.payment_id));
  return ledger.payments.find((row) => ids.has(row.id) && row.status === 'success');
};

/** Returns a share of what was paid for an invoice, five days after it was paid. */
export const giveBack = (ledger: Ledger, invoice: InvoiceTable | undefined, percent: string, reason: string): void => {
  const payment = invoice === undefined ? undefined : paymentFor(ledger, invoice);
  if (invoice !== undefined && payment !== undefined) {
    const amount = percentOf(invoice.paid_amount, percent);
    ledger.refund(payment, invoice, amount, later(payment.timestamp, 5 * dayMs), reason);
  }
};
