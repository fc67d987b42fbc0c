import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { openConsole, staffPassword } from '../testing/console-session.ts';
import { addFigure } from '../testing/figures.ts';
import { createSession, openPortal } from '../testing/portal-session.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

const anyEtag = '<etag>';

/** What says when, how long and by which connection. */
const incidental = ['connection', 'content-length', 'date', 'keep-alive', 'last-modified', 'transfer-encoding'];

const everywhere = {
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-request-id': '<id>',
};
const nothingRuns = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
const inert = { ...everywhere, ...nothingRuns };
const json = { 'content-type': 'application/json; charset=utf-8' };
const unkept = { 'cache-control': 'no-store' };
const revalidated = { 'cache-control': 'no-cache' };
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
const forFiveMinutes = { 'cache-control': 'public, max-age=300' };
const sameOrigin = { 'cross-origin-resource-policy': 'same-origin' };
const crossOrigin = { 'cross-origin-resource-policy': 'cross-origin' };
const ownWindow = { 'cross-origin-opener-policy': 'same-origin' };
const html = {
  ...everywhere,
  ...sameOrigin,
  'content-type': 'text/html; charset=utf-8',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const data = { ...inert, ...sameOrigin, ...unkept, ...json };

const bundled = { ...inert, 'accept-ranges': 'bytes', etag: anyEtag, vary: 'Accept-Encoding' };
const script = { ...bundled, 'content-type': 'text/javascript; charset=utf-8' };
const brotli = { 'content-encoding': 'br' };
const forAll = { ...crossOrigin, 'access-control-allow-origin': '*' };
const widgetScript = { ...script, ...forAll, sourcemap: 'zenskar-portal.js.map' };

const readable = {
  ...crossOrigin,
  'access-control-allow-origin': merchantOrigin,
  'access-control-expose-headers': 'Content-Disposition, ETag, Retry-After, X-Request-Id',
  vary: 'Origin',
};
const unreadable = { ...sameOrigin, vary: 'Origin' };
const customerData = { ...data, ...readable };
const file = { ...customerData, 'content-security-policy': 'sandbox' };

const consolePage = {
  ...html,
  ...ownWindow,
  ...revalidated,
  'referrer-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'",
};

const hidingScript = 'sha256-obuaqSb1vq0ILl8C1t0LDmY3gr3ffKuchnoUXAKxfx8=';
const hostedPage = (ancestors: string) => ({
  ...html,
  ...unkept,
  'content-security-policy': `default-src 'none'; script-src 'self' '${hidingScript}'; style-src 'self'; img-src data:; connect-src 'self'; frame-ancestors ${ancestors}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`,
});

const docsPage = {
  ...html,
  ...ownWindow,
  ...forFiveMinutes,
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
  'content-encoding': 'gzip',
  etag: anyEtag,
  vary: 'Accept-Encoding',
};

let server: TestServer;
let headersSeen = 0;

/** What the tables name by a word in braces. */
const places: Record<string, string> = {};
const callers: Record<string, OutgoingHttpHeaders> = { nobody: {} };

beforeAll(async () => {
  server = await startTestServer();
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id);
  const portal = await openPortal(server, organisation, customerId);
  const staff = await openConsole(server, organisation.id);
  const link = await createSession(server, organisation, { customer_id: customerId });
  const read = async (path: string): Promise<string> => (await server.request('GET', path)).text;
  const entry = await read('/widget/v1/zenskar-portal.js');
  const published = JSON.parse(await read('/widget/integrity.json')) as { scripts: { path: string }[] };
  Object.assign(places, {
    portal: `/portal/${organisation.id}`,
    customer: customerId,
    session: new URL(String(link.body['redirect_url'])).pathname,
    frame: `/frame/${organisation.id}`,
    chunk: `/widget/v1/chunks/${/chunks\/([\w-]+\.js)/.exec(entry)?.[1] ?? ''}`,
    pinned: published.scripts.find(({ path }) => path.endsWith('/zenskar-portal.js'))?.path ?? '',
  });
  Object.assign(callers, {
    customer: portal.headers,
    'a known page': { origin: merchantOrigin },
    'an unknown page': { origin: 'https://elsewhere.example' },
    'another page with the token': { ...portal.headers, origin: 'https://elsewhere.example' },
    merchant: { organisation: organisation.id, 'x-api-key': organisation.apiKey },
    staff: staff.headers,
    'our own page': { origin: server.origin },
    'a window': { 'sec-fetch-dest': 'document' },
    'a frame': { 'sec-fetch-dest': 'iframe' },
  });
});

afterAll(async () => {
  addFigure('headers compared with what they should be', headersSeen);
  await server.close();
});

const presentable = (headers: OutgoingHttpHeaders): Record<string, unknown> => {
  const kept = Object.entries(headers).filter(([name]) => !incidental.includes(name));
  headersSeen += kept.length;
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (name === 'x-request-id') return [name, /^[\da-f-]{36}$/.test(String(value)) ? '<id>' : value];
      if (name === 'etag') return [name, anyEtag];
      if (name === 'set-cookie') return [name, String(value).replace(/=[\w-]{20,}/, '=<secret>')];
      return [name, value];
    }),
  );
};

