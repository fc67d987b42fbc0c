import type { PaymentStatus } from '#contract/payments.ts';
import type { References } from '../bulk/references.ts';
import { rowInserter } from '../database/insert-rows.ts';
import type { Trx } from '../database/transaction.ts';
import type { InvoiceTable } from '../invoices/invoices.table.ts';
import type { OrganisationScope } from '../scope.ts';
import type { PaymentAllocationTable, PaymentTable } from './payments.table.ts';

/** An invoice as payments see it. */
export type Receivable = Pick<
  InvoiceTable,
  'id' | 'external_id' | 'invoice_number' | 'customer_id' | 'currency' | 'status' | 'amount_due'
>;

export const findReceivables = (
  trx: Trx,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: References,
): Promise<Receivable[]> =>
  trx
    .selectFrom('invoice')
    .select(['id', 'external_id', 'invoice_number', 'customer_id', 'currency', 'status', 'amount_due'])
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb.or([eb('id', 'in', ids), eb('external_id', 'in', externalIds)]))
    .execute();

export const findPaymentRows = (
  trx: Trx,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: References,
): Promise<PaymentTable[]> =>
  trx
    .selectFrom('payment')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb.or([eb('id', 'in', ids), eb('external_id', 'in', externalIds)]))
    .execute();

/** A part of a payment as it is stored. */
export interface HeldPart extends Omit<PaymentAllocationTable, 'organisation_id'> {
  invoice_external_id: string | null;
}

/** The parts of payments, the newest invoice first. */
export const findHeldParts = (
  trx: Trx,
  { organisationId }: OrganisationScope,
  paymentIds: readonly string[],
): Promise<HeldPart[]> =>
  trx
    .selectFrom('payment_allocation as allocation')
    .innerJoin('invoice', (join) =>
      join
        .onRef('invoice.organisation_id', '=', 'allocation.organisation_id')
        .onRef('invoice.id', '=', 'allocation.invoice_id'),
    )
    .select([
      'allocation.payment_id',
      'allocation.invoice_id',
      'allocation.amount',
      'allocation.amount_refunded',
      'invoice.external_id as invoice_external_id',
    ])
    .where('allocation.organisation_id', '=', organisationId)
    .where('allocation.payment_id', 'in', paymentIds)
    .orderBy('invoice.created_at', 'desc')
    .orderBy('invoice.id', 'desc')
    .execute();

/** Whether refunds, or charges that failed, name this payment as theirs. */
export const hasChildren = async (trx: Trx, { organisationId }: OrganisationScope, id: string): Promise<boolean> =>
  (await trx
    .selectFrom('payment')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('parent_id', '=', id)
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const insertPayments = rowInserter<PaymentTable>('payment', [
  'organisation_id',
  'customer_id',
  'timestamp',
  'id',
  'external_id',
  'type',
  'status',
  'amount',
  'amount_refunded',
  'currency_code',
  'payment_method',
  'payment_method_details',
  'receipt_number',
  'failure_message',
  'parent_id',
  'created_at',
  'updated_at',
  'connector_id',
  'connector_name',
  'description',
  'refund_destination',
]);

export const insertAllocations = rowInserter<PaymentAllocationTable>('payment_allocation', [
  'organisation_id',
  'payment_id',
  'invoice_id',
  'amount',
  'amount_refunded',
]);

/** Adds parts; a part that is there gets the new amounts. */
export const upsertAllocations = async (trx: Trx, allocations: readonly PaymentAllocationTable[]): Promise<void> => {
  if (allocations.length > 0) {
    await trx
      .insertInto('payment_allocation')
      .values(allocations)
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'payment_id', 'invoice_id']).doUpdateSet((eb) => ({
          amount: eb.ref('excluded.amount'),
          amount_refunded: eb.ref('excluded.amount_refunded'),
        })),
      )
      .execute();
  }
};

/** Takes every part of a payment back but those of the invoices named. */
export const deleteAllocationsExcept = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  paymentId: string,
  invoiceIds: readonly string[],
): Promise<void> => {
  await trx
    .deleteFrom('payment_allocation')
    .where('organisation_id', '=', organisationId)
    .where('payment_id', '=', paymentId)
    .where('invoice_id', 'not in', invoiceIds)
    .execute();
};

export type PaymentChange = Partial<
  Pick<
    PaymentTable,
    | 'external_id'
    | 'amount_refunded'
    | 'payment_method'
    | 'payment_method_details'
    | 'receipt_number'
    | 'description'
    | 'failure_message'
  >
> & { status?: PaymentStatus };

export const updatePayment = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  change: PaymentChange & { updated_at: string },
): Promise<void> => {
  await trx
    .updateTable('payment')
    .set(change)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};

export const deletePayment = async (trx: Trx, { organisationId }: OrganisationScope, id: string): Promise<void> => {
  await trx.deleteFrom('payment').where('organisation_id', '=', organisationId).where('id', '=', id).execute();
};
