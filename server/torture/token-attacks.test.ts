import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTokenReader, signAccessToken } from '../sessions/access-token.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addFigure } from '../testing/figures.ts';
import { createSession, openPortal } from '../testing/portal-session.ts';
import { rawRequest } from '../testing/raw-request.ts';
import type { RawAnswer } from '../testing/raw-request.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { claimShapes, claimSwaps, claimTimes } from './token-attacks-claims.ts';
import { forge, targetOf } from './token-attacks-forge.ts';
import type { Attack, Target } from './token-attacks-forge.ts';
import { otherAlgorithms, otherHeaders, otherKeyNames, otherKeys } from './token-attacks-header.ts';
import { otherSignatures, otherTexts, otherWritings } from './token-attacks-text.ts';

const keys = { k1: randomBytes(32), k2: randomBytes(32), k0: randomBytes(32) };
const secretsOf = (...names: (keyof typeof keys)[]): string =>
  names.map((name) => `${name}:${keys[name].toString('base64url')}`).join(',');

/** Hundreds of requests, one after the other. */
const patience = { timeout: 60_000 };

let server: TestServer;
let path: string;
let target: Target;
let neighbour: Target;
let stranger: Target;
let tried = 0;
let accepted = 0;

beforeAll(async () => {
  // Each attack comes from an address of its own, so that what is seen is the verifier and not the rate limit.
  server = await startTestServer({ environment: { SIGNING_SECRETS: secretsOf('k1', 'k2'), TRUST_PROXY: '1' } });
  const [mine, theirs] = [await server.addOrganisation(), await server.addOrganisation('Theirs')];
  const [customerId, neighbourId] = [await addCustomer(server, mine.id), await addCustomer(server, mine.id)];
  const sessions = [
    await openPortal(server, mine, customerId),
    await openPortal(server, mine, neighbourId),
    await openPortal(server, theirs, await addCustomer(server, theirs.id)),
  ];
  [target, neighbour, stranger] = sessions.map(({ accessToken }) => targetOf(accessToken, keys.k1)) as [
    Target,
    Target,
    Target,
  ];
  path = `/portal/${mine.id}/profile`;
});
afterAll(async () => {
  await server.close();
  addFigure('attacks on access tokens tried', tried);
  addFigure('attacks on access tokens accepted', accepted);
});

const call = async (headers: readonly string[]): Promise<RawAnswer> => {
  tried += 1;
  const answer = await rawRequest(server.address, `GET ${path}`, [
    `Origin: ${merchantOrigin}`,
    `X-Forwarded-For: 10.${tried >> 16}.${(tried >> 8) & 255}.${tried & 255}`,
    ...headers,
  ]);
  accepted += answer.status === 200 ? 1 : 0;
  return answer;
};

const refusal = {
  code: 'access_token_invalid',
  message: 'Send a valid access token as Authorization: Bearer …',
  retryable: false,
};
const expiry = { code: 'access_token_expired', message: 'The access token has expired', retryable: true };

const asRefused = ({ body: { request_id: requestId, ...body }, status }: RawAnswer) => ({
  status,
  body: { ...body, ...(typeof requestId === 'string' ? {} : { request_id: 'missing' }) },
});

/** What was answered other than expected, by name of the attack. */
const surprises = async (attacks: readonly Attack[]): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (const { name, token, code } of attacks) {
    const answer = asRefused(await call([`Authorization: Bearer ${token}`]));
    const expected = { status: 401, body: code === undefined ? refusal : expiry };
    if (JSON.stringify(answer) !== JSON.stringify(expected)) {
      found.push({ name, ...answer });
    }
  }
  return found;
};

const isStillGood = async (token = target.token): Promise<void> => {
  const answer = await server.request('GET', path, {
    headers: { authorization: `Bearer ${token}`, origin: merchantOrigin },
  });
  expect(answer.status).toBe(200);
};

