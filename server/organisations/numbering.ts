import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { takeNumber } from './organisations.repository.ts';
import type { NumberSequenceTable } from './organisations.table.ts';

const prefixes = { invoice: 'INV', credit_note: 'CN', receipt: 'RCT' } as const;

/** The next number of a document that comes without one, for example `INV-000042`. */
export const nextNumber = async (
  trx: Trx,
  scope: OrganisationScope,
  kind: NumberSequenceTable['kind'],
): Promise<string> => `${prefixes[kind]}-${String(await takeNumber(trx, scope, kind)).padStart(6, '0')}`;
