import type { Address } from '#contract/addresses.ts';
import type { CreditNote } from '#contract/credit-notes.ts';
import type { InvoiceLineItem, InvoicePayment, PortalInvoice, PortalInvoiceDetail } from '#contract/invoices.ts';
import type { Period } from '#contract/primitives.ts';
import type { Profile } from '#contract/profile.ts';
import { billingDaysBetween } from '../customers/billing-day.ts';
import { JsonText } from '../database/json-text.ts';
import type { InvoiceListRow } from './invoice-selection.repository.ts';
import type { InvoiceDetailRow } from './invoices.repository.ts';
import type { InvoiceLineItemTable } from './invoices.table.ts';

/** The moment of the answer, and the time zone in which its days are counted. */
export interface Today {
  epochMs: number;
  timeZone: string;
}

interface PeriodColumns {
  period_begin: string | null;
  period_end_exclusive: string | null;
}

export const presentPeriod = ({ period_begin, period_end_exclusive }: PeriodColumns): Period | null =>
  period_begin === null || period_end_exclusive === null
    ? null
    : { begin_date: period_begin, end_date_exclusive: period_end_exclusive };

export const presentInvoice = (row: InvoiceListRow, { epochMs, timeZone }: Today): PortalInvoice => ({
  id: row.id,
  invoice_number: row.invoice_number,
  status: row.status,
  currency: row.currency,
  invoice_total: row.invoice_total,
  amount_due: row.amount_due,
  due_date: row.due_date,
  invoice_period: presentPeriod(row),
  created_at: row.created_at,
  is_overdue: row.is_overdue === 1,
  days_overdue:
    row.is_overdue === 1 && row.due_date !== null ? billingDaysBetween(row.due_date, epochMs, timeZone) : null,
});

export const presentLineItem = (row: InvoiceLineItemTable): InvoiceLineItem => ({
  id: row.id,
  name: row.name,
  description: row.description,
  quantity: row.quantity,
  unit: row.unit,
  unit_price: row.unit_price,
  subtotal: row.subtotal,
  discount: row.discount,
  tax_rate: row.tax_rate,
  tax: row.tax,
  total: row.total,
  period: presentPeriod(row),
  is_proration: row.is_proration === 1,
});

interface DetailParts {
  today: Today;
  customer: Profile;
  lineItems: InvoiceLineItemTable[];
  payments: InvoicePayment[];
  creditNotes: CreditNote[];
}

/** In JSON no text has a quotation mark of its own, so that this is found where it is a field and nowhere else. */
const daysOverdue = /"days_overdue":"([^"]*)"/g;

/** Puts the number of days in the place of the date that each overdue invoice was due. */
export const countDaysOverdue = <Body>({ text }: JsonText<Body>, { epochMs, timeZone }: Today): JsonText<Body> =>
  new JsonText(
    text.replace(
      daysOverdue,
      (_field, dueDate: string) => `"days_overdue":${billingDaysBetween(dueDate, epochMs, timeZone)}`,
    ),
  );

const takesEffect = ({ status }: CreditNote): boolean => status === 'issued' || status === 'paid';

export const presentInvoiceDetail = (
  row: InvoiceDetailRow,
  { today, customer, lineItems, payments, creditNotes }: DetailParts,
): PortalInvoiceDetail => ({
  ...presentInvoice(row, today),
  subtotal: row.subtotal,
  discount_total: row.discount_total,
  tax_total: row.tax_total,
  paid_amount: row.paid_amount,
  credited_amount: creditNotes.filter(takesEffect).reduce((sum, { amount }) => sum + amount, 0),
  notes: row.notes,
  paid_at: row.paid_at,
  contract:
    row.contract_id === null || row.contract_name === null ? null : { id: row.contract_id, name: row.contract_name },
  from: {
    name: row.organisation_name,
    email: row.organisation_email,
    address: row.organisation_address === null ? null : (JSON.parse(row.organisation_address) as Address),
    tax_id: row.organisation_tax_id,
  },
  customer: {
    id: customer.id,
    customer_name: customer.customer_name,
    email: customer.email,
    address: customer.address,
    ship_to_address: customer.ship_to_address,
  },
  line_items: lineItems.map(presentLineItem),
  payments,
  credit_notes: creditNotes,
});
