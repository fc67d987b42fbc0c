import { expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { createSession, customerBy, demo, demoPort, invoiceRows, test, visitAs } from './demo.ts';

const customer = () => customerBy('Fernhill');

/** Opens a page of the merchant's website whose content is the trial's own. */
const merchantPage = async (page: Page, body: string, path = '/trial'): Promise<void> => {
  const address = `${demo().demo_url}${path}`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html>${body}` }));
  await page.goto(address);
};

/** What the customer finds who opens the link later, in a browser of their own. */
const expectStillGood = async (browser: Browser, link: string): Promise<void> => {
  const page = await browser.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: `Continue as ${customer().name}` }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.close();
};

const goesStraightIn = async (page: Page): Promise<void> => {
  const asked = page.getByRole('button', { name: /Continue as/ });
  await expect(invoiceRows(page).first().or(asked)).toBeVisible();
  await expect(asked).toHaveCount(0);
};

test.describe('a link is not used up', () => {
  test('by a browser that loads it from nowhere and runs its scripts', async ({ page, browser }) => {
    const { redirect_url: link } = await createSession(customer().id);
    const redemptions: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/session/redeem')) redemptions.push(request.url());
    });
    await page.goto(link, { waitUntil: 'networkidle' });
    await expect(page.getByRole('button', { name: `Continue as ${customer().name}` })).toBeVisible();
    await page.mouse.move(100, 100);
    await page.mouse.wheel(0, 500);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Open your link again' })).toBeVisible();
    await page.goto(link, { waitUntil: 'networkidle' });
    expect(redemptions).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    await expectStillGood(browser, link);
  });

  test("by a scanner that comes from somebody else's page", async ({ page, browser }) => {
    const { redirect_url: link } = await createSession(customer().id);
    const elsewhere = `http://127.0.0.1:${demoPort}/mail`;
    await page.route(elsewhere, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${link}">Your invoice</a>` }),
    );
    await page.goto(elsewhere);
    await page.getByRole('link').click();
    await expect(page.getByRole('button', { name: /Continue as/ })).toBeVisible();
    await expectStillGood(browser, link);
  });

  test('by rules of the page to load ahead, and the click after them goes straight in', async ({ page }) => {
    const { redirect_url: link } = await createSession(customer().id);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Preload.enable');
    const loadedAhead = new Promise<void>((resolve) => {
      devtools.on('Preload.prefetchStatusUpdated', ({ status }) => {
        if (status === 'Failure' || status === 'Ready') resolve();
      });
    });
    const list = [{ source: 'list', urls: [link], eagerness: 'immediate' }];
    const rules = JSON.stringify({ prefetch: list, prerender: list });
    await merchantPage(page, `<script type="speculationrules">${rules}</script><a href="${link}">Billing</a>`);
    await loadedAhead;
    await page.getByRole('link', { name: 'Billing' }).click();
    await goesStraightIn(page);
  });

  test('by a prefetch link, and the click after it goes straight in', async ({ page, complaints }) => {
    const { redirect_url: link } = await createSession(customer().id);
    const loadedAhead = page.waitForRequest((request) => request.headers()['sec-purpose'] === 'prefetch');
    await merchantPage(page, `<link rel="prefetch" href="${link}"><a href="${link}">Billing</a>`);
    expect((await loadedAhead).url()).toBe(link);
    await page.getByRole('link', { name: 'Billing' }).click();
    await goesStraightIn(page);
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/prefetch|ERR_FAILED|503/.test(text)));
  });
});

test.describe("a click on the merchant's page is not interrupted", () => {
  test('whether it is a link, a redirect of the backend, a form or a script', async ({ page }) => {
    await visitAs(page, customer().id, '/redirect');
    await page.getByRole('link', { name: 'Manage billing' }).first().click();
    await goesStraightIn(page);
    const ways: [string, (link: string) => string][] = [
      ['link', (link) => `<a id="go" href="${link}">Go</a>`],
      ['form', (link) => `<form action="${link}"><button id="go">Go</button></form>`],
      ['script', (link) => `<button id="go" onclick="setTimeout(() => location.assign('${link}'), 50)">Go</button>`],
    ];
    for (const [name, body] of ways) {
      const { redirect_url: link } = await createSession(customer().id);
      await merchantPage(page, body(link), `/trial-${name}`);
      await page.locator('#go').click();
      await goesStraightIn(page);
    }
  });

  test('in a new tab too', async ({ page }) => {
    const { redirect_url: link } = await createSession(customer().id);
    await merchantPage(page, `<a target="_blank" href="${link}">Go</a>`);
    const tab = page.waitForEvent('popup');
    await page.getByRole('link').click();
    await goesStraightIn(await tab);
  });
});

test('the way back is the address that was given, to the letter', async ({ page }) => {
  const { demo_url: demoUrl } = demo();
  const returnUrl = `${demoUrl}/account?tab=a%20b&next=//evil.example#x`;
  const { redirect_url: link } = await createSession(customer().id, { return_url: returnUrl });
  await page.goto(`${link}&return_url=https://evil.example`);
  await page.getByRole('button', { name: /Continue as/ }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
  const addresses = await page
    .getByRole('link', { name: /Northwind Cloud/ })
    .evaluateAll((links) => links.map((found) => (found as HTMLAnchorElement).href));
  expect(new Set(addresses)).toEqual(new Set([returnUrl]));
});
