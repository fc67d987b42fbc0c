import { expressionBuilder } from 'kysely';
import type { Expression, SqlBool } from 'kysely';
import type { Condition } from '#contract/filters.ts';
import type { InvoiceStatus } from '#contract/invoices.ts';
import type { MerchantPaymentOrderField } from '#contract/merchant-payments.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { PaymentTable } from './payments.table.ts';

const eb = expressionBuilder<Tables, 'payment'>();

const ordering: Ordering<MerchantPaymentOrderField> = {
  list: 'merchant_payments',
  isAudited: true,
  id: eb.ref('payment.id'),
  by: {
    timestamp: () => eb.ref('payment.timestamp'),
    created_at: () => eb.ref('payment.created_at'),
    amount: () => eb.ref('payment.amount'),
    amount_refunded: () => eb.ref('payment.amount_refunded'),
    currency_code: () => eb.ref('payment.currency_code'),
    type: () => eb.ref('payment.type'),
    status: () => eb.ref('payment.status'),
    payment_method: () => eb.ref('payment.payment_method'),
  },
};

const columns = {
  id: eb.ref('payment.id'),
  external_id: eb.ref('payment.external_id'),
  customer_id: eb.ref('payment.customer_id'),
  type: eb.ref('payment.type'),
  status: eb.ref('payment.status'),
  payment_method: eb.ref('payment.payment_method'),
  amount: eb.ref('payment.amount'),
  amount_refunded: eb.ref('payment.amount_refunded'),
  currency_code: eb.ref('payment.currency_code'),
  receipt_number: eb.ref('payment.receipt_number'),
  description: eb.ref('payment.description'),
  parent_id: eb.ref('payment.parent_id'),
  timestamp: eb.ref('payment.timestamp'),
  created_at: eb.ref('payment.created_at'),
} satisfies FilterColumns<string>;

const customerEb = expressionBuilder<Tables, 'customer'>();

const customerColumns = {
  customer__external_id: customerEb.ref('customer.external_id'),
  customer__customer_name: customerEb.ref('customer.customer_name'),
  customer_external_id: customerEb.ref('customer.external_id'),
  customer_name: customerEb.ref('customer.customer_name'),
  customer_email: customerEb.ref('customer.email'),
} satisfies FilterColumns<string>;

const allocationEb = expressionBuilder<
  Tables & { allocation: Tables['payment_allocation'] },
  'allocation' | 'invoice'
>();

const invoiceColumns = {
  invoice__id: allocationEb.ref('allocation.invoice_id'),
  invoice__external_id: allocationEb.ref('invoice.external_id'),
} satisfies FilterColumns<string>;

const parentColumns = { parent__external_id: eb.ref('payment.external_id') } satisfies FilterColumns<string>;

type OwnField = keyof typeof columns;
type CustomerField = keyof typeof customerColumns;
type InvoiceField = keyof typeof invoiceColumns;
type ParentField = keyof typeof parentColumns;
export type PaymentField = OwnField | CustomerField | InvoiceField | ParentField;

const among =
  <Field extends PaymentField>(names: Record<Field, unknown>) =>
  (condition: Condition<PaymentField>): condition is Condition<Field> =>
    condition.field in names;

export interface MerchantPaymentRow extends PaymentTable {
  customer_name: string;
  customer_email: string | null;
  customer_external_id: string | null;
  parent_external_id: string | null;
}

const selectPayments = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('payment')
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.organisation_id', '=', 'payment.organisation_id')
        .onRef('customer.id', '=', 'payment.customer_id'),
    )
    .leftJoin('payment as parent', (join) =>
      join.onRef('parent.organisation_id', '=', 'payment.organisation_id').onRef('parent.id', '=', 'payment.parent_id'),
    )
    .selectAll('payment')
    .select([
      'customer.customer_name',
      'customer.email as customer_email',
      'customer.external_id as customer_external_id',
      'parent.external_id as parent_external_id',
    ])
    .where('payment.organisation_id', '=', organisationId);

const selectAllocations = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('payment_allocation as allocation')
    .innerJoin('invoice', (join) =>
      join
        .onRef('invoice.organisation_id', '=', 'allocation.organisation_id')
        .onRef('invoice.id', '=', 'allocation.invoice_id'),
    )
    .where('allocation.organisation_id', '=', organisationId);

/** A payment may have several invoices: one that fits is enough, and `neq` and `isnull` speak of all of them. */
const isAppliedAs = (db: Db, scope: OrganisationScope, condition: Condition<InvoiceField>): Expression<SqlBool> => {
  const ids = selectAllocations(db, scope).select('allocation.payment_id');
  switch (condition.operator) {
    case 'isnull':
      return eb(
        'payment.id',
        condition.value === true ? 'not in' : 'in',
        filtered(ids, invoiceColumns, [{ ...condition, value: false }]),
      );
    case 'neq':
      return eb('payment.id', 'not in', filtered(ids, invoiceColumns, [{ ...condition, operator: 'eq' }]));
    default:
      return eb('payment.id', 'in', filtered(ids, invoiceColumns, [condition]));
  }
};

