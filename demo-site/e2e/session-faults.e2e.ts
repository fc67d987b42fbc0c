import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { customerBy, invoiceRows, test, visitAs } from './demo.ts';
import { count, endSession, forgive, isRefused, refresh, refuse, visit, walk } from './faults/faulty-visit.ts';

const dayMs = 86_400_000;
const redeem = 'POST session/redeem';
const renewal = 'POST session/renew';
const busy = (): { id: string; name: string } => customerBy('More than 300');

const openProfile = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
};
const phoneOf = (page: Page): ReturnType<Page['getByLabel']> => page.getByLabel('Phone', { exact: false }).first();

test.afterEach(({ complaints }) => {
  forgive(complaints);
});

test('two tabs: what ends in one goes on in the other', async ({ page, context }) => {
  const first = await visit(page, busy().id);
  await expect(invoiceRows(page).first()).toBeVisible();
  const other = await context.newPage();
  const second = await visit(other, busy().id);
  await expect(invoiceRows(other).first()).toBeVisible();
  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await walk(other);
  await endSession(second.sessionIds[0] ?? '');
  await refresh(other);
  await expect(invoiceRows(other).first()).toBeVisible();
  expect([first.sessionIds.length, second.sessionIds.length]).toEqual([1, 2]);
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
});

test('loses three renewals in a row, by a lost answer, an outage and a limit, and goes on', async ({ page }) => {
  await page.clock.install();
  let renewals = 0;
  await page.route('**/session/renew', async (route) => {
    renewals += 1;
    if (renewals === 1) {
      await route.fetch();
      await route.abort('connectionreset');
    } else if (renewals < 4) {
      await refuse(route, renewals === 2 ? 503 : 429, { 'retry-after': '1' });
    } else {
      await route.continue();
    }
  });
  const { calls, sessionIds, expiries } = await visit(page, busy().id);
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.clock.fastForward('04:10');
  await expect.poll(() => renewals, { timeout: 15_000 }).toBe(4);
  await walk(page);
  await page.clock.fastForward('01:00');
  await walk(page);
  expect([sessionIds.length, await expiries(), count(calls, renewal)]).toEqual([1, 0, 4]);
});

test('a renewal whose answer comes when the token has run out ends nothing', async ({ page }) => {
  await page.clock.install();
  const held = Promise.withResolvers<undefined>();
  await page.route('**/session/renew', async (route) => {
    await held.promise;
    await route.continue();
  });
  const { sessionIds, calls, expiries } = await visit(page, busy().id);
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.clock.fastForward('04:10');
  await expect.poll(() => count(calls, renewal)).toBe(1);
  await page.clock.fastForward('01:00');
  held.resolve(undefined);
  await walk(page);
  expect(await expiries()).toBe(0);
  expect(sessionIds.length).toBeLessThanOrEqual(2);
});

for (const offMs of [dayMs, -dayMs]) {
  test(`a device whose clock is ${offMs > 0 ? 'fast' : 'slow'} by a day is not signed out, also not by its correction`, async ({
    page,
  }) => {
    await page.clock.install({ time: Date.now() + offMs });
    const { sessionIds, expiries, calls } = await visit(page, busy().id);
    await expect(invoiceRows(page).first()).toBeVisible();
    await walk(page);
    await page.clock.setSystemTime(Date.now());
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await walk(page);
    await page.clock.fastForward('04:10');
    await expect.poll(() => count(calls, renewal)).toBeGreaterThan(0);
    await walk(page);
    expect([sessionIds.length, await expiries()]).toEqual([1, 0]);
  });
}

test('wakes from a sleep in which its clock stood still, and shows the portal without a word', async ({ page }) => {
  await page.clock.install();
  const redeemed = page.waitForResponse(/session\/redeem$/);
  const { sessionIds, expiries, calls } = await visit(page, busy().id, { settings: [{ max_age: 6 }, {}] });
  const { access_token: accessToken } = (await (await redeemed).json()) as { access_token: string };
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
  await expect.poll(() => isRefused(accessToken), { timeout: 10_000 }).toBe(true);
  await page.clock.setSystemTime(Date.now() + dayMs / 3);
  await page.clock.resume();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(() => count(calls, redeem)).toBe(2);
  await walk(page);
  expect([sessionIds.length, await expiries(), count(calls, redeem)]).toEqual([2, 0, 2]);
});

