import { expect } from '@playwright/test';
import { customerBy, demo, invoiceRows, test } from './demo.ts';

test('staff find a customer and look at the portal as the customer sees it, changing nothing', async ({
  page,
  context,
  complaints,
}) => {
  const { console_url: consoleUrl, staff } = demo();
  const customer = customerBy("O'Hara");
  await page.goto(consoleUrl);
  await page.getByLabel(/e-?mail/i).fill(staff.email);
  await page.getByLabel(/password/i).fill('wrong');
  await page.getByRole('button', { name: /log in|sign in/i }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel(/password/i).fill(staff.password);
  await page.getByRole('button', { name: /log in|sign in/i }).click();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));

  await page.getByRole('searchbox').fill("O'Hara");
  await page.getByRole('link', { name: customer.name }).click();
  await expect(page.getByRole('heading', { name: customer.name })).toBeVisible();
  await page
    .getByRole('button', { name: /actions|more/i })
    .first()
    .click();
  const [portal] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('menuitem', { name: 'View Customer Portal' }).click(),
  ]);
  await expect(invoiceRows(portal).first()).toBeVisible();
  await expect(portal.getByText(/viewing this portal as/)).toBeVisible();
  await portal.getByRole('button', { name: /account menu/i }).click();
  await portal.getByRole('menuitem', { name: 'Profile' }).click();
  await expect(portal.getByRole('button', { name: /^save/i })).toHaveCount(0);

  await page.goto(`${consoleUrl}/activity`);
  await expect(page.getByText(customer.name).first()).toBeVisible();
});
