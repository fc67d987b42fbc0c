import type { Payment, PaymentList, PaymentsQuery } from '#contract/merchant-payments.ts';
import type { Db } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { presentMerchantPayment } from './merchant-payments.present.ts';
import {
  findMerchantAllocations,
  findMerchantPaymentPage,
  findMerchantPayments,
  findMerchantPaymentsOfInvoice,
  hasInvoice,
} from './merchant-payments.repository.ts';
import type { MerchantPaymentRow } from './merchant-payments.repository.ts';
import { isMoneyBack, isReceived } from './received.ts';

const present = async (db: Db, scope: OrganisationScope, rows: readonly MerchantPaymentRow[]): Promise<Payment[]> => {
  const ids = rows.map(({ id }) => id);
  const allocations = Map.groupBy(
    await findMerchantAllocations(db, scope, ids),
    ({ payment_id: paymentId }) => paymentId,
  );
  return rows.map((row) => presentMerchantPayment(row, allocations.get(row.id) ?? []));
};

/**
 * One page of the organisation's payments and refunds, as the merchant API shows them.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listMerchantPayments = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  { conditions, search = [], ...page }: PaymentsQuery,
): Promise<PaymentList> => {
  const found = await findMerchantPaymentPage(db, scope, [...conditions, ...search], page, config.signingKeys);
  return { ...found, results: await present(db, scope, found.results) };
};

/** Those of the payments that are there, as the merchant API shows them, in the order in which they were made. */
export const findMerchantPaymentObjects = async (
  db: Db,
  scope: OrganisationScope,
  ids: readonly string[],
): Promise<Payment[]> => present(db, scope, await findMerchantPayments(db, scope, ids));

export const paymentNotFound = () => notFound('payment_not_found', 'There is no such payment');

/** @throws HttpError 404 `payment_not_found` */
export const getMerchantPayment = async (db: Db, scope: OrganisationScope, id: string): Promise<Payment> => {
  const [payment] = await findMerchantPaymentObjects(db, scope, [id]);
  if (payment === undefined) {
    throw paymentNotFound();
  }
  return payment;
};

/** The money received for an invoice, oldest first: neither refunds nor what is pending or failed. */
export const listMerchantPaymentsOfInvoice = async (
  db: Db,
  scope: OrganisationScope,
  invoiceId: string,
): Promise<Payment[]> =>
  present(db, scope, (await findMerchantPaymentsOfInvoice(db, scope, invoiceId)).filter(isReceived));

/**
 * Every payment with a part of the invoice, oldest first.
 * @throws HttpError 404 `invoice_not_found`
 */
export const listAllOfInvoice = async (
  db: Db,
  scope: OrganisationScope,
  invoiceId: string,
  { isWithRefunds }: { isWithRefunds: boolean },
): Promise<PaymentList> => {
  if (!(await hasInvoice(db, scope, invoiceId))) {
    throw notFound('invoice_not_found', 'There is no such invoice');
  }
  const rows = await findMerchantPaymentsOfInvoice(db, scope, invoiceId);
  const results = await present(
    db,
    scope,
    rows.filter(({ type }) => isWithRefunds || !isMoneyBack(type)),
  );
  return { results, next: null, previous: null, total_count: results.length };
};
