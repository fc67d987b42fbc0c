import { ApiKeyScope } from '#contract/api-keys.ts';
import type { ConsoleApiKey } from '#contract/console.ts';
import type { ApiKeyTable } from './api-keys.table.ts';

export const parseScopes = (text: string): ApiKeyScope[] => {
  const stored = text.split(' ');
  return ApiKeyScope.options.filter((scope) => stored.includes(scope));
};

/** As text for the table, in the order of the contract. */
export const writeScopes = (scopes: readonly ApiKeyScope[]): string =>
  ApiKeyScope.options.filter((scope) => scopes.includes(scope)).join(' ');

export const presentApiKey = (key: ApiKeyTable): ConsoleApiKey => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  last_four: key.last_four,
  scopes: parseScopes(key.scopes),
  created_at: key.created_at,
  last_used_at: key.last_used_at,
  revoked_at: key.revoked_at,
});
