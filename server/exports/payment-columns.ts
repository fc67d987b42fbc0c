import type { PortalPayment } from '#contract/payments.ts';
import { billingDayOf } from '../customers/billing-day.ts';
import { codeWords, paymentDescription, paymentMethodWords, paymentTypeWords } from '../payments/payment-words.ts';
import { isMoneyBack } from '../payments/received.ts';
import { amount, text } from './csv.ts';
import type { Column } from './csv.ts';

/** What went back to the customer is negative. */
const signedAmount = (payment: PortalPayment): number => (isMoneyBack(payment.type) ? -payment.amount : payment.amount);

const currency = (payment: PortalPayment): string => payment.currency_code;

export const paymentColumns = (timeZone: string): Column<PortalPayment>[] => [
  text('Date', (payment) => billingDayOf(payment.timestamp, timeZone)),
  text('Time (UTC)', (payment) => payment.timestamp),
  text('Description', paymentDescription),
  text('Type', (payment) => paymentTypeWords(payment.type)),
  text('Status', ({ status }) => (status === 'success' ? 'Succeeded' : codeWords(status))),
  text('Method', (payment) => paymentMethodWords(payment.payment_method, payment.payment_method_details)),
  text('Currency', currency),
  amount('Amount', signedAmount, currency),
  amount('Amount refunded', (payment) => payment.amount_refunded, currency),
  text('Receipt', (payment) => payment.receipt_number),
  text('Invoices', ({ invoices }) => invoices.map(({ invoice_number: invoice }) => invoice).join(', ')),
  text('Failure', (payment) => payment.failure_message),
  text('ID', (payment) => payment.id),
  text('Refunded payment ID', ({ parent }) => parent?.id ?? null),
];
