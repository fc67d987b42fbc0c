import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { Id } from '#contract/primitives.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { hmacOf } from '../database/hmac.ts';
import { unauthorized } from '../http/errors.ts';
import type { HttpError } from '../http/errors.ts';

const lifetimeS = 300;
const longestToken = 2048;
const compactForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

const Header = z.strictObject({ alg: z.literal('HS256'), typ: z.literal('at+jwt'), kid: z.string() });

const Claims = z
  .strictObject({
    iss: z.string(),
    aud: z.string(),
    sub: Id,
    client_id: Id,
    iat: z.int(),
    nbf: z.int(),
    exp: z.int(),
    jti: Id,
    sid: Id,
    azp: z.string().min(1),
    scope: z.string().min(1),
  })
  .refine(({ iat, nbf, exp }) => iat <= nbf && nbf < exp && exp - iat <= lifetimeS);

/** What an access token says. It names nobody: ids only. */
export type AccessClaims = z.infer<typeof Claims>;

export interface AccessSubject {
  organisationId: string;
  customerId: string;
  sessionId: string;
  origin: string;
  sections: string;
  /** The session's absolute end, epoch milliseconds. */
  expiresAtMs: number;
}

const audienceOf = (config: Config): string => `${config.publicOrigin}/portal`;

/** One answer to everything that is wrong with a token, so that it tells nobody what. */
export const accessTokenInvalid = (): HttpError =>
  unauthorized('access_token_invalid', 'Send a valid access token as Authorization: Bearer …');

const writeSegment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs an access token; it never outlives its session. */
export const signAccessToken = (
  { config, clock }: { config: Config; clock: Clock },
  subject: AccessSubject,
): { token: string; expiresInS: number } => {
  const nowMs = clock.now();
  const expiresInS = Math.max(1, Math.min(lifetimeS, Math.floor((subject.expiresAtMs - nowMs) / 1000)));
  const issuedAt = Math.floor(nowMs / 1000);
  const claims: AccessClaims = {
    iss: config.publicOrigin,
    aud: audienceOf(config),
    sub: subject.customerId,
    client_id: subject.organisationId,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + expiresInS,
    jti: randomUUID(),
    sid: subject.sessionId,
    azp: subject.origin,
    scope: subject.sections,
  };
  const [signingKey] = config.signingKeys;
  const signed = `${writeSegment({ alg: 'HS256', typ: 'at+jwt', kid: signingKey.kid })}.${writeSegment(claims)}`;
  return { token: `${signed}.${hmacOf(signingKey, signed)}`, expiresInS };
};

/** Reads a part of a token, if it is exactly what writing it again gives: no member twice, no spare bits, no white space. */
const parseSegment = (segment: string): unknown => {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return writeSegment(value) === segment ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Reads an access token: form, algorithm, type and key before the signature, every claim after it.
 * @throws HttpError 401 `access_token_expired` or `access_token_invalid`
 */
export const verifyAccessToken = ({ config, clock }: { config: Config; clock: Clock }, token: string): AccessClaims => {
  if (token.length > longestToken || !compactForm.test(token)) {
    throw accessTokenInvalid();
  }
  const [headerSegment = '', claimsSegment = ''] = token.split('.');
  const header = Header.safeParse(parseSegment(headerSegment)).data;
  const signingKey = config.signingKeys.find(({ kid }) => kid === header?.kid);
  if (signingKey === undefined) {
    throw accessTokenInvalid();
  }
  const nowS = Math.floor(clock.now() / 1000);
  try {
    jwt.verify(token, signingKey.key, {
      algorithms: ['HS256'],
      issuer: config.publicOrigin,
      audience: audienceOf(config),
      clockTimestamp: nowS,
      ignoreExpiration: true,
    });
  } catch {
    throw accessTokenInvalid();
  }
  const claims = Claims.safeParse(parseSegment(claimsSegment)).data;
  if (claims === undefined) {
    throw accessTokenInvalid();
  }
  if (claims.exp <= nowS) {
    throw unauthorized('access_token_expired', 'The access token has expired', { retryable: true });
  }
  return claims;
};

/** The token of an `Authorization: Bearer …` header. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];

/** Reads access tokens, see `verifyAccessToken`. */
export type AccessTokenReader = (token: string) => AccessClaims;

const rememberedTokens = 10_000;

/**
 * A reader that remembers the tokens it has verified, because a page makes many calls with one: the same bytes under the
 * same keys stay authentic. Their times are looked at on each call.
 */
export const accessTokenReader = (dependencies: { config: Config; clock: Clock }): AccessTokenReader => {
  const verified = new Map<string, AccessClaims>();
  // A request's token is read twice, and comparing a text with itself takes no time.
  let last: { token: string; claims: AccessClaims } | undefined;
  return (token) => {
    const known = last?.token === token ? last.claims : verified.get(token);
    const nowS = Math.floor(dependencies.clock.now() / 1000);
    if (known !== undefined && known.nbf <= nowS && nowS < known.exp) {
      last = { token, claims: known };
      return known;
    }
    const claims = verifyAccessToken(dependencies, token);
    if (verified.size === rememberedTokens) {
      verified.clear();
    }
    verified.set(token, claims);
    last = { token, claims };
    return claims;
  };
};
