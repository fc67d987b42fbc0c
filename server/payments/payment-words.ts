import type { PaymentMethod, PaymentMethodDetails, PaymentType, PortalPayment } from '#contract/payments.ts';
import { isMoneyBack } from './received.ts';

const typeWords: Record<PaymentType, string> = {
  payment: 'Payment',
  refund: 'Refund',
  payment_reversal: 'Reversal',
  authorization: 'Authorization',
  tax_withheld: 'Tax withheld',
};

const methodWords: Record<PaymentMethod, string> = {
  card: 'Card',
  cash: 'Cash',
  check: 'Check',
  charge_back: 'Chargeback',
  bank_transfer: 'Bank transfer',
  direct_debit: 'Direct debit',
  amazon_payments: 'Amazon Pay',
  paypal_express_checkout: 'PayPal',
  upi: 'UPI',
  netbanking_emandates: 'Net banking',
  other: 'Other',
  credits: 'Account credit',
  ach_credit_transfer: 'ACH transfer',
};

const shownInvoices = 3;

/** A code as words: `partially_paid` is `Partially paid`. */
export const codeWords = (code: string): string => {
  const words = code.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

export const paymentTypeWords = (type: PaymentType): string => typeWords[type];

/** `Visa ending in 4242`; without a brand or a bank, the name of the method. */
export const paymentMethodWords = (method: PaymentMethod, details: PaymentMethodDetails | null): string => {
  const brand = details?.brand ? codeWords(details.brand) : null;
  const name = brand ?? details?.bank_name ?? methodWords[method];
  return details?.last4 ? `${name} ending in ${details.last4}` : name;
};

const listed = (invoiceNumbers: readonly string[]): string => {
  const shown = invoiceNumbers.slice(0, shownInvoices).join(', ');
  const hidden = invoiceNumbers.length - shownInvoices;
  return hidden > 0 ? `${shown} and ${hidden} more` : shown;
};

/** `Payment for INV-7, INV-8`, `Refund of RCT-3`. */
export const paymentDescription = ({ type, parent, invoices }: Pick<PortalPayment, 'type' | 'parent' | 'invoices'>) => {
  const word = typeWords[type];
  if (isMoneyBack(type) && parent?.receipt_number) {
    return `${word} of ${parent.receipt_number}`;
  }
  if (invoices.length > 0) {
    return `${word} for ${listed(invoices.map(({ invoice_number: number }) => number))}`;
  }
  return type === 'payment' ? 'Payment on account' : word;
};
