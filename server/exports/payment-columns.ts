import type { PortalPayment } from '#contract/payments.ts';
import { billingDay } from '../customers/billing-day.ts';
import { toMajor } from '../money.ts';
import {
  codeWords,
  isMoneyBack,
  paymentDescription,
  paymentMethodWords,
  paymentTypeWords,
} from '../payments/payment-words.ts';
import { number, text } from './csv.ts';
import type { Column } from './csv.ts';

/** What went back to the customer is negative. */
const signedAmount = ({ type, amount }: PortalPayment): number => (isMoneyBack(type) ? -amount : amount);

export const paymentColumns = (timeZone: string): Column<PortalPayment>[] => [
  text('Date', (payment) => billingDay(Date.parse(payment.timestamp), timeZone)),
  text('Time (UTC)', (payment) => payment.timestamp),
  text('Description', paymentDescription),
  text('Type', (payment) => paymentTypeWords(payment.type)),
  text('Status', ({ status }) => (status === 'success' ? 'Succeeded' : codeWords(status))),
  text('Method', (payment) => paymentMethodWords(payment.payment_method, payment.payment_method_details)),
  text('Currency', (payment) => payment.currency_code),
  number('Amount', (payment) => toMajor(signedAmount(payment), payment.currency_code)),
  number('Amount refunded', (payment) => toMajor(payment.amount_refunded, payment.currency_code)),
  text('Receipt', (payment) => payment.receipt_number),
  text('Invoices', ({ invoices }) => invoices.map(({ invoice_number: invoice }) => invoice).join(', ')),
  text('Failure', (payment) => payment.failure_message),
  text('ID', (payment) => payment.id),
  text('Refunded payment ID', ({ parent }) => parent?.id ?? null),
];
