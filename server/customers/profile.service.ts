import { isDeepStrictEqual } from 'node:util';
import type { AddressInput } from '#contract/addresses.ts';
import type { ErrorDetail } from '#contract/errors.ts';
import type { Profile, ProfilePatch } from '#contract/profile.ts';
import { audit } from '../audit/audit.service.ts';
import type { Actor } from '../audit/audit.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError, invalid } from '../http/errors.ts';
import type { CustomerScope } from '../scope.ts';
import { addressColumns, countryName, isSameAddress } from './addresses.ts';
import {
  clearDefaultShipping,
  deleteAddress,
  findBillingAddress,
  findShippingAddress,
  insertAddress,
  updateAddress,
  updateCustomer,
} from './customers.repository.ts';
import { getCustomer } from './customers.service.ts';
import type { AddressTable, CustomerTable } from './customers.table.ts';
import { presentProfile } from './profile.present.ts';

/** A profile and the version that a change to it must name. */
export interface VersionedProfile {
  profile: Profile;
  version: number;
}

const readProfile = async (db: Db, scope: CustomerScope) => ({
  customer: await getCustomer(db, scope),
  billing: await findBillingAddress(db, scope),
  shipping: await findShippingAddress(db, scope),
});

/** @throws HttpError 404 `customer_not_found` */
export const getProfile = async (db: Db, scope: CustomerScope): Promise<VersionedProfile> => {
  const { customer, billing, shipping } = await readProfile(db, scope);
  return { profile: presentProfile(customer, billing, shipping), version: customer.version };
};

const checkCountries = (patch: ProfilePatch): void => {
  const detail = (['address', 'ship_to_address'] as const).flatMap((field): ErrorDetail[] => {
    const code = patch[field]?.country_code ?? null;
    return code === null || countryName(code) !== undefined
      ? []
      : [{ loc: ['body', field, 'country_code'], msg: 'Choose a country', type: 'value_error' }];
  });
  if (detail.length > 0) {
    throw invalid(detail);
  }
};

type CustomerChange = Partial<Pick<CustomerTable, 'customer_name' | 'email' | 'phone_number' | 'tax_info'>>;

const customerChange = (patch: ProfilePatch, customer: CustomerTable): CustomerChange => {
  const change: CustomerChange = {};
  if (patch.customer_name !== undefined && patch.customer_name !== customer.customer_name) {
    change.customer_name = patch.customer_name;
  }
  if (patch.email !== undefined && patch.email !== customer.email) {
    change.email = patch.email;
  }
  if (patch.phone_number !== undefined && patch.phone_number !== customer.phone_number) {
    change.phone_number = patch.phone_number;
  }
  if (patch.tax_info !== undefined && !isDeepStrictEqual(patch.tax_info, JSON.parse(customer.tax_info))) {
    change.tax_info = JSON.stringify(patch.tax_info);
  }
  return change;
};

const isAddressChanged = (input: AddressInput | null | undefined, stored: AddressTable | undefined): boolean => {
  if (input === undefined) {
    return false;
  }
  if (input === null || stored === undefined) {
    return input !== null || stored !== undefined;
  }
  return !isSameAddress(addressColumns(input, stored), stored);
};

const saveAddress = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  kind: 'billing' | 'shipping',
  input: AddressInput | null,
  stored: AddressTable | undefined,
): Promise<void> => {
  const now = timestamp(clock.now());
  if (input === null) {
    if (stored !== undefined) {
      await deleteAddress(trx, scope, stored.id);
    }
    return;
  }
  const columns = addressColumns(input, stored);
  if (stored !== undefined) {
    await updateAddress(trx, scope, stored.id, { ...columns, updated_at: now });
    return;
  }
  if (kind === 'shipping') {
    await clearDefaultShipping(trx, scope);
  }
  await insertAddress(trx, {
    ...columns,
    organisation_id: scope.organisationId,
    id: newId(clock),
    customer_id: scope.customerId,
    is_default_billing: kind === 'billing' ? 1 : 0,
    is_default_shipping: kind === 'shipping' ? 1 : 0,
    created_at: now,
    updated_at: now,
  });
};

const stale = (): HttpError =>
  new HttpError(412, 'precondition_failed', 'The profile has been changed since it was read; read it again');

export interface ProfileEdit {
  patch: ProfilePatch;
  /** The version that the editor has seen. */
  version: number | undefined;
  actor: Actor;
  requestId: string;
}

/**
 * Changes the profile, all of it or nothing, and writes down which fields changed. A patch that changes nothing keeps
 * the version.
 * @throws HttpError 412 `precondition_failed` when another change came first; 422 for a code of no country
 */
export const updateProfile = async (
  { db, clock }: Dependencies,
  scope: CustomerScope,
  { patch, version, actor, requestId }: ProfileEdit,
): Promise<VersionedProfile> => {
  checkCountries(patch);
  return transact(db, async (trx) => {
    const { customer, billing, shipping } = await readProfile(trx, scope);
    if (customer.version !== version) {
      throw stale();
    }
    const change = customerChange(patch, customer);
    const addressFields = [
      ...(isAddressChanged(patch.address, billing) ? ['address'] : []),
      ...(isAddressChanged(patch.ship_to_address, shipping) ? ['ship_to_address'] : []),
    ];
    const fields = [...Object.keys(change), ...addressFields];
    if (fields.length === 0) {
      return { profile: presentProfile(customer, billing, shipping), version };
    }
    if (!(await updateCustomer(trx, scope, version, { ...change, updated_at: timestamp(clock.now()) }))) {
      throw stale();
    }
    if (patch.address !== undefined) {
      await saveAddress(trx, clock, scope, 'billing', patch.address, billing);
    }
    if (patch.ship_to_address !== undefined) {
      await saveAddress(trx, clock, scope, 'shipping', patch.ship_to_address, shipping);
    }
    await audit(trx, clock, scope, {
      actor,
      action: 'profile.updated',
      customerId: scope.customerId,
      detail: { fields },
      requestId,
    });
    return getProfile(trx, scope);
  });
};
