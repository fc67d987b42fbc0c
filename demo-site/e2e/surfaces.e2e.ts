import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Frame, Page } from '@playwright/test';
import { addFigure } from '../../server/testing/figures.ts';
import { chromiumOptions } from './chromium.ts';
import { demo, test } from './demo.ts';
import { addMerchant, callAs, framing, pageWith, startWebsites } from './surfaces/websites.ts';
import type { Merchant, Websites } from './surfaces/websites.ts';

const { executablePath, args } = await chromiumOptions();

test.use({
  trace: 'off',
  ignoreHTTPSErrors: true,
  launchOptions: { executablePath, args: [...args, '--host-resolver-rules=MAP * 127.0.0.1'] },
});

let websites: Websites;
let shop: Merchant;
let other: Merchant;
let tried = 0;

const secureShop = (): string => `https://shop.test:${websites.secure[0]}`;
const localShop = (): string => `http://localhost:${websites.plain[0]}`;
const otherShop = (): string => `https://other.test:${websites.secure[0]}`;

test.beforeAll(async () => {
  websites = await startWebsites();
  shop = await addMerchant('Shop', [secureShop(), localShop()]);
  other = await addMerchant('Other', [otherShop()]);
});

test.afterAll(() => {
  websites.close();
  addFigure('origins tried in Chromium', tried);
});

/** Chromium says in its console what it refused. */
test.afterEach(({ complaints }) => {
  const ofBrowser = /blocked by CORS|Failed to load resource|frame-ancestors|integrity|Mixed Content/;
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !ofBrowser.test(text)));
});

const lookAlikes = (): [name: string, origin: string][] => {
  const [port, otherPort] = websites.secure;
  const [plainPort, otherPlainPort] = websites.plain;
  return [
    ['another port', `https://shop.test:${otherPort}`],
    ['a subdomain', `https://www.shop.test:${port}`],
    ['a longer name in front', `https://myshop.test:${port}`],
    ['a longer name behind', `https://shop.test.evil.test:${port}`],
    ['a dot at its end', `https://shop.test.:${port}`],
    ['a letter of another alphabet', `https://xn--shp-tdd.test:${port}`],
    ['plain HTTP', `http://shop.test:${plainPort}`],
    ['another port of localhost', `http://localhost:${otherPlainPort}`],
    ['the address behind localhost', `http://127.0.0.1:${plainPort}`],
    ['the IPv4 address in short', `http://127.1:${plainPort}`],
    ['localhost with a dot', `http://localhost.:${plainPort}`],
    ['a name below localhost', `http://shop.localhost:${plainPort}`],
    ['TLS on localhost', `https://localhost:${port}`],
    ['another merchant', otherShop()],
  ];
};

/** What a page of this origin reads of a customer's API: the status, or nothing. */
const reads = (
  scope: Page | Frame,
  organisationId: string,
  init: { headers?: Record<string, string>; credentials?: RequestCredentials } = {
    headers: { authorization: 'Bearer none' },
  },
  apiUrl = demo().api_url,
): Promise<number | 'nothing'> => {
  tried += 1;
  return scope.evaluate(
    async ({ address, options }) => {
      try {
        return (await fetch(address, options)).status;
      } catch {
        return 'nothing';
      }
    },
    { address: `${apiUrl}/portal/${organisationId}/summary`, options: init },
  );
};

const blankPage = async (page: Page, origin: string): Promise<void> => {
  await page.goto(pageWith(origin, ''));
};

test('an organisation’s own pages may read its API, and no look-alike', async ({ page }) => {
  for (const origin of [secureShop(), localShop(), `https://SHOP.test:${websites.secure[0]}`]) {
    await blankPage(page, origin);
    expect(await reads(page, shop.id), origin).toBe(401);
  }
  for (const [name, origin] of lookAlikes()) {
    await blankPage(page, origin);
    expect(await reads(page, shop.id), name).toBe('nothing');
    expect(await reads(page, shop.id, {}), `${name}, without asking first`).toBe('nothing');
  }
});

test('one organisation’s pages read nothing of another', async ({ page }) => {
  await blankPage(page, secureShop());
  expect(await reads(page, other.id)).toBe('nothing');
  expect(await reads(page, randomUUID())).toBe('nothing');
  await blankPage(page, otherShop());
  expect(await reads(page, other.id)).toBe(401);
});

test('pages without an origin read nothing, wherever they stand', async ({ page }) => {
  for (const frame of [
    '<iframe sandbox="allow-scripts" srcdoc="sandboxed"></iframe>',
    '<iframe src="data:text/html,data"></iframe>',
  ]) {
    await page.goto(pageWith(secureShop(), frame));
    const [, inner] = page.frames();
    if (inner === undefined) throw new Error('No frame');
    await inner.waitForLoadState();
    expect(await inner.evaluate(() => origin)).toBe('null');
    expect(await reads(inner, shop.id)).toBe('nothing');
  }
});

test('nobody reads with cookies', async ({ page }) => {
  await blankPage(page, secureShop());
  expect(await reads(page, shop.id, { credentials: 'include' })).toBe('nothing');
});

test('a browser asks first once, and not again', async ({ page }) => {
  await blankPage(page, secureShop());
  const [port] = websites.plain;
  for (let call = 0; call < 3; call += 1) {
    expect(await reads(page, shop.id, undefined, `http://localhost:${port}`)).toBe(401);
  }
  expect(websites.forwarded).toEqual(['OPTIONS', 'GET', 'GET', 'GET']);
});

