import type { PortalPayment, PortalPaymentList } from '#contract/payments.ts';

export const payment = (part: Partial<PortalPayment> = {}): PortalPayment => ({
  id: 'b1000000-0000-4000-8000-000000000001',
  type: 'payment',
  status: 'success',
  amount: 128_450,
  amount_refunded: 0,
  currency_code: 'USD',
  payment_method: 'card',
  payment_method_details: { brand: 'visa', last4: '4242' },
  timestamp: '2026-11-12T14:03:00.000Z',
  receipt_number: 'RCP-1043',
  failure_message: null,
  parent: null,
  invoices: [{ invoice_id: 'a1000000-0000-4000-8000-000000000001', invoice_number: 'INV-2026-0042', amount: 128_450 }],
  ...part,
});

const twoInvoices = [
  { invoice_id: 'a1000000-0000-4000-8000-000000000002', invoice_number: 'INV-2026-0041', amount: 28_450 },
  { invoice_id: 'a1000000-0000-4000-8000-000000000003', invoice_number: 'INV-2026-0040', amount: 100_000 },
];

/** One payment of every kind that a customer meets. */
export const payments: readonly PortalPayment[] = [
  payment(),
  payment({
    type: 'refund',
    amount: 20_000,
    receipt_number: 'RCP-1041',
    parent: { id: 'b1000000-0000-4000-8000-000000000003', receipt_number: 'RCP-1038' },
  }),
  payment({
    status: 'partially_refunded',
    amount_refunded: 20_000,
    receipt_number: 'RCP-1038',
    payment_method_details: { brand: 'mastercard', last4: '5100' },
    invoices: twoInvoices,
  }),
  payment({
    status: 'failed',
    failure_message: 'Your bank declined the charge: insufficient funds.',
    receipt_number: null,
  }),
  payment({ status: 'refunded', amount_refunded: 128_450 }),
  payment({ status: 'in_progress', payment_method: 'ach_credit_transfer', payment_method_details: null, invoices: [] }),
  payment({
    type: 'tax_withheld',
    payment_method: 'bank_transfer',
    payment_method_details: { bank_name: 'Bank of Ireland' },
    currency_code: 'JPY',
    amount: 1_250_000,
  }),
].map((each, index) => ({ ...each, id: `b1000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}` }));

export const paymentList = (
  results: readonly PortalPayment[],
  part: Partial<PortalPaymentList> = {},
): PortalPaymentList => ({
  results: [...results],
  next: null,
  previous: null,
  total_count: results.length,
  ...part,
});
