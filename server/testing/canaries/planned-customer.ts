import type { ContractTable } from '../../contracts/contracts.table.ts';
import type { CreditNoteTable } from '../../credit-notes/credit-notes.table.ts';
import type { AddressTable, ContactTable, CustomerTable, PaymentMethodTable } from '../../customers/customers.table.ts';
import type { Db } from '../../database/transaction.ts';
import type { CustomerEntitlementTable, EntitlementTable } from '../../entitlements/entitlements.table.ts';
import type { InvoiceLineItemTable, InvoiceTable } from '../../invoices/invoices.table.ts';
import type { PaymentTable } from '../../payments/payments.table.ts';
import type { ProductTable } from '../../products/products.table.ts';
import { addCreditNote } from '../builders/credit-notes.ts';
import { addAddress, addCustomer } from '../builders/customers.ts';
import { addEntitlement } from '../builders/entitlements.ts';
import { addInvoice, addLineItem } from '../builders/invoices.ts';
import { addPayment, allocate } from '../builders/payments.ts';
import type { Marks, Owner } from './marks.ts';

const moment = '2026-03-02T10:00:00.000Z';
const times = { created_at: moment, updated_at: moment };

/** A customer with a record of every kind, all of whose words, ids and amounts are marks; not yet in the database. */
export interface PlannedCustomer {
  organisationId: string;
  id: string;
  customer: Partial<CustomerTable>;
  addresses: Partial<AddressTable>[];
  contact: ContactTable;
  paymentMethod: PaymentMethodTable;
  product: ProductTable;
  contract: ContractTable;
  /** One that is open, one paid, one that the customer may not see. */
  invoices: (Partial<InvoiceTable> & { id: string })[];
  lineItems: (Partial<InvoiceLineItemTable> & { id: string })[];
  payment: Partial<PaymentTable> & { id: string };
  refund: Partial<PaymentTable> & { id: string };
  creditNote: Partial<CreditNoteTable>;
  entitlement: Partial<EntitlementTable>;
  grant: Partial<CustomerEntitlementTable>;
}

const price = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

