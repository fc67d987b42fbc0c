import type { Profile, ProfilePatch } from '#contract/profile.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { transact } from '../database/transaction.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import type { CustomerScope } from '../scope.ts';
import { addressColumns } from './addresses.ts';
import type { AddressColumns } from './addresses.ts';
import { applyChange, changeOf } from './customer-change.ts';
import type { CustomerChange } from './customer-change.ts';
import { announceCustomer } from './customer-events.ts';
import { getParts, getPastOrPresentParts, saveParts, stale } from './customer-parts.ts';
import type { CustomerParts } from './customer-parts.ts';
import type { AddressTable } from './customers.table.ts';
import { presentProfile } from './profile.present.ts';

/** A profile and the version that a change to it must name. */
export interface VersionedProfile {
  profile: Profile;
  version: number;
}

const versioned = ({ customer, billing, shipping }: CustomerParts): VersionedProfile => ({
  profile: presentProfile(customer, billing, shipping),
  version: customer.version,
});

/** @throws HttpError 404 `customer_not_found` */
export const getProfile = async (db: Db, scope: CustomerScope): Promise<VersionedProfile> =>
  versioned(await getParts(db, scope));

/**
 * For documents: they stay when the customer is deleted.
 * @throws HttpError 404 `customer_not_found`
 */
export const getPastOrPresentProfile = async (db: Db, scope: CustomerScope): Promise<Profile> =>
  versioned(await getPastOrPresentParts(db, scope)).profile;

const readAddress = (
  input: ProfilePatch['address'],
  stored: AddressTable | undefined,
): AddressColumns | null | undefined => (input ? addressColumns(input, stored) : input);

const profileChange = (
  { address, ship_to_address: shipTo, ...fields }: ProfilePatch,
  { billing, shipping }: CustomerParts,
): CustomerChange => ({
  ...changeOf(fields),
  address: readAddress(address, billing),
  ship_to_address: readAddress(shipTo, shipping),
});

export interface ProfileEdit extends Author {
  patch: ProfilePatch;
  /** The version that the editor has seen. */
  version: number | undefined;
  /** Throws when the editor may no longer write. */
  requireEditor: (trx: Trx) => Promise<void>;
}

/**
 * Changes the profile, all of it or nothing, and writes down which fields changed. A patch that changes nothing keeps
 * the version.
 * @throws HttpError 412 `precondition_failed` when another change came first
 */
export const updateProfile = (
  { db, clock }: Dependencies,
  scope: CustomerScope,
  { patch, version, requireEditor, actor, requestId }: ProfileEdit,
): Promise<VersionedProfile> =>
  transact(db, async (trx) => {
    await requireEditor(trx);
    const before = await getParts(trx, scope);
    if (before.customer.version !== version) {
      throw stale();
    }
    const { parts, fields } = applyChange(clock, before, profileChange(patch, before));
    if (fields.length > 0) {
      await saveParts(trx, scope, [{ before, after: parts }]);
      await audit(trx, clock, scope, {
        actor,
        action: 'profile.updated',
        customerId: scope.customerId,
        detail: { fields },
        requestId,
      });
      await announceCustomer(trx, clock, 'customer.updated', parts);
    }
    return versioned(parts);
  });
