import { Id } from '#contract/primitives.ts';
import { audit } from '../audit/audit.service.ts';
import { timestamp } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, HttpError, unauthorized } from '../http/errors.ts';
import { refuseAfterFailures } from '../http/rate-limit.ts';
import type { Authenticate, RequestContext } from '../http/route.ts';
import { findOrganisation } from '../organisations/organisations.service.ts';
import type { OrganisationScope } from '../scope.ts';
import { hashSecret } from '../secrets.ts';
import { isApiKey } from './api-key.ts';
import { findLiveApiKeyByHash, updateApiKeyUsed } from './api-keys.service.ts';

/** Who calls the merchant API: the merchant's backend, by one of its keys. */
export interface MerchantCaller {
  scope: OrganisationScope;
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

/** A browser that holds an API key has been given a secret; say so to the merchant, in its audit, and refuse. */
const refuseBrowser = async (
  { db, clock }: Dependencies,
  context: RequestContext,
  organisationId: string | undefined,
): Promise<never> => {
  if (organisationId !== undefined && (await findOrganisation(db, { organisationId })) !== undefined) {
    await transact(db, (trx) =>
      audit(
        trx,
        clock,
        { organisationId },
        {
          actor: { type: 'system', id: null, name: 'Session protocol' },
          action: 'browser_call.refused',
          detail: { origin: context.header('origin')?.slice(0, 255) },
          requestId: context.requestId,
        },
      ),
    );
  }
  throw forbidden('browser_call_forbidden', 'Call this from your backend: a browser must never hold an API key');
};

/** Authenticates the merchant API. Every way of failing is the same 401. */
export const merchantAuthenticator = (dependencies: Dependencies): Authenticate<MerchantCaller> => {
  const { db, clock, rateLimits } = dependencies;
  return async (context) => {
    const organisationId = Id.safeParse(context.header('organisation')).data;
    if (context.header('origin') !== undefined) {
      return refuseBrowser(dependencies, context, organisationId);
    }
    checkVersion(context.header('apiversion'));
    const key = context.header('x-api-key') ?? '';
    return refuseAfterFailures(rateLimits.credentialFailure, `key:${context.ip}`, keyInvalid, async () => {
      if (organisationId === undefined || !isApiKey(key)) {
        return undefined;
      }
      const scope = { organisationId };
      const row = await findLiveApiKeyByHash(db, scope, hashSecret(key));
      if (row === undefined) {
        return undefined;
      }
      const now = clock.now();
      if (row.last_used_at === null || now - Date.parse(row.last_used_at) > usedGranularityMs) {
        await transact(db, (trx) => updateApiKeyUsed(trx, scope, row.id, timestamp(now)));
      }
      return { scope, apiKey: { id: row.id, name: row.name } };
    });
  };
};
