import type { Grant } from '../entitlements.ts';

/** The features that every plan of Northwind Cloud names. */
export const included: readonly Grant[] = [
  { entitlement: 'sso', quantity: 1, source: 'Contract' },
  { entitlement: 'auditLog', quantity: 1, source: 'Contract' },
  { entitlement: 'residency', quantity: 0, source: 'Contract' },
];
