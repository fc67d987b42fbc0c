import { v7 as uuidv7 } from 'uuid';
import type { AddressTable, CustomerTable } from '../../customers/customers.table.ts';
import type { CustomerScope } from '../../scope.ts';
import type { TestServer } from '../test-server.ts';

/** A customer with nothing on file but a name; answers its id. */
export const addCustomer = async (
  { db }: Pick<TestServer, 'db'>,
  organisationId: string,
  values: Partial<CustomerTable> = {},
): Promise<string> => {
  const id = uuidv7();
  await db
    .insertInto('customer')
    .values({
      organisation_id: organisationId,
      id,
      external_id: null,
      customer_name: "O'Hara & Sons",
      email: null,
      phone_number: null,
      tax_info: '[]',
      custom_data: null,
      communications_enabled: 1,
      auto_charge_enabled: 1,
      time_zone: null,
      locale: null,
      version: 1,
      created_at: '2026-01-05T09:00:00.000Z',
      updated_at: '2026-01-05T09:00:00.000Z',
      deleted_at: null,
      custom_attributes: null,
      business_entity_id: null,
      ...values,
    })
    .execute();
  return values.id ?? id;
};

/** An address that is the default for nothing unless it says so. */
export const addAddress = async (
  { db }: Pick<TestServer, 'db'>,
  scope: CustomerScope,
  values: Partial<AddressTable> = {},
): Promise<AddressTable> => {
  const address: AddressTable = {
    organisation_id: scope.organisationId,
    id: uuidv7(),
    customer_id: scope.customerId,
    line1: '1 Pier Road',
    line2: null,
    line3: null,
    city: 'Bristol',
    state: null,
    zip_code: 'BS1 4DJ',
    country: 'United Kingdom',
    country_code: 'GB',
    is_default_billing: 0,
    is_default_shipping: 0,
    created_at: '2026-01-05T09:00:00.000Z',
    updated_at: '2026-01-05T09:00:00.000Z',
    ...values,
  };
  await db.insertInto('address').values(address).execute();
  return address;
};
