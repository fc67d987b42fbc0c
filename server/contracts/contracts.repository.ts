import { expressionBuilder } from 'kysely';
import type { ContractsQuery } from '#contract/contracts.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { CustomerTable } from '../customers/customers.table.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage, never } from '../database/keyset.ts';
import type { Ordering, PageQuery } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { ContractTable } from './contracts.table.ts';

type ContractField = ContractsQuery['conditions'][number]['field'];

const eb = expressionBuilder<Tables, 'contract' | 'customer'>();

const columns: FilterColumns<ContractField> = {
  id: eb.ref('contract.id'),
  external_id: eb.ref('contract.external_id'),
  customer_id: eb.ref('contract.customer_id'),
  customer__external_id: eb.ref('customer.external_id'),
  customer__customer_name: eb.ref('customer.customer_name'),
  name: eb.ref('contract.name'),
  status: eb.ref('contract.status'),
  currency: eb.ref('contract.currency'),
  start_date: eb.ref('contract.start_date'),
  end_date: eb.ref('contract.end_date'),
  created_at: eb.ref('contract.created_at'),
};

const ordering: Ordering<'created_at' | 'name' | 'start_date' | 'end_date' | 'status'> = {
  list: 'merchant_contracts',
  isAudited: true,
  id: eb.ref('contract.id'),
  by: {
    created_at: () => eb.ref('contract.created_at'),
    name: () => eb.fn<string>('lower', ['contract.name']),
    start_date: () => eb.ref('contract.start_date'),
    end_date: () => eb.fn.coalesce('contract.end_date', eb.val(never)),
    status: () => eb.ref('contract.status'),
  },
};

/** A contract with what its answers show of the customer. */
export interface ContractRow extends ContractTable {
  customer_name: CustomerTable['customer_name'];
  customer_external_id: CustomerTable['external_id'];
}

const selectContracts = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('contract')
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.organisation_id', '=', 'contract.organisation_id')
        .onRef('customer.id', '=', 'contract.customer_id'),
    )
    .selectAll('contract')
    .select(['customer.customer_name', 'customer.external_id as customer_external_id'])
    .where('contract.organisation_id', '=', organisationId)
    .where('contract.deleted_at', 'is', null);

/** @throws HttpError 422 `cursor_invalid` */
export const findContractPage = (
  db: Db,
  scope: OrganisationScope,
  { conditions, ...page }: PageQuery<keyof typeof ordering.by> & Pick<ContractsQuery, 'conditions'>,
  signingKeys: SigningKeys,
): Promise<ListOf<ContractRow>> =>
  listPage(scope, filtered(selectContracts(db, scope), columns, conditions), ordering, page, signingKeys);

export const findContract = (db: Db, scope: OrganisationScope, id: string): Promise<ContractRow | undefined> =>
  selectContracts(db, scope).where('contract.id', '=', id).executeTakeFirst();

/** Of these contracts, those that are there, each with its customer. */
export const listContractReferences = (
  db: Db,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: { ids: readonly string[]; externalIds: readonly string[] },
): Promise<Pick<ContractTable, 'id' | 'external_id' | 'customer_id'>[]> =>
  db
    .selectFrom('contract')
    .select(['id', 'external_id', 'customer_id'])
    .where('organisation_id', '=', organisationId)
    .where('deleted_at', 'is', null)
    .where((or) => or.or([or('id', 'in', ids), or('external_id', 'in', externalIds)]))
    .execute();

/** Whether an entitlement, or an invoice that counts, came from the contract. */
export const isContractInUse = async (
  db: Db,
  { organisationId }: OrganisationScope,
  contractId: string,
): Promise<boolean> => {
  const granted = await db
    .selectFrom('customer_entitlement')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('contract_id', '=', contractId)
    .executeTakeFirst();
  const billed = await db
    .selectFrom('invoice')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('contract_id', '=', contractId)
    .where('status', 'not in', ['void', 'discarded'])
    .executeTakeFirst();
  return granted !== undefined || billed !== undefined;
};

export const insertContract = async (trx: Trx, contract: ContractTable): Promise<void> => {
  await trx.insertInto('contract').values(contract).execute();
};

export const updateContract = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  change: Partial<ContractTable>,
): Promise<void> => {
  await trx
    .updateTable('contract')
    .set(change)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};
