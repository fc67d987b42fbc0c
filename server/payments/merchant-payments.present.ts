import type { Payment, PaymentPart, RefundDestination } from '#contract/merchant-payments.ts';
import type { PaymentMethodDetails } from '#contract/payments.ts';
import type { MerchantAllocationRow, MerchantPaymentRow } from './merchant-payments.repository.ts';

const presentDetails = (json: string | null): PaymentMethodDetails => ({
  brand: null,
  last4: null,
  bank_name: null,
  ...(json === null ? {} : (JSON.parse(json) as PaymentMethodDetails)),
});

const presentPart = (row: MerchantAllocationRow, currency: string): PaymentPart => ({
  invoice_id: row.invoice_id,
  invoice_external_id: row.invoice_external_id,
  payment_id: row.payment_id,
  amount: row.amount,
  amount_refunded: row.amount_refunded,
  currency_code: currency,
  invoice_number: row.invoice_number,
  status: row.invoice_status,
  invoice_total: row.invoice_total,
  created_at: row.invoice_created_at,
});

export const presentMerchantPayment = (
  row: MerchantPaymentRow,
  allocations: readonly MerchantAllocationRow[],
): Payment => ({
  id: row.id,
  organisation_id: row.organisation_id,
  external_id: row.external_id,
  type: row.type,
  status: row.status,
  amount: row.amount,
  amount_refunded: row.amount_refunded,
  currency_code: row.currency_code,
  customer_id: row.customer_id,
  customer_external_id: row.customer_external_id,
  customer_name: row.customer_name,
  customer_email: row.customer_email,
  connector_id: row.connector_id,
  connector_name: row.connector_name,
  payment_method: row.payment_method,
  payment_method_details: presentDetails(row.payment_method_details),
  parent_id: row.parent_id,
  parent_external_id: row.parent_external_id,
  refund_destination: row.refund_destination as RefundDestination | null,
  invoices: allocations.map((allocation) => presentPart(allocation, row.currency_code)),
  timestamp: row.timestamp,
  transactions: [],
  receipt_number: row.receipt_number,
  description: row.description,
  failure_message: row.failure_message,
  created_at: row.created_at,
  updated_at: row.updated_at,
});
