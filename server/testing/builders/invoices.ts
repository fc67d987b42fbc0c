import { v7 as uuidv7 } from 'uuid';
import type { InvoiceLineItemTable, InvoiceTable } from '../../invoices/invoices.table.ts';
import type { CustomerScope } from '../../scope.ts';
import type { TestServer } from '../test-server.ts';

/** An approved invoice of 100.00 USD, wholly open, due far in the future. */
export const addInvoice = async (
  { db }: Pick<TestServer, 'db'>,
  scope: CustomerScope,
  values: Partial<InvoiceTable> = {},
): Promise<InvoiceTable> => {
  const id = values.id ?? uuidv7();
  const invoice: InvoiceTable = {
    organisation_id: scope.organisationId,
    customer_id: scope.customerId,
    created_at: '2026-11-01T00:00:00.000Z',
    id,
    external_id: null,
    invoice_number: `INV-${id.slice(-6)}`,
    status: 'approved',
    currency: 'USD',
    invoice_total: 10_000,
    net_invoice_total: null,
    subtotal: 10_000,
    discount_total: 0,
    tax_total: 0,
    paid_amount: 0,
    amount_due: 10_000,
    due_date: '2027-11-30T00:00:00.000Z',
    promise_due_date: null,
    period_begin: null,
    period_end_exclusive: null,
    contract_id: null,
    notes: null,
    custom_data: null,
    approved_at: null,
    sent_at: null,
    paid_at: null,
    updated_at: '2026-11-01T00:00:00.000Z',
    applied_balance: 0,
    invoice_url: null,
    payment_url: null,
    charged_at: null,
    created_by: null,
    ...values,
  };
  await db.insertInto('invoice').values(invoice).execute();
  return invoice;
};

/** One unit of a subscription for the invoice's 100.00. */
export const addLineItem = async (
  { db }: Pick<TestServer, 'db'>,
  invoice: InvoiceTable,
  values: Partial<InvoiceLineItemTable> = {},
): Promise<InvoiceLineItemTable> => {
  const lineItem: InvoiceLineItemTable = {
    organisation_id: invoice.organisation_id,
    invoice_id: invoice.id,
    position: 0,
    id: uuidv7(),
    product_id: null,
    name: 'Subscription',
    description: null,
    quantity: 1,
    unit: null,
    unit_price: '100',
    subtotal: 10_000,
    discount: 0,
    tax_rate: null,
    tax: 0,
    total: 10_000,
    period_begin: null,
    period_end_exclusive: null,
    is_proration: 0,
    ...values,
  };
  await db.insertInto('invoice_line_item').values(lineItem).execute();
  return lineItem;
};
