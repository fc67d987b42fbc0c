import { z } from 'zod';
import type { MerchantKey } from './api.ts';
import { sessionOperations } from './session-operations.ts';

/** What an API key may do; one without limits has all of them. */
export const ApiKeyScope = z.enum(['sessions', 'read', 'write']).meta({
  id: 'ApiKeyScope',
  description: '`sessions`: make and end portal sessions; `read`: all that is a GET; `write`: every other change.',
});
export type ApiKeyScope = z.infer<typeof ApiKeyScope>;

/** The scope that an operation of the merchant API asks of the key. */
export const scopeOf = (key: MerchantKey): ApiKeyScope => {
  if (key in sessionOperations) {
    return 'sessions';
  }
  return key.startsWith('GET ') ? 'read' : 'write';
};
