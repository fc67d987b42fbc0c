import type { EntitlementPatch } from '#contract/merchant-entitlements.ts';
import type { BillingMoment } from '#contract/primitives.ts';
import { momentIn } from '../customers/billing-day.ts';
import { HttpError, invalid } from '../http/errors.ts';
import type { CustomerEntitlementTable, EntitlementTable } from './entitlements.table.ts';

const refuse = (field: string, msg: string): HttpError => invalid([{ loc: ['body', field], msg, type: 'rule_broken' }]);

/** Quantities are binary fractions: 10.1 - 0.3 must read 9.8. */
export const roundedQuantity = (quantity: number): number => Math.round(quantity * 1e6) / 1e6;

/** Never below 0; null when unlimited. */
export const remainingOf = (grant: Pick<CustomerEntitlementTable, 'quantity' | 'quantity_used'>): number | null =>
  grant.quantity === null ? null : roundedQuantity(Math.max(grant.quantity - grant.quantity_used, 0));

/** What a definition becomes by what is given of it. */
export const changeDefinition = (
  definition: EntitlementTable,
  given: Omit<EntitlementPatch, 'product_id' | 'product_external_id'>,
  productId: string | null | undefined,
): EntitlementTable => ({
  ...definition,
  name: given.name ?? definition.name,
  description: given.description === undefined ? definition.description : given.description,
  entitlement_type: given.entitlement_type ?? definition.entitlement_type,
  units: given.units === undefined ? definition.units : given.units,
  is_active: given.is_active === undefined ? definition.is_active : given.is_active ? 1 : 0,
  product_id: productId === undefined ? definition.product_id : productId,
  external_id: given.external_id === undefined ? definition.external_id : given.external_id,
});

/** @throws HttpError 422 naming the field that breaks a rule */
export const checkDefinition = (definition: EntitlementTable): void => {
  if (definition.entitlement_type === 'Feature' && definition.units !== null) {
    throw refuse('units', 'A Feature has no units');
  }
};

/** What can be said of a grant whenever it is written. */
export interface GrantChange {
  quantity?: number | null | undefined;
  quantity_used?: number | undefined;
  active_from?: BillingMoment | undefined;
  expiry_at?: BillingMoment | null | undefined;
  renews_at?: BillingMoment | null | undefined;
}

/** What a grant becomes by what is given of it; days begin as they do for its customer. */
export const changeGrant = <Grant extends CustomerEntitlementTable>(
  grant: Grant,
  given: GrantChange,
  timeZone: string,
): Grant => ({
  ...grant,
  quantity:
    given.quantity === undefined ? grant.quantity : given.quantity === null ? null : roundedQuantity(given.quantity),
  quantity_used: given.quantity_used === undefined ? grant.quantity_used : roundedQuantity(given.quantity_used),
  active_from: given.active_from === undefined ? grant.active_from : momentIn(given.active_from, timeZone),
  expiry_at: given.expiry_at === undefined ? grant.expiry_at : given.expiry_at && momentIn(given.expiry_at, timeZone),
  renews_at: given.renews_at === undefined ? grant.renews_at : given.renews_at && momentIn(given.renews_at, timeZone),
});

/** @throws HttpError 422 naming the field that breaks a rule */
export const checkGrant = (grant: CustomerEntitlementTable, { entitlement_type: type }: EntitlementTable): void => {
  if (type === 'Feature' && grant.quantity !== 0 && grant.quantity !== 1) {
    throw refuse('quantity', 'A Feature is granted as 1, or 0 for not included');
  }
  if (type === 'Feature' && grant.quantity_used !== 0) {
    throw refuse('quantity_used', 'A Feature is never consumed');
  }
  if (grant.expiry_at !== null && grant.expiry_at <= grant.active_from) {
    throw refuse('expiry_at', 'expiry_at is not after active_from');
  }
  if (grant.renews_at !== null && grant.renews_at <= grant.active_from) {
    throw refuse('renews_at', 'renews_at is not after active_from');
  }
};

/** The quantity that a new grant has when none is given. @throws HttpError 422 where it has to be said */
export const newQuantity = (given: number | null | undefined, { entitlement_type: type }: EntitlementTable) => {
  if (given === undefined && type !== 'Feature') {
    throw refuse('quantity', 'Say how much is granted; null for unlimited');
  }
  return given === undefined ? 1 : given;
};

/** The definition that a new grant is of. @throws HttpError 422 when it is not granted any more */
export const checkGrantable = ({ is_active: isActive, name }: EntitlementTable, field: string): void => {
  if (isActive === 0) {
    throw refuse(field, `${name} is not active, so that it is not granted any more`);
  }
};

/** A change of type would leave grants that break its rules. */
export const typeInUse = (): HttpError =>
  new HttpError(409, 'entitlement_in_use', 'This was granted already; define another entitlement of the other type');
