import type { InvoiceTable } from '../invoices/invoices.table.ts';
import { startOf } from './calendar.ts';
import type { Ledger, Means } from './ledger.ts';
import type { Random } from './random.ts';

export interface Habit {
  means: Means;
  /** Charged by itself when the invoice is made, or paid by the customer around the due date. */
  when: 'at_once' | 'when_due';
  /** How often a charge is declined before it succeeds, or a transfer comes late. */
  trouble: number;
  /** The newest invoices are left open. */
  unpaid?: number;
  /** Now and then one transfer pays for two invoices. */
  isBundling?: boolean;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const declined = [
  'The card was declined: not enough funds.',
  'The card has expired.',
  'The bank declined the charge and gave no reason.',
] as const;

export const later = (moment: string, ms: number): string => new Date(Date.parse(moment) + ms).toISOString();

export const earlier = (a: string, b: string): string => (a < b ? a : b);

const payAtOnce = (ledger: Ledger, invoice: InvoiceTable, habit: Habit, random: Random, now: string): void => {
  let at = later(invoice.created_at, hourMs);
  while (random.chance(habit.trouble) && at <= now) {
    ledger.fail(invoice, at, habit.means, random.pick(declined));
    at = later(at, 3 * dayMs + random.int(1, 50) * 60_000);
  }
  if (at <= now) {
    ledger.pay([{ invoice, amount: invoice.amount_due }], at, habit.means);
  }
};

const dueMomentOf = (invoice: InvoiceTable, habit: Habit, random: Random): string => {
  const days = random.chance(habit.trouble) ? random.int(2, 17) : random.int(-9, 0);
  const at = later(invoice.due_date ?? invoice.created_at, days * dayMs + random.int(9 * 60, 16 * 60) * 60_000);
  const earliest = later(invoice.created_at, 26 * hourMs);
  return at < earliest ? earliest : at;
};

/** Pays a customer's invoices, oldest first, as that customer usually does. Nothing happens after the day given. */
export const settle = (
  ledger: Ledger,
  invoices: readonly InvoiceTable[],
  habit: Habit,
  random: Random,
  asOf: string,
): void => {
  const now = startOf(asOf);
  const payable = invoices.slice(0, invoices.length - (habit.unpaid ?? 0)).filter((invoice) => invoice.amount_due > 0);
  let bundled: InvoiceTable | undefined;
  for (const invoice of payable) {
    if (habit.when === 'at_once') {
      payAtOnce(ledger, invoice, habit, random, now);
      continue;
    }
    const at = dueMomentOf(invoice, habit, random);
    if (habit.isBundling === true && bundled === undefined && random.chance(0.08)) {
      bundled = invoice;
      continue;
    }
    if (at > now) {
      continue;
    }
    const share = { invoice, amount: invoice.amount_due };
    ledger.pay(
      bundled === undefined ? [share] : [{ invoice: bundled, amount: bundled.amount_due }, share],
      at,
      habit.means,
    );
    bundled = undefined;
  }
};
