import type { PortalInvoice } from '#contract/invoices.ts';
import { billingDay, billingDayOf } from '../customers/billing-day.ts';
import { codeWords } from '../payments/payment-words.ts';
import { amount, number, text } from './csv.ts';
import type { Column } from './csv.ts';

const currency = (invoice: PortalInvoice): string => invoice.currency;

export const invoiceColumns = (timeZone: string): Column<PortalInvoice>[] => {
  const day = (moment: string | null): string | null => (moment === null ? null : billingDayOf(moment, timeZone));
  const lastDay = (endExclusive: string): string => billingDay(Date.parse(endExclusive) - 1, timeZone);
  return [
    text('Invoice ID', (invoice) => invoice.invoice_number),
    text('Status', (invoice) => codeWords(invoice.status)),
    number('Days overdue', (invoice) => invoice.days_overdue),
    text('Currency', currency),
    amount('Invoice total', (invoice) => invoice.invoice_total, currency),
    amount('Amount due', (invoice) => invoice.amount_due, currency),
    text('Due date', (invoice) => day(invoice.due_date)),
    text('Billing period from', ({ invoice_period: period }) => day(period?.begin_date ?? null)),
    text('Billing period to', ({ invoice_period: period }) =>
      period === null ? null : lastDay(period.end_date_exclusive),
    ),
    text('Generated on', (invoice) => day(invoice.created_at)),
    text('Generated at (UTC)', (invoice) => invoice.created_at),
    text('ID', (invoice) => invoice.id),
  ];
};
