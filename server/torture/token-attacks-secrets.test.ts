import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newApiKey } from '../api-keys/api-key.ts';
import { createApiKey, revokeApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { cookieOf, openConsole } from '../testing/console-session.ts';
import { addFigure } from '../testing/figures.ts';
import { createSession, redeem } from '../testing/portal-session.ts';
import { rawRequest } from '../testing/raw-request.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { alterations, lookAlikes } from './token-attacks-credential.ts';
import type { Altered } from './token-attacks-credential.ts';

interface Outcome {
  status: number;
  body: Record<string, unknown>;
}

/** Hundreds of requests, one after the other. */
const patience = { timeout: 60_000 };

let server: TestServer;
let mine: TestOrganisation;
let theirs: TestOrganisation;
let customerId: string;
let tried = 0;
let accepted = 0;

beforeAll(async () => {
  server = await startTestServer({ environment: { TRUST_PROXY: '1' } });
  [mine, theirs] = [await server.addOrganisation(), await server.addOrganisation('Theirs')];
  customerId = await addCustomer(server, mine.id);
});
afterAll(async () => {
  await server.close();
  addFigure('attacks on links, keys and cookies tried', tried);
  addFigure('attacks on links, keys and cookies accepted', accepted);
});

/** Each attempt comes from an address of its own: it is the verifier that is tried, not the rate limit. */
const forwardedFor = (): string => `10.${tried >> 16}.${(tried >> 8) & 255}.${tried & 255}`;

/** Those that were not answered with the one refusal; its request id is the only thing that may differ. */
const unrefused = async <Attack>(
  attacks: readonly (readonly [string, Attack])[],
  attempt: (attack: Attack) => Promise<Outcome>,
  refusal: { status: number; body: Record<string, unknown> },
): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (const [name, attack] of attacks) {
    tried += 1;
    const { status, body } = await attempt(attack);
    accepted += status < 300 ? 1 : 0;
    const { request_id: requestId, ...rest } = body;
    if (
      status !== refusal.status ||
      typeof requestId !== 'string' ||
      JSON.stringify(rest) !== JSON.stringify(refusal.body)
    ) {
      found.push({ name, status, ...rest });
    }
  }
  return found;
};

const linkRefused = {
  status: 401,
  body: {
    code: 'session_token_invalid',
    message: 'The link is unknown, was already used or has expired',
    retryable: false,
  },
};

