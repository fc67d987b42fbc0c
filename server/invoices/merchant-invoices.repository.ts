import { expressionBuilder } from 'kysely';
import type { JoinBuilder } from 'kysely';
import type { InvoicesQuery, MerchantInvoiceOrderField } from '#contract/merchant-invoices.ts';
import type { ListOf } from '#contract/primitives.ts';
import { statusesInEffect } from '../credit-notes/credit-note-statuses.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage, never } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { InvoiceLineItemTable, InvoiceTable } from './invoices.table.ts';

type InvoiceField = InvoicesQuery['conditions'][number]['field'];

const eb = expressionBuilder<Tables, 'invoice' | 'customer' | 'contract'>();

const columns: FilterColumns<InvoiceField> = {
  id: eb.ref('invoice.id'),
  external_id: eb.ref('invoice.external_id'),
  invoice_number: eb.ref('invoice.invoice_number'),
  customer_id: eb.ref('invoice.customer_id'),
  customer__external_id: eb.ref('customer.external_id'),
  customer__customer_name: eb.ref('customer.customer_name'),
  customer__email: eb.ref('customer.email'),
  contract_id: eb.ref('invoice.contract_id'),
  contract__external_id: eb.ref('contract.external_id'),
  contract__name: eb.ref('contract.name'),
  status: eb.ref('invoice.status'),
  currency: eb.ref('invoice.currency'),
  invoice_total: eb.ref('invoice.invoice_total'),
  net_invoice_total: eb.ref('invoice.net_invoice_total'),
  amount_due: eb.ref('invoice.amount_due'),
  paid_amount: eb.ref('invoice.paid_amount'),
  due_date: eb.ref('invoice.due_date'),
  promise_due_date: eb.ref('invoice.promise_due_date'),
  created_at: eb.ref('invoice.created_at'),
  last_updated_at: eb.ref('invoice.updated_at'),
  approved_at: eb.ref('invoice.approved_at'),
  paid_at: eb.ref('invoice.paid_at'),
};

const ordering: Ordering<MerchantInvoiceOrderField> = {
  list: 'merchant_invoices',
  isAudited: true,
  id: eb.ref('invoice.id'),
  by: {
    created_at: () => eb.ref('invoice.created_at'),
    last_updated_at: () => eb.ref('invoice.updated_at'),
    due_date: (isDescending) => eb.fn.coalesce('invoice.due_date', eb.val(isDescending ? '' : never)),
    invoice_number: () => eb.ref('invoice.invoice_number'),
    invoice_total: () => eb.ref('invoice.invoice_total'),
    amount_due: () => eb.ref('invoice.amount_due'),
    status: () => eb.ref('invoice.status'),
  },
};

const selectInvoices = (db: Db, { organisationId }: OrganisationScope) =>
  db.selectFrom('invoice').selectAll('invoice').where('invoice.organisation_id', '=', organisationId);

const ofCustomer = (join: JoinBuilder<Tables, 'invoice' | 'customer'>) =>
  join
    .onRef('customer.organisation_id', '=', 'invoice.organisation_id')
    .onRef('customer.id', '=', 'invoice.customer_id');

const ofContract = (join: JoinBuilder<Tables, 'invoice' | 'contract'>) =>
  join
    .onRef('contract.organisation_id', '=', 'invoice.organisation_id')
    .onRef('contract.id', '=', 'invoice.contract_id');

/**
 * Joins only what is filtered by: counting all pages would else look up the customer of each invoice.
 * @throws HttpError 422 `cursor_invalid`
 */
export const findMerchantInvoicePage = (
  db: Db,
  scope: OrganisationScope,
  query: InvoicesQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<InvoiceTable>> => {
  const { conditions } = query;
  const isAbout = (noun: string) => conditions.some(({ field }) => field.startsWith(`${noun}__`));
  const invoices = selectInvoices(db, scope)
    .$if(isAbout('customer'), (select) => select.innerJoin('customer', ofCustomer))
    .$if(isAbout('contract'), (select) => select.leftJoin('contract', ofContract));
  return listPage(scope, filtered(invoices, columns, conditions), ordering, query, signingKeys);
};

export type MerchantInvoiceRow = NonNullable<Awaited<ReturnType<typeof findMerchantInvoice>>>;

/** By our id or the merchant's. */
export const findMerchantInvoice = (
  db: Db,
  scope: OrganisationScope,
  reference: { id: string } | { externalId: string },
) => {
  const invoices = selectInvoices(db, scope)
    .innerJoin('customer', ofCustomer)
    .leftJoin('contract', ofContract)
    .select((select) => [
      'customer.external_id as customer_external_id',
      'customer.customer_name',
      'contract.external_id as contract_external_id',
      'contract.name as contract_name',
      select.fn
        .coalesce(
          select
            .selectFrom('credit_note')
            .select((sum) => sum.fn.sum<number>('credit_note.amount').as('credited'))
            .whereRef('credit_note.organisation_id', '=', 'invoice.organisation_id')
            .whereRef('credit_note.invoice_id', '=', 'invoice.id')
            .where('credit_note.status', 'in', statusesInEffect),
          select.lit(0),
        )
        .as('credited_amount'),
    ]);
  return (
    'id' in reference
      ? invoices.where('invoice.id', '=', reference.id)
      : invoices.where('invoice.external_id', '=', reference.externalId)
  ).executeTakeFirst();
};

/** Of all these invoices; those of each in the order in which it shows them. */
export const findLineItemsOf = (
  db: Db,
  { organisationId }: OrganisationScope,
  invoiceIds: readonly string[],
): Promise<InvoiceLineItemTable[]> =>
  db
    .selectFrom('invoice_line_item')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('invoice_id', 'in', invoiceIds)
    .orderBy('invoice_id')
    .orderBy('position')
    .execute();
