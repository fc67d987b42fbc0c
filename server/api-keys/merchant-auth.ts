import { scopeOf } from '#contract/api-keys.ts';
import type { MerchantKey } from '#contract/api.ts';
import { Id } from '#contract/primitives.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { timestamp } from '../clock.ts';
import { enterOrganisation } from '../database/organisation-context.ts';
import { noteInPassing, transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, HttpError, unauthorized } from '../http/errors.ts';
import { refuseAfterFailures } from '../http/rate-limit.ts';
import type { Authenticate, RequestContext } from '../http/route.ts';
import type { OrganisationScope } from '../scope.ts';
import { hashSecret } from '../secrets.ts';
import { isApiKey } from './api-key.ts';
import { findLiveApiKeyByHash, isApiKeyLive, parseScopes, updateApiKeyUsed } from './api-keys.service.ts';
import type { LiveApiKey } from './api-keys.service.ts';

/** Who calls the merchant API: the merchant's backend, by one of its keys. */
export interface MerchantCaller {
  scope: OrganisationScope;
  /** The organisation's: the days of its filters are counted in it. */
  timeZone: string;
  apiKey: { id: string; name: string };
}

const versions = new Set(['20230501', '20240301']);
const usedGranularityMs = 60_000;

const keyInvalid = (): HttpError =>
  unauthorized('api_key_invalid', 'The headers organisation and X-API-KEY do not name a valid API key');

const checkVersion = (version: string | undefined): void => {
  if (version !== undefined && !versions.has(version)) {
    throw new HttpError(400, 'api_version_unknown', `Unknown apiversion; known are ${[...versions].join(' and ')}`);
  }
};

const findKey = async ({ db }: Dependencies, context: RequestContext): Promise<LiveApiKey | undefined> => {
  const organisationId = Id.safeParse(context.header('organisation')).data;
  const key = context.header('x-api-key') ?? '';
  if (organisationId === undefined || !isApiKey(key)) {
    return undefined;
  }
  enterOrganisation(organisationId);
  return findLiveApiKeyByHash(db, { organisationId }, hashSecret(key));
};

const callerOf = (row: LiveApiKey): MerchantCaller => ({
  scope: { organisationId: row.organisation_id },
  timeZone: row.time_zone,
  apiKey: { id: row.id, name: row.name },
});

/**
 * A browser that holds an API key has been given a secret; say so to the merchant, in its audit, and refuse. A made-up
 * key is nobody's secret: strangers write nothing into an audit.
 */
const refuseBrowser = async (dependencies: Dependencies, context: RequestContext): Promise<never> => {
  const { db, clock, rateLimits } = dependencies;
  const row = await findKey(dependencies, context);
  if (row !== undefined) {
    await rateLimits.keyRequests.count(row.id);
    const { scope, apiKey } = callerOf(row);
    await transact(db, (trx) =>
      audit(trx, clock, scope, {
        actor: { type: 'api_key', ...apiKey },
        action: 'browser_call.refused',
        detail: { origin: context.header('origin')?.slice(0, 255) },
        requestId: context.requestId,
      }),
    );
  }
  throw forbidden('browser_call_forbidden', 'Call this from your backend: a browser must never hold an API key');
};

/** Who makes the changes of a call. */
export const authorOf = ({ apiKey }: MerchantCaller, requestId: string): Author => ({
  actor: { type: 'api_key', ...apiKey },
  requestId,
});

/**
 * For calls that go on for long: a key may be revoked meanwhile.
 * @throws HttpError 401 `api_key_invalid`
 */
export const requireLiveKey = async (trx: Trx, { scope, apiKey }: MerchantCaller): Promise<void> => {
  if (!(await isApiKeyLive(trx, scope, apiKey.id))) {
    throw keyInvalid();
  }
};

/** Makes the authenticator of an operation of the merchant API. */
export type MerchantAuthenticator = (key: MerchantKey) => Authenticate<MerchantCaller>;

/**
 * Authenticates the merchant API. Every way of not being a live key is the same 401; a key without the operation's scope
 * is a 403 `scope_insufficient` that names it.
 */
export const merchantAuthenticator = (dependencies: Dependencies): MerchantAuthenticator => {
  const { clock, rateLimits } = dependencies;
  return (key) => async (context) => {
    if (context.header('origin') !== undefined) {
      return refuseBrowser(dependencies, context);
    }
    checkVersion(context.header('apiversion'));
    const row = await refuseAfterFailures(rateLimits.credentialFailure, `key:${context.ip}`, keyInvalid, () =>
      findKey(dependencies, context),
    );
    await rateLimits.keyRequests.count(row.id);
    context.transferCaller = { id: row.id, organisationId: row.organisation_id };
    context.lastChange = row.last_change;
    const scope = scopeOf(key);
    if (!parseScopes(row.scopes).includes(scope)) {
      throw forbidden('scope_insufficient', `This API key lacks the scope ${scope}`, { reason: scope });
    }
    const caller = callerOf(row);
    const now = clock.now();
    if (row.last_used_at === null || now - Date.parse(row.last_used_at) > usedGranularityMs) {
      await noteInPassing(dependencies, (trx) => updateApiKeyUsed(trx, caller.scope, row.id, timestamp(now)));
    }
    return caller;
  };
};
