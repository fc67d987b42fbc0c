import { expect } from '@playwright/test';
import type { Page, Route } from '@playwright/test';
import { createSession, demo, invoiceRows, visitAs } from '../demo.ts';

/** A visit of the embedded portal whose page gets its sessions from the test. */
export interface Visit {
  /** By the order in which the page's `fetchSession` asked for them. */
  sessionIds: string[];
  /** `POST session/redeem` and the like, of the portal's API. */
  calls: string[];
  /** How often the page was told that the session has expired. */
  expiries: () => Promise<number>;
}

/**
 * Opens the account page. `settings` are those of the sessions in turn, the last one again and again; `meet` may answer
 * the page's request for a session otherwise, by saying true.
 */
export const visit = async (
  page: Page,
  customerId: string,
  {
    settings = [{}],
    meet = () => Promise.resolve(false),
  }: { settings?: Record<string, unknown>[]; meet?: (route: Route, asked: number) => Promise<boolean> } = {},
): Promise<Visit> => {
  const { api_url: apiUrl, organisation_id: organisation } = demo();
  const sessionIds: string[] = [];
  const calls: string[] = [];
  let asked = 0;
  page.on('request', (request) => {
    const [, path] = request.url().split(`${apiUrl}/portal/${organisation}/`);
    if (path !== undefined && request.method() !== 'OPTIONS') calls.push(`${request.method()} ${path.split('?')[0]}`);
  });
  await page.route('**/portal-session', async (route) => {
    asked += 1;
    if (await meet(route, asked)) return;
    const session = await createSession(customerId, settings[sessionIds.length] ?? settings.at(-1));
    sessionIds.push(session.session_id);
    await route.fulfill({ json: { session_token: session.session_token } });
  });
  await page.addInitScript(() => {
    Object.assign(window, { expiries: 0 });
    addEventListener('zenskar-session-expired', () => {
      (window as unknown as { expiries: number }).expiries += 1;
    });
  });
  await visitAs(page, customerId);
  return {
    sessionIds,
    calls,
    expiries: () => page.evaluate(() => (window as unknown as { expiries: number }).expiries),
  };
};

/** Ends a session as the merchant's backend does. */
export const endSession = async (sessionId: string): Promise<void> => {
  const { api_url: apiUrl, organisation_id: organisation, api_key: key } = demo();
  const headers = { organisation, 'x-api-key': key };
  const response = await fetch(`${apiUrl}/customer/session/${sessionId}`, { method: 'DELETE', headers });
  expect(response.ok).toBe(true);
};

/** The server takes this access token no longer; asking keeps nothing alive. */
export const isRefused = async (accessToken: string): Promise<boolean> => {
  const { api_url: apiUrl, demo_url: origin, organisation_id: organisation } = demo();
  const headers = { origin, authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const renewal = `${apiUrl}/portal/${organisation}/session/renew`;
  return (await fetch(renewal, { method: 'POST', headers, body: '{}' })).status === 401;
};

/** An answer of the API's that the browser lets the page read. */
export const refuse = (route: Route, status: number, headers: Record<string, string> = {}): Promise<void> =>
  route.fulfill({
    status,
    headers: {
      'access-control-allow-origin': demo().demo_url,
      'access-control-expose-headers': 'Retry-After',
      ...headers,
    },
    contentType: 'text/html',
    body: '<h1>Not now</h1>',
  });

export const count = (calls: readonly string[], call: string): number => calls.filter((made) => made === call).length;

/** The portal answers to the customer: another section comes with its rows, then the invoices again. */
export const walk = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: 'Payments' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('tab', { name: 'Invoices' }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
};

/** Asks for the open list anew. */
export const refresh = (page: Page): Promise<void> =>
  page
    .locator('zenskar-portal')
    .evaluate((portal) => (portal as unknown as { refresh: () => Promise<void> }).refresh());

/** What the browser says of every request that failed is no complaint where they are meant to fail. */
export const forgive = (complaints: string[]): void => {
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.startsWith('Failed to load resource')));
};
