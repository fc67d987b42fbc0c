import type { CustomerEntitlementInput } from '#contract/merchant-entitlements.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { CustomerReference } from '../customers/customers.service.ts';
import type { OrganisationScope } from '../scope.ts';
import { changeGrant, checkGrant, checkGrantable, newQuantity } from './entitlement-rules.ts';
import type { CustomerEntitlementTable, EntitlementTable } from './entitlements.table.ts';
import { fieldOf, originOf, sourceTypeOf } from './sources.ts';
import type { SourceFields, Sources } from './sources.ts';

export type GrantFields = Omit<CustomerEntitlementInput, keyof SourceFields> & SourceFields;

/**
 * A new grant of a definition to a customer.
 * @throws HttpError 422 naming the field that breaks a rule
 */
export const placeGrant = (
  clock: Clock,
  { organisationId }: OrganisationScope,
  { id: customerId, time_zone: timeZone }: Pick<CustomerReference, 'id' | 'time_zone'>,
  sources: Sources,
  definition: EntitlementTable,
  fields: GrantFields,
): CustomerEntitlementTable => {
  checkGrantable(definition, fieldOf(fields, 'entitlement'));
  const now = timestamp(clock.now());
  const blank = {
    organisation_id: organisationId,
    id: newId(clock),
    customer_id: customerId,
    entitlement_id: definition.id,
    external_id: fields.external_id ?? null,
    quantity: newQuantity(fields.quantity, definition),
    quantity_used: 0,
    active_from: now,
    expiry_at: null,
    renews_at: null,
    source_type: sourceTypeOf(fields),
    contract_id: null,
    product_id: definition.product_id,
    invoice_id: null,
    created_at: now,
    updated_at: now,
  };
  const grant = { ...changeGrant(blank, fields, timeZone), ...originOf(sources, fields, customerId, blank) };
  checkGrant(grant, definition);
  return grant;
};
