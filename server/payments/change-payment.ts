import type { Payment, PaymentPatch } from '#contract/merchant-payments.ts';
import type { PaymentMethodDetails, PaymentStatus } from '#contract/payments.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { requireFreeExternalId } from '../bulk/references.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { invalid } from '../http/errors.ts';
import { numberOf, passOverNumbers } from '../organisations/numbering.ts';
import type { OrganisationScope } from '../scope.ts';
import { deleteAllocationsExcept, findPaymentRows, updatePayment, upsertAllocations } from './booking.repository.ts';
import type { PaymentChange } from './booking.repository.ts';
import {
  detailOfParts,
  detailsText,
  emitPayments,
  getStoredPayment,
  partInputs,
  settleInvoices,
  stateInvalid,
} from './booking.ts';
import type { StoredPayment } from './booking.ts';
import { getMerchantPayment } from './merchant-payments.service.ts';
import { fitParts } from './parts.ts';
import type { Part, Receivables } from './parts.ts';
import type { PaymentTable } from './payments.table.ts';
import { lookUpReceivables } from './receivables.ts';
import { hasMoved, isReceived, isSettling } from './received.ts';

const isBooked = ({ type }: PaymentTable): boolean => type === 'authorization' || isSettling(type);

/** The status that the payment is to have. `success` says nothing new of one that was refunded since. */
const statusAfter = (payment: PaymentTable, wanted: PaymentStatus | undefined): PaymentStatus => {
  const { status } = payment;
  if (wanted === undefined || wanted === status) {
    return status;
  }
  if (wanted === 'success' && hasMoved(status)) {
    return status;
  }
  if (wanted === 'refunded' || wanted === 'partially_refunded') {
    const msg = 'This status follows from refunds: call POST /payments/{id}/refund';
    throw invalid([{ loc: ['body', 'status'], msg, type: 'status_derived' }]);
  }
  if (!isBooked(payment)) {
    throw stateInvalid(`The status of a ${payment.type} is final`);
  }
  if (payment.amount_refunded > 0) {
    throw stateInvalid(`The payment is ${status}: money of it was given back, so that its status cannot be ${wanted}`);
  }
  return wanted;
};

const isSameParts = ({ parts }: StoredPayment, wanted: readonly Part[]): boolean =>
  parts.length === wanted.length &&
  wanted.every((part) => parts.some((held) => held.invoice_id === part.invoiceId && held.amount === part.amount));

/** The parts that the payment is to have; undefined: those that it has. */
const partsAfter = (
  stored: StoredPayment,
  after: PaymentTable,
  patch: PaymentPatch,
  receivables: Receivables,
): Part[] | undefined => {
  const { payment, parts: held } = stored;
  const isNewlyReceived = isReceived(after) && !isReceived(payment);
  if (patch.payment_parts === undefined && !isNewlyReceived) {
    return undefined;
  }
  const refundedOfParts = held.reduce((sum, part) => sum + part.amount_refunded, 0);
  const wanted = patch.payment_parts ?? partInputs(held);
  const { parts, problems } = fitParts(receivables, wanted, {
    customerId: payment.customer_id,
    currency: payment.currency_code,
    available: payment.amount - (payment.amount_refunded - refundedOfParts),
    held: new Map(held.map((part) => [part.invoice_id, part])),
    isReceived: isReceived(payment),
  });
  const isSame = wanted.length === parts.length && isSameParts(stored, parts);
  if (patch.payment_parts !== undefined && isSame && !isNewlyReceived) {
    return undefined;
  }
  if (problems.length > 0) {
    const isGiven = patch.payment_parts !== undefined;
    throw invalid(
      isGiven
        ? detailOfParts(problems, 'payment_parts')
        : problems.map(({ msg, type }) => ({ loc: ['body', 'status'], msg: `${msg}. Send payment_parts too`, type })),
    );
  }
  if (!isSame && !isBooked(payment)) {
    throw stateInvalid(`The parts of a ${payment.type} follow from it and cannot be changed`);
  }
  return isSame ? undefined : parts;
};

const given = <Name extends keyof PaymentChange>(
  payment: PaymentTable,
  name: Name,
  value: PaymentTable[Name] | undefined,
): PaymentChange => (value === undefined || value === payment[name] ? {} : { [name]: value });

