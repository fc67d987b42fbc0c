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

  it.each([
    ['SIGNING_SECRETS', undefined],
    ['SIGNING_SECRETS', 'change-me'],
    ['SIGNING_SECRETS', `a:${Buffer.alloc(16).toString('base64url')}`],
    ['SIGNING_SECRETS', `a:${secret},b:short`],
    ['SIGNING_SECRETS', `a:${secret},a:${secret}`],
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'mysql://db'],
    ['PUBLIC_URL', 'billing.example'],
    ['PORT', 'http'],
  ])('names %s when it is %j, and repeats no secret', (name, value) => {
    const read = () => readConfig({ ...good, [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    expect(read).not.toThrow(secret);
  });
});
