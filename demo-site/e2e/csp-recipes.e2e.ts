import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createSession, customerBy, demo, invoiceRows, test } from './demo.ts';

const guide = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
const [filesOnly = '', withNonce = '', framed = ''] = [...guide.matchAll(/^```csp\n(.+)\n```$/gm)].map(
  ([, recipe]) => recipe ?? '',
);

const nonce = 'yXbF4xvUdnQmQ0pEN5Oj7A';

/** Opens a page of the merchant's website that consists of this and nothing else, under this policy. */
const open = async (page: Page, recipe: string, html: string, script = ''): Promise<string[]> => {
  const { api_url: apiUrl, demo_url: shop } = demo();
  const policy = recipe
    .replaceAll('https://billing.example.com', apiUrl)
    .replaceAll('https://shop.example', shop)
    .replaceAll('{nonce}', nonce);
  const { session_token: token } = await createSession(customerBy('More than 300').id);
  // The answer of a route comes from no address, and such a page may not reach this machine by itself.
  await page.context().grantPermissions(['local-network-access'], { origin: shop });
  await page.route('**/recipe', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': policy },
      body: `<!doctype html><html lang="en"><title>Recipe</title><body>${html}</body></html>`,
    }),
  );
  await page.route('**/recipe.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.route('**/portal-session', (route) => route.fulfill({ json: { session_token: token } }));
  const violations: string[] = [];
  await page.exposeFunction('reportViolation', (what: string) => violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { reportViolation } = window as unknown as { reportViolation: (what: string) => void };
      reportViolation(`${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto('/recipe');
  return violations;
};

const embed = (attributes = ''): string =>
  `<zenskar-portal></zenskar-portal>
   <script type="module" ${attributes} src="${demo().api_url}/widget/v1/zenskar-portal.js"></script>`;
const session = `document.querySelector('zenskar-portal').fetchSession = async () =>
  (await fetch('/portal-session', { method: 'POST' })).json();`;

const walkSections = async (page: Page): Promise<void> => {
  await expect(invoiceRows(page).first()).toBeVisible();
  for (const name of ['Payments', 'Entitlements']) {
    await page.getByRole('tab', { name }).click();
    await expect(page.getByRole('tabpanel', { name }).getByRole('heading').first()).toBeAttached();
  }
};

test('the policy for scripts that are files lets the portal work', async ({ page }) => {
  const violations = await open(page, filesOnly, `${embed()}<script src="/recipe.js"></script>`, session);
  await walkSections(page);
  expect(violations).toEqual([]);
});

test('the policy with a nonce lets the portal work', async ({ page }) => {
  const script = `<script nonce="${nonce}">${session}</script>`;
  const violations = await open(page, withNonce, embed(`nonce="${nonce}"`) + script);
  await walkSections(page);
  expect(violations).toEqual([]);
});

test('the policy for a frame lets the portal in it work', async ({ page }) => {
  const element = `<zenskar-portal-frame></zenskar-portal-frame>
    <script type="module" src="${demo().api_url}/widget/v1/zenskar-frame.js"></script>`;
  const script = session.replace('zenskar-portal', 'zenskar-portal-frame');
  const violations = await open(page, framed, `${element}<script nonce="${nonce}">${script}</script>`);
  await page.frameLocator('iframe').getByRole('tab', { name: 'Payments' }).click();
  expect(violations).toEqual([]);
});

test('each policy stops what it is for', async ({ page, complaints }) => {
  for (const recipe of [filesOnly, withNonce, framed]) {
    const violations = await open(await page.context().newPage(), recipe, '<script>window.isHit = true;</script>');
    await expect.poll(() => violations).toEqual([expect.stringContaining('script-src')]);
  }
  complaints.length = 0;
});