/** Whether the innermost frame shows the portal's page, or the browser's refusal. */
const isShown = async (page: Page, address: string): Promise<boolean> => {
  tried += 1;
  await page.goto(address);
  const innermost = (): string => page.frames().at(-1)?.url() ?? '';
  await expect.poll(innermost).toMatch(/^(chrome-error:|http:\/\/localhost:\d+\/(session|frame|console|docs))/);
  return !innermost().startsWith('chrome-error:');
};

test('the hosted page is framed by the organisation’s own pages, and by no look-alike', async ({ page }) => {
  const hosted = `${demo().api_url}/session/${shop.id}_${randomUUID()}`;
  const ofElement = `${demo().api_url}/frame/${shop.id}`;
  for (const origin of [secureShop(), localShop()]) {
    expect(await isShown(page, pageWith(origin, framing(hosted))), origin).toBe(true);
    expect(await isShown(page, pageWith(origin, framing(ofElement))), origin).toBe(true);
  }
  for (const [name, origin] of lookAlikes()) {
    expect(await isShown(page, pageWith(origin, framing(hosted))), name).toBe(false);
    expect(await isShown(page, pageWith(origin, framing(ofElement))), name).toBe(false);
  }
});

test('every page around the hosted page has to be allowed', async ({ page }) => {
  const hosted = `${demo().api_url}/session/${shop.id}_${randomUUID()}`;
  const inShop = pageWith(secureShop(), framing(hosted));
  expect(await isShown(page, pageWith(localShop(), framing(inShop)))).toBe(true);
  expect(await isShown(page, pageWith(otherShop(), framing(inShop)))).toBe(false);
  const sandboxed = framing(inShop, 'sandbox="allow-scripts"');
  expect(await isShown(page, pageWith(secureShop(), sandboxed))).toBe(false);
});

test('no page frames the console, the reference or a link of nobody', async ({ page }) => {
  for (const path of ['/console', '/console/customers', '/docs', '/session/nobody', '/frame/nobody']) {
    for (const origin of [secureShop(), localShop()]) {
      expect(await isShown(page, pageWith(origin, framing(`${demo().api_url}${path}`))), `${path} in ${origin}`).toBe(
        false,
      );
    }
  }
});

test('the portal says why it does not open where the browser keeps it from its server', async ({ page }) => {
  const openWith = async (attributes: string): Promise<void> => {
    const html = `<script>addEventListener('zenskar-error', ({ code }) => { document.title = code; });</script>
      <script type="module" src="${demo().api_url}/widget/v1/zenskar-portal.js"></script>
      <zenskar-portal ${attributes}></zenskar-portal>`;
    await page.goto(pageWith(secureShop(), html));
    await expect(page).toHaveTitle('network_error');
    await expect(page.getByText('The portal could not be opened')).toBeVisible();
  };
  const { id } = await callAs(other, '/customer', { customer_name: 'Cedar' });
  const session = { customer_id: id, return_url: otherShop() };
  const { session_token: token = '' } = await callAs(other, '/customer/session', session);
  await openWith(`session-token="${token}"`);
  await openWith(`session-token="${token}" api-url="http://billing.test:${websites.plain[0]}"`);
});

test.describe('the pinned script', () => {
  const scriptOf = async (name = 'zenskar-portal.js'): Promise<{ path: string; integrity: string }> => {
    const published = await (await fetch(`${demo().api_url}/widget/integrity.json`)).json();
    const { scripts } = published as { scripts: { name: string; path: string; integrity: string }[] };
    return scripts.find((script) => script.name === name) ?? { path: '', integrity: '' };
  };

  const pageOf = (path: string, integrity: string, token = ''): string =>
    pageWith(
      secureShop(),
      `<script type="module" src="${demo().api_url}${path}" integrity="${integrity}" crossorigin></script>
       <zenskar-portal session-token="${token}"></zenskar-portal>`,
    );

  const isDefined = (page: Page): Promise<boolean> =>
    page.evaluate(() => customElements.get('zenskar-portal') !== undefined);

  test('is the whole portal: it asks for no other script', async ({ page }) => {
    const { path, integrity } = await scriptOf();
    const { id } = await callAs(shop, '/customer', { customer_name: 'Cedar' });
    const session = await callAs(shop, '/customer/session', { customer_id: id, return_url: secureShop() });
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
    });
    await page.goto(pageOf(path, integrity, session['session_token']));
    await expect(page.getByRole('tabpanel', { name: 'Invoices' })).toContainText(/no invoices/i);
    await page.getByRole('tab', { name: 'Payments' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Payments' })).toContainText(/no payments/i);
    await page.getByRole('button', { name: /account menu/i }).click();
    await page.getByRole('menuitem', { name: 'Profile' }).click();
    await expect(page.getByRole('textbox', { name: /^name/i })).toHaveValue('Cedar');
    expect(scripts).toEqual([path]);
  });

  test('is there for the frame too', async ({ page }) => {
    const { path, integrity } = await scriptOf('zenskar-frame.js');
    await page.goto(pageOf(path, integrity));
    expect(await page.evaluate(() => customElements.get('zenskar-portal-frame') !== undefined)).toBe(true);
  });

  test('does not run when its content is another', async ({ page }) => {
    const { path } = await scriptOf();
    await page.goto(pageOf(path, `sha384-${'A'.repeat(64)}`));
    expect(await isDefined(page)).toBe(false);
    await page.goto(pageOf('/widget/v1/zenskar-portal.js', (await scriptOf()).integrity));
    expect(await isDefined(page)).toBe(false);
  });
});
