import { z } from 'zod';
import { Id, listOf, listQuery, queryList, Search, Timestamp } from './primitives.ts';

/** Feature: on or off, never consumed. Quantity: consumed in units. Credits: consumed in a non-cash unit. */
export const EntitlementType = z.enum(['Feature', 'Quantity', 'Credits']).meta({ id: 'EntitlementType' });
export type EntitlementType = z.infer<typeof EntitlementType>;

/** Derived from the clock: `upcoming` before `active_from`, `expired` from `expiry_at` on, else `active`. */
export const EntitlementStatus = z.enum(['active', 'upcoming', 'expired']).meta({ id: 'EntitlementStatus' });
export type EntitlementStatus = z.infer<typeof EntitlementStatus>;

export const EntitlementOrderField = z.enum(['name', 'type', 'active_from', 'expiry_at', 'quantity_remaining']);
export type EntitlementOrderField = z.infer<typeof EntitlementOrderField>;

export const PortalEntitlementsQuery = z.strictObject({
  ...listQuery(EntitlementOrderField.options, 'name'),
  search: Search.optional(),
  status__in: queryList(EntitlementStatus).optional(),
  type__in: queryList(EntitlementType).optional(),
});
export type PortalEntitlementsQuery = z.infer<typeof PortalEntitlementsQuery>;

export const PortalEntitlement = z
  .object({
    id: Id,
    entitlement: z.object({ id: Id, name: z.string(), description: z.string().nullable() }),
    type: EntitlementType,
    status: EntitlementStatus,
    units: z.string().nullable().describe('What a quantity counts, for example `API calls`; null for a feature.'),
    quantity: z.number().nullable().describe('Feature: 1 when included, 0 when not. Null total: unlimited.'),
    quantity_used: z.number(),
    quantity_remaining: z.number().nullable().describe('Never below 0; null when unlimited.'),
    active_from: Timestamp,
    expiry_at: Timestamp.nullable(),
    renews_at: Timestamp.nullable().describe('When the quantity is granted anew; null when it is granted once.'),
    contract: z.object({ id: Id, name: z.string() }).nullable(),
    product: z.object({ id: Id, name: z.string() }).nullable(),
    invoice: z.object({ id: Id, invoice_number: z.string() }).nullable(),
  })
  .meta({ id: 'PortalEntitlement' });
export type PortalEntitlement = z.infer<typeof PortalEntitlement>;

export const PortalEntitlementList = listOf(PortalEntitlement).meta({ id: 'PortalEntitlementList' });
export type PortalEntitlementList = z.infer<typeof PortalEntitlementList>;
