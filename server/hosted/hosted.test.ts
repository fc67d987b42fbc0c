import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaff } from '../staff/staff.service.ts';
import { transact } from '../database/transaction.ts';
import { createStaffSession } from '../sessions/create-session.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { createSession } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let customerId: string;
let otherCustomerId: string;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation("Miller's <Cloud>");
  customerId = await addCustomer(server, organisation.id, { customer_name: '</script><b>Ann' });
  otherCustomerId = await addCustomer(server, organisation.id, { customer_name: 'Bob' });
});
afterAll(() => server.close());

const link = async (customer = customerId): Promise<{ token: string; path: string; sessionId: string }> => {
  const { body } = await createSession(server, organisation, { customer_id: customer });
  const token = String(body['session_token']);
  const url = new URL(String(body['redirect_url']));
  return { token, path: `${url.pathname}${url.search}`, sessionId: String(body['session_id']) };
};

const visit = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  server.request('GET', path, { headers: { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none', ...headers } });

const pageOf = (answer: Answer): { visit: Record<string, unknown>; address: string } => {
  const json = /<script type="application\/json" id="page">(.*?)<\/script>/.exec(answer.text)?.[1] ?? '{}';
  return JSON.parse(json) as { visit: Record<string, unknown>; address: string };
};

const redeemHosted = (token: string, { cookie = '', replace = false, origin = server.origin } = {}): Promise<Answer> =>
  server.request('POST', '/session/redeem', {
    headers: { origin, ...(cookie === '' ? {} : { cookie }) },
    body: { session_token: token, redeem_nonce: 'nonce-of-the-hosted-page', replace },
  });

const cookieOf = (answer: Answer): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

describe('GET /session/{token}', () => {
  it('uses nothing up, however often and by whatever method it is opened', async () => {
    const { token, path } = await link();
    for (const method of ['GET', 'HEAD', 'GET']) {
      expect((await server.request(method, path, {})).status).toBe(200);
    }
    expect((await redeemHosted(token)).status).toBe(200);
  });

  it.each([
    ['de-AT', 'ja', '<html lang="de-AT" dir="ltr">'],
    ['ar', 'en', '<html lang="ar" dir="rtl">'],
    ['zh-TW', 'xx, fr-CA;q=0.9, en;q=0.5', '<html lang="fr" dir="ltr">'],
    [undefined, 'ar-EG', '<html lang="ar" dir="rtl">'],
    [undefined, '"><script>', '<html lang="en" dir="ltr">'],
  ])('is in the language of the session (%s), else of the browser (%s)', async (locale, accepted, start) => {
    const { body } = await createSession(server, organisation, { customer_id: customerId, locale });
    const answer = await visit(new URL(String(body['redirect_url'])).pathname, { 'accept-language': accepted });
    expect(answer.text).toContain(start);
  });

  it('hides the token, names the customer without letting the name out of its place, and is framed by the merchant only', async () => {
    const { path, sessionId } = await link();
    const answer = await visit(path);
    expect(answer.text).toContain(`data-address="/session/${organisation.id}_${sessionId}"`);
    expect(answer.text).not.toContain('</script><b>');
    expect(answer.text).toContain('<title>Miller&#39;s &lt;Cloud&gt;</title>');
    expect(pageOf(answer).visit).toMatchObject({ kind: 'redeem', isExpected: false, customerName: '</script><b>Ann' });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`frame-ancestors ${merchantOrigin};`);
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-frame-options')).toBeNull();
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site', referer: 'https://shop.example/' }, true],
    [{ 'sec-fetch-site': 'same-origin', referer: 'https://billing.example/console' }, true],
    [{ 'sec-fetch-site': 'cross-site', referer: 'https://shop.example.evil.example/' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none', referer: 'https://shop.example/' }, false],
    [{ 'sec-fetch-site': 'cross-site', referer: 'https://shop.example/', purpose: 'prefetch' }, false],
    [{ referer: 'https://mail.example/' }, false],
  ])('expects the visit of %j: %s', async (headers, isExpected) => {
    const { path } = await link();
    expect(pageOf(await visit(path, headers)).visit['isExpected']).toBe(isExpected);
  });

  it('says, loaded again before the link was used, that the link is needed', async () => {
    const { token, path } = await link();
    const { address } = pageOf(await visit(path));
    expect(pageOf(await visit(address)).visit).toEqual({ kind: 'unopened' });
    await redeemHosted(token);
    expect(pageOf(await visit(address)).visit['kind']).toBe('resume');
  });

  it('sets no opener policy in a frame, where it would be of no use', async () => {
    const { path } = await link();
    const answer = await visit(path, { 'sec-fetch-dest': 'iframe' });
    expect(answer.headers.get('cross-origin-opener-policy')).toBeNull();
  });

  it('says where to return to when its link was used, and nothing when it never was one', async () => {
    const { token, path } = await link();
    await redeemHosted(token);
    expect(pageOf(await visit(path)).visit).toEqual({ kind: 'unusable', returnUrl: 'https://shop.example/account' });
    const guessed = `${token.slice(0, -4)}AAAA`;
    expect(pageOf(await visit(`/session/${guessed}`)).visit).toEqual({ kind: 'unusable', returnUrl: null });
    for (const text of ['x', `${customerId}_${customerId}`, '%00', '..%2f..']) {
      const answer = await visit(`/session/${text}`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });
});

describe('POST /session/redeem', () => {
  it('sets one cookie that no script can read, and a reload comes back by it', async () => {
    const { token, path, sessionId } = await link();
    const redeemed = await redeemHosted(token);
    expect(redeemed.headers.get('set-cookie')).toMatch(
      /^__Host-zenskar_portal=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const cookie = cookieOf(redeemed);
    const resumed = await server.request('POST', '/session/resume', {
      headers: { origin: server.origin, cookie },
      body: { session_id: sessionId },
    });
    expect([resumed.status, resumed.body['session']]).toEqual([200, redeemed.body['session']]);
    expect(pageOf(await visit(path, { cookie })).visit).toEqual({
      kind: 'resume',
      sessionId,
      returnUrl: 'https://shop.example/account',
    });
    const address = pageOf(await visit(path)).address;
    expect(pageOf(await visit(address)).visit).toEqual({ kind: 'resume', sessionId, returnUrl: null });
  });

  it("asks before it replaces another customer's live session, and then ends that one", async () => {
    const ann = await link();
    const cookie = cookieOf(await redeemHosted(ann.token));
    const bob = await link(otherCustomerId);
    expect(pageOf(await visit(bob.path, { cookie })).visit['replaces']).toBe('</script><b>Ann');
    const asked = await redeemHosted(bob.token, { cookie });
    expect([asked.status, asked.body['code']]).toEqual([409, 'session_conflict']);
    expect(asked.headers.get('set-cookie')).toBeNull();
    const replaced = await redeemHosted(bob.token, { cookie, replace: true });
    expect(replaced.status).toBe(200);
    const old = await server.request('POST', '/session/resume', {
      headers: { origin: server.origin, cookie },
      body: {},
    });
    expect([old.status, old.body['reason']]).toEqual([401, 'replaced']);
    const mixedUp = await server.request('POST', '/session/resume', {
      headers: { origin: server.origin, cookie: cookieOf(replaced) },
      body: { session_id: ann.sessionId },
    });
    expect([mixedUp.status, mixedUp.body['reason']]).toEqual([401, 'replaced']);
  });

  it("is for the hosted page alone: a merchant's page cannot set our cookie", async () => {
    const { token } = await link();
    const answer = await redeemHosted(token, { origin: merchantOrigin });
    expect([answer.status, answer.body['code']]).toEqual([403, 'origin_not_allowed']);
    expect((await redeemHosted(token)).status).toBe(200);
  });

  it('refuses a used link, and a resume without cookie', async () => {
    const { token } = await link();
    await redeemHosted(token);
    const again = await server.request('POST', '/session/redeem', {
      headers: { origin: server.origin },
      body: { session_token: token, redeem_nonce: 'nonce-of-another-browser' },
    });
    expect([again.status, again.body['code']]).toEqual([401, 'session_token_invalid']);
    const resumed = await server.request('POST', '/session/resume', { headers: { origin: server.origin }, body: {} });
    expect([resumed.status, resumed.body['code']]).toEqual([401, 'session_ended']);
  });

  it('opens a read-only staff view that says who is looking, is audited, and gives way without asking', async () => {
    const scope = { organisationId: organisation.id, customerId };
    const staffId = await transact(server.db, (trx) =>
      createStaff(trx, server.clock, scope, { name: 'Sam Staff', email: 'Sam@shop.example', passwordHash: 'scrypt$' }),
    );
    const { redirect_url: url } = await createStaffSession(server.dependencies, scope, {
      staff: { id: staffId, name: 'Sam Staff' },
      purpose: 'view',
      requestId: 'r',
      requireStaff: () => Promise.resolve(),
    });
    const token = new URL(url).pathname.slice('/session/'.length);
    server.clock.advance(1);
    const opened = await redeemHosted(token);
    expect(opened.body['session']).toMatchObject({ read_only: true, staff_view: { name: 'Sam Staff' } });
    const events = await server.db
      .selectFrom('audit_event')
      .select(['action', 'actor_name'])
      .where('actor_id', '=', staffId)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    expect(events).toEqual([
      { action: 'portal.viewed_by_staff', actor_name: 'Sam Staff' },
      { action: 'session.opened', actor_name: 'Sam Staff' },
    ]);
    const bob = await link(otherCustomerId);
    expect((await redeemHosted(bob.token, { cookie: cookieOf(opened) })).status).toBe(200);
  });
});

describe('GET /', () => {
  it('tells a customer where to come from, and may not be framed', async () => {
    const answer = await visit('/');
    expect([answer.status, pageOf(answer).visit]).toEqual([200, { kind: 'none' }]);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('GET /frame/{organisation}', () => {
  it('is framed by the organisation only, and knows no customer, not even one with a cookie', async () => {
    const { token } = await link();
    const cookie = cookieOf(await redeemHosted(token));
    const answer = await visit(`/frame/${organisation.id}`, { 'sec-fetch-dest': 'iframe', cookie });
    expect([answer.status, pageOf(answer)]).toMatchObject([
      200,
      {
        visit: { kind: 'frame' },
        organisation: { id: organisation.id, name: "Miller's <Cloud>" },
        allowedOrigins: [merchantOrigin],
        address: `/frame/${organisation.id}`,
      },
    ]);
    expect(answer.text).not.toContain('Ann');
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${merchantOrigin};`);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'nobody', '%00'])('is for no frame when it is of %s', async (id) => {
    const answer = await visit(`/frame/${id}`, { 'sec-fetch-dest': 'iframe' });
    expect([answer.status, pageOf(answer).visit]).toEqual([404, { kind: 'unusable', returnUrl: null }]);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
