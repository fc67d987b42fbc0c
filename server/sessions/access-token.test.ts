import { randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { testClock } from '../testing/test-clock.ts';
import { accessTokenReader, signAccessToken, verifyAccessToken } from './access-token.ts';

const secret = randomBytes(32).toString('base64url');
const environment = { DATABASE_URL: 'sqlite:x', PUBLIC_URL: 'https://billing.example' };
const config = readConfig({ ...environment, SIGNING_SECRETS: `k1:${secret}` });
const clock = testClock();
const subject = {
  organisationId: 'c3b949f8-633f-4fec-9105-e2b3a4d06b98',
  customerId: '063f8b97-f795-4f0b-89b4-88b114c83f44',
  sessionId: '0199f8b9-0000-7000-8000-000000000000',
  origin: 'https://shop.example',
  sections: 'invoices payments',
  expiresAtMs: clock.now() + 3_600_000,
};
const { token } = signAccessToken({ config, clock }, subject);
const claims = jwt.decode(token) as Record<string, unknown>;
const key = Buffer.from(secret, 'base64url');
const header = { alg: 'HS256', typ: 'at+jwt', kid: 'k1' } as const;

const sign = (payload: Record<string, unknown>, changes: object = {}, signingKey: Buffer = key): string =>
  jwt.sign(payload, signingKey, { algorithm: 'HS256', header: { ...header, ...changes } });
const codeOf = (text: string): unknown => {
  try {
    verifyAccessToken({ config, clock }, text);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('an access token', () => {
  it('says ids only, and is read back', () => {
    expect(verifyAccessToken({ config, clock }, token)).toMatchObject({
      iss: 'https://billing.example',
      aud: 'https://billing.example/portal',
      sub: subject.customerId,
      client_id: subject.organisationId,
      sid: subject.sessionId,
      azp: 'https://shop.example',
      scope: 'invoices payments',
    });
  });

  it('never outlives its session', () => {
    const short = signAccessToken({ config, clock }, { ...subject, expiresAtMs: clock.now() + 90_500 });
    expect(short.expiresInS).toBe(90);
  });

  it.each(Object.keys(claims))('is refused without the claim %s', (name) => {
    const { [name]: _, ...rest } = claims;
    expect(codeOf(jwt.sign(rest, key, { algorithm: 'HS256', header, noTimestamp: true }))).toBe('access_token_invalid');
  });

  it.each([
    ['another type', sign(claims, { typ: 'JWT' })],
    ['an unknown key', sign(claims, { kid: 'k2' })],
    ['an embedded key', sign(claims, { jwk: {} })],
    ['another secret', sign(claims, {}, randomBytes(32))],
    ['another issuer', sign({ ...claims, iss: 'https://evil.example' })],
    ['another audience', sign({ ...claims, aud: 'https://billing.example/console' })],
    ['a time to come', sign({ ...claims, nbf: Number(claims['nbf']) + 60 })],
    ['no signature', `${token.slice(0, token.lastIndexOf('.'))}.`],
    [
      'algorithm none',
      `${Buffer.from('{"alg":"none","typ":"at+jwt","kid":"k1"}').toString('base64url')}.${token.split('.')[1]}.x`,
    ],
    ['white space', ` ${token}`],
    ['padding', `${token}=`],
    ['too much', `${token}${'A'.repeat(4000)}`],
    ['nothing', ''],
  ])('is refused with %s', (_, text) => {
    expect(codeOf(text)).toBe('access_token_invalid');
  });

  it('says so when it has expired, and that a new one can be had', () => {
    const issuedAt = Number(claims['iat']) - 300;
    const times = { iat: issuedAt, nbf: issuedAt, exp: issuedAt + 300 };
    expect(codeOf(sign({ ...claims, ...times }))).toBe('access_token_expired');
    expect(codeOf(sign({ ...claims, ...times, exp: issuedAt }))).toBe('access_token_invalid');
  });

  it('is still read after the signing key has been rotated', () => {
    const rotated = readConfig({
      ...environment,
      SIGNING_SECRETS: `k2:${randomBytes(32).toString('base64url')},k1:${secret}`,
    });
    expect(verifyAccessToken({ config: rotated, clock }, token).sub).toBe(subject.customerId);
  });
});

describe('a reader of access tokens', () => {
  it('takes a token that it knows, until that has expired', () => {
    const time = testClock();
    const read = accessTokenReader({ config, clock: time });
    expect(read(token)).toEqual(claims);
    expect(read(token)).toEqual(claims);
    time.advance(299_000);
    expect(read(token)).toEqual(claims);
    time.advance(1_000);
    expect(() => read(token)).toThrow(expect.objectContaining({ code: 'access_token_expired' }));
  });

  it('remembers nothing that was refused', () => {
    const read = accessTokenReader({ config, clock });
    const forged = sign(claims, {}, randomBytes(32));
    for (const _ of [1, 2]) {
      expect(() => read(forged)).toThrow(expect.objectContaining({ code: 'access_token_invalid' }));
    }
  });
});
