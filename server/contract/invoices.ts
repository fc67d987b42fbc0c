import { z } from 'zod';
import { Address } from './addresses.ts';
import { CreditNote } from './credit-notes.ts';
import { PaymentMethod, PaymentMethodDetails, PaymentStatus, PaymentType } from './payments.ts';
import {
  AmountMinor,
  CurrencyCode,
  DayOrTimestamp,
  Decimal,
  Id,
  listOf,
  listQuery,
  Period,
  QueryBoolean,
  queryList,
  Search,
  Timestamp,
} from './primitives.ts';

export const InvoiceStatus = z
  .enum(['draft', 'approved', 'edited', 'discarded', 'paid', 'void', 'partially_paid', 'upcoming'])
  .meta({ id: 'InvoiceStatus' });
export type InvoiceStatus = z.infer<typeof InvoiceStatus>;

/** A customer sees every invoice but those still being worked on or thrown away. */
export const PortalInvoiceStatus = InvoiceStatus.exclude(['draft', 'edited', 'discarded']);
export type PortalInvoiceStatus = z.infer<typeof PortalInvoiceStatus>;

export const InvoiceOrderField = z.enum([
  'invoice_number',
  'status',
  'invoice_total',
  'due_date',
  'amount_due',
  'invoice_period',
  'created_at',
]);
export type InvoiceOrderField = z.infer<typeof InvoiceOrderField>;

const invoiceFilters = {
  ...listQuery(InvoiceOrderField.options, '-created_at'),
  search: Search.optional().describe('Finds invoices whose number contains this text, in any case.'),
  is_overdue: QueryBoolean.optional().describe('Together with `status__in`: invoices that match either.'),
  created_at__gte: DayOrTimestamp.optional(),
  created_at__lte: DayOrTimestamp.optional(),
  due_date__gte: DayOrTimestamp.optional(),
  due_date__lte: DayOrTimestamp.optional(),
};

/** Filters of the customer's own list. `status__in` and `is_overdue=true` together list invoices that match either. */
export const PortalInvoicesQuery = z.strictObject({
  ...invoiceFilters,
  status__in: queryList(PortalInvoiceStatus).optional(),
});
export type PortalInvoicesQuery = z.infer<typeof PortalInvoicesQuery>;

export const PortalInvoice = z
  .object({
    id: Id,
    invoice_number: z.string(),
    status: InvoiceStatus,
    currency: CurrencyCode,
    invoice_total: AmountMinor.describe('The column Invoice Total: the net total where there is one.'),
    amount_due: AmountMinor,
    due_date: Timestamp.nullable().describe('The column Due Date: the promised date where there is no due date.'),
    invoice_period: Period.nullable(),
    created_at: Timestamp,
    is_overdue: z.boolean(),
    days_overdue: z
      .int()
      .nullable()
      .describe('Whole days past the due day in the billing time zone; null when not overdue.'),
  })
  .meta({ id: 'PortalInvoice' });
export type PortalInvoice = z.infer<typeof PortalInvoice>;

export const PortalInvoiceList = listOf(PortalInvoice).meta({ id: 'PortalInvoiceList' });
export type PortalInvoiceList = z.infer<typeof PortalInvoiceList>;

export const InvoiceLineItem = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string().nullable(),
    quantity: z.number(),
    unit: z.string().nullable(),
    unit_price: Decimal.describe('In major units, exact: a price may be a fraction of a cent.'),
    subtotal: AmountMinor,
    discount: AmountMinor,
    tax_rate: Decimal.nullable().describe('Percent, for example `8.25`; null where no tax applies.'),
    tax: AmountMinor,
    total: AmountMinor,
    period: Period.nullable(),
    is_proration: z.boolean(),
  })
  .meta({ id: 'PortalInvoiceLineItem' });
export type InvoiceLineItem = z.infer<typeof InvoiceLineItem>;

/** What a payment or a refund did to one invoice. `amount` is positive; `type` gives the direction. */
export const InvoicePayment = z
  .object({
    id: Id,
    type: PaymentType,
    status: PaymentStatus,
    amount: AmountMinor,
    receipt_number: z.string().nullable(),
    payment_method: PaymentMethod,
    payment_method_details: PaymentMethodDetails.nullable(),
    timestamp: Timestamp,
  })
  .meta({ id: 'PortalInvoicePayment' });
export type InvoicePayment = z.infer<typeof InvoicePayment>;

export const PortalInvoiceDetail = PortalInvoice.extend({
  subtotal: AmountMinor,
  discount_total: AmountMinor,
  tax_total: AmountMinor,
  paid_amount: AmountMinor,
  credited_amount: AmountMinor,
  notes: z.string().nullable(),
  paid_at: Timestamp.nullable(),
  contract: z.object({ id: Id, name: z.string() }).nullable(),
  from: z.object({
    name: z.string(),
    email: z.string().nullable(),
    address: Address.nullable(),
    tax_id: z.string().nullable(),
  }),
  customer: z.object({
    id: Id,
    customer_name: z.string(),
    email: z.string().nullable(),
    address: Address.nullable(),
    ship_to_address: Address.nullable(),
  }),
  line_items: z.array(InvoiceLineItem),
  payments: z.array(InvoicePayment),
  credit_notes: z.array(CreditNote),
}).meta({ id: 'PortalInvoiceDetail' });
export type PortalInvoiceDetail = z.infer<typeof PortalInvoiceDetail>;

/** Staff see drafts too, and what has been discarded. */
export const ConsoleInvoicesQuery = z.strictObject({
  ...invoiceFilters,
  status__in: queryList(InvoiceStatus).optional(),
});
export type ConsoleInvoicesQuery = z.infer<typeof ConsoleInvoicesQuery>;