describe.each(['a page', 'our own page'])('a link in %s', (place) => {
  const post = (sessionToken: unknown): Promise<Outcome> =>
    place === 'a page'
      ? server.request('POST', `/portal/${mine.id}/session/redeem`, {
          headers: { origin: merchantOrigin, 'x-forwarded-for': forwardedFor() },
          body: { session_token: sessionToken, redeem_nonce: 'nonce-of-one-redemption' },
        })
      : server.request('POST', '/session/redeem', {
          headers: { origin: server.origin, 'x-forwarded-for': forwardedFor() },
          body: { session_token: sessionToken, redeem_nonce: 'nonce-of-one-redemption' },
        });

  it('is taken in one writing only, and none of the others uses it up or ends it', patience, async () => {
    const created = await createSession(server, mine, { customer_id: customerId });
    const token = String(created.body['session_token']);
    const secret = token.slice(74);
    const neighbourId = await addCustomer(server, mine.id);
    const strangerId = await addCustomer(server, theirs.id);
    const rearranged: Altered[] = [
      ['capital ids', `${token.slice(0, 73).toUpperCase()}_${secret}`],
      ["a neighbour's id", `${mine.id}_${neighbourId}_${secret}`],
      ["a stranger's id", `${mine.id}_${strangerId}_${secret}`],
      ['another organisation', `${theirs.id}_${customerId}_${secret}`],
      ['another organisation and its customer', `${theirs.id}_${strangerId}_${secret}`],
      ['ids swapped', `${customerId}_${mine.id}_${secret}`],
      ['no such ids', `${crypto.randomUUID()}_${crypto.randomUUID()}_${secret}`],
      ['the nil id', `00000000-0000-0000-0000-000000000000_${customerId}_${secret}`],
      ['no customer', `${mine.id}__${secret}`],
      ['three ids', `${mine.id}_${customerId}_${customerId}_${secret}`],
      ['dashes between', `${mine.id}-${customerId}-${secret}`],
      ['dots between', `${mine.id}.${customerId}.${secret}`],
      ['ids in braces', `{${mine.id}}_{${customerId}}_${secret}`],
      ['ids without dashes', `${mine.id.replaceAll('-', '')}_${customerId.replaceAll('-', '')}_${secret}`],
      ['the secret alone', secret],
      ['a secret of underscores', `${mine.id}_${customerId}_${'_'.repeat(43)}`],
      ['its address', String(created.body['redirect_url'])],
      ['its path', `/session/${token}`],
      ['its stored hash', createHash('sha256').update(token).digest('hex')],
      ['a hash in its place', `${mine.id}_${customerId}_${createHash('sha256').update(secret).digest('base64url')}`],
      ['the session id', String(created.body['session_id'])],
      ['500 characters', token.padEnd(500, 'A')],
    ];
    const attacks = [...alterations(token), ...lookAlikes(token), ...rearranged].filter(
      ([, text]) => text !== '' && text.length <= 500,
    );
    expect(attacks.length).toBeGreaterThan(300);
    expect(await unrefused(attacks, post, linkRefused)).toEqual([]);
    const shapes = [null, 1, true, [], [token], {}, { session_token: token }, '', token.padEnd(501, 'A')];
    for (const shape of shapes) {
      tried += 1;
      expect((await post(shape)).status).toBe(422);
    }
    expect((await post(token)).status).toBe(200);
  });
});

