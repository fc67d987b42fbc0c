import type { MerchantKey, OperationKey } from '#contract/api.ts';
import { scopeOf } from '#contract/api-keys.ts';
import type { SecurityScheme } from './model.ts';
import { needsCredential, treeOf } from './trees.ts';
import type { Tree } from './trees.ts';

export const securitySchemes: Record<string, SecurityScheme> = {
  organisation: {
    type: 'apiKey',
    in: 'header',
    name: 'organisation',
    description: "Your organisation's id: goes with the API key.",
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-KEY',
    description: 'A key of your backend, for example `zsk_…`. A browser must never hold one.',
  },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "Belongs to one customer's session: comes from redeeming a session token, and is renewed.",
  },
  portalCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-zenskar_portal',
    description: "The hosted page's session.",
  },
  staffCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-zenskar_console',
    description: "The console's login.",
  },
};

/** What stands in brackets are the scopes that the key must have. */
const requirements: Record<Tree, (key: OperationKey) => Record<string, string[]>> = {
  merchant: (key) => ({ organisation: [], apiKey: [scopeOf(key as MerchantKey)] }),
  portal: () => ({ accessToken: [] }),
  hosted: () => ({ portalCookie: [] }),
  console: () => ({ staffCookie: [] }),
};

export const securityOf = (key: OperationKey): Record<string, string[]>[] =>
  needsCredential(key) ? [requirements[treeOf(key)](key)] : [];
