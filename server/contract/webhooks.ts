import { z } from 'zod';

/** What a merchant's server can be told of. */
export const WebhookEventType = z.enum([
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'invoice.created',
  'invoice.updated',
  'invoice.approved',
  'invoice.partially_paid',
  'invoice.paid',
  'invoice.voided',
  'invoice.credited',
  'payment.created',
  'payment.updated',
  'payment.refunded',
  'payment.deleted',
  'session.created',
  'session.opened',
  'session.ended',
]);
export type WebhookEventType = z.infer<typeof WebhookEventType>;