describe('an API key', () => {
  const path = '/customer_portal/configuration';
  const refusal = {
    status: 401,
    body: {
      code: 'api_key_invalid',
      message: 'The headers organisation and X-API-KEY do not name a valid API key',
      retryable: false,
    },
  };
  const send = (lines: readonly string[]): Promise<Outcome> =>
    rawRequest(server.address, `GET ${path}`, [`X-Forwarded-For: ${forwardedFor()}`, ...lines]);

  const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const withChecksum = (secret: string): string => {
    let rest = crc32(secret);
    let text = '';
    for (let position = 0; position < 6; position += 1) {
      text = `${base62.charAt(rest % 62)}${text}`;
      rest = Math.floor(rest / 62);
    }
    return `zsk_${secret}${text}`;
  };

  it('is taken in one writing only, from the organisation whose it is', patience, async () => {
    const key = mine.apiKey;
    const revoked = await transact(server.db, async (trx) => {
      const made = await createApiKey(trx, server.clock, { organisationId: mine.id }, { name: 'Old' });
      await revokeApiKey(trx, server.clock, { organisationId: mine.id }, made.id);
      return made.key;
    });
    const secret = key.slice(4, 47);
    expect(withChecksum(secret)).toBe(key);
    const near = [...secret].map(
      (letter, at) => `${secret.slice(0, at)}${letter === 'a' ? 'b' : 'a'}${secret.slice(at + 1)}`,
    );
    const bytes = (text: string): string => Buffer.from(text).toString('latin1');
    const keys: Altered[] = [
      ...alterations(key).filter(([, text]) => text !== ''),
      ...near.map((text): Altered => ['one character changed, with its checksum', withChecksum(text)]),
      ['made up', newApiKey()],
      ['revoked', revoked],
      ["another organisation's", theirs.apiKey],
      ['without prefix', key.slice(4)],
      ['prefix in capitals', `ZSK_${key.slice(4)}`],
      ['prefix with a dash', `zsk-${key.slice(4)}`],
      ['another prefix', `sk_live_${key.slice(4)}`],
      ['as a bearer', `Bearer ${key}`],
      ['its stored hash', createHash('sha256').update(key).digest('hex')],
      ['what is shown of it', bytes(`${key.slice(0, 8)}…${key.slice(-4)}`)],
      ['a full-width letter', bytes(key.replace('z', 'ｚ'))],
      ['a zero-width space', bytes(`${key.slice(0, 20)}\u200b${key.slice(20)}`)],
      ['a no-break space', `${key.slice(0, 20)}\u00a0${key.slice(20)}`],
      ['a BOM before it', bytes(`\ufeff${key}`)],
      ['a space within', `${key.slice(0, 20)} ${key.slice(20)}`],
      ['a tab within', `${key.slice(0, 20)}\t${key.slice(20)}`],
      ['10,000 characters', key.padEnd(10_000, 'A')],
    ];
    const organisations: Altered[] = [
      ['none', ''],
      ["somebody else's", theirs.id],
      ['none such', crypto.randomUUID()],
      ['cut off', mine.id.slice(0, -1)],
      ['in braces', `{${mine.id}}`],
      ['as a URN', `urn:uuid:${mine.id}`],
      ['without dashes', mine.id.replaceAll('-', '')],
      ['a wildcard', '%'],
      ['as SQL', `${mine.id}' or 1=1 --`],
      ['two', `${mine.id}, ${mine.id}`],
      ['__proto__', '__proto__'],
    ];
    const good = [`organisation: ${mine.id}`, `X-API-KEY: ${key}`];
    const headers: [string, string[]][] = [
      ...keys.map(([name, text]): [string, string[]] => [
        `key ${name}`,
        [`organisation: ${mine.id}`, `X-API-KEY: ${text}`],
      ]),
      ...organisations.map(([name, text]): [string, string[]] => [
        `organisation ${name}`,
        [`organisation: ${text}`, `X-API-KEY: ${key}`],
      ]),
      ['no headers', []],
      ['no key', [`organisation: ${mine.id}`]],
      ['an empty key', [`organisation: ${mine.id}`, 'X-API-KEY:']],
      ['no organisation', [`X-API-KEY: ${key}`]],
      ['the key twice', [...good, `X-API-KEY: ${key}`]],
      ['another key behind it', [...good, `X-API-KEY: ${newApiKey()}`]],
      ['the organisation twice', [...good, `organisation: ${mine.id}`]],
      ['another organisation behind it', [...good, `organisation: ${theirs.id}`]],
      ['in Authorization', [`organisation: ${mine.id}`, `Authorization: Bearer ${key}`]],
      ['in Basic', [`organisation: ${mine.id}`, `Authorization: Basic ${Buffer.from(`${key}:`).toString('base64')}`]],
      ['in a cookie', [`organisation: ${mine.id}`, `Cookie: X-API-KEY=${key}`]],
      ['in another header', [`organisation: ${mine.id}`, `API-KEY: ${key}`, `X_API_KEY: ${key}`]],
    ];
    expect(headers.length).toBeGreaterThan(180);
    expect((await send(good)).status).toBe(200);
    expect(await unrefused(headers, send, refusal)).toEqual([]);
    expect((await send(good)).status).toBe(200);
  });
});

