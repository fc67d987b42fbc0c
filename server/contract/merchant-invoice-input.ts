import { z } from 'zod';
import { AmountInput, BillingMoment, CurrencyInput, CustomData, ExternalId, Id, lineOf, textOf } from './primitives.ts';
import { atMostOneOf, exactlyOneOf } from './references.ts';

const largest = 1_000_000_000_000_000;

/** An exact decimal number, as a JSON number or as text; text is what comes out. */
export const decimalInput = (pattern: RegExp, message: string) =>
  z.union([z.number(), z.string()], message).transform(String).pipe(z.string().regex(pattern, message));

const Price = decimalInput(
  /^-?\d{1,13}(\.\d{1,12})?$/,
  'Expected a decimal number in major units; a very small one as text, for example "0.0000025"',
);

const Quantity = decimalInput(
  /^-?(?=[\d.]{1,16}$)\d{1,15}(\.\d{1,12})?$/,
  'Expected a decimal number of 15 digits at most',
);

const Percent = decimalInput(/^\d{1,3}(\.\d{1,6})?$/, 'Expected a percentage, for example 8.25');

/** Minor units; a line that credits something has negative amounts. */
const SignedAmount = z.int('Expected a whole number of minor units').min(-largest).max(largest);

const WebAddress = z
  .url({ protocol: /^https$/, message: 'Expected an https address' })
  .max(2000)
  .refine((text) => !/^https:\/\/[^/]*@/i.test(text), 'Leave out user name and password');

/** A billing period in a request. `end_date_exclusive` is the first moment after it. */
export const PeriodInput = z
  .strictObject({ begin_date: BillingMoment, end_date_exclusive: BillingMoment })
  .meta({ id: 'PeriodInput' });
export type PeriodInput = z.infer<typeof PeriodInput>;

export const LineItemInput = z
  .strictObject({
    name: lineOf(255).min(1),
    description: textOf(2000).nullish(),
    quantity: Quantity.optional().describe('Default 1. Negative for a line that credits something.'),
    unit: lineOf(64).nullish().describe('What is counted, for example `seats`.'),
    unit_price: Price.describe('In major units, exact: as text it may have 12 decimals, for example `"0.0004"`.'),
    subtotal: SignedAmount.optional().describe(
      'Minor units. Default: quantity × unit_price, rounded half away from zero; may differ from that by 1.',
    ),
    discount: SignedAmount.optional().describe('Minor units, with the sign of the subtotal and at most as much.'),
    tax_rate: Percent.nullish().describe('Percent of the subtotal less the discount.'),
    tax: SignedAmount.optional().describe(
      'Minor units. Default: tax_rate of the subtotal less the discount, rounded; may differ from that by 1.',
    ),
    total: SignedAmount.optional().describe('Minor units. Must be subtotal - discount + tax.'),
    period: PeriodInput.nullish(),
    product_id: Id.nullish(),
    product_external_id: ExternalId.nullish(),
    is_proration: z.boolean().optional(),
  })
  .refine(...atMostOneOf('product_id', 'product_external_id'))
  .meta({ id: 'LineItemInput' });
export type LineItemInput = z.infer<typeof LineItemInput>;

/** What may change after an invoice has been approved: nothing that is owed depends on it. */
const softFields = {
  due_date: BillingMoment.nullish(),
  promise_due_date: BillingMoment.nullish(),
  notes: textOf(4000).nullish(),
  custom_data: CustomData.nullish(),
  invoice_url: WebAddress.nullish().describe("The invoice on the merchant's own site."),
  payment_url: WebAddress.nullish().describe('Where the customer can pay it.'),
  sent_at: BillingMoment.nullish(),
  charged_at: BillingMoment.nullish(),
  created_by: lineOf(255).nullish(),
};

const hardFields = {
  invoice_number: lineOf(64)
    .min(1)
    .optional()
    .describe(
      'Default: the next of INV-000001, INV-000002 … One that is given is taken as it is; of one in this form, the next goes on behind it.',
    ),
  created_at: BillingMoment.optional().describe('Default: now. What customers see as the date of the invoice.'),
  invoice_period: PeriodInput.nullish(),
  line_items: z.array(LineItemInput).max(1000).optional(),
  invoice_total: AmountInput.optional().describe(
    "Minor units. Must be the sum of the lines' totals; required where there are no lines.",
  ),
  net_invoice_total: AmountInput.nullish().describe('What is to be paid of the invoice_total, where that is less.'),
  applied_balance: AmountInput.optional().describe("What the customer's balance has paid of it already. Default 0."),
  subtotal: AmountInput.optional(),
  discount_total: AmountInput.optional(),
  tax_total: AmountInput.optional(),
};

const references = {
  customer_id: Id.optional(),
  customer_external_id: ExternalId.optional(),
  contract_id: Id.nullish(),
  contract_external_id: ExternalId.nullish(),
};

const oneCustomer = exactlyOneOf('customer_id', 'customer_external_id');
const noSecondContract = atMostOneOf('contract_id', 'contract_external_id');

const invoiceFields = {
  ...references,
  currency: CurrencyInput,
  status: z
    .enum(['draft', 'approved', 'upcoming'])
    .optional()
    .describe('Default `approved`. Paid, partially paid and void follow from payments and credit notes.'),
  ...hardFields,
  ...softFields,
};

export const InvoiceInput = z
  .strictObject({ external_id: ExternalId.nullish(), ...invoiceFields })
  .refine(...oneCustomer)
  .refine(...noSecondContract)
  .meta({ id: 'InvoiceInput' });
export type InvoiceInput = z.infer<typeof InvoiceInput>;

/** One invoice of a bulk change, by its external id. What is not given stays as it is. */
export const InvoiceRecord = z
  .strictObject({ external_id: ExternalId, ...invoiceFields })
  .refine(...oneCustomer)
  .refine(...noSecondContract)
  .meta({ id: 'InvoiceRecord' });
export type InvoiceRecord = z.infer<typeof InvoiceRecord>;

/** Only the fields that change; null clears. */
export const InvoicePatch = z
  .strictObject({
    external_id: ExternalId.nullish(),
    ...references,
    currency: CurrencyInput.optional(),
    ...hardFields,
    ...softFields,
  })
  .refine(...atMostOneOf('customer_id', 'customer_external_id'))
  .refine(...noSecondContract)
  .meta({ id: 'InvoicePatch' });
export type InvoicePatch = z.infer<typeof InvoicePatch>;
