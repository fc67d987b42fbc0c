import { demo } from '../demo.ts';
import { expect } from '@playwright/test';
import { invoiceRowsIn, openInvoice, usePortal } from './host-page.ts';
import type { HostPage } from './host-page.ts';

const strict = (more: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${demo().api_url}`,
    "style-src 'self'",
    `connect-src 'self' ${demo().api_url}`,
    `img-src 'self' data:`,
    "base-uri 'none'",
    ...(more === '' ? [] : [more]),
  ].join('; ');

/** Documents and policies that pages put around the portal. They need the demo's addresses, so they are made late. */
export const placedPages = (): readonly HostPage[] => [
  { name: 'a page under a strict policy', policy: strict('') },
  {
    name: 'a page that asks for Trusted Types of this one policy',
    policy: strict("require-trusted-types-for 'script'; trusted-types zenskar-portal"),
  },
  { name: 'a page that asks for Trusted Types of any policy', policy: strict("require-trusted-types-for 'script'") },
  { name: 'a page in quirks mode', doctype: '' },
  { name: 'a page with a base address elsewhere', head: '<base href="https://elsewhere.example/deep/">' },
  { name: 'a page that can be edited', place: (portal) => `<div contenteditable="true">Write here ${portal}</div>` },
  {
    name: 'a page that reads from right to left',
    place: (portal) => `<div dir="rtl">${portal}</div>`,
    use: async (page) => {
      await usePortal(page);
      const sides = await page.evaluate(() => {
        const summary = document.querySelector('zenskar-portal')?.shadowRoot?.querySelector('zk-summary');
        const count = summary?.shadowRoot?.querySelector('.note');
        const text = [...(count?.childNodes ?? [])].find((node) => node instanceof Text);
        if (!count || !text) throw new Error('Nothing is counted');
        const sideOf = (at: number): number => {
          const letter = new Range();
          letter.setStart(text, at);
          letter.setEnd(text, at + 1);
          return letter.getBoundingClientRect().left;
        };
        return { first: sideOf(0), last: sideOf(text.length - 1), start: count.getBoundingClientRect().left };
      });
      // The portal speaks English here, and reads as English does.
      expect(sides.first).toBeLessThan(sides.last);
      expect(sides.first).toBeCloseTo(sides.start, 0);
    },
  },
  {
    name: 'a page that is enlarged',
    place: (portal) => `<div id="zoomed">${portal}</div>`,
    css: '#zoomed { zoom: 1.5; }',
  },
  {
    name: 'a page that stacks its own boxes above everything',
    css: '#cover { position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; } zenskar-portal { z-index: -1; }',
    place: (portal) => `<div id="cover"></div>${portal}`,
  },
  { name: 'a page that scrolls smoothly', css: 'html { scroll-behavior: smooth; scroll-snap-type: y proximity; }' },
  ...[
    ['a row of flexible boxes', 'display: flex;'],
    ['a column of centred boxes', 'display: flex; flex-direction: column; align-items: center;'],
    ['a centring grid', 'display: grid; place-items: center;'],
    ['a box that floats', 'float: left;'],
    ['a box as wide as its content', 'width: fit-content;'],
    ['a box out of the flow', 'position: absolute;'],
    ['a table cell', 'display: table-cell;'],
  ].map(([name = '', css = '']): HostPage => ({
    name: `a page that puts it into ${name}`,
    css: `#place { ${css} }`,
    place: (portal) => `<div id="place">${portal}</div>`,
  })),
];

/** Pages that put the element here and there, twice, or where it is hard to reach. */
export const movedPages = (): readonly HostPage[] => [
  {
    name: 'a page that hides it in a closed shadow root',
    place: () => '<div id="place"></div>',
    prepare: () => {
      window.portal = document.createElement('zenskar-portal');
      document.getElementById('place')?.attachShadow({ mode: 'closed' }).append(window.portal);
    },
    use: async (page) => {
      const readText = () =>
        page.evaluate(
          () => window.portal?.shadowRoot?.querySelector('zk-invoices-page')?.shadowRoot?.textContent ?? '',
        );
      await expect.poll(readText).toContain('INV-');
    },
  },
  {
    name: 'a page that shows it later',
    css: '#place:not(.shown) { display: none; }',
    place: (portal) => `<div id="place">${portal}</div>`,
    use: async (page) => {
      await page.evaluate(() => document.getElementById('place')?.classList.add('shown'));
      await usePortal(page);
    },
  },
  {
    name: 'a page that opens it in a dialog, which stays open when Escape closes an invoice',
    place: (portal) => `<dialog id="place">${portal}</dialog>`,
    prepare: () => {
      document.querySelector<HTMLDialogElement>('#place')?.showModal();
    },
    use: async (page) => {
      await openInvoice(page);
      await expect(invoiceRowsIn(page).first()).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(invoiceRowsIn(page).first()).toBeHidden();
    },
  },
  {
    name: 'a page that moves it, takes it away and puts it back',
    place: (portal) => `${portal}<section id="other"></section>`,
    use: async (page) => {
      const redemptions: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/session/redeem')) redemptions.push(request.url());
      });
      await expect(invoiceRowsIn(page).first()).toBeVisible();
      await page.evaluate(async () => {
        const portal = document.querySelector('zenskar-portal');
        const other = document.getElementById('other');
        if (!portal || !other) throw new Error('Nothing to move');
        other.append(portal);
        portal.remove();
        await new Promise(requestAnimationFrame);
        other.attachShadow({ mode: 'open' }).append(portal);
        window.portal = portal;
      });
      await usePortal(page);
      expect(redemptions).toEqual([]);
    },
  },
  {
    name: 'a page with two copies of the script',
    head: `<script type="module" src="${demo().api_url}/widget/v1/zenskar-portal.js?copy"></script>`,
  },
];
