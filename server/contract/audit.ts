import { z } from 'zod';
import { DayOrTimestamp, Id, listOf, listQuery, queryList, Search, Timestamp } from './primitives.ts';

/** Everything that is written down when it is done, as `noun.verb`, by what it is about. */
export const auditActions = {
  customers: [
    'customer.created',
    'customer.updated',
    'customer.deleted',
    'customers.bulk_changed',
    'address.created',
    'address.updated',
    'contact.created',
    'contact.updated',
    'contact.deleted',
    'payment_method.attached',
    'payment_method.detached',
    'profile.updated',
  ],
  invoices: [
    'invoice.created',
    'invoice.updated',
    'invoice.approved',
    'invoice.voided',
    'invoice.discarded',
    'credit_note.issued',
    'invoices.bulk_changed',
    'invoices.imported',
  ],
  payments: [
    'payment.recorded',
    'payment.updated',
    'payment.taken_back',
    'payment.deleted',
    'payment.refunded',
    'payments.bulk_changed',
  ],
  contracts: ['contract.created', 'contract.updated', 'contract.deleted', 'product.created', 'product.updated'],
  entitlements: [
    'entitlement.created',
    'entitlement.updated',
    'entitlement.granted',
    'entitlement.grant_changed',
    'entitlement.taken_back',
    'entitlements.bulk_changed',
  ],
  portal: [
    'session.created',
    'session.opened',
    'session.ended',
    'sessions.revoked',
    'portal.viewed_by_staff',
    'portal_link.created',
  ],
  webhooks: [
    'webhook_endpoint.created',
    'webhook_endpoint.updated',
    'webhook_endpoint.deleted',
    'webhook_endpoint.disabled',
    'webhook_endpoint.secret_rotated',
    'webhook_endpoint.replayed',
    'webhook_endpoint.tested',
    'webhook_delivery.retried',
  ],
  access: [
    'organisation.created',
    'configuration.changed',
    'staff.created',
    'staff.password_changed',
    'staff.disabled',
    'staff.logged_in',
    'staff.logged_out',
    'login.failed',
    'api_key.created',
    'api_key.revoked',
    'browser_call.refused',
  ],
} as const;

export const AuditGroup = z.enum(Object.keys(auditActions) as (keyof typeof auditActions)[]);
export type AuditGroup = z.infer<typeof AuditGroup>;

export type AuditAction = (typeof auditActions)[AuditGroup][number];

export const AuditActor = z.enum(['api_key', 'staff', 'customer', 'system']);
export type AuditActor = z.infer<typeof AuditActor>;

export const AuditEventsQuery = z.strictObject({
  ...listQuery(['created_at'], '-created_at'),
  search: Search.optional().describe('Finds what somebody of this name did, or what a request did, by its id.'),
  group__in: queryList(AuditGroup).optional().describe('What it is about.'),
  actor_type__in: queryList(AuditActor).optional(),
  customer_id: Id.optional(),
  created_at__gte: DayOrTimestamp.optional(),
  created_at__lte: DayOrTimestamp.optional(),
});
export type AuditEventsQuery = z.infer<typeof AuditEventsQuery>;

export const AuditEvent = z
  .object({
    id: Id,
    sequence: z.int().describe('Its number in the organisation: 1, 2, 3 … without gaps.'),
    created_at: Timestamp,
    actor_type: AuditActor,
    actor_id: z.string().nullable().describe("The key's, staff member's or customer's id."),
    actor_name: z.string(),
    action: z.string().describe('`noun.verb`, for example `session.created`.'),
    customer: z.object({ id: Id, customer_name: z.string() }).nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
    request_id: z.string().nullable(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditEventList = listOf(AuditEvent).meta({ id: 'AuditEventList' });
export type AuditEventList = z.infer<typeof AuditEventList>;
