import { expect } from '@playwright/test';
import type { Browser, Frame, Page } from '@playwright/test';
import { shows, test } from './accessibility/accessible-test.ts';
import { violations } from './accessibility/axe.ts';
import { stateNames, tryToShow } from './accessibility/gallery.ts';
import { createSession, customerBy, demo, invoiceRows, visitAs } from './demo.ts';

/** A portal stands in a page of somebody else, which has the heading and the landmark that the gallery has not. */
const pageRules = ['page-has-heading-one', 'landmark-one-main', 'region'];

type Wrong = Record<string, string[]>;

/** Looks at states in two pages at a time, and collects what is wrong, by state. */
const inTwoPages = async (
  browser: Browser,
  names: readonly string[],
  look: (page: Page, name: string) => Promise<string[]>,
): Promise<Wrong> => {
  const waiting = [...names];
  const wrong: Wrong = {};
  const work = async (): Promise<void> => {
    // A colour on its way to another one is neither of both.
    const page = await browser.newPage({ viewport: { width: 1120, height: 900 }, reducedMotion: 'reduce' });
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const found = await look(page, name);
      if (found.length > 0) wrong[name] = found;
    }
    await page.close();
  };
  await Promise.all([work(), work()]);
  return wrong;
};

/** The canvas of a page has a colour that axe does not see: given as a background it does. */
const turnDark = (): void => {
  Object.assign(document.documentElement.style, { colorScheme: 'dark', background: 'Canvas' });
  document.querySelector('[theme]')?.setAttribute('theme', 'dark');
};

test(
  'no state of any element breaks a rule of axe, in light and in dark',
  shows('1.1.1', '1.3.1', '1.3.5', '1.4.3', '2.4.4', '2.4.6', '2.5.3', '2.5.8', '3.3.2', '4.1.2'),
  async ({ page, browser }) => {
    test.setTimeout(240_000);
    const names = await stateNames(page);
    expect(names.length).toBeGreaterThan(90);
    const wrong = await inTwoPages(browser, names, async (stage, name) => {
      const failure = await tryToShow(stage, { state: name, theme: 'light' });
      if (failure !== null) return [failure];
      // Each text is there four times in a row, so that none is in another one.
      const repeated = name === 'portal-long-words' ? ['label-content-name-mismatch'] : [];
      const inLight = await violations(stage, { without: [...pageRules, ...repeated] });
      await stage.evaluate(turnDark);
      const inDark = await violations(stage, { only: 'colours' });
      return [...inLight, ...inDark.map((text) => `dark: ${text}`)];
    });
    expect(wrong).toEqual({});
  },
);

test('nor does an Arabic portal, from right to left', shows('1.3.2', '3.1.2', '4.1.2'), async ({ browser }) => {
  const names = [
    'portal',
    'portal-payments',
    'portal-entitlements',
    'portal-profile',
    'portal-account-menu',
    'invoice',
  ];
  const wrong = await inTwoPages(browser, names, async (stage, name) => {
    const failure = await tryToShow(stage, { state: name, theme: 'light', locale: 'ar' });
    return failure === null ? violations(stage, { without: pageRules }) : [failure];
  });
  expect(wrong).toEqual({});
});

test(
  'nor do the pages of the merchant, the hosted page and the console',
  shows('1.3.1', '1.4.3', '2.4.1', '2.4.2', '3.1.1', '3.3.8', '4.1.2'),
  async ({ page, complaints }) => {
    test.setTimeout(90_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const wrong: Wrong = {};
    const look = async (name: string, scope: Page | Frame = page, without: string[] = []): Promise<void> => {
      const found = await violations(scope, { without });
      if (found.length > 0) wrong[name] = found;
      expect(await scope.title(), name).not.toBe('');
    };

    await visitAs(page, customerBy('In arrears').id);
    const paths = await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      await look(path);
      const frame = page.frames()[1];
      // The heading of a frame's page stands in the page around it.
      if (frame) await look(`${path}, the frame`, frame, ['page-has-heading-one']);
    }

    const { redirect_url: link } = await createSession(customerBy("O'Hara").id);
    await page.goto(link);
    const go = page.getByRole('button', { name: /^Continue as/ });
    await go.waitFor();
    await look('hosted page, asking');
    await go.click();
    await invoiceRows(page).first().waitFor();
    await look('hosted page');
    await page.getByRole('button', { name: /account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await look('hosted page, signed out');
    await page.goto(link);
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await look('hosted page, used link');

    const { console_url: consoleUrl, staff } = demo();
    await page.goto(consoleUrl);
    await page.getByLabel(/e-?mail/i).fill(staff.email);
    await look('console, log-in');
    await page.getByLabel(/password/i).fill(staff.password);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: customerBy('In arrears').name }).waitFor();
    await look('console, customers');
    const sections = await page
      .getByRole('navigation')
      .getByRole('link')
      .evaluateAll((links) => links.map((section) => (section as HTMLAnchorElement).href));
    await page.getByRole('link', { name: customerBy('In arrears').name }).click();
    await page.getByRole('heading', { level: 1, name: customerBy('In arrears').name }).waitFor();
    await page.waitForLoadState('networkidle');
    await look('console, a customer');
    for (const section of sections.slice(1)) {
      await page.goto(section);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await look(section);
    }
    expect(wrong).toEqual({});
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/\b(401|409|410)\b/.test(text)));
  },
);
