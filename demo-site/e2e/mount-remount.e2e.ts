import { expect } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { addFigure } from '../../server/testing/figures.ts';
import { customerBy, test, visitAs } from './demo.ts';
import { mountAndRemove, mountStates } from './mounting/mount-states.ts';
import { countHeld, takeCensus } from './mounting/page-census.ts';
import type { Census } from './mounting/page-census.ts';

/** Every state once, the rest quick: half of all portals are gone again before they have a session. */
const round = [...mountStates, ...Array.from({ length: 13 }, (_, index) => (index % 2 ? 'mounted' : 'not opened'))];
const warmUp = 4 * round.length;
const rounds = 40;
const mounts = rounds * round.length;
/** Of 1,000 portals, about 3 MB each when all stay. */
const heapLeftMb = 3;

test.use({ trace: 'off' });

/** The census once the last requests and timers are through, and the browser has drawn the page without the portal. */
const settledCensus = async (page: Page, cdp: CDPSession): Promise<Census> => {
  await expect.poll(async () => (await takeCensus(page, cdp)).pending, { timeout: 20_000 }).toBe(0);
  return takeCensus(page, cdp);
};

test('a portal that is mounted and removed a thousand times leaves nothing behind', async ({ page, complaints }) => {
  test.setTimeout(120_000);
  await countHeld(page);
  await visitAs(page, customerBy('In arrears').id);
  await page.locator('zenskar-portal').evaluate((portal) => {
    portal.remove();
  });
  const cdp = await page.context().newCDPSession(page);
  await page.evaluate(mountAndRemove, [round, warmUp] as const);
  const { heapBytes: heapBefore, nodes: nodesBefore, ...before } = await settledCensus(page, cdp);
  await page.evaluate(mountAndRemove, [round, mounts] as const);
  const { heapBytes: heapAfter, nodes: nodesAfter, ...after } = await settledCensus(page, cdp);
  expect(mounts).toBe(1000);
  expect(after).toEqual(before);
  // What one state leaves behind, it leaves in each round. A template that is drawn for the first time stays once.
  expect(nodesAfter - nodesBefore).toBeLessThan(rounds);
  expect((heapAfter - heapBefore) / 1e6).toBeLessThan(heapLeftMb);
  expect(complaints).toEqual([]);
  addFigure('mounts and removals', mounts);
  addFigure('listeners and timers left', 0);
});