export const planCustomer = (marks: Marks, owner: Owner, organisationId: string): PlannedCustomer => {
  const word = (place: string): string => marks.word(owner, place);
  const newId = (place: string): string => marks.id(owner, place);
  const amount = (place: string): number => marks.amount(owner, place);
  const json = (place: string): string => JSON.stringify({ [word(`${place} name`)]: word(place) });
  const organisation = { organisation_id: organisationId };
  const id = newId('customer.id');
  const ofCustomer = { ...organisation, customer_id: id };
  const [productId, contractId] = [newId('product.id'), newId('contract.id')];
  const methodDetails = (table: string): string =>
    JSON.stringify({ brand: word(`${table} brand`), last4: word(`${table} last4`), bank_name: word(`${table} bank`) });

  const address = (kind: string): Partial<AddressTable> => ({
    id: newId(`${kind} address.id`),
    line1: word(`${kind} address.line1`),
    line2: word(`${kind} address.line2`),
    line3: word(`${kind} address.line3`),
    city: word(`${kind} address.city`),
    state: word(`${kind} address.state`),
    zip_code: word(`${kind} address.zip_code`),
    country: word(`${kind} address.country`),
  });
  const invoice = (kind: string): PlannedCustomer['invoices'][number] => ({
    ...times,
    id: newId(`${kind} invoice.id`),
    external_id: word(`${kind} invoice.external_id`),
    invoice_number: word(`${kind} invoice.invoice_number`),
    invoice_total: amount(`${kind} invoice.invoice_total`),
    subtotal: amount(`${kind} invoice.subtotal`),
    discount_total: amount(`${kind} invoice.discount_total`),
    tax_total: amount(`${kind} invoice.tax_total`),
    amount_due: amount(`${kind} invoice.amount_due`),
    contract_id: contractId,
    notes: word(`${kind} invoice.notes`),
    custom_data: json(`${kind} invoice.custom_data`),
    invoice_url: `https://${word(`${kind} invoice.invoice_url`)}.example/`,
    payment_url: `https://${word(`${kind} invoice.payment_url`)}.example/`,
    created_by: word(`${kind} invoice.created_by`),
  });
  const invoices = [
    { ...invoice('open'), status: 'approved' as const, due_date: '2026-04-01T00:00:00.000Z' },
    {
      ...invoice('paid'),
      status: 'paid' as const,
      paid_amount: amount('paid invoice.paid_amount'),
      net_invoice_total: amount('paid invoice.net_invoice_total'),
      applied_balance: amount('paid invoice.applied_balance'),
      amount_due: 0,
    },
    { ...invoice('draft'), status: 'draft' as const },
  ];
  const lineItem = (kind: string): PlannedCustomer['lineItems'][number] => ({
    id: newId(`${kind} line.id`),
    product_id: productId,
    name: word(`${kind} line.name`),
    description: word(`${kind} line.description`),
    unit: word(`${kind} line.unit`),
    unit_price: price(amount(`${kind} line.unit_price`)),
    subtotal: amount(`${kind} line.subtotal`),
    discount: amount(`${kind} line.discount`),
    tax: amount(`${kind} line.tax`),
    total: amount(`${kind} line.total`),
  });
  const payment = (kind: string): PlannedCustomer['payment'] => ({
    ...times,
    id: newId(`${kind}.id`),
    external_id: word(`${kind}.external_id`),
    amount: amount(`${kind}.amount`),
    payment_method_details: methodDetails(kind),
    receipt_number: word(`${kind}.receipt_number`),
    failure_message: word(`${kind}.failure_message`),
    connector_id: word(`${kind}.connector_id`),
    connector_name: word(`${kind}.connector_name`),
    description: word(`${kind}.description`),
    timestamp: moment,
  });
  const paid = payment('payment');

  return {
    organisationId,
    id,
    customer: {
      ...times,
      id,
      external_id: word('customer.external_id'),
      customer_name: word('customer.customer_name'),
      email: `${word('customer.email')}@example.com`,
      phone_number: word('customer.phone_number'),
      tax_info: JSON.stringify([{ country_code: 'DE', tax_code: 'eu_vat', tax_id: word('customer.tax_info') }]),
      custom_data: json('customer.custom_data'),
      custom_attributes: json('customer.custom_attributes'),
      business_entity_id: word('customer.business_entity_id'),
    },
    addresses: [
      { ...address('billing'), is_default_billing: 1 },
      { ...address('shipping'), is_default_shipping: 1 },
    ],
    contact: {
      ...ofCustomer,
      ...times,
      id: newId('contact.id'),
      email: `${word('contact.email')}@example.com`,
      first_name: word('contact.first_name'),
      last_name: word('contact.last_name'),
      send_contract: 1,
      send_invoice: 1,
    },
    paymentMethod: {
      ...ofCustomer,
      id: newId('payment_method.id'),
      external_id: word('payment_method.external_id'),
      connector_id: word('payment_method.connector_id'),
      connector_name: word('payment_method.connector_name'),
      type: word('payment_method.type'),
      details: methodDetails('payment_method'),
      country: 'DE',
      status: word('payment_method.status'),
      is_default: 1,
      created_at: moment,
    },
    product: {
      ...organisation,
      ...times,
      id: productId,
      name: word('product.name'),
      external_id: word('product.external_id'),
    },
    contract: {
      ...ofCustomer,
      ...times,
      id: contractId,
      name: word('contract.name'),
      status: 'active',
      currency: 'USD',
      start_date: moment,
      end_date: null,
      external_id: word('contract.external_id'),
      description: word('contract.description'),
      tags: JSON.stringify([word('contract.tags')]),
      custom_attributes: json('contract.custom_attributes'),
      anchor_date: null,
      phases: JSON.stringify([
        {
          id: newId('phase.id'),
          name: word('contract.phases'),
          description: null,
          start_date: moment,
          end_date: null,
          pricings: [],
          features: [],
        },
      ]),
      renewal_policy: null,
      contract_link: `https://${word('contract.contract_link')}.example/`,
      deleted_at: null,
    },
    invoices,
    lineItems: invoices.map((_, index) => lineItem(String(index))),
    payment: { ...paid, status: 'partially_refunded', amount_refunded: Math.floor(paid.amount ?? 0) - 100 },
    refund: { ...payment('refund'), type: 'refund', parent_id: paid.id, refund_destination: 'external' },
    creditNote: {
      id: newId('credit_note.id'),
      credit_note_number: word('credit_note.credit_note_number'),
      amount: amount('credit_note.amount'),
      reason: word('credit_note.reason'),
      custom_data: json('credit_note.custom_data'),
      credits_returned: amount('credit_note.credits_returned'),
    },
    entitlement: {
      ...times,
      id: newId('entitlement.id'),
      name: word('entitlement.name'),
      description: word('entitlement.description'),
      units: word('entitlement.units'),
      product_id: productId,
      external_id: word('entitlement.external_id'),
    },
    grant: {
      ...times,
      id: newId('customer_entitlement.id'),
      external_id: word('customer_entitlement.external_id'),
      quantity: amount('customer_entitlement.quantity'),
      source_type: word('customer_entitlement.source_type'),
      contract_id: contractId,
      product_id: productId,
      invoice_id: invoices[0]?.id ?? null,
    },
  };
};

/** Puts the customer into the database, as the merchant's writes would have. */
export const insertCustomer = async (db: Db, plan: PlannedCustomer): Promise<void> => {
  const scope = { organisationId: plan.organisationId, customerId: plan.id };
  await addCustomer({ db }, plan.organisationId, plan.customer);
  for (const address of plan.addresses) {
    await addAddress({ db }, scope, address);
  }
  await db.insertInto('contact').values(plan.contact).execute();
  await db.insertInto('payment_method').values(plan.paymentMethod).execute();
  await db.insertInto('product').values(plan.product).execute();
  await db.insertInto('contract').values(plan.contract).execute();
  const invoices = [];
  for (const [index, values] of plan.invoices.entries()) {
    const invoice = await addInvoice({ db }, scope, values);
    await addLineItem({ db }, invoice, plan.lineItems[index]);
    invoices.push(invoice);
  }
  const [open, paid] = invoices;
  if (open === undefined || paid === undefined) {
    throw new Error('A planned customer has two invoices at least');
  }
  const payment = await addPayment({ db }, scope, plan.payment);
  const refund = await addPayment({ db }, scope, plan.refund);
  await allocate({ db }, payment, paid, paid.paid_amount);
  await allocate({ db }, refund, paid, paid.paid_amount);
  await addCreditNote({ db }, open, plan.creditNote);
  await addEntitlement({ db }, scope, plan.entitlement, plan.grant);
};
