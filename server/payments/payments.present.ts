import type { InvoicePayment } from '#contract/invoices.ts';
import type { PaymentMethodDetails, PortalPayment } from '#contract/payments.ts';
import type { CurrencySummary } from '#contract/summary.ts';
import type { AllocationRow, InvoicePaymentRow, PaymentListRow } from './payments.repository.ts';
import type { PaymentTable } from './payments.table.ts';

const presentMethodDetails = (json: string | null): PaymentMethodDetails | null =>
  json === null ? null : (JSON.parse(json) as PaymentMethodDetails);

export const presentPayment = (row: PaymentListRow, allocations: AllocationRow[]): PortalPayment => ({
  id: row.id,
  type: row.type,
  status: row.status,
  amount: row.amount,
  amount_refunded: row.amount_refunded,
  currency_code: row.currency_code,
  payment_method: row.payment_method,
  payment_method_details: presentMethodDetails(row.payment_method_details),
  timestamp: row.timestamp,
  receipt_number: row.receipt_number,
  failure_message: row.failure_message,
  parent: row.parent_id === null ? null : { id: row.parent_id, receipt_number: row.parent_receipt_number },
  invoices: allocations.map(({ invoice_id, invoice_number, amount }) => ({ invoice_id, invoice_number, amount })),
});

export const presentInvoicePayment = (row: InvoicePaymentRow): InvoicePayment => ({
  id: row.id,
  type: row.type,
  status: row.status,
  amount: row.allocated_amount,
  receipt_number: row.receipt_number,
  payment_method: row.payment_method,
  payment_method_details: presentMethodDetails(row.payment_method_details),
  timestamp: row.timestamp,
});

export const presentLastPayment = (row: PaymentTable): CurrencySummary['last_payment'] => ({
  id: row.id,
  amount: row.amount,
  timestamp: row.timestamp,
  payment_method: row.payment_method,
  payment_method_details: presentMethodDetails(row.payment_method_details),
});
