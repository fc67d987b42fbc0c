import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import { addressOf } from '../gallery/settings.ts';
import { fileOf, shots } from './matrix.ts';

/** One page a worker, which goes from state to state: what it has loaded it need not load again. */
const test = base.extend<object, { gallery: Page }>({
  gallery: [
    async ({ browser }, use) => {
      const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'UTC', deviceScaleFactor: 1 });
      await page.clock.setFixedTime('2026-11-23T12:00:00Z');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await use(page);
      await page.close();
    },
    { scope: 'worker' },
  ],
});

for (const shot of shots) {
  test(fileOf(shot), async ({ gallery, baseURL }) => {
    await gallery.setViewportSize({ width: shot.width, height: shot.height });
    await gallery.emulateMedia({ forcedColors: shot.hasForcedColors ? 'active' : 'none' });
    await gallery.goto(`${baseURL ?? ''}/gallery${addressOf(shot.settings, true)}`);
    const shown = gallery.locator('html[data-ready], html[data-failed]');
    expect(await shown.getAttribute('data-failed', { timeout: 20_000 })).toBeNull();
    await expect(gallery).toHaveScreenshot(fileOf(shot).split('/'), { fullPage: true });
  });
}

test('no screenshot is left of what is gone', () => {
  test.skip(test.info().config.updateSnapshots === 'changed', 'The update takes them away when it is through.');
  const cwd = fileURLToPath(new URL('screenshots', import.meta.url));
  expect(globSync('**/*.png', { cwd }).sort()).toEqual(shots.map(fileOf).sort());
});
