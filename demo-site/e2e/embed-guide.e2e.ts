import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { test } from './demo.ts';
import { bundleSnippet } from './embed-guide/bundle-snippet.ts';
import type { Framework } from './embed-guide/bundle-snippet.ts';
import { runShell, startShop } from './embed-guide/shop.ts';
import type { Shop } from './embed-guide/shop.ts';
import { snippet, snippetNames } from './embed-guide/snippets.ts';

let shop: Shop;
test.beforeAll(async () => {
  shop = await startShop();
});
test.afterAll(() => shop.close());

const tried = new Set(['organisation', 'route']);

/** Code of the guide, with the addresses of this run in the place of the made-up ones. */
const guide = (name: string): string => {
  tried.add(name);
  return snippet(name, shop.places);
};

const invoices = (scope: Page | Locator): Locator => scope.getByRole('row').filter({ hasText: 'INV-000001' });

const showsInvoice = async (scope: Page | Locator): Promise<void> => {
  await expect(invoices(scope)).toBeVisible();
};

/** The page of the guide's third step, and what else it is to run. */
const withPortal = (code = '', markup = guide('element')): string =>
  shop.page(`${markup}<script type="module">${code}</script>`);

test.describe('the embed guide', () => {
  test('step three shows a portal, by the organisation and the route of the first two', async ({ page }) => {
    await page.goto(withPortal());
    await showsInvoice(page);
    await expect(page.getByText('Blue Harbor')).toBeVisible();
  });

  test('the call for other languages answers a session token, which a page may have in it', async ({ page }) => {
    tried.add('curl');
    const { session_token: token } = JSON.parse(await runShell('curl', shop)) as { session_token: string };
    await page.goto(withPortal('', guide('token').replace('SESSION_TOKEN', token)));
    await showsInvoice(page);
  });

  test('sections stand among the page’s own content', async ({ page }) => {
    await page.goto(withPortal('', guide('sections')));
    await showsInvoice(page.locator('zenskar-invoices'));
    await expect(page.locator('zenskar-summary')).toContainText('$49.00');
    await expect(page.locator('zenskar-entitlements')).toContainText('No entitlements yet');
  });

  for (const framework of ['react', 'vue', 'svelte'] satisfies Framework[]) {
    test(`the component in ${framework} shows the portal and hears of an invoice`, async ({ page }) => {
      const script = await bundleSnippet(framework, guide(framework));
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      await page.goto(withPortal('', `<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`));
      await showsInvoice(page);
      await invoices(page).getByRole('button').first().click();
      await expect.poll(() => said.some((line) => /^opened [\da-f-]{36}$/.test(line))).toBe(true);
    });
  }

  test('the frame shows the portal, as high as it has to be', async ({ page }) => {
    await page.goto(withPortal('', guide('frame')));
    const frame = page.locator('zenskar-portal-frame');
    await showsInvoice(frame.frameLocator('iframe').locator('body'));
  });

  test('a redirect leads to a page of its own', async ({ page }) => {
    shop.addRoute(guide('redirect'));
    await page.goto(shop.page('<a href="/billing">Billing</a>'));
    await page.getByRole('link', { name: 'Billing' }).click();
    await showsInvoice(page);
    expect(new URL(page.url()).origin).toBe(shop.places['https://billing.example.com']);
  });

  test('events and errors are heard', async ({ page }) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(withPortal(`${guide('events').replace('const portal', 'var portal')};${guide('errors')}`));
    await invoices(page).getByRole('button').first().click();
    await expect.poll(() => said.join('\n')).toMatch(/opened [\da-f-]{36}/);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'Payments' }).click();
    await expect.poll(() => said.join('\n')).toContain('went to payments');
    await page.locator('zenskar-portal').evaluate((portal) => Object.assign(portal, { messages: 'none' }));
    await expect.poll(() => said.join('\n')).toContain('Portal: messages_invalid');
  });

  test('the style sheet is worn', async ({ page }) => {
    await page.goto(withPortal('', `<style>${guide('theme')}</style>${guide('element')}`));
    await showsInvoice(page);
    const summary = page.locator('zk-summary');
    expect(await summary.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(245, 243, 255)');
    await expect(page.getByRole('tab', { name: 'Invoices' })).toHaveCSS('color', /.+/);
    expect(
      await page
        .locator('zenskar-portal')
        .evaluate((portal) => getComputedStyle(portal).getPropertyValue('--zk-radius')),
    ).toBe('4px');
  });

  test('words of one’s own are used', async ({ page }) => {
    await page.goto(withPortal(guide('messages')));
    await expect(page.getByRole('tab', { name: 'Your plan' })).toBeVisible();
  });

  test('a link leads into a section, and the view is kept', async ({ page }) => {
    const [script = '', rest = ''] = guide('element').split('<zenskar-portal></zenskar-portal>');
    const url = withPortal(guide('view'), `${script}${guide('link')}${rest}`);
    await page.goto(url);
    await expect(page.getByRole('tab', { name: 'Payments' })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('tab', { name: 'Entitlements' }).click();
    await page.reload();
    await expect(page.getByRole('tab', { name: 'Entitlements' })).toHaveAttribute('aria-selected', 'true');
  });

  test('the policy lets the portal and the frame work', async ({ page }) => {
    const policy = guide('csp').replaceAll('\n', ' ');
    const body = `${guide('element')}${guide('frame')}`.replaceAll('<script>', '<script nonce="abc">');
    await page.goto(
      shop.page(body, {
        'content-security-policy': `default-src 'none'; ${policy.replace('script-src', "script-src 'nonce-abc'")}`,
      }),
    );
    await showsInvoice(page.locator('zenskar-portal'));
    await showsInvoice(page.locator('zenskar-portal-frame').frameLocator('iframe').locator('body'));
  });

  test('the pinned script is the portal', async ({ page, request }) => {
    const { scripts } = (await (
      await request.get(`${shop.places['https://billing.example.com']}/widget/integrity.json`)
    ).json()) as { scripts: { name: string; path: string; integrity: string }[] };
    const pinned = scripts.find(({ name }) => name === 'zenskar-portal.js');
    const tag = guide('pinned')
      .replace(/\/widget\/[^"]+/, pinned?.path ?? '')
      .replace(/sha384-[^"]+/, pinned?.integrity ?? '');
    const [moving = '', ...rest] = guide('element').split('\n');
    expect(moving).toMatch(/^<script type="module" src="[^"]+"><\/script>$/);
    await page.goto(withPortal('', [tag, ...rest].join('\n')));
    await showsInvoice(page);
  });

  test('the package that is to be installed has been made', () => {
    const [, file = ''] = /^npm install \.\/(dist\/\S+\.tgz)$/.exec(guide('install')) ?? [];
    expect(existsSync(file)).toBe(true);
  });

  test('nothing in it is left untried', () => {
    expect(snippetNames.filter((name) => !tried.has(name))).toEqual([]);
  });
});
