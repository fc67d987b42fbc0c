import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '#contract/api.ts';
import { webhookEventData } from '#contract/webhook-events.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';
import type { OpenApiDocument } from './model.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('serves the OpenAPI document to tools on any page, once', async () => {
  const answer = await server.request('GET', '/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ openapi: '3.1.1', servers: [{ url: server.origin }] });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const etag = answer.headers.get('etag') ?? '';
  const again = await server.request('GET', '/openapi.json', {
    headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
  });
  expect([again.status, again.text]).toEqual([304, '']);
});

it('has every operation and event on the page of its chapter', async () => {
  const document = (await server.request('GET', '/openapi.json')).body as unknown as OpenApiDocument;
  const pages = await Promise.all(
    document.tags.map(({ name }) => server.request('GET', `/docs/${name.toLowerCase().replace(/[^a-z]+/g, '-')}`)),
  );
  expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
  const sections = pages.flatMap(({ text }) => [...text.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id));
  const ids = [document.paths, document.webhooks].flatMap((described) =>
    Object.values(described).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId)),
  );
  expect(sections.toSorted()).toEqual(ids.toSorted());
  expect(ids).toHaveLength(Object.keys(api).length + Object.keys(webhookEventData).length);
});

it('serves pages that may load nothing from elsewhere, and nothing inline', async () => {
  const { status, headers, text } = await server.request('GET', '/docs/sessions');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:/);
  expect(text).toContain('<h2><a href="#createCustomerSession">Create a portal session</a></h2>');
  expect(text).not.toMatch(/<style|style=|onclick|<script(?! type="module" src="\/docs\/)/);
});

it('says which scope an API key needs, in the document and on the page', async () => {
  const { paths } = (await server.request('GET', '/openapi.json')).body as unknown as OpenApiDocument;
  expect(paths['/customer/session']?.['post']?.security).toEqual([{ organisation: [], apiKey: ['sessions'] }]);
  const { text } = await server.request('GET', '/docs/sessions');
  expect(text).toContain('Asks for an API key with the scope <code>sessions</code>.');
});

it('says 404 for a chapter that there is not', async () => {
  const answer = await server.request('GET', '/docs/secrets');
  expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
});

it('escapes what is put into a page, and nothing twice', () => {
  const name = '<img src=x onerror=alert(1)> & "co"';
  const piece = html`<b title="${name}">${name}</b>`;
  expect(html`<p>${[piece]}</p>`.text).toBe(
    '<p><b title="&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;">&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;</b></p>',
  );
});

it.each([
  ['one line', '<p>one line</p>'],
  ['one\nline', '<p>one line</p>'],
  ['one\n\ntwo', '<p>one</p><p>two</p>'],
  ['`a<b` and **c**', '<p><code>a&lt;b</code> and <strong>c</strong></p>'],
  ['see [docs](/docs)', '<p>see <a href="/docs">docs</a></p>'],
  ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
])('renders %j', (text, expected) => {
  const rendered = markdown(text).map((block) => block.text);
  expect(rendered.join('').replace(/>\s+</g, '><')).toBe(expected);
});
