import { randomBytes } from 'node:crypto';

/** The address at which tests' servers are reached, as they have been told. */
export const publicOrigin = 'https://billing.example';

/** Of a server that does nothing by itself and limits nobody, on a port of its own; its database comes besides. */
export const testSettings = (): Record<string, string> => ({
  PUBLIC_URL: publicOrigin,
  PORT: '0',
  SIGNING_SECRETS: `test:${randomBytes(32).toString('base64url')}`,
  LOG_LEVEL: 'silent',
  WEBHOOKS_DELIVERY: 'off',
  PINNED_FOLDER: 'off',
  RATE_LIMIT_KEY: '0',
  RATE_LIMIT_SESSION: '0',
});
