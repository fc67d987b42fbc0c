import type { Payment } from '#contract/merchant-payments.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { emit } from '../webhooks/outbox.ts';
import { deleteAllocationsExcept, deletePayment, hasChildren } from './booking.repository.ts';
import { settleInvoices, stateInvalid } from './booking.ts';
import { getMerchantPayment } from './merchant-payments.service.ts';
import { isMoneyBack } from './received.ts';

const checkDeletable = (payment: Payment): void => {
  if (isMoneyBack(payment.type)) {
    throw stateInvalid(`A ${payment.type} is final and cannot be deleted`);
  }
  if (payment.connector_id !== null || payment.connector_name !== null) {
    throw stateInvalid('Only a payment recorded by hand can be deleted: change the status of one of a connector');
  }
};

/**
 * Deletes a payment that was recorded by hand, and answers it as it was.
 * @throws HttpError 404 `payment_not_found`, 409 `payment_state_invalid`
 */
export const removePayment = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  id: string,
): Promise<Payment> => {
  const payment = await getMerchantPayment(trx, scope, id);
  checkDeletable(payment);
  if (payment.amount_refunded > 0 || (await hasChildren(trx, scope, id))) {
    throw stateInvalid('A payment that was refunded cannot be deleted');
  }
  await deleteAllocationsExcept(trx, scope, id, []);
  await deletePayment(trx, scope, id);
  await settleInvoices(
    trx,
    clock,
    scope,
    payment.invoices.map((part) => part.invoice_id),
  );
  await emit(trx, clock, scope, { type: 'payment.deleted', data: () => payment });
  await audit(trx, clock, scope, {
    ...author,
    action: 'payment.deleted',
    customerId: payment.customer_id,
    detail: {
      payment_id: id,
      external_id: payment.external_id,
      amount: payment.amount,
      currency: payment.currency_code,
    },
  });
  return payment;
};
