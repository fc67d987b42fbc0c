import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createSession, customerBy, demo, test, visitAs } from './demo.ts';

const openProfile = async (page: Page, customerId: string): Promise<void> => {
  await visitAs(page, customerId);
  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  await expect(page.getByLabel('Phone', { exact: false }).first()).toBeVisible();
};

/** Changes the profile behind the page's back, in a session of its own. */
const changeElsewhere = async (customerId: string, patch: Record<string, unknown>): Promise<void> => {
  const { api_url: apiUrl, demo_url: origin, organisation_id: organisation } = demo();
  const { session_token: sessionToken } = await createSession(customerId);
  const base = `${apiUrl}/portal/${organisation}`;
  const json = { origin, 'content-type': 'application/json' };
  const opened = await fetch(`${base}/session/redeem`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ session_token: sessionToken, redeem_nonce: 'nonce-of-somebody-else' }),
  });
  const { access_token: accessToken } = (await opened.json()) as { access_token: string };
  const headers = { ...json, authorization: `Bearer ${accessToken}` };
  const etag = (await fetch(`${base}/profile`, { headers })).headers.get('etag') ?? '';
  const changed = await fetch(`${base}/profile`, {
    method: 'PATCH',
    headers: { ...headers, 'if-match': etag },
    body: JSON.stringify(patch),
  });
  expect(changed.status).toBe(200);
};

test('edits the profile, says what is wrong with it, and finds it saved after a reload', async ({ page }) => {
  const customer = customerBy("O'Hara");
  await openProfile(page, customer.id);
  const phone = page.getByLabel('Phone', { exact: false }).first();
  await phone.fill('call me');
  await phone.blur();
  await expect(phone).toHaveAttribute('aria-invalid', 'true');
  await phone.fill('+45 33 12 34 56');
  await expect(phone).not.toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: /^save/i }).click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  await openProfile(page, customer.id);
  await expect(page.getByLabel('Phone', { exact: false }).first()).toHaveValue('+45 33 12 34 56');
});

test('shows a change made elsewhere beside the one being made, and overwrites neither', async ({
  page,
  complaints,
}) => {
  const customer = customerBy('Fernhill');
  await openProfile(page, customer.id);
  const phone = page.getByLabel('Phone', { exact: false }).first();
  await phone.fill('+44 20 7946 0000');
  await changeElsewhere(customer.id, { phone_number: '+44 20 7946 0999' });
  await page.getByRole('button', { name: /^save/i }).click();
  await expect(page.getByText('+44 20 7946 0999').first()).toBeVisible();
  await expect(phone).toHaveValue('+44 20 7946 0000');
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('412')));
});
