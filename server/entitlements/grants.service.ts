import type {
  CustomerEntitlement,
  CustomerEntitlementInput,
  CustomerEntitlementList,
  CustomerEntitlementPatch,
  CustomerEntitlementsQuery,
  EntitlementTotalList,
  EntitlementTotalsQuery,
} from '#contract/merchant-entitlements.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { Referenced, requireFreeExternalId } from '../bulk/references.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { getCustomer, getTimeZone } from '../customers/customers.service.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import type { HttpError } from '../http/errors.ts';
import type { CustomerScope } from '../scope.ts';
import { findTotalsPage, listDefinitions } from './definitions.repository.ts';
import { changeGrant, checkGrant } from './entitlement-rules.ts';
import type { CustomerEntitlementTable, EntitlementTable } from './entitlements.table.ts';
import {
  deleteGrant,
  findGrant,
  findGrantPage,
  findStoredGrant,
  insertGrants,
  listGrants,
  updateGrant,
} from './grants.repository.ts';
import type { GrantRow } from './grants.repository.ts';
import { presentGrant, presentTotal } from './merchant-entitlements.present.ts';
import { placeGrant } from './place-grant.ts';
import { readSources, requireDefinition } from './sources.ts';

const presentGrants = async (
  db: Db,
  scope: CustomerScope,
  rows: readonly GrantRow[],
): Promise<CustomerEntitlement[]> => {
  const ids = [...new Set(rows.map((row) => row.entitlement_id))];
  const definitions = new Referenced(
    ids.length === 0 ? [] : await listDefinitions(db, scope, { ids, externalIds: [] }),
  );
  return rows.flatMap((row) => {
    const definition = definitions.find({ id: row.entitlement_id, externalId: null });
    return definition === undefined ? [] : [presentGrant(row, definition)];
  });
};

const grantNotFound = (): HttpError =>
  notFound('customer_entitlement_not_found', 'This customer has no such entitlement');

const getRow = async (db: Db, clock: Clock, scope: CustomerScope, id: string): Promise<GrantRow> => {
  const grant = await findGrant(db, scope, timestamp(clock.now()), id);
  if (grant === undefined) {
    throw grantNotFound();
  }
  return grant;
};

const getPresented = async (db: Db, clock: Clock, scope: CustomerScope, id: string): Promise<CustomerEntitlement> => {
  const [grant] = await presentGrants(db, scope, [await getRow(db, clock, scope, id)]);
  return grant as CustomerEntitlement;
};

const requireFree = (trx: Trx, scope: CustomerScope, { id, external_id: externalId }: CustomerEntitlementTable) =>
  requireFreeExternalId(externalId, ({ externalIds }) => listGrants(trx, scope, externalIds), id);

/** @throws HttpError 404 `customer_not_found`, 422 `cursor_invalid` */
export const listCustomerEntitlements = async (
  { db, clock, config }: Dependencies,
  scope: CustomerScope,
  query: CustomerEntitlementsQuery,
): Promise<CustomerEntitlementList> => {
  await getCustomer(db, scope);
  const page = await findGrantPage(db, scope, timestamp(clock.now()), query, config.signingKeys);
  return { ...page, results: await presentGrants(db, scope, page.results) };
};

/** @throws HttpError 404 `customer_not_found`, 422 `cursor_invalid` */
export const listTotals = async (
  { db, clock, config }: Dependencies,
  scope: CustomerScope,
  query: EntitlementTotalsQuery,
): Promise<EntitlementTotalList> => {
  await getCustomer(db, scope);
  const page = await findTotalsPage(db, scope, timestamp(clock.now()), query, config.signingKeys);
  return { ...page, results: page.results.map(presentTotal) };
};

/** @throws HttpError 404 `customer_not_found`, 409 `external_id_taken`, 422 naming the field that breaks a rule */
export const grantEntitlement = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  author: Author,
  input: CustomerEntitlementInput,
): Promise<CustomerEntitlement> => {
  const customer = await getCustomer(trx, scope);
  const sources = await readSources(trx, scope, [input]);
  const grant = placeGrant(clock, scope, customer, sources, requireDefinition(sources, input), input);
  await requireFree(trx, scope, grant);
  await insertGrants(trx, [grant]);
  const granted = await getPresented(trx, clock, scope, grant.id);
  const { id, name, external_id, quantity } = granted;
  await audit(trx, clock, scope, {
    ...author,
    action: 'entitlement.granted',
    customerId: scope.customerId,
    detail: { id, name, external_id, quantity },
  });
  return granted;
};

/** @throws HttpError 404 `customer_entitlement_not_found`, 409 `external_id_taken`, 422 naming the field */
export const patchGrant = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  author: Author,
  { id, patch }: { id: string; patch: CustomerEntitlementPatch },
): Promise<CustomerEntitlement> => {
  const before = await findStoredGrant(trx, scope, id);
  if (before === undefined) {
    throw grantNotFound();
  }
  const changed = {
    ...changeGrant(before, patch, await getTimeZone(trx, scope)),
    external_id: patch.external_id === undefined ? before.external_id : patch.external_id,
  };
  const fields = changedFields(before, changed);
  if (fields.length === 0) {
    return getPresented(trx, clock, scope, id);
  }
  const grant = { ...changed, updated_at: timestamp(clock.now()) };
  const [definition] = await listDefinitions(trx, scope, { ids: [grant.entitlement_id], externalIds: [] });
  checkGrant(grant, definition as EntitlementTable);
  await requireFree(trx, scope, grant);
  await updateGrant(trx, scope, grant);
  const granted = await getPresented(trx, clock, scope, id);
  const { name, external_id } = granted;
  await audit(trx, clock, scope, {
    ...author,
    action: 'entitlement.grant_changed',
    customerId: scope.customerId,
    detail: { id, name, external_id, fields },
  });
  return granted;
};

/** @throws HttpError 404 `customer_entitlement_not_found` */
export const takeBack = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  author: Author,
  id: string,
): Promise<void> => {
  const { name, external_id: externalId } = await getPresented(trx, clock, scope, id);
  await deleteGrant(trx, scope, id);
  await audit(trx, clock, scope, {
    ...author,
    action: 'entitlement.taken_back',
    customerId: scope.customerId,
    detail: { id, name, external_id: externalId },
  });
};
