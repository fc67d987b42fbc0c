import type { CurrencySummary, PortalSummary } from '#contract/summary.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { listBalances } from '../invoices/invoices.service.ts';
import { listLastPayments } from '../payments/payments.service.ts';

const nothingOpen = { amount_due: 0, open_count: 0, overdue_amount: 0, overdue_count: 0, next_due: null };

const owedFirst = (one: CurrencySummary, other: CurrencySummary): number =>
  Number(other.amount_due > 0) - Number(one.amount_due > 0) || (one.currency < other.currency ? -1 : 1);

/** What a customer's invoices and payments come to, in each currency that has ever been used. */
export const getSummary = async (dependencies: Dependencies, view: CustomerView): Promise<PortalSummary> => {
  const currencies = new Map<string, CurrencySummary>();
  for (const { currency, last_payment } of await listLastPayments(dependencies.db, view.scope)) {
    currencies.set(currency, { ...nothingOpen, currency, last_payment });
  }
  for (const balance of await listBalances(dependencies, view)) {
    const last_payment = currencies.get(balance.currency)?.last_payment ?? null;
    currencies.set(balance.currency, { ...balance, last_payment });
  }
  return { currencies: [...currencies.values()].sort(owedFirst) };
};
