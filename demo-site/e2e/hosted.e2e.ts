import { expect } from '@playwright/test';
import { createSession, customerBy, demo, demoPort, invoiceRows, test, visitAs } from './demo.ts';

test('the redirect page leads to the hosted portal, which reloads in place and leads back', async ({ page }) => {
  const customer = customerBy('More than 300');
  await visitAs(page, customer.id, '/redirect');
  await page.getByRole('link', { name: 'Manage billing' }).first().click();
  await expect(invoiceRows(page).first()).toBeVisible();
  expect(page.url()).toMatch(new RegExp(`^${demo().api_url}/session/[0-9a-f-]{36}_[0-9a-f-]{36}(#.*)?$`));
  await page.getByRole('tab', { name: 'Payments' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toBeVisible();
  await page.goBack();
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toBeVisible();
  await page
    .getByRole('link', { name: /Northwind Cloud/ })
    .first()
    .click();
  await expect(page).toHaveURL(`${demo().demo_url}/redirect`);
});

test('a link from a mail asks first, works once, and then says so', async ({ page, browser }) => {
  const customer = customerBy("O'Hara");
  const { redirect_url: link } = await createSession(customer.id);
  await page.goto(link);
  expect(page.url()).not.toContain(link.slice(-20));
  await page.getByRole('button', { name: `Continue as ${customer.name}` }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
  const stranger = await browser.newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await stranger.close();
});

test("asks before it shows another customer in place of this one, and an older tab never shows the other's data", async ({
  page,
  complaints,
}) => {
  const [first, second] = [customerBy("O'Hara"), customerBy('Fernhill')];
  await page.goto((await createSession(first.id)).redirect_url);
  await page.getByRole('button', { name: `Continue as ${first.name}` }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
  const tab = await page.context().newPage();
  await tab.goto((await createSession(second.id)).redirect_url);
  await expect(tab.getByText(`You are signed in as ${first.name}`)).toBeVisible();
  await tab.getByRole('button', { name: `Continue as ${second.name}` }).click();
  await expect(invoiceRows(tab).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
});

test('a link that waited while another tab opened another customer asks again, and still works', async ({
  page,
  complaints,
}) => {
  const [first, second] = [customerBy("O'Hara"), customerBy('Fernhill')];
  await page.goto((await createSession(first.id)).redirect_url);
  const go = page.getByRole('button', { name: `Continue as ${first.name}` });
  await expect(go).toBeVisible();
  const tab = await page.context().newPage();
  await tab.goto((await createSession(second.id)).redirect_url);
  await tab.getByRole('button', { name: `Continue as ${second.name}` }).click();
  await expect(invoiceRows(tab).first()).toBeVisible();
  await go.click();
  await expect(page.getByText(`You are signed in as ${second.name}`)).toBeVisible();
  await go.click();
  await expect(invoiceRows(page).first()).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('409')));
});

test('signing out ends the session for good', async ({ page, complaints }) => {
  const customer = customerBy('Fernhill');
  await page.goto((await createSession(customer.id)).redirect_url);
  await page.getByRole('button', { name: `Continue as ${customer.name}` }).click();
  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: /sign out/i }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Return to Northwind Cloud' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
});

test('works in a plain frame of the merchant, which a reload cannot open again', async ({ page }) => {
  const { redirect_url: link } = await createSession(customerBy('More than 300').id);
  await page.context().grantPermissions(['local-network-access'], { origin: demo().demo_url });
  await page.route('**/framing', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${link}" width="1000" height="700"></iframe>` }),
  );
  await page.goto('/framing');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('row').filter({ hasText: 'INV-' }).first()).toBeVisible();
  expect((await page.context().cookies(demo().api_url)).filter(({ name }) => name.includes('zenskar'))).toEqual([]);
  const inner = page.frames().find((candidate) => candidate.url().startsWith(demo().api_url));
  await inner?.evaluate(() => {
    location.reload();
  });
  await expect(frame.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

test('is not framed by any other website', async ({ page }) => {
  const { redirect_url: link } = await createSession(customerBy('Fernhill').id);
  const elsewhere = `http://127.0.0.1:${demoPort}/`;
  await page.route(elsewhere, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${link}"></iframe>` }),
  );
  await page.goto(elsewhere);
  await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
});
