import type { InvoiceStatus } from '#contract/invoices.ts';

/** Clustered by the order in which a customer's list shows it: newest first. Amounts are minor units of `currency`. */
export interface InvoiceTable {
  organisation_id: string;
  customer_id: string;
  created_at: string;
  id: string;
  external_id: string | null;
  invoice_number: string;
  status: InvoiceStatus;
  currency: string;
  invoice_total: number;
  net_invoice_total: number | null;
  subtotal: number;
  discount_total: number;
  tax_total: number;
  paid_amount: number;
  amount_due: number;
  due_date: string | null;
  promise_due_date: string | null;
  period_begin: string | null;
  period_end_exclusive: string | null;
  contract_id: string | null;
  notes: string | null;
  /** JSON object. */
  custom_data: string | null;
  approved_at: string | null;
  sent_at: string | null;
  paid_at: string | null;
  updated_at: string;
  /** What of the customer's balance was applied before the amount due was worked out. */
  applied_balance: number;
  invoice_url: string | null;
  payment_url: string | null;
  charged_at: string | null;
  created_by: string | null;
}

export interface InvoiceLineItemTable {
  organisation_id: string;
  invoice_id: string;
  /** From 0, in the order in which the invoice shows them. */
  position: number;
  id: string;
  product_id: string | null;
  name: string;
  description: string | null;
  quantity: number;
  unit: string | null;
  /** Exact decimal text in major units. */
  unit_price: string;
  subtotal: number;
  discount: number;
  /** Percent as exact decimal text. */
  tax_rate: string | null;
  tax: number;
  total: number;
  period_begin: string | null;
  period_end_exclusive: string | null;
  is_proration: 0 | 1;
}
