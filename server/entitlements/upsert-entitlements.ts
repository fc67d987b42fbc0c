import type { EntitlementRecord } from '#contract/merchant-entitlements.ts';
import { Referenced } from '../bulk/references.ts';
import { refusalOf } from '../bulk/upsert.ts';
import type { Outcome, UpsertBatch } from '../bulk/upsert.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import { invalid } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { insertDefinitions, listGrantedIds, updateDefinition } from './definitions.repository.ts';
import { blankDefinition } from './definitions.service.ts';
import { changeDefinition, changeGrant, checkDefinition, checkGrant, typeInUse } from './entitlement-rules.ts';
import type { CustomerEntitlementTable, EntitlementTable } from './entitlements.table.ts';
import { insertGrants, listGrants, updateGrant } from './grants.repository.ts';
import { placeGrant } from './place-grant.ts';
import { fieldOf, originOf, productIdOf, readSources, requireCustomer, requireDefinition } from './sources.ts';
import type { Sources } from './sources.ts';

type DefinitionRecord = Extract<EntitlementRecord, { kind: 'definition' }>;
type GrantRecord = Extract<EntitlementRecord, { kind: 'grant' }>;

const isSame = <Row extends object>(a: Row, b: Row): boolean =>
  (Object.keys(a) as (keyof Row)[]).every((column) => a[column] === b[column]);

/** What a batch is going to write: rows by id, so that a second record for one replaces what the first made of it. */
class Changes<Row extends { id: string; updated_at: string }> {
  readonly inserted = new Map<string, Row>();
  readonly updated = new Map<string, Row>();

  insert(row: Row): Outcome {
    this.inserted.set(row.id, row);
    return { id: row.id, status: 'created' };
  }

  /** Writes nothing when nothing differs. */
  update(before: Row, after: Row, now: string): Row | undefined {
    if (isSame(before, after)) {
      return undefined;
    }
    const row = { ...after, updated_at: now };
    (this.inserted.has(row.id) ? this.inserted : this.updated).set(row.id, row);
    return row;
  }
}

interface Batch {
  clock: Clock;
  scope: OrganisationScope;
  now: string;
  sources: Sources;
  /** Definitions whose type may not change. */
  grantedIds: Set<string>;
  grants: Referenced<CustomerEntitlementTable>;
  definitionChanges: Changes<EntitlementTable>;
  grantChanges: Changes<CustomerEntitlementTable>;
}

const upsertDefinition = (batch: Batch, { kind: _, ...record }: DefinitionRecord): Outcome => {
  const { sources, definitionChanges } = batch;
  const productId = productIdOf(sources, record);
  const before = sources.definitions.find({ id: null, externalId: record.external_id });
  if (before === undefined) {
    const definition = changeDefinition(blankDefinition(batch.clock, batch.scope, record.name), record, productId);
    checkDefinition(definition);
    sources.definitions.put(definition);
    return definitionChanges.insert(definition);
  }
  const after = changeDefinition(before, record, productId);
  checkDefinition(after);
  if (after.entitlement_type !== before.entitlement_type && batch.grantedIds.has(before.id)) {
    throw typeInUse();
  }
  const changed = definitionChanges.update(before, after, batch.now);
  if (changed === undefined) {
    return { id: before.id, status: 'unchanged' };
  }
  sources.definitions.put(changed);
  return { id: before.id, status: 'updated' };
};

const requireSame = (before: string, after: string, field: string, what: string): void => {
  if (before !== after) {
    throw invalid([{ loc: ['body', field], msg: `A grant stays with its ${what}`, type: 'immutable' }]);
  }
};

const upsertGrant = (batch: Batch, { kind: _, ...record }: GrantRecord): Outcome => {
  const { sources, grantChanges, grants } = batch;
  const customer = requireCustomer(sources, record);
  const definition = requireDefinition(sources, record);
  const before = grants.find({ id: null, externalId: record.external_id });
  if (before === undefined) {
    const grant = placeGrant(batch.clock, batch.scope, customer, sources, definition, record);
    grants.put(grant);
    batch.grantedIds.add(definition.id);
    return grantChanges.insert(grant);
  }
  requireSame(before.customer_id, customer.id, fieldOf(record, 'customer'), 'customer');
  requireSame(before.entitlement_id, definition.id, fieldOf(record, 'entitlement'), 'entitlement');
  const after = {
    ...changeGrant(before, record, customer.time_zone),
    ...originOf(sources, record, customer.id, before),
  };
  checkGrant(after, definition);
  const changed = grantChanges.update(before, after, batch.now);
  if (changed === undefined) {
    return { id: before.id, status: 'unchanged' };
  }
  grants.put(changed);
  return { id: before.id, status: 'updated' };
};

const readBatch = async (
  db: Db,
  clock: Clock,
  scope: OrganisationScope,
  records: readonly EntitlementRecord[],
): Promise<Batch> => {
  const externalIdsOf = (kind: EntitlementRecord['kind']) =>
    records.filter((record) => record.kind === kind).map((record) => record.external_id);
  const sources = await readSources(db, scope, records, externalIdsOf('definition'));
  const retyped = records.flatMap((record) => {
    const before = sources.definitions.find({ id: null, externalId: record.external_id });
    const isRetyped = record.kind === 'definition' && before && record.entitlement_type !== undefined;
    return isRetyped && before.entitlement_type !== record.entitlement_type ? [before.id] : [];
  });
  const grantIds = externalIdsOf('grant');
  return {
    clock,
    scope,
    now: timestamp(clock.now()),
    sources,
    grantedIds: new Set(retyped.length === 0 ? [] : await listGrantedIds(db, scope, retyped)),
    grants: new Referenced(grantIds.length === 0 ? [] : await listGrants(db, scope, grantIds)),
    definitionChanges: new Changes(),
    grantChanges: new Changes(),
  };
};

const writeBatch = async (trx: Trx, { scope, definitionChanges, grantChanges }: Batch): Promise<void> => {
  await insertDefinitions(trx, [...definitionChanges.inserted.values()]);
  for (const definition of definitionChanges.updated.values()) {
    await updateDefinition(trx, scope, definition);
  }
  await insertGrants(trx, [...grantChanges.inserted.values()]);
  for (const grant of grantChanges.updated.values()) {
    await updateGrant(trx, scope, grant);
  }
};

/** Definitions and grants; a grant may name a definition that stands before it in the batch. */
export const upsertEntitlements: UpsertBatch<EntitlementRecord> = async (trx, clock, scope, _author, records) => {
  const batch = await readBatch(trx, clock, scope, records);
  const outcomes = records.map((record): Outcome => {
    try {
      return record.kind === 'definition' ? upsertDefinition(batch, record) : upsertGrant(batch, record);
    } catch (error) {
      return { refusal: refusalOf(error) };
    }
  });
  await writeBatch(trx, batch);
  return outcomes;
};
