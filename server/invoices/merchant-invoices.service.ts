import type { InvoiceInput, InvoicePatch } from '#contract/merchant-invoice-input.ts';
import type {
  InvoiceDetail,
  InvoiceLines,
  InvoiceList,
  InvoicesQuery,
  InvoiceSummary,
  PaymentLink,
} from '#contract/merchant-invoices.ts';
import type { PaymentList } from '#contract/merchant-payments.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError, invalid, notFound } from '../http/errors.ts';
import { listMerchantPaymentsOfInvoice } from '../payments/merchant-payments.service.ts';
import type { OrganisationScope } from '../scope.ts';
import { InvoiceBatch, withLines } from './invoice-batch.ts';
import type { Entry } from './invoice-batch.ts';
import { getMerchantInvoiceRow, readInvoiceDetail } from './invoice-detail.ts';
import { findInvoiceById } from './invoice-writes.repository.ts';
import {
  presentInvoiceLines,
  presentInvoiceSummary,
  presentMerchantInvoice,
  presentMerchantInvoiceDetail,
} from './merchant-invoices.present.ts';
import { findLineItemsOf, findMerchantInvoicePage } from './merchant-invoices.repository.ts';

/**
 * One page of the organisation's invoices.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listMerchantInvoices = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: InvoicesQuery,
): Promise<InvoiceList> => {
  const page = await findMerchantInvoicePage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(presentMerchantInvoice) };
};

/** @throws HttpError 404 `invoice_not_found` */
export const getMerchantInvoice = async (
  db: Db,
  scope: OrganisationScope,
  reference: { id: string } | { externalId: string },
  hasLineItems: boolean,
): Promise<InvoiceDetail> => {
  const invoice = await getMerchantInvoiceRow(db, scope, reference);
  return presentMerchantInvoiceDetail(invoice, hasLineItems ? await findLineItemsOf(db, scope, [invoice.id]) : null);
};

/** @throws HttpError 404 `invoice_not_found` */
export const getInvoiceLines = async (db: Db, scope: OrganisationScope, id: string): Promise<InvoiceLines> =>
  presentInvoiceLines(await getMerchantInvoiceRow(db, scope, { id }), await findLineItemsOf(db, scope, [id]));

/** @throws HttpError 404 `invoice_not_found` */
export const getInvoiceSummary = async (db: Db, scope: OrganisationScope, id: string): Promise<InvoiceSummary> =>
  presentInvoiceSummary(await getMerchantInvoiceRow(db, scope, { id }));

/**
 * The money received for an invoice, on one page.
 * @throws HttpError 404 `invoice_not_found`
 */
export const listInvoicePayments = async (db: Db, scope: OrganisationScope, id: string): Promise<PaymentList> => {
  await getMerchantInvoiceRow(db, scope, { id });
  const results = await listMerchantPaymentsOfInvoice(db, scope, id);
  return { results, next: null, previous: null, total_count: results.length };
};

/**
 * @throws HttpError 404 `invoice_not_found`, 409 `invoice_state_invalid` when nothing is owed, 409
 *   `payment_link_not_available`, 422 for more than is owed
 */
export const getPaymentLink = async (
  db: Db,
  scope: OrganisationScope,
  id: string,
  wanted: number | undefined,
): Promise<PaymentLink> => {
  const { status, currency, amount_due: due, payment_url: url } = await getMerchantInvoiceRow(db, scope, { id });
  if (due === 0 || (status !== 'approved' && status !== 'partially_paid')) {
    throw new HttpError(409, 'invoice_state_invalid', `Nothing is owed on the invoice: it is ${status}`);
  }
  if (wanted !== undefined && wanted > due) {
    const msg = `Must be at most ${due}, which is owed`;
    throw invalid([{ loc: ['query', 'amount'], msg, type: 'amount_out_of_range' }]);
  }
  if (url === null) {
    const message = 'The invoice has no payment_url, and the portal takes no payments itself: set payment_url first';
    throw new HttpError(409, 'payment_link_not_available', message);
  }
  return { invoice_id: id, payment_url: url, amount: wanted ?? due, currency };
};

/** @throws HttpError 409 `external_id_taken`, 422 naming each field that breaks a rule */
export const createInvoice = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  input: InvoiceInput,
): Promise<InvoiceDetail> => {
  const batch = await InvoiceBatch.open(trx, clock, scope, [input]);
  const id = batch.create(input);
  await batch.save();
  const invoice = await readInvoiceDetail(trx, scope, id);
  const { invoice_number, external_id, status, invoice_total, currency } = invoice;
  await audit(trx, clock, scope, {
    ...author,
    action: 'invoice.created',
    customerId: invoice.customer_id,
    detail: { id, invoice_number, external_id, status, amount: invoice_total, currency },
  });
  return invoice;
};

/**
 * @throws HttpError 404 `invoice_not_found`, 409 `external_id_taken` or `invoice_state_invalid`, 422 naming each field
 *   that breaks a rule
 */
export const changeInvoice = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { id, patch }: { id: string; patch: InvoicePatch },
): Promise<InvoiceDetail> => {
  const row = await findInvoiceById(trx, scope, id);
  const [stored] = await withLines(trx, scope, row === undefined ? [] : [row]);
  if (stored === undefined) {
    throw notFound('invoice_not_found', 'There is no such invoice');
  }
  const batch = await InvoiceBatch.open(trx, clock, scope, [patch], stored.row.customer_id);
  const entry: Entry = { stored, state: stored };
  if (batch.change(entry, patch)) {
    await batch.save();
    const { row, lines } = entry.state;
    const fields = [...changedFields(stored.row, row), ...(lines === stored.lines ? [] : ['line_items'])];
    await audit(trx, clock, scope, {
      ...author,
      action: 'invoice.updated',
      customerId: row.customer_id,
      detail: { id, invoice_number: row.invoice_number, fields },
    });
  }
  return readInvoiceDetail(trx, scope, id);
};
