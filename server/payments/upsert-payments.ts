import type { PaymentRecord } from '#contract/merchant-payments.ts';
import { refusalOf } from '../bulk/upsert.ts';
import type { Outcome, UpsertBatch } from '../bulk/upsert.ts';
import { PaymentBatch } from './payment-batch.ts';

/**
 * Records payments and books refunds by their external ids. What is there already changes by the rules of PATCH; its
 * amount, currency and customer stay, and a record that says otherwise is refused.
 */
export const upsertPayments: UpsertBatch<PaymentRecord> = async (trx, clock, scope, _author, records) => {
  const batch = await PaymentBatch.open(trx, clock, scope, records);
  const outcomes: Outcome[] = [];
  for (const record of records) {
    outcomes.push(await batch.take(record).catch((error: unknown): Outcome => ({ refusal: refusalOf(error) })));
  }
  await batch.store();
  return outcomes;
};
