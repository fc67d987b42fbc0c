import type { Compilable, RawBuilder } from 'kysely';
import { compileOnce, slot } from '../database/compile-once.ts';
import { rowWriter } from '../database/insert-rows.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { AddressTable, ContactTable, CustomerTable, PaymentMethodTable } from './customers.table.ts';

type Text = string | RawBuilder<string>;
type Select<Row> = (
  db: Db,
  organisationId: Text,
  ids: readonly Text[],
) => Compilable<Row> & { execute(): Promise<Row[]> };

/** Reads what belongs to some ids. Of a single one, as most requests ask, the query is compiled once. */
const listOf = <Row>(
  select: Select<Row>,
): ((db: Db, scope: OrganisationScope, ids: readonly string[]) => Promise<Row[]>) => {
  const ofOne = compileOnce((db) => select(db, slot<string>('organisationId'), [slot<string>('id')]));
  return (db, { organisationId }, ids) => {
    const [id] = ids;
    return id !== undefined && ids.length === 1
      ? ofOne(db, { organisationId, id })
      : select(db, organisationId, ids).execute();
  };
};

/** Of these customers, those that are there, deleted ones too. */
export const listCustomerRows = listOf<CustomerTable>((db, organisationId, ids) =>
  db.selectFrom('customer').selectAll().where('organisation_id', '=', organisationId).where('id', 'in', ids),
);

/** The same by the merchant's ids. */
export const listCustomerRowsByExternalId = listOf<CustomerTable>((db, organisationId, externalIds) =>
  db
    .selectFrom('customer')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('external_id', 'in', externalIds),
);

export const listDefaultAddresses = listOf<AddressTable>((db, organisationId, customerIds) =>
  db
    .selectFrom('address')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('customer_id', 'in', customerIds)
    .where((eb) => eb.or([eb('is_default_billing', '=', 1), eb('is_default_shipping', '=', 1)])),
);

export const listContactsOf = listOf<ContactTable>((db, organisationId, customerIds) =>
  db
    .selectFrom('contact')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('customer_id', 'in', customerIds)
    .orderBy('created_at')
    .orderBy('email')
    .orderBy('id'),
);

export const listDefaultPaymentMethods = listOf<PaymentMethodTable>((db, organisationId, customerIds) =>
  db
    .selectFrom('payment_method')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('customer_id', 'in', customerIds)
    .where('is_default', '=', 1),
);

/** Inserts customers, or replaces those that are there in an older version; answers how many were written. */
export const upsertCustomers = rowWriter(
  'customer',
  [
    'organisation_id',
    'id',
    'external_id',
    'customer_name',
    'email',
    'phone_number',
    'tax_info',
    'custom_data',
    'custom_attributes',
    'business_entity_id',
    'communications_enabled',
    'auto_charge_enabled',
    'time_zone',
    'locale',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
  (insert) =>
    insert.onConflict((conflict) =>
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
    ),
);

export const upsertAddresses = rowWriter(
  'address',
  [
    'organisation_id',
    'id',
    'customer_id',
    'line1',
    'line2',
    'line3',
    'city',
    'state',
    'zip_code',
    'country',
    'country_code',
    'is_default_billing',
    'is_default_shipping',
    'created_at',
    'updated_at',
  ],
  (insert) =>
    insert.onConflict((conflict) =>
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
    ),
);

export const upsertContacts = rowWriter(
  'contact',
  [
    'organisation_id',
    'id',
    'customer_id',
    'email',
    'first_name',
    'last_name',
    'send_contract',
    'send_invoice',
    'created_at',
    'updated_at',
  ],
  (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(['organisation_id', 'id']).doUpdateSet((eb) => ({
        email: eb.ref('excluded.email'),
        first_name: eb.ref('excluded.first_name'),
        last_name: eb.ref('excluded.last_name'),
        send_contract: eb.ref('excluded.send_contract'),
        send_invoice: eb.ref('excluded.send_invoice'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    ),
);

/** SQLite takes at most 32,766 values a statement. */
const idsAStatement = 1_000;

export const deleteRows = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  table: 'address' | 'contact',
  ids: readonly string[],
): Promise<void> => {
  for (let start = 0; start < ids.length; start += idsAStatement) {
    await trx
      .deleteFrom(table)
      .where('organisation_id', '=', organisationId)
      .where('id', 'in', ids.slice(start, start + idsAStatement))
      .execute();
  }
};
