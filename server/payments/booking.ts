import type { ErrorDetail } from '#contract/errors.ts';
import type { PaymentPartInput } from '#contract/merchant-payments.ts';
import type { PaymentMethodDetails } from '#contract/payments.ts';
import type { WebhookEventType } from '#contract/webhooks.ts';
import type { References } from '../bulk/references.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { HttpError } from '../http/errors.ts';
import { settleInvoice } from '../invoices/settlement.ts';
import type { OrganisationScope } from '../scope.ts';
import { emit, hasListener } from '../webhooks/outbox.ts';
import { findHeldParts, findPaymentRows } from './booking.repository.ts';
import type { HeldPart } from './booking.repository.ts';
import { findMerchantPaymentObjects, paymentNotFound } from './merchant-payments.service.ts';
import type { Problem } from './parts.ts';
import type { PaymentTable } from './payments.table.ts';

/** A payment as it is stored, with its parts, the newest invoice first. */
export interface StoredPayment {
  payment: PaymentTable;
  parts: HeldPart[];
}

export const findStoredPayments = async (
  trx: Trx,
  scope: OrganisationScope,
  references: References,
): Promise<StoredPayment[]> => {
  const payments = await findPaymentRows(trx, scope, references);
  const ids = payments.map(({ id }) => id);
  const parts = Map.groupBy(await findHeldParts(trx, scope, ids), ({ payment_id: paymentId }) => paymentId);
  return payments.map((payment) => ({ payment, parts: parts.get(payment.id) ?? [] }));
};

/** @throws HttpError 404 `payment_not_found` */
export const getStoredPayment = async (trx: Trx, scope: OrganisationScope, id: string): Promise<StoredPayment> => {
  const [stored] = await findStoredPayments(trx, scope, { ids: [id], externalIds: [] });
  if (stored === undefined) {
    throw paymentNotFound();
  }
  return stored;
};

export const stateInvalid = (message: string): HttpError => new HttpError(409, 'payment_state_invalid', message);

/** Problems with parts as the details of a 422, under the name by which the request has the parts. */
export const detailOfParts = (problems: readonly Problem[], name: string): ErrorDetail[] =>
  problems.map(({ index, field, msg, type }) => ({
    loc: ['body', name, ...(index === undefined || field === undefined ? [] : [index, field])],
    msg,
    type,
  }));

export const partInputs = (parts: readonly HeldPart[]): PaymentPartInput[] =>
  parts.map((part) => ({ invoice_id: part.invoice_id, amount: part.amount }));

export const detailsText = (details: PaymentMethodDetails | null | undefined): string | null =>
  details === null || details === undefined
    ? null
    : JSON.stringify({
        brand: details.brand ?? null,
        last4: details.last4 ?? null,
        bank_name: details.bank_name ?? null,
      });

export const settleInvoices = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  ids: Iterable<string>,
): Promise<void> => {
  for (const id of new Set(ids)) {
    await settleInvoice(trx, clock, scope, id);
  }
};

export const emitPayments = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  type: WebhookEventType,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length === 0 || !(await hasListener(trx, scope, [type]))) {
    return;
  }
  for (const payment of await findMerchantPaymentObjects(trx, scope, ids)) {
    await emit(trx, clock, scope, { type, data: () => payment });
  }
};
