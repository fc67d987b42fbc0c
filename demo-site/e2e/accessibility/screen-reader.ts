import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as ScreenReader from '@guidepup/virtual-screen-reader';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const source = readFileSync(fileURLToPath(import.meta.resolve('@guidepup/virtual-screen-reader/browser.js')), 'utf8');

/**
 * The virtual screen reader walks the document and looks into no shadow root. So it gets a copy of what the browser has
 * composed: each shadow root in place of its host's children, slots filled, what is not drawn left out, references by
 * id kept within their root, and the values of fields written down. Roles, names, states and order are computed by the
 * screen reader from that copy; the copy stands in a page of its own.
 */
const composedCopy = (root: Element): string => {
  const roots = new Map<Node, number>();
  const scoped = (element: Element, id: string): string => {
    const scope = element.getRootNode();
    if (!roots.has(scope)) roots.set(scope, roots.size);
    return `r${roots.get(scope)}-${id}`;
  };
  const references = ['id', 'for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'list'];
  const isDrawn = (element: Element): boolean =>
    element.localName === 'option' ||
    getComputedStyle(element).display === 'contents' ||
    element.checkVisibility({ visibilityProperty: true });
  const copyOf = (node: Node): Node[] => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')];
    if (!(node instanceof Element) || /^(script|style|link)$/.test(node.localName) || !isDrawn(node)) return [];
    if (node instanceof HTMLSlotElement) {
      const assigned = node.assignedNodes({ flatten: true });
      return (assigned.length > 0 ? assigned : [...node.childNodes]).flatMap(copyOf);
    }
    const copy = document.createElementNS(node.namespaceURI, node.localName.includes('-') ? 'div' : node.localName);
    for (const { name, value } of node.attributes) {
      if (name.startsWith('on') || name === 'style' || name === 'popover' || name === 'popovertarget') continue;
      const ids = references.includes(name)
        ? value
            .split(/\s+/)
            .map((id) => scoped(node, id))
            .join(' ')
        : value;
      copy.setAttribute(name, ids);
    }
    if (node instanceof HTMLInputElement) {
      copy.setAttribute('value', node.value);
      copy.toggleAttribute('checked', node.checked);
    }
    // What a style sheet draws in front is read too, unless it says what to read instead: `content: attr(x) / ''`.
    const [content = '', instead] = getComputedStyle(node, '::before').content.split(' / ');
    if (content.startsWith('"') && instead === undefined) copy.append(content.slice(1, -1).replaceAll('" "', ''));
    copy.append(...[...(node.shadowRoot ?? node).childNodes].flatMap(copyOf));
    return [copy];
  };
  const all = document.createElement('main');
  all.append(...copyOf(root));
  return all.outerHTML;
};

/** All that the virtual screen reader says on its way through an element, phrase by phrase. */
export const spoken = async (within: Locator): Promise<string[]> => {
  const markup = await within.evaluate(composedCopy);
  const reader = await within.page().context().newPage();
  try {
    await reader.setContent(`<!doctype html><html lang="en"><title>Copy</title><body>${markup}</body></html>`);
    return await reader.evaluate(async (code) => {
      const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
      const { virtual } = (await import(address)) as typeof ScreenReader;
      await virtual.start({ container: document.body });
      for (let phrases = 0; phrases < 2000 && (await virtual.lastSpokenPhrase()) !== 'end of document'; phrases += 1) {
        await virtual.next();
      }
      const log = await virtual.spokenPhraseLog();
      await virtual.stop();
      return log;
    }, source);
  } finally {
    await reader.close();
  }
};

/** Expects these phrases in this order, whatever is said between them. */
export const expectSpoken = (said: readonly string[], phrases: readonly (string | RegExp)[]): void => {
  let from = 0;
  for (const phrase of phrases) {
    const at = said.findIndex(
      (each, index) => index >= from && (phrase instanceof RegExp ? phrase.test(each) : each === phrase),
    );
    expect(
      at,
      `“${String(phrase)}” after “${said[from - 1] ?? ''}” in:\n${said.slice(from, from + 40).join('\n')}`,
    ).not.toBe(-1);
    from = at + 1;
  }
};

declare global {
  interface Window {
    announcements: string[];
  }
}

/** Notes from the next page on what live regions say, wherever they stand: whatever is not empty, each time that it changes. */
export const noteAnnouncements = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    window.announcements = [];
    const known = new WeakMap<Element, string>();
    const look = (records: MutationRecord[]): void => {
      const regions = records.flatMap(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement;
        const added = element?.querySelectorAll('[role=alert], [role=status]') ?? [];
        return [element?.closest('[role=alert], [role=status], [aria-live]'), ...added];
      });
      for (const region of new Set(regions)) {
        if (!region) continue;
        const text = region.textContent.replace(/\s+/g, ' ').trim();
        if (text !== '' && text !== known.get(region)) window.announcements.push(text);
        known.set(region, text);
      }
    };
    const watch = (root: Node): void =>
      new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, init);
      watch(root);
      return root;
    };
    watch(document);
  });
};

/** Expects something to be announced, and forgets all that was until now. */
export const expectAnnounced = async (page: Page, text: string | RegExp): Promise<void> => {
  await expect
    .poll(() => page.evaluate(() => window.announcements))
    .toContainEqual(text instanceof RegExp ? expect.stringMatching(text) : text);
  await page.evaluate(() => (window.announcements = []));
};
