import { expressionBuilder } from 'kysely';
import type { WebhookEndpointsQuery } from '#contract/webhooks.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { WebhookEndpointTable } from './webhooks.table.ts';

const eb = expressionBuilder<Tables, 'webhook_endpoint'>();

const ordering: Ordering<'created_at'> = {
  list: 'merchant_webhook_endpoints',
  id: eb.ref('webhook_endpoint.id'),
  by: { created_at: () => eb.ref('webhook_endpoint.created_at') },
};

const columns = {
  status: eb.ref('webhook_endpoint.status'),
  created_at: eb.ref('webhook_endpoint.created_at'),
};

/** @throws HttpError 422 `cursor_invalid` */
export const findEndpointPage = (
  db: Db,
  scope: OrganisationScope,
  { conditions, ...page }: WebhookEndpointsQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<WebhookEndpointTable>> => {
  const query = db.selectFrom('webhook_endpoint').selectAll().where('organisation_id', '=', scope.organisationId);
  return listPage(scope, filtered(query, columns, conditions), ordering, page, signingKeys);
};

export const findEndpoints = (db: Db, { organisationId }: OrganisationScope): Promise<WebhookEndpointTable[]> =>
  db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

export const findEndpoint = (
  db: Db,
  { organisationId }: OrganisationScope,
  id: string,
): Promise<WebhookEndpointTable | undefined> =>
  db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();

export const insertEndpoint = async (trx: Trx, endpoint: WebhookEndpointTable): Promise<void> => {
  await trx.insertInto('webhook_endpoint').values(endpoint).execute();
};

export const updateEndpoint = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  change: Partial<Omit<WebhookEndpointTable, 'organisation_id' | 'id'>>,
): Promise<void> => {
  await trx
    .updateTable('webhook_endpoint')
    .set(change)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};

export const deleteEndpoint = async (trx: Trx, { organisationId }: OrganisationScope, id: string): Promise<void> => {
  await trx.deleteFrom('webhook_endpoint').where('organisation_id', '=', organisationId).where('id', '=', id).execute();
};

/** Of all organisations, those with a secret that another key than this one sealed. */
export const findEndpointsSealedOtherwise = (db: Db, kid: string): Promise<WebhookEndpointTable[]> =>
  db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where((eb) => eb.or([eb('secret', 'not like', `${kid}.%`), eb('previous_secret', 'not like', `${kid}.%`)]))
    .execute();

/** Replaces the sealed secrets, unless they have been rotated since they were read. */
export const updateEndpointSecrets = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  earlier: string,
  { secret, previous }: { secret: string; previous: string | null },
): Promise<void> => {
  await trx
    .updateTable('webhook_endpoint')
    .set({ secret, previous_secret: previous })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('secret', '=', earlier)
    .execute();
};
