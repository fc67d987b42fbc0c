import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { demoPort } from '../demo.ts';

const gallery = `http://localhost:${demoPort}/gallery`;

/**
 * Shows one state of the gallery alone and waits until it has settled.
 * @returns why it could not be brought about, or null
 */
export const tryToShow = async (page: Page, parameters: Record<string, string>): Promise<string | null> => {
  await page.goto(`${gallery}?${new URLSearchParams(parameters)}&bare`);
  await page.locator('html[data-ready], html[data-failed]').waitFor({ state: 'attached' });
  return page.locator('html').getAttribute('data-failed');
};

export const show = async (page: Page, parameters: Record<string, string>): Promise<void> => {
  expect(await tryToShow(page, parameters)).toBeNull();
};

/** All states that the navigation of the gallery leads to. */
export const stateNames = async (page: Page): Promise<string[]> => {
  await page.goto(gallery);
  const links = page.getByRole('navigation', { name: 'States' }).getByRole('link');
  await links.first().waitFor();
  return links.evaluateAll((all) =>
    all.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('state') ?? ''),
  );
};
