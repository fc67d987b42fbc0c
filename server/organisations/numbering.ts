import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { takeNumbers } from './organisations.repository.ts';
import type { NumberSequenceTable } from './organisations.table.ts';

const prefixes = { invoice: 'INV', credit_note: 'CN', receipt: 'RCT' } as const;

/** The next numbers of documents that come without one, for example `INV-000042`, `INV-000043`. */
export const nextNumbers = async (
  trx: Trx,
  scope: OrganisationScope,
  kind: NumberSequenceTable['kind'],
  count: number,
): Promise<string[]> => {
  const last = await takeNumbers(trx, scope, kind, count);
  return Array.from(
    { length: count },
    (_, index) => `${prefixes[kind]}-${String(last - count + 1 + index).padStart(6, '0')}`,
  );
};

/** The next number of a document that comes without one. */
export const nextNumber = async (
  trx: Trx,
  scope: OrganisationScope,
  kind: NumberSequenceTable['kind'],
): Promise<string> => (await nextNumbers(trx, scope, kind, 1)).join();
