import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { AddressTable, ContactTable, CustomerTable, PaymentMethodTable } from './customers.table.ts';

/** SQLite takes at most 32,766 values a statement; no row here has 30. */
const rowsAStatement = 1_000;

const inStatements = async <Row>(rows: readonly Row[], run: (rows: Row[]) => Promise<bigint>): Promise<bigint> => {
  let affected = 0n;
  for (let start = 0; start < rows.length; start += rowsAStatement) {
    affected += await run(rows.slice(start, start + rowsAStatement));
  }
  return affected;
};

/** Of these customers, those that are there, deleted ones by our id too. */
export const listCustomerRows = (
  db: Db,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: { ids: readonly string[]; externalIds: readonly string[] },
): Promise<CustomerTable[]> =>
  db
    .selectFrom('customer')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb.or([eb('id', 'in', ids), eb('external_id', 'in', externalIds)]))
    .execute();

export const listDefaultAddresses = (
  db: Db,
  { organisationId }: OrganisationScope,
  customerIds: readonly string[],
): Promise<AddressTable[]> =>
  db
    .selectFrom('address')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('customer_id', 'in', customerIds)
    .where((eb) => eb.or([eb('is_default_billing', '=', 1), eb('is_default_shipping', '=', 1)]))
    .execute();

export const listContactsOf = (
  db: Db,
  { organisationId }: OrganisationScope,
  customerIds: readonly string[],
): Promise<ContactTable[]> =>
  db
    .selectFrom('contact')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('customer_id', 'in', customerIds)
    .orderBy('created_at')
    .orderBy('email')
    .orderBy('id')
    .execute();

export const listDefaultPaymentMethods = (
  db: Db,
  { organisationId }: OrganisationScope,
  customerIds: readonly string[],
): Promise<PaymentMethodTable[]> =>
  db
    .selectFrom('payment_method')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('customer_id', 'in', customerIds)
    .where('is_default', '=', 1)
    .execute();

/** Inserts customers, or replaces those that are there in an older version; answers how many were written. */
export const upsertCustomers = (trx: Trx, customers: readonly CustomerTable[]): Promise<bigint> =>
  inStatements(customers, async (rows) => {
    const result = await trx
      .insertInto('customer')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['organisation_id', 'id'])
          .doUpdateSet((eb) => ({
            external_id: eb.ref('excluded.external_id'),
            customer_name: eb.ref('excluded.customer_name'),
            email: eb.ref('excluded.email'),
            phone_number: eb.ref('excluded.phone_number'),
            tax_info: eb.ref('excluded.tax_info'),
            custom_data: eb.ref('excluded.custom_data'),
            custom_attributes: eb.ref('excluded.custom_attributes'),
            business_entity_id: eb.ref('excluded.business_entity_id'),
            communications_enabled: eb.ref('excluded.communications_enabled'),
            auto_charge_enabled: eb.ref('excluded.auto_charge_enabled'),
            time_zone: eb.ref('excluded.time_zone'),
            locale: eb.ref('excluded.locale'),
            version: eb.ref('excluded.version'),
            updated_at: eb.ref('excluded.updated_at'),
            deleted_at: eb.ref('excluded.deleted_at'),
          }))
          .whereRef('customer.version', '<', 'excluded.version'),
      )
      .executeTakeFirstOrThrow();
    return result.numInsertedOrUpdatedRows ?? 0n;
  });

export const upsertAddresses = (trx: Trx, addresses: readonly AddressTable[]): Promise<bigint> =>
  inStatements(addresses, async (rows) => {
    const result = await trx
      .insertInto('address')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'id']).doUpdateSet((eb) => ({
          line1: eb.ref('excluded.line1'),
          line2: eb.ref('excluded.line2'),
          line3: eb.ref('excluded.line3'),
          city: eb.ref('excluded.city'),
          state: eb.ref('excluded.state'),
          zip_code: eb.ref('excluded.zip_code'),
          country: eb.ref('excluded.country'),
          country_code: eb.ref('excluded.country_code'),
          is_default_billing: eb.ref('excluded.is_default_billing'),
          is_default_shipping: eb.ref('excluded.is_default_shipping'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .executeTakeFirstOrThrow();
    return result.numInsertedOrUpdatedRows ?? 0n;
  });

export const upsertContacts = (trx: Trx, contacts: readonly ContactTable[]): Promise<bigint> =>
  inStatements(contacts, async (rows) => {
    const result = await trx
      .insertInto('contact')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'id']).doUpdateSet((eb) => ({
          email: eb.ref('excluded.email'),
          first_name: eb.ref('excluded.first_name'),
          last_name: eb.ref('excluded.last_name'),
          send_contract: eb.ref('excluded.send_contract'),
          send_invoice: eb.ref('excluded.send_invoice'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .executeTakeFirstOrThrow();
    return result.numInsertedOrUpdatedRows ?? 0n;
  });

export const deleteRows = (
  trx: Trx,
  { organisationId }: OrganisationScope,
  table: 'address' | 'contact',
  ids: readonly string[],
): Promise<bigint> =>
  inStatements(ids, async (some) => {
    const result = await trx
      .deleteFrom(table)
      .where('organisation_id', '=', organisationId)
      .where('id', 'in', some)
      .executeTakeFirst();
    return result.numDeletedRows;
  });
