import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const secret = Buffer.alloc(32, 7).toString('base64url');
const good = {
  DATABASE_URL: 'sqlite:portal.sqlite',
  PUBLIC_URL: 'https://billing.example/',
  SIGNING_SECRETS: `a:${secret}`,
};

describe('readConfig', () => {
  it('reads the settings', () => {
    expect(readConfig(good)).toMatchObject({ publicOrigin: 'https://billing.example', port: 4000, host: '127.0.0.1' });
  });

  it('delivers webhooks, and never to the loopback, unless told otherwise', () => {
    expect(readConfig(good)).toMatchObject({ deliversWebhooks: true, allowsLoopbackWebhooks: false });
    const told = readConfig({ ...good, WEBHOOKS_DELIVERY: 'off', WEBHOOKS_ALLOW_LOOPBACK: '1' });
    expect(told).toMatchObject({ deliversWebhooks: false, allowsLoopbackWebhooks: true });
  });

  it.each([
    ['SIGNING_SECRETS', undefined],
    ['SIGNING_SECRETS', 'change-me'],
    ['SIGNING_SECRETS', `a:${Buffer.alloc(16).toString('base64url')}`],
    ['SIGNING_SECRETS', `a:${secret},b:short`],
    ['SIGNING_SECRETS', `a:${secret},a:${secret}`],
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'mysql://db'],
    ['PUBLIC_URL', 'billing.example'],
    ['PUBLIC_URL', 'https://billing.example/portal'],
    ['PORT', 'http'],
    ['RATE_LIMIT_KEY', 'many'],
    ['RATE_LIMIT_SESSION', '-1'],
    ['TRANSFERS_AT_ONCE', '1.5'],
    ['TRUST_PROXY', 'true'],
    ['WEB_CONCURRENCY', '0'],
    ['WEB_CONCURRENCY', 'auto'],
    ['WEBHOOKS_DELIVERY', 'no'],
    ['WEBHOOKS_ALLOW_LOOPBACK', 'true'],
  ])('names %s when it is %j, and repeats no secret', (name, value) => {
    const read = () => readConfig({ ...good, [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    expect(read).not.toThrow(secret);
  });
});
