import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, startPortal } from '../server/testing/command-line.ts';
import type { Running } from '../server/testing/command-line.ts';
import { createDemoSite } from './app.ts';
import { readDemoFile } from './demo-file.ts';
import type { Settings } from './demo-file.ts';
import { pages } from './pages.ts';

let folder: string;
let demo: Running;
let settings: Settings;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-site-'));
  const ports = ['--port', String(await freePort()), '--demo-port', String(await freePort())];
  demo = await startPortal(['demo', '--data', folder, ...ports]);
  settings = await readDemoFile(join(folder, 'demo.json'));
});

afterAll(async () => {
  await demo.stop();
  await rm(folder, { recursive: true });
});

const request = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${settings.siteUrl}${path}`, { redirect: 'manual', ...init });

const logIn = async (customerId: string, page = '/account'): Promise<Response> =>
  request('/log-in', { method: 'POST', body: new URLSearchParams({ customer_id: customerId, page }) });

const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? '';

const customer = (position: number) => {
  const found = settings.customers[position];
  if (found === undefined) {
    throw new Error(`No customer ${position}`);
  }
  return found;
};

describe('pages', () => {
  test.each(pages)('$path is a whole page with its own source, and no key', async ({ path, file }) => {
    const response = await request(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain('</html>');
    expect(html).not.toMatch(/\{\{\w+\}\}/);
    expect(html).not.toContain(settings.apiKey);
    expect(html).toContain(`<code>${file}</code>`);
    expect(html).toContain('&lt;!doctype html&gt;');
    expect(html).toContain(`aria-current="page">`);
  });

  test('the source that is shown has no live token', async () => {
    const html = await (await request('/simple')).text();
    const [live] = /(?<=session-token=")[^"]+/.exec(html) ?? [];
    expect(live?.startsWith(settings.organisationId)).toBe(true);
    expect(html.split(String(live))).toHaveLength(2);
  });

  test('names of customers are text, not markup', async () => {
    const html = await (await request('/account')).text();
    expect(html).toContain('O&#39;Hara &amp; Søns');
  });

  test('the strict page allows no inline script or style', async () => {
    const response = await request('/strict-csp');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]* src=)|\sstyle=|\son[a-z]+=/);
  });

  test('the logo may be shown by the portal', async () => {
    const response = await request('/northwind-logo.svg');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(response.headers.get('content-type')).toContain('image/svg+xml');
  });

  test('there is no other', async () => {
    expect((await request('/nothing')).status).toBe(404);
    expect((await request('/../server.ts')).status).toBe(404);
  });
});

describe('logging in', () => {
  test('as another customer changes for whom sessions are made', async () => {
    const second = customer(1);
    const cookie = cookieOf(await logIn(second.id));
    const response = await request('/portal-session', { method: 'POST', headers: { cookie } });
    const { session_token: token } = (await response.json()) as { session_token: string };
    expect(token.slice(37, 73)).toBe(second.id);
  });

  test('goes back to the page, and nowhere else', async () => {
    expect((await logIn(customer(1).id, '/theme')).headers.get('location')).toBe('/theme');
    expect((await logIn(customer(1).id, 'https://elsewhere.example')).headers.get('location')).toBe('/account');
  });

  test('as nobody', async () => {
    expect((await logIn('nobody')).status).toBe(404);
    expect((await request('/log-in', { method: 'POST' })).status).toBe(404);
  });

  test('with a cookie of one’s own making does not work', async () => {
    const cookie = `northwind_visitor=${customer(2).id}.c2lnbmF0dXJl`;
    const response = await request('/portal-session', { method: 'POST', headers: { cookie } });
    const { session_token: token } = (await response.json()) as { session_token: string };
    expect(token.slice(37, 73)).toBe(customer(0).id);
  });

  test('the cookie is out of reach of scripts and of other websites', async () => {
    const cookie = (await logIn(customer(1).id)).headers.get('set-cookie');
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
  });
});

describe('sessions', () => {
  test('answer with a token alone, kept by nobody', async () => {
    const response = await request('/portal-session', { method: 'POST' });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(Object.keys((await response.json()) as object)).toEqual(['session_token']);
  });

  test('are not made for another website', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    expect((await request('/portal-session', { method: 'POST', headers })).status).toBe(403);
    expect((await request('/log-in', { method: 'POST', headers })).status).toBe(403);
  });

  test('the redirect leads to the portal and back', async () => {
    const response = await request('/portal-redirect');
    const location = new URL(response.headers.get('location') ?? '');
    expect(response.status).toBe(303);
    expect(location.origin).toBe(settings.apiUrl);
    expect(location.pathname.startsWith('/session/')).toBe(true);
    expect(location.searchParams.get('return_url')).toBe(`${settings.siteUrl}/redirect`);
  });

  test('without a portal, the website says so and stays up', async () => {
    const lonely = { ...settings, apiUrl: `http://127.0.0.1:${await freePort()}` };
    const told: string[] = [];
    const site = createDemoSite(lonely, (line) => told.push(line));
    const server: Server = createServer(site).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect((await fetch(`${origin}/account`)).status).toBe(200);
      const response = await fetch(`${origin}/portal-session`, { method: 'POST' });
      expect(response.status).toBe(502);
      expect(told).toHaveLength(1);
      expect(await response.text()).not.toContain(settings.apiKey);
    } finally {
      server.close();
    }
  });
});

test('demo.json must be there and be whole', async () => {
  await expect(readDemoFile(join(folder, 'none.json'))).rejects.toThrow('npm run demo makes it');
  await expect(readDemoFile(join(folder, 'signing-secret'))).rejects.toThrow('--reset');
});
