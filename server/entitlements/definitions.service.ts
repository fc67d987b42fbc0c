import type {
  Entitlement,
  EntitlementInput,
  EntitlementList,
  EntitlementPatch,
  EntitlementsQuery,
} from '#contract/merchant-entitlements.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { requireFreeExternalId } from '../bulk/references.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, referenceUnknown } from '../http/errors.ts';
import { findProductReferences } from '../products/products.service.ts';
import type { OrganisationScope } from '../scope.ts';
import {
  findDefinition,
  findDefinitionPage,
  insertDefinitions,
  listDefinitions,
  listGrantedIds,
  updateDefinition,
} from './definitions.repository.ts';
import { changeDefinition, checkDefinition, typeInUse } from './entitlement-rules.ts';
import type { EntitlementTable } from './entitlements.table.ts';
import { presentDefinition } from './merchant-entitlements.present.ts';

/** Undefined when nothing is said of the product. */
const readProductId = async (
  db: Db,
  scope: OrganisationScope,
  { product_id: id, product_external_id: externalId }: Pick<EntitlementPatch, 'product_id' | 'product_external_id'>,
): Promise<string | null | undefined> => {
  if (!id && !externalId) {
    return id === null || externalId === null ? null : undefined;
  }
  const [product] = await findProductReferences(db, scope, {
    ids: id ? [id] : [],
    externalIds: externalId ? [externalId] : [],
  });
  if (product === undefined) {
    throw referenceUnknown(id ? 'product_id' : 'product_external_id', 'product');
  }
  return product.id;
};

const getRow = async (db: Db, scope: OrganisationScope, id: string): Promise<EntitlementTable> => {
  const definition = await findDefinition(db, scope, id);
  if (definition === undefined) {
    throw notFound('entitlement_not_found', 'There is no such entitlement');
  }
  return definition;
};

/** A definition of which nothing has been said yet. */
export const blankDefinition = (clock: Clock, scope: OrganisationScope, name: string): EntitlementTable => {
  const now = timestamp(clock.now());
  return {
    organisation_id: scope.organisationId,
    id: newId(clock),
    name,
    description: null,
    entitlement_type: 'Feature',
    units: null,
    is_active: 1,
    product_id: null,
    created_at: now,
    external_id: null,
    updated_at: now,
  };
};

/** @throws HttpError 422 `cursor_invalid` */
export const listEntitlementDefinitions = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: EntitlementsQuery,
): Promise<EntitlementList> => {
  const page = await findDefinitionPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(presentDefinition) };
};

/** @throws HttpError 404 `entitlement_not_found` */
export const getDefinition = async (db: Db, scope: OrganisationScope, id: string): Promise<Entitlement> =>
  presentDefinition(await getRow(db, scope, id));

/** @throws HttpError 409 `external_id_taken`, 422 for an unknown product or units of a Feature */
export const createDefinition = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  input: EntitlementInput,
): Promise<Entitlement> => {
  const blank = blankDefinition(clock, scope, input.name);
  const definition = changeDefinition(blank, input, await readProductId(trx, scope, input));
  checkDefinition(definition);
  await requireFreeExternalId(definition.external_id, (ids) => listDefinitions(trx, scope, ids), definition.id);
  await insertDefinitions(trx, [definition]);
  const { id, name, external_id } = definition;
  await audit(trx, clock, scope, { ...author, action: 'entitlement.created', detail: { id, name, external_id } });
  return presentDefinition(definition);
};

/** @throws HttpError 404 `entitlement_not_found`, 409 `entitlement_in_use`, and as `createDefinition` does */
export const patchDefinition = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { id, patch }: { id: string; patch: EntitlementPatch },
): Promise<Entitlement> => {
  const before = await getRow(trx, scope, id);
  const changed = changeDefinition(before, patch, await readProductId(trx, scope, patch));
  const fields = changedFields(before, changed);
  if (fields.length === 0) {
    return presentDefinition(before);
  }
  const definition = { ...changed, updated_at: timestamp(clock.now()) };
  checkDefinition(definition);
  await requireFreeExternalId(definition.external_id, (ids) => listDefinitions(trx, scope, ids), definition.id);
  if (definition.entitlement_type !== before.entitlement_type && (await listGrantedIds(trx, scope, [id])).has(id)) {
    throw typeInUse();
  }
  await updateDefinition(trx, scope, definition);
  const detail = { id, name: definition.name, external_id: definition.external_id, fields };
  await audit(trx, clock, scope, { ...author, action: 'entitlement.updated', detail });
  return presentDefinition(definition);
};
