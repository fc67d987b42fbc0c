import type { PaymentMethod, PaymentStatus, PaymentType } from '#contract/payments.ts';

/** Clustered like invoices: newest first within a customer. A refund is a row of its own with `parent_id`. */
export interface PaymentTable {
  organisation_id: string;
  customer_id: string;
  timestamp: string;
  id: string;
  external_id: string | null;
  type: PaymentType;
  status: PaymentStatus;
  /** Minor units, always positive; `type` gives the direction. */
  amount: number;
  /** How much of this payment has been returned by refunds. */
  amount_refunded: number;
  currency_code: string;
  payment_method: PaymentMethod;
  /** JSON of the contract's PaymentMethodDetails. */
  payment_method_details: string | null;
  receipt_number: string | null;
  failure_message: string | null;
  parent_id: string | null;
  created_at: string;
  updated_at: string;
  connector_id: string | null;
  connector_name: string | null;
  description: string | null;
  /** Of a refund: credits, original_payment_method or external. */
  refund_destination: string | null;
}

/** How much of a payment was applied to (or, for a refund, returned from) one invoice. */
export interface PaymentAllocationTable {
  organisation_id: string;
  payment_id: string;
  invoice_id: string;
  amount: number;
  amount_refunded: number;
}