const ask = async (
  line: string,
  caller: string,
  { body, headers = {} }: { body?: unknown; headers?: OutgoingHttpHeaders } = {},
): Promise<[number | undefined, Record<string, unknown>]> => {
  const [method = '', path = ''] = line.replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? '').split(' ');
  const content = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const asked = request(`${server.address}${path}`, {
    method,
    headers: {
      'accept-encoding': 'br, gzip',
      ...(content === '' ? {} : { 'content-type': 'application/json', 'content-length': content.length }),
      ...callers[caller],
      ...headers,
    },
  }).end(content);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  await text(answer);
  return [answer.statusCode, presentable(answer.headers)];
};

type Row = [line: string, caller: string, status: number, headers: Record<string, string>];

const families: Record<string, Row[]> = {
  'the widget, for every page': [
    ['GET /widget/v1/zenskar-portal.js', 'a known page', 200, { ...widgetScript, ...brotli, ...revalidated }],
    ['GET {chunk}', 'nobody', 200, { ...script, ...forAll, ...brotli, ...forEver, sourcemap: '<map>' }],
    [
      'GET /widget/v1/zenskar-frame.js',
      'nobody',
      200,
      { ...script, ...forAll, ...brotli, ...revalidated, sourcemap: 'zenskar-frame.js.map' },
    ],
    ['GET {pinned}', 'an unknown page', 200, { ...widgetScript, ...brotli, ...forEver }],
    ['GET /widget/integrity.json', 'nobody', 200, { ...inert, ...forAll, ...json, ...revalidated }],
    ['GET /widget/v1/zenskar-portal.js.map', 'nobody', 200, { ...bundled, ...forAll, ...json, ...revalidated }],
    ['GET /widget/v2/zenskar-portal.js', 'nobody', 404, { ...data, ...forAll }],
    ['GET /widget/nothing.txt', 'nobody', 404, { ...data, ...forAll }],
  ],
  "the customers' API": [
    ['GET {portal}/summary', 'customer', 200, { ...customerData, etag: anyEtag }],
    ['GET {portal}/profile', 'customer', 200, { ...customerData, etag: anyEtag }],
    ['GET {portal}/invoices?limit=1000', 'customer', 422, customerData],
    ['GET {portal}/nothing', 'customer', 404, customerData],
    ['GET {portal}/summary', 'a known page', 401, customerData],
    ['GET {portal}/summary', 'nobody', 401, { ...data, ...unreadable }],
    ['GET {portal}/summary', 'an unknown page', 401, { ...data, ...unreadable }],
    ['GET {portal}/summary', 'another page with the token', 403, { ...data, ...unreadable }],
    [
      'OPTIONS {portal}/summary',
      'a known page',
      204,
      {
        ...inert,
        ...readable,
        'access-control-allow-headers': 'Authorization, Content-Type, If-Match, If-None-Match',
        'access-control-allow-methods': 'GET, POST, PATCH',
        'access-control-max-age': '7200',
      },
    ],
    ['OPTIONS {portal}/summary', 'an unknown page', 204, { ...inert, ...unreadable }],
    [
      'GET {portal}/exports/invoices',
      'customer',
      200,
      { ...file, 'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': '<file>' },
    ],
  ],
  "the merchants' API": [
    ['GET /customers/{customer}', 'merchant', 200, { ...data, etag: anyEtag }],
    ['GET /customers/{customer}', 'nobody', 401, data],
    ['OPTIONS /customers/{customer}', 'a known page', 404, data],
    ['GET /invoices?limit=1000', 'merchant', 422, data],
  ],
  'the console, for its own pages': [
    ['GET /console', 'nobody', 200, consolePage],
    ['GET /console/nothing', 'nobody', 404, consolePage],
    [
      'GET /console/assets/console.js',
      'nobody',
      200,
      { ...script, ...sameOrigin, ...brotli, ...revalidated, sourcemap: 'console.js.map' },
    ],
    ['GET /console/api/embed', 'staff', 200, data],
    ['GET /console/api/embed', 'nobody', 401, data],
    ['OPTIONS /console/api/embed', 'an unknown page', 404, data],
  ],
  'the hosted page': [
    ['GET {session}', 'a window', 200, { ...hostedPage(merchantOrigin), ...ownWindow }],
    ['GET {session}', 'a frame', 200, hostedPage(merchantOrigin)],
    ['GET /session/unknown', 'a window', 404, { ...hostedPage("'none'"), ...ownWindow }],
    ['GET /session/unknown', 'a frame', 404, hostedPage("'none'")],
    ['GET {frame}', 'a frame', 200, hostedPage(merchantOrigin)],
    ['GET {frame}', 'a window', 200, { ...hostedPage(merchantOrigin), ...ownWindow }],
    ['GET /frame/unknown', 'a frame', 404, hostedPage("'none'")],
    ['GET /', 'nobody', 200, { ...hostedPage("'none'"), ...ownWindow }],
    [
      'GET /hosted/hosted.js',
      'nobody',
      200,
      { ...script, ...sameOrigin, ...brotli, ...revalidated, sourcemap: 'hosted.js.map' },
    ],
  ],
  'the reference': [
    ['GET /docs', 'nobody', 200, docsPage],
    [
      'GET /openapi.json',
      'an unknown page',
      200,
      {
        ...inert,
        ...forAll,
        ...json,
        ...forFiveMinutes,
        'content-encoding': 'gzip',
        etag: anyEtag,
        vary: 'Accept-Encoding',
      },
    ],
    [
      'GET /docs/assets/reference.css',
      'nobody',
      200,
      {
        ...inert,
        ...sameOrigin,
        ...forFiveMinutes,
        'content-type': 'text/css; charset=utf-8',
        'content-encoding': 'gzip',
        etag: anyEtag,
        vary: 'Accept-Encoding',
      },
    ],
    [
      'GET /docs/assets/reference.js',
      'nobody',
      200,
      { ...script, ...sameOrigin, ...brotli, ...revalidated, sourcemap: 'reference.js.map' },
    ],
  ],
  'the rest': [
    ['GET /health/live', 'nobody', 200, data],
    ['GET /health/ready', 'nobody', 200, data],
    ['GET /nothing', 'nobody', 404, data],
  ],
};

