import { expect } from '@playwright/test';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { demo } from '../demo.ts';
import { watch } from './witness.ts';
import type { Harm, Heard } from './witness.ts';

/** A website that means no good, or no harm and does it all the same. Its functions run in the page, by their text. */
export interface HostPage {
  name: string;
  /** The portal works, or it says why not: by an event, and to the customer. */
  outcome?: 'works' | { event: Heard; text: RegExp };
  /** Markup of the head. */
  head?: string;
  css?: string;
  /** Runs before anything else. */
  first?: () => void;
  /** Runs before the page's snapshot is taken; an element that the page hides is told by `window.portal`. */
  prepare?: () => void;
  /** Where the element stands; default: in the page's body. */
  place?: (portal: string) => string;
  policy?: string;
  doctype?: string;
  attributes?: string;
  /** The text of a function. */
  fetchSession?: string;
  /** What the customer does; default: looks at invoices and payments. */
  use?: (page: Page) => Promise<void>;
  /** What happens to the portal's requests on their way. */
  intercept?: (page: Page) => Promise<unknown>;
  /** The portal tries again or waits for some seconds before it says why not; the page's clock skips them. */
  isSlow?: boolean;
}

const fetchSession = `async ({ signal }) => (await fetch(new URL('/portal-session', origin), { method: 'POST', signal })).json()`;

const guarded = `
<div id="above" data-guarded>
  <h1>Our shop</h1>
  <p>Some <em>text</em> and a <a href="#shop">link</a>.</p>
  <form><label>Search <input id="host-input" /></label> <button type="button" id="host-button">Go</button></form>
  <table><tbody><tr><th>A</th><td>1</td></tr></tbody></table>
  <ul><li>One</li></ul>
  <dialog id="host-dialog-closed">Closed</dialog>
</div>`;

const html = ({
  head = '',
  css,
  attributes = '',
  place = (portal) => portal,
  doctype = '<!doctype html>',
}: HostPage) => {
  const { api_url: apiUrl, demo_url: demoUrl } = demo();
  return `${doctype}
<html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<script src="${demoUrl}/hostile/first.js"></script>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${demoUrl}/hostile/shop.css">
${css === undefined ? '' : `<link rel="stylesheet" href="${demoUrl}/hostile/hostile.css">`}
${head}</head><body>
${guarded}
${place(`<zenskar-portal${attributes}></zenskar-portal>`)}
<footer id="below" data-guarded><h2>About us</h2><p>© Shop</p></footer>
<script src="${demoUrl}/hostile/last.js"></script>
<script type="module" src="${apiUrl}/widget/v1/zenskar-portal.js"></script>
</body></html>`;
};

const shopCss = `
html { overflow-y: scroll; }
#above, #below { display: flow-root !important; float: none !important; clear: both; }
#host-input { outline: none !important; }
body { min-height: 4000px; font-family: Georgia, serif; font-size: 18px; color: #222; }
`;

/** The element may be where `document.querySelector` does not find it. */
const findPortal = `window.portal ?? document.querySelector('zenskar-portal')`;

const files = (host: HostPage): Record<string, { contentType: string; body: string }> => {
  const script = (body: string) => ({ contentType: 'text/javascript', body });
  return {
    page: { contentType: 'text/html; charset=utf-8', body: html(host) },
    'shop.css': { contentType: 'text/css', body: shopCss },
    'hostile.css': { contentType: 'text/css', body: host.css ?? '' },
    'first.js': script(host.first === undefined ? '' : `(${host.first})()`),
    'last.js': script(
      `${host.prepare === undefined ? '' : `(${host.prepare})();`}
       const hostInput = document.getElementById('host-input');
       hostInput.focus({ preventScroll: true });
       scrollTo({ top: 30, behavior: 'instant' });
       (${watch})();
       const host = ${findPortal};
       if (host) host.fetchSession = ${host.fetchSession ?? fetchSession};`,
    ),
  };
};

/** Serves the page on the merchant's origin and opens it. */
export const openHost = async (page: Page, host: HostPage): Promise<void> => {
  const served = files(host);
  if (host.isSlow) await page.clock.install();
  await page.route(`${demo().demo_url}/hostile/*`, (route) => {
    const name = new URL(route.request().url()).pathname.replace('/hostile/', '');
    const { contentType, body } = served[name] ?? { contentType: 'text/plain', body: '' };
    return route.fulfill({
      contentType,
      body,
      headers: name === 'page' && host.policy !== undefined ? { 'content-security-policy': host.policy } : {},
    });
  });
  await host.intercept?.(page);
  await page.goto(`${demo().demo_url}/hostile/page`);
};

/** The first event that the portal tells the page. */
export const hearFirst = async (page: Page, { isSlow = false }: HostPage): Promise<Heard | undefined> => {
  if (isSlow) await page.clock.fastForward(1_000);
  return page.evaluate(() => window.witness.heard[0]);
};

export const harmTo = (page: Page): Promise<Harm> => page.evaluate(() => window.witness.findHarm());

export const noHarm: Harm = { globals: [], prototypes: [], styles: [], page: [], listeners: [], violations: [] };

export const invoiceRowsIn = (scope: Page | FrameLocator): Locator =>
  scope.getByRole('tabpanel', { name: 'Invoices' }).getByRole('row').filter({ hasText: 'INV-' });

/** Does what a customer does: looks at invoices and payments. */
export const usePortal = async (scope: Page | FrameLocator): Promise<void> => {
  await expect(invoiceRowsIn(scope).first()).toBeVisible();
  await scope.getByRole('tab', { name: 'Payments' }).click();
  await expect(scope.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toBeVisible();
  await scope.getByRole('tab', { name: 'Invoices' }).click();
};

/** Opens an invoice; Escape closes it again. */
export const openInvoice = async (page: Page): Promise<void> => {
  await invoiceRowsIn(page).first().getByRole('button').first().click();
  const detail = page.getByRole('dialog', { name: /INV-/ });
  await expect(page.getByText('Subtotal', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
};

/** How the portal draws its parts, without the font, which is the page's to choose. */
export const drawingOf = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const properties = [
      'display visibility opacity color background-color border-top-width border-top-style box-sizing direction cursor',
      'font-size font-style font-weight font-variant-caps line-height letter-spacing word-spacing text-align text-indent',
      'text-transform text-shadow text-decoration-line white-space-collapse text-wrap-mode word-break overflow-wrap',
      'transition-duration animation-name transform filter float position list-style-type padding-left margin-left',
      'border-collapse caption-side user-select pointer-events hyphens tab-size quotes writing-mode -webkit-text-stroke',
    ]
      .join(' ')
      .split(' ');
    const found: Record<string, string> = {};
    const walk = (root: ShadowRoot, path: string): void => {
      for (const element of root.querySelectorAll(':defined')) {
        const name = `${path} ${element.localName}${element.getAttribute('class') ? `.${element.getAttribute('class')}` : ''}`;
        const style = getComputedStyle(element);
        for (const property of properties) found[`${name} ${property}`] ??= style.getPropertyValue(property);
        if (element.shadowRoot) walk(element.shadowRoot, `${path} ${element.localName}`);
      }
    };
    const root = document.querySelector('zenskar-portal')?.shadowRoot;
    if (root) {
      walk(root, '');
      // A line of the element itself is drawn through all that is inside.
      found['text-decoration-line'] = getComputedStyle(root.host).textDecorationLine;
    }
    return found;
  });
