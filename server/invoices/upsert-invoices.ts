import type { InvoiceRecord } from '#contract/merchant-invoice-input.ts';
import { refusalOf } from '../bulk/upsert.ts';
import type { Outcome, UpsertBatch } from '../bulk/upsert.ts';
import { InvoiceBatch } from './invoice-batch.ts';

/** Creates or changes invoices by their external ids; what a record does not give stays as it is. */
export const upsertInvoices: UpsertBatch<InvoiceRecord> = async (trx, clock, scope, _author, records) => {
  const batch = await InvoiceBatch.open(trx, clock, scope, records);
  const outcomes = records.map((record): Outcome => {
    try {
      return batch.take(record);
    } catch (error) {
      return { refusal: refusalOf(error) };
    }
  });
  await batch.save();
  return outcomes;
};
