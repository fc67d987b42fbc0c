import { isDeepStrictEqual } from 'node:util';
import type {
  WebhookEndpoint,
  WebhookEndpointInput,
  WebhookEndpointList,
  WebhookEndpointPatch,
  WebhookEndpointsQuery,
  WebhookEndpointWithSecret,
} from '#contract/webhooks.ts';
import { audit } from '../audit/audit.service.ts';
import type { AuditEntry } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { inOrganisation } from '../database/organisation-context.ts';
import { transact } from '../database/transaction.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError, invalid, notFound } from '../http/errors.ts';
import { problemOfTarget } from '../http/outbound-target.ts';
import type { OrganisationScope } from '../scope.ts';
import { seal, unseal } from '../secrets.ts';
import {
  deleteEndpoint as deleteEndpointRow,
  findEndpoint,
  findEndpointPage,
  findEndpoints,
  findEndpointsSealedOtherwise,
  insertEndpoint,
  updateEndpoint as updateEndpointRow,
  updateEndpointSecrets,
} from './endpoints.repository.ts';
import { newWebhookSecret } from './signature.ts';
import { presentEndpoint } from './webhooks.present.ts';
import type { WebhookEndpointTable } from './webhooks.table.ts';

/** Who makes a change, and by which request where it was one. */
export type ChangedBy = Pick<AuditEntry, 'actor' | 'requestId'>;

interface SecretSettings {
  clock: Clock;
  config: Pick<Config, 'signingKeys'>;
}

interface TargetSettings {
  clock: Clock;
  config: Pick<Config, 'allowsLoopbackWebhooks'>;
}

const overlapMs = 24 * 3_600_000;

/** Each is asked at every event, and looked at by every worker once a second. */
const mostEndpoints = 50;

const checkUrl = (url: string, { config }: TargetSettings): void => {
  const problem = problemOfTarget(url, config.allowsLoopbackWebhooks);
  if (problem !== undefined) {
    throw invalid([{ loc: ['body', 'url'], msg: problem, type: 'value_error' }]);
  }
};

const eventTypesText = (types: readonly string[] | null): string | null =>
  types === null ? null : JSON.stringify([...new Set(types)]);

/** @throws HttpError 404 `webhook_endpoint_not_found` */
export const getEndpointRow = async (db: Db, scope: OrganisationScope, id: string): Promise<WebhookEndpointTable> => {
  const endpoint = await findEndpoint(db, scope, id);
  if (endpoint === undefined) {
    throw notFound('webhook_endpoint_not_found', 'There is no such webhook endpoint');
  }
  return endpoint;
};

/** @throws HttpError 404 `webhook_endpoint_not_found`, 409 `webhook_endpoint_state_invalid` */
export const getEnabledEndpointRow = async (
  db: Db,
  scope: OrganisationScope,
  id: string,
): Promise<WebhookEndpointTable> => {
  const endpoint = await getEndpointRow(db, scope, id);
  if (endpoint.status === 'disabled') {
    throw new HttpError(
      409,
      'webhook_endpoint_state_invalid',
      'The endpoint is disabled: enable it first, by PATCH with "status": "enabled"',
    );
  }
  return endpoint;
};

export const getEndpoint = async (db: Db, scope: OrganisationScope, id: string): Promise<WebhookEndpoint> =>
  presentEndpoint(await getEndpointRow(db, scope, id));

/** @throws HttpError 422 `cursor_invalid` */
export const listEndpoints = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: WebhookEndpointsQuery,
): Promise<WebhookEndpointList> => {
  const page = await findEndpointPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(presentEndpoint) };
};

/** All of an organisation's, oldest first. */
export const listAllEndpoints = async (db: Db, scope: OrganisationScope): Promise<WebhookEndpoint[]> =>
  (await findEndpoints(db, scope)).map(presentEndpoint);

/** @throws HttpError 409 `webhook_endpoint_state_invalid`, 422 `request_invalid` for a URL that cannot be delivered to */
export const createEndpoint = async (
  trx: Trx,
  settings: SecretSettings & TargetSettings,
  scope: OrganisationScope,
  author: ChangedBy,
  input: WebhookEndpointInput,
): Promise<WebhookEndpointWithSecret> => {
  const { clock, config } = settings;
  checkUrl(input.url, settings);
  if ((await findEndpoints(trx, scope)).length >= mostEndpoints) {
    throw new HttpError(
      409,
      'webhook_endpoint_state_invalid',
      `An organisation has at most ${mostEndpoints} webhook endpoints: delete one first`,
    );
  }
  const secret = newWebhookSecret();
  const now = timestamp(clock.now());
  const row: WebhookEndpointTable = {
    organisation_id: scope.organisationId,
    id: newId(clock),
    url: input.url,
    description: input.description,
    event_types: eventTypesText(input.event_types),
    secret: seal(config.signingKeys, secret),
    status: input.status,
    disabled_reason: null,
    previous_secret: null,
    previous_secret_expires_at: null,
    failing_since: null,
    created_at: now,
    updated_at: now,
  };
  await insertEndpoint(trx, row);
  await audit(trx, clock, scope, {
    ...author,
    action: 'webhook_endpoint.created',
    detail: { webhook_endpoint_id: row.id, origin: new URL(row.url).origin },
  });
  return { ...presentEndpoint(row), secret };
};

