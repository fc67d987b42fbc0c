import type {
  CustomerAddress,
  CustomerAddressesQuery,
  CustomerAddressInput,
  CustomerAddressList,
  CustomerAddressPatch,
} from '#contract/addresses.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import type { CustomerScope } from '../scope.ts';
import { isSameAddress, noAddress, patchedAddress } from './addresses.ts';
import { clearDefault, findAddress, findAddressPage } from './addresses.repository.ts';
import { changingCustomer } from './changing-customer.ts';
import { upsertAddresses } from './customer-parts.repository.ts';
import { getCustomer } from './customers.service.ts';
import type { AddressTable } from './customers.table.ts';

const present = (row: AddressTable): CustomerAddress => ({
  id: row.id,
  customer_id: row.customer_id,
  line1: row.line1,
  line2: row.line2,
  line3: row.line3,
  city: row.city,
  state: row.state,
  zip_code: row.zip_code,
  country: row.country,
  country_code: row.country_code,
  is_default_billing: row.is_default_billing === 1,
  is_default_shipping: row.is_default_shipping === 1,
  created_at: row.created_at,
  updated_at: row.updated_at,
});

/** @throws HttpError 404 `customer_not_found`, 422 `cursor_invalid` */
export const listAddresses = async (
  { db, config }: Dependencies,
  scope: CustomerScope,
  query: CustomerAddressesQuery,
): Promise<CustomerAddressList> => {
  await getCustomer(db, scope);
  const page = await findAddressPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(present) };
};

const defaults = ['is_default_billing', 'is_default_shipping'] as const;

const save = async (
  trx: Trx,
  scope: CustomerScope,
  stored: AddressTable,
  input: CustomerAddressPatch,
  now: string,
): Promise<AddressTable> => {
  const address: AddressTable = { ...stored, ...patchedAddress(stored, input), updated_at: now };
  for (const flag of defaults) {
    if (input[flag] !== undefined) {
      address[flag] = input[flag] ? 1 : 0;
    }
    if (address[flag] > stored[flag]) {
      await clearDefault(trx, scope, flag, now);
    }
  }
  await upsertAddresses(trx, [address]);
  return address;
};

/** @throws HttpError 404 `customer_not_found` */
export const createAddress = (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  author: Author,
  input: CustomerAddressInput,
): Promise<CustomerAddress> =>
  changingCustomer(trx, clock, scope, async () => {
    const now = timestamp(clock.now());
    const blank: AddressTable = {
      ...noAddress,
      organisation_id: scope.organisationId,
      id: newId(clock),
      customer_id: scope.customerId,
      is_default_billing: 0,
      is_default_shipping: 0,
      created_at: now,
      updated_at: now,
    };
    const address = await save(trx, scope, blank, input, now);
    const { customerId } = scope;
    const detail = { address_id: address.id };
    await audit(trx, clock, scope, { ...author, action: 'address.created', customerId, detail });
    return present(address);
  });

const isChanged = (stored: AddressTable, input: CustomerAddressPatch): boolean =>
  !isSameAddress(patchedAddress(stored, input), stored) ||
  defaults.some((flag) => input[flag] !== undefined && input[flag] !== (stored[flag] === 1));

/** @throws HttpError 404 `customer_not_found`, `address_not_found` */
export const changeAddress = (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  author: Author,
  { id, input }: { id: string; input: CustomerAddressPatch },
): Promise<CustomerAddress> =>
  changingCustomer(trx, clock, scope, async () => {
    const stored = await findAddress(trx, scope, id);
    if (stored === undefined) {
      throw notFound('address_not_found', 'The customer has no such address');
    }
    if (!isChanged(stored, input)) {
      return present(stored);
    }
    const address = await save(trx, scope, stored, input, timestamp(clock.now()));
    const { customerId } = scope;
    const detail = { address_id: id, fields: changedFields(stored, address) };
    await audit(trx, clock, scope, { ...author, action: 'address.updated', customerId, detail });
    return present(address);
  });
