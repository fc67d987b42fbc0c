import type { PortalPayment } from '#contract/payments.ts';
import { toMajor } from '../money.ts';
import { paymentDescription, paymentMethodWords } from '../payments/payment-words.ts';
import { isMoneyBack } from '../payments/received.ts';
import type { MovementKind, StatementMovement } from './statement.ts';
import type { CreditNoteRow, IssuedInvoiceRow } from './statements.repository.ts';

/** An entry before it has its place, and with that its balance. */
export interface Entry extends Omit<StatementMovement, 'date' | 'dueDate' | 'balance'> {
  currency: string;
  at: string;
  dueAt: string | null;
  id: string;
}

/** Of what happened in the same moment: an invoice comes before what settles it. */
const order: Record<MovementKind, number> = {
  invoice: 0,
  balance_applied: 1,
  adjustment: 2,
  payment: 3,
  tax_withheld: 3,
  refund: 4,
  reversal: 4,
  credit_note: 5,
};

const placeOf = ({ at, kind, id }: Entry): string => `${at} ${order[kind]} ${id}`;

/** Oldest first. */
export const inOrder = (one: Entry, other: Entry): number => (placeOf(one) < placeOf(other) ? -1 : 1);

/** What is owed more is a charge, what is owed less a credit. */
const sides = (amount: number): Pick<Entry, 'charge' | 'credit'> => ({
  charge: Math.max(amount, 0),
  credit: Math.max(-amount, 0),
});

export const invoiceEntries = (row: IssuedInvoiceRow): Entry[] => {
  const common = { currency: row.currency, at: row.issued_at, id: row.id, number: row.invoice_number, dueAt: null };
  const entries: Entry[] = [
    { ...common, kind: 'invoice', description: 'Invoice', dueAt: row.due_date, ...sides(row.total) },
  ];
  if (row.applied_balance !== 0) {
    const description = `Account balance applied to ${row.invoice_number}`;
    entries.push({ ...common, kind: 'balance_applied', description, ...sides(-row.applied_balance) });
  }
  if (row.settled_otherwise !== 0) {
    const description = `${row.invoice_number} ${row.status === 'void' ? 'voided' : 'adjusted'}`;
    entries.push({ ...common, kind: 'adjustment', description, ...sides(-row.settled_otherwise) });
  }
  return entries;
};

const kindOfPayment = ({ type }: PortalPayment): MovementKind => {
  switch (type) {
    case 'refund':
    case 'tax_withheld':
      return type;
    case 'payment_reversal':
      return 'reversal';
    default:
      return 'payment';
  }
};

export const paymentEntry = (payment: PortalPayment): Entry => {
  const method = paymentMethodWords(payment.payment_method, payment.payment_method_details);
  const isNamed = payment.payment_method !== 'other' && payment.type !== 'tax_withheld';
  const description = paymentDescription(payment);
  return {
    currency: payment.currency_code,
    at: payment.timestamp,
    id: payment.id,
    kind: kindOfPayment(payment),
    number: payment.receipt_number,
    description: isNamed ? `${description} (${method})` : description,
    dueAt: null,
    ...sides(isMoneyBack(payment.type) ? payment.amount : -payment.amount),
  };
};

export const creditNoteEntry = (row: CreditNoteRow): Entry => {
  const reason = row.reason === null ? '' : `: ${row.reason}`;
  const figure = (amount: number): string => toMajor(amount, row.currency);
  const returned =
    row.credits_returned === 0 ? '' : ` (${figure(row.credits_returned)} of ${figure(row.amount)} returned as credits)`;
  return {
    currency: row.currency,
    at: row.created_at,
    id: row.id,
    kind: 'credit_note',
    number: row.credit_note_number,
    description: `Credit note for ${row.invoice_number}${reason}${returned}`,
    dueAt: null,
    ...sides(row.credits_returned - row.amount),
  };
};
