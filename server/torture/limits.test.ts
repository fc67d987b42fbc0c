import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { cookieOf, logIn, openConsole, staffPassword } from '../testing/console-session.ts';
import { freePort } from '../testing/command-line.ts';
import { addFigure } from '../testing/figures.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { createSession, openPortal } from '../testing/portal-session.ts';
import { makeSite } from '../testing/server-process.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestServer } from '../testing/test-server.ts';

const limits = { key: 50, session: 20, transfers: 2 };
const failuresAllowed = 60;

let attempts = 0;
afterAll(() => {
  addFigure('guesses of credentials counted', attempts);
});

const start = (environment: Record<string, string> = {}): Promise<TestServer> => startTestServer({ environment });

/** How many calls succeed before the first is refused, and the refusal. */
const untilRefused = async (call: () => Promise<Answer>): Promise<{ passed: number; refusal: Answer }> => {
  for (let passed = 0; ; passed += 1) {
    const answer = await call();
    if (answer.status !== 200) {
      return { passed, refusal: answer };
    }
  }
};

const expectLimited = ({ status, headers, body }: Answer): void => {
  expect([status, body['code'], body['retryable']]).toEqual([429, 'rate_limited', true]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
};

describe('requests', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await start({
      RATE_LIMIT_KEY: String(limits.key),
      RATE_LIMIT_SESSION: String(limits.session),
      TRANSFERS_AT_ONCE: String(limits.transfers),
    });
  });
  afterAll(() => server.close());

  it('of one key are limited, of another are not, and after a while again allowed', async () => {
    const merchant = merchantClient(server, await server.addOrganisation());
    const other = merchantClient(server, await server.addOrganisation());
    const { passed, refusal } = await untilRefused(() => merchant.get('/customers'));
    expect(passed).toBe(limits.key);
    expectLimited(refusal);
    expect((await other.get('/customers')).status).toBe(200);
    expectLimited(await merchant.get('/products'));
    server.clock.advance(Number(refusal.headers.get('retry-after')) * 1000);
    expect((await merchant.get('/products')).status).toBe(200);
  });

  it('that are refused do nothing', async () => {
    const merchant = merchantClient(server, await server.addOrganisation());
    await untilRefused(() => merchant.get('/customers'));
    expectLimited(await merchant.post('/customers', { customer_name: 'Too many' }));
    server.clock.advance(60_000);
    expect((await merchant.get('/customers')).body['results']).toEqual([]);
  });

  it('of one session are limited, renewing among them, in words that the merchant’s page may read', async () => {
    const organisation = await server.addOrganisation();
    const customerId = await addCustomer(server, organisation.id);
    const [one, other] = [
      await openPortal(server, organisation, customerId),
      await openPortal(server, organisation, customerId),
    ];
    const { passed, refusal } = await untilRefused(() => one.get('/invoices'));
    expect(passed).toBe(limits.session);
    expectLimited(refusal);
    expect(refusal.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(refusal.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expectLimited(await one.post('/session/renew'));
    expect((await other.get('/invoices')).status).toBe(200);
  });

  it('of one member of staff are limited', async () => {
    const staff = await openConsole(server, (await server.addOrganisation()).id);
    const { passed, refusal } = await untilRefused(() => staff.get('/me'));
    expect(passed).toBe(limits.session);
    expectLimited(refusal);
  });

  it('of a browser that holds a key fill nobody’s audit', async () => {
    const organisation = await server.addOrganisation();
    const { headers } = merchantClient(server, organisation);
    for (let call = 0; call < limits.key + 10; call += 1) {
      await server.request('GET', '/customers', { headers: { ...headers, origin: 'https://evil.example' } });
    }
    const { count } = await server.db
      .selectFrom('audit_event')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('organisation_id', '=', organisation.id)
      .where('action', '=', 'browser_call.refused')
      .executeTakeFirstOrThrow();
    expect(count).toBe(limits.key);
  });

  it('that go on for long are limited at once, and free again at their end', async () => {
    const merchant = merchantClient(server, await server.addOrganisation());
    const open = () => {
      const sent = request(`${server.address}/customers/bulk`, {
        method: 'PUT',
        agent: false,
        headers: { ...merchant.headers, 'content-type': 'application/x-ndjson' },
      });
      sent.flushHeaders();
      return new Promise<{ status: number; end: () => Promise<void> }>((resolve, reject) => {
        sent.once('error', reject).once('response', (answer) => {
          const ended = new Promise<void>((done) => answer.once('end', done).resume());
          resolve({
            status: answer.statusCode ?? 0,
            end: () => {
              sent.end();
              return ended;
            },
          });
        });
      });
    };
    const streams = [await open(), await open()];
    const third = await open();
    expect([...streams, third].map(({ status }) => status)).toEqual([200, 200, 429]);
    await third.end();
    await streams[0]?.end();
    const next = await open();
    expect(next.status).toBe(200);
    await Promise.all([next.end(), streams[1]?.end()]);
  });
});