/** `neq` and `isnull` hold for a payment without a parent. */
const isChildOf = (
  db: Db,
  { organisationId }: OrganisationScope,
  condition: Condition<ParentField>,
): Expression<SqlBool> => {
  const ids = filtered(
    db.selectFrom('payment').select('payment.id').where('payment.organisation_id', '=', organisationId),
    parentColumns,
    [condition],
  );
  const isChild = eb('payment.parent_id', 'in', ids);
  const isOrphanToo = condition.operator === 'neq' || (condition.operator === 'isnull' && condition.value === true);
  return isOrphanToo ? eb.or([eb('payment.parent_id', 'is', null), isChild]) : isChild;
};

/**
 * The ids of one page. Other tables are asked only for what is filtered by: the payments of all pages are counted, and
 * joins would be made for each of them.
 */
const findIdPage = (
  db: Db,
  scope: OrganisationScope,
  conditions: readonly Condition<PaymentField>[],
  page: PageQuery<MerchantPaymentOrderField>,
  signingKeys: SigningKeys,
): Promise<ListOf<{ id: string }>> => {
  const own = db.selectFrom('payment').select('payment.id').where('payment.organisation_id', '=', scope.organisationId);
  const ofCustomers = conditions.filter(among(customerColumns));
  const customerIds = db
    .selectFrom('customer')
    .select('customer.id')
    .where('customer.organisation_id', '=', scope.organisationId);
  const related = [
    ...conditions.filter(among(invoiceColumns)).map((condition) => isAppliedAs(db, scope, condition)),
    ...conditions.filter(among(parentColumns)).map((condition) => isChildOf(db, scope, condition)),
    ...(ofCustomers.length === 0
      ? []
      : [eb('payment.customer_id', 'in', filtered(customerIds, customerColumns, ofCustomers))]),
  ];
  const query = related.reduce((narrowed, condition) => narrowed.where(condition), own);
  return listPage(scope, filtered(query, columns, conditions.filter(among(columns))), ordering, page, signingKeys);
};

/** @throws HttpError 422 `cursor_invalid` */
export const findMerchantPaymentPage = async (
  db: Db,
  scope: OrganisationScope,
  conditions: readonly Condition<PaymentField>[],
  page: PageQuery<MerchantPaymentOrderField>,
  signingKeys: SigningKeys,
): Promise<ListOf<MerchantPaymentRow>> => {
  const ids = await findIdPage(db, scope, conditions, page, signingKeys);
  const found = await findMerchantPayments(
    db,
    scope,
    ids.results.map(({ id }) => id),
  );
  const rows = new Map(found.map((row) => [row.id, row]));
  return { ...ids, results: ids.results.flatMap(({ id }) => rows.get(id) ?? []) };
};

/** In the order in which they were made. */
export const findMerchantPayments = (
  db: Db,
  scope: OrganisationScope,
  ids: readonly string[],
): Promise<MerchantPaymentRow[]> =>
  selectPayments(db, scope).where('payment.id', 'in', ids).orderBy('payment.id').execute();

/** Oldest first. */
export const findMerchantPaymentsOfInvoice = (
  db: Db,
  scope: OrganisationScope,
  invoiceId: string,
): Promise<MerchantPaymentRow[]> =>
  selectPayments(db, scope)
    .where('payment.id', 'in', (of) =>
      of
        .selectFrom('payment_allocation')
        .select('payment_id')
        .where('organisation_id', '=', scope.organisationId)
        .where('invoice_id', '=', invoiceId),
    )
    .orderBy('payment.timestamp')
    .orderBy('payment.id')
    .execute();

export interface MerchantAllocationRow {
  payment_id: string;
  invoice_id: string;
  invoice_external_id: string | null;
  invoice_number: string;
  invoice_status: InvoiceStatus;
  invoice_total: number;
  invoice_created_at: string;
  amount: number;
  amount_refunded: number;
}

/** What payments were applied to, oldest invoice first. */
export const findMerchantAllocations = (
  db: Db,
  scope: OrganisationScope,
  paymentIds: readonly string[],
): Promise<MerchantAllocationRow[]> =>
  selectAllocations(db, scope)
    .select([
      'allocation.payment_id',
      'allocation.invoice_id',
      'invoice.external_id as invoice_external_id',
      'invoice.invoice_number',
      'invoice.status as invoice_status',
      'invoice.invoice_total',
      'invoice.created_at as invoice_created_at',
      'allocation.amount',
      'allocation.amount_refunded',
    ])
    .where('allocation.payment_id', 'in', paymentIds)
    .orderBy('invoice.created_at')
    .orderBy('invoice.id')
    .execute();

export const hasInvoice = async (db: Db, { organisationId }: OrganisationScope, id: string): Promise<boolean> =>
  (await db
    .selectFrom('invoice')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined;
