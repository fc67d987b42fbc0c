import { z } from 'zod';
import {
  CustomerEntitlement,
  CustomerEntitlementInput,
  CustomerEntitlementList,
  CustomerEntitlementPatch,
  CustomerEntitlementsQuery,
  Entitlement,
  EntitlementInput,
  EntitlementList,
  EntitlementPatch,
  EntitlementsQuery,
  EntitlementTotalList,
  EntitlementTotalsQuery,
} from './merchant-entitlements.ts';
import type { Operations } from './operation.ts';
import { Deleted, Id } from './primitives.ts';

const params = z.strictObject({ entitlement_id: Id });
const customerParams = z.strictObject({ customer_id: Id });
const grantParams = customerParams.extend({ customer_entitlement_id: Id });

export const entitlementOperations = {
  'GET /entitlements': {
    summary: 'List entitlement definitions',
    query: EntitlementsQuery,
    response: EntitlementList,
    errors: ['cursor_invalid'],
  },
  'POST /entitlements': {
    summary: 'Create an entitlement definition',
    description: 'Says what can be granted; a Feature has no units.',
    body: EntitlementInput,
    response: Entitlement,
    errors: ['external_id_taken'],
  },
  'GET /entitlements/:entitlement_id': {
    summary: 'Get an entitlement definition',
    params,
    response: Entitlement,
    errors: ['entitlement_not_found'],
  },
  'PATCH /entitlements/:entitlement_id': {
    summary: 'Change an entitlement definition',
    description: `Only the fields given change, also in what has been granted already. The type stays once it has been
granted (409 \`entitlement_in_use\`): define another one.`,
    params,
    body: EntitlementPatch,
    response: Entitlement,
    errors: ['entitlement_in_use', 'entitlement_not_found', 'external_id_taken'],
  },
  'GET /entitlements/customer/:customer_id': {
    summary: "List a customer's entitlements",
    description: '`status` follows from the clock: upcoming before `active_from`, expired from `expiry_at` on.',
    params: customerParams,
    query: CustomerEntitlementsQuery,
    response: CustomerEntitlementList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
  'POST /entitlements/customer/:customer_id': {
    summary: 'Grant an entitlement to a customer',
    description: `Names the definition by \`entitlement_id\` or \`entitlement_external_id\`; it must be active. A contract or an
invoice that is named must be the customer's own. Quantities may have fractions; kept to six decimals.`,
    params: customerParams,
    body: CustomerEntitlementInput,
    response: CustomerEntitlement,
    errors: ['customer_not_found', 'external_id_taken'],
  },
  'PATCH /entitlements/customer/:customer_id/:customer_entitlement_id': {
    summary: "Change a customer's entitlement",
    description:
      'Tell what has been used by `quantity_used`: the whole sum, not what came on top. What is left out stays.',
    params: grantParams,
    body: CustomerEntitlementPatch,
    response: CustomerEntitlement,
    errors: ['customer_entitlement_not_found', 'external_id_taken'],
  },
  'DELETE /entitlements/customer/:customer_id/:customer_entitlement_id': {
    summary: "Take a customer's entitlement back",
    description: 'As if it had never been granted. To end it today and keep it in sight, set `expiry_at`.',
    params: grantParams,
    response: Deleted,
    errors: ['customer_entitlement_not_found'],
  },
  'GET /entitlements/customer/unique/:customer_id': {
    summary: "Total a customer's entitlements by definition",
    description: `One row a definition that the customer was ever granted. The totals are of what is active now (neither
upcoming nor expired); one unlimited grant makes the total unlimited. The total of a Feature is 1 or 0.`,
    params: customerParams,
    query: EntitlementTotalsQuery,
    response: EntitlementTotalList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
} as const satisfies Operations;