describe('failed attempts', () => {
  const guess = (url: string, headers: Record<string, string> = {}): Promise<number> => {
    attempts += 1;
    const credentials = { organisation: crypto.randomUUID(), 'x-api-key': `zsk_${attempts}` };
    return fetch(`${url}/customers`, { headers: { ...credentials, ...headers } }).then(({ status }) => status);
  };

  const guessOften = async (count: number, next: () => Promise<number>): Promise<number[]> => {
    const statuses: number[] = [];
    for (let number = 0; number < count; number += 1) {
      statuses.push(await next());
    }
    return [...new Set(statuses)];
  };

  it('are counted by all processes on a database together, and through kills', async () => {
    const site = await makeSite();
    try {
      const first = await site.start({ PORT: String(await freePort()) });
      const second = await site.start();
      const third = failuresAllowed / 3;
      expect(await guessOften(third, () => guess(first.url))).toEqual([401]);
      expect(await guessOften(third, () => guess(second.url))).toEqual([401]);
      second.signal('SIGKILL');
      await second.ended;
      const restarted = await site.start();
      expect(await guessOften(third, () => guess(restarted.url))).toEqual([401]);
      expect(await guess(restarted.url)).toBe(429);
      expect(await guess(first.url)).toBe(429);
    } finally {
      await site.remove();
    }
  }, 60_000);

  it('at many accounts are counted by address, and at one account as well', async () => {
    const server = await start();
    await openConsole(server, (await server.addOrganisation()).id);
    const attempt = (email: string) => {
      attempts += 1;
      return logIn(server, { email, password: 'a guess of mine' }).then(({ status }) => status);
    };
    expect(await guessOften(10, () => attempt('priya@northwind.example'))).toEqual([401]);
    expect(await attempt('PRIYA@northwind.example ')).toBe(429);
    const right = await logIn(server, { email: 'priya@northwind.example', password: staffPassword });
    expect([right.status, cookieOf(right)]).toEqual([429, '']);
    await server.close();
  });

  const spoofed = (index: number): string => `203.0.113.${index}`;
  let guesses = 0;
  const chain = (tail: string) => () => {
    guesses += 1;
    return `${spoofed(guesses % 250)}${tail}`;
  };

  it.each([
    { trusted: 0, name: 'whatever', forwarded: chain(''), isOne: true },
    { trusted: 0, name: 'whatever', forwarded: chain(', 198.51.100.7'), isOne: true },
    { trusted: 1, name: 'invented before the true one', forwarded: chain(', 198.51.100.7'), isOne: true },
    { trusted: 1, name: 'of other clients', forwarded: chain(''), isOne: false },
    { trusted: 2, name: 'invented before the true one', forwarded: chain(', 198.51.100.7, 10.0.0.1'), isOne: true },
    { trusted: 2, name: 'of other clients', forwarded: chain(', 10.0.0.1'), isOne: false },
    {
      trusted: 1,
      name: 'of one IPv6 network',
      forwarded: () => `2001:db8:1:2::${(guesses += 1).toString(16)}`,
      isOne: true,
    },
    {
      trusted: 1,
      name: 'of other IPv6 networks',
      forwarded: () => `2001:db8:1:${(guesses += 1).toString(16)}::1`,
      isOne: false,
    },
    { trusted: 1, name: 'of no kind', forwarded: () => `garbage-${(guesses += 1)}`, isOne: true },
    { trusted: 1, name: 'with ports', forwarded: () => `198.51.100.7:${1000 + (guesses += 1)}`, isOne: true },
  ])(
    'with $trusted trusted proxies and addresses $name count as one client: $isOne',
    async ({ trusted, forwarded, isOne }) => {
      const server = await start({ TRUST_PROXY: String(trusted) });
      const next = () => guess(server.address, { 'x-forwarded-for': forwarded() });
      expect(await guessOften(failuresAllowed, next)).toEqual([401]);
      expect(await next()).toBe(isOne ? 429 : 401);
      await server.close();
    },
  );
});

describe('forwarded headers', () => {
  const lies = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '81',
    'x-forwarded-server': 'evil.example',
    'x-original-url': '/console',
    'x-rewrite-url': '/console',
    forwarded: 'for=1.2.3.4;host=evil.example;proto=http',
  };

  it.each(['0', '1', '2'])('change no link, cookie, redirect or CORS with %s trusted proxies', async (trusted) => {
    const server = await start({ TRUST_PROXY: trusted });
    const organisation = await server.addOrganisation();
    const customerId = await addCustomer(server, organisation.id);
    await openConsole(server, organisation.id);
    const created = await createSession(server, organisation, { customer_id: customerId }, lies);
    expect(new URL(String(created.body['redirect_url'])).origin).toBe(server.origin);
    const path = new URL(String(created.body['redirect_url'])).pathname;
    const portal = await openPortal(server, organisation, customerId);
    const login = await logIn(
      server,
      { email: 'priya@northwind.example', password: staffPassword },
      { origin: server.origin, ...lies },
    );
    expect(login.headers.get('set-cookie')).toMatch(/^__Host-.*; Secure/);
    for (const [method, address, headers] of [
      ['GET', path, {}],
      ['GET', '/console', {}],
      ['GET', '/', {}],
      ['GET', `/portal/${organisation.id}/invoices`, portal.headers],
      ['OPTIONS', `/portal/${organisation.id}/invoices`, { origin: 'https://evil.example' }],
      ['OPTIONS', `/portal/${organisation.id}/invoices`, { origin: 'https://shop.example' }],
      ['GET', '/nothing', {}],
    ] as const) {
      const plain = await server.request(method, address, { headers });
      const lied = await server.request(method, address, { headers: { ...headers, ...lies } });
      const [told, heard] = [plain, lied].map((answer) => ({
        status: answer.status,
        text: answer.text.replaceAll(answer.headers.get('x-request-id') ?? '', ''),
        headers: [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
      }));
      expect(heard).toEqual(told);
      expect(lied.text).not.toContain('evil.example');
    }
    await server.close();
  });

  it('are warned of once when no proxy is trusted', async () => {
    const site = await makeSite();
    try {
      const server = await site.start({ LOG_LEVEL: 'warn' });
      for (let call = 0; call < 3; call += 1) {
        await fetch(`${server.url}/health/live`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
      }
      server.signal('SIGTERM');
      await server.ended;
      expect(server.log().match(/TRUST_PROXY/g)).toHaveLength(1);
    } finally {
      await site.remove();
    }
  }, 60_000);
});
