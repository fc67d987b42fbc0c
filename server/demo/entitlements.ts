import type { CustomerEntitlementTable, EntitlementTable } from '../entitlements/entitlements.table.ts';
import { addDays, addMonths, firstOfMonth, startOf } from './calendar.ts';
import { seedId } from './random.ts';

type Definition = Pick<EntitlementTable, 'name' | 'description' | 'entitlement_type' | 'units'>;

const feature = (name: string, description: string): Definition => ({
  name,
  description,
  entitlement_type: 'Feature',
  units: null,
});
const quantity = (name: string, units: string, description: string): Definition => ({
  name,
  description,
  entitlement_type: 'Quantity',
  units,
});

const definitions = {
  sso: feature('Single sign-on', 'Log in with your own identity provider.'),
  auditLog: feature('Audit log export', 'Every change in your workspaces, as a file a day.'),
  customDomain: feature('Custom domain', 'Your applications under your own name.'),
  residency: feature('Data residency', 'Keep your data in one region.'),
  apiCalls: quantity('API calls', 'calls', 'Included in the plan each month.'),
  compute: quantity('Compute', 'hours', 'Included in the plan each month.'),
  storage: quantity('Object storage', 'GB', 'Over all workspaces.'),
  projects: quantity('Projects', 'projects', 'Active at the same time.'),
  environments: quantity('Preview environments', 'environments', 'One a branch.'),
  aiCredits: {
    name: 'Assistant credits',
    description: 'Spent by the build assistant.',
    entitlement_type: 'Credits',
    units: 'credits',
  },
  trainingCredits: {
    name: 'Training credits',
    description: 'One credit is an hour with an instructor.',
    entitlement_type: 'Credits',
    units: 'credits',
  },
} as const satisfies Record<string, Definition>;
export type EntitlementKey = keyof typeof definitions;

/** What a customer was given. */
export interface Grant {
  entitlement: EntitlementKey;
  /** Null: unlimited. Feature: 1 or 0. */
  quantity: number | null;
  used?: number;
  /** Granted anew each month. */
  isRenewing?: boolean;
  /** Days from the day of the seed; negative: in the past. */
  from?: number;
  expires?: number;
  source?: 'Contract' | 'Product' | 'Invoice' | 'Grant';
}

export interface GrantSources {
  contractId?: string;
  productId?: string;
  invoiceId?: string;
}

export const entitlementRows = (organisationId: string, createdAt: string): Map<EntitlementKey, EntitlementTable> =>
  new Map(
    Object.entries(definitions).map(([key, definition]) => [
      key as EntitlementKey,
      {
        organisation_id: organisationId,
        id: seedId(createdAt, `entitlement/${key}`),
        ...definition,
        is_active: 1,
        product_id: null,
        created_at: createdAt,
        external_id: null,
        updated_at: createdAt,
      },
    ]),
  );

interface GrantContext {
  definition: EntitlementTable;
  customerId: string;
  /** Among the customer's grants. */
  position: number;
  sources: GrantSources;
  asOf: string;
  timeZone: string;
}

export const grantRow = (
  grant: Grant,
  { definition, customerId, position, sources, asOf, timeZone }: GrantContext,
): CustomerEntitlementTable => {
  const thisMonth = firstOfMonth(asOf);
  const from = startOf(grant.from === undefined ? thisMonth : addDays(asOf, grant.from), timeZone);
  const isFrom = (source: Grant['source']) => grant.source === source;
  const contractId = isFrom('Contract') ? (sources.contractId ?? null) : null;
  const productId = isFrom('Product') ? (sources.productId ?? null) : null;
  const invoiceId = isFrom('Invoice') ? (sources.invoiceId ?? null) : null;
  return {
    organisation_id: definition.organisation_id,
    id: seedId(from, `grant/${customerId}/${position}`),
    customer_id: customerId,
    entitlement_id: definition.id,
    external_id: null,
    quantity: grant.quantity,
    quantity_used: grant.used ?? 0,
    active_from: from,
    expiry_at: grant.expires === undefined ? null : startOf(addDays(asOf, grant.expires), timeZone),
    renews_at: grant.isRenewing === true ? startOf(addMonths(thisMonth, 1), timeZone) : null,
    source_type: (contractId ?? productId ?? invoiceId) ? (grant.source ?? 'Grant') : 'Grant',
    contract_id: contractId,
    product_id: productId,
    invoice_id: invoiceId,
    created_at: from,
    updated_at: from,
  };
};
