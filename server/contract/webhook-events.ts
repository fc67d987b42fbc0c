import { z } from 'zod';
import { Customer } from './customers.ts';
import { InvoiceDetail } from './merchant-invoices.ts';
import { Payment } from './merchant-payments.ts';
import { Id } from './primitives.ts';
import { SessionFacts } from './webhooks.ts';
import type { DeliveredEventType } from './webhooks.ts';

/** What the `data` of each event is: the record as the merchant API shows it, as it was at that moment. */
export const webhookEventData = {
  'customer.created': Customer,
  'customer.updated': Customer,
  'customer.deleted': Customer,
  'invoice.created': InvoiceDetail,
  'invoice.updated': InvoiceDetail,
  'invoice.approved': InvoiceDetail,
  'invoice.partially_paid': InvoiceDetail,
  'invoice.paid': InvoiceDetail,
  'invoice.voided': InvoiceDetail,
  'invoice.credited': InvoiceDetail,
  'payment.created': Payment,
  'payment.updated': Payment,
  'payment.refunded': Payment,
  'payment.deleted': Payment,
  'session.created': SessionFacts,
  'session.opened': SessionFacts,
  'session.ended': SessionFacts,
  'webhook.test': z.object({ webhook_endpoint_id: Id }),
} as const satisfies Record<DeliveredEventType, z.ZodType>;

/** The body of a webhook. Branch on `type`. */
export type WebhookMessage = {
  [Type in DeliveredEventType]: {
    type: Type;
    /** When it happened. */
    timestamp: string;
    data: z.infer<(typeof webhookEventData)[Type]>;
  };
}[DeliveredEventType];
