import { z } from 'zod';
import { fieldSearch, merchantListQuery } from './filters.ts';
import { InvoiceStatus } from './invoices.ts';
import { PaymentMethod, PaymentMethodDetails, PaymentStatus, PaymentType } from './payments.ts';
import {
  AmountInput,
  AmountMinor,
  BillingMoment,
  CurrencyCode,
  CurrencyInput,
  ExternalId,
  Id,
  lineOf,
  listOf,
  textOf,
  Timestamp,
} from './primitives.ts';
import { exactlyOneOf } from './references.ts';

export const RefundDestination = z.enum(['credits', 'original_payment_method', 'external']);
export type RefundDestination = z.infer<typeof RefundDestination>;

/** What a merchant may record; money given back is booked by a refund of its payment. */
export const RecordedPaymentType = z.enum(
  ['payment', 'authorization', 'tax_withheld'],
  'Expected payment, authorization or tax_withheld; give money back by POST /payments/{id}/refund',
);
export type RecordedPaymentType = z.infer<typeof RecordedPaymentType>;

export const RecordedPaymentStatus = PaymentStatus.exclude(
  ['refunded', 'partially_refunded'],
  'Expected the status before any refund, for example success or in_progress; that of a refunded payment follows',
);
export type RecordedPaymentStatus = z.infer<typeof RecordedPaymentStatus>;

const Positive = AmountInput.min(1);

export const PaymentPartInput = z
  .strictObject({
    invoice_id: Id.optional(),
    invoice_external_id: ExternalId.optional(),
    amount: Positive.describe('Minor units; at most what the invoice owes.'),
  })
  .refine(...exactlyOneOf('invoice_id', 'invoice_external_id'))
  .meta({ id: 'PaymentPartInput' });
export type PaymentPartInput = z.infer<typeof PaymentPartInput>;

const Parts = z.array(PaymentPartInput).max(100);

const Label = lineOf(255).min(1);

const MethodDetailsInput = z.strictObject({
  brand: lineOf(100).nullish(),
  last4: lineOf(10).nullish(),
  bank_name: lineOf(255).nullish(),
});

const changeable = {
  payment_parts: Parts.optional(),
  payment_method: PaymentMethod.optional(),
  payment_method_details: MethodDetailsInput.nullish(),
  receipt_number: Label.nullish().describe('A payment that has succeeded gets the next one where none is given.'),
  description: textOf(1000).nullish(),
  failure_message: lineOf(500).nullish().describe('Why a charge failed, in words that the customer may read.'),
};

const recordable = {
  ...changeable,
  customer_id: Id.optional(),
  customer_external_id: ExternalId.optional(),
  amount: Positive.describe('Minor units.'),
  currency_code: CurrencyInput,
  type: RecordedPaymentType.optional().describe('Default `payment`.'),
  status: RecordedPaymentStatus.optional().describe('Default `success`, of an authorization `authorized`.'),
  timestamp: BillingMoment.optional().describe('When the money moved; default now.'),
  connector_id: Label.nullish(),
  connector_name: Label.nullish().describe('The provider that took the payment; null for one recorded by hand.'),
};

export const PaymentInput = z
  .strictObject({ ...recordable, external_id: ExternalId.nullish() })
  .refine(...exactlyOneOf('customer_id', 'customer_external_id'))
  .meta({ id: 'PaymentInput' });
export type PaymentInput = z.infer<typeof PaymentInput>;

export const PaymentPatch = z
  .strictObject({ ...changeable, status: PaymentStatus.optional(), external_id: ExternalId.nullish() })
  .meta({ id: 'PaymentPatch' });
export type PaymentPatch = z.infer<typeof PaymentPatch>;

const refundable = {
  refund_destination: RefundDestination,
  writeoff_invoices: z
    .boolean()
    .describe('true: a credit note keeps the invoices settled; false: they are owed again.'),
  description: textOf(1000).nullish(),
  timestamp: BillingMoment.optional(),
  receipt_number: Label.nullish(),
};

export const RefundInput = z
  .strictObject({
    ...refundable,
    refund_amount: Positive.optional().describe('Minor units; default all that is left.'),
    refund_payment_part_amounts: Parts.optional(),
    external_id: ExternalId.nullish(),
  })
  .meta({ id: 'RefundInput' });
