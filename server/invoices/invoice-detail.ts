import type { InvoiceDetail } from '#contract/merchant-invoices.ts';
import type { Db } from '../database/transaction.ts';
import { notFound } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { presentMerchantInvoiceDetail } from './merchant-invoices.present.ts';
import { findLineItemsOf, findMerchantInvoice } from './merchant-invoices.repository.ts';
import type { MerchantInvoiceRow } from './merchant-invoices.repository.ts';

/** @throws HttpError 404 `invoice_not_found` */
export const getMerchantInvoiceRow = async (
  db: Db,
  scope: OrganisationScope,
  reference: Parameters<typeof findMerchantInvoice>[2],
): Promise<MerchantInvoiceRow> => {
  const invoice = await findMerchantInvoice(db, scope, reference);
  if (invoice === undefined) {
    throw notFound('invoice_not_found', 'There is no such invoice');
  }
  return invoice;
};

/**
 * The whole invoice with its lines, as the merchant API and webhooks show it.
 * @throws HttpError 404 `invoice_not_found`
 */
export const readInvoiceDetail = async (db: Db, scope: OrganisationScope, id: string): Promise<InvoiceDetail> =>
  presentMerchantInvoiceDetail(await getMerchantInvoiceRow(db, scope, { id }), await findLineItemsOf(db, scope, [id]));
