import type { PortalEntitlementList, PortalEntitlementsQuery } from '#contract/entitlements.ts';

/** What the entitlements need of the portal API. Failures are `Error`s with `status` and `requestId`. */
export interface EntitlementsApi {
  listEntitlements(query: Partial<PortalEntitlementsQuery>, signal: AbortSignal): Promise<PortalEntitlementList>;
}