test('offline while it opens: says so, and opens by itself when the device is back', async ({ page, context }) => {
  const { calls, expiries } = await visit(page, busy().id, {
    meet: async (route, asked) => {
      if (asked > 1) return false;
      await context.setOffline(true);
      await route.abort('internetdisconnected');
      return true;
    },
  });
  await expect(page.getByRole('alert').getByText('You are offline')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await context.setOffline(false);
  await expect(invoiceRows(page).first()).toBeVisible();
  expect([count(calls, redeem), await expiries()]).toEqual([1, 0]);
});

test('offline amid a list, a download and the profile: each says so, keeps its place, and goes on', async ({
  page,
  context,
}) => {
  const { calls, sessionIds, expiries } = await visit(page, busy().id);
  const panel = page.getByRole('tabpanel', { name: 'Invoices' });
  await expect(invoiceRows(page).first()).toBeVisible();
  const save = invoiceRows(page)
    .first()
    .getByRole('button', { name: /^download/i });
  await expect(save).toBeVisible();

  await context.setOffline(true);
  await save.click();
  await expect(panel.getByText('You are offline. Try again when you are connected.')).toBeVisible();
  await panel.getByRole('button', { name: 'Next page' }).click();
  await expect(panel.getByText('You are offline')).toBeVisible();
  await context.setOffline(false);
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel).toContainText('26–50 of');
  const download = page.waitForEvent('download');
  await save.click();
  await (await download).cancel();

  await openProfile(page);
  const phone = phoneOf(page);
  await phone.fill('+45 33 12 34 56');
  await context.setOffline(true);
  const submit = page.getByRole('button', { name: /^save/i });
  await submit.click();
  await expect(page.getByRole('alert').filter({ hasText: 'What you typed is still here.' })).toBeVisible();
  await expect(phone).toHaveValue('+45 33 12 34 56');
  await context.setOffline(false);
  await submit.click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  expect([sessionIds.length, await expiries()]).toEqual([1, 0]);
  expect(calls.length).toBeLessThan(20);
});

test('what was typed into the profile outlives the session, also one that could not be replaced at once', async ({
  page,
}) => {
  let isDown = false;
  const { sessionIds } = await visit(page, busy().id, {
    meet: async (route) => {
      if (isDown) await route.fulfill({ status: 500, json: {} });
      return isDown;
    },
  });
  await openProfile(page);
  const phone = phoneOf(page);
  const submit = page.getByRole('button', { name: /^save/i });
  await phone.fill('+44 20 7946 0001');
  await endSession(sessionIds[0] ?? '');
  await submit.click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  expect(sessionIds).toHaveLength(2);

  await phone.fill('+44 20 7946 0002');
  isDown = true;
  await endSession(sessionIds[1] ?? '');
  await submit.click();
  await expect(page.getByRole('heading', { name: 'Your session has expired' })).toBeVisible();
  isDown = false;
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(phone).toHaveValue('+44 20 7946 0002');
  await submit.click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  expect(sessionIds).toHaveLength(3);
});

test("a page that is slow to bring a session is asked once, and the wait ends with 'Try again'", async ({ page }) => {
  await page.clock.install();
  const asked: number[] = [];
  const { calls } = await visit(page, busy().id, {
    meet: async (_route, number) => {
      asked.push(number);
      return Promise.resolve(number === 1);
    },
  });
  await expect.poll(() => asked).toEqual([1]);
  await page.evaluate(() => Array.from({ length: 10 }, () => dispatchEvent(new Event('online'))));
  await page.clock.fastForward('00:11');
  await expect(page.getByRole('heading', { name: 'The portal could not be opened' })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
  expect([asked, count(calls, redeem)]).toEqual([[1, 2], 1]);
});

test('a portal whose server is down is asked three times, then by the customer', async ({ page }) => {
  let isDown = true;
  await page.route('**/session/redeem', async (route) => {
    if (isDown) await refuse(route, 503);
    else await route.continue();
  });
  const { calls } = await visit(page, busy().id);
  await expect(page.getByRole('heading', { name: 'The portal could not be opened' })).toBeVisible();
  expect(count(calls, redeem)).toBe(3);
  isDown = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
});

test('a page with a token alone says plainly that the session is over, and what to do', async ({ page }) => {
  const redeemed = page.waitForResponse(/session\/redeem$/);
  await visitAs(page, busy().id, '/simple');
  const { session } = (await (await redeemed).json()) as { session: { id: string } };
  await expect(invoiceRows(page).first()).toBeVisible();
  await endSession(session.id);
  await page.getByRole('tab', { name: 'Payments' }).click();
  await expect(page.getByRole('heading', { name: 'Your session has expired' })).toBeVisible();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
});
