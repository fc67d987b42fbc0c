import { ApiKeyScope } from '#contract/api-keys.ts';
import { audit, commandLine } from '../audit/audit.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { hashSecret } from '../secrets.ts';
import { endSessionsOfApiKey } from '../sessions/sessions.service.ts';
import { newApiKey } from './api-key.ts';
import { parseScopes, writeScopes } from './api-keys.present.ts';
import { insertApiKey, updateApiKeyRevoked } from './api-keys.repository.ts';

export { parseScopes, presentApiKey } from './api-keys.present.ts';
export { findLiveApiKeyByHash, isApiKeyLive, listApiKeys, updateApiKeyUsed } from './api-keys.repository.ts';
export type { LiveApiKey } from './api-keys.repository.ts';

/** Makes a key, with every scope unless some are named. This answer is the only time that the key itself is seen. */
export const createApiKey = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  { name, scopes = ApiKeyScope.options }: { name: string; scopes?: readonly ApiKeyScope[] },
): Promise<{ id: string; key: string; scopes: ApiKeyScope[] }> => {
  const id = newId(clock);
  const key = newApiKey();
  const stored = writeScopes(scopes);
  await insertApiKey(trx, {
    organisation_id: scope.organisationId,
    id,
    name,
    hash: hashSecret(key),
    prefix: key.slice(0, 8),
    last_four: key.slice(-4),
    scopes: stored,
    created_at: timestamp(clock.now()),
    last_used_at: null,
    revoked_at: null,
  });
  await audit(trx, clock, scope, {
    actor: commandLine,
    action: 'api_key.created',
    detail: { api_key_id: id, name, scopes: stored },
  });
  return { id, key, scopes: parseScopes(stored) };
};

/** Revokes a key and ends every session that it made. False when there is no such live key. */
export const revokeApiKey = async (trx: Trx, clock: Clock, scope: OrganisationScope, id: string): Promise<boolean> => {
  const revoked = await updateApiKeyRevoked(trx, scope, id, timestamp(clock.now()));
  if (revoked) {
    const endedSessions = await endSessionsOfApiKey(trx, clock, scope, id);
    await audit(trx, clock, scope, {
      actor: commandLine,
      action: 'api_key.revoked',
      detail: { api_key_id: id, ended_sessions: endedSessions },
    });
  }
  return revoked;
};
