import type { Payment, RefundDestination, RefundInput } from '#contract/merchant-payments.ts';
import type { BillingMoment } from '#contract/primitives.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { requireFreeExternalId } from '../bulk/references.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { momentIn } from '../customers/billing-day.ts';
import { getTimeZone } from '../customers/customers.service.ts';
import type { Trx } from '../database/transaction.ts';
import { numberOf } from '../organisations/numbering.ts';
import type { OrganisationScope } from '../scope.ts';
import {
  findPaymentRows,
  insertAllocations,
  insertPayments,
  updatePayment,
  upsertAllocations,
} from './booking.repository.ts';
import { emitPayments, getStoredPayment, settleInvoices, stateInvalid } from './booking.ts';
import type { StoredPayment } from './booking.ts';
import { getMerchantPayment } from './merchant-payments.service.ts';
import type { Part } from './parts.ts';
import type { PaymentTable } from './payments.table.ts';
import { isReceived } from './received.ts';
import { planRefund } from './refund-plan.ts';
import type { RefundWish } from './refund-plan.ts';
import { writeOff } from './write-off.ts';

/** A refund as it is to be booked. */
export interface RefundOrder extends RefundWish {
  destination: RefundDestination;
  isWrittenOff: boolean;
  externalId: string | null;
  receiptNumber: string | null;
  description: string | null;
  timestamp: BillingMoment | undefined;
}

const checkRefundable = ({ payment }: StoredPayment): void => {
  if (payment.type !== 'payment') {
    throw stateInvalid(`A ${payment.type} cannot be refunded, only a payment`);
  }
  if (!isReceived(payment)) {
    throw stateInvalid(`The payment is ${payment.status}: only money that was received can be refunded`);
  }
};

const meansOf = (
  payment: PaymentTable,
  destination: RefundDestination,
): Pick<PaymentTable, 'payment_method' | 'payment_method_details' | 'connector_id' | 'connector_name'> => {
  const { payment_method, payment_method_details, connector_id, connector_name } = payment;
  return destination === 'original_payment_method'
    ? { payment_method, payment_method_details, connector_id, connector_name }
    : {
        payment_method: destination === 'credits' ? 'credits' : 'other',
        payment_method_details: null,
        connector_id: null,
        connector_name: null,
      };
};

const refundRow = (
  payment: PaymentTable,
  order: RefundOrder,
  facts: { id: string; amount: number; timestamp: string; now: string },
) => ({
  organisation_id: payment.organisation_id,
  customer_id: payment.customer_id,
  timestamp: facts.timestamp,
  id: facts.id,
  external_id: order.externalId,
  type: 'refund' as const,
  status: 'success' as const,
  amount: facts.amount,
  amount_refunded: 0,
  currency_code: payment.currency_code,
  ...meansOf(payment, order.destination),
  receipt_number: order.receiptNumber,
  failure_message: null,
  parent_id: payment.id,
  created_at: facts.now,
  updated_at: facts.now,
  description: order.description,
  refund_destination: order.destination,
});

/** Adds up what was given back: of the payment, and of each of its parts. */
const takeBack = async (
  trx: Trx,
  scope: OrganisationScope,
  { payment, parts: held }: StoredPayment,
  { amount, parts, now }: { amount: number; parts: readonly Part[]; now: string },
): Promise<void> => {
  const refunded = payment.amount_refunded + amount;
  await updatePayment(trx, scope, payment.id, {
    amount_refunded: refunded,
    status: refunded === payment.amount ? 'refunded' : 'partially_refunded',
    updated_at: now,
  });
  const taken = new Map(parts.map((part) => [part.invoiceId, part.amount]));
  await upsertAllocations(
    trx,
    held.map((part) => ({
      organisation_id: scope.organisationId,
      payment_id: payment.id,
      invoice_id: part.invoice_id,
      amount: part.amount,
      amount_refunded: part.amount_refunded + (taken.get(part.invoice_id) ?? 0),
    })),
  );
};

/**
 * Gives money of a payment back: books the refund, takes it from the payment and its parts, and lets the invoices be
 * owed again or, written off, credits them. Everything is checked before anything is written. Answers the refund's id
 * and the invoices whose sums have changed.
 * @throws HttpError 409 `payment_state_invalid`, 422
 */
export const bookRefund = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  stored: StoredPayment,
  order: RefundOrder,
): Promise<{ id: string; touched: string[] }> => {
  checkRefundable(stored);
  const { amount, parts } = planRefund(stored, order);
  const now = timestamp(clock.now());
  const id = newId(clock);
  const { payment } = stored;
  const timeZone = await getTimeZone(trx, { ...scope, customerId: payment.customer_id });
  const receiptNumber = await numberOf(trx, scope, 'receipt', order.receiptNumber);
  const facts = { id, amount, timestamp: momentIn(order.timestamp ?? now, timeZone), now };
  await insertPayments(trx, [refundRow(payment, { ...order, receiptNumber }, facts)]);
  await insertAllocations(
    trx,
    parts.map((part) => ({
      organisation_id: scope.organisationId,
      payment_id: id,
      invoice_id: part.invoiceId,
      amount: part.amount,
      amount_refunded: 0,
    })),
  );
  await takeBack(trx, scope, stored, { amount, parts, now });
  const touched = parts.map(({ invoiceId }) => invoiceId);
  if (order.isWrittenOff) {
    const { destination, description: reason } = order;
    await writeOff(trx, clock, scope, touched, { destination, reason });
  }
  await settleInvoices(trx, clock, scope, touched);
  await emitPayments(trx, clock, scope, 'payment.refunded', [id]);
  return { id, touched };
};

/** @throws HttpError 404 `payment_not_found`, 409 `payment_state_invalid`, `external_id_taken`, 422 */
export const refundPayment = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { id, input }: { id: string; input: RefundInput },
): Promise<Payment> => {
  const stored = await getStoredPayment(trx, scope, id);
  await requireFreeExternalId(input.external_id, (ids) => findPaymentRows(trx, scope, ids));
  const refund = await bookRefund(trx, clock, scope, stored, {
    amount: input.refund_amount,
    parts: input.refund_payment_part_amounts ?? [],
    names: { amount: 'refund_amount', parts: 'refund_payment_part_amounts' },
    destination: input.refund_destination,
    isWrittenOff: input.writeoff_invoices,
    externalId: input.external_id ?? null,
    receiptNumber: input.receipt_number ?? null,
    description: input.description ?? null,
    timestamp: input.timestamp,
  });
  const booked = await getMerchantPayment(trx, scope, refund.id);
  await audit(trx, clock, scope, {
    ...author,
    action: 'payment.refunded',
    customerId: booked.customer_id,
    detail: {
      payment_id: id,
      refund_id: booked.id,
      amount: booked.amount,
      currency: booked.currency_code,
      refund_destination: input.refund_destination,
      writeoff_invoices: input.writeoff_invoices,
    },
  });
  return booked;
};
