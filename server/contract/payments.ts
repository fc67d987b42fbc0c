import { z } from 'zod';
import {
  AmountMinor,
  CurrencyCode,
  DayOrTimestamp,
  Id,
  listOf,
  listQuery,
  queryList,
  Search,
  Timestamp,
} from './primitives.ts';

export const PaymentType = z
  .enum(['payment', 'refund', 'payment_reversal', 'authorization', 'tax_withheld'])
  .meta({ id: 'PaymentType' });
export type PaymentType = z.infer<typeof PaymentType>;

export const PaymentStatus = z
  .enum([
    'in_progress',
    'requires_action',
    'pending_charge',
    'authorized',
    'created',
    'success',
    'voided',
    'failed',
    'canceled',
    'refunded',
    'partially_refunded',
    'other',
  ])
  .meta({ id: 'PaymentStatus' });
export type PaymentStatus = z.infer<typeof PaymentStatus>;

export const PaymentMethod = z
  .enum([
    'card',
    'cash',
    'check',
    'charge_back',
    'bank_transfer',
    'direct_debit',
    'amazon_payments',
    'paypal_express_checkout',
    'upi',
    'netbanking_emandates',
    'other',
    'credits',
    'ach_credit_transfer',
  ])
  .meta({ id: 'PaymentMethod' });
export type PaymentMethod = z.infer<typeof PaymentMethod>;

export const PaymentMethodDetails = z
  .object({
    brand: z.string().nullish(),
    last4: z.string().nullish(),
    bank_name: z.string().nullish(),
  })
  .meta({ id: 'PaymentMethodDetails' });
export type PaymentMethodDetails = z.infer<typeof PaymentMethodDetails>;

export const PaymentOrderField = z.enum(['timestamp', 'type', 'status', 'payment_method', 'amount']);
export type PaymentOrderField = z.infer<typeof PaymentOrderField>;

export const PortalPaymentsQuery = z.strictObject({
  ...listQuery(PaymentOrderField.options, '-timestamp'),
  search: Search.optional().describe(
    'Finds payments by receipt number, or by the number of an invoice they were applied to.',
  ),
  type__in: queryList(PaymentType).optional(),
  status__in: queryList(PaymentStatus).optional(),
  timestamp__gte: DayOrTimestamp.optional(),
  timestamp__lte: DayOrTimestamp.optional(),
});
export type PortalPaymentsQuery = z.infer<typeof PortalPaymentsQuery>;

/** A payment or, with `type: refund`, money given back. `amount` is positive; `type` gives the direction. */
export const PortalPayment = z
  .object({
    id: Id,
    type: PaymentType,
    status: PaymentStatus,
    amount: AmountMinor,
    amount_refunded: AmountMinor,
    currency_code: CurrencyCode,
    payment_method: PaymentMethod,
    payment_method_details: PaymentMethodDetails.nullable(),
    timestamp: Timestamp,
    receipt_number: z.string().nullable(),
    failure_message: z.string().nullable().describe('Why a charge failed, in words for the customer.'),
    parent: z
      .object({ id: Id, receipt_number: z.string().nullable() })
      .nullable()
      .describe('The payment that a refund or reversal returns.'),
    invoices: z.array(z.object({ invoice_id: Id, invoice_number: z.string(), amount: AmountMinor })),
  })
  .meta({ id: 'PortalPayment' });
export type PortalPayment = z.infer<typeof PortalPayment>;

export const PortalPaymentList = listOf(PortalPayment).meta({ id: 'PortalPaymentList' });
export type PortalPaymentList = z.infer<typeof PortalPaymentList>;
