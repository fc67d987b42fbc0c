import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { addFigure } from '../../server/testing/figures.ts';
import { demo, test } from './demo.ts';
import { failingSessions, unreachablePortals } from './hostile/failing-sessions.ts';
import { drawingOf, harmTo, hearFirst, noHarm, openHost, openInvoice, usePortal } from './hostile/host-page.ts';
import type { HostPage } from './hostile/host-page.ts';
import { movedPages, placedPages } from './hostile/placed-pages.ts';
import { scriptedPages } from './hostile/scripted-pages.ts';
import { styledPages } from './hostile/styled-pages.ts';

// The pages come from the test itself: the browser cannot see that they are on this machine as the portal is.
test.use({ permissions: ['local-network-access'], trace: 'off' });

/** What Chromium itself says of requests that fail; what the page's own code says stays. */
const refused = /^(Failed to load resource|Access to fetch at|Mixed Content)/;

let tried = 0;

const removePortal = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (window.portal ?? document.querySelector('zenskar-portal'))?.remove();
    document.getElementById('host-input')?.focus({ preventScroll: true });
  });

/** The portal works and says so, or says why not; and the page is as it was. */
const tryHost = async (page: Page, host: HostPage, complaints: string[]): Promise<void> => {
  const { outcome = 'works' } = host;
  tried += 1;
  await openHost(page, host);
  const event = outcome === 'works' ? { name: 'zenskar-ready' } : outcome.event;
  // What may help by itself is tried again, so the same may be heard twice.
  await expect
    .poll(() => hearFirst(page, host), { timeout: 15_000, intervals: [50] })
    .toEqual(expect.objectContaining({ ...event }));
  expect({ ...(await harmTo(page)), listeners: [] }).toEqual(noHarm);
  if (outcome === 'works') {
    await (host.use ?? usePortal)(page);
  } else {
    await expect(page.getByText(outcome.text)).toBeVisible();
    await expect(page.getByRole('button', { name: /try again|continue/i })).toBeEnabled();
  }
  await removePortal(page);
  if (outcome !== 'works') {
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !refused.test(text)));
  }
  expect({ ...(await harmTo(page)), page: [] }).toEqual(noHarm);
};

test.describe('styles of the page', () => {
  const plain: Record<string, string> = {};
  for (const host of styledPages) {
    test(host.name, async ({ page, complaints }) => {
      const firstRow = page.getByRole('row').filter({ hasText: 'INV-' }).first();
      if (Object.keys(plain).length === 0) {
        await openHost(page, { name: 'plain' });
        await expect(firstRow).toBeVisible();
        Object.assign(plain, await drawingOf(page));
      }
      await openHost(page, host);
      await expect(firstRow).toBeVisible();
      const drawing = Object.entries(await drawingOf(page)).filter(([part]) => part in plain);
      expect(drawing.length).toBeGreaterThan(1000);
      const changes = drawing.filter(([part, value]) => plain[part] !== value);
      expect(changes.map(([part, value]) => `${part}: ${plain[part]} became ${value}`)).toEqual([]);
      await tryHost(page, { ...host, use: openInvoice }, complaints);
    });
  }
});

test.describe('scripts of the page', () => {
  for (const host of scriptedPages) {
    test(host.name, ({ page, complaints }) => tryHost(page, host, complaints));
  }
});

test.describe('places for the portal', () => {
  for (const host of [...placedPages(), ...movedPages()]) {
    test(host.name, async ({ page, complaints }) => {
      await tryHost(page, host, complaints);
    });
  }
});

test.describe('sessions that do not come', () => {
  for (const host of failingSessions()) {
    test(host.name, ({ page, complaints }) => tryHost(page, host, complaints));
  }
});

test.describe('portals that cannot be reached', () => {
  for (const host of unreachablePortals()) {
    test(host.name, ({ page, complaints }) => tryHost(page, host, complaints));
  }
});

test("leaves the page its shortcuts and takes none of the portal's keys for them", async ({ page }) => {
  tried += 1;
  await openHost(page, {
    name: 'a page with shortcuts',
    prepare: () => {
      document.addEventListener('keydown', ({ key }) => {
        document.title += ` ${key}`;
      });
    },
  });
  await page.getByRole('searchbox').fill('INV');
  await page.getByRole('searchbox').press('/');
  await page.getByRole('searchbox').press('Control+k');
  await expect(page).toHaveTitle('Shop Control k');
  for (const key of ['Delete', 'Backspace', 'Enter', 'ArrowDown']) await page.getByRole('searchbox').press(key);
  await page.getByRole('searchbox').fill('');
  await page.getByLabel('Rows per page').press('5');
  await expect(page).toHaveTitle('Shop Control k');
  await page.evaluate(() => {
    document.title = 'Shop';
  });
  await openInvoice(page);
  await expect(page).toHaveTitle('Shop');
  await page.keyboard.press('/');
  await expect(page).toHaveTitle('Shop /');
});

test('works in a frame without an address of its own', async ({ page }) => {
  tried += 1;
  const { api_url: apiUrl } = demo();
  const inner = `<script type='module' src='${apiUrl}/widget/v1/zenskar-portal.js'></script>
    <zenskar-portal></zenskar-portal>
    <script>
      document.querySelector('zenskar-portal').fetchSession = async () =>
        (await fetch('/portal-session', { method: 'POST' })).json();
    </script>`;
  await openHost(page, {
    name: 'a page with a frame',
    css: 'iframe { width: 1200px; height: 900px; }',
    place: () => `<iframe srcdoc="${inner}"></iframe>`,
  });
  await usePortal(page.frameLocator('iframe'));
  expect({ ...(await harmTo(page)), listeners: [], page: [] }).toEqual(noHarm);
});

test('says in the console that another script has its name', async ({ page, complaints }) => {
  tried += 1;
  await openHost(page, {
    name: 'a page with an element of that name',
    first: () => {
      customElements.define('zenskar-portal', class extends HTMLElement {});
    },
  });
  await expect.poll(() => complaints).toEqual([expect.stringMatching(/"zenskar-portal" has already been used/)]);
  expect(await harmTo(page)).toEqual(noHarm);
  complaints.splice(0);
});

test('says in the console which policy a page without Trusted Types policies must allow', async ({
  page,
  complaints,
}) => {
  tried += 1;
  await openHost(page, { name: 'a page without policies', policy: "trusted-types 'none'" });
  await expect.poll(() => complaints.join()).toContain("'zenskar-portal'");
  expect({ ...(await harmTo(page)), violations: [] }).toEqual(noHarm);
  complaints.splice(0);
});

test.afterAll(() => {
  addFigure('hostile pages tried', tried);
});