const changeOf = (patch: WebhookEndpointPatch): Partial<WebhookEndpointTable> => ({
  ...(patch.url === undefined ? {} : { url: patch.url }),
  ...(patch.description === undefined ? {} : { description: patch.description }),
  ...(patch.event_types === undefined ? {} : { event_types: eventTypesText(patch.event_types) }),
  ...(patch.status === undefined ? {} : { status: patch.status, disabled_reason: null, failing_since: null }),
});

/** @throws HttpError 404 `webhook_endpoint_not_found`, 422 `request_invalid` */
export const updateEndpoint = async (
  trx: Trx,
  settings: TargetSettings,
  scope: OrganisationScope,
  author: ChangedBy,
  { id, patch }: { id: string; patch: WebhookEndpointPatch },
): Promise<WebhookEndpoint> => {
  const { clock } = settings;
  const earlier = await getEndpointRow(trx, scope, id);
  if (patch.url !== undefined) {
    checkUrl(patch.url, settings);
  }
  const wanted = changeOf(patch);
  if (isDeepStrictEqual({ ...earlier, ...wanted }, earlier)) {
    return presentEndpoint(earlier);
  }
  const change = { ...wanted, updated_at: timestamp(clock.now()) };
  await updateEndpointRow(trx, scope, id, change);
  await audit(trx, clock, scope, {
    ...author,
    action: 'webhook_endpoint.updated',
    detail: { webhook_endpoint_id: id, fields: changedFields(earlier, wanted) },
  });
  return presentEndpoint({ ...earlier, ...change });
};

/** @throws HttpError 404 `webhook_endpoint_not_found` */
export const deleteEndpoint = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: ChangedBy,
  id: string,
): Promise<void> => {
  const { url } = await getEndpointRow(trx, scope, id);
  await deleteEndpointRow(trx, scope, id);
  await audit(trx, clock, scope, {
    ...author,
    action: 'webhook_endpoint.deleted',
    detail: { webhook_endpoint_id: id, origin: new URL(url).origin },
  });
};

const isReadable = (keys: SecretSettings['config']['signingKeys'], sealed: string): boolean => {
  try {
    unseal(keys, sealed);
    return true;
  } catch {
    return false;
  }
};

/**
 * Gives an endpoint a new secret; the old one signs along for a day, unless it cannot be read any more.
 * @throws HttpError 404 `webhook_endpoint_not_found`
 */
export const rotateSecret = async (
  trx: Trx,
  { clock, config }: SecretSettings,
  scope: OrganisationScope,
  author: ChangedBy,
  id: string,
): Promise<WebhookEndpointWithSecret> => {
  const earlier = await getEndpointRow(trx, scope, id);
  const secret = newWebhookSecret();
  const change = {
    secret: seal(config.signingKeys, secret),
    previous_secret: isReadable(config.signingKeys, earlier.secret) ? earlier.secret : null,
    previous_secret_expires_at: timestamp(clock.now() + overlapMs),
    updated_at: timestamp(clock.now()),
  };
  await updateEndpointRow(trx, scope, id, change);
  await audit(trx, clock, scope, {
    ...author,
    action: 'webhook_endpoint.secret_rotated',
    detail: { webhook_endpoint_id: id },
  });
  return { ...presentEndpoint({ ...earlier, ...change }), secret };
};

/**
 * Seals every secret with the first signing key, so that the older ones can be dropped. One that cannot be read any more is
 * left as it is, and logged: its endpoint needs a new one.
 */
export const resealSecrets = async ({ db, config, log }: Dependencies): Promise<void> => {
  const keys = config.signingKeys;
  const reseal = (sealed: string): string => seal(keys, unseal(keys, sealed));
  for (const { organisation_id: organisationId, id, ...row } of await findEndpointsSealedOtherwise(db, keys[0].kid)) {
    try {
      const secret = reseal(row.secret);
      const previous = row.previous_secret === null ? null : reseal(row.previous_secret);
      await inOrganisation(organisationId, () =>
        transact(db, (trx) => updateEndpointSecrets(trx, { organisationId }, id, row.secret, { secret, previous })),
      );
    } catch (error) {
      log.error({ err: error, webhook_endpoint_id: id }, 'a webhook secret could not be sealed again');
    }
  }
};
