import { timestamp } from '../clock.ts';
import type { InvoiceLineItemTable, InvoiceTable } from '../invoices/invoices.table.ts';
import type { PaymentTable } from '../payments/payments.table.ts';
import type { PaymentMethod } from '#contract/payments.ts';
import type { OrganisationScope } from '../scope.ts';
import type { InvoiceFacts } from './read-row.ts';

/** What one row of the file becomes in the database. */
export interface ImportedInvoice {
  invoice: InvoiceTable;
  line: InvoiceLineItemTable;
  payment: PaymentTable | undefined;
}

export interface ImportedIds {
  invoice: string;
  line: string;
  payment: string;
}

export const paymentExternalId = (invoiceExternalId: string): string => `${invoiceExternalId}:settlement`;

const settlementOf = ({ status, totalMinor, settledAt, createdAt }: InvoiceFacts) => {
  const isSettled = status === 'paid' || (status === 'approved' && totalMinor === 0);
  const isOwed = !isSettled && status !== 'void';
  return {
    status: isSettled ? ('paid' as const) : status,
    paidMinor: isSettled ? totalMinor : 0,
    dueMinor: isOwed ? totalMinor : 0,
    paidAt: isSettled ? (settledAt ?? createdAt) : null,
  };
};

export const rowsOf = (
  facts: InvoiceFacts,
  scope: OrganisationScope,
  customerId: string,
  ids: ImportedIds,
  method: PaymentMethod,
  now: number,
): ImportedInvoice => {
  const { status, paidMinor, dueMinor, paidAt } = settlementOf(facts);
  const issuedAt = status === 'draft' || status === 'upcoming' ? null : facts.createdAt;
  const organisation_id = scope.organisationId;
  const invoice: InvoiceTable = {
    organisation_id,
    customer_id: customerId,
    created_at: facts.createdAt,
    id: ids.invoice,
    external_id: facts.externalId,
    invoice_number: facts.invoiceNumber,
    status,
    currency: facts.currency,
    invoice_total: facts.totalMinor,
    net_invoice_total: null,
    subtotal: facts.totalMinor,
    discount_total: 0,
    tax_total: 0,
    paid_amount: paidMinor,
    amount_due: dueMinor,
    due_date: facts.dueDate,
    promise_due_date: null,
    period_begin: facts.periodBegin,
    period_end_exclusive: facts.periodEndExclusive,
    contract_id: null,
    notes: facts.notes,
    custom_data: facts.customData,
    approved_at: issuedAt,
    sent_at: issuedAt,
    paid_at: paidAt,
    updated_at: timestamp(now),
    applied_balance: 0,
    invoice_url: null,
    payment_url: null,
    charged_at: null,
    created_by: null,
  };
  const line: InvoiceLineItemTable = {
    organisation_id,
    invoice_id: ids.invoice,
    position: 0,
    id: ids.line,
    product_id: null,
    name: facts.lineItemName,
    description: null,
    quantity: 1,
    unit: null,
    unit_price: facts.total,
    subtotal: facts.totalMinor,
    discount: 0,
    tax_rate: null,
    tax: 0,
    total: facts.totalMinor,
    period_begin: facts.periodBegin,
    period_end_exclusive: facts.periodEndExclusive,
    is_proration: 0,
  };
  const payment: PaymentTable | undefined =
    paidMinor === 0 || paidAt === null
      ? undefined
      : {
          organisation_id,
          customer_id: customerId,
          timestamp: paidAt,
          id: ids.payment,
          external_id: paymentExternalId(facts.externalId),
          type: 'payment',
          status: 'success',
          amount: paidMinor,
          amount_refunded: 0,
          currency_code: facts.currency,
          payment_method: method,
          payment_method_details: null,
          receipt_number: null,
          failure_message: null,
          parent_id: null,
          created_at: timestamp(now),
          updated_at: timestamp(now),
          connector_id: null,
          connector_name: null,
          description: null,
          refund_destination: null,
        };
  return { invoice, line, payment };
};

const bookkeeping = new Set(['id', 'updated_at']);

/** Whether two rows say the same; when it was written down does not count. */
export const isSameRow = (
  left: object | undefined,
  right: object | undefined,
  but: readonly string[] = [],
): boolean => {
  if (left === undefined || right === undefined) {
    return left === right;
  }
  const other = right as Record<string, unknown>;
  return Object.entries(left).every(
    ([name, value]) => bookkeeping.has(name) || but.includes(name) || other[name] === value,
  );
};
