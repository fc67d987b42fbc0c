import type { CustomerTable } from '../customers/customers.table.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { paymentExternalId } from './rows.ts';
import type { ImportedInvoice } from './rows.ts';

export const listCustomers = (
  trx: Trx,
  { organisationId }: OrganisationScope,
  externalIds: readonly string[],
): Promise<CustomerTable[]> =>
  trx
    .selectFrom('customer')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('external_id', 'in', externalIds)
    .execute();

export const insertCustomers = async (trx: Trx, customers: readonly CustomerTable[]): Promise<void> => {
  if (customers.length > 0) {
    await trx.insertInto('customer').values(customers).execute();
  }
};

export const updateCustomer = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  changes: Partial<CustomerTable>,
): Promise<void> => {
  await trx
    .updateTable('customer')
    .set(changes)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};

/** What is stored of invoices that may have been imported before, by external id. */
export const listImported = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  externalIds: readonly string[],
): Promise<Map<string, ImportedInvoice>> => {
  const invoices = await trx
    .selectFrom('invoice')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('external_id', 'in', externalIds)
    .execute();
  const lines = await trx
    .selectFrom('invoice_line_item')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('position', '=', 0)
    .where(
      'invoice_id',
      'in',
      invoices.map((invoice) => invoice.id),
    )
    .execute();
  const payments = await trx
    .selectFrom('payment')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('external_id', 'in', externalIds.map(paymentExternalId))
    .execute();
  const lineOf = new Map(lines.map((line) => [line.invoice_id, line]));
  const paymentOf = new Map(payments.map((payment) => [payment.external_id, payment]));
  return new Map(
    invoices.flatMap((invoice) => {
      const externalId = invoice.external_id ?? '';
      const line = lineOf.get(invoice.id);
      return line === undefined
        ? []
        : [[externalId, { invoice, line, payment: paymentOf.get(paymentExternalId(externalId)) }] as const];
    }),
  );
};

const insertPayments = async (trx: Trx, imported: readonly ImportedInvoice[]): Promise<void> => {
  const payments = imported.flatMap(({ invoice, payment }) => (payment === undefined ? [] : [{ invoice, payment }]));
  if (payments.length === 0) {
    return;
  }
  await trx
    .insertInto('payment')
    .values(payments.map(({ payment }) => payment))
    .execute();
  await trx
    .insertInto('payment_allocation')
    .values(
      payments.map(({ invoice, payment }) => ({
        organisation_id: payment.organisation_id,
        payment_id: payment.id,
        invoice_id: invoice.id,
        amount: payment.amount,
        amount_refunded: 0,
      })),
    )
    .execute();
};

const deletePayment = async (trx: Trx, { payment }: ImportedInvoice): Promise<void> => {
  if (payment !== undefined) {
    await trx
      .deleteFrom('payment_allocation')
      .where('organisation_id', '=', payment.organisation_id)
      .where('payment_id', '=', payment.id)
      .execute();
    await trx
      .deleteFrom('payment')
      .where('organisation_id', '=', payment.organisation_id)
      .where('id', '=', payment.id)
      .execute();
  }
};

export const insertImported = async (trx: Trx, imported: readonly ImportedInvoice[]): Promise<void> => {
  if (imported.length === 0) {
    return;
  }
  await trx
    .insertInto('invoice')
    .values(imported.map(({ invoice }) => invoice))
    .execute();
  await trx
    .insertInto('invoice_line_item')
    .values(imported.map(({ line }) => line))
    .execute();
  await insertPayments(trx, imported);
};

/** Replaces what an earlier run stored; ids stay. */
export const updateImported = async (trx: Trx, stored: ImportedInvoice, imported: ImportedInvoice): Promise<void> => {
  const { organisation_id: organisationId, id } = stored.invoice;
  await deletePayment(trx, stored);
  await trx
    .updateTable('invoice')
    .set(imported.invoice)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
  await trx
    .updateTable('invoice_line_item')
    .set(imported.line)
    .where('organisation_id', '=', organisationId)
    .where('invoice_id', '=', id)
    .where('position', '=', 0)
    .execute();
  await insertPayments(trx, [imported]);
};
