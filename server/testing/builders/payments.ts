import { v7 as uuidv7 } from 'uuid';
import type { PaymentTable } from '../../payments/payments.table.ts';
import type { CustomerScope } from '../../scope.ts';
import type { TestServer } from '../test-server.ts';

/** A successful card payment of 100.00 USD, applied to nothing. */
export const addPayment = async (
  { db }: Pick<TestServer, 'db'>,
  scope: CustomerScope,
  values: Partial<PaymentTable> = {},
): Promise<PaymentTable> => {
  const payment: PaymentTable = {
    organisation_id: scope.organisationId,
    customer_id: scope.customerId,
    timestamp: '2026-11-10T10:00:00.000Z',
    id: uuidv7(),
    external_id: null,
    type: 'payment',
    status: 'success',
    amount: 10_000,
    amount_refunded: 0,
    currency_code: 'USD',
    payment_method: 'card',
    payment_method_details: null,
    receipt_number: null,
    failure_message: null,
    parent_id: null,
    created_at: '2026-11-10T10:00:00.000Z',
    updated_at: '2026-11-10T10:00:00.000Z',
    connector_id: null,
    connector_name: null,
    description: null,
    refund_destination: null,
    ...values,
  };
  await db.insertInto('payment').values(payment).execute();
  return payment;
};

/** Applies money of a payment to an invoice. */
export const allocate = async (
  { db }: Pick<TestServer, 'db'>,
  payment: { organisation_id: string; id: string },
  invoice: { id: string },
  amount: number,
): Promise<void> => {
  await db
    .insertInto('payment_allocation')
    .values({
      organisation_id: payment.organisation_id,
      payment_id: payment.id,
      invoice_id: invoice.id,
      amount,
      amount_refunded: 0,
    })
    .execute();
};