const withoutNames = (headers: Record<string, unknown>): Record<string, unknown> => {
  const { sourcemap, 'content-disposition': disposition } = headers;
  return {
    ...headers,
    ...(typeof sourcemap === 'string' && /^[\w-]+-[\w-]{8}\.js\.map$/.test(sourcemap) ? { sourcemap: '<map>' } : {}),
    ...(/^attachment; filename=[\w-]+\.csv$/.test(String(disposition)) ? { 'content-disposition': '<file>' } : {}),
  };
};

describe.each(Object.entries(families))('%s', (_family, rows) => {
  it.each(rows)('%s, by %s: %i', async (line, caller, status, headers) => {
    const [answered, sent] = await ask(line, caller);
    expect([answered, withoutNames(sent)]).toEqual([
      status,
      Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
    ]);
  });
});

it('a script that has not changed is not sent again', async () => {
  const { headers } = await server.request('GET', '/widget/v1/zenskar-portal.js', {
    headers: { 'accept-encoding': 'br' },
  });
  const [status, sent] = await ask('GET /widget/v1/zenskar-portal.js', 'nobody', {
    headers: { 'accept-encoding': 'br', 'if-none-match': headers.get('etag') ?? '' },
  });
  expect(status).toBe(304);
  expect(sent).toMatchObject({ ...forAll, ...everywhere, ...revalidated, vary: 'Accept-Encoding' });
});

it('only the console sets a cookie here, and it is for this host alone', async () => {
  const [status, sent] = await ask('POST /console/api/login', 'our own page', {
    body: { email: 'priya@northwind.example', password: staffPassword },
  });
  expect([status, sent]).toEqual([
    200,
    {
      ...data,
      'set-cookie': '__Host-zenskar_console=<secret>; Max-Age=43200; Path=/; HttpOnly; Secure; SameSite=Strict',
    },
  ]);
});

it('a body that cannot be read', async () => {
  expect(await ask('POST /customer/session', 'merchant', { body: '{' })).toEqual([400, data]);
});

it.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['a header that is too long', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
])('%s', async (_name, sent, status) => {
  const socket = connect(Number(new URL(server.address).port), '127.0.0.1');
  socket.write(sent);
  const [head = ''] = (await text(socket)).split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  expect(first).toContain(String(status));
  const headers = Object.fromEntries(lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
  expect(presentable(headers)).toEqual({
    ...nothingRuns,
    ...unkept,
    ...json,
    'x-content-type-options': 'nosniff',
    'x-request-id': '<id>',
  });
});

it('the published integrity is that of the pinned script, whose address changes with it', async () => {
  const published = await server.request('GET', '/widget/integrity.json');
  const { scripts } = published.body as {
    scripts: { name: string; version: string; path: string; integrity: string }[];
  };
  expect(scripts.map(({ name }) => name)).toContain('zenskar-portal.js');
  for (const { name, version, path, integrity } of scripts) {
    const { text: content } = await server.request('GET', path);
    const hash = createHash('sha384').update(content);
    expect(path).toBe(`/widget/${version}-${hash.copy().digest('base64url').slice(0, 16)}/${name}`);
    expect(integrity).toBe(`sha384-${hash.digest('base64')}`);
    expect(content).not.toMatch(/\bimport\b\s*[("'{*]|\bfrom\s*["']\.{1,2}\//);
  }
});
