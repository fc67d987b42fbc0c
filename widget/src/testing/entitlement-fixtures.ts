import type { PortalEntitlement, PortalEntitlementList } from '#contract/entitlements.ts';

const id = 'c1000000-0000-4000-8000-000000000001';

export const entitlement = (name: string, part: Partial<PortalEntitlement> = {}): PortalEntitlement => ({
  id,
  entitlement: { id, name, description: null },
  type: 'Quantity',
  status: 'active',
  units: 'calls',
  quantity: 100_000,
  quantity_used: 40_000,
  quantity_remaining: 60_000,
  active_from: '2026-11-01T00:00:00.000Z',
  expiry_at: null,
  renews_at: '2026-12-01T00:00:00.000Z',
  contract: { id, name: 'Team plan 2026' },
  product: null,
  invoice: null,
  ...part,
});

const feature = { type: 'Feature', units: null, quantity_used: 0, quantity_remaining: 1, renews_at: null } as const;

/** One entitlement of every kind that a customer meets. */
export const entitlements: readonly PortalEntitlement[] = [
  entitlement('API calls', { entitlement: { id, name: 'API calls', description: 'Requests to the public API' } }),
  entitlement('Build minutes', {
    units: 'minutes',
    quantity: 1_500,
    quantity_used: 1_275.5,
    quantity_remaining: 224.5,
    product: { id, name: 'CI add-on' },
  }),
  entitlement('Message credits', {
    type: 'Credits',
    units: 'credits',
    quantity: 500,
    quantity_used: 500,
    quantity_remaining: 0,
    renews_at: null,
    expiry_at: '2027-01-01T00:00:00.000Z',
    contract: null,
    invoice: { id, invoice_number: 'INV-2026-0042' },
  }),
  entitlement('Storage', { units: 'GB', quantity: null, quantity_used: 812.25, quantity_remaining: null }),
  entitlement('Seats', { units: null, quantity: 50, quantity_used: 0, quantity_remaining: 50 }),
  entitlement('Single sign-on', { ...feature, quantity: 1 }),
  entitlement('Audit log export', { ...feature, quantity: 0, quantity_remaining: 0 }),
  entitlement('Support hours', { status: 'upcoming', active_from: '2027-01-01T00:00:00.000Z', units: 'hours' }),
  entitlement('Launch credits', {
    status: 'expired',
    type: 'Credits',
    units: 'credits',
    renews_at: null,
    expiry_at: '2026-06-01T00:00:00.000Z',
  }),
];

export const entitlementList = (
  results: readonly PortalEntitlement[],
  part: Partial<PortalEntitlementList> = {},
): PortalEntitlementList => ({
  results: [...results],
  next: null,
  previous: null,
  total_count: results.length,
  ...part,
});
