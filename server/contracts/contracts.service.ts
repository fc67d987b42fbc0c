import type { Contract, ContractInput, ContractList, ContractPhase, ContractsQuery } from '#contract/contracts.ts';
import type { ErrorDetail } from '#contract/errors.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { requireFreeExternalId } from '../bulk/references.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { momentIn } from '../customers/billing-day.ts';
import { findCustomerByReference } from '../customers/customers.service.ts';
import type { CustomerRow } from '../customers/customers.service.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError, invalid, notFound, referenceUnknown } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { presentContract } from './contracts.present.ts';
import {
  findContract,
  findContractPage,
  insertContract,
  isContractInUse,
  listContractReferences,
  updateContract,
} from './contracts.repository.ts';
import type { ContractRow } from './contracts.repository.ts';
import type { ContractTable } from './contracts.table.ts';

/** Of these contracts, those that are there, each with its customer: for many references in one query. */
export const findContractReferences = listContractReferences;

const getRow = async (db: Db, scope: OrganisationScope, id: string): Promise<ContractRow> => {
  const contract = await findContract(db, scope, id);
  if (contract === undefined) {
    throw notFound('contract_not_found', 'There is no such contract');
  }
  return contract;
};

const getHolder = async (
  db: Db,
  scope: OrganisationScope,
  { customer_id: id, customer_external_id: externalId }: ContractInput,
): Promise<CustomerRow> => {
  const customer = await findCustomerByReference(db, scope, { id, externalId });
  if (customer === undefined) {
    throw referenceUnknown(id === undefined ? 'customer_external_id' : 'customer_id', 'customer');
  }
  return customer;
};

/** When it begins and ends, as it is stored. */
const spanOf = (
  { start_date: startDate, end_date: endDate }: Pick<ContractInput, 'start_date' | 'end_date'>,
  timeZone: string,
  loc: ErrorDetail['loc'],
): Pick<ContractTable, 'start_date' | 'end_date'> => {
  const start = momentIn(startDate, timeZone);
  const end = endDate ? momentIn(endDate, timeZone) : null;
  if (end !== null && end <= start) {
    const msg = 'end_date is not after start_date';
    throw invalid([{ loc: [...loc, 'end_date'], msg, type: 'rule_broken' }]);
  }
  return { start_date: start, end_date: end };
};

const phaseOf = (
  clock: Clock,
  phase: ContractInput['phases'][number],
  timeZone: string,
  loc: ErrorDetail['loc'],
): ContractPhase => ({
  id: phase.id ?? newId(clock),
  name: phase.name,
  description: phase.description ?? null,
  ...spanOf(phase, timeZone, loc),
  pricings: phase.pricings,
  features: phase.features,
});

const columnsOf = (clock: Clock, input: ContractInput, timeZone: string) => ({
  name: input.name,
  status: input.status,
  currency: input.currency,
  ...spanOf(input, timeZone, ['body']),
  external_id: input.external_id ?? null,
  description: input.description ?? null,
  tags: JSON.stringify(input.tags),
  custom_attributes: input.custom_attributes ? JSON.stringify(input.custom_attributes) : null,
  anchor_date: input.anchor_date ? momentIn(input.anchor_date, timeZone) : null,
  phases: JSON.stringify(
    input.phases.map((phase, index) => phaseOf(clock, phase, timeZone, ['body', 'phases', index])),
  ),
  renewal_policy: input.renewal_policy ?? null,
  contract_link: input.contract_link ?? null,
  updated_at: timestamp(clock.now()),
});

/** @throws HttpError 422 `cursor_invalid` */
export const listContracts = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: ContractsQuery,
): Promise<ContractList> => {
  const page = await findContractPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(presentContract) };
};

/** @throws HttpError 404 `contract_not_found` */
export const getContract = async (db: Db, scope: OrganisationScope, id: string): Promise<Contract> =>
  presentContract(await getRow(db, scope, id));

/** @throws HttpError 409 `external_id_taken`, 422 for an unknown customer */
export const createContract = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  input: ContractInput,
): Promise<Contract> => {
  const { id: customerId, time_zone: timeZone } = await getHolder(trx, scope, input);
  await requireFreeExternalId(input.external_id, (ids) => listContractReferences(trx, scope, ids));
  const columns = columnsOf(clock, input, timeZone);
  const contract: ContractTable = {
    ...columns,
    organisation_id: scope.organisationId,
    id: newId(clock),
    customer_id: customerId,
    created_at: columns.updated_at,
    deleted_at: null,
  };
  await insertContract(trx, contract);
  const detail = { id: contract.id, name: contract.name, external_id: contract.external_id };
  await audit(trx, clock, scope, { ...author, action: 'contract.created', customerId, detail });
  return getContract(trx, scope, contract.id);
};

/** @throws HttpError 404 `contract_not_found`, 409 `external_id_taken`, 422 for another customer */
export const replaceContract = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { id, input }: { id: string; input: ContractInput },
): Promise<Contract> => {
  const contract = await getRow(trx, scope, id);
  const { id: customerId, time_zone: timeZone } = await getHolder(trx, scope, input);
  if (customerId !== contract.customer_id) {
    const field = input.customer_id === undefined ? 'customer_external_id' : 'customer_id';
    throw invalid([{ loc: ['body', field], msg: 'A contract stays with its customer', type: 'immutable' }]);
  }
  await requireFreeExternalId(input.external_id, (ids) => listContractReferences(trx, scope, ids), id);
  const columns = columnsOf(clock, input, timeZone);
  const fields = changedFields(contract, columns);
  if (fields.length > 0) {
    await updateContract(trx, scope, id, columns);
    const detail = { id, name: columns.name, external_id: columns.external_id, fields };
    await audit(trx, clock, scope, { ...author, action: 'contract.updated', customerId, detail });
  }
  return getContract(trx, scope, id);
};

/** @throws HttpError 404 `contract_not_found`, 409 `contract_in_use` */
export const deleteContract = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  id: string,
): Promise<void> => {
  const { name, external_id: externalId, customer_id: customerId } = await getRow(trx, scope, id);
  if (await isContractInUse(trx, scope, id)) {
    const message = 'Invoices or entitlements came from this contract; set its status to expired instead';
    throw new HttpError(409, 'contract_in_use', message);
  }
  const now = timestamp(clock.now());
  await updateContract(trx, scope, id, { deleted_at: now, updated_at: now, external_id: null });
  await audit(trx, clock, scope, {
    ...author,
    action: 'contract.deleted',
    customerId,
    detail: { id, name, external_id: externalId },
  });
};
