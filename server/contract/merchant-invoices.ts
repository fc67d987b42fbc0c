import { z } from 'zod';
import { InvoiceLineItem, InvoiceStatus } from './invoices.ts';
import { merchantListQuery } from './filters.ts';
import { InvoiceInput, InvoicePatch } from './merchant-invoice-input.ts';
import { PaymentList } from './merchant-payments.ts';
import type { Operations } from './operation.ts';
import {
  AmountInput,
  AmountMinor,
  CurrencyCode,
  Decimal,
  ExternalId,
  Id,
  listOf,
  Period,
  QueryBoolean,
  Timestamp,
} from './primitives.ts';

export const Invoice = z
  .object({
    id: Id,
    invoice_id: Id.describe('The same as `id`.'),
    external_id: z.string().nullable(),
    invoice_number: z.string(),
    customer_id: Id,
    contract_id: Id.nullable(),
    status: InvoiceStatus,
    currency: CurrencyCode,
    invoice_total: AmountMinor,
    net_invoice_total: AmountMinor.nullable(),
    applied_balance: AmountMinor,
    amount_due: AmountMinor.describe('What is still to be paid. Minor units, never negative.'),
    invoice_period: Period.nullable(),
    due_date: Timestamp.nullable(),
    promise_due_date: Timestamp.nullable(),
    invoice_url: z.string().nullable(),
    payment_url: z.string().nullable(),
    charged_at: Timestamp.nullable(),
    created_at: Timestamp,
    created_by: z.string().nullable(),
    last_updated_at: Timestamp,
  })
  .meta({ id: 'Invoice' });
export type Invoice = z.infer<typeof Invoice>;

export const MerchantLineItem = InvoiceLineItem.extend({ product_id: Id.nullable() }).meta({ id: 'LineItem' });
export type MerchantLineItem = z.infer<typeof MerchantLineItem>;

export const InvoiceDetail = Invoice.extend({
  customer: z.object({ id: Id, external_id: z.string().nullable(), customer_name: z.string() }),
  contract: z.object({ id: Id, external_id: z.string().nullable(), name: z.string() }).nullable(),
  subtotal: AmountMinor,
  discount_total: AmountMinor,
  tax_total: AmountMinor,
  paid_amount: AmountMinor,
  credited_amount: AmountMinor,
  notes: z.string().nullable(),
  custom_data: z.record(z.string(), z.json()).nullable(),
  approved_at: Timestamp.nullable(),
  sent_at: Timestamp.nullable(),
  paid_at: Timestamp.nullable(),
  line_items: z.array(MerchantLineItem).nullable().describe('Null where they were not asked for.'),
}).meta({ id: 'InvoiceDetail' });
export type InvoiceDetail = z.infer<typeof InvoiceDetail>;

export const InvoiceList = listOf(Invoice).meta({ id: 'InvoiceList' });
export type InvoiceList = z.infer<typeof InvoiceList>;

export const MerchantInvoiceOrderField = z.enum([
  'created_at',
  'last_updated_at',
  'due_date',
  'invoice_number',
  'invoice_total',
  'amount_due',
  'status',
]);
export type MerchantInvoiceOrderField = z.infer<typeof MerchantInvoiceOrderField>;

export const InvoicesQuery = merchantListQuery({
  fields: {
    id: 'id',
    external_id: 'text',
    invoice_number: 'text',
    customer_id: 'id',
    customer__external_id: 'text',
    customer__customer_name: 'text',
    customer__email: 'text',
    contract_id: 'id',
    contract__external_id: 'text',
    contract__name: 'text',
    status: InvoiceStatus.options,
    currency: 'text',
    invoice_total: 'amount',
    net_invoice_total: 'amount',
    amount_due: 'amount',
    paid_amount: 'amount',
    due_date: 'moment',
    promise_due_date: 'moment',
    created_at: 'moment',
    last_updated_at: 'moment',
    approved_at: 'moment',
    paid_at: 'moment',
  },
  orders: MerchantInvoiceOrderField.options,
  order: '-created_at',
  extra: {},
});
export type InvoicesQuery = z.infer<typeof InvoicesQuery>;

const Quantity = z.object({
  value: z.number(),
  unit: z.string().nullable(),
  display: z.string().describe('For example `12 seats`.'),
});

const Money = z
  .object({
    value: z.number().describe('In MAJOR units.'),
    unit: CurrencyCode,
    display: z.string().describe('For example `$12.50`.'),
  })
  .meta({ id: 'DisplayedMoney' });
export type DisplayedMoney = z.infer<typeof Money>;

/** The dialect's form of an invoice's lines, in the order in which the invoice shows them. */
export const InvoiceLines = z
  .object({
    lines: z.array(
      z.object({
        id: Id,
        name: z.string(),
        description: z.string().nullable(),
        quantity: Quantity,
        unit_price: Decimal.describe('In major units, exact.'),
        subtotal: Money,
        discount: Money,
        tax_rate: Decimal.nullable(),
        tax: Money,
        total: Money,
        pricing_model: z.literal('per_unit'),
        features: z.array(z.json()).describe('Always empty.'),
      }),
    ),
    features: z.array(z.json()).describe('Always empty.'),
    total: Money,
  })
  .meta({ id: 'InvoiceLines' });
export type InvoiceLines = z.infer<typeof InvoiceLines>;

export const InvoiceSummary = InvoiceDetail.pick({
  invoice_id: true,
  invoice_number: true,
  status: true,
  currency: true,
  subtotal: true,
  discount_total: true,
  tax_total: true,
  invoice_total: true,
  net_invoice_total: true,
  applied_balance: true,
  paid_amount: true,
  credited_amount: true,
  amount_due: true,
}).meta({ id: 'InvoiceSummary' });
export type InvoiceSummary = z.infer<typeof InvoiceSummary>;

