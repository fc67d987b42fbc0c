import type { CurrencySummary, PortalSummary } from '#contract/summary.ts';

export const currencySummary = (part: Partial<CurrencySummary> = {}): CurrencySummary => ({
  currency: 'USD',
  amount_due: 285_350,
  open_count: 3,
  overdue_amount: 156_900,
  overdue_count: 2,
  next_due: {
    invoice_id: 'a1000000-0000-4000-8000-000000000001',
    invoice_number: 'INV-2026-0042',
    due_date: '2026-12-01T00:00:00.000Z',
    amount_due: 128_450,
  },
  last_payment: {
    id: 'b1000000-0000-4000-8000-000000000001',
    amount: 128_450,
    timestamp: '2026-11-12T14:03:00.000Z',
    payment_method: 'card',
    payment_method_details: { brand: 'visa', last4: '4242' },
  },
  ...part,
});

export const summary = (...currencies: CurrencySummary[]): PortalSummary => ({ currencies });

/** Owed in four currencies, of which two have other decimals than the usual two. */
export const manyCurrencies = summary(
  currencySummary(),
  currencySummary({ currency: 'EUR', amount_due: 98_000, open_count: 1, overdue_amount: 0, overdue_count: 0 }),
  currencySummary({ currency: 'JPY', amount_due: 1_250_000, open_count: 1, overdue_amount: 0, overdue_count: 0 }),
  currencySummary({ currency: 'KWD', amount_due: 1_204_500, open_count: 2, overdue_amount: 604_500, overdue_count: 1 }),
);

export const nothingDue = summary(
  currencySummary({ amount_due: 0, open_count: 0, overdue_amount: 0, overdue_count: 0, next_due: null }),
);
