import type { Payment, PaymentInput } from '#contract/merchant-payments.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { findReferenced, requireFreeExternalId } from '../bulk/references.ts';
import type { Reference, Referenced } from '../bulk/references.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { momentIn } from '../customers/billing-day.ts';
import { findPastAndPresentCustomers } from '../customers/customers.service.ts';
import type { CustomerReference } from '../customers/customers.service.ts';
import type { Trx } from '../database/transaction.ts';
import { invalid, referenceUnknown } from '../http/errors.ts';
import { nextNumbers, passOverNumbers } from '../organisations/numbering.ts';
import type { OrganisationScope } from '../scope.ts';
import { findPaymentRows, insertAllocations, insertPayments } from './booking.repository.ts';
import { detailOfParts, detailsText, emitPayments, settleInvoices } from './booking.ts';
import { getMerchantPayment } from './merchant-payments.service.ts';
import { fitParts } from './parts.ts';
import type { Part, Receivables } from './parts.ts';
import type { PaymentTable } from './payments.table.ts';
import { applyParts, lookUpReceivables } from './receivables.ts';
import { isReceived } from './received.ts';

/** What payments name: customers and invoices, looked up for all of them at once. */
export interface Named {
  customers: Referenced<CustomerReference>;
  receivables: Receivables;
}

const customerOf = (input: PaymentInput): Reference => ({
  id: input.customer_id,
  externalId: input.customer_external_id,
});

export const lookUpNamed = async (
  trx: Trx,
  scope: OrganisationScope,
  inputs: readonly PaymentInput[],
  invoiceIds: readonly string[] = [],
): Promise<Named> => ({
  customers: await findReferenced(inputs.map(customerOf), (ids) => findPastAndPresentCustomers(trx, scope, ids)),
  receivables: await lookUpReceivables(
    trx,
    scope,
    inputs.flatMap((input) => input.payment_parts ?? []),
    invoiceIds,
  ),
});

/** Whether one of the parts pays an invoice of the customer: a deleted customer may still settle those. */
const hasInvoiceOf = (
  { receivables }: Named,
  { payment_parts: parts = [] }: PaymentInput,
  customerId: string,
): boolean =>
  parts.some(
    ({ invoice_id: id, invoice_external_id: externalId }) =>
      receivables.find({ id, externalId })?.customer_id === customerId,
  );

/** @throws HttpError 422 for a customer that is not there */
export const getPayer = (named: Named, input: PaymentInput): CustomerReference => {
  const found = named.customers.find(customerOf(input));
  if (found === undefined || (found.deleted_at !== null && !hasInvoiceOf(named, input, found.id))) {
    throw referenceUnknown(input.customer_id === undefined ? 'customer_external_id' : 'customer_id', 'customer');
  }
  return found;
};

/** A payment that is ready to be stored. */
export interface NewPayment {
  row: PaymentTable;
  parts: Part[];
}

/**
 * Makes a payment of a request, and lets the invoices that it pays owe less in what was looked up. Stores nothing.
 * @throws HttpError 422
 */
export const makePayment = (clock: Clock, scope: OrganisationScope, named: Named, input: PaymentInput): NewPayment => {
  const { id: customerId, time_zone: timeZone } = getPayer(named, input);
  const { parts, problems } = fitParts(named.receivables, input.payment_parts ?? [], {
    customerId,
    currency: input.currency_code,
    available: input.amount,
    held: new Map(),
    isReceived: false,
  });
  if (problems.length > 0) {
    throw invalid(detailOfParts(problems, 'payment_parts'));
  }
  const now = timestamp(clock.now());
  const type = input.type ?? 'payment';
  const row: PaymentTable = {
    organisation_id: scope.organisationId,
    customer_id: customerId,
    timestamp: momentIn(input.timestamp ?? now, timeZone),
    id: newId(clock),
    external_id: input.external_id ?? null,
    type,
    status: input.status ?? (type === 'authorization' ? 'authorized' : 'success'),
    amount: input.amount,
    amount_refunded: 0,
    currency_code: input.currency_code,
    payment_method: input.payment_method ?? 'other',
    payment_method_details: detailsText(input.payment_method_details),
    receipt_number: input.receipt_number ?? null,
    failure_message: input.failure_message ?? null,
    parent_id: null,
    created_at: now,
    updated_at: now,
    connector_id: input.connector_id ?? null,
    connector_name: input.connector_name ?? null,
    description: input.description ?? null,
    refund_destination: null,
  };
  if (isReceived(row)) {
    applyParts(named.receivables, parts);
  }
  return { row, parts };
};

const nextReceipts = async (trx: Trx, scope: OrganisationScope, count: number): Promise<string[]> =>
  count === 0 ? [] : nextNumbers(trx, scope, 'receipt', count);

/** Stores payments, gives receipts their numbers, and settles the invoices that they pay. */
export const storePayments = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  payments: readonly NewPayment[],
): Promise<void> => {
  if (payments.length === 0) {
    return;
  }
  const isNumberless = ({ row }: NewPayment): boolean => row.receipt_number === null && isReceived(row);
  await passOverNumbers(
    trx,
    scope,
    'receipt',
    payments.map(({ row }) => row.receipt_number),
  );
  const numbers = (await nextReceipts(trx, scope, payments.filter(isNumberless).length)).values();
  const rows = payments.map((payment) =>
    isNumberless(payment) ? { ...payment.row, receipt_number: numbers.next().value ?? null } : payment.row,
  );
  await insertPayments(trx, rows);
  const parts = payments.flatMap(({ row, parts: own }) => own.map((part) => ({ ...part, row })));
  await insertAllocations(
    trx,
    parts.map(({ row, invoiceId, amount }) => ({
      organisation_id: scope.organisationId,
      payment_id: row.id,
      invoice_id: invoiceId,
      amount,
      amount_refunded: 0,
    })),
  );
  const paid = parts.filter(({ row }) => isReceived(row)).map(({ invoiceId }) => invoiceId);
  await settleInvoices(trx, clock, scope, paid);
  await emitPayments(
    trx,
    clock,
    scope,
    'payment.created',
    rows.map(({ id }) => id),
  );
};

/** @throws HttpError 409 `external_id_taken`, 422 */
export const recordPayment = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  input: PaymentInput,
): Promise<Payment> => {
  const payment = makePayment(clock, scope, await lookUpNamed(trx, scope, [input]), input);
  await requireFreeExternalId(input.external_id, (ids) => findPaymentRows(trx, scope, ids));
  await storePayments(trx, clock, scope, [payment]);
  const recorded = await getMerchantPayment(trx, scope, payment.row.id);
  const { id, customer_id: customerId, type, status, receipt_number, external_id, amount } = recorded;
  const detail = {
    payment_id: id,
    type,
    status,
    receipt_number,
    external_id,
    amount,
    currency: recorded.currency_code,
  };
  await audit(trx, clock, scope, { ...author, action: 'payment.recorded', customerId, detail });
  return recorded;
};
