import type { WebhookEventType } from '#contract/webhooks.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { emit } from '../webhooks/outbox.ts';
import { readInvoiceDetail } from './invoice-detail.ts';

export type InvoiceEventType = Extract<WebhookEventType, `invoice.${string}`>;

/** Tells who wants to know what happened to an invoice; call it when all of it is written. */
export const emitInvoiceEvents = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  invoiceId: string,
  types: readonly InvoiceEventType[],
): Promise<void> => {
  for (const type of types) {
    await emit(trx, clock, scope, { type, data: () => readInvoiceDetail(trx, scope, invoiceId) });
  }
};
