import type { WebhookEventType } from '#contract/webhooks.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { emit } from '../webhooks/outbox.ts';
import type { CustomerParts } from './customer-parts.ts';
import { presentCustomer } from './customers.present.ts';

type CustomerEventType = Extract<WebhookEventType, `customer.${string}`>;

/** Tells webhooks what became of a customer, as the merchant API shows it. */
export const announceCustomer = (
  trx: Trx,
  clock: Clock,
  type: CustomerEventType,
  parts: CustomerParts,
): Promise<void> =>
  emit(trx, clock, { organisationId: parts.customer.organisation_id }, { type, data: () => presentCustomer(parts) });
