import type { Payment, RefundDestination, RefundInput } from '#contract/merchant-payments.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { issueCreditNote } from '../credit-notes/issue-credit-note.ts';
import type { Trx } from '../database/transaction.ts';
import { owedAgain } from '../invoices/settlement.ts';
import { nextNumber } from '../organisations/numbering.ts';
import type { OrganisationScope } from '../scope.ts';
import { insertPayments, updatePayment, upsertAllocations } from './booking.repository.ts';
import { emitPayments, getStoredPayment, requireFreeExternalId, settleInvoices, stateInvalid } from './booking.ts';
import type { StoredPayment } from './booking.ts';
import { getMerchantPayment } from './merchant-payments.service.ts';
import type { PaymentTable } from './payments.table.ts';
import { isReceived } from './received.ts';
import { planRefund } from './refund-plan.ts';
import type { RefundWish } from './refund-plan.ts';

/** A refund as it is to be booked. */
export interface RefundOrder extends RefundWish {
  destination: RefundDestination;
  isWrittenOff: boolean;
  externalId: string | null;
  receiptNumber: string | null;
  description: string | null;
  timestamp: string | undefined;
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

const repaymentMethods = {
  credits: 'credits',
  original_payment_method: 'original_payment_method',
  external: 'external_payment',
} as const satisfies Record<RefundDestination, string>;

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
  const { payment, parts: held } = stored;
  const { amount, parts } = planRefund(stored, order);
  const now = timestamp(clock.now());
  const id = newId(clock);
  await insertPayments(trx, [
    {
      organisation_id: scope.organisationId,
      customer_id: payment.customer_id,
      timestamp: order.timestamp ?? now,
      id,
      external_id: order.externalId,
      type: 'refund',
      status: 'success',
      amount,
      amount_refunded: 0,
      currency_code: payment.currency_code,
      ...meansOf(payment, order.destination),
      receipt_number: order.receiptNumber ?? (await nextNumber(trx, scope, 'receipt')),
      failure_message: null,
      parent_id: payment.id,
      created_at: now,
      updated_at: now,
      description: order.description,
      refund_destination: order.destination,
    },
  ]);
  const refunded = payment.amount_refunded + amount;
  await updatePayment(trx, scope, payment.id, {
    amount_refunded: refunded,
    status: refunded === payment.amount ? 'refunded' : 'partially_refunded',
    updated_at: now,
  });
  const own = new Map(held.map((part) => [part.invoice_id, part]));
  await upsertAllocations(
    trx,
    parts.flatMap((part) => {
      const before = own.get(part.invoiceId);
      const key = { organisation_id: scope.organisationId, invoice_id: part.invoiceId };
      return before === undefined
        ? []
        : [
            { ...key, payment_id: id, amount: part.amount, amount_refunded: 0 },
            {
              ...key,
              payment_id: payment.id,
              amount: before.amount,
              amount_refunded: before.amount_refunded + part.amount,
            },
          ];
    }),
  );
  const touched = parts.map(({ invoiceId }) => invoiceId);
  if (order.isWrittenOff) {
    for (const invoiceId of touched) {
      const amountMinor = await owedAgain(trx, scope, invoiceId);
      if (amountMinor > 0) {
        await issueCreditNote(trx, clock, scope, {
          invoiceId,
          amountMinor,
          reason: order.description,
          repaymentMethod: repaymentMethods[order.destination],
          status: 'paid',
        });
      }
    }
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
  await requireFreeExternalId(trx, scope, input.external_id);
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
