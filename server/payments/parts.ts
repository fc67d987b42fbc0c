import type { PaymentPartInput } from '#contract/merchant-payments.ts';
import type { Referenced } from '../bulk/references.ts';
import { openStatuses } from '../invoices/invoice-statuses.ts';
import type { Receivable } from './booking.repository.ts';

/** How much of a payment is applied to one invoice, in minor units. */
export interface Part {
  invoiceId: string;
  amount: number;
}

/** What parts have to fit. */
export interface Frame {
  customerId: string;
  currency: string;
  /** The payment's amount, less what was refunded of no part. */
  available: number;
  /** The parts that the payment has. */
  held: ReadonlyMap<string, { amount: number; amount_refunded: number }>;
  /** Whether those have settled their invoices. */
  isReceived: boolean;
}

/** Why a part is refused. Without an index it is about all of them together. */
export interface Problem {
  index?: number;
  field?: keyof PaymentPartInput;
  msg: string;
  type: string;
}

/** The invoices that parts may name. */
export type Receivables = Referenced<Receivable>;

const referenceOf = (part: PaymentPartInput): 'invoice_id' | 'invoice_external_id' =>
  part.invoice_id === undefined ? 'invoice_external_id' : 'invoice_id';

const problemOf = (
  invoice: Receivable,
  part: PaymentPartInput,
  { customerId, currency, held, isReceived }: Frame,
): Omit<Problem, 'index'> | undefined => {
  const field = referenceOf(part);
  if (invoice.customer_id !== customerId) {
    return { field, msg: `${invoice.invoice_number} is an invoice of another customer`, type: 'customer_mismatch' };
  }
  if (invoice.currency !== currency) {
    const msg = `${invoice.invoice_number} is in ${invoice.currency}, the payment in ${currency}`;
    return { field, msg, type: 'currency_mismatch' };
  }
  const before = held.get(invoice.id);
  const refunded = before?.amount_refunded ?? 0;
  if (part.amount < refunded) {
    return { field: 'amount', msg: `${refunded} of this part has been refunded: it cannot be less`, type: 'too_small' };
  }
  const settled = isReceived ? (before?.amount ?? 0) : 0;
  if (part.amount <= settled) {
    return undefined;
  }
  if (!openStatuses.includes(invoice.status)) {
    const msg = `${invoice.invoice_number} is ${invoice.status}: only approved and partially_paid invoices take payments`;
    return { field, msg, type: 'invoice_state_invalid' };
  }
  const most = settled + invoice.amount_due;
  return part.amount > most
    ? { field: 'amount', msg: `${invoice.invoice_number} takes at most ${most}: that is what it owes`, type: 'too_big' }
    : undefined;
};

/** Matches parts with their invoices, and says what is wrong with them. */
export const fitParts = (
  receivables: Receivables,
  given: readonly PaymentPartInput[],
  frame: Frame,
): { parts: Part[]; problems: Problem[] } => {
  const parts = new Map<string, number>();
  const problems: Problem[] = [];
  for (const [index, part] of given.entries()) {
    const field = referenceOf(part);
    const invoice = receivables.find({ id: part.invoice_id, externalId: part.invoice_external_id });
    if (invoice === undefined) {
      problems.push({ index, field, msg: 'There is no such invoice', type: 'reference_unknown' });
    } else if (parts.has(invoice.id)) {
      problems.push({ index, field, msg: 'An earlier part names this invoice', type: 'duplicate' });
    } else {
      const problem = problemOf(invoice, part, frame);
      problems.push(...(problem === undefined ? [] : [{ index, ...problem }]));
      parts.set(invoice.id, part.amount);
    }
  }
  const fitted = [...parts].map(([invoiceId, amount]) => ({ invoiceId, amount }));
  const sum = given.reduce((total, part) => total + part.amount, 0);
  const missing = [...frame.held].find(([id, part]) => part.amount_refunded > 0 && !parts.has(id));
  if (sum > frame.available) {
    problems.push({ msg: `The parts add up to ${sum}, the payment has ${frame.available}`, type: 'too_big' });
  }
  if (missing !== undefined) {
    const [invoiceId, { amount_refunded: refunded }] = missing;
    problems.push({
      msg: `${refunded} of the part of invoice ${invoiceId} has been refunded: it stays`,
      type: 'missing',
    });
  }
  return { parts: fitted, problems };
};
