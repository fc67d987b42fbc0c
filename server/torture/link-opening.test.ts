import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { cookieOf } from '../testing/console-session.ts';
import { createSession } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let customerId: string;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  customerId = await addCustomer(server, organisation.id);
});
afterAll(() => server.close());

interface Link {
  token: string;
  path: string;
}

const newLink = async (): Promise<Link> => {
  const { body } = await createSession(server, organisation, { customer_id: customerId });
  const { pathname, search } = new URL(String(body['redirect_url']));
  return { token: String(body['session_token']), path: `${pathname}${search}` };
};

const redeem = ({ token }: Link, nonce = 'nonce-of-the-hosted-page'): Promise<Answer> =>
  server.request('POST', '/session/redeem', {
    headers: { origin: server.origin },
    body: { session_token: token, redeem_nonce: nonce },
  });

/** All that opening a link could change. */
const state = async (): Promise<unknown> => ({
  sessions: await server.db.selectFrom('portal_session').selectAll().execute(),
  tokens: await server.db.selectFrom('session_token').selectAll().execute(),
  audit: await server.db.selectFrom('audit_event').select('id').execute(),
});

const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' };
const fromMerchant = { ...navigation, 'sec-fetch-site': 'cross-site', referer: `${merchantOrigin}/` };

const programs = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/11.1 Safari/605.1.15 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Slack-ImgProxy (+https://api.slack.com/robots)',
  'WhatsApp/2.23.20.0',
  'TelegramBot (like TwitterBot)',
  'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'SkypeUriPreview Preview/0.5',
  'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17029; Pro)',
  'BarracudaCentral.org (link protect)',
  'Mimecast Targeted Threat Protection',
  'Proofpoint URL Defense',
  'GoogleImageProxy',
  'Googlebot/2.1 (+http://www.google.com/bot.html)',
  'curl/8.5.0',
  'python-requests/2.32',
  '',
];

const openings: [string, string, Record<string, string>][] = [
  ['GET by nobody in particular', 'GET', {}],
  ['GET from a mail', 'GET', navigation],
  ["GET from the merchant's page", 'GET', fromMerchant],
  ['GET with a cookie of nobody', 'GET', { ...navigation, cookie: '__Host-zenskar_portal=x' }],
  ['HEAD', 'HEAD', {}],
  ["HEAD from the merchant's page", 'HEAD', fromMerchant],
  ['OPTIONS', 'OPTIONS', { origin: merchantOrigin, 'access-control-request-method': 'POST' }],
  ['POST', 'POST', { origin: merchantOrigin }],
  ['PUT', 'PUT', {}],
  ['DELETE', 'DELETE', {}],
  ['prefetch', 'GET', { ...fromMerchant, 'sec-purpose': 'prefetch' }],
  ['prefetch through a proxy', 'GET', { ...fromMerchant, 'sec-purpose': 'prefetch;anonymous-client-ip' }],
  ['prerender', 'GET', { ...fromMerchant, 'sec-purpose': 'prefetch;prerender' }],
  ['prefetch as older browsers say it', 'GET', { ...fromMerchant, purpose: 'prefetch' }],
  ['preview', 'GET', { ...fromMerchant, 'x-purpose': 'preview' }],
  ['prefetch by Firefox', 'GET', { ...fromMerchant, 'x-moz': 'prefetch' }],
  ['an image', 'GET', { ...fromMerchant, 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' }],
  ['a script', 'GET', { ...fromMerchant, 'sec-fetch-dest': 'script', 'sec-fetch-mode': 'no-cors' }],
  ['a fetch', 'GET', { ...fromMerchant, 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', origin: merchantOrigin }],
  ['a frame', 'GET', { ...fromMerchant, 'sec-fetch-dest': 'iframe' }],
  ['part of it', 'GET', { range: 'bytes=0-10' }],
  ...programs.map((program): [string, string, Record<string, string>] => [
    `GET by "${program}"`,
    'GET',
    { 'user-agent': program },
  ]),
];

const visitOf = (answer: Answer): Record<string, unknown> => {
  const json = /<script type="application\/json" id="page">(.*?)<\/script>/.exec(answer.text)?.[1] ?? '{}';
  return (JSON.parse(json) as { visit: Record<string, unknown> }).visit;
};

describe('opening a link', () => {
  it.each(openings)('changes nothing by %s, and the customer still comes in', async (_, method, headers) => {
    const link = await newLink();
    const before = await state();
    for (const _time of [1, 2]) {
      const answer = await server.request(method, link.path, { headers });
      expect(answer.status).toBeLessThan(600);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect(await state()).toEqual(before);
    expect((await redeem(link)).status).toBe(200);
  });

  it('is looked at by nobody else when a browser loads ahead, so that the click is what counts', async () => {
    const { path } = await newLink();
    for (const purpose of ['prefetch', 'prefetch;prerender', 'prefetch;anonymous-client-ip']) {
      const ahead = await server.request('GET', path, { headers: { ...fromMerchant, 'sec-purpose': purpose } });
      expect([ahead.status, ahead.text, ahead.headers.get('cache-control')]).toEqual([503, '', 'no-store']);
    }
    const clicked = await server.request('GET', path, { headers: fromMerchant });
    expect(visitOf(clicked)).toMatchObject({ kind: 'redeem', isExpected: true });
  });

  it.each([
    ['GET', '/session/redeem'],
    ['HEAD', '/session/redeem'],
    ['GET', '/session/resume'],
  ])('%s %s is no way to redeem', async (method, path) => {
    const link = await newLink();
    const before = await state();
    await server.request(method, `${path}?session_token=${link.token}&redeem_nonce=nonce-of-one-redemption`, {
      headers: { origin: server.origin },
    });
    expect(await state()).toEqual(before);
    expect((await redeem(link)).status).toBe(200);
  });

  it('of a session that is open leaves it open, for the browser that has it too', async () => {
    const link = await newLink();
    const cookie = cookieOf(await redeem(link));
    const before = await state();
    for (const [, method, headers] of openings) {
      await server.request(method, link.path, { headers });
      await server.request(method, link.path, { headers: { ...headers, cookie } });
    }
    expect(await state()).toEqual(before);
    const resumed = await server.request('POST', '/session/resume', {
      headers: { origin: server.origin, cookie },
      body: {},
    });
    expect(resumed.status).toBe(200);
  });
});