describe('an access token', () => {
  it('forged without a flaw is taken, so that each flaw below is what is refused', async () => {
    await isStillGood();
    await isStillGood(forge(target, {}));
    await isStillGood(forge(target, { key: keys.k2, header: { ...target.header, kid: 'k2' } }));
    await isStillGood(forge(target, { header: Object.fromEntries(Object.entries(target.header).reverse()) }));
  });

  it.each<[string, (target: Target) => Attack[], number]>([
    ['claims left out, of another type or too many', claimShapes, 120],
    ['times that none of ours has', claimTimes, 50],
    ['the ids of somebody else', (genuine) => claimSwaps(genuine, { neighbour, stranger }), 25],
    ['another algorithm', otherAlgorithms, 170],
    ['another key', (genuine) => otherKeys(genuine, { k0: keys.k0, k2: keys.k2.subarray(1) }), 30],
    ['another name of a key', otherKeyNames, 180],
    ['a key brought along, an extension or another type', otherHeaders, 60],
    ['another text', otherTexts, 200],
    ['the same in another writing', otherWritings, 55],
    ['another signature', otherSignatures, 20],
  ])('is refused with %s', async (_, table, atLeast) => {
    const attacks = table(target);
    expect(attacks.length).toBeGreaterThanOrEqual(atLeast);
    expect(await surprises(attacks)).toEqual([]);
    await isStillGood();
  });

  it('is refused on another website, whichever of the two it names', async () => {
    const token = forge(target, { claims: { ...target.claims, azp: 'https://evil.example' } });
    const call = (origin: string) =>
      server.request('GET', path, { headers: { authorization: `Bearer ${token}`, origin } });
    expect((await call(merchantOrigin)).body['code']).toBe('origin_not_allowed');
    expect((await call('https://evil.example')).body['code']).toBe('access_token_invalid');
    await isStillGood();
  });

  it('is refused cut off anywhere, and with any one character changed', patience, async () => {
    const { token } = target;
    const texts = [...token].flatMap((character, at) => [
      token.slice(0, at),
      `${token.slice(0, at)}${character === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
    ]);
    const taken: string[] = [];
    for (const text of texts) {
      const headers = {
        authorization: `Bearer ${text}`,
        origin: merchantOrigin,
        'x-forwarded-for': `11.0.0.${tried % 250}`,
      };
      const { status, body } = await server.request('GET', path, { headers });
      if (status !== 401 || body['code'] !== 'access_token_invalid') {
        taken.push(`${status} ${text}`);
      }
    }
    tried += texts.length;
    accepted += taken.length;
    expect(taken).toEqual([]);
  });

  it.each([
    [2_049, 401],
    [8_000, 401],
    [15_000, 401],
    [17_000, 431],
    [100_000, 431],
    [1_000_000, 431],
  ])('of %i characters answers %i', async (length, status) => {
    const text = `${target.token}${'A'.repeat(length - target.token.length)}`;
    const answer = await call([`Authorization: Bearer ${text}`]);
    expect([answer.status, answer.body['code']]).toEqual([
      status,
      status === 431 ? 'payload_too_large' : 'access_token_invalid',
    ]);
  });

  it('is of no use once its key is dropped, while the session stays what it is', async () => {
    const other = await startTestServer({
      environment: { SIGNING_SECRETS: secretsOf('k2', 'k1'), DATABASE_URL: server.dependencies.config.databaseUrl },
    });
    const dropped = await startTestServer({
      environment: { SIGNING_SECRETS: secretsOf('k2'), DATABASE_URL: server.dependencies.config.databaseUrl },
    });
    const headers = { authorization: `Bearer ${target.token}`, origin: merchantOrigin };
    expect((await other.request('GET', path, { headers })).status).toBe(200);
    const refused = await dropped.request('GET', path, { headers });
    expect([refused.status, refused.body['code']]).toEqual([401, 'access_token_invalid']);
    await other.close();
    await dropped.close();
    await isStillGood();
  });
});

describe('the Authorization header', () => {
  const shapes = (token: string): [string, string[]][] => [
    ['none', []],
    ['empty', ['Authorization:']],
    ['the scheme alone', ['Authorization: Bearer']],
    ['the token alone', [`Authorization: ${token}`]],
    ['a tab between', [`Authorization: Bearer\t${token}`]],
    ['two spaces between', [`Authorization: Bearer  ${token}`]],
    ['nothing between', [`Authorization: Bearer${token}`]],
    ['a colon between', [`Authorization: Bearer:${token}`]],
    ['an equals sign', [`Authorization: Bearer=${token}`]],
    ['more behind it', [`Authorization: Bearer ${token} x`]],
    ['a comma behind it', [`Authorization: Bearer ${token},`]],
    ['two of it in one', [`Authorization: Bearer ${token}, Bearer ${token}`]],
    ['twice', [`Authorization: Bearer ${token}`, `Authorization: Bearer ${token}`]],
    ['another behind it', [`Authorization: Bearer ${token}`, 'Authorization: Bearer x']],
    ['another kind behind it', [`Authorization: Bearer ${token}`, 'Authorization: Basic x']],
    ['another first', ['Authorization: Bearer x', `Authorization: Bearer ${token}`]],
    ['as a parameter', [`Authorization: Bearer token=${token}`]],
    ['as a quoted parameter', [`Authorization: Bearer realm="x", token="${token}"`]],
    ['Basic', [`Authorization: Basic ${Buffer.from(`:${token}`).toString('base64')}`]],
    ['Basic with the token', [`Authorization: Basic ${token}`]],
    ['DPoP', [`Authorization: DPoP ${token}`]],
    ['Token', [`Authorization: Token ${token}`]],
    ['JWT', [`Authorization: JWT ${token}`]],
    ['look-alike scheme', [`Authorization: ${Buffer.from('Вearer').toString('latin1')} ${token}`]],
    ['in another header', [`X-Authorization: Bearer ${token}`]],
    ['for a proxy', [`Proxy-Authorization: Bearer ${token}`]],
    ['as an API key', [`X-API-KEY: ${token}`]],
    ['as a cookie', [`Cookie: access_token=${token}; Authorization=Bearer ${token}; token=${token}`]],
    ["as the hosted page's cookie", [`Cookie: __Host-zenskar_portal=${token}`]],
  ];

  it('names its token in one way', async () => {
    for (const [name, headers] of shapes(target.token)) {
      expect({ name, ...asRefused(await call(headers)) }).toEqual({ name, status: 401, body: refusal });
    }
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect((await call([`Authorization: ${scheme} ${target.token}  \t`])).status).toBe(200);
      accepted -= 1;
      tried -= 1;
    }
  });

  it.each([
    ['folded', (token: string) => `Authorization: Bearer\r\n ${token}`],
    ['with a NUL', (token: string) => `Authorization: Bearer ${token}\0`],
    ['with a line feed', (token: string) => `Authorization: Bearer ${token}\nX: y`],
    ['with a carriage return', (token: string) => `Authorization: Bearer \r${token}`],
    ['with a space before its colon', (token: string) => `Authorization : Bearer ${token}`],
  ])('%s is no HTTP', async (_, line) => {
    expect(await call([line(target.token)])).toMatchObject({ status: 400, body: { code: 'request_invalid' } });
  });

  it.each(['access_token', 'token', 'authorization', 'jwt', 'bearer'])('is not replaced by ?%s=', async (name) => {
    const answer = await server.request('GET', `${path}?${name}=${target.token}`, {
      headers: { origin: merchantOrigin },
    });
    tried += 1;
    expect(asRefused({ status: answer.status, body: answer.body })).toEqual({ status: 401, body: refusal });
  });
});

describe('the memory for verified tokens', () => {
  it('takes nothing in that was refused, whatever came before, and forgets rather than grow', () => {
    const { dependencies, clock } = server;
    const read = accessTokenReader(dependencies);
    const genuine = read(target.token);
    expect(read(target.token)).toBe(genuine);
    for (const { token } of [...otherSignatures(target), ...otherWritings(target)]) {
      expect(() => read(token)).toThrow();
      expect(() => read(token)).toThrow();
    }
    expect(read(target.token)).toBe(genuine);
    const subject = {
      organisationId: String(target.claims['client_id']),
      customerId: String(target.claims['sub']),
      sessionId: String(target.claims['sid']),
      origin: merchantOrigin,
      sections: 'invoices',
      expiresAtMs: clock.now() + 3_600_000,
    };
    for (let count = 0; count < 10_000; count += 1) {
      read(signAccessToken(dependencies, subject).token);
    }
    expect(read(target.token)).toEqual(genuine);
    expect(read(target.token)).not.toBe(genuine);
  });
});

describe('an access token of a session that ended', () => {
  it('is refused though it was remembered, and a session token is none', async () => {
    const organisation = await server.addOrganisation();
    const portal = await openPortal(server, organisation, await addCustomer(server, organisation.id));
    expect((await portal.get('/profile')).status).toBe(200);
    await portal.post('/session/end');
    expect((await portal.get('/profile')).body).toMatchObject({ code: 'session_ended', reason: 'signed_out' });
    const created = await createSession(server, organisation, {
      customer_id: await addCustomer(server, organisation.id),
    });
    const sessionToken = String(created.body['session_token']);
    expect(asRefused(await call([`Authorization: Bearer ${sessionToken}`]))).toEqual({ status: 401, body: refusal });
  });
});
