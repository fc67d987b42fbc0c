import type { CustomerRecord } from '#contract/customers.ts';
import type { Outcome, UpsertBatch } from '../bulk/upsert.ts';
import { hasListener } from '../webhooks/outbox.ts';
import { applyChange, changeOf } from './customer-change.ts';
import { announceCustomer } from './customer-events.ts';
import { blankParts, findParts, saveParts } from './customer-parts.ts';

/** Creates or changes customers by their external ids: a few statements a batch, however many records it has. */
export const upsertCustomers: UpsertBatch<CustomerRecord> = async (trx, clock, scope, _author, records) => {
  const stored = await findParts(
    trx,
    scope,
    records.map((record) => record.external_id),
  );
  const current = new Map(stored);
  const outcomes = records.map((record): Outcome => {
    const known = current.get(record.external_id);
    const { parts, fields } = applyChange(clock, known ?? blankParts(clock, scope), changeOf(record));
    current.set(record.external_id, parts);
    const { id } = parts.customer;
    if (known === undefined) {
      return { id, status: 'created' };
    }
    return { id, status: fields.length > 0 ? 'updated' : 'unchanged' };
  });
  const changes = [...current].flatMap(([externalId, after]) => {
    const before = stored.get(externalId);
    return after === before ? [] : [{ before, after }];
  });
  await saveParts(trx, scope, changes);
  if (await hasListener(trx, scope, ['customer.created', 'customer.updated'])) {
    for (const { before, after } of changes) {
      await announceCustomer(trx, clock, before === undefined ? 'customer.created' : 'customer.updated', after);
    }
  }
  return outcomes;
};