export const PaymentLink = z
  .object({ invoice_id: Id, payment_url: z.string(), amount: AmountMinor, currency: CurrencyCode })
  .meta({ id: 'PaymentLink' });
export type PaymentLink = z.infer<typeof PaymentLink>;

const byId = z.strictObject({ invoice_id: Id });
const withLines = z.strictObject({
  include_line_items: QueryBoolean.optional().describe('Default: false.'),
});
const nothing = z.strictObject({});

const list = {
  summary: 'List invoices',
  description: `\`overdue\` is no status: ask for \`status__in=approved,partially_paid\` with \`due_date__lt\` a day.
\`invoice_total\` filters and orders by the total itself, \`due_date\` by the due date itself.`,
  query: InvoicesQuery,
  response: InvoiceList,
  errors: ['cursor_invalid'],
} as const;

const state = { params: byId, body: nothing, response: InvoiceDetail } as const;

export const invoiceOperations = {
  'GET /invoices': list,
  'GET /invoices/internal': { ...list, summary: 'List invoices (same as /invoices)' },
  'POST /invoices': {
    summary: 'Create an invoice',
    description: `Totals are computed from \`line_items\`; totals that are sent must agree, or the answer is a 422 that
names the one that does not. An invoice without lines needs \`invoice_total\`. Lines may be negative, the invoice may not.
The status is \`approved\` unless \`draft\` or \`upcoming\` is asked for. An approved invoice of nothing is paid at once.
Record payments to make it paid: there is no other way to bring a paid invoice in.
An \`external_id\` that another invoice has is a 409; to create or update by external id use \`PUT /invoices/bulk\`.`,
    body: InvoiceInput,
    response: InvoiceDetail,
    errors: ['external_id_taken'],
  },
  'GET /invoices/external_id/:external_id': {
    summary: 'Get an invoice by its external id',
    params: z.strictObject({ external_id: ExternalId }),
    query: withLines,
    response: InvoiceDetail,
    errors: ['invoice_not_found'],
  },
  'GET /invoices/:invoice_id': {
    summary: 'Get an invoice',
    description: '`line_items` is null unless `include_line_items=true`.',
    params: byId,
    query: withLines,
    response: InvoiceDetail,
    errors: ['invoice_not_found'],
  },
  'PATCH /invoices/:invoice_id': {
    summary: 'Change an invoice',
    description: `Only the fields given change; null clears. A draft or upcoming invoice may change wholly and stays what
it is; \`line_items\` replaces all lines. Once approved, only \`external_id\`, \`due_date\`, \`promise_due_date\`,
\`notes\`, \`custom_data\`, \`invoice_url\`, \`payment_url\`, \`sent_at\`, \`charged_at\` and \`created_by\` may change:
anything else that differs is a 409.`,
    params: byId,
    body: InvoicePatch,
    response: InvoiceDetail,
    errors: ['external_id_taken', 'invoice_not_found', 'invoice_state_invalid'],
  },
  'GET /invoices/:invoice_id/line_items': {
    summary: 'List the lines of an invoice',
    description: 'Amounts are in MAJOR units here, with the text to show. `total` is what the lines come to.',
    params: byId,
    response: InvoiceLines,
    errors: ['invoice_not_found'],
  },
  'GET /invoices/:invoice_id/summary': {
    summary: 'Get the sums of an invoice',
    description: `In minor units. \`amount_due\` is (\`net_invoice_total\` or else \`invoice_total\`) less
\`applied_balance\`, \`paid_amount\`, and what of \`credited_amount\` did not come back as credits.`,
    params: byId,
    response: InvoiceSummary,
    errors: ['invoice_not_found'],
  },
  'GET /invoices/:invoice_id/payments': {
    summary: 'List the successful payments of an invoice',
    description: 'Oldest first, all on one page. Refunds are listed by `GET /payments/invoice/{invoice_id}`.',
    params: byId,
    response: PaymentList,
    errors: ['invoice_not_found'],
  },
  'GET /invoices/:invoice_id/payment_link': {
    summary: 'Get the address at which an invoice can be paid',
    description: `Answers the \`payment_url\` that the merchant has given to the invoice; the portal itself takes no
payments. Without one, the answer is a 409. \`amount\` is in minor units; default: all that is owed.`,
    params: byId,
    query: z.strictObject({
      amount: z
        .string()
        .regex(/^\d{1,15}$/, 'Expected a whole number of minor units')
        .transform(Number)
        .pipe(AmountInput.min(1))
        .optional(),
    }),
    response: PaymentLink,
    errors: ['invoice_not_found', 'invoice_state_invalid', 'payment_link_not_available'],
  },
  'PATCH /invoices/:invoice_id/approve': {
    summary: 'Approve an invoice',
    description: 'From then on it is owed. One that is approved already, or paid, is answered as it is.',
    ...state,
    errors: ['invoice_not_found', 'invoice_state_invalid'],
  },
  'PATCH /invoices/:invoice_id/void': {
    summary: 'Void an invoice',
    description: `Only when nothing is owed on it and no money is left in it: credit or refund it first. An invoice that
is credited in full is void already. One that is void is answered as it is.`,
    ...state,
    errors: ['invoice_not_found', 'invoice_state_invalid'],
  },
  'PATCH /invoices/:invoice_id/discard': {
    summary: 'Discard a draft',
    description: 'A draft, edited or upcoming invoice is thrown away; customers no longer see it.',
    ...state,
    errors: ['invoice_not_found', 'invoice_state_invalid'],
  },
} as const satisfies Operations;
