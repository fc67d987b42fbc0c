import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { raiseLastNumber, takeNumbers } from './organisations.repository.ts';
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
const nextNumber = async (trx: Trx, scope: OrganisationScope, kind: NumberSequenceTable['kind']): Promise<string> =>
  (await nextNumbers(trx, scope, kind, 1)).join();

const ownForms = { invoice: /^INV-(\d{6,9})$/, credit_note: /^CN-(\d{6,9})$/, receipt: /^RCT-(\d{6,9})$/ } as const;

/** Numbers that a merchant gives in the form of ours are not given out again: those of ours go on behind them. */
export const passOverNumbers = async (
  trx: Trx,
  scope: OrganisationScope,
  kind: NumberSequenceTable['kind'],
  given: readonly (string | null | undefined)[],
): Promise<void> => {
  const highest = given.reduce(
    (most, number) => Math.max(most, Number(ownForms[kind].exec(number ?? '')?.[1] ?? 0)),
    0,
  );
  if (highest > 0) {
    await raiseLastNumber(trx, scope, kind, highest);
  }
};

/** The number that a document comes with, else the next. */
export const numberOf = async (
  trx: Trx,
  scope: OrganisationScope,
  kind: NumberSequenceTable['kind'],
  given: string | null | undefined,
): Promise<string> => {
  await passOverNumbers(trx, scope, kind, [given]);
  return given ?? nextNumber(trx, scope, kind);
};