const cookieCase = (name: string, value: string, foreign: Altered[]): Altered[] => [
  ...alterations(value).map(([what, text]): Altered => [what, `${name}=${text}`]),
  ...foreign.map(([what, text]): Altered => [what, `${name}=${text}`]),
  ['good twice', `${name}=${value}; ${name}=${value}`],
  ['good before bad', `${name}=${value}; ${name}=x`],
  ['bad before good', `${name}=x; ${name}=${value}`],
  ['empty before good', `${name}=; ${name}=${value}`],
  ['a no-break space before its name', `\u00a0${name}=${value}`],
  ['a next-line character before its name', `\u0085${name}=${value}`],
  ['another character before its name', `x${name}=${value}`],
  ['behind a no-break space', `a=b; \u00a0${name}=${value}`],
  ['a space in its name', `${name} =${value}`],
  ['a space before its value', `${name}= ${value}`],
  ['its name in small letters', `${name.toLowerCase()}=${value}`],
  ['its name in capitals', `${name.toUpperCase()}=${value}`],
  ['its name without prefix', `${name.slice('__Host-'.length)}=${value}`],
  ['a secure name', `${name.replace('__Host-', '__Secure-')}=${value}`],
  ['its name in quotes', `"${name}"=${value}`],
  ['its name percent-encoded', `%5f${name.slice(1)}=${value}`],
  ['behind a comma', `a=b, ${name}=${value}`],
  ['in an old form', `$Version=1, ${name}=${value}`],
  ['within another value', `a="b; ${name}=${value}"`],
  ['without a name', `=${name}=${value}`],
  ['with a colon', `${name}:${value}`],
  ['an equals sign more', `${name}==${value}`],
];

describe('a cookie', () => {
  it("of the hosted page is taken in one writing, and nobody else's is", async () => {
    const openConsoleCookie =
      (await openConsole(server, mine.id, { email: 'priya@cookies.example' })).headers['cookie'] ?? '';
    const created = await createSession(server, mine, { customer_id: customerId });
    const opened = await server.request('POST', '/session/redeem', {
      headers: { origin: server.origin },
      body: { session_token: created.body['session_token'], redeem_nonce: 'nonce-of-the-hosted-page' },
    });
    const [name = '', value = ''] = cookieOf(opened).split('=');
    const resume = (cookie: string): Promise<Outcome> =>
      rawRequest(
        server.address,
        'POST /session/resume',
        [`Origin: ${server.origin}`, 'Content-Type: application/json', 'Content-Length: 2', `Cookie: ${cookie}`],
        '{}',
      );
    const attacks = cookieCase(name, value, [
      ["the console's", openConsoleCookie.split('=')[1] ?? ''],
      ['the access token', String(opened.body['access_token'])],
      ['the session id', String(created.body['session_id'])],
      ['the link', String(created.body['session_token'])],
      ['its stored hash', createHash('sha256').update(value).digest('hex')],
    ]);
    expect((await resume(`a=b; ${name}=${value}; c=d`)).status).toBe(200);
    expect(attacks.length).toBeGreaterThan(120);
    const body = {
      code: 'session_ended',
      message: 'The session has ended; open the portal again',
      retryable: false,
      reason: 'unknown',
    };
    expect(await unrefused(attacks, resume, { status: 401, body })).toEqual([]);
    expect((await resume(`${name}=${value}`)).status).toBe(200);
  });

  it("of the console is taken in one writing, and nobody else's is", async () => {
    const staff = await openConsole(server, mine.id, { email: 'sam@cookies.example' });
    const [name = '', value = ''] = (staff.headers['cookie'] ?? '').split('=');
    const me = (cookie: string): Promise<Outcome> =>
      rawRequest(server.address, 'GET /console/api/me', [`Cookie: ${cookie}`]);
    const created = await createSession(server, mine, { customer_id: customerId });
    const opened = await redeem(server, mine.id, String(created.body['session_token']));
    const attacks = cookieCase(name, value, [
      ['an access token', String(opened.body['access_token'])],
      ['an API key', mine.apiKey],
      ['the id of a member', staff.staffId],
      ['its stored hash', createHash('sha256').update(value).digest('hex')],
    ]);
    expect((await me(`${name}=${value}`)).status).toBe(200);
    const body = { code: 'staff_login_required', message: 'Log in to the console', retryable: false };
    expect(await unrefused(attacks, me, { status: 401, body })).toEqual([]);
    expect((await me(`${name}=${value}`)).status).toBe(200);
  });
});