const isSameDetails = (stored: string | null, wanted: string | null): boolean =>
  wanted === (stored === null ? null : detailsText(JSON.parse(stored) as PaymentMethodDetails));

const columnsAfter = (payment: PaymentTable, patch: PaymentPatch, status: PaymentStatus): PaymentChange => {
  const details = patch.payment_method_details === undefined ? undefined : detailsText(patch.payment_method_details);
  return {
    ...given(payment, 'status', status),
    ...given(payment, 'external_id', patch.external_id),
    ...given(payment, 'payment_method', patch.payment_method),
    ...(details === undefined || isSameDetails(payment.payment_method_details, details)
      ? {}
      : { payment_method_details: details }),
    ...given(payment, 'receipt_number', patch.receipt_number),
    ...given(payment, 'description', patch.description),
    ...given(payment, 'failure_message', patch.failure_message),
  };
};

/** What a change has done: to which fields of the payment, and to which invoices, whose sums may have changed. */
export interface ChangedPayment {
  fields: string[];
  touched: string[];
}

/**
 * Changes a payment by the rules of PATCH; everything is checked before anything is written. Undefined when the payment
 * already is as it is wanted.
 * @throws HttpError 409 `payment_state_invalid`, `external_id_taken`, 422
 */
export const changeStoredPayment = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  stored: StoredPayment,
  patch: PaymentPatch,
  receivables: Receivables,
): Promise<ChangedPayment | undefined> => {
  const { payment } = stored;
  const after = { ...payment, status: statusAfter(payment, patch.status) };
  const parts = partsAfter(stored, after, patch, receivables);
  const change = columnsAfter(payment, patch, after.status);
  if (parts === undefined && Object.keys(change).length === 0) {
    return undefined;
  }
  await requireFreeExternalId(change.external_id, (ids) => findPaymentRows(trx, scope, ids));
  await passOverNumbers(trx, scope, 'receipt', [change.receipt_number]);
  if (isReceived(after) && payment.receipt_number === null && patch.receipt_number === undefined) {
    change.receipt_number = await numberOf(trx, scope, 'receipt', null);
  }
  await updatePayment(trx, scope, payment.id, { ...change, updated_at: timestamp(clock.now()) });
  const touched = stored.parts.map((part) => part.invoice_id);
  if (parts !== undefined) {
    const refunded = new Map(stored.parts.map((part) => [part.invoice_id, part.amount_refunded]));
    const invoiceIds = parts.map(({ invoiceId }) => invoiceId);
    await deleteAllocationsExcept(trx, scope, payment.id, invoiceIds);
    await upsertAllocations(
      trx,
      parts.map(({ invoiceId, amount }) => ({
        organisation_id: scope.organisationId,
        payment_id: payment.id,
        invoice_id: invoiceId,
        amount,
        amount_refunded: refunded.get(invoiceId) ?? 0,
      })),
    );
    touched.push(...invoiceIds);
  }
  if (parts !== undefined || isReceived(after) !== isReceived(payment)) {
    await settleInvoices(trx, clock, scope, touched);
  }
  await emitPayments(trx, clock, scope, 'payment.updated', [payment.id]);
  return { fields: [...Object.keys(change), ...(parts === undefined ? [] : ['payment_parts'])], touched };
};

/** @throws HttpError 404 `payment_not_found`, 409 `payment_state_invalid`, `external_id_taken`, 422 */
export const changePayment = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { id, patch }: { id: string; patch: PaymentPatch },
): Promise<Payment> => {
  const stored = await getStoredPayment(trx, scope, id);
  const held = stored.parts.map((part) => part.invoice_id);
  const receivables = await lookUpReceivables(trx, scope, patch.payment_parts ?? [], held);
  const changed = await changeStoredPayment(trx, clock, scope, stored, patch, receivables);
  const { payment } = stored;
  const after = await getMerchantPayment(trx, scope, id);
  if (changed !== undefined) {
    const { amount, currency_code: currency, receipt_number } = payment;
    await audit(trx, clock, scope, {
      ...author,
      action: isReceived(payment) && !isReceived(after) ? 'payment.taken_back' : 'payment.updated',
      customerId: payment.customer_id,
      detail: { payment_id: id, receipt_number, amount, currency, status: after.status, fields: changed.fields },
    });
  }
  return after;
};
