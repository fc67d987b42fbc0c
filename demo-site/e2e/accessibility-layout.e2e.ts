import { expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { shows, test } from './accessibility/accessible-test.ts';
import { show } from './accessibility/gallery.ts';
import { cutTexts, smallTargets } from './accessibility/measures.ts';

/** The states that hold the most: every section, an invoice, forms and what floats. */
const states = [
  'portal',
  'portal-long-names',
  'invoices-many',
  'invoice',
  'invoice-long',
  'payments-long-names',
  'entitlements',
  'profile-problems',
  'invoices-status-filter',
  'invoices-days-filter',
  'portal-account-menu',
];

type Look = (page: Page, state: string) => Promise<string[]>;

/** Looks at all states in a window of its own, and collects what is wrong, by state. */
const wrongIn = async (
  browser: Browser,
  options: BrowserContextOptions,
  look: Look,
  names: readonly string[] = states,
): Promise<Record<string, string[]>> => {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const wrong: Record<string, string[]> = {};
  for (const state of names) {
    await show(page, { state, theme: 'light' });
    const found = await look(page, state);
    if (found.length > 0) wrong[state] = found;
  }
  await context.close();
  return wrong;
};

/** A portal that scrolls sideways makes its page scroll, or a dialog of it. */
const sidewaysScrolling = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth} px`] : [];
  });

const reflow: Look = async (page) => [...(await sidewaysScrolling(page)), ...(await cutTexts(page))];

/** At least 24 px large, or with as much room. */
const targets: Look = (page) => page.evaluate(smallTargets);

test(
  'at 400 % zoom nothing scrolls sideways, nothing is cut, and every target is 24 px large',
  shows('1.4.4', '1.4.10', '2.5.8'),
  async ({ browser }) => {
    const options = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };
    const look: Look = async (page, state) => [...(await reflow(page, state)), ...(await targets(page, state))];
    expect(await wrongIn(browser, options, look)).toEqual({});
  },
);

test('nor at 200 % zoom, upright or across', shows('1.4.4', '1.3.4'), async ({ browser }) => {
  const across = { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 };
  const upright = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 };
  expect(await wrongIn(browser, across, reflow)).toEqual({});
  expect(await wrongIn(browser, upright, reflow, ['portal', 'invoice', 'profile-problems'])).toEqual({});
});

test('in a wide window every target is 24 px large too', shows('2.5.8'), async ({ browser }) => {
  expect(await wrongIn(browser, { viewport: { width: 1120, height: 900 } }, targets)).toEqual({});
});

/** The spacing of 1.4.12, in every root. */
const spaceOut = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    );
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, init);
      // Lit sets its sheets after this.
      queueMicrotask(() => root.adoptedStyleSheets.push(sheet));
      return root;
    };
  });
};

test('nor with the text spacing of the criterion', shows('1.4.12'), async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await spaceOut(page);
  const wrong: Record<string, string[]> = {};
  for (const state of states) {
    await show(page, { state, theme: 'light' });
    const spacing = await page
      .getByRole('button')
      .first()
      .evaluate((button) => getComputedStyle(button).letterSpacing);
    expect(parseFloat(spacing)).toBeGreaterThan(1);
    const found = await reflow(page, state);
    if (found.length > 0) wrong[state] = found;
  }
  await context.close();
  expect(wrong).toEqual({});
});

test('with reduced motion nothing moves', shows('2.2.2', '2.3.1'), async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const state of [
    'invoices',
    'invoices-loading',
    'portal-loading',
    'invoice',
    'download-busy',
    'portal-account-menu',
  ]) {
    await show(page, { state });
    const moving = await page.evaluate(() => {
      const roots: (Document | ShadowRoot)[] = [document];
      for (const root of roots) {
        for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
      }
      const elements = roots.flatMap((root) => [...root.querySelectorAll('*')]);
      const lasts = (durations: string): boolean =>
        durations.split(',').some((duration) => parseFloat(duration) > 0.01);
      return elements
        .filter((element) => {
          const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
          return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
        })
        .map((element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}">`);
    });
    expect([...new Set(moving)], state).toEqual([]);
  }
});

test(
  'in forced colours focus, selection, states and meters are to be seen',
  shows('1.4.1', '1.4.11', '2.4.7'),
  async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await show(page, { state: 'portal' });
    const style = (selector: string, pseudo = ''): Promise<{ border: string; outline: string; background: string }> =>
      page
        .locator(selector)
        .first()
        .evaluate((element, part) => {
          const { borderBlockEndWidth, borderBlockEndStyle, outlineWidth, outlineStyle, backgroundColor } =
            getComputedStyle(element, part || null);
          return {
            border: `${borderBlockEndWidth} ${borderBlockEndStyle}`,
            outline: `${outlineWidth} ${outlineStyle}`,
            background: backgroundColor,
          };
        }, pseudo);
    expect((await style('[role=tab][aria-selected=true]', '::after')).border).toBe('2px solid');
    expect((await style('.pill')).border).toBe('1px solid');
    await page.getByRole('tab', { name: 'Invoices' }).focus();
    await page.keyboard.press('Home');
    expect((await style('[role=tab][aria-selected=true]')).outline).toBe('2px solid');
    await show(page, { state: 'entitlements' });
    const meter = page.getByRole('meter').first();
    expect((await style('[role=meter]')).border).toBe('1px solid');
    const [bar, ground] = await meter.evaluate((element) => [
      getComputedStyle(element.querySelector('rect') ?? element).fill,
      getComputedStyle(document.body).backgroundColor,
    ]);
    expect(bar).not.toBe(ground);
    await show(page, { state: 'invoices-status-filter' });
    const checkbox = page.getByRole('checkbox').first();
    await checkbox.press('Space');
    expect(await checkbox.evaluate((element) => getComputedStyle(element).appearance)).toBe('auto');
  },
);

/** The contrast of two colours as the browser paints them, the first over the second. */
const contrast = ([over, under]: readonly [string, string]): number => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('No canvas');
  const luminance = (): number => {
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [painted = 0, ground = 0] = [[under, over], [under]].map((colours) => {
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return luminance();
  });
  return (Math.max(painted, ground) + 0.05) / (Math.min(painted, ground) + 0.05);
};

test('borders of fields, rings, the selected tab and meters have 3:1', shows('1.4.11'), async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const theme of ['light', 'dark']) {
    await show(page, { state: 'portal', theme });
    const ground = await page.evaluate(() => {
      document.documentElement.style.background = 'Canvas';
      return getComputedStyle(document.documentElement).backgroundColor;
    });
    const expectSeen = async (selector: string, property: string, pseudo?: string): Promise<void> => {
      const colour = await page
        .locator(selector)
        .first()
        .evaluate((element, [name, part]) => getComputedStyle(element, part).getPropertyValue(name), [
          property,
          pseudo,
        ] as const);
      const ratio = await page.evaluate(contrast, [colour, ground] as const);
      expect(ratio, `${property} of ${selector} in ${theme}, ${colour} on ${ground}`).toBeGreaterThanOrEqual(3);
    };
    await page.getByRole('tab', { name: 'Invoices' }).focus();
    await page.keyboard.press('Home');
    await expectSeen('[role=tab][aria-selected=true]', 'outline-color');
    await expectSeen('[role=tab][aria-selected=true]', 'border-block-end-color', '::after');
    await expectSeen('input[type=search]', 'border-block-end-color');
    await expectSeen('select.input', 'border-block-end-color');
    await show(page, { state: 'entitlements', theme });
    await expectSeen('[role=meter] rect', 'fill');
  }
});