export type RefundInput = z.infer<typeof RefundInput>;

const RecordedPayment = z
  .strictObject({ ...recordable, external_id: ExternalId })
  .refine(...exactlyOneOf('customer_id', 'customer_external_id'));

const RecordedRefund = z
  .strictObject({
    ...refundable,
    type: z.literal('refund'),
    external_id: ExternalId,
    parent_id: Id.optional(),
    parent_external_id: ExternalId.optional(),
    amount: Positive,
    payment_parts: Parts.optional(),
  })
  .refine(...exactlyOneOf('parent_id', 'parent_external_id'));

/** A line of the bulk import: a payment as POST takes it, or a refund of one; `external_id` is required in both. */
export const PaymentRecord = z
  .discriminatedUnion('type', [RecordedPayment, RecordedRefund], {
    error: 'Expected payment, authorization, tax_withheld or refund',
  })
  .meta({ id: 'PaymentRecord' });
export type PaymentRecord = z.infer<typeof PaymentRecord>;
export type RefundRecord = z.infer<typeof RecordedRefund>;

export const PaymentPart = z
  .object({
    invoice_id: Id,
    invoice_external_id: z.string().nullable(),
    payment_id: Id,
    amount: AmountMinor,
    amount_refunded: AmountMinor,
    currency_code: CurrencyCode,
    invoice_number: z.string(),
    status: InvoiceStatus.describe('Of the invoice.'),
    invoice_total: AmountMinor,
    created_at: Timestamp.describe('Of the invoice.'),
  })
  .meta({ id: 'PaymentPart' });
export type PaymentPart = z.infer<typeof PaymentPart>;

export const Payment = z
  .object({
    id: Id,
    organisation_id: Id,
    external_id: z.string().nullable(),
    type: PaymentType,
    status: PaymentStatus,
    amount: AmountMinor.describe('Minor units, always positive: the type gives the direction.'),
    amount_refunded: AmountMinor,
    currency_code: CurrencyCode,
    customer_id: Id,
    customer_external_id: z.string().nullable(),
    customer_name: z.string(),
    customer_email: z.string().nullable(),
    connector_id: z.string().nullable(),
    connector_name: z.string().nullable(),
    payment_method: PaymentMethod,
    payment_method_details: PaymentMethodDetails,
    parent_id: Id.nullable().describe('Of a refund: the payment whose money it returns.'),
    parent_external_id: z.string().nullable(),
    refund_destination: RefundDestination.nullable(),
    invoices: z.array(PaymentPart),
    timestamp: Timestamp,
    transactions: z
      .array(z.record(z.string(), z.unknown()))
      .describe('Always empty: what a provider did with a payment is not kept.'),
    receipt_number: z.string().nullable(),
    description: z.string().nullable(),
    failure_message: z.string().nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Payment' });
export type Payment = z.infer<typeof Payment>;

export const PaymentList = listOf(Payment).meta({ id: 'PaymentList' });
export type PaymentList = z.infer<typeof PaymentList>;

export const MerchantPaymentOrderField = z.enum([
  'timestamp',
  'created_at',
  'amount',
  'amount_refunded',
  'currency_code',
  'type',
  'status',
  'payment_method',
]);
export type MerchantPaymentOrderField = z.infer<typeof MerchantPaymentOrderField>;

export const PaymentsQuery = merchantListQuery({
  fields: {
    id: 'id',
    external_id: 'text',
    customer_id: 'id',
    customer__external_id: 'text',
    customer__customer_name: 'text',
    type: PaymentType.options,
    status: PaymentStatus.options,
    payment_method: PaymentMethod.options,
    amount: 'amount',
    amount_refunded: 'amount',
    currency_code: 'text',
    receipt_number: 'text',
    parent_id: 'id',
    parent__external_id: 'text',
    timestamp: 'unix',
    created_at: 'moment',
    invoice__id: 'id',
    invoice__external_id: 'text',
  },
  orders: MerchantPaymentOrderField.options,
  order: '-timestamp',
  extra: {
    search: fieldSearch([
      'external_id',
      'receipt_number',
      'currency_code',
      'description',
      'customer_name',
      'customer_email',
      'customer_external_id',
    ]).optional(),
  },
});
export type PaymentsQuery = z.infer<typeof PaymentsQuery>;
